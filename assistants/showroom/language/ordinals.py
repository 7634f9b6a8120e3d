"""Which of the cars shown an ordinal points at.

Knows that an ordinal in the name of equipment counts no cars. Refuses to know what was shown.
"""

from __future__ import annotations

from collections.abc import Sequence

from assistants.showroom.language.naming import Mention

_ORDINALS = {"первый": 1, "второй": 2, "третий": 3, "четвертый": 4, "пятый": 5, "последний": -1}


def place_pointed_at(said: Sequence[str], equipment: Sequence[Mention]) -> int:
    """The first ordinal's place (0 none, -1 the last): «третий ряд» points at no third car."""
    of_things = {place for each in equipment for place in range(each.start, each.end)}
    places = (place for place, word in enumerate(said) if word in _ORDINALS and place not in of_things)
    return next((_ORDINALS[said[place]] for place in places), 0)
