"""What a visitor wishes for, typed, and how it changes from question to question.

Knows the criteria that the stock can be asked by. Refuses to know words (`reading.py`) and rows (`stock.py`).
Prices are whole roubles, mileages kilometres, all bounds inclusive.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Any, Self

from pydantic import BaseModel, ConfigDict, ValidationError

# A car that has only been moved about the salon is new.
NEW_MILEAGE_KM = 100


class Order(StrEnum):
    CHEAPEST = "cheapest"
    DEAREST = "dearest"
    NEWEST = "newest"
    OLDEST = "oldest"
    LEAST_MILEAGE = "least_mileage"


class Condition(StrEnum):
    NEW = "new"
    USED = "used"


class Wish(BaseModel):
    """Criteria; inside one field any value will do, all fields must hold.

    `models` are runs of model atoms («c 180»), `words` must all stand in the model's name («amg»), `absent`
    are names that nothing in the stock bears: a wish with one matches nothing. `excluded` are "kind:id"
    pairs.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    classes: tuple[str, ...] = ()
    models: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    bodies: tuple[str, ...] = ()
    colors: tuple[str, ...] = ()
    fuels: tuple[str, ...] = ()
    brands: tuple[str, ...] = ()
    features: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()
    year_from: int | None = None
    year_to: int | None = None
    price_from: int | None = None
    price_to: int | None = None
    mileage_from: int | None = None
    mileage_to: int | None = None
    condition: Condition | None = None
    order: Order | None = None

    @property
    def names_a_car(self) -> bool:
        """Whether it says which car, by class, model or brand."""
        return bool(self.classes or self.models or self.words or self.brands or self.absent)

    @property
    def narrows(self) -> bool:
        """Whether any criterion is set at all."""
        return self != Wish()

    def then(self, following: Self) -> Self:
        """This wish changed by the next question: what is named anew replaces, the rest stays."""
        changes: dict[str, Any] = {
            name: value for name, value in following if value not in ((), None) and name != "excluded"
        }
        if following.names_a_car:
            for name in ("classes", "models", "words", "brands", "absent"):
                changes[name] = getattr(following, name)
        for low, high in (
            ("year_from", "year_to"),
            ("price_from", "price_to"),
            ("mileage_from", "mileage_to"),
        ):
            if getattr(following, low) is not None or getattr(following, high) is not None:
                changes[low], changes[high] = getattr(following, low), getattr(following, high)
        if following.order is None:
            changes["order"] = None
        changes["excluded"] = following.excluded or self.excluded
        return self.model_copy(update=changes)


def remembered(memory: dict[str, Any]) -> tuple[Wish | None, tuple[str, ...]]:
    """The wish and the VINs shown last, from a session's memory; what cannot be read counts as forgotten."""
    try:
        wish = Wish.model_validate(memory["wish"]) if memory.get("wish") is not None else None
    except ValidationError:
        return None, ()
    shown = memory.get("shown")
    return wish, tuple(str(vin) for vin in shown) if isinstance(shown, list) else ()
