"""The ages of persons in a text: «мне 67 лет», «сыну исполнилось 18», «папе скоро 70».

Knows which words lead from a person to an age. Refuses to know cars and their years.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from core.quantities import Quantity, quantities
from core.russian import is_to_a_person

OLDEST = 110
_WORD = re.compile(r"[^\W\d_]+")
_TURNS = r"(?:исполн\w+|стукн\w+|будет|было|уже|скоро|почти|всего|сейчас|под|за|около|лет)"
_TURNED = re.compile(_TURNS)
_BETWEEN = re.compile(rf"(?:\s+{_TURNS})*\s+")
_LIVED = re.compile(r"[\s-]*лет(?:ие\w*)?\b")
_ENDS = re.compile(r"\W*(?:$|[.,;!?)]|\s(?:и|а|но)\s)")


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
            if is_to_a_person(person[0]) and _BETWEEN.fullmatch(spelling, person.end(), number.start):
                end = _end_of_age(spelling, number, opens=person.start() in openings)
                if end:
                    yield person.start(), end


def _end_of_age(spelling: str, number: Quantity, *, opens: bool) -> int:
    """Where the age ends; 0 where the number is none: «покажите мне 22 года» is a year, «63 и 53» cars."""
    if _LIVED.search(spelling, number.start, number.end):
        return number.end
    if behind := _LIVED.match(spelling, number.end):
        return behind.end()
    return number.end if opens and (number.unit or _ENDS.match(spelling, number.end)) else 0
