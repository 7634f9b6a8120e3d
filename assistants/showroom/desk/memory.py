"""What a dialogue remembers about cars: a small JSON object that goes from turn to turn.

Knows its keys and that an older or damaged memory counts as forgotten. Refuses to know what a wish means.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from assistants.showroom.language.wish import NAMES, Order, Wish
from core.facts import Car

_SEEN = 100
_DOUBTS = 5
_SINGLE = ("picked", "option", "earlier", "averaged")


@dataclass(frozen=True)
class Talk:
    """The last wish, the VINs shown last (in their order), the one picked from them, all that were shown for
    this wish; `failed` is what was asked for and not there, when alternatives were shown instead, `option`
    the option that was told last, `options` the last two; `earlier` the car that alone was told before the
    one shown, `past` all such cars, the last one last; `choices` the cars named side by side of which one was
    spoken of since, `opened` the wish that those since narrowed, `doubts` the words of questions before that
    the visitor was asked about and that nobody has understood since; `sides` the wishes of one question that
    were told apart: «жене GLB до 5 млн, мне E 63», `averaged` what the last question asked the average of.
    """

    wish: Wish | None = None
    shown: tuple[str, ...] = ()
    picked: str | None = None
    seen: tuple[str, ...] = ()
    failed: Wish | None = None
    option: str | None = None
    options: tuple[str, ...] = ()
    earlier: str | None = None
    choices: Wish | None = None
    past: tuple[str, ...] = ()
    opened: Wish | None = None
    doubts: tuple[str, ...] = ()
    sides: tuple[Wish, ...] = ()
    averaged: str | None = None
    starts: tuple[str, ...] = ()

    @property
    def asked_last(self) -> Wish | None:
        """The wish that the last answer was to, whether there was such a car or not."""
        return self.failed or self.wish

    @property
    def stands_in(self) -> bool:
        """Whether the cars shown stand in for one that is not there, and none of them was picked."""
        return self.failed is not None and self.picked is None

    def as_json(self) -> dict[str, Any]:
        """What is not set has no key, but for the wish and the cars shown."""
        data: dict[str, Any] = {
            "wish": None if self.wish is None else _dumped(self.wish),
            "shown": list(self.shown),
        }
        if self.seen and self.seen != self.shown:
            data["seen"] = list(self.seen[-_SEEN:])
        wishes = {"failed": self.failed, "choices": self.choices, "opened": self.opened}
        data |= {name: _dumped(wish) for name, wish in wishes.items() if wish is not None}
        single = {name: getattr(self, name) for name in _SINGLE}
        data |= {name: value for name, value in single.items() if value is not None}
        several = {"options": self.options, "doubts": self.doubts[-_DOUBTS:], "starts": self.starts}
        data |= {name: list(values) for name, values in several.items() if values}
        return {**data, "sides": [*map(_dumped, self.sides)]} if self.sides else data


def _dumped(wish: Wish) -> dict[str, Any]:
    return wish.model_dump(mode="json", exclude_defaults=True)


def remembered(memory: dict[str, Any]) -> Talk:
    """What cannot be read counts as forgotten."""
    try:
        wish, failed, choices, opened = (
            Wish.model_validate(memory[name]) if memory.get(name) is not None else None
            for name in ("wish", "failed", "choices", "opened")
        )
        sides = tuple(Wish.model_validate(side) for side in _items(memory.get("sides")))
    except ValidationError:
        return Talk()
    shown = _names(memory.get("shown"))
    picked, option, earlier, averaged = (
        value if isinstance(value := memory.get(name), str) else None for name in _SINGLE
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
        choices,
        _names(memory.get("past")),
        opened,
        _names(memory.get("doubts")),
        sides,
        averaged,
        _names(memory.get("starts")),
    )


def following(memory: dict[str, Any], before: Talk) -> dict[str, Any]:
    """The memory with the car that alone was told before, where another alone is told now, and with what was
    in doubt and still is.
    """
    memory, shown = _with_sides(_with_choices(memory, before), before), _names(memory.get("shown"))
    memory = {name: value for name, value in memory.items() if name != "doubts"}
    if before.doubts:
        memory["doubts"] = list(before.doubts)
    past = before.past
    if is_of_one_price(before) and before.shown != shown:
        past = (*past, before.shown[0])[-_SEEN:]
    if past:
        memory = {**memory, "past": list(past)}
    one_each = is_of_one_price(before) and is_of_one_price(remembered(memory))
    if not one_each or "earlier" in memory:
        return memory
    earlier = before.earlier if before.shown == shown else before.shown[0]
    return {**memory, "earlier": earlier} if earlier is not None else memory


def chosen(talk: Talk, place: int) -> Wish | None:
    """The wish of the second of the cars that were named side by side (-1: of the last)."""
    wish, named = talk.wish, talk.choices or talk.wish
    field, cars = _side_by_side(named)
    if wish is None or not cars or place > len(cars):
        return None
    one = cars[place - 1 if place > 0 else -1]
    return wish.without(*NAMES, "order", "limit").model_copy(update={field: (one,)})


def _side_by_side(wish: Wish | None) -> tuple[str, tuple[str, ...]]:
    """The classes or the models of a wish; of both at once nobody knows the order."""
    if wish is None or wish.words or wish.absent or bool(wish.classes) == bool(wish.models):
        return "models", ()
    field = "models" if wish.models else "classes"
    cars = wish.models or wish.classes
    return field, (cars if len(cars) > 1 else ())


def _with_choices(memory: dict[str, Any], before: Talk) -> dict[str, Any]:
    """The memory with the cars named side by side, as long as one of them is spoken of."""
    field, cars = _side_by_side(named := before.choices or before.wish)
    wish = remembered(memory).wish
    one: tuple[str, ...] = () if wish is None else getattr(wish, field)
    if named is None or len(one) != 1 or one[0] not in cars:
        return memory
    return {**memory, "choices": _dumped(named.named())}


def _with_sides(memory: dict[str, Any], before: Talk) -> dict[str, Any]:
    """The memory with the wishes told apart, as long as one of them is spoken of."""
    wish = remembered(memory).wish
    named = wish.named() if wish is not None else Wish()
    if (
        not before.sides
        or "sides" in memory
        or (named.narrows and named not in map(Wish.named, before.sides))
    ):
        return memory
    return {**memory, "sides": [*map(_dumped, before.sides)]}


def is_of_one_price(talk: Talk) -> bool:
    """Whether one car was told, or several that share the lowest or the highest price."""
    wish = talk.wish
    if talk.failed is not None:  # those shown stand in for it
        return False
    ends = wish is not None and wish.order in (Order.CHEAPEST, Order.DEAREST) and wish.limit is None
    return len(talk.shown) == 1 or (ends and bool(talk.shown))


def told_last(before: Sequence[str], options: Sequence[str]) -> tuple[str, ...]:
    """The two options that were asked about last, there or not."""
    earlier = (name for name in before if name not in options)
    return (*earlier, *options)[-2:]


def told(wish: Wish | None, cars: Sequence[Car], seen: Sequence[str] = ()) -> dict[str, Any]:
    """The memory after an answer that told of these cars; `seen` are those told before for this wish."""
    vins = tuple(car.vin for car in cars)
    return Talk(wish, vins, seen=(*seen, *vins)).as_json()


def denied(wish: Wish, near: Sequence[Car], kept: Wish | None = None) -> dict[str, Any]:
    """The memory after there was no such car and the nearest were shown; `kept` is the wish that stays."""
    vins = tuple(car.vin for car in near)
    return Talk(wish if kept is None else kept, vins, seen=vins, failed=wish).as_json()


def _items(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _names(value: Any) -> tuple[str, ...]:
    return tuple(str(item) for item in value) if isinstance(value, list) else ()
