"""What a visitor does not want: «кроме GLE и GLC», «не белый», «забудь про дизель».

Knows how far a Russian negation reaches. Refuses to know what is named.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistants.showroom.language import phrases
from assistants.showroom.language.naming import Atom
from core.russian import may_be_genitive

_OUTRIGHT = frozenset({"кроме", "исключая", "без", "забудь", "забудьте"})
_NEGATORS = _OUTRIGHT | {"не", "ни"}
_UNWANTED = re.compile(
    r"предлага|предложи|надо|нуж[не]|интересу|рассматрива|хоч|хот|подход|подойд|любл|нрав|показыва"
)
_BETWEEN_REACH = 2
_JOINED = re.compile(r"\s*(?:,|/|,?\s*\b(?:и|или|ни|не)\b)\s*(?:(?:и|или|ни|не)\b\s*)?")


def denied_places(
    row: Sequence[Atom], named: Sequence[tuple[int, int, str]], spelling: str
) -> frozenset[int]:
    """Where the things start that are not wanted, of those `named` (start, end, kind) in `row`.

    «кроме белых и дизельных» denies both; «не белый и дизельный» only what is of the same kind.
    """
    denied: set[int] = set()
    last: tuple[int, str, bool] | None = None  # the last thing denied: its end, its kind, whether outright
    for start, end, kind in sorted(named):
        before = _before(row, start)
        if before in _NEGATORS:
            last = (end, kind, before in _OUTRIGHT)
        elif _denied_behind(row, end):
            last = (end, kind, False)
        elif last is not None and (last[2] or last[1] == kind) and _joined(row, last[0], start, spelling):
            last = (end, kind, last[2])
        else:
            last = None
            continue
        denied.add(start)
    return frozenset(denied)


def _denied_behind(row: Sequence[Atom], end: int) -> bool:
    """«X7 не предлагать», «дизель не нужен»."""
    behind = [atom.text for atom in row[end : end + 2]]
    return len(behind) == 2 and behind[0] == "не" and bool(_UNWANTED.match(behind[1]))


def _before(row: Sequence[Atom], start: int) -> str:
    at = start - 1
    while at >= 0 and start - at <= _BETWEEN_REACH and row[at].text in phrases.BESIDE_DENIAL:
        at -= 1
    return row[at].text if at >= 0 else ""


def _joined(row: Sequence[Atom], end: int, start: int, spelling: str) -> bool:
    """Whether only a comma or a conjunction stands between two things.

    «Кроме седанов, универсал есть?»: behind a bare comma what is denied stays in the genitive.
    """
    between = spelling[row[end - 1].end : row[start].start]
    if _JOINED.fullmatch(between) is None:
        return False
    word = row[start].text
    return between.strip() != "," or word.isascii() or may_be_genitive(word)
