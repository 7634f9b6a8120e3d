"""Several cars asked for in one question, each with criteria of its own: «красный GLB и зелёный EQA», «белый
S-класс до 15 млн, а для разъездов универсал C-класса до 5 млн», «белых седанов и чёрных внедорожников».

Knows where one request ends and the next begins, and what is said once for all of them. Refuses to know what
is in stock: a request is one whether its car is there or not.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import combinations

from assistants.showroom.language.reading import Reading
from assistants.showroom.language.two_sets import differing
from assistants.showroom.language.wish import BOUNDS, CRITERIA, NAMES, Wish
from core.russian import is_to_a_person, normalise

_JOINT = re.compile(
    r"[,;.?!…—–]+\s+(?:(?:а|и|или|либо|плюс)\s+)?|\s(?:а|и|или|либо|плюс)\s+|(?<=[?!])\s*", re.IGNORECASE
)
_OPENS = re.compile(r"\b(?:а|и|или|либо|плюс)\b", re.IGNORECASE)
# What is said once before the first car or behind the last is said of all.
_SHARED = (("condition",), *BOUNDS)
_BODIES = ("bodies",)
_LOOKS = tuple(name for kind in CRITERIA if kind not in (NAMES, *BOUNDS) for name in kind)
_BOUNDED = tuple(name for pair in BOUNDS for name in pair)
_SENTENCE = re.compile(r"(?<!тыс)(?<!млн)(?<!руб)[.?!;]\s+\w.*\w", re.DOTALL)


def joined_requests(question: str, whole: Reading, read: Callable[[str], Reading]) -> tuple[Wish, ...] | None:
    """A wish for each request; None where one list has the cars of all."""
    subject = _subject(whole.wish)
    if not subject or whole.wish.order or whole.wish.excluded or whole.wish.vins:
        return None
    parts = _requests(question, subject, read)
    each = [read(part) for part in parts]
    wishes = [reading.wish for reading in each]
    if len(parts) < 2 or not all(_is_understood(reading, whole) for reading in each):
        return None
    loose = _SENTENCE.search(question) is None
    besides = [_beside_the_car(part, subject, read) if loose else Wish() for part in parts]
    pairs = combinations(zip(wishes, besides, strict=True), 2)
    if not _is_whole(whole.wish, wishes, subject) or not any(_apart(*pair, subject) for pair in pairs):
        return None
    shared = _said_before(parts[0], subject, read)
    return tuple(_completed(wishes, place, shared) for place in range(len(wishes)))


def _subject(wish: Wish) -> tuple[str, ...]:
    """What the requests name their cars by: names, or bodies where no car is named; nothing where but one."""
    if len((*wish.classes, *wish.models, *wish.absent)) > 1:
        return NAMES
    return _BODIES if not wish.names_a_car and len(wish.bodies) > 1 else ()


def _requests(question: str, subject: tuple[str, ...], read: Callable[[str], Reading]) -> list[str]:
    """The question cut before each conjunction or sign that opens a request with a car's name in it."""
    found: list[str] = []
    pending, named = "", False
    for lead, piece in _pieces(question):
        wish = read(piece).wish
        opens = wish.sets(*subject) or (_OPENS.search(lead) is not None and not wish.narrows)
        if named and opens:
            found.append(pending)
            pending, named = piece, wish.sets(*subject)
        else:
            pending, named = pending + lead + piece, named or wish.sets(*subject)
    if found and not named:
        found[-1] += f", {pending}"
    else:
        found.append(pending)
    return found


def _pieces(question: str) -> list[tuple[str, str]]:
    """Each piece of the text with what joins it to the one before."""
    edges = [(match.start(), match.end()) for match in _JOINT.finditer(question)]
    starts = [(0, 0), *edges]
    ends = [*(start for start, _ in edges), len(question)]
    return [
        (question[start:begin], question[begin:end])
        for (start, begin), end in zip(starts, ends, strict=True)
        if question[begin:end].strip(" .,!?…")
    ]


def _is_understood(reading: Reading, whole: Reading) -> bool:
    """Whether every word was, but for the person whom the car is for: «руководителю белый S-класс»."""
    strange = (word for word in (*reading.residue, *whole.residue) if not is_to_a_person(word))
    return not reading.denials and not any(strange)


def _is_whole(whole: Wish, wishes: Sequence[Wish], subject: tuple[str, ...]) -> bool:
    """Whether the requests name the cars of the whole question and want nothing that it does not want: no
    part was read otherwise for standing alone, and none is settled («лучше красный») by another.
    """

    def said(wish: Wish, fields: Sequence[str]) -> set[str]:
        return {value.lower() for name in fields for value in getattr(wish, name)}

    looks = ("bodies", "colors", "fuels")
    return set[str]().union(*(said(wish, subject) for wish in wishes)) == said(whole, subject) and all(
        said(wish, looks) <= said(whole, looks) for wish in wishes
    )


def _beside_the_car(part: str, subject: tuple[str, ...], read: Callable[[str], Reading]) -> Wish:
    """What is said in one breath with the car: of «E-класс, главное чтобы серый» the class alone."""
    said = (read(piece).wish for _, piece in _pieces(part))
    return next((wish for wish in said if wish.sets(*subject)), Wish())


def _apart(one: tuple[Wish, Wish], other: tuple[Wish, Wish], subject: tuple[str, ...]) -> bool:
    """Whether two requests, each with what stands beside its car, differ in the car and in something else
    that both say. Beside the cars they may say it of different things: «GLC 2022 года и GLE до 8 млн».
    """
    if one[0].order or other[0].order:
        return False
    different = differing(one[0], other[0])
    looks = tuple(name for name in _LOOKS if name not in subject)
    return len(different) > 1 or any(
        one[1].sets(*names) and other[1].sets(*names) and one[1].values(*names) != other[1].values(*names)
        for names in (looks, _BOUNDED)
        if subject in different
    )


def _said_before(part: str, subject: tuple[str, ...], read: Callable[[str], Reading]) -> Wish:
    """What stands before the name of the first car: «до 6 млн есть красный GLB и синий GLC?»."""
    spelling = normalise(part)
    said = Wish()
    for word in re.finditer(r"\S+", spelling):
        wish = read(spelling[: word.end()]).wish
        if wish.sets(*subject):
            return said
        said = wish
    return said


def _completed(wishes: Sequence[Wish], place: int, shared: Wish) -> Wish:
    """A request with what only the opening or the last one says, of what may be said for all."""
    wish = wishes[place]
    for kind in _SHARED:
        sayers = [at for at, each in enumerate(wishes) if each.sets(*kind)]
        closing = sayers == [len(wishes) - 1] and not (kind in BOUNDS and wish.sets(*_BOUNDED))
        if closing or (sayers == [0] and shared.sets(*kind)):
            said = wishes[sayers[0]]
            wish = wish.model_copy(update={name: getattr(said, name) for name in kind})
    return wish
