"""The model over HTTP and behind SageMaker, with slots and the breaker before it."""

from __future__ import annotations

import json
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from botocore.exceptions import EndpointConnectionError

from core.errors import ModelResting, ModelUnavailable, ModelWarming, NoModelSlot, StoreAway
from core.measures import Measure
from core.model import ChatDelta, ChatMessage, ChatRequest
from lambdas.adapters.breaker import BreakerState, BreakerStatus, CapacityState, CapacityStatus
from lambdas.adapters.model_endpoint import HttpModel
from lambdas.adapters.sagemaker_model import SageMakerModel
from lambdas.adapters.slotted_model import SlottedModel
from tests.fakes.clock import FakeClock
from tests.fakes.control import FakeGate, FakeLeases
from tests.fakes.telemetry import FakeTelemetry

REQUEST = ChatRequest(messages=(ChatMessage(role="user", content="Привет"),), max_tokens=5, timeout_seconds=2)


def sse(*texts: str, end: bool = True) -> bytes:
    events = [{"choices": [{"delta": {"content": text}}]} for text in texts]
    lines = [f"data: {json.dumps(event, ensure_ascii=False)}\n\n" for event in events]
    if end:
        usage = {"choices": [], "usage": {"prompt_tokens": 7, "completion_tokens": 2}}
        lines += [f"data: {json.dumps(usage)}\n\n", "data: [DONE]\n\n"]
    return "".join(lines).encode()


Respond = Callable[[BaseHTTPRequestHandler], None]


@contextmanager
def server(respond: Respond) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """A model server that does what the test says; its address and the requests that it got."""
    seen: list[dict[str, Any]] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            seen.append({"path": self.path, "body": json.loads(body), "headers": dict(self.headers)})
            respond(self)

        def log_message(self, *_: Any) -> None:
            return

    made = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    made.daemon_threads = True
    threading.Thread(target=made.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{made.server_port}", seen
    finally:
        made.shutdown()
        made.server_close()


def answering(body: bytes, status: int = 200) -> Respond:
    def respond(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        handler.end_headers()
        handler.wfile.write(body)

    return respond


def test_text_comes_in_pieces_and_the_counts_last() -> None:
    with server(answering(sse("Да", ", есть."))) as (url, seen):
        got = list(HttpModel(url, "m1", token=lambda: "secret").stream(REQUEST))
    assert [delta.text for delta in got] == ["Да", ", есть.", ""]
    assert got[-1] == ChatDelta(prompt_tokens=7, completion_tokens=2, model="m1")
    (request,) = seen
    assert request["path"] == "/v1/chat/completions"
    assert request["headers"]["Authorization"] == "Bearer secret"
    assert 0 < float(request["headers"]["X-Timeout-Seconds"]) <= REQUEST.timeout_seconds
    assert request["body"]["messages"] == [{"role": "user", "content": "Привет"}]
    assert (request["body"]["model"], request["body"]["stream"], request["body"]["max_tokens"]) == (
        "m1",
        True,
        5,
    )


@pytest.mark.parametrize(
    ("respond", "error"),
    [
        (answering(b"", 503), ModelUnavailable),
        (answering(b"", 404), ModelUnavailable),
        (answering(b"", 429), NoModelSlot),
        (answering(sse("Да", end=False)), ModelUnavailable),
        (answering(b"data: {broken\n\n"), ModelUnavailable),
        (answering(b'data: {"error": {"message": "x"}}\n\n'), ModelUnavailable),
        (answering(b'data: {"choices": 5}\n\n'), ModelUnavailable),
        (answering(b"data: []\n\n"), ModelUnavailable),
        (answering(b"hello"), ModelUnavailable),
    ],
)
def test_a_server_that_fails(respond: Respond, error: type[Exception]) -> None:
    with server(respond) as (url, _), pytest.raises(error):
        list(HttpModel(url, "m1").stream(REQUEST))


def test_a_server_that_is_not_there_is_known_at_once() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    started = time.monotonic()
    with pytest.raises(ModelUnavailable):
        list(HttpModel(f"http://127.0.0.1:{port}", "m1").stream(REQUEST))
    assert time.monotonic() - started < 0.5


@pytest.mark.parametrize("seconds", [0.0, -0.01])
def test_a_call_whose_time_went_by_before_it_began_is_no_call(seconds: float) -> None:
    """A slot may come free at the last moment, and the flow is to go on without the model."""
    with server(answering(sse("Да"))) as (url, asked):
        with pytest.raises(ModelUnavailable):
            list(HttpModel(url, "m1").stream(REQUEST.model_copy(update={"timeout_seconds": seconds})))
        assert not asked


def test_a_silent_server_costs_no_more_than_the_requests_time() -> None:
    def silent(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.end_headers()
        handler.wfile.write(sse("Да", end=False))
        time.sleep(3)

    with server(silent) as (url, _):
        stream = HttpModel(url, "m1").stream(REQUEST.model_copy(update={"timeout_seconds": 0.5}))
        started = time.monotonic()
        assert next(stream).text == "Да"
        with pytest.raises(ModelUnavailable):
            next(stream)
    assert time.monotonic() - started < 1.5


@pytest.mark.parametrize("before", [b"", b"HTTP/1.1 200 OK\r\n\r\n"], ids=["head", "body"])
def test_a_server_that_sends_a_byte_now_and_then_costs_no_more_either(before: bytes) -> None:
    def dripping(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(before)
        for byte in (b"HTTP/1.1 200 OK\r\n\r\n" if not before else b"") + sse("Да, есть."):
            handler.wfile.write(bytes([byte]))
            time.sleep(0.1)

    with server(dripping) as (url, _):
        began = time.monotonic()
        with pytest.raises(ModelUnavailable):
            list(HttpModel(url, "m1").stream(REQUEST.model_copy(update={"timeout_seconds": 0.5})))
        assert time.monotonic() - began < 2


def test_closing_the_stream_ends_the_generation() -> None:
    ended = threading.Event()

    def endless(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.end_headers()
        try:
            while True:
                handler.wfile.write(sse("слово ", end=False))
                time.sleep(0.01)
        except OSError:
            ended.set()

    with server(endless) as (url, _):
        stream = HttpModel(url, "m1").stream(REQUEST)
        next(stream)
        stream.close()  # type: ignore[attr-defined]
        assert ended.wait(3)


@pytest.mark.parametrize("url", ["", "ftp://x", "127.0.0.1:8090"])
def test_an_address_must_be_one(url: str) -> None:
    with pytest.raises(ValueError):
        HttpModel(url, "m1")


class Runtime:
    """A SageMaker runtime: gives its events, or fails."""

    def __init__(self, *events: Any) -> None:
        self.events = events
        self.asked: dict[str, Any] = {}
        self.closed = False

    def invoke_endpoint_with_response_stream(self, **asked: Any) -> dict[str, Any]:
        self.asked = asked
        if not self.events:
            raise EndpointConnectionError(endpoint_url="x")
        return {"Body": self}

    def __iter__(self) -> Iterator[Any]:
        return iter(self.events)

    def close(self) -> None:
        self.closed = True


def parts(body: bytes, size: int = 11) -> list[dict[str, Any]]:
    """Cut anywhere, in the middle of a letter too."""
    return [{"PayloadPart": {"Bytes": body[at : at + size]}} for at in range(0, len(body), size)]


def test_sagemaker_speaks_the_same() -> None:
    runtime = Runtime(*parts(sse("Да", ", есть.")))
    got = list(SageMakerModel(runtime, "endpoint", "component", "m1").stream(REQUEST))
    assert "".join(delta.text for delta in got) == "Да, есть."
    assert got[-1].completion_tokens == 2
    assert runtime.asked["EndpointName"] == "endpoint"
    assert runtime.asked["InferenceComponentName"] == "component"
    assert runtime.asked["CustomAttributes"] == f"timeout_seconds={REQUEST.timeout_seconds:.3f}"
    assert json.loads(runtime.asked["Body"])["messages"][0]["content"] == "Привет"
    assert runtime.closed


@pytest.mark.parametrize(
    "runtime", [Runtime(), Runtime({"ModelStreamError": {}}), Runtime(*parts(sse("Да", end=False)))]
)
def test_sagemaker_that_fails(runtime: Runtime) -> None:
    with pytest.raises(ModelUnavailable):
        list(SageMakerModel(runtime, "endpoint", "component", "m1").stream(REQUEST))


class Words:
    """A model that says two words."""

    name = "m1"

    def __init__(self, error: Exception | None = None) -> None:
        self.error = error
        self.closed = False
        self.requests: list[ChatRequest] = []

    def stream(self, request: ChatRequest) -> Iterator[ChatDelta]:
        self.requests.append(request)
        try:
            yield ChatDelta(text="Да")
            if self.error:
                raise self.error
            yield ChatDelta(text=".", prompt_tokens=7, completion_tokens=2)
        finally:
            self.closed = True


class Slotted:
    def __init__(
        self,
        model: Words | None = None,
        gate: FakeGate | None = None,
        leases: FakeLeases | None = None,
        while_waiting: Callable[[], None] = lambda: None,
    ) -> None:
        self.clock, self.leases, self.telemetry = FakeClock(), leases or FakeLeases(), FakeTelemetry()
        self.words = model or Words()
        self.model = SlottedModel(
            self.words,
            gate or FakeGate(),
            self.leases,
            slots=1,
            wait_seconds=5,
            telemetry=self.telemetry,
            assistant="tester",
            monotonic=self.clock.monotonic,
            pause=self._pause,
        )
        self._while_waiting = while_waiting

    def _pause(self, seconds: float) -> None:
        self.clock.advance(seconds)
        self._while_waiting()


def test_a_slot_is_held_for_the_call_alone() -> None:
    slotted = Slotted()
    stream = slotted.model.stream(REQUEST)
    assert slotted.leases.held == []
    assert next(stream).text == "Да"
    assert len(slotted.leases.held) == 1
    assert [delta.text for delta in stream] == ["."]
    assert slotted.leases.held == []


def test_tokens_are_counted_as_the_model_tells_them() -> None:
    slotted = Slotted()
    list(slotted.model.stream(REQUEST))
    assert slotted.telemetry.measured == [(Measure.MODEL_TOKENS, 9, "tester")]


def test_tokens_of_a_call_that_ends_early_are_estimated() -> None:
    """What the guard stops was paid for: the cap of an hour must see it."""
    slotted = Slotted()
    stream = slotted.model.stream(REQUEST)
    next(stream)
    stream.close()  # type: ignore[attr-defined]
    prompt = sum(len(message.content) for message in REQUEST.messages)
    assert slotted.telemetry.measured == [(Measure.MODEL_TOKENS, round(prompt / 2.5) + 1, "tester")]


def test_closing_gives_the_slot_back_and_closes_the_call() -> None:
    slotted = Slotted()
    stream = slotted.model.stream(REQUEST)
    next(stream)
    stream.close()  # type: ignore[attr-defined]
    assert slotted.leases.held == []
    assert slotted.words.closed


def test_a_call_that_breaks_gives_the_slot_back_and_is_told() -> None:
    slotted = Slotted(Words(ModelUnavailable()))
    with pytest.raises(ModelUnavailable):
        list(slotted.model.stream(REQUEST))
    assert slotted.leases.held == []
    assert slotted.telemetry.counts["ModelUnavailable"] == 1


def capacity(status: str, slots: int = 0) -> CapacityState:
    return CapacityState(CapacityStatus(status), slots)


@pytest.mark.parametrize(
    ("gate", "error"),
    [
        (FakeGate(BreakerStatus(BreakerState.OPEN)), ModelResting),
        (FakeGate(BreakerStatus(BreakerState.OPEN), capacity("warming")), ModelResting),
        (FakeGate(capacity=capacity("stopped")), ModelResting),
        (FakeGate(capacity=capacity("asleep")), ModelWarming),
        (FakeGate(capacity=capacity("warming")), ModelWarming),
        (FakeGate(capacity=capacity("awake")), ModelUnavailable),
        (FakeGate(BreakerStatus(BreakerState.HALF_OPEN), probes=0), ModelResting),
    ],
)
def test_a_model_that_rests_or_sleeps_or_has_no_capacity_is_not_called(
    gate: FakeGate, error: type[ModelUnavailable]
) -> None:
    slotted = Slotted(gate=gate)
    with pytest.raises(error) as raised:
        next(slotted.model.stream(REQUEST))
    assert raised.type is error
    assert slotted.leases.acquired == 0
    failed = error is ModelUnavailable
    assert slotted.telemetry.events == ["model_unavailable" if failed else "model_not_asked"]
    assert slotted.telemetry.counts == ({Measure.MODEL_UNAVAILABLE: 1} if failed else {})
    assert bool(slotted.telemetry.alarms) is (error is ModelUnavailable)


def test_copies_that_are_up_already_are_asked_while_others_warm_up() -> None:
    assert len(list(Slotted(gate=FakeGate(capacity=capacity("warming", 1))).model.stream(REQUEST))) == 2


def test_a_closed_breaker_takes_no_probe() -> None:
    gate = FakeGate(probes=3)
    assert len(list(Slotted(gate=gate).model.stream(REQUEST))) == 2
    assert (gate.probes, gate.counted) == (3, [])


def test_half_open_lets_only_so_many_through_and_counts_what_became_of_them() -> None:
    gate = FakeGate(BreakerStatus(BreakerState.HALF_OPEN, revision=4), probes=2)
    assert len(list(Slotted(gate=gate).model.stream(REQUEST))) == 2
    with pytest.raises(ModelUnavailable):
        list(Slotted(Words(ModelUnavailable()), gate).model.stream(REQUEST))
    with pytest.raises(ModelResting):
        next(Slotted(gate=gate).model.stream(REQUEST))
    assert gate.counted == [True, False]


def test_a_probe_that_was_heard_to_the_middle_is_a_good_one() -> None:
    gate = FakeGate(BreakerStatus(BreakerState.HALF_OPEN), probes=1)
    slotted = Slotted(gate=gate)
    stream = slotted.model.stream(REQUEST)
    next(stream)
    stream.close()  # type: ignore[attr-defined]
    assert gate.counted == [True]
    assert slotted.words.closed


def test_a_probe_without_a_slot_is_given_back() -> None:
    gate = FakeGate(BreakerStatus(BreakerState.HALF_OPEN), probes=1)
    slotted = Slotted(gate=gate)
    slotted.leases.acquire("model", 1, timedelta(seconds=60))
    with pytest.raises(NoModelSlot):
        next(slotted.model.stream(REQUEST))
    assert (gate.probes, gate.counted) == (1, [])


def test_a_breaker_that_opens_while_a_slot_is_waited_for_calls_nobody() -> None:
    def opens() -> None:
        gate.shown = BreakerStatus(BreakerState.OPEN, revision=1)

    gate = FakeGate()
    slotted = Slotted(gate=gate, while_waiting=opens)
    slotted.leases.acquire("model", 1, timedelta(seconds=60))
    with pytest.raises(ModelResting):
        next(slotted.model.stream(REQUEST))


def test_a_probe_that_cannot_be_counted_costs_the_answer_nothing() -> None:
    def away(*_: Any, **__: Any) -> None:
        raise StoreAway

    gate = FakeGate(BreakerStatus(BreakerState.HALF_OPEN), probes=1)
    gate.count_probe = away  # type: ignore[method-assign]
    slotted = Slotted(gate=gate)
    assert len(list(slotted.model.stream(REQUEST))) == 2
    assert slotted.telemetry.alarms[0][0] == "probe_not_counted"


@pytest.mark.parametrize(("seconds", "waits"), [(60, 5), (2, 2)])
def test_no_slot_within_the_wait_hands_back(seconds: float, waits: float) -> None:
    slotted = Slotted()
    slotted.leases.acquire("model", 1, timedelta(seconds=60))
    before = slotted.clock.monotonic()
    with pytest.raises(NoModelSlot):
        next(slotted.model.stream(REQUEST.model_copy(update={"timeout_seconds": seconds})))
    assert waits - 1 < slotted.clock.monotonic() - before <= waits
    assert slotted.telemetry.alarms == []


def test_waiting_for_a_slot_is_part_of_the_calls_time() -> None:
    leases = FakeLeases()
    slotted = Slotted(leases=leases, while_waiting=leases.held.clear)
    leases.acquire("model", 1, timedelta(seconds=60))
    next(slotted.model.stream(REQUEST))
    assert 0 < slotted.words.requests[0].timeout_seconds < REQUEST.timeout_seconds


def test_slots_that_cannot_be_asked_are_no_slots() -> None:
    def away(*_: Any) -> None:
        raise StoreAway

    slotted = Slotted()
    slotted.leases.acquire = away  # type: ignore[method-assign]
    with pytest.raises(ModelUnavailable):
        next(slotted.model.stream(REQUEST))


def test_a_slot_that_cannot_be_given_back_runs_out_by_itself() -> None:
    def away(*_: Any) -> None:
        raise StoreAway

    slotted = Slotted()
    slotted.leases.release = away  # type: ignore[method-assign]
    assert len(list(slotted.model.stream(REQUEST))) == 2
    assert slotted.telemetry.alarms


def test_a_slot_that_comes_free_is_taken() -> None:
    slotted = Slotted()
    held = slotted.leases.acquire("model", 1, timedelta(seconds=60))
    assert held is not None
    slotted.model._pause = lambda _seconds: slotted.leases.release(held)
    assert len(list(slotted.model.stream(REQUEST))) == 2
