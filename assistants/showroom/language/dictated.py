"""Names as they are dictated: «джи эль эс», «G L S», «еку це», «е двести двадцать дэ», «икс пять».

Knows how letters are said and that a number in words behind a letter closes a designation. Refuses to know
which names there are: it gets them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator
from functools import cached_property

from assistants.showroom.language.naming import SAID_LETTERS, letters_said
from core.quantities import quantities
from core.russian import is_known, is_service, normalise

_WORD = re.compile(r"[^\W\d_]+")
_BETWEEN_LETTERS = re.compile(r"[\s.\-]{1,2}")
_MOST_LETTERS = 4
_LEAST_HUNDRED, _MOST_HUNDRED, _LEAST_UNKNOWN = 100, 999, 10
_CLOSING = {"дэ": "d", "де": "d", "ди": "d", "д": "d", "d": "d", "е": "e", "e": "e", "и": "e", "эс": "s"}
_NEVER_MEANT_OTHERWISE = frozenset({"ку", "кью", "икс", "эм", "эс", "эр"})
# «С двухсот» is a price, «с двести» a car: behind a preposition a number changes its form.
_UNCHANGED = re.compile(
    r"(?:(?:сто|двести|триста|четыреста|пятьсот|шестьсот|семьсот|восемьсот|девятьсот|двадцать|тридцать|сорок"
    r"|пятьдесят|шестьдесят|семьдесят|восемьдесят|девяносто|один|два|три|четыре|пять|шесть|семь|восемь|девять)\s?)+"
)

_LETTER_BEHIND = re.compile(r"\s(?:дэ|де|ди|д|d)\b")
_WORD_BEFORE = re.compile(r"\b([^\W\d_]{3,})\s$")


# «эс 500»: a letter written as it is said.
_LETTER_BEFORE_DIGITS = re.compile(r"\b([а-яё]{2,4})(?=[\s-]?\d{2,3}\b)", re.IGNORECASE)


# Signs that are spoken: «… до девяти миллионов вопросительный знак».
_SIGNS = {"вопросительный знак": "?", "восклицательный знак": "!", "запятая": ","}
_SPOKEN_SIGN = re.compile(rf"\s+\b({'|'.join(_SIGNS)})\b", re.IGNORECASE)


def with_signs(text: str) -> str:
    """The text with the signs that were dictated as words."""
    return _SPOKEN_SIGN.sub(lambda found: _SIGNS[found[1].lower()], text)


class Dictated:
    """`names` are short Latin names and their spellings, `numbers` those of known designations."""

    def __init__(self, names: Collection[str], numbers: Collection[str]) -> None:
        self._names, self._numbers = names, numbers

    def written(self, text: str) -> str:
        """The text with what was dictated as it is written; else the text itself."""
        return _LETTER_BEFORE_DIGITS.sub(_as_letter, self._with_numbers(self._with_letters(text)))

    def _with_letters(self, text: str) -> str:
        found = list(_WORD.finditer(text))
        edits, place = [], 0
        while place < len(found):
            end, name = self._letters_from(found, place, text)
            if name:
                edits.append((found[place].start(), found[end - 1].end(), name))
            place = end
        return edited(text, edits)

    def _letters_from(self, found: list[re.Match[str]], start: int, text: str) -> tuple[int, str]:
        """The longest name that letters spell from `start` on, and where it ends."""
        opened, best, several = [""], (start + 1, ""), False
        for place in range(start, len(found)):
            if place > start and not _BETWEEN_LETTERS.fullmatch(
                text, found[place - 1].end(), found[place].start()
            ):
                break
            word = found[place].group().lower()
            letters = letters_said(word) or tuple(_in_one_word(word))
            several = several or any(len(letter) > 1 for letter in letters)
            opened = [
                name + letter for name in opened for letter in letters if name + letter in self._openings
            ]
            if not opened:
                break
            sure = (
                place - start > 1
                or several
                or all(len(match.group()) > 1 for match in found[start : place + 1])
            )
            name = next((name for name in opened if name in self._names), None)
            if name is not None and (place > start or several) and sure:
                best = (place + 1, name.upper())
        return best

    @cached_property
    def _openings(self) -> frozenset[str]:
        return frozenset(name[:size] for name in self._names for size in range(1, len(name) + 1))

    def _with_numbers(self, text: str) -> str:
        """«е триста» as «е 300»."""
        spelling = normalise(text)
        if len(spelling) != len(text):
            return text
        edits = []
        for number in quantities(text):
            digits = str(int(number.value))
            whole = spelling[number.start : number.end].strip()
            if not number.in_words or number.scaled or not _UNCHANGED.fullmatch(whole):
                continue
            before = re.search(r"([^\W\d_]+)[\s-]$", spelling[: number.start])
            if before is not None and self._belongs(before[1], digits):
                if len(before[1]) > 1 and (letter := letters_said(before[1])):
                    edits.append((number.start - len(before.group()), number.start - 1, letter[0][0].upper()))
                closing = re.match(r"\s([^\W\d_]+)\b", spelling[number.end :])
                suffix = _CLOSING.get(closing[1], "") if closing is not None else ""
                end = number.end + (closing.end() if closing is not None and suffix else 0)
                edits.append((number.start, end, f"{digits} {suffix}".strip()))
        return edited(text, edits)

    def _belongs(self, word: str, digits: str) -> bool:
        """Whether a number closes the name that a word opens."""
        known = digits in self._numbers
        if word in self._names and len(word) > 1:
            return known or _LEAST_HUNDRED <= int(digits) <= _MOST_HUNDRED
        if not letters_said(word):
            return False
        telling = len(word) > 1 and (not is_service(word) or word in _NEVER_MEANT_OTHERWISE)
        return known or (telling and int(digits) < _LEAST_UNKNOWN)


# «Двухсотка», «пятисотку»: a car by the number of its designation.
_HUNDREDS = {"двух": 200, "трех": 300, "трёх": 300, "четырех": 400, "четырёх": 400, "пяти": 500, "шести": 600}
_OF_HUNDREDS = re.compile(rf"\b({'|'.join(_HUNDREDS)})сот(?:очк|к)(?:[аиуе]|ой|ою|ами?|ах)\b", re.IGNORECASE)


def _counted_out(match: re.Match[str]) -> str:
    return str(_HUNDREDS[match[1].lower()])


def with_ordinals(text: str, numbers: Collection[str] = ()) -> str:
    """«Двухсотый E-класс» and «сорок пятая CLA» with their number in digits; `numbers` as in `Dictated`."""
    if len(normalise(text)) != len(text):
        return text
    text = _OF_HUNDREDS.sub(_counted_out, text)
    hundreds = (
        number
        for number in quantities(text)
        if number.ordinal
        and not number.unit
        and (
            _LEAST_HUNDRED <= number.value <= _MOST_HUNDRED
            or str(int(number.value)) in numbers
            or (number.in_words and _may_designate(number.value))
        )
    )
    return edited(
        text,
        [(number.start, number.end, f"{int(number.value)}{_of_several(number.text)}") for number in hundreds],
    )


def _of_several(ordinal: str) -> str:
    """The ending in digits of «двухсотые», «из двухсотых»: cars of that number, and not one of them."""
    return "-х" if ordinal.endswith("х") else "-е" if ordinal.endswith(("ые", "ие", "ьи")) else ""


def with_numbers_behind(text: str, numbers: Collection[str], is_a_class: Callable[[str], bool]) -> str:
    """«Эску пятьсот восемьдесят» and «гелик шестьдесят три» with their number in digits; `numbers` as in
    `Dictated`, `is_a_class` says whether a word names a class by itself.
    """
    spelling = normalise(text)
    if len(spelling) != len(text):
        return text
    edits = []
    for number in quantities(text):
        whole = spelling[number.start : number.end].strip()
        before = _WORD_BEFORE.search(spelling, 0, number.start)
        if number.scaled or before is None or not (number.in_words and _UNCHANGED.fullmatch(whole)):
            continue
        known = str(int(number.value)) in numbers or _LEAST_HUNDRED <= number.value <= _MOST_HUNDRED
        if known and is_a_class(before[1]):
            letter = _LETTER_BEHIND.match(spelling, number.end)
            end, suffix = (letter.end(), " d") if letter is not None else (number.end, "")
            edits.append((number.start, end, f"{int(number.value)}{suffix}"))
    return edited(text, edits)


_OF_SEVERAL = re.compile(r"\b(\d{2,3})(-?(?:е|ые|х|ых)|-(?:и|им|ими))\b")


def without_endings(text: str) -> tuple[str, frozenset[int]]:
    """«350-е дизели»: the ending is no letter of a class; blanked, with where such numbers stand."""
    starts = frozenset(match.start() for match in _OF_SEVERAL.finditer(text))
    return _OF_SEVERAL.sub(lambda match: match[1] + " " * len(match[2]), text), starts


def _may_designate(value: float) -> bool:
    """«Сорок пятая», not «сороковая» and not «вторая»."""
    return 30 < value < _LEAST_HUNDRED and value % 10 != 0


def _as_letter(match: re.Match[str]) -> str:
    letters = () if is_service(match[1].lower()) else letters_said(match[1].lower())
    return letters[0][0].upper() if letters else match[1]


def _in_one_word(word: str) -> Iterator[str]:
    """«еку», «джиэлси»: letters said in one breath; no word of the dictionary is one."""
    if len(word) < 3 or is_known(word):
        return
    opened = [("", word)]
    for _ in range(_MOST_LETTERS):
        opened = [
            (name + letter, rest[len(said) :])
            for name, rest in opened
            for said in SAID_LETTERS
            if rest.startswith(said)
            for letter in SAID_LETTERS[said]
        ]
        yield from (name for name, rest in opened if not rest and len(name) > 1)


def edited(text: str, edits: Iterable[tuple[int, int, str]]) -> str:
    """The text with its pieces replaced; they do not overlap and go from left to right."""
    pieces, at = [], 0
    for start, end, new in edits:
        pieces += [text[at:start], new]
        at = end
    return "".join((*pieces, text[at:])) if pieces else text
