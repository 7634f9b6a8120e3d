"""A month of one stage in US dollars, line by line.

Knows how resources, load and usage multiply with prices (`cli/bill_lines.py` has the lines). Refuses to know
where the numbers come from, and to print: `cli/cost.py` brings them together and shows the result.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

from cli.awake_hours import Spans
from cli.usage import Assumptions, Usage
from core.prices import Price, instance_price, price
from infra.materials import Materials

GB = 1_000_000_000
THOUSAND = 1_000
MODEL = "Endpoint"


@dataclass(frozen=True)
class Line:
    """One line of the bill. `grows` is what follows the questions; the rest is there without any."""

    part: str
    what: str
    amount: str
    usd: float
    prices: tuple[Price, ...]
    grows: bool

    @property
    def confirmed(self) -> bool:
        return all(each.confirmed for each in self.prices)


@dataclass(frozen=True, kw_only=True)
class Month:
    """What is asked in a month and when: `asked` is when offices are open, `awake` when an instance runs."""

    per_minute: float
    whole: Spans
    asked: Spans
    awake: Spans
    kept_days: float

    @property
    def hours(self) -> float:
        return self.whole.hours

    @property
    def minutes(self) -> float:
        return self.hours * 60

    @property
    def questions(self) -> float:
        return self.per_minute * 60 * self.asked.hours


@dataclass(frozen=True, kw_only=True)
class Bill:
    """What the lines are computed from. `token_price` is for a million tokens of somebody else's model."""

    materials: Materials
    usage: Usage
    assumed: Assumptions
    month: Month
    region: str
    token_price: float | None = None

    def price(self, name: str) -> Price:
        return price(name, self.region)

    def line(
        self, part: str, what: str, amount: str, *pieces: tuple[str | Price, float], grows: bool = False
    ) -> Line:
        """`pieces` are prices, or their names, each with how many are used."""
        priced = [(self.price(name) if isinstance(name, str) else name, count) for name, count in pieces]
        return Line(
            part=part,
            what=what,
            amount=amount,
            usd=sum(each.of(count) for each, count in priced),
            prices=tuple(each for each, _ in priced),
            grows=grows,
        )

    @property
    def model_calls(self) -> float:
        return self.month.questions * self.usage.question.model_share

    @property
    def copies_needed(self) -> int:
        """That carry the calls of a minute, at the speed that was measured; one even when nobody asks."""
        busy = (
            self.month.per_minute / 60 * self.usage.question.model_share * self.usage.question.model_seconds
        )
        return max(1, math.ceil(busy / self.materials.endpoint.model_slots))

    @property
    def copies(self) -> int:
        return min(self.copies_needed, self.materials.endpoint.max_copies)

    @property
    def instance(self) -> Price | None:
        """None where somebody else runs the model."""
        type_ = self.materials.endpoint.instance_type
        return None if type_ is None else instance_price(type_, self.region)


@dataclass(frozen=True)
class Estimate:
    """The lines of one month, and what they leave out: services, and types of resources."""

    bill: Bill
    lines: tuple[Line, ...]
    not_measured: tuple[str, ...]
    not_priced: tuple[str, ...]

    @property
    def usd(self) -> float:
        return total(self.lines)

    @property
    def endpoint_usd(self) -> float:
        return total(line for line in self.lines if line.part == MODEL)

    @property
    def endpoint_percent(self) -> float:
        return 100 * self.endpoint_usd / self.usd if self.usd else 0.0

    @property
    def standing_usd(self) -> float:
        """Without the endpoint and without a single question."""
        return total(line for line in self.lines if line.part != MODEL and not line.grows)

    @property
    def usd_per_thousand(self) -> float:
        """What a further thousand questions cost without the endpoint."""
        growing = total(line for line in self.lines if line.part != MODEL and line.grows)
        questions = self.bill.month.questions
        return growing / questions * THOUSAND if questions else 0.0


def total(lines: Iterable[Line]) -> float:
    return sum(line.usd for line in lines)
