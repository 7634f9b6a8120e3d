"""Two sets of cars in one question: «белый GLC или чёрный GLE», «седан до 4 млн или универсал до 5».

Knows that criteria on both sides of «или» belong to their own side, and those on one side to both. Refuses
to know what is in stock.
"""

from __future__ import annotations

import re

from assistants.showroom.language.wish import CRITERIA, NAMES, Wish
from core.russian import is_to_a_person, normalise

_ALSO = r"(?:а также|и (?:еще|ещё|заодно|также)|а заодно)"
_OR = re.compile(rf"(?:,\s*|\s)(?:или|либо|{_ALSO})\s+|[?.!]\s+{_ALSO}\s+|;\s*", re.IGNORECASE)
_BOTH_ENDS = re.compile(r"(.*\bсам\w+ .*?)(?:\s+и\s+|,\s*а?\s*)((?:\w+ )?сам\w+ .*)")
_AND_ALSO = re.compile(rf"\s{_ALSO}\s|;\s", re.IGNORECASE)


def both_apart(text: str, left: Wish, right: Wish) -> tuple[Wish, Wish] | None:
    """«Серый пикап и ещё белый SL», «самый дешёвый GLC и самый дешёвый GLE»: each side says which cars all by
    itself.
    """
    if sides_with_ends(text) and left.order and right.order and left.names_a_car and right.names_a_car:
        return left, right
    kinds = (("bodies",), NAMES)
    whole = all(any(wish.sets(*kind) for kind in kinds) for wish in (left, right))
    simple = not (left.order or right.order or left.excluded or right.excluded)
    return (left, right) if whole and simple and left != right and _AND_ALSO.search(text) else None


def of_two_people(text: str) -> tuple[str, str] | None:
    """«Жене GLB до 5 млн, мне E 63»: what the one wants, and the other."""
    spelling = normalise(text)
    places = [match.start() for match in re.finditer(r"\w+", spelling) if is_to_a_person(match.group())]
    if len(spelling) != len(text) or len(places) < 2:
        return None
    return text[places[-2] : places[-1]].strip(" ,;—–-"), text[places[-1] :]


def sides_of(text: str) -> tuple[str, str] | None:
    parts = [part.strip() for part in _OR.split(text)]
    return (parts[0], parts[1]) if len(parts) == 2 and all(parts) else None


def sides_with_ends(text: str) -> tuple[str, str] | None:
    """«Самый дешёвый GLC и самый дешёвый GLE»."""
    match = _BOTH_ENDS.match(normalise(text))
    return (match[1], match[2]) if match is not None else None


def two_sets(left: Wish, right: Wish) -> tuple[Wish, Wish] | None:
    """Both wishes whole; None where only one thing parts them, so that one list has them all."""
    if left.order is not None or right.order is not None or left.excluded or right.excluded:
        return None
    different = differing(left, right)
    if len(different) < 2:
        return None
    both = []
    for wish, other in ((left, right), (right, left)):
        lacking = {name: getattr(other, name) for kind in CRITERIA if not wish.sets(*kind) for name in kind}
        both.append(wish.model_copy(update=lacking))
    return both[0], both[1]


def differing(left: Wish, right: Wish) -> list[tuple[str, ...]]:
    """The kinds of criteria that both set, each in its own way."""
    both = (kind for kind in CRITERIA if left.sets(*kind) and right.sets(*kind))
    return [kind for kind in both if left.values(*kind) != right.values(*kind)]


def is_its_class(wish: Wish, other: Wish) -> bool:
    """«C 180 есть? А самый дешёвый C-класс?»: the whole class of the designations that stand before."""
    designations = (*other.models, *other.absent)
    return (
        wish.names_classes
        and bool(designations)
        and all(name.split()[0].upper() in wish.classes for name in designations)
    )


def is_settled(whole: Wish, left: Wish, right: Wish) -> bool:
    """«Красные есть или синие? Лучше красную»: one side names what the whole question does not want."""
    return any(
        {*getattr(left, name), *getattr(right, name)} - {*getattr(whole, name)}
        for name in ("bodies", "colors", "fuels")
    )
