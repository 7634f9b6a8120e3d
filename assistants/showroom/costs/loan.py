"""The monthly payment of a loan that is paid back in equal parts.

Knows arithmetic. Refuses to know where a rate comes from and how a payment is told.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

_MONTHS_A_YEAR = 12


@dataclass(frozen=True)
class Loan:
    """`annual_percent` is the nominal rate of a year, a twelfth of which is taken each month."""

    principal_rub: int
    annual_percent: Decimal
    months: int

    @property
    def payment_rub(self) -> int:
        """Each month's payment, in whole roubles, half a rouble up.

        A = P · i / (1 - (1 + i)^-n), where P is the principal, i the rate of a month (a twelfth of the annual
        one) and n the number of payments, each at the end of its month: the function PMT of OpenFormula
        (OASIS OpenDocument 1.2, part 2, 6.12.36), solved for a loan that is paid off by the last payment.
        Without interest every payment is P / n.
        """
        rate = self.annual_percent / 100 / _MONTHS_A_YEAR
        if not rate:
            return whole(Decimal(self.principal_rub) / self.months)
        return whole(self.principal_rub * rate / (1 - (1 + rate) ** -self.months))

    @property
    def interest_rub(self) -> int:
        """What is paid back beyond the principal, the rounded payments added up."""
        return max(0, self.payment_rub * self.months - self.principal_rub)


def share(amount_rub: int, percent: Decimal) -> int:
    """So many per cent of an amount, in whole roubles, half a rouble up."""
    return whole(amount_rub * percent / 100)


def whole(roubles: Decimal) -> int:
    return int(roubles.quantize(Decimal(1), ROUND_HALF_UP))
