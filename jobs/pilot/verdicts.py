"""What follows from a figure: the target is reached, is missed, or nobody can say yet.

A target is reached only where the whole 95 % interval lies on its good side, and missed only where all of it
lies on the other: so a verdict is wrong in at most one of twenty pilots, for each target by itself. Between
the two the answer is how many observations would decide it, were the gap what it looks like: a two-sided test
at 5 % with a power of 80 % (J. Cohen, "Statistical Power Analysis", 1988). Refuses to know how figures were
come by.
"""

from __future__ import annotations

import math
import tomllib
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from statistics import NormalDist
from typing import Self

from jobs.pilot.estimates import Estimate
from jobs.pilot.settings import Target
from jobs.pilot.wording import Unit

POWER = 0.8
_Z = NormalDist().inv_cdf(0.975)
_WANTED = _Z + NormalDist().inv_cdf(POWER)
BEYOND = 1_000_000
"""From so many observations on the honest answer is that the difference cannot be told."""


class Verdict(Enum):
    """The value is what the page says."""

    REACHED = "достигнута"
    MISSED = "не достигнута"
    UNDECIDED = "данных мало, чтобы судить"
    NO_TARGET = "цель не задана"
    NOT_MEASURED = "не измерено"


@dataclass(frozen=True)
class Detail:
    """One row below a figure: what it is made of."""

    name: str
    value: str
    interval: str = ""
    size: str = ""

    @classmethod
    def of(cls, name: str, estimate: Estimate, unit: Unit, size: str = "") -> Self:
        """A figure with its interval."""
        interval = estimate.interval
        return cls(name, unit.write(estimate.value), unit.between(interval.low, interval.high), size)


@dataclass(frozen=True)
class Texts:
    """What `findings.toml` says of a target. `counted` are one, few and many of the observations."""

    title: str
    says: str
    unit: Unit
    counted: tuple[str, str, str]
    method: str
    missing: str
    note: str = ""


def _texts() -> dict[str, Texts]:
    data = tomllib.loads(Path(__file__).with_name("findings.toml").read_text(encoding="utf-8"))
    return {
        key: Texts(**values | {"unit": Unit(values["unit"]), "counted": tuple(values["counted"])})
        for key, values in data.items()
    }


TEXTS = _texts()


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One target of the pilot, `key` as it is named in pilot.toml."""

    key: str
    title: str
    target: Target | None
    estimate: Estimate | None
    details: tuple[Detail, ...] = ()
    notes: tuple[str, ...] = ()
    plot: str = ""

    @property
    def texts(self) -> Texts:
        return TEXTS[self.key]

    @property
    def verdict(self) -> Verdict:
        if self.estimate is None:
            return Verdict.NOT_MEASURED
        if self.target is None:
            return Verdict.NO_TARGET
        ends = (self.estimate.interval.low, self.estimate.interval.high)
        reached = [self.target.reached_by(end) for end in ends]
        if not self.estimate.enough or reached[0] != reached[1]:
            return Verdict.UNDECIDED
        return Verdict.REACHED if reached[0] else Verdict.MISSED

    @property
    def needed(self) -> int | None:
        """How many observations would decide, to two digits; None where the gap is too small."""
        if self.estimate is None or self.target is None:
            return None
        estimate, bound = self.estimate, self.target.bound
        gap = abs(estimate.value - bound)
        edge = estimate.interval.low if estimate.value > bound else estimate.interval.high
        error = abs(edge - estimate.value) / _Z
        if gap == 0:
            return None
        wanted = max(estimate.least, math.ceil(estimate.size * (_WANTED * error / gap) ** 2))
        if wanted > BEYOND:
            return None
        digits: int = 10 ** max(0, len(str(wanted)) - 2)
        return math.ceil(wanted / digits) * digits
