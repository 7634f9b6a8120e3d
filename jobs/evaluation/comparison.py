"""Two runs of one labelled set side by side: what differs, and whether the difference is more than chance.

Questions are paired by their keys, and whole dialogues are drawn from the pairs: the paired bootstrap of P.
Koehn, "Statistical Significance Tests for Machine Translation Evaluation", EMNLP 2004. An interval that holds
0 says that chance may have made the difference. Refuses to say which of two is better.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from core.errors import EvaluationRefused
from jobs.evaluation import intervals
from jobs.evaluation.judging import Outcome

Item = Mapping[str, Any]
_LIKE = ("assistant", "split", "set_sha256", "stocks")


@dataclass(frozen=True)
class Difference:
    """One measure of both runs; `interval` is of second minus first, at 95 %."""

    measure: str
    questions: int
    first: float
    second: float
    interval: intervals.Interval

    @property
    def by_chance(self) -> bool:
        return self.interval.low <= 0 <= self.interval.high


@dataclass(frozen=True)
class Comparison:
    """`unlike` names what else differs between the runs, `moved` counts the changed outcomes."""

    questions: int
    differences: tuple[Difference, ...]
    moved: Mapping[tuple[str, str], int]
    unlike: tuple[str, ...]


def compared(first: Mapping[str, Any], second: Mapping[str, Any]) -> Comparison:
    """Raises EvaluationRefused where no question is in both reports."""
    others = {item["key"]: item for item in second["items"]}
    pairs = [(item, others[item["key"]]) for item in first["items"] if item["key"] in others]
    if not pairs:
        raise EvaluationRefused("the reports have no question in common")
    moved = Counter((a["outcome"], b["outcome"]) for a, b in pairs if a["outcome"] != b["outcome"])
    return Comparison(
        questions=len(pairs),
        differences=tuple(_differences(pairs)),
        moved=dict(moved.most_common()),
        unlike=tuple(name for name in _LIKE if first["asked"][name] != second["asked"][name]),
    )


def _is(outcome: Outcome) -> Callable[[Item], float | None]:
    return lambda item: float(item["outcome"] == outcome)


def _answered(item: Item) -> float | None:
    if not item["answerable"]:
        return None
    return float(item["outcome"] in (Outcome.RIGHT, Outcome.INCOMPLETE))


def _field(name: str) -> Callable[[Item], float | None]:
    return lambda item: None if item[name] is None else float(item[name])


MEASURES: Mapping[str, Callable[[Item], float | None]] = {
    "right": _is(Outcome.RIGHT),
    "false": _is(Outcome.FALSE),
    "unsafe": _is(Outcome.UNSAFE),
    "answerable answered": _answered,
    "grounded": _field("grounded"),
    "BLEU": _field("bleu"),
    "chrF": _field("chrf"),
    "seconds": _field("seconds"),
    "tokens": _field("tokens"),
}


def _differences(pairs: Sequence[tuple[Item, Item]]) -> Iterator[Difference]:
    kinds = sorted({first["kind"] for first, _ in pairs})
    for name, value in MEASURES.items():
        yield from _difference(name, value, pairs)
    for kind in kinds if len(kinds) > 1 else ():
        yield from _difference(
            f"right: {kind}", _is(Outcome.RIGHT), [p for p in pairs if p[0]["kind"] == kind]
        )


def _difference(
    name: str, value: Callable[[Item], float | None], pairs: Sequence[tuple[Item, Item]]
) -> Iterator[Difference]:
    """Nothing where no question has the measure in both runs."""
    both = [(a, value(first), value(second)) for first, second in pairs for a in (first,)]
    told = [(item["group"], one, other) for item, one, other in both if one is not None and other is not None]
    if not told:
        return
    groups = [group for group, _, _ in told]
    interval = intervals.of_mean([other - one for _, one, other in told], groups)
    assert interval is not None  # there is at least one pair
    yield Difference(
        measure=name,
        questions=len(told),
        first=float(np.mean([one for _, one, _ in told])),
        second=float(np.mean([other for _, _, other in told])),
        interval=interval,
    )


def lines(comparison: Comparison) -> Iterator[str]:
    """As text."""
    for name in comparison.unlike:
        yield f"note: the runs differ in {name}"
    yield f"{'measure':<24} {'n':>5} {'first':>10} {'second':>10} {'second - first, 95 %':>28}"
    for each in comparison.differences:
        low, high = each.interval.low, each.interval.high
        sure = "" if each.by_chance else "  *"
        gap = f"{each.second - each.first:+.4f} ({low:+.4f} to {high:+.4f})"
        means = f"{each.first:>10.4f} {each.second:>10.4f}"
        yield f"{each.measure:<24} {each.questions:>5} {means} {gap:>28}{sure}"
    yield "* the interval does not hold 0"
    for (before, after), count in comparison.moved.items():
        yield f"{count:>5}  {before} -> {after}"
