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
    """The last wish, the VINs shown last (in their order), the one picked from them, all that were shown for
    this wish; `failed` is what was asked for and not there, when alternatives were shown instead, `option`
    the option that was told last, `options` the last two; `earlier` the car that alone was told before the
    one shown.
    """

    wish: Wish | None = None
    shown: tuple[str, ...] = ()
    picked: str | None = None
    seen: tuple[str, ...] = ()
    failed: Wish | None = None
    option: str | None = None
    options: tuple[str, ...] = ()
    earlier: str | None = None

    def as_json(self) -> dict[str, Any]:
        data: dict[str, Any] = {
            "wish": None if self.wish is None else self.wish.model_dump(mode="json", exclude_defaults=True),
            "shown": list(self.shown),
        }
        if self.picked is not None:
            data["picked"] = self.picked
        if self.seen and self.seen != self.shown:
            data["seen"] = list(self.seen[-_SEEN:])
        if self.failed is not None:
            data["failed"] = self.failed.model_dump(mode="json", exclude_defaults=True)
        if self.option is not None:
            data["option"] = self.option
        if self.earlier is not None:
            data["earlier"] = self.earlier
        if self.options:
            data["options"] = list(self.options)
        return data


def remembered(memory: dict[str, Any]) -> Talk:
    """What cannot be read counts as forgotten."""
    try:
        wish, failed = (
            Wish.model_validate(memory[name]) if memory.get(name) is not None else None
            for name in ("wish", "failed")
        )
    except ValidationError:
        return Talk()
    shown = _names(memory.get("shown"))
    picked, option, earlier = (
        value if isinstance(value := memory.get(name), str) else None
        for name in ("picked", "option", "earlier")
    )
    return Talk(
        wish,
        shown,
        picked,
        _names(memory.get("seen")) or shown,
        failed,
        option,
        _names(memory.get("options")),
        earlier,
    )


def following(memory: dict[str, Any], before: Talk) -> dict[str, Any]:
    """The memory with the car that alone was told before, where another alone is told now."""
    shown = _names(memory.get("shown"))
    if len(before.shown) != 1 or len(shown) != 1 or "earlier" in memory:
        return memory
    earlier = before.earlier if before.shown == shown else before.shown[0]
    return {**memory, "earlier": earlier} if earlier is not None else memory


def told(wish: Wish | None, cars: Sequence[Car], seen: Sequence[str] = ()) -> dict[str, Any]:
    """The memory after an answer that told of these cars; `seen` are those told before for this wish."""
    vins = tuple(car.vin for car in cars)
    return Talk(wish, vins, seen=(*seen, *vins)).as_json()


def _names(value: Any) -> tuple[str, ...]:
    return tuple(str(item) for item in value) if isinstance(value, list) else ()
