"""The ages of persons in a text: «мне 67 лет», «сыну исполнилось 18», «папе скоро 70».

Knows which words lead from a person to an age. Refuses to know cars and their years.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from core.quantities import Quantity, quantities
from core.russian import grammemes, is_to_a_person, part_of_speech, words

OLDEST = 110
_WORD = re.compile(r"[^\W\d_]+")
_TURNS = r"(?:исполн\w+|стукн\w+|будет|было|уже|скоро|почти|всего|сейчас|под|за|около|лет|по|далеко|хорошо)"
_TURNED = re.compile(_TURNS)
# «Нам с женой обоим уже под шестьдесят».
_WITH = r"(?:с (?:женой|мужем|супругой|супругом|братом|сестрой|мамой|папой)|обоим|обеим|двоим)"
_BETWEEN = re.compile(rf"(?:\s+(?:{_TURNS}|{_WITH}))*\s+")
_ON_A_BIRTHDAY = re.compile(r"\s+на\s+")  # «отцу на 70 лет»; a loan is for fewer years
_OF_SEVERAL = frozenset({"обоим", "обеим", "двоим"})
# «Под шестьдесят», «стукнуло 50»: of whom it is said, that is his age.
_NEARLY = re.compile(r"\b(?:под|за|по|скоро|почти|исполн\w+|стукн\w+)\s+$")
_BEHIND = re.compile(r"\s+([а-я]+)\b(?=\s*(?:$|[.,;!?)])|\s+(?:исполн|стукн|будет|уже|скоро))")
_GROWN, _OLDER_THAN_CARS = 14, 40
_LIVED = re.compile(r"[\s-]*лет(?:ие\w*)?\b")
_ENDS = re.compile(r"\W*(?:$|[.,;!?)]|\s(?:и|а|но)\s)")
# «… Мне 58 и мне можно»: the visitor goes on about himself.
_OPENS_A_SENTENCE = re.compile(r"[.!?…)]\s*$")
_GOES_ON = re.compile(r",?\s(?:и|а|но)\s(?:я|мне|мы|нам)\b")


def is_a_persons(before: Sequence[str]) -> bool:
    """Whether the words before a number make it an age: «мне 24 года», «сыну исполнилось 18 лет»."""
    led = [word for word in before if not _TURNED.fullmatch(word)]
    return bool(led) and is_to_a_person(led[-1])


def ages_in(spelling: str, openings: Collection[int]) -> Iterator[tuple[int, int]]:
    """From the person up to the end of the age; `openings` are the places where clauses begin."""
    for number in quantities(spelling):
        if number.scaled or number.unit not in ("", "year") or not 0 < number.value <= OLDEST:
            continue
        for person in _WORD.finditer(spelling, 0, number.start):
            between = (spelling, person.end(), number.start)
            birthday = number.value >= _GROWN and _ON_A_BIRTHDAY.fullmatch(*between)
            if _is_somebody(person[0]) and (_BETWEEN.fullmatch(*between) or birthday):
                apart = _OPENS_A_SENTENCE.search(spelling, 0, person.start()) is not None
                told = apart and _GOES_ON.match(spelling, number.end) is not None
                end = _end_of_age(spelling, number, opens=told or person.start() in openings)
                if end:
                    yield person.start(), end
        closing = _BEHIND.match(spelling, number.end) if number.start in openings else None
        if closing is not None and number.value >= _GROWN and _is_somebody(closing[1]):
            yield number.start, closing.end()  # «двадцать пять мне, …»


def _is_somebody(word: str) -> bool:
    return word in _OF_SEVERAL or is_to_a_person(word)


def _end_of_age(spelling: str, number: Quantity, *, opens: bool) -> int:
    """Where the age ends; 0 where the number is none: «покажите мне 22 года» is a year, «63 и 53» cars."""
    if _LIVED.search(spelling, number.start, number.end):
        return number.end
    if behind := _LIVED.match(spelling, number.end):
        return behind.end()
    led = not number.unit and number.value >= _GROWN and _NEARLY.search(spelling[: number.start])
    nearly = bool(led) and not _counts(spelling[number.end :])
    old = number.unit == "year" and number.value >= _OLDER_THAN_CARS and not number.ordinal
    told = opens and (number.unit or _ENDS.match(spelling, number.end))
    return number.end if nearly or old or told else 0


def _counts(behind: str) -> bool:
    """«Под 60 литров»."""
    return any(part_of_speech(word) == "NOUN" and "gent" in grammemes(word) for word in words(behind)[:1])
