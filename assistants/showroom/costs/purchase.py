"""What one purchase comes to under given terms.

Knows the order of the sums: price, options, the old car, the first payment, the loan. Refuses to know how
they are told.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from assistants.showroom.costs.loan import Loan, share
from assistants.showroom.costs.terms import Terms
from core.dialogue import Fact
from core.facts import Car, TrimOption


@dataclass(frozen=True)
class Bill:
    """One car, or a sum that was named (`car` is None), and what it comes to. What was not asked for is
    None.
    """

    car: Car | None
    options: tuple[TrimOption, ...]
    price_rub: int
    trade_in_rub: int | None
    first_percent: Decimal | None
    first_rub: int | None
    loans: tuple[Loan, ...] = ()
    budget_rub: int | None = None

    @property
    def total_rub(self) -> int:
        """The price with the options."""
        return self.price_rub + sum(row.price_rub for row in self.options)

    @property
    def rest_rub(self) -> int:
        """What is paid beside the old car."""
        return self.total_rub - (self.trade_in_rub or 0)

    @property
    def borrowed_rub(self) -> int:
        """What is left for a loan."""
        return self.rest_rub - (self.first_rub or 0)

    @property
    def paid_first_rub(self) -> int:
        """What is not borrowed: the old car and the first payment."""
        return (self.trade_in_rub or 0) + (self.first_rub or 0)

    @property
    def left_rub(self) -> int | None:
        """What is left of the budget; below zero, what it lacks."""
        return None if self.budget_rub is None else self.budget_rub - self.rest_rub

    def facts(self) -> list[Fact]:
        """Every number of the calculation by its name, once for each term of the loan."""
        sums: dict[str, Any] = {"price_rub": self.price_rub}
        if self.options:
            sums["total_rub"] = self.total_rub
        if self.trade_in_rub is not None:
            left = {"over_rub": -self.rest_rub} if self.rest_rub < 0 else {"rest_rub": self.rest_rub}
            sums |= {"trade_in_rub": self.trade_in_rub, **left}
        if self.budget_rub is not None and self.left_rub is not None:
            left = {"left_rub": self.left_rub} if self.left_rub >= 0 else {"lacking_rub": -self.left_rub}
            sums |= {"budget_rub": self.budget_rub, **left}
        if self.first_percent is not None:
            sums["first_percent"] = float(self.first_percent)
        if self.first_rub is not None:
            sums |= {"first_rub": self.first_rub, "borrowed_rub": self.borrowed_rub}
        about = self.car.vin if self.car is not None else "named"
        return [
            Fact(kind="calculation", id=f"{about}:{place}", values=sums | loan)
            for place, loan in enumerate([_numbers(loan) for loan in self.loans] or [{}], 1)
        ]


def work_out(car: Car | None, options: Sequence[TrimOption], terms: Terms, rate: Decimal | None) -> Bill:
    """A first payment in per cent is one of the price with the options; a sum that is to be borrowed has its
    first payment behind it. Where nothing is left to borrow there is no loan.
    """
    bill = Bill(
        car=car,
        options=tuple(options),
        price_rub=car.price_rub if car is not None else terms.amount_rub or 0,
        trade_in_rub=terms.trade_in_rub,
        first_percent=None,
        first_rub=None,
        budget_rub=terms.budget_rub,
    )
    if car is not None or terms.principal_rub is None:
        percent, first = terms.first_percent, terms.first_rub
        first = share(bill.total_rub, percent) if first is None and percent is not None else first
        bill = replace(bill, first_percent=percent, first_rub=first)
    if rate is None or not terms.loan or bill.borrowed_rub <= 0:
        return bill
    return replace(bill, loans=tuple(Loan(bill.borrowed_rub, rate, months) for months in terms.months))


def _numbers(loan: Loan) -> dict[str, Any]:
    years = {} if loan.months % 12 else {"years": loan.months // 12}
    return {
        "borrowed_rub": loan.principal_rub,
        "annual_percent": float(loan.annual_percent),
        "months": loan.months,
        **years,
        "payment_rub": loan.payment_rub,
        "interest_rub": loan.interest_rub,
    }
