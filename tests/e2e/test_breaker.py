"""The breaker on the embedded cloud: metrics, alarms, topics, functions, tables and the model are real.

What keeps it short: measured values are put with a moment in the past, so that they leave the alarm's window
(an hour) after seconds. The emulator's extension evaluates metric and composite alarms by itself, so no
notification is made up, but where a test says so.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import httpx
import pytest

from lambdas.adapters.breaker import BREAKER
from lambdas.adapters.breaker_state import Standing
from lambdas.adapters.clock import to_iso, utc_now
from lambdas.adapters.control_reader import RECHECK_SECONDS
from lambdas.adapters.items import to_wire
from tests.e2e.conftest import SALON, until
from tests.e2e.deployed_breaker import GUARD, TOKENS, Endpoint
from tests.fakes.breaker import notification
from tests.fakes.breaker_outside import Killed, Life

PHRASED = "Сколько по времени длится тест-драйв и нужно ли записываться?"
STOCK = "Есть ли C 180 в наличии?"


@pytest.fixture(scope="module")
def the_endpoint(deployment: Any) -> Iterator[Endpoint]:
    made = Endpoint(deployment)
    yield made
    made.reset()


@pytest.fixture
def endpoint(the_endpoint: Endpoint) -> Endpoint:
    """Closed, and on-call has heard nothing."""
    the_endpoint.reset()
    return the_endpoint


@pytest.fixture
def shut(the_endpoint: Endpoint) -> Endpoint:
    """Open, by a stop."""
    the_endpoint.reset()
    the_endpoint.shut()
    return the_endpoint


def test_measured_values_shut_it_down_and_visitors_are_answered_from_facts(
    endpoint: Endpoint, ask: Callable[..., Any], http: httpx.Client
) -> None:
    """Two alarms at once: metrics -> alarms -> composite alarm -> SNS -> function -> open, one message."""
    endpoint.measure(TOKENS, GUARD)
    assert until(endpoint.is_shut, 30)
    time.sleep(RECHECK_SECONDS)  # the other functions have read it before
    seen = http.get("/v1/health").json()
    assert (seen["breaker"]["state"], seen["capacity"]["status"]) == ("open", "stopped")
    answered = ask(STOCK)
    assert answered.state == "answered"
    assert "C 180" in answered.text
    assert answered.facts
    resting = ask(PHRASED)
    assert resting.final
    assert "отдыхает" in f"{resting.text} {resting.notice}"
    endpoint.call(command="tick")
    (notice,) = endpoint.notices()
    assert endpoint.store.read().incident in notice
    assert TOKENS in notice or GUARD in notice
    assert "attendant endpoint restart" in notice
    assert {r.actor for r in endpoint.records() if r.incident == endpoint.store.read().incident} == {"alarm"}


def test_the_command_line_stops_looks_and_is_refused_politely(endpoint: Endpoint, attendant: Any) -> None:
    """A restart while closed, a stop, a second stop while open; each with its audit record."""
    refused = attendant("endpoint", "restart", check=False)
    assert refused.returncode == 1
    assert "nothing to restart" in refused.stderr
    assert "stopped: 0 copies" in attendant("endpoint", "stop", "--reason", "a new image").stdout
    assert endpoint.is_shut()
    assert "it was open already" in attendant("endpoint", "stop", "--reason", "once more").stdout
    (notice,) = endpoint.notices()
    assert "a new image" in notice
    assert attendant.json("endpoint", "status")["state"] == "open"
    records = attendant("endpoint", "history", "--limit", "5").stdout
    for part in ("history", "status", "once more", "a new image", "restart_refused"):
        assert part in records
    assert len({record.actor for record in endpoint.records(5)}) == 1


def test_all_the_way_back_lets_only_a_few_through_before_it_closes(
    shut: Endpoint, ask: Callable[..., Any]
) -> None:
    """Restart -> copies -> health -> golden questions -> half open -> closed, by the state machine itself."""
    probes = shut.settings_of_the_function().probes
    for _ in range(3):  # on a machine too busy for a visitor's patience a probe fails, which opens it again
        asked_before, now = half_open_until_all_probes_are_taken(shut, ask)
        if now.state == "half_open":
            break
        assert until(shut.is_shut, 10)
        shut.notices()
    one_more = ask(PHRASED)
    assert (now.state, now.probes_left, now.probes_ok, now.probes_failed) == ("half_open", 0, probes, 0)
    assert shut.model_calls() - asked_before == probes
    assert "отдыхает" in f"{one_more.text} {one_more.notice}"
    assert until(lambda: shut.status()["state"] == "closed", 40), shut.status()
    assert shut.store.read().held is False
    assert ask(PHRASED).state == "answered"
    assert shut.notices() == []


def half_open_until_all_probes_are_taken(shut: Endpoint, ask: Callable[..., Any]) -> tuple[int, Standing]:
    """How often the model had been called when it became half open, and what holds after the visitors."""
    restart = shut.call(command="restart", actor="test")["restart"]
    again = shut.call(command="restart", actor="test")
    assert again == {"started": False, "refused": "running", "restart": restart}
    assert until(lambda: shut.store.read().state == "half_open", 60), shut.status()
    asked_before = shut.model_calls()
    while (now := shut.store.read()).state == "half_open" and now.probes_left:
        ask(PHRASED)  # one answer may take two calls of the model
    return asked_before, now


def test_a_golden_question_that_fails_leaves_it_open(shut: Endpoint) -> None:
    """Somebody switches the model off in the middle of the golden questions."""
    before = shut.store.read().incident
    shut.call(command="restart", actor="test")
    assert until(lambda: shut.status()["capacity"]["status"] == "awake", 20, step=0.1)
    httpx.put(f"{shut.model}/capacity", json={"copies": 0})
    assert until(lambda: shut.store.read().incident != before and shut.is_shut(), 60), shut.status()
    now = shut.store.read()
    assert now.reason == "golden_questions"
    assert f"{SALON}/faq_phrased" in now.detail
    (notice,) = shut.notices()
    assert now.detail in notice


def test_an_alarm_in_half_open_opens_it_again(shut: Endpoint) -> None:
    restart = shut.restart_by_hand()
    assert shut.status()["state"] == "half_open"
    shut.measure(TOKENS)
    assert until(shut.is_shut, 30), shut.status()
    (notice,) = shut.notices()
    assert TOKENS in notice
    for step in ("watch", "close", "give_up"):
        assert shut.call(step=step, restart=restart) == {"outcome": "superseded"}
    told = shut.call(command="restart", actor="test")
    assert told["refused"] == "ringing"
    assert told["ringing"][0]["alarm"] == TOKENS
    assert shut.is_shut()


def test_a_restart_whose_execution_was_stopped_ends_open(shut: Endpoint) -> None:
    """Its last sign of life is put back by four minutes instead of waiting for them."""
    shut.restart_by_hand()
    long_ago = to_iso(utc_now() - timedelta(minutes=4))
    shut.deployment.client("dynamodb").update_item(
        TableName=shut.deployment.output("ControlTable"),
        Key=to_wire({"key": BREAKER}),
        UpdateExpression="SET restart_at = :then, restart_seen_at = :then",
        ExpressionAttributeValues=to_wire({":then": long_ago}),
    )
    shut.call(command="tick")
    assert shut.is_shut()
    assert shut.store.read().reason == "restart_lost"
    assert len(shut.notices()) == 1


def test_killed_after_any_of_its_writes_the_next_minute_finishes_it(the_endpoint: Endpoint) -> None:
    """The function's own code runs here, on the deployed tables and topics, with SNS's documented event, and
    dies after one write more each time; the deployed function's minute finds what it left. The dead one's
    clock is two minutes late, so that its claim on the message has run out by then.
    """
    died_after: list[str] = []
    while True:
        the_endpoint.reset()
        life = Life(left=len(died_after))
        try:
            the_endpoint.dying(life).handle(notification("attendant-local-critical", utc_now()))
        except Killed as killed:
            died_after.append(str(killed))
        else:
            break
        the_endpoint.call(command="tick")
        assert the_endpoint.is_shut(), died_after
        notices = the_endpoint.notices()
        assert len(notices) == (2 if died_after[-1] == "tell" else 1), died_after
        incident = the_endpoint.store.read().incident
        assert all(incident in notice for notice in notices)
    assert died_after == ["change", "write", "hold", "set_copies", "mark", "claim_notice", "tell", "told"]
