"""An alarm or an operator: state first, capacity 0, exactly one message, whatever dies or comes twice."""

from __future__ import annotations

from datetime import timedelta

import pytest
from pydantic import ValidationError

from tests.fakes.breaker import LATENCY, TOKENS, FakeBreaker
from tests.fakes.breaker_outside import Killed


def actions(breaker: FakeBreaker) -> list[str]:
    return [record.action for record in breaker.audit.records]


def test_an_alarm_opens_it_in_order(breaker: FakeBreaker) -> None:
    assert breaker.ring(LATENCY) == {"opened": [True]}
    assert breaker.life.changes == [
        "state open",
        "record stopped",
        "hold",
        "copies 0",
        "mark capacity_down",
        "claim notice",
        "message",
        "mark notified",
    ]


def test_the_message_says_why_since_when_and_what_to_run(breaker: FakeBreaker) -> None:
    breaker.ring(LATENCY, TOKENS)
    ((subject, text),) = breaker.oncall.messages
    assert subject == f"attendant test: endpoint shut down ({LATENCY},{TOKENS})"
    for part in (
        "2026-11-23 09:00:00 UTC",
        f"{LATENCY}: 9 of 9",
        f"{TOKENS}: 9 of 9",
        "attendant endpoint restart",
        breaker.states.standing.incident,
        "0 copies",
    ):
        assert part in text


def test_what_was_done_stands_in_the_audit(breaker: FakeBreaker) -> None:
    breaker.ring(LATENCY)
    (record,) = breaker.audit.records
    assert (record.actor, record.action, record.before, record.after) == ("alarm", "trip", "closed", "open")
    assert record.incident == breaker.states.standing.incident
    assert LATENCY in record.detail


def test_the_same_notification_twice_is_one_shut_down(breaker: FakeBreaker) -> None:
    breaker.ring(LATENCY)
    assert breaker.notify(LATENCY) == {"opened": [False]}
    assert len(breaker.oncall.messages) == 1


def test_two_alarms_at_once_are_one_shut_down(breaker: FakeBreaker) -> None:
    breaker.ring(LATENCY)
    breaker.ring(TOKENS)
    assert len(breaker.oncall.messages) == 1
    assert actions(breaker) == ["trip", "trip"]


def test_a_notification_from_before_the_present_state_is_let_pass(shut: FakeBreaker) -> None:
    rang_at = shut.clock() - timedelta(seconds=601)
    restarted(shut)
    assert shut.notify(LATENCY, at=rang_at) == {"opened": [False]}
    assert shut.state == "closed"


def test_it_counts_when_something_rings_all_the_same(shut: FakeBreaker) -> None:
    rang_at = shut.clock() - timedelta(seconds=601)
    restarted(shut)
    shut.alarms.names.add(LATENCY)
    assert shut.notify(LATENCY, at=rang_at) == {"opened": [True]}


def restarted(breaker: FakeBreaker) -> None:
    restart = breaker.call(command="restart", actor="anna")["restart"]
    for name in ("raise_capacity", "check_health", "golden_questions", "half_open"):
        assert breaker.step(name, restart) == "next"
    breaker.clock.advance(60)
    assert breaker.step("watch", restart) == "next"
    assert breaker.step("close", restart) == "next"
    assert breaker.state == "closed"


def test_the_end_of_an_alarm_changes_nothing(breaker: FakeBreaker) -> None:
    event = {
        "Records": [
            {
                "Sns": {
                    "Message": '{"AlarmName": "a", "NewStateValue": "OK", '
                    '"StateChangeTime": "2026-11-23T09:00:00.000+0000"}'
                }
            }
        ]
    }
    assert breaker.desk.handle(event) == {"opened": [False]}
    assert breaker.state == "closed"


def test_a_notification_is_believed_when_the_alarms_cannot_be_asked(breaker: FakeBreaker) -> None:
    breaker.alarms.broken = True
    breaker.notify("attendant-test-critical")
    assert breaker.state == "open"
    assert "Threshold Crossed" in breaker.oncall.messages[0][1]


def test_an_operator_stops_it_with_a_reason(breaker: FakeBreaker) -> None:
    told = breaker.call(command="stop", actor="anna", reason="new image")
    assert told["stopped"]
    assert told["state"] == "open"
    assert (breaker.capacity.wanted, breaker.capacity.held) == (0, True)
    assert breaker.states.standing.reason == "operator"
    assert "new image" in breaker.oncall.messages[0][1]


def test_a_second_stop_is_recorded_and_tells_nobody(breaker: FakeBreaker) -> None:
    first = breaker.call(command="stop", actor="anna", reason="new image")
    second = breaker.call(command="stop", actor="boris", reason="and I too")
    assert not second["stopped"]
    assert second["incident"] == first["incident"]
    assert len(breaker.oncall.messages) == 1
    assert [(r.actor, r.before, r.after) for r in breaker.audit.records] == [
        ("anna", "closed", "open"),
        ("boris", "open", "open"),
    ]


def test_on_call_is_told_even_if_capacity_cannot_be_switched(breaker: FakeBreaker) -> None:
    breaker.capacity.broken = True
    breaker.ring(LATENCY)
    assert "NOT DOWN YET" in breaker.oncall.messages[0][1]
    breaker.capacity.broken = False
    breaker.minute()
    assert breaker.capacity.wanted == 0
    assert len(breaker.oncall.messages) == 1


def test_a_message_that_was_not_taken_is_sent_by_a_later_minute(breaker: FakeBreaker) -> None:
    breaker.oncall.broken = True
    breaker.ring(LATENCY)
    assert breaker.capacity.wanted == 0
    breaker.oncall.broken = False
    breaker.tick()
    assert breaker.oncall.messages == []  # whoever claimed it may still be at it
    breaker.minute()
    breaker.minute()
    assert len(breaker.oncall.messages) == 1


def kill_after(breaker: FakeBreaker, changes: int) -> str | None:
    """What the killed function did last, or None where it lived to its end."""
    breaker.life.left = changes
    try:
        breaker.ring(LATENCY)
    except Killed as killed:
        return str(killed)
    finally:
        breaker.life.left = None
    return None


@pytest.mark.parametrize("changes", range(8))
@pytest.mark.parametrize("next_", ["minute", "sns"])
def test_killed_after_any_write_it_is_finished_by_whoever_comes_next(changes: int, next_: str) -> None:
    breaker = FakeBreaker()
    last = kill_after(breaker, changes)
    assert last is not None
    breaker.clock.advance(61)
    if next_ == "sns":
        breaker.notify(LATENCY)
    else:
        breaker.tick()
    assert breaker.state == "open"
    assert (breaker.capacity.wanted, breaker.capacity.held) == (0, True)
    assert breaker.states.standing.notified
    assert len(breaker.oncall.messages) == (2 if last == "message" else 1)
    assert len({text for _, text in breaker.oncall.messages}) == 1  # the same incident, word for word


def test_there_is_no_ninth_write(breaker: FakeBreaker) -> None:
    assert kill_after(breaker, 8) is None


def test_a_lost_notification_is_made_good_by_the_minute(breaker: FakeBreaker) -> None:
    breaker.alarms.names.add(LATENCY)
    breaker.minute()
    assert breaker.state == "open"
    assert breaker.audit.records[0].actor == "clock"
    breaker.minute()
    assert actions(breaker) == ["trip"]
    assert len(breaker.oncall.messages) == 1


def test_copies_that_come_back_by_themselves_go_again(shut: FakeBreaker) -> None:
    """A deploy, a person at the console, a model server that was started anew."""
    shut.capacity.wanted = 1
    shut.minute()
    assert shut.capacity.wanted == 0


@pytest.mark.parametrize(
    "event",
    [
        {},
        {"command": "explode"},
        {"command": "stop", "actor": "anna"},
        {"command": "stop", "actor": "", "reason": "x"},
        {"command": "restart"},
        {"step": "close"},
        {"step": "explode", "restart": "id"},
    ],
)
def test_other_events_are_refused(breaker: FakeBreaker, event: dict) -> None:
    with pytest.raises((ValidationError, KeyError)):
        breaker.desk.handle(event)
    assert breaker.life.changes == []
