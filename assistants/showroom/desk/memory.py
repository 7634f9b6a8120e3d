"""What a dialogue remembers about cars: a small JSON object that goes from turn to turn.

Knows its keys and that an older or damaged memory counts as forgotten. Refuses to know what a wish means.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from assistants.showroom.language.wish import Wish
from core.facts import Car

_SEEN = 100


@dataclass(frozen=True)
class Talk:
    """The last wish, the VINs shown last (in their order), the one picked from them, and all that were
    shown for this wish.
    """

    wish: Wish | None = None
    shown: tuple[str, ...] = ()
    picked: str | None = None
    seen: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        data: dict[str, Any] = {
            "wish": None if self.wish is None else self.wish.model_dump(mode="json", exclude_defaults=True),
            "shown": list(self.shown),
        }
        if self.picked is not None:
            data["picked"] = self.picked
        if self.seen and self.seen != self.shown:
            data["seen"] = list(self.seen[-_SEEN:])
        return data


def remembered(memory: dict[str, Any]) -> Talk:
    """What cannot be read counts as forgotten."""
    try:
        wish = Wish.model_validate(memory["wish"]) if memory.get("wish") is not None else None
    except ValidationError:
        return Talk()
    shown, picked = _names(memory.get("shown")), memory.get("picked")
    return Talk(wish, shown, picked if isinstance(picked, str) else None, _names(memory.get("seen")) or shown)


def told(wish: Wish | None, cars: Sequence[Car], seen: Sequence[str] = ()) -> dict[str, Any]:
    """The memory after an answer that told of these cars; `seen` are those told before for this wish."""
    vins = tuple(car.vin for car in cars)
    return Talk(wish, vins, seen=(*seen, *vins)).as_json()


def _names(value: Any) -> tuple[str, ...]:
    return tuple(str(item) for item in value) if isinstance(value, list) else ()
