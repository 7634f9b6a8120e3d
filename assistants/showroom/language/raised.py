"""A limit that is changed: «накину ещё полмиллиона», «а если добавим и посмотрим до пяти с половиной?»,
«пусть дороже, но с пробегом до 10 тысяч».

Knows when a sum is put upon the sum told before, when it is told anew, and when the limit that was told
binds no more. Refuses to know whether there is such a car.
"""

from __future__ import annotations

import re

from assistants.showroom.language.wish import Wish
from core.quantities import quantities
from core.russian import part_of_speech, words

_LEAST_RISE = 10_000
_RAISED = re.compile(
    r"\W*(?:(?:ну|а|и|или|да|тогда|если|может|хорошо|ладно|я|мы|можно|можем|могу|готов\w*|еще|ещё|чуть|немного)\W+)*"
    r"(?:(?:добав|накин|прибав|подкин|долож)\w+"
    r"|(?:поднять|подниму|поднимем|увеличить|увеличу|увеличим|расширить|расширим)\s+(?:бюджет\s+)?на"
    r"|(?P<down>(?:сброс|убав|урез|уреж|уменьш)\w+)(?:\s+на)?)\s+",
    re.IGNORECASE,
)
# What leads to a sum that is the limit itself.
_UP_TO = re.compile(
    r"\b(?:до|за|в пределах|максимум|не (?:больше|более|дороже|выше)(?: чем)?(?: за)?)\s*$", re.IGNORECASE
)
# What may stand between the verb and the sum, and says nothing.
_BESIDE = re.compile(
    r"(?:(?:еще|ещё|сверху|сюда|туда|к|этому|бюджету?|сумме|буквально|максимум|до|на|где-то|примерно|около|плюс|ну|может|хотя|бы)\b\W*)*",
    re.IGNORECASE,
)
# «Пусть дороже, но …»: what follows is asked for whatever it costs.
_LET_IT_BE = re.compile(
    r"\b(?:пусть|пускай|можно|можем|готов\w*|соглас\w+|хоть)"
    r"(?: (?:и|будет|даже|чуть|немного|тогда|взять|бы))* (?:по)?"
    r"(?:(?:дороже|дешевле)|(?P<aged>старше|старее|новее|моложе|свежее))"
    r"(?=[\s,;—–-]+(?:но|а|зато|лишь бы|главное|только)\b)",
    re.IGNORECASE,
)


# «Поднять потолок до 16»: the one end moves, and the other stays.
_MOVES = r"(?:подн[яи]\w*|подним\w*|опус\w+|сдвин\w+|увелич\w+|повы[сш]\w+|сниз\w+|пониз\w+|расшир\w+)"
_OF_AN_END = (
    r"(?:(?P<upper>(?:верхн\w+ (?:планк|границ|предел|порог)|потолок|максимум)\w*)"
    r"|(?P<lower>(?:нижн\w+ (?:планк|границ|предел|порог)|минимум)\w*)|(?:планк|лимит|бюджет)\w*)"
)
_END = re.compile(rf"\b{_MOVES}\s+{_OF_AN_END}\s+до(?=\s+\d)", re.IGNORECASE)


def _with_other_end(question: str, match: re.Match[str], before: Wish) -> str:
    """«Поднять потолок до 16» behind «от 10 до 12 млн» as «от 10 до 16»."""
    low, high = before.price_from, before.price_to
    sums = [number for number in quantities(question) if number.start >= match.end()]
    if not sums or sums[0].unit not in ("", "rub") or not (low or high):
        return question
    value = round(sums[0].value * (1 if sums[0].scaled or sums[0].value >= _LEAST_RISE else 1_000_000))
    low, high = (value, high) if match["lower"] is not None else (low, value)
    ends = [f"от {low} рублей"] if low is not None else []
    ends += [f"до {high} рублей"] if high is not None else []
    return f"{question[: match.start()]}{' '.join(ends)}{question[sums[0].end :]}"


# «А если на 500 тысяч меньше?», «на миллион больше», but «на миллион дешевле GLC» compares.
_BY = re.compile(
    r"\W*(?:(?:ну|а|и|или|тогда|если|может|ладно|хотя|давайте|бы)\W+)*на\s+(?=\S)", re.IGNORECASE
)
_FARTHER = re.compile(
    r"\s*(?:(?P<down>меньше|дешевле|ниже|скромнее)|больше|дороже|выше)(?=\W*(?:$|[?.!,;]))", re.IGNORECASE
)


def _moved_by(question: str, limit: int) -> str | None:
    by = _BY.match(question)
    number = next((each for each in quantities(question) if by is not None and each.start == by.end()), None)
    behind = _FARTHER.match(question, number.end) if number is not None else None
    if number is None or behind is None or number.unit not in ("", "rub") or number.value < _LEAST_RISE:
        return None
    value = round(number.value)
    return f"а до {limit + (-value if behind['down'] else value)} рублей{question[behind.end() :]}"


def with_raised(question: str, before: Wish | None) -> str:
    """The question with the limit that is meant, where it puts a sum upon the one told before or takes some
    away, or that binds no more; itself where it tells another limit.
    """
    if before is None or not before.bounds:
        return question
    question = _LET_IT_BE.sub(lambda each: "а год не важен" if each["aged"] else "а цена не важна", question)
    if (match := _END.search(question)) is not None:
        return _with_other_end(question, match, before)
    if before.price_to is None:
        return question
    return _moved_by(question, before.price_to) or _put_upon(question, before.price_to)


def _put_upon(question: str, limit: int) -> str:
    match = _RAISED.match(question)
    behind = question[match.end() :] if match is not None else ""
    sums = [number for number in quantities(behind) if number.unit in ("", "rub")]
    if match is None or len(sums) != 1 or sums[0].value < _LEAST_RISE:
        return question
    lead, value, down = behind[: sums[0].start], round(sums[0].value), match["down"] is not None
    bounded = _UP_TO.search(lead) is not None
    looks = any(part_of_speech(word) in ("VERB", "INFN") for word in words(lead))
    if bounded and (looks or down or value > limit):
        return question  # «добавим и посмотрим до 5,5», «урежем до 4», but «добавим до 300 тысяч»
    if looks and value > limit and not down:
        return question
    said = "" if _BESIDE.fullmatch(lead) else lead
    return f"а {said}до {limit + (-value if down else value)} рублей{behind[sums[0].end :]}"
