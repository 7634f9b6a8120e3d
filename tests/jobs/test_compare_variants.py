"""Versions side by side: each figure with its number, and no certainty out of a few ratings."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.dialogue import Rating, Versions
from jobs.compare_variants import Compared, compare, interval, lines, students_quantile
from lambdas.adapters.dialogue_table import DialogueTable
from lambdas.adapters.dialogues import Dialogues
from lambdas.adapters.turns import Turns
from tests.fakes.clock import FakeClock
from tests.fakes.dialogue_data import RETENTION, reply, session, stepped, turn

ONE, TWO = "m@attendant/1", "m@attendant/2"


class Kept:
    def __init__(self, dynamodb: Any) -> None:
        self.clock = FakeClock()
        table = DialogueTable(dynamodb, "dialogues", self.clock)
        self.dialogues, self.turns = Dialogues(table), Turns(table)

    def dialogue(self, name: str, *models: str | None, seconds: float = 2, csat: int | None = None) -> None:
        now = session(name, self.clock())
        self.dialogues.open(now)
        for number, model in enumerate(models):
            now = stepped(now, self.clock())
            asked = turn(now, f"m{number}")
            self.turns.accept(now, asked)
            claimed = self.turns.claim(name, f"m{number}", 60)
            self.clock.advance(seconds)
            self.turns.finish(claimed, reply(versions=Versions(model=model)), retention=RETENTION)
        if csat is not None:
            self.dialogues.rate(now, Rating(csat=csat, rated_at=self.clock()))

    def compared(self, days: int = 7) -> dict[str, Compared]:
        found = compare(self.dialogues, ["tester"], newest=self.clock().date(), days=days)
        return {each.model: each for each in found}


@pytest.fixture
def kept(dynamodb: Any) -> Kept:
    return Kept(dynamodb)


def test_turns_times_and_ratings_by_version(kept: Kept) -> None:
    for number in range(4):
        kept.dialogue(f"a{number}", ONE, seconds=number + 1, csat=8)
    kept.dialogue("b", TWO, TWO, seconds=6, csat=3)
    found = kept.compared()
    one, two = found[ONE], found[TWO]
    assert (one.turns, one.median_seconds, one.p95_seconds) == (4, 2.5, 4)
    assert (one.ratings, one.csat) == (4, 8)
    assert (two.turns, two.ratings, two.csat, two.csat_interval) == (2, 1, 3, None)


def test_an_answer_without_the_model_is_no_versions(kept: Kept) -> None:
    kept.dialogue("a", None, csat=1)
    assert kept.compared() == {}


def test_a_rating_of_a_dialogue_in_which_two_spoke_counts_for_neither(kept: Kept) -> None:
    kept.dialogue("a", ONE, TWO, None, csat=1)
    assert {model: each.ratings for model, each in kept.compared().items()} == {ONE: 0, TWO: 0}


def test_what_is_older_or_has_expired_is_not_counted(kept: Kept) -> None:
    kept.dialogue("a", ONE, csat=9)
    kept.clock.advance(timedelta(days=7).total_seconds())
    assert kept.compared(days=7) == {}
    assert kept.compared(days=9)[ONE].ratings == 1
    kept.clock.advance(timedelta(days=90).total_seconds())
    assert kept.compared(days=100) == {}


@given(marks=st.lists(st.integers(1, 10), min_size=2, max_size=60))
def test_the_interval_holds_the_mean_and_is_never_a_point(marks: list[int]) -> None:
    low, high = interval(marks) or (0, 0)
    assert 1 <= low <= sum(marks) / len(marks) + 0.01
    assert sum(marks) / len(marks) - 0.01 <= high <= 10
    assert low < high


def test_two_happy_visitors_prove_nothing_and_many_do() -> None:
    assert interval([10]) is None
    assert interval([10, 10]) == (1, 10)
    low, high = interval([10] * 200) or (0, 0)
    assert (low > 9.5, high) == (True, 10)


@pytest.mark.parametrize(("freedom", "told"), [(3, 3.182), (5, 2.571), (10, 2.228), (30, 2.042)])
def test_students_quantile_is_that_of_the_tables(freedom: int, told: float) -> None:
    assert students_quantile(freedom) == pytest.approx(told, rel=0.01)


def test_how_it_reads(kept: Kept) -> None:
    kept.dialogue("a", ONE, csat=8)
    kept.dialogue("b", TWO)
    first, second = lines(list(kept.compared().values()))
    assert "n = 1: no interval" in first
    assert "nobody has rated" in second
