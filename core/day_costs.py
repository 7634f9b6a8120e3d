"""What a day of the whole platform costs, estimated: three rates and what was counted.

Knows how they multiply. Refuses to know where rates come from (`attendant cost --rates` computes them from
the same lines as its bill) and who has counted.
"""

from __future__ import annotations

from datetime import timedelta

from pydantic import BaseModel, ConfigDict, NonNegativeFloat

A_DAY = timedelta(days=1)
MINUTES_AN_HOUR = 60


class Rates(BaseModel):
    """In US dollars: an hour of one copy of the endpoint, a question without it, a day with neither."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    usd_per_copy_hour: NonNegativeFloat
    usd_per_question: NonNegativeFloat
    usd_per_day: NonNegativeFloat

    def cost(self, *, copy_minutes: int, questions: int, passed: timedelta) -> float:
        """`passed` is how much of the day is over."""
        return (
            self.usd_per_copy_hour * copy_minutes / MINUTES_AN_HOUR
            + self.usd_per_question * questions
            + self.usd_per_day * (passed / A_DAY)
        )
