"""A day of everything that the functions do, and what they told of it: numbers, lines, no visitor's word."""

from __future__ import annotations

import io
import json
import re
import sqlite3
import uuid
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from aws_lambda_powertools import Logger

from core.dialogue import Reply, TurnState
from core.errors import ModelUnavailable, NoModelSlot, StoreAway
from core.measures import Measure
from core.model import ChatDelta, ChatMessage, ChatRequest
from core.spec import Inventory
from infra.api import ACCESS_LOG
from infra.observability.log_queries import log_queries
from lambdas.adapters.slotted_model import SlottedModel
from lambdas.adapters.telemetry import PowertoolsTelemetry
from lambdas.inventory_export.service import InventoryExport
from lambdas.inventory_export.source import Timeouts
from tests.fakes import breaker as breaker_fakes
from tests.fakes import platform as platform_fakes
from tests.fakes.breaker import LATENCY, FakeBreaker
from tests.fakes.control import FakeGate, FakeLeases
from tests.fakes.dialogue_data import reply
from tests.fakes.flow import FakeFlow
from tests.fakes.platform import FakePlatform, Visitor
from tests.fakes.telemetry import FakeTelemetry
from tests.fakes.working import delivery, make_reconciler, make_worker
from tests.lambdas.inventory_export.conftest import COLUMNS, NOW, MemoryDocuments, a_car

SAID = "Аркадий"
PHONE = "+7 911 555-44-33"
ASKED = f"Меня зовут {SAID}, есть ли C 180?"


class Recorder(FakeTelemetry):
    """Remembers, and writes what a function would."""

    def __init__(self) -> None:
        super().__init__()
        self._lines, self.metrics = io.StringIO(), []
        logger = Logger(service=f"test-{uuid.uuid4().hex}", level="DEBUG", stream=self._lines)
        self._real = PowertoolsTelemetry(logger, namespace="Attendant/test", emit=self.metrics.append)

    def measure(self, measure: Measure, value: float = 1, *, assistant: str | None = None) -> None:
        super().measure(measure, value, assistant=assistant)
        self._real.measure(measure, value, assistant=assistant)

    def tell(self, event: str, **fields: Any) -> None:
        super().tell(event, **fields)
        self._real.tell(event, **fields)

    def alarm(self, event: str, error: BaseException | None = None, **fields: Any) -> None:
        super().alarm(event, error, **fields)
        self._real.alarm(event, error, **fields)

    @property
    def logged(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self._lines.getvalue().splitlines()]


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Recorder]:
    recorder = Recorder()
    with pytest.MonkeyPatch.context() as patch:
        for fakes in (platform_fakes, breaker_fakes):
            patch.setattr(fakes, "FakeTelemetry", lambda: recorder)
        visitors_and_workers()
        overload()
        a_model(recorder)
        an_export(recorder, tmp_path_factory.mktemp("source"))
        a_shut_down()
        yield recorder


def visitors_and_workers() -> None:
    platform = FakePlatform()
    visitor = platform.open()
    flow = FakeFlow()

    def work(*_: Any) -> None:
        for pointer in platform.queue.messages:
            replace(make_worker(platform, flow), pause=lambda _seconds: None).work(delivery(pointer))

    def ask(message_id: str, text: str = ASKED) -> None:
        visitor.ask(text, message_id)
        work()
        platform.queue.messages.clear()

    def answer(_question: Any, publish: Any) -> Reply:
        publish(f"{SAID}, добрый день.")
        return reply(f"{SAID}, добрый день.", model_tokens=7, guard_rejected=1)

    def fall(question: Any, _publish: Any) -> Reply:
        raise ValueError(question.text) from KeyError(SAID)

    def full(*_: Any) -> Reply:
        raise NoModelSlot

    def away(*_: Any, **_also: Any) -> Any:
        raise StoreAway(SAID)

    flow.do = answer
    ask("answered")
    flow.do = fall
    ask("failed")
    flow.do = full
    ask("kept")
    ask("refused", f"Выборы, {SAID}")
    flow.do = answer
    platform.turns.finish = away  # type: ignore[method-assign]
    ask("unwritten")
    platform.queue.broken = True
    visitor.ask(ASKED, "unsent")
    platform.queue.broken = False
    feedback(visitor)
    reconciled(platform)
    visitor.call("DELETE")


def feedback(visitor: Visitor) -> None:
    assert visitor.call("POST", "/rating", json={"csat": 3, "nps": 2, "comment": SAID}).status_code == 200
    callback = {"name": SAID, "phone": PHONE, "comment": SAID, "convenient_time": SAID}
    assert visitor.call("POST", "/callbacks", json=callback).status_code == 201


def reconciled(platform: FakePlatform) -> None:
    reconciler = make_reconciler(platform)
    for _ in range(40):
        platform.clock.advance(60)
        reconciler.run(lambda: 50.0)


def overload() -> None:
    platform = FakePlatform()
    visitor = platform.open()
    platform.leases.held = [object()] * 2  # type: ignore[list-item]
    visitor.ask(ASKED)
    platform.queue.shown_depth = 99
    assert visitor.ask(ASKED, "m2").status_code == 429


def a_model(recorder: Recorder) -> None:
    request = ChatRequest(messages=(ChatMessage(role="user", content=ASKED),), max_tokens=5)

    class Model:
        name = "m1"
        broken = False

        def stream(self, _request: ChatRequest) -> Iterator[ChatDelta]:
            if self.broken:
                raise ModelUnavailable(SAID) from TimeoutError(SAID)
            yield ChatDelta(text=SAID, prompt_tokens=3, completion_tokens=1)

    model = Model()
    slotted = SlottedModel(
        model,
        FakeGate(),
        FakeLeases(),
        slots=1,
        wait_seconds=1,
        telemetry=recorder,
        assistant="tester",
    )
    list(slotted.stream(request))
    model.broken = True
    with pytest.raises(ModelUnavailable):
        list(slotted.stream(request))


def an_export(recorder: Recorder, folder: Path) -> None:
    source = folder / "stock.db"
    database = sqlite3.connect(source)
    database.execute(f"CREATE TABLE available_product ({COLUMNS})")
    database.execute(f"INSERT INTO available_product VALUES ({','.join('?' * 10)})", a_car(1))
    database.commit()
    database.close()
    for url in (f"sqlite:///{source}", "postgres://reader:geheim@127.0.0.1:9/stock"):
        InventoryExport(
            specs={"salon": SimpleNamespace(id="salon", inventory=Inventory())},  # type: ignore[dict-item]
            sources=SimpleNamespace(url=lambda _assistant, url=url: url),
            documents=MemoryDocuments(),
            telemetry=recorder,
            timeouts=Timeouts(connect_seconds=1),
            now=lambda: NOW,
        ).run({"assistant": "salon"})


def a_shut_down() -> None:
    breaker = FakeBreaker()
    breaker.tick()
    breaker.oncall.broken = True
    breaker.ring(LATENCY)
    breaker.capacity.broken = True
    breaker.minute()
    dear = FakeBreaker(INSTANCE_TYPE="none.large")
    dear.tick()
    stopped = FakeBreaker()
    stopped.capacity.broken = True
    stopped.call(command="stop", actor="anna", reason="a rest")


def test_every_measure_is_told(told: Recorder) -> None:
    assert {measure for measure, _, _ in told.measured} == set(Measure)


def test_a_metric_is_a_line_that_cloudwatch_reads(told: Recorder) -> None:
    for line in map(json.loads, told.metrics):
        (described,) = line["_aws"]["CloudWatchMetrics"]
        (metric,) = described["Metrics"]
        measure = Measure(metric["Name"])
        assert described["Namespace"] == "Attendant/test"
        assert metric["Unit"] == measure.unit
        assert isinstance(line[measure.value], int | float)
        sets = {"each": [["assistant", "service"]], "all": [["service"]]}
        sets["each, all"] = sets["each"] + sets["all"]
        assert described["Dimensions"] == sets[measure.of.value]
        assert all(line[name] for names in described["Dimensions"] for name in names)
        assert line["service"] == measure.service


def test_no_word_of_a_visitor_is_told(told: Recorder) -> None:
    everything = json.dumps(told.logged, ensure_ascii=False) + "".join(told.metrics)
    for word in (SAID, PHONE, "C 180", "geheim", "a rest"):
        assert word not in everything


def test_a_line_of_a_turn_names_its_session_and_nobody_can_read_either(told: Recorder) -> None:
    turns = [line for line in told.logged if "turn" in line]
    assert len({line["message"] for line in turns}) > 6
    for line in turns:
        assert re.fullmatch("[0-9a-f]{16}", line["turn"])
        assert re.fullmatch("[0-9a-f]{16}", line["session"])
    assert len({line["session"] for line in turns}) < len({line["turn"] for line in turns})


def test_an_error_is_told_by_its_type_and_its_cause(told: Recorder) -> None:
    (failed,) = [line for line in told.logged if line["message"] == "flow_failed"]
    assert (failed["error"], failed["cause"]) == ("ValueError", "KeyError")
    assert any(place.endswith(" fall") for place in failed["where"])


def test_saved_queries_ask_for_what_is_really_logged(told: Recorder) -> None:
    known: dict[str, set[str]] = {}
    for line in told.logged:
        fields = known.setdefault(line["message"], set())
        fields.update(_paths(line), {"cause"} if "error" in line else ())  # not every error has one
    for saved in log_queries():
        events = set(re.findall(r'"([a-z_]+)"', saved.query))
        if saved.logs == ("gateway",):
            fields = set(ACCESS_LOG)
        else:
            assert events <= known.keys() | {"NAME"}, saved.id
            fields = set().union(*(known[event] for event in events or known))
        assert _fields(saved.query) <= fields, saved.id


def _paths(line: dict[str, Any], before: str = "") -> Iterator[str]:
    for name, value in line.items():
        yield before + name
        if isinstance(value, dict):
            yield from _paths(value, f"{before}{name}.")
        if isinstance(value, list):
            yield f"{before}{name}.0"


def _fields(query: str) -> set[str]:
    """The names in a query that are no keywords, no functions, no constants and not its own."""
    bare = re.sub(r'"[^"]*"', "", query)
    own = set(re.findall(r"\bas (\w+)", bare))
    bare = re.sub(r"@\w+|\w+\(\d+[hm]\)|\w+(?=\()", "", bare)
    words = set(re.findall(r"[a-z_]+(?:\.\w+)*", bare))
    keywords = {"fields", "filter", "sort", "limit", "stats", "by", "as", "asc", "desc", "in", "and", "or"}
    return words - keywords - own


def test_a_turn_ends_as_one_of_three(told: Recorder) -> None:
    states = {line["state"] for line in told.logged if line["message"] == "turn_ended"}
    assert states <= {state.value for state in TurnState if state.final}
