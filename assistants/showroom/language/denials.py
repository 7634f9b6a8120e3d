"""What a visitor does not want: «кроме GLE и GLC», «не белый», «забудь про дизель».

Knows how far a Russian negation reaches. Refuses to know what is named.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from assistants.showroom.language import phrases
from assistants.showroom.language.lexicon import Lexicon
from assistants.showroom.language.naming import Atom, Mention, atoms
from core.russian import grammemes, is_known, lemma, may_be_genitive, normalise, part_of_speech

_OUTRIGHT = frozenset(
    {"кроме", "исключая", "без", "забудь", "забудьте", "исключением", "вычетом", "помимо", "окромя", "минус",
     "считая", "исключить", "исключите", "исключи", "исключаем", "убери", "уберите", "убрать", "выкинь",
     "выкините", "мимо", "минусом", "вычитая", "вычесть", "отбросить", "отбросив", "отбросим", "исключив",
     "откинуть", "откинув", "отсеять", "отсеяв", "отсеем"}
)  # fmt: skip
_NEGATORS = _OUTRIGHT | {"не", "ни", "никаких", "никакого", "никакой", "никакие"}
# «Никаких кабриолетов нет?» asks whether there are any.
_ARE_THERE_NONE = re.compile(r"\bникак\w+(?=[^,.;!?]*\b(?:нет|нету|не)\b)")
# «Без полного привода там делать нечего», «без панорамы не предлагать»: it is wanted.
_NOT_WITHOUT = re.compile(
    r"\bбез ([\w ]{3,40}?),?\s(?:делать нечего|никуда|никак|нельзя|не обой\w+|не прое\w+|не выбер\w+"
    rf"|пропад\w+|тяжело|трудно|сложно|не {phrases.UNWANTED}\w*)\b",
    re.IGNORECASE,
)
_UNWANTED = re.compile(phrases.UNWANTED)
_OFFERED = re.compile(r"предлага|предложи|показыва|покажи|сов[а-я]+\b|включа|присыла")
_OUT = re.compile(r"исключ|отпад|отпал|мимо$|убер|убра|долой|минус|нельзя")
_AMIDST = phrases.DEGREES | {
    "мне", "нам", "точно", "уже", "вообще", "совсем", "тоже", "также", "сразу", "пожалуйста", "больше",
    "расчет", "счет", "внимание",
}  # fmt: skip
# «Дизель всё-таки не хочу».
_AMIDST_BEHIND = _AMIDST | {
    "все", "таки", "пока", "тогда", "я", "мы", "бы", "лично", "как", "то", "что", "прошу", "просьба",
    "он", "она", "они", "ему", "ей", "им", "мой", "моя", "моей", "моему", "наш", "наша", "сам",
    "сама", "категорически",
}  # fmt: skip
# «Дизель брать не хочу».
_TAKEN = frozenset({"брать", "взять", "покупать", "купить", "видеть", "смотреть", "рассматривать"})
# «Не в чёрном», «без учёта AMG», «не на бензине».
_LED = frozenset({"в", "во", "на", "с", "со", "из", "для", "у", "учета", "от"})
# «Чёрное не надо, белое тоже».
_TOO = frozenset({"тоже", "также"})
# «Серые как-то не очень», «белый мне не по душе», «серебро не моё», «полный привод ни к чему».
_NOT_TO_TASTE = re.compile(
    rf"(?:не (?:в (?:сч|зач)ет|по (?:душе|вкусу|нраву)|мо[йея]|(?:очень|особо|фонтан|айс|ах))(?: как-то)?"
    rf"|так себе|{phrases.OF_NO_USE})"
    r"(?=\W*(?:[,.;:!?()—–]|$))"
)
# «Уберите AMG, не люблю их»: why it is denied.
_AGAIN = re.compile(
    r"[\s,.;:!()—–-]+(?:(?:я|мы|мне|нам|она|он|ей|ему|их|его|ее|такие|это|уж|вообще|очень|совсем)\s+)*"
    rf"(?:не (?:(?:очень|особо)\s+)?{phrases.UNWANTED}\w*"
    r"|терпеть не (?:могу|можем)|не мое|не наше)"
    r"(?:\s+(?:они|их|его|ее|такие|мне|нам))*(?=\W*(?:[.,;:!?()—–]|$))"
)
# «GLS нужен, GLE нет», «белый подойдёт, а чёрный нет»; «GLS хочу, GLE нет?» asks.
_WANTED_BEFORE = re.compile(
    r"\b(?:нуж\w+|надо|хо(?:чу|тим)|интересу\w+|подойд\w+|подходит|устро\w+|можно|давайте|рассматрива\w+|нрав\w+|да)"
    r"\b[^.;!?]*,[^.;!?]*$"
)
_NO_MORE = re.compile(r"\s*(?:[.,;!]|$)")
_BETWEEN_REACH = 5
_GROWN_TOGETHER = re.compile(r"\b[Нн]е(\w{3,})")
_LEAST_OF_A_VALUE = 4
_VALUES = ("color", "fuel", "body", "feature")
# «Чёрный, белый и серый не рассматриваю»: a list opens its clause, and «и» closes it.
_OPENS = re.compile(r"(?:^|[,.;:!?()—–]|\b(?:но|а|только|и))\s*$")
_JOINED = re.compile(r"\s*(?:,|/|,?\s*\b(?:и|или|ни|не)\b)\s*(?:(?:и|или|ни|не)\b\s*)?")


def with_denials_apart(text: str, lexicon: Lexicon) -> str:
    """«Нечёрный», «немайбах», «неамг» as two words, where the second is a value or a name of a car; what one
    cannot do without is wanted.
    """
    return _GROWN_TOGETHER.sub(
        lambda match: _apart(match, lexicon) if _is_a_value(match[1], lexicon) else match[0],
        _NOT_WITHOUT.sub(
            lambda match: f"с {match[1]}" if _holds_a_value(match[1], lexicon) else match[0], text
        ),
    )


def _apart(grown: re.Match[str], lexicon: Lexicon) -> str:
    """The denial reaches no farther than the word that it has grown to: «неамг C-класса»."""
    ends = "" if _values_in(atoms(grown[1]), lexicon) or not grown.string[grown.end() :].strip() else " —"
    return f"не {grown[1]}{ends}"


def _holds_a_value(text: str, lexicon: Lexicon) -> bool:
    return bool(_values_in(atoms(text), lexicon))


def _is_a_value(word: str, lexicon: Lexicon) -> bool:
    if is_known("не" + normalise(word)) and part_of_speech("не" + normalise(word)) not in ("ADJF", "ADJS"):
        return False
    row = atoms(word)
    if lemma(word) in phrases.NEW | phrases.USED or lexicon.names["class"].names_alone(normalise(word)):
        return True
    if len(word) < _LEAST_OF_A_VALUE:  # «неамг», but no colour in «небел»
        return word.isalpha() and bool(lexicon.as_model_atoms(normalise(word))) and not is_known("не" + word)
    return any(mention.end == len(row) for mention in _values_in(row, lexicon))


def _values_in(row: list[Atom], lexicon: Lexicon) -> list[Mention]:
    return [mention for kind in _VALUES for mention in lexicon.names[kind].find(row)]


def denied_places(
    row: Sequence[Atom], named: Sequence[tuple[int, int, str]], spelling: str
) -> frozenset[int]:
    """Where the things start that are not wanted, of those `named` (start, end, kind) in `row`.

    «кроме белых и дизельных» denies both; «не белый и дизельный» only what is of the same kind. «Белые и
    серые не предлагать» denies both, too.
    """
    denied: set[int] = set()
    # the last thing denied: its end, its kind, whether outright, whether «не предлагать» leads a list of them
    last: tuple[int, str, bool, bool] | None = None
    behind = [end for _, end, _ in named if _denied_behind(row, end, spelling)]
    for start, end, kind in sorted(set(named)):  # «GLS» is a class and a word of its models' names
        at = _leading(row, start, spelling)
        before = row[at].text if at >= 0 else ""
        if _ARE_THERE_NONE.match(spelling, row[max(at, 0)].start):
            last = None
            continue
        if before in _NEGATORS and not any(stop <= at < start for stop in behind):
            listed = any(_UNWANTED.match(atom.text) for atom in row[at + 1 : start])
            last = (end, kind, before in _OUTRIGHT, listed)
        elif end in behind:
            denied |= _joined_before(row, start, kind, named, spelling)
            last = (end, kind, False, False)
        elif last is not None and _goes_on(row, last, (start, end, kind), spelling):
            last = (end, kind, *last[2:])
        else:
            last = None
            continue
        denied.add(start)
    return frozenset(denied)


def denying_spans(
    row: Sequence[Atom], named: Sequence[tuple[int, int, str]], denied: Collection[int], spelling: str
) -> list[tuple[int, int]]:
    """From the word that denies up to the thing, or from the thing up to the words behind it that do."""
    spans = []
    for start, end, _ in (each for each in named if each[0] in denied):
        at = _leading(row, start, spelling)
        if at >= 0 and row[at].text in _NEGATORS:
            spans.append((row[at].start, row[end - 1].end))
        if _denied_behind(row, end, spelling):
            spans.append((row[start].start, row[min(end + 5, len(row)) - 1].end))
        if (again := _AGAIN.match(spelling, row[end - 1].end)) is not None:
            spans.append(again.span())
    return spans


def jointly_denied(
    row: Sequence[Atom], named: Sequence[tuple[int, int, str]], denied: Collection[int], spelling: str
) -> list[str]:
    """«Белую GLA не хочу»: whether white ones, GLAs or white GLAs alone are refused, nobody knows."""
    values = {end: (start, kind) for start, end, kind in named if kind in _VALUES and start not in denied}
    said = [
        spelling[row[values[start][0]].start : row[end - 1].end]
        for start, end, kind in named
        if start in denied and start in values and kind != values[start][1]
        and _denied_behind(row, end, spelling) and not spelling[row[start - 1].end : row[start].start].strip()
    ]  # fmt: skip
    return list(dict.fromkeys(said))


def _goes_on(
    row: Sequence[Atom], last: tuple[int, str, bool, bool], named: tuple[int, int, str], spelling: str
) -> bool:
    """Whether the denial of the last thing holds for this one."""
    stop, before, outright, listed = last
    start, end, kind = named
    listed = listed and _closes(row, end, spelling)
    if before == kind and {atom.text for atom in row[end : end + 1]} & _TOO:
        return True
    return (outright or before == kind) and _joined(
        row, stop, start, spelling, alike=outright and before == kind, listed=listed
    )


def _closes(row: Sequence[Atom], end: int, spelling: str) -> bool:
    """«Не интересуют гибриды, дизели — что есть?», but «не хочу белую, чёрную покажите»."""
    if end == len(row):
        return True
    return _set_apart(spelling[row[end - 1].end : row[end].start]) or row[end].text in ("и", "или", "ни")


def _joined_before(
    row: Sequence[Atom], start: int, kind: str, named: Sequence[tuple[int, int, str]], spelling: str
) -> set[int]:
    found: set[int] = set()
    bare = row[start].number  # «GLC, 220 не предлагать»: the class is that of the number
    listed = False
    for first, end, other in sorted(named, reverse=True):
        if bare and not any(atom.number for atom in row[first:end]):
            continue
        if end > start:
            continue
        between = spelling[row[end - 1].end : row[start].start].strip()
        opens = _OPENS.search(spelling, 0, row[first].start) is not None
        if other != kind:
            if opens and between == "и" and _denies_several(row, start):
                found.add(first)
            continue
        led = between == "," and row[start].latin and not opens  # «бензиновые GLE, AMG не нужны»
        if (opens and listed and between == ",") or (_joined(row, end, start, spelling) and not led):
            found.add(first)
            start, listed = first, listed or between != ","
    return found


def _denies_several(row: Sequence[Atom], start: int) -> bool:
    """«Универсалы и AMG не интересуют», but «GLC и дизель не нужен»."""
    verb = next((row[at + 1].text for at in range(start, len(row) - 1) if row[at].text == "не"), "")
    return bool(verb) and ("1per" in grammemes(verb) or "sing" not in grammemes(verb))


def _denied_behind(row: Sequence[Atom], end: int, spelling: str) -> bool:
    """«X7 не предлагать», «дизель мне не нужен», «белые исключаем»."""
    behind = [atom for atom in row[end : end + 5] if not _says_no_more(atom.text)]
    behind = behind[1:] if behind and behind[0].text in _TAKEN else behind
    if not behind or _set_apart(spelling[row[end - 1].end : behind[0].start]):
        return False
    if _NOT_TO_TASTE.match(spelling, behind[0].start):
        return True
    if behind[0].text == "нет" and _WANTED_BEFORE.search(spelling, 0, behind[0].start):
        return _NO_MORE.match(spelling, behind[0].end) is not None
    if _OUT.match(behind[0].text):
        return len(row) == row.index(behind[0]) + 1 or _set_apart(
            spelling[behind[0].end : row[row.index(behind[0]) + 1].start]
        )
    return len(behind) > 1 and behind[0].text == "не" and bool(_UNWANTED.match(behind[1].text))


def _says_no_more(word: str) -> bool:
    """«GLA мне точно не нужен», «белый жена не хочет», «белые машины не надо»: who refuses, how much."""
    if word in _AMIDST_BEHIND or lemma(word) in phrases.RELATIVES | phrases.CAR_WORDS:
        return True
    person = part_of_speech(word) == "NOUN" and {"anim", "sing"} <= grammemes(word)
    return person and bool({"nomn", "datv"} & grammemes(word))


def is_denying(word: str) -> bool:
    """Whether it is one of the words that say what is not wanted: «убери», «не предлагайте»."""
    return word in _OUTRIGHT or bool(_OUT.match(word) or _UNWANTED.match(word))


def _set_apart(between: str) -> bool:
    return bool(re.search(r"[,.;:!?()—–]", between))


def _leading(row: Sequence[Atom], start: int, spelling: str) -> int:
    """The place of the word that leads to a thing, «не» of «не хочу дизель»; -1 where a sign sets it
    apart.
    """
    at = start - 1
    while at >= 0 and not _set_apart(spelling[row[at].end : row[at + 1].start]):
        said = row[at].text
        between = said in phrases.BESIDE_DENIAL | _AMIDST | _LED or bool(_UNWANTED.match(said))
        between = between or (said in ("все", "всех") and at > 0 and row[at - 1].text in _OUTRIGHT)
        if not between or start - at > _BETWEEN_REACH:
            return at
        at -= 1
    return -1


def _joined(
    row: Sequence[Atom], end: int, start: int, spelling: str, *, alike: bool = True, listed: bool = False
) -> bool:
    """Whether only a comma or a conjunction stands between two things.

    «Кроме седанов, универсал есть?», «кроме белого, C-класс»: behind a bare comma what is denied stays in the
    genitive, and a name in Latin letters is denied with names alone.
    """
    between = spelling[row[end - 1].end : row[start].start]
    word = row[start].text
    if alike and not between.strip():  # «кроме чёрного белого и серого», typed without commas
        return not word.isascii() and may_be_genitive(word)
    if _JOINED.fullmatch(between) is None:
        return False
    if between.strip() != "," or listed:
        return True
    return (alike and word.isascii()) or (not word.isascii() and may_be_genitive(word))
