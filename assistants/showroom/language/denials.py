"""What a visitor does not want: «кроме GLE и GLC», «не белый», «забудь про дизель».

Knows how far a Russian negation reaches. Refuses to know what is named.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistants.showroom.language import phrases
from assistants.showroom.language.naming import Atom
from core.russian import may_be_genitive

_OUTRIGHT = frozenset(
    {"кроме", "исключая", "без", "забудь", "забудьте", "исключением", "вычетом", "помимо", "окромя", "минус",
     "считая", "исключить", "исключите", "исключи", "исключаем", "убери", "уберите", "убрать", "выкинь",
     "выкините"}
)  # fmt: skip
_NEGATORS = _OUTRIGHT | {"не", "ни"}
_UNWANTED = re.compile(
    r"предлага|предложи|над[оа]|нуж[не]|интересу|рассматрива|хоч|хот|подход|подойд|любл|нрав|показыва|покажи"
    r"|бер[уеи]|вариант|включа|счита|смотр|устраива|устро"
)
_OUT = re.compile(r"исключ|отпада|мимо$|убер|убра|долой|минус")
_AMIDST = frozenset(
    {"мне", "нам", "точно", "уже", "вообще", "совсем", "тоже", "сразу", "пожалуйста", "больше"}
)
_BETWEEN_REACH = 5
_JOINED = re.compile(r"\s*(?:,|/|,?\s*\b(?:и|или|ни|не)\b)\s*(?:(?:и|или|ни|не)\b\s*)?")


def denied_places(
    row: Sequence[Atom], named: Sequence[tuple[int, int, str]], spelling: str
) -> frozenset[int]:
    """Where the things start that are not wanted, of those `named` (start, end, kind) in `row`.

    «кроме белых и дизельных» denies both; «не белый и дизельный» only what is of the same kind. «Белые и
    серые не предлагать» denies both, too.
    """
    denied: set[int] = set()
    last: tuple[int, str, bool] | None = None  # the last thing denied: its end, its kind, whether outright
    behind = [end for _, end, _ in named if _denied_behind(row, end, spelling)]
    for start, end, kind in sorted(named):
        at = _leading(row, start, spelling)
        before = row[at].text if at >= 0 else ""
        if before in _NEGATORS and not any(stop <= at < start for stop in behind):
            offered = any(_UNWANTED.match(atom.text) for atom in row[at + 1 : start])
            last = (end, kind, before in _OUTRIGHT or offered)
        elif end in behind:
            denied |= _joined_before(row, start, kind, named, spelling)
            last = (end, kind, False)
        elif last is not None and (last[2] or last[1] == kind) and _joined(row, last[0], start, spelling):
            last = (end, kind, last[2])
        else:
            last = None
            continue
        denied.add(start)
    return frozenset(denied)


def _joined_before(
    row: Sequence[Atom], start: int, kind: str, named: Sequence[tuple[int, int, str]], spelling: str
) -> set[int]:
    found: set[int] = set()
    for first, end, other in sorted(named, reverse=True):
        if end <= start and other == kind and _joined(row, end, start, spelling):
            found.add(first)
            start = first
    return found


def _denied_behind(row: Sequence[Atom], end: int, spelling: str) -> bool:
    """«X7 не предлагать», «дизель мне не нужен», «белые исключаем»."""
    behind = [atom for atom in row[end : end + 4] if atom.text not in _AMIDST]
    if not behind or _set_apart(spelling[row[end - 1].end : behind[0].start]):
        return False
    if _OUT.match(behind[0].text):
        return len(row) == row.index(behind[0]) + 1 or _set_apart(
            spelling[behind[0].end : row[row.index(behind[0]) + 1].start]
        )
    return len(behind) > 1 and behind[0].text == "не" and bool(_UNWANTED.match(behind[1].text))


def _set_apart(between: str) -> bool:
    return bool(re.search(r"[,.;:!?()]", between))


def _leading(row: Sequence[Atom], start: int, spelling: str) -> int:
    """The place of the word that leads to a thing, «не» of «не хочу дизель»; -1 where a sign sets it
    apart.
    """
    at = start - 1
    while at >= 0 and not _set_apart(spelling[row[at].end : row[at + 1].start]):
        said = row[at].text
        between = said in phrases.BESIDE_DENIAL | _AMIDST or _UNWANTED.match(said)
        if not between or start - at > _BETWEEN_REACH:
            return at
        at -= 1
    return -1


def _joined(row: Sequence[Atom], end: int, start: int, spelling: str) -> bool:
    """Whether only a comma or a conjunction stands between two things.

    «Кроме седанов, универсал есть?»: behind a bare comma what is denied stays in the genitive.
    """
    between = spelling[row[end - 1].end : row[start].start]
    if _JOINED.fullmatch(between) is None:
        return False
    word = row[start].text
    return between.strip() != "," or word.isascii() or may_be_genitive(word)
