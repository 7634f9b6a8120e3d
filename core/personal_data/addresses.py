"""Where somebody lives: a street with its house, and what is said before and behind it.

A street by its name is an address; a city alone is none. Refuses to know a map, and the spellings of streets
and houses (`address_forms`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from core.personal_data.address_forms import (
    AFTER,
    BARE,
    BEFORE,
    FLAT,
    HOUSE,
    HOUSE_SAID,
    ISLAND,
    LEFT,
    LIVES,
    SETTLED,
    TYPE,
    WEAK,
    WORD,
)
from core.personal_data.digits import said_before
from core.personal_data.folding import Folded
from core.personal_data.kinds import Candidate, Kind
from core.personal_data.words import capitalised, is_adjective, is_place, may_name_a_street
from core.russian import lemma, stem


def addresses(folded: Folded) -> Iterator[Candidate]:
    for start, end in sorted({*_streets(folded), *_houses(folded)}):
        begin = _with_places_before(folded, start)
        yield Candidate(Kind.ADDRESS, begin, end, " ".join(_stems(folded.lower[begin:end])))


def places(folded: Folded) -> Iterator[str]:
    """The stems of the places that a text names, as they stand in the key of an address."""
    for match in re.finditer(WORD, folded.text):
        if is_place(match.group()):
            yield from _stems(match.group().lower())


def _stems(text: str) -> list[str]:
    return [stem(lemma(word)) for word in re.findall(r"[^\W_]+", text)]


def _streets(folded: Folded) -> Iterator[tuple[int, int]]:
    lower = folded.lower
    for match in TYPE.finditer(lower):
        span = _name_after(folded, match) or _name_before(folded, match)
        if span is not None:
            island = ISLAND.match(lower, span[1]) if "лини" in match.group() else None
            end = island.end() if island else span[1]
            house = HOUSE.match(lower, end)
            yield span[0], house.end() if house else end


def _name_after(folded: Folded, match: re.Match[str]) -> tuple[int, int] | None:
    found = AFTER.match(folded.lower, match.end())
    if found is None:
        return None
    words = list(re.finditer(WORD, folded.text[found.start("name") : found.end("name")]))
    at, taken = found.start("name"), 0
    for word in words:
        if not may_name_a_street(word.group(), first=taken == 0):
            break
        taken += 1
        if not (capitalised(word.group()) and taken < len(words) and capitalised(words[taken].group())):
            break
    if not taken:
        return None
    end = at + words[taken - 1].end()
    if capitalised(words[0].group()) or found["initials"]:
        return match.start(), end
    spoken_of = may_name_a_street(words[0].group(), alone=True) or HOUSE.match(folded.lower, end)
    return (match.start(), end) if spoken_of and not WEAK.match(match.group()) else None


def _name_before(folded: Folded, match: re.Match[str]) -> tuple[int, int] | None:
    found = BEFORE.search(folded.text[max(0, match.start() - 60) : match.start()])
    if found is None:
        return None
    offset = max(0, match.start() - 60)
    house = HOUSE.match(folded.lower, match.end())
    if found["number"]:
        return (offset + found.start(), match.end()) if house or "лини" in match.group() else None
    words = list(re.finditer(WORD, found["name"]))
    if not is_adjective(words[-1].group()) or (
        WEAK.match(match.group()) and not capitalised(words[-1].group())
    ):
        return None
    first = words[-1]
    if len(words) > 1 and capitalised(words[0].group()) and is_adjective(words[0].group()):
        first = words[0]
    lives = LIVES.search(said_before(folded, match.start()))
    if not (capitalised(first.group()) or house or lives):
        return None
    numbered = found["ordinal"] and first is words[0]
    start = found.start("ordinal") if numbered else found.start("name") + first.start()
    return offset + start, match.end()


def _houses(folded: Folded) -> Iterator[tuple[int, int]]:
    """Addresses that do without the word for the street."""
    lower = folded.lower
    for match in FLAT.finditer(lower):
        yield match.span()
    for match in SETTLED.finditer(lower):
        yield match.span()
    for match in BARE.finditer(lower):
        word = folded.text[match.start("name") : match.end("name")]
        if not may_name_a_street(word, alone=True):
            continue
        said = re.match(rf",?\s*{HOUSE_SAID}\d", match["house"])
        flat = re.search(r"(?:квартира|кв|офис|оф)\.?\s*\d", match["house"])
        lives = LIVES.search(said_before(folded, match.start()))
        if (said and capitalised(word)) or flat or lives or _after_a_place(folded, match.start()):
            yield match.span()


def _after_a_place(folded: Folded, start: int) -> bool:
    found = LEFT[1].search(folded.text[max(0, start - 60) : start])
    return found is not None and _known_place(found) is not None


def _known_place(found: re.Match[str]) -> int | None:
    """Where the place that a match ends with begins: one word or two, known as a place."""
    words = list(re.finditer(WORD, found["known"]))
    for first in words[-2:]:
        if is_place(found["known"][first.start() :]):
            return found.start("known") + first.start()
    return None


def _with_places_before(folded: Folded, start: int) -> int:
    while True:
        offset = max(0, start - 60)
        before = folded.text[offset:start]
        moved = start
        for pattern in LEFT:
            found = pattern.search(before)
            if found is None:
                continue
            begins = _known_place(found) if "known" in pattern.groupindex else found.start()
            if begins is not None:
                moved = min(moved, offset + begins)
        if moved == start:
            return start
        start = moved
