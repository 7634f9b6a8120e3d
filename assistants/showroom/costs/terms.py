"""The terms of a purchase: how much at first, for how long, at which rate, what for the old car.

Knows what can be named and how a dialogue changes it. Refuses to know words, and whether it makes sense.
"""

from __future__ import annotations

from decimal import Decimal

from pydantic import BaseModel, ConfigDict


class Terms(BaseModel):
    """What was named, as it was named: whether it makes sense is judged where the price is known.

    `months` are alternatives («на три или пять лет»), `options` names of options that are wanted,
    `budget_rub` what one has, where it is asked what is left of it.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    loan: bool = False
    trade_in: bool = False
    months: tuple[int, ...] = ()
    annual_percent: Decimal | None = None
    first_percent: Decimal | None = None
    first_rub: int | None = None
    trade_in_rub: int | None = None
    price_rub: int | None = None
    principal_rub: int | None = None
    budget_rub: int | None = None
    options: tuple[str, ...] = ()

    @property
    def named(self) -> bool:
        """Whether any number was named beside a price, which may bound the cars that are meant."""
        return self.without_price != Terms(loan=self.loan, trade_in=self.trade_in, options=self.options)

    @property
    def without_price(self) -> Terms:
        return self.model_copy(update={"price_rub": None})

    @property
    def amount_rub(self) -> int | None:
        return self.price_rub if self.price_rub is not None else self.principal_rub

    def then(self, following: Terms) -> Terms:
        """These terms changed by the next question: what is named anew replaces, the rest stays."""
        changes = {name: value for name, value in following if value not in (None, (), False)}
        if following.first_percent is not None or following.first_rub is not None:
            changes["first_percent"], changes["first_rub"] = following.first_percent, following.first_rub
        return self.model_copy(update=changes)
