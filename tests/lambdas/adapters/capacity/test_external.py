"""A server that is switched over HTTP (ours, with a scripted engine), and one that cannot be switched."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from typing import Any

import pytest
import uvicorn

from core.errors import CapacityUnknown
from inference_container.engines.scripted import Script, ScriptedEngine
from inference_container.http_face.app import build_app
from lambdas.adapters.capacity import Copies, capacity_client
from lambdas.adapters.items import to_wire


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    listener = socket.create_server(("127.0.0.1", 0))
    app = build_app(ScriptedEngine(model="tiny", script=Script()), switchable=True)
    server = uvicorn.Server(uvicorn.Config(app, log_level="warning"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
    thread.start()
    yield f"http://127.0.0.1:{listener.getsockname()[1]}/capacity"
    server.should_exit = True
    thread.join()


def test_our_own_server_is_switched_off_and_on(url: str) -> None:
    capacity = capacity_client({"CAPACITY_KIND": "external", "CAPACITY_URL": url})
    capacity.hold()
    for number in (0, 0, 1):
        capacity.set_copies(number)
        wait_until(lambda wanted=number: capacity.copies() == Copies(wanted=wanted, ready=wanted))
    capacity.release()


def wait_until(holds: Any) -> None:
    """The engine loads in the background: a copy that is wanted may not be ready at once."""
    deadline = time.monotonic() + 10
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def test_a_number_that_the_server_cannot_have_is_unknown_capacity(url: str) -> None:
    with pytest.raises(CapacityUnknown, match="400"):
        capacity_client({"CAPACITY_KIND": "external", "CAPACITY_URL": url}).set_copies(2)


def test_a_server_that_does_not_answer_is_unknown_capacity() -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    capacity = capacity_client({"CAPACITY_KIND": "external", "CAPACITY_URL": f"http://127.0.0.1:{port}/x"})
    for ask in (capacity.copies, lambda: capacity.set_copies(0)):
        with pytest.raises(CapacityUnknown):
            ask()


def test_somebody_elses_server_has_what_the_platform_remembers(
    dynamodb: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("lambdas.adapters.capacity.aws_client", lambda _: dynamodb)
    capacity = capacity_client({"CAPACITY_KIND": "external", "CONTROL_TABLE": "control"})
    assert capacity.copies() == Copies(wanted=1, ready=1)
    capacity.hold()
    capacity.set_copies(0)
    dynamodb.put_item(TableName="control", Item=to_wire({"key": "capacity#model", "wanted": 0}))
    assert capacity.copies() == Copies(wanted=0, ready=0)
    capacity.release()
    dynamodb.delete_table(TableName="control")
    with pytest.raises(CapacityUnknown, match="ResourceNotFoundException"):
        capacity.copies()


@pytest.mark.parametrize(
    "environment", [{}, {"CAPACITY_KIND": "magic"}, {"CAPACITY_KIND": "external", "CAPACITY_URL": "x"}]
)
def test_an_environment_that_says_too_little(environment: dict[str, str]) -> None:
    with pytest.raises((KeyError, ValueError)):
        capacity_client(environment)
