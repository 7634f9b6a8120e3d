"""What a visitor wishes for, typed, and how it changes from question to question.

Knows the criteria that the stock can be asked by. Refuses to know words (`reading.py`) and rows (`stock.py`).
Prices are whole roubles, mileages kilometres, all bounds inclusive.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Any, Self

from pydantic import BaseModel, ConfigDict

# A car that has only been moved about the salon is new.
NEW_MILEAGE_KM = 100


class Order(StrEnum):
    CHEAPEST = "cheapest"
    DEAREST = "dearest"
    NEWEST = "newest"
    OLDEST = "oldest"
    LEAST_MILEAGE = "least_mileage"
    MOST_MILEAGE = "most_mileage"


class Condition(StrEnum):
    NEW = "new"
    USED = "used"


class Wish(BaseModel):
    """Criteria; inside one field any value will do, all fields must hold, except that the cars named
    (`classes`, `models`, `brands`, `absent`) are alternatives of each other (`alternatives.py`).

    `vins` are single cars by their numbers. `models` are runs of model atoms («c 180»), `words` must all
    stand in the model's name («amg»), `absent` are names that nothing in the stock bears. `excluded` are
    "kind:id" pairs, a year one of the kinds: «2021 или 2024» is 2021 to 2024 without the two between.
    `finishes` stems that the colour's value must hold. `order` wants the first, `limit` how
    many of them, `sorting` all in an order; `borrowed` names the bounds that came from cars shown before and
    not from the visitor: they end where another car is named.
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
    vins: tuple[str, ...] = ()
    year_from: int | None = None
    year_to: int | None = None
    price_from: int | None = None
    price_to: int | None = None
    mileage_from: int | None = None
    mileage_to: int | None = None
    condition: Condition | None = None
    finishes: tuple[str, ...] = ()
    order: Order | None = None
    sorting: Order | None = None
    limit: int | None = None
    borrowed: tuple[str, ...] = ()

    @property
    def names_a_car(self) -> bool:
        """Whether it says which car, by class, model, brand or number."""
        return any(getattr(self, name) for name in NAMES)

    @property
    def names_a_line(self) -> bool:
        """«AMG»: by name nothing but one word of models' names without a number, and no class."""
        runs = (*self.models, *self.words)
        names = self.named().model_copy(update={"models": (), "words": ()})
        return names == type(self)() and len(runs) == 1 and runs[0].isalpha()

    @property
    def names_classes(self) -> bool:
        """Whether by name nothing but classes is said."""
        return bool(self.classes) and self.named() == type(self)(classes=self.classes)

    @property
    def other_years(self) -> frozenset[int]:
        """The years that are ruled out one by one."""
        return frozenset(int(pair.removeprefix(_YEAR)) for pair in self.excluded if pair.startswith(_YEAR))

    @property
    def narrows(self) -> bool:
        """Whether any criterion is set at all."""
        return self != Wish()

    def named(self) -> Self:
        """The same cars by name, without any other criterion."""
        return type(self)(**{name: getattr(self, name) for name in NAMES})

    @property
    def bounds(self) -> int:
        """How many of price, year and mileage have a bound."""
        return sum(any(getattr(self, name) is not None for name in pair) for pair in BOUNDS)

    def values(self, *names: str) -> tuple[object, ...]:
        """What is set of these criteria."""
        return tuple(getattr(self, name) for name in names)

    def sets(self, *names: str) -> bool:
        """Whether any of these criteria is set."""
        return any(value not in ((), None) for value in self.values(*names))

    def ruled_out(self, name: str) -> set[str]:
        """The values of this criterion that must not be."""
        kind = f"{KIND_OF[name]}:"
        return {pair.removeprefix(kind) for pair in self.excluded if pair.startswith(kind)}

    @property
    def wanted(self) -> set[str]:
        """All values that are wanted, as `excluded` has those that are not."""
        return {f"{kind}:{value}" for name, kind in KIND_OF.items() for value in getattr(self, name)}

    def without(self, *names: str) -> Self:
        """The wish with these criteria taken back."""
        changes = {name: type(self).model_fields[name].default for name in names}
        if "year_from" in names:
            changes.setdefault("excluded", _without_years(self.excluded))
        return self.model_copy(update=changes)

    def _joined_names(self, following: Wish) -> dict[str, tuple[str, ...]]:
        """The names of a car among those before: parts of theirs stay."""
        part = self.models if len(self.models) == 1 and not following.models else ()
        words = tuple(dict.fromkeys((*self.words, *part, *following.words)))
        if following.classes or following.absent:
            return {"words": words}
        if self.classes and following.names_a_line:  # of that class alone, and no alternative to it
            return {"classes": self.classes, "models": (), "words": (*words, *following.models)}
        return {"classes": self.classes, "words": words}  # «а AMG из них сколько?» of the C-class

    def then(self, following: Wish, *, within: bool = False) -> Wish:
        """This wish changed by the next question: what is named anew replaces, the rest stays.

        `within` asks for cars among those before («сколько из них E-класса?»): parts of a name stay, too.
        """
        start = self.without(*self.borrowed, "borrowed") if following.names_a_car else self
        changes: dict[str, Any] = {
            name: value for name, value in following if value not in ((), None) and name != "excluded"
        }
        number = following.named() == type(self)(words=following.words) and "".join(following.words).isdigit()
        if following.names_a_car and not (number and start.classes):  # «только двухсотые» of the B-class
            changes |= following.named().model_dump(include={*NAMES})
            if within:
                changes |= self._joined_names(following)
        if following.mileage_to is not None and start.condition is Condition.NEW:
            changes["condition"] = following.condition
        for low, high in BOUNDS:
            if getattr(following, low) is not None or getattr(following, high) is not None:
                changes[low], changes[high] = getattr(following, low), getattr(following, high)
        if following.without("excluded").narrows or not following.excluded:
            changes["order"], changes["limit"] = following.order, following.limit
        if following.colors:
            changes["finishes"] = following.finishes
        return _without_contradictions(start.model_copy(update=changes), start, following)


# What of a wish goes with a thing of a kind that does not matter any more.
FIELDS_OF = {
    "body": ("bodies",),
    "color": ("colors", "finishes"),
    "fuel": ("fuels",),
    "feature": ("features",),
}
_YEAR = "year:"
NAMES = ("classes", "models", "words", "brands", "absent", "vins")
BOUNDS = (("year_from", "year_to"), ("price_from", "price_to"), ("mileage_from", "mileage_to"))
# What replaces what: criteria of one kind.
CRITERIA = (NAMES, ("bodies",), ("colors", "finishes"), ("fuels",), ("features",), ("condition",), *BOUNDS)
# The kind of thing that a criterion's values are.
KIND_OF = {
    "classes": "class", "models": "model", "words": "model", "bodies": "body", "colors": "color",
    "fuels": "fuel", "brands": "brand", "features": "feature",
}  # fmt: skip


def _without_years(excluded: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(pair for pair in excluded if not pair.startswith(_YEAR))


def _without_contradictions(wish: Wish, before: Wish, following: Wish) -> Wish:
    """What the next question rules out is no longer wanted; what it wants is no longer ruled out."""
    changes: dict[str, Any] = {}
    for name in KIND_OF:
        denied = following.ruled_out(name)
        changes[name] = tuple(value for value in getattr(wish, name) if value not in denied)
    anew = following.year_from is not None or following.year_to is not None
    kept = _without_years(before.excluded) if anew else before.excluded
    pairs = dict.fromkeys((*kept, *following.excluded))
    if wish.year_from is not None and {wish.year_from, wish.year_to} <= following.other_years:
        changes |= {"year_from": None, "year_to": None}
    changes["excluded"] = tuple(pair for pair in pairs if pair not in following.wanted)
    return wish.model_copy(update=changes)
