"""Numbers as an answer states them: roubles, kilometres, years, percentages, cars; in digits and in words.

The judge reads numbers with this module and never with `core.quantities`: a number which the platform reads
wrongly would else be found right by the same mistake. Refuses to know which numbers are true.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from jobs.evaluation.number_words import spelled

RUB, KM, YEAR, PERCENT, CARS, MORE_CARS, CLOCK, PLAIN = (
    "rub", "km", "year", "percent", "cars", "more_cars", "clock", "",
)  # fmt: skip
_LEAST_BARE_ROUBLES = 100_000
_COARSEST_ROUNDING = 100_000
_SPACES = re.compile(r"[\u00a0\u202f\u2009\t]")
_DASHES = re.compile(r"[\u2010-\u2015\u2212]")
_PHONE = re.compile(r"(?:\+7|\b8)[ (-]*\d{3}[ )-]*\d{3}[ -]*\d{2}[ -]*\d{2}\b")
_ORDINAL = re.compile(r"^\s*(?:№ ?)?\d{1,3}[.)](?=\s)", re.MULTILINE)
_TOKEN = re.compile(
    r"(?P<clock>\b\d{1,2}:\d{2}\b)"
    r"|(?P<date>\b\d{1,2}\.\d{1,2}\.\d{2,4}\b)"
    r"|(?P<digits>\d{1,3}(?:[ ']\d{3})+(?!\d)|\d{1,3}(?:[.,]\d{3}){2,}(?!\d)|\d+(?:[.,]\d+)?)"
    r"|(?P<word>[^\W\d_]+)|(?P<sign>[₽%])|(?P<other>[^\s\w])"
)
_MULTIPLIERS = (
    (re.compile(r"млрд|миллиард\w*"), 1e9),
    (re.compile(r"млн|mln|миллион\w*|лям\w*|лимон\w*|мульт\w*"), 1e6),
    (re.compile(r"тыс|тысяч\w*|тр?"), 1e3),  # «700 т.р.»
)
# «Миллион хватит?» says how many by itself.
_ONE = re.compile(r"(?:миллион|лям|лимон|мульт)[ауе]?|тысяч[аеу]")
_HUNDREDS = re.compile(r"сотен|сотн(?:и|ям|ями|ях)")
_GLUED_MULTIPLIERS = {"к": 1e3, "k": 1e3, "м": 1e6, "m": 1e6, "кк": 1e6}
_UNITS = (
    (RUB, re.compile(r"₽|руб\w*|р|rub")),
    (KM, re.compile(r"км|километр\w*")),
    (PERCENT, re.compile(r"%|процент\w*")),
    (YEAR, re.compile(r"год\w*|г|гг")),
    (CARS, re.compile(r"автомобил\w*|машин\w*|вариант\w*|авто|штук\w*|экземпляр\w*|предложени\w*|шт")),
)
_BETWEEN_COUNT_AND_CARS = 2
# «5ти млн», «4-х миллионов», «от 6ти до 8ми млн».
_COUNTING = frozenset({"ти", "ми", "мя", "и", "х", "ух", "ех"})
_TO_THE_OTHER_END = frozenset({"до", "-", "или", "и"})
# «Шести миллионов двести сил»: what is counted, and the letter of a designation, leave no thousands unsaid.
_NO_THOUSANDS = re.compile(
    r"км|километр\w*|сил\w*|мест|машин|штук|[а-яa-z]|(?!рублей)\w{2,}(?:ов|ев|ей)"
    r"|(?:перв|втор|трет|четверт|пят|шест|седьм|восьм|девят|десят|\w+надцат|\w+десят)(?:ый|ой|ий|ая|ое|ого|ому|ом)"
)
_UNSAID_THOUSANDS = range(50, 1_000, 10)


@dataclass(frozen=True, slots=True)
class Number:
    """`start` and `end` index the text as `plain` gives it; `precise_to` what the last digit stands for."""

    value: float
    unit: str
    start: int
    end: int
    precise_to: float = 1.0

    def states(self, exact: float) -> bool:
        """Whether it says `exact`, rounded as far as it is rounded («5,5 млн» says 5 490 000)."""
        rounded = 1 < self.precise_to <= _COARSEST_ROUNDING
        return abs(self.value - exact) < (self.precise_to / 2 + 0.5 if rounded else 0.5)


def plain(text: str) -> str:
    """Small letters, ё as е, one kind of space and of dash; as long as the text itself."""
    small = text.lower()
    if len(small) != len(text):  # as «İ» does, which is two letters when it is small
        small = "".join(low if len(low := letter.lower()) == 1 else letter for letter in text)
    return _DASHES.sub("-", _SPACES.sub(" ", small.replace("ё", "е")))


def phones(text: str) -> set[str]:
    """The last ten digits of each phone number."""
    return {re.sub(r"\D", "", match.group())[-10:] for match in _PHONE.finditer(plain(text))}


def numbers(text: str) -> list[Number]:
    """Every number in order. List ordinals, phones and what belongs to a name («4MATIC») are none."""
    spelling = _blanked(_ORDINAL, _blanked(_PHONE, plain(text)))
    tokens = list(_TOKEN.finditer(spelling))
    found = []
    at = 0
    while at < len(tokens):
        read = _number_at(tokens, at)
        if read is None:
            at += 1
        else:
            number, at = read
            found.append(number)
    return found


def roubles(text: str) -> list[Number]:
    return [number for number in numbers(text) if number.unit == RUB]


def _blanked(pattern: re.Pattern[str], text: str) -> str:
    return pattern.sub(lambda match: " " * len(match.group()), text)


_Tokens = list[re.Match[str]]


def _number_at(tokens: _Tokens, at: int) -> tuple[Number, int] | None:
    token = tokens[at]
    kind = str(token.lastgroup)
    if kind in ("clock", "date"):
        digits = re.sub(r"\D", "", token.group())
        return Number(float(digits), CLOCK, *token.span()), at + 1
    if kind == "digits":
        behind = _past_counting(tokens, at + 1)
        if behind == at + 1 and _within_a_name(tokens, at):
            return None
        value, precise_to = _digits(token.group())
        return _with_unit(tokens, at, behind, value, precise_to)
    if kind == "word" and token.group() in spelled():
        return _spelled_at(tokens, at)
    if kind == "word" and _ONE.fullmatch(token.group()):
        return _with_unit(tokens, at, at, 1.0, 1.0, spelled_out=True)
    return None


def _past_counting(tokens: _Tokens, at: int) -> int:
    """Behind the ending of a number in digits, where millions follow, the other end of a range or nothing."""
    ending = at + 1 if at < len(tokens) and tokens[at].group() == "-" else at
    if ending >= len(tokens) or tokens[ending].group() not in _COUNTING:
        return at
    glued = all(tokens[place].start() == tokens[place - 1].end() for place in range(at, ending + 1))
    if ending + 1 == len(tokens):
        named = at > 1 and tokens[at - 2].end() == tokens[at - 1].start()  # «x5ти»
        return ending + 1 if glued and not named else at
    following = tokens[ending + 1].group()
    return ending + 1 if glued and (_factor(following) or following in _TO_THE_OTHER_END) else at


def _within_a_name(tokens: _Tokens, at: int) -> bool:
    """«4matic», «x5»: glued to letters that are neither a multiplier nor a unit."""
    token = tokens[at]
    if at and tokens[at - 1].lastgroup == "word" and tokens[at - 1].end() == token.start():
        return True
    if at + 1 == len(tokens) or tokens[at + 1].start() != token.end() or tokens[at + 1].lastgroup != "word":
        return False
    word = tokens[at + 1].group()
    known = word in _GLUED_MULTIPLIERS or _factor(word) or any(form.fullmatch(word) for _, form in _UNITS)
    return not known


def _digits(text: str) -> tuple[float, float]:
    """The value, and what its last digit stands for."""
    compact = re.sub(r"[ ']", "", text)
    if re.fullmatch(r"\d{1,3}(?:[.,]\d{3}){2,}", compact):
        return float(re.sub(r"[.,]", "", compact)), 1.0
    whole, _, part = compact.replace(",", ".").partition(".")
    return float(f"{whole}.{part or 0}"), 10.0 ** -len(part)


def _factor(word: str) -> float | None:
    return next((factor for form, factor in _MULTIPLIERS if form.fullmatch(word)), None)


def _with_unit(
    tokens: _Tokens, first: int, at: int, value: float, precise_to: float, *, spelled_out: bool = False
) -> tuple[Number, int]:
    """Takes «млн 490 тысяч» and the unit behind a number."""
    scaled, end = spelled_out and value >= 1e3, tokens[at - 1].end()
    if [token.group() for token in tokens[at : at + 2]] == ["с", "половиной"]:
        value, precise_to, at = value + 0.5, 0.1, at + 2
    word = tokens[at].group() if at < len(tokens) else ""
    glued = bool(word) and tokens[at].start() == tokens[at - 1].end()
    factor = _factor(word) or (_GLUED_MULTIPLIERS.get(word) if glued else None)
    if factor is not None:
        value, precise_to, scaled = value * factor, precise_to * factor, True
        at, end = at + 1, tokens[at].end()
    whole = scaled and value >= 1e6 and (spelled_out or not value % 1e6)
    smaller = _smaller(tokens, _past_dot(tokens, at)) if whole else None
    if smaller is not None:
        more, precise_to, at = smaller
        value, end = value + more, tokens[at - 1].end()
    at = _past_dot(tokens, at)
    unit, at, end = _unit(tokens, at, end, value, scaled=scaled)
    if not unit and (scaled or value >= _LEAST_BARE_ROUBLES):
        unit = RUB
    if not unit and 1950 <= value <= 2100 and precise_to == 1:
        unit = YEAR
    if unit == CARS and first and tokens[first - 1].group() == "еще":
        unit = MORE_CARS
    return Number(value, unit, tokens[first].start(), end, precise_to), at


def _smaller(tokens: _Tokens, at: int) -> tuple[float, float, int] | None:
    """The thousands behind millions, what their last digit stands for, and where they end: «490 тысяч»,
    «пятисот тысяч», and «шестисот» that leaves them unsaid.
    """
    if at >= len(tokens):
        return None
    in_words = tokens[at].group() in spelled()
    if tokens[at].lastgroup == "digits":
        (value, fine), behind = _digits(tokens[at].group()), at + 1
    elif in_words:
        (value, behind), fine = _group_at(tokens, at), 1.0
    else:
        return None
    word = tokens[behind].group() if behind < len(tokens) else ""
    glued = bool(word) and tokens[behind].start() == tokens[behind - 1].end()
    factor = _factor(word) or (_GLUED_MULTIPLIERS.get(word) if glued else None)
    following = tokens[behind + 1].group() if behind + 1 < len(tokens) else ""
    if factor == 1e3 and not _UNITS[1][1].fullmatch(following):
        return value * factor, 1.0 if in_words else fine * factor, behind + 1
    if factor is None and in_words and value in _UNSAID_THOUSANDS and not _NO_THOUSANDS.fullmatch(word):
        return value * 1e3, 1.0, behind
    return None


def _past_dot(tokens: _Tokens, at: int) -> int:
    """Behind the dot of «млн.», where a number or a unit goes on."""
    if at + 1 < len(tokens) and tokens[at].group() == "." and tokens[at].start() == tokens[at - 1].end():
        following = tokens[at + 1].group()
        number = tokens[at + 1].lastgroup == "digits" or following in spelled()
        if number or any(form.fullmatch(following) for _, form in _UNITS[:2]):
            return at + 1
    return at


def _unit(tokens: _Tokens, at: int, end: int, value: float, *, scaled: bool) -> tuple[str, int, int]:
    """«11 миллионов какие машины» counts no cars."""
    for ahead in range(_BETWEEN_COUNT_AND_CARS + 1):
        if at + ahead >= len(tokens):
            break
        token = tokens[at + ahead]
        for unit, form in _UNITS:
            if form.fullmatch(token.group()) and (ahead == 0 or (unit == CARS and not scaled)):
                if unit == YEAR and not 1900 <= value <= 2100:
                    return PLAIN, at, end
                return unit, at + ahead + 1, token.end()
        if token.lastgroup != "word":
            break
    return PLAIN, at, end


def _spelled_at(tokens: _Tokens, at: int) -> tuple[Number, int]:
    """«пять миллионов четыреста девяносто тысяч рублей», «пять с половиной миллионов»."""
    first, total, group = at, 0.0, 0.0
    while at < len(tokens) and tokens[at].lastgroup == "word":
        factor = _factor(tokens[at].group())
        if factor is not None and (group or total == 0):
            total, group, at = total + (group or 1.0) * factor, 0.0, at + 1
            if factor == 1e6:
                break  # the thousands join in one place, however either part is written
        elif factor is None and not group and tokens[at].group() in spelled():
            group, at = _group_at(tokens, at)
        else:
            break
    return _with_unit(tokens, first, at, total + group, 1.0, spelled_out=True)


def _group_at(tokens: _Tokens, at: int) -> tuple[float, int]:
    """«четыреста девяносто», «четыре сотни», «пять с половиной», and where it ends."""
    table, group, last = spelled(), 0.0, float("inf")
    while at < len(tokens):
        value = table.get(tokens[at].group())
        if value is not None and _goes_on(group, last, value):
            group, last, at = group + value, value, at + 1
        elif 1 < group < 10 and _HUNDREDS.fullmatch(tokens[at].group()):
            group, last, at = group * 100, 100.0, at + 1
        else:
            break
    if [token.group() for token in tokens[at : at + 2]] == ["с", "половиной"]:
        return group + 0.5, at + 2
    return group, at


def _goes_on(group: float, last: float, value: float) -> bool:
    """«сто двадцать пять» goes on, «два три» are two numbers."""
    if group == 0:
        return True
    return value < last and ((last >= 100 and value < 100) or (20 <= last < 100 and value < 10))
