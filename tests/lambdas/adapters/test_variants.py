"""Which version of the model answers a visitor: the share, that they stay with one, and who is called."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.errors import StoreAway
from core.model import ChatDelta, ChatMessage, ChatRequest
from lambdas.adapters.control_reader import RECHECK_SECONDS, ControlReader
from lambdas.adapters.items import to_wire
from lambdas.adapters.model_endpoint import HttpModel
from lambdas.adapters.sagemaker_model import SageMakerModel
from lambdas.adapters.variants import VARIANTS, Variants, VariedModel, place
from tests.fakes.telemetry import FakeTelemetry
from tests.lambdas.adapters.test_models import Runtime, answering, parts, server, sse

VISITORS = [hashlib.sha256(str(number).encode()).hexdigest() for number in range(10_000)]
TARGET = "attendant-prod-candidate"


class Table:
    """One item of the table `control`, which may be away; counts how often it is read."""

    def __init__(self, percent: int | None) -> None:
        self.percent = percent
        self.away = False
        self.reads = 0

    def get_item(self, **asked: Any) -> dict[str, Any]:
        assert asked == {"TableName": "control", "Key": {"key": {"S": VARIANTS}}}
        self.reads += 1
        if self.away:
            raise StoreAway
        if self.percent is None:
            return {}
        item = {"key": VARIANTS, "candidate": "attendant/2", "percent": self.percent, "target": TARGET}
        return {"Item": to_wire(item)}


class Bench:
    def __init__(self, percent: int | None) -> None:
        self.table, self.telemetry, self.now = Table(percent), FakeTelemetry(), 0.0
        reader = ControlReader(self.table, "control", monotonic=lambda: self.now)
        self.variants = Variants(reader, self.telemetry)

    def candidates(self, percent: int) -> set[str]:
        self.table.percent = percent
        self.now += RECHECK_SECONDS
        return {visitor for visitor in VISITORS if self.variants.target(visitor) == TARGET}


@settings(max_examples=settings.default.max_examples // 4)
@given(percent=st.integers(0, 100))
def test_the_candidate_has_its_share(percent: int) -> None:
    share = len(Bench(percent).candidates(percent)) / len(VISITORS) * 100
    assert share == pytest.approx(percent, abs=2)  # four standard deviations of 10,000 throws
    assert percent not in (0, 100) or share == percent


@settings(max_examples=settings.default.max_examples // 4)
@given(shares=st.lists(st.integers(0, 100), min_size=2, max_size=4))
def test_who_had_the_candidate_keeps_it_while_its_share_grows(shares: list[int]) -> None:
    bench = Bench(0)
    seen = [bench.candidates(percent) for percent in sorted(shares)]
    assert all(fewer <= more for fewer, more in pairwise(seen))


@given(visitor=st.text(min_size=1))
def test_a_visitor_has_one_place(visitor: str) -> None:
    assert place(visitor) == place(visitor)
    assert 0 <= place(visitor) < 100


@pytest.mark.parametrize(("percent", "user"), [(None, VISITORS[0]), (0, VISITORS[0]), (100, None)])
def test_the_main_one_answers_otherwise(percent: int | None, user: str | None) -> None:
    assert Bench(percent).variants.target(user) is None


def test_a_store_that_is_away_means_the_main_one_and_is_told() -> None:
    bench = Bench(100)
    bench.table.away = True
    assert bench.variants.target(VISITORS[0]) is None
    assert [event for event, _ in bench.telemetry.alarms] == ["variants_unknown"]


def test_the_item_is_read_every_two_seconds_at_most() -> None:
    bench = Bench(100)
    for _ in range(50):
        bench.variants.target(VISITORS[0])
    assert bench.table.reads == 1
    bench.now += RECHECK_SECONDS
    bench.variants.target(VISITORS[0])
    assert bench.table.reads == 2


def request(user: str | None = VISITORS[0]) -> ChatRequest:
    return ChatRequest(messages=(ChatMessage(role="user", content="Привет"),), max_tokens=5, user=user)


@pytest.mark.parametrize(("percent", "component"), [(0, "attendant-prod"), (100, TARGET)])
def test_sagemaker_is_asked_for_the_visitors_component(percent: int, component: str) -> None:
    runtime = Runtime(*parts(sse("Да.")))

    def of(name: str) -> SageMakerModel:
        return SageMakerModel(runtime, "endpoint", name, "m1")

    model = VariedModel(of("attendant-prod"), of, Bench(percent).variants)
    assert "".join(delta.text for delta in model.stream(request())) == "Да."
    assert runtime.asked["InferenceComponentName"] == component
    assert json.loads(runtime.asked["Body"])["user"] == VISITORS[0]


@pytest.mark.parametrize(("percent", "asked"), [(0, "m1"), (100, TARGET)])
def test_a_server_is_asked_for_the_visitors_model_which_every_piece_names(percent: int, asked: str) -> None:
    with server(answering(sse("Да", "."))) as (url, seen):
        model = VariedModel(HttpModel(url, "m1"), lambda name: HttpModel(url, name), Bench(percent).variants)
        got = list(model.stream(request()))
    assert seen[0]["body"]["model"] == asked
    assert {delta.model for delta in got} == {asked}


@pytest.mark.parametrize(
    ("told", "kept"),
    [("m1@attendant/2", "m1@attendant/2"), ("", "m1"), (5, "m1"), ("a b", "m1"), ("x" * 200, "m1")],
)
def test_what_the_server_calls_itself_counts_if_it_is_a_name(told: Any, kept: str) -> None:
    named = json.dumps({"model": told, "choices": []}).encode()
    with server(answering(b"data: " + named + b"\n\n" + sse("Да."))) as (url, _):
        got = list(HttpModel(url, "m1").stream(request(user=None)))
    assert {delta.model for delta in got} == {kept}


def test_who_stops_listening_ends_the_candidates_generation() -> None:
    closed: list[str] = []

    class Endless:
        name = "m1"

        def stream(self, _request: ChatRequest) -> Iterator[ChatDelta]:
            try:
                while True:
                    yield ChatDelta(text="и ")
            finally:
                closed.append(self.name)

    model = VariedModel(Endless(), lambda _target: Endless(), Bench(100).variants)
    stream = model.stream(request())
    next(stream)
    stream.close()  # type: ignore[attr-defined]
    assert closed == ["m1"]
