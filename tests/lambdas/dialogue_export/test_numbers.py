"""The numbers of the owner's page, once by SQL over the files and once in plain Python over the raw table."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from core.analytics.metrics import DayNumbers
from core.dialogue import Callback, Feedback, Rating, Reply, Thumb, TurnState, Wished, expiry
from core.errors import StoreAway
from tests.fakes.analytics import RETENTION, FakeAnalytics
from tests.fakes.clock import NOON
from tests.fakes.dialogue_data import session, turn

MOSCOW = ZoneInfo("Europe/Moscow")
MINUTE = timedelta(minutes=1)
REASONS = {
    TurnState.ANSWERED: [None, "no_fact", "unsure", "not_in_stock", "clarify"],
    TurnState.REFUSED: ["forbidden:politics", "forbidden:drugs", "off_topic", "limit"],
    TurnState.FAILED: ["error", "no_fact"],
}

wishes = st.builds(
    Wished,
    models=st.lists(st.sampled_from(["GLC", "C 180", "GLE"]), unique=True, max_size=2).map(tuple),
    colors=st.lists(st.sampled_from(["белый", "чёрный"]), unique=True, max_size=2).map(tuple),
    budget_rub=st.none() | st.integers(0, 30_000_000) | st.integers(0, 30).map(lambda n: n * 1_000_000),
)


@st.composite
def ends(draw: st.DrawFn) -> dict[str, Any]:
    """How a turn ended, if it has."""
    state = draw(st.sampled_from(TurnState))
    thumb = draw(st.none() | st.sampled_from(Thumb))
    changes: dict[str, Any] = {
        "state": state,
        "feedback": Feedback(thumb=thumb, given_at=NOON) if thumb else None,
    }
    if state.final:
        changes["seconds"] = draw(st.sampled_from([0.3, 9.999, 10.0, 10.001, 42.0]))
        changes["reply"] = Reply(
            state=state,
            text="Ответ",
            reason=draw(st.sampled_from(REASONS[state])),
            model_tokens=draw(st.integers(0, 300)),
            wishes=draw(wishes),
        )
    return changes


dialogues = st.fixed_dictionaries(
    {
        "opened": st.integers(0, 3 * 24 * 60 - 1),  # minutes before noon
        "turns": st.lists(st.tuples(st.integers(0, 300), ends()), max_size=4),
        "rating": st.none()
        | st.tuples(st.integers(0, 2_000), st.integers(1, 10), st.sampled_from([None, 5, 6, 7, 8, 9, 10])),
        "callbacks": st.lists(
            st.tuples(st.integers(0, 600), st.sampled_from(["waiting", "done", "no_answer"])), max_size=2
        ),
    }
)


def fill(analytics: FakeAnalytics, number: int, drawn: dict[str, Any]) -> None:
    opened_at = NOON - drawn["opened"] * MINUTE
    opened = session(f"S{number}", opened_at, expires_at=expiry(NOON, RETENTION))
    parts: list[Any] = []
    for place, (later, end) in enumerate(drawn["turns"]):
        asked_at = min(NOON, opened_at + later * MINUTE)
        changes = dict(end)
        seconds = changes.pop("seconds", None)
        finished_at = None if seconds is None else asked_at + timedelta(seconds=seconds)
        parts.append(turn(opened, f"m{place}", created_at=asked_at, finished_at=finished_at, **changes))
        opened = opened.model_copy(update={"last_activity_at": max(opened.last_activity_at, asked_at)})
    if drawn["rating"]:
        later, csat, nps = drawn["rating"]
        parts.append(Rating(csat=csat, nps=nps, rated_at=min(NOON, opened_at + later * MINUTE)))
    for place, (later, state) in enumerate(drawn["callbacks"]):
        parts.append(
            Callback(
                callback_id=f"c{place}",
                session_id=opened.session_id,
                assistant=opened.assistant,
                name="Аркадий",
                phone="+79115554433",
                state=state,
                created_at=min(NOON, opened_at + later * MINUTE),
                expires_at=opened.expires_at,
            )
        )
    analytics.keep(opened, *parts)


class Recount:
    """The same numbers from the raw items, by nothing that the product counts with."""

    def __init__(self, raw: list[dict[str, Any]]) -> None:
        self.day = {
            item["session_id"]: self._local(item["created_at"]).date()
            for item in raw
            if item["item"] == "session"
        }
        self.turns = [item for item in raw if item["item"].startswith("turn#")]
        self.ratings = [item for item in raw if item["item"] == "rating"]
        self.callbacks = [item for item in raw if item["item"].startswith("callback#")]
        self.replies = {
            (item["session_id"], item["item"]): json.loads(item.get("reply", "{}")) for item in self.turns
        }

    def _local(self, text: str) -> datetime:
        return datetime.fromisoformat(text).astimezone(MOSCOW)

    def _of(self, found: list[dict[str, Any]], *days: date) -> list[dict[str, Any]]:
        return [item for item in found if self.day[item["session_id"]] in days]

    def numbers(self, day: date) -> dict[str, Any]:
        turns, callbacks = self._of(self.turns, day), self._of(self.callbacks, day)
        csat = [int(item["csat"]) for item in self._of(self.ratings, day)]
        nps = [int(item["nps"]) for item in self._of(self.ratings, day) if "nps" in item]
        quick = [
            item
            for item in turns
            if item["state"] in ("answered", "refused")
            and self._local(item["finished_at"]) - self._local(item["created_at"]) <= timedelta(seconds=10)
        ]
        return {
            "dialogues": len({item["session_id"] for item in turns}),
            "turns": len(turns),
            "answered": sum(item["state"] == "answered" for item in turns),
            "share": len(quick) / len(turns) if turns else None,
            "refusals": sum(item["state"] == "refused" for item in turns),
            "unanswered": sum(
                item["state"] == "answered" and item.get("reason") in ("no_fact", "unsure") for item in turns
            ),
            "tokens": sum(
                self.replies[item["session_id"], item["item"]].get("model_tokens", 0) for item in turns
            ),
            "csat": sum(csat) / len(csat) if csat else None,
            "csat_count": len(csat),
            "nps": 100 * (sum(n >= 9 for n in nps) - sum(n <= 6 for n in nps)) / len(nps) if nps else None,
            "nps_count": len(nps),
            "callbacks": len(callbacks),
            "waiting": sum(item["state"] == "waiting" for item in callbacks),
        }

    def topics(self, *days: date) -> Counter[str]:
        return Counter(
            item["reason"].removeprefix("forbidden:")
            for item in self._of(self.turns, *days)
            if item["state"] == "refused"
        )

    def wished(self, name: str, *days: date) -> Counter[str]:
        found: Counter[str] = Counter()
        for item in self._of(self.turns, *days):
            found.update(self.replies[item["session_id"], item["item"]].get("wishes", {}).get(name, []))
        return found

    def budgets(self, *days: date) -> Counter[int]:
        said = [
            self.replies[item["session_id"], item["item"]].get("wishes", {}).get("budget_rub")
            for item in self._of(self.turns, *days)
        ]
        return Counter(max(0, budget - 1) // 1_000_000 * 1_000_000 for budget in said if budget is not None)

    def unanswered(self, *days: date) -> list[tuple[str, str]]:
        found = [
            item
            for item in self._of(self.turns, *days)
            if item["state"] == "answered" and item.get("reason") in ("no_fact", "unsure")
        ]
        return sorted((item["session_id"], item["message_id"]) for item in found)

    def hours(self, *days: date) -> list[int]:
        left = Counter(self._local(item["created_at"]).hour for item in self._of(self.callbacks, *days))
        return [left[hour] for hour in range(24)]


def flat(found: DayNumbers) -> dict[str, Any]:
    return {
        "dialogues": found.dialogues,
        "turns": found.turns,
        "answered": found.answered,
        "share": found.answered_within_10_s,
        "refusals": found.refusals,
        "unanswered": found.unanswered,
        "tokens": found.model_tokens,
        "csat": found.csat.mean,
        "csat_count": found.csat.count,
        "nps": found.nps.score,
        "nps_count": found.nps.count,
        "callbacks": found.callbacks,
        "waiting": found.callbacks_waiting,
    }


def check(analytics: FakeAnalytics) -> None:
    recount, today = Recount(analytics.raw()), NOON.astimezone(MOSCOW).date()
    days = [today - timedelta(days=back) for back in reversed(range(4))]
    told = analytics.metrics.trends("tester", 4)
    assert [each.day for each in told] == days
    for each in told:
        assert flat(each) == pytest.approx(recount.numbers(each.day))
    now = analytics.metrics.today("tester")
    assert flat(now.numbers) == pytest.approx(recount.numbers(today))
    assert Counter({each.topic: each.count for each in now.refusals}) == recount.topics(today)
    assert now.callbacks_waiting == sum(item["state"] == "waiting" for item in recount.callbacks)
    refusals = analytics.metrics.refusals("tester", 4)
    assert Counter({each.topic: each.count for each in refusals}) == recount.topics(*days)
    wanted = analytics.metrics.wishes("tester", 4)
    assert Counter({each.name: each.count for each in wanted.models}) == recount.wished("models", *days)
    assert Counter({each.name: each.count for each in wanted.colors}) == recount.wished("colors", *days)
    assert {each.from_rub: each.count for each in wanted.budgets} == recount.budgets(*days)
    assert [each.from_rub for each in wanted.budgets] == sorted(recount.budgets(*days))
    unanswered = analytics.metrics.unanswered("tester", 4)
    assert sorted((each.session_id, each.message_id) for each in unanswered) == recount.unanswered(*days)
    assert list(analytics.metrics.callbacks_by_hour("tester", 4)) == recount.hours(*days)


@settings(
    max_examples=15,
    deadline=None,
    phases=[
        Phase.explicit,
        Phase.reuse,
        Phase.generate,
    ],  # an example takes a second: nobody waits for less of it
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(st.lists(dialogues, min_size=4, max_size=10))
def test_the_numbers_are_those_of_the_raw_table(
    dynamodb: Any, tmp_path_factory: pytest.TempPathFactory, drawn: list[dict[str, Any]]
) -> None:
    analytics = FakeAnalytics(dynamodb, tmp_path_factory.mktemp("kept"))
    for item in analytics.raw():
        key = {"session_id": {"S": item["session_id"]}, "item": {"S": item["item"]}}
        dynamodb.delete_item(TableName="dialogues", Key=key)
    for number, each in enumerate(drawn):
        fill(analytics, number, each)
    analytics.run()
    check(analytics)


def ended(seconds: float, **changes: Any) -> tuple[int, dict[str, Any]]:
    reply = Reply(state=TurnState.ANSWERED, text="Да", **changes)
    return 0, {"state": TurnState.ANSWERED, "seconds": seconds, "reply": reply, "feedback": None}


def one(opened: int, *turns: tuple[int, dict[str, Any]]) -> dict[str, Any]:
    return {"opened": opened, "turns": list(turns), "rating": None, "callbacks": []}


def test_the_present_day_needs_no_export(analytics: FakeAnalytics) -> None:
    analytics.run()
    fill(analytics, 1, one(30, ended(2.0)))
    analytics.clock.advance(60)
    assert analytics.metrics.today("tester").numbers.turns == 1


def test_files_are_fetched_once_and_what_is_gone_is_gone_from_here(
    analytics: FakeAnalytics, tmp_path: Path
) -> None:
    fill(analytics, 1, one(36 * 60, ended(2.0)))
    analytics.run()
    analytics.metrics.trends("tester", 4)
    fetched = len(analytics.partitions.fetched)
    assert fetched
    analytics.metrics.wishes("tester", 4)
    assert len(analytics.partitions.fetched) == fetched
    here = tmp_path / "kept" / "files"
    assert sum(path.is_file() for path in here.rglob("*"))
    analytics.partitions.kept.clear()
    assert sum(each.turns for each in analytics.metrics.trends("tester", 4)) == 0
    assert not [path for path in here.rglob("*") if path.is_file()]


def test_an_answer_to_the_second_counts_and_one_after_it_does_not(analytics: FakeAnalytics) -> None:
    fill(analytics, 1, one(30, ended(10.0), ended(10.001)))
    assert analytics.metrics.today("tester").numbers.answered_within_10_s == 0.5


def test_files_that_keep_changing_are_told_as_a_store_that_is_away(analytics: FakeAnalytics) -> None:
    fill(analytics, 1, one(36 * 60, ended(2.0)))
    analytics.run()
    analytics.partitions.fetch = lambda _partition, _path: False  # type: ignore[method-assign]
    with pytest.raises(StoreAway):
        analytics.metrics.trends("tester", 4)
