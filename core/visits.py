"""How long visitors stay on a page of the salon's, with the assistant and without: counted, nobody's.

Knows what is counted of a day. Refuses to know one visit from another once it is counted.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

STEPS_SECONDS = (10, 30, 60, 120, 300, 600, 1_200, 1_800, 3_600, 86_400)
"""Upper ends, inclusive; the last one is the longest visit that is taken."""


@dataclass(frozen=True)
class Visit:
    """As the page tells of it when it is left."""

    seconds: int
    used_assistant: bool

    @property
    def step(self) -> int:
        """The least of STEPS_SECONDS that it does not exceed."""
        return next(step for step in STEPS_SECONDS if self.seconds <= step)


@dataclass(frozen=True)
class Stays:
    """Visits of one kind: how many, the sums of their seconds and of the squares of these, how many by step.

    From the two sums come mean and variance, exactly; from the steps a median, as far as they tell it.
    """

    count: int = 0
    seconds: int = 0
    squares: int = 0
    by_step: tuple[int, ...] = (0,) * len(STEPS_SECONDS)


@dataclass(frozen=True)
class VisitsOfDay:
    """Of one day of UTC."""

    day: date
    with_assistant: Stays
    without: Stays
