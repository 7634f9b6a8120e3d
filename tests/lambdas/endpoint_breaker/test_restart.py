"""The tested restart: refused politely, taken step by step, given up on anything, fenced against the dead."""

from __future__ import annotations

import pytest

from core.errors import StoreAway
from tests.fakes.breaker import LATENCY, TOKENS, FakeBreaker
from tests.fakes.breaker_outside import Killed

STEPS = ("raise_capacity", "check_health", "golden_questions", "half_open")


def start(breaker: FakeBreaker) -> str:
    return breaker.call(command="restart", actor="anna")["restart"]


def half_open(breaker: FakeBreaker) -> str:
    restart = start(breaker)
    assert [breaker.step(name, restart) for name in STEPS] == ["next"] * 4
    return restart


def messages(breaker: FakeBreaker) -> int:
    return len(breaker.oncall.messages)


def is_shut(breaker: FakeBreaker) -> bool:
    held = breaker.capacity.wanted == 0 and breaker.capacity.held
    return breaker.states.standing.shut and held and breaker.records.record.slots == 0


def test_while_closed_it_is_refused(breaker: FakeBreaker) -> None:
    assert breaker.call(command="restart", actor="anna") == {"started": False, "refused": "closed"}
    (record,) = breaker.audit.records
    assert (record.actor, record.action, record.detail) == ("anna", "restart_refused", "closed")
    assert breaker.machine.started == []


def test_a_second_one_while_one_runs_is_refused(shut: FakeBreaker) -> None:
    restart = start(shut)
    told = shut.call(command="restart", actor="boris")
    assert told == {"started": False, "refused": "running", "restart": restart}
    assert shut.machine.started == [restart]


def test_while_alarms_ring_it_says_which_and_until_when(breaker: FakeBreaker) -> None:
    breaker.ring(TOKENS)
    breaker.clock.advance(600)
    told = breaker.call(command="restart", actor="anna")
    assert (told["started"], told["refused"]) == (False, "ringing")
    assert told["ringing"] == [
        {"alarm": TOKENS, "figures": "9 of 9", "quiet_by": "2026-11-23T10:00:00.000000Z"}
    ]
    assert is_shut(breaker)


def test_an_alarm_that_rings_for_longer_than_it_looks_back_has_a_living_cause(breaker: FakeBreaker) -> None:
    breaker.ring(TOKENS)
    breaker.clock.advance(3_700)
    told = breaker.call(command="restart", actor="anna")
    assert told["ringing"][0]["quiet_by"] is None


def test_all_the_way(shut: FakeBreaker) -> None:
    restart = start(shut)
    assert shut.step("raise_capacity", restart) == "next"
    assert (shut.capacity.wanted, shut.capacity.held) == (1, True)
    assert shut.records.record.status == "warming"
    shut.capacity.ill = True
    assert shut.step("check_health", restart) == "wait"
    shut.capacity.ill = False
    assert shut.step("check_health", restart) == "next"
    assert (shut.records.record.status, shut.records.record.slots) == ("awake", 4)
    assert shut.step("golden_questions", restart) == "next"
    assert shut.state == "open"
    assert shut.step("half_open", restart) == "next"
    assert (shut.state, shut.states.standing.probes_left) == ("half_open", 3)
    shut.states.probe(ok=True)
    assert shut.step("watch", restart) == "wait"
    shut.clock.advance(60)
    assert shut.step("watch", restart) == "next"
    assert shut.step("close", restart) == "next"
    assert (shut.state, shut.capacity.held, shut.states.standing.restart) == ("closed", False, "")
    assert messages(shut) == 1
    assert [record.action for record in shut.audit.records] == ["trip", "restart", "half_open", "close"]


def test_no_more_than_so_many_probes_are_let_through(shut: FakeBreaker) -> None:
    half_open(shut)
    assert [shut.states.probe(ok=True) for _ in range(4)] == [True, True, True, False]


def test_at_night_it_closes_without_a_single_probe(shut: FakeBreaker) -> None:
    restart = half_open(shut)
    shut.clock.advance(60)
    assert shut.step("watch", restart) == "next"


@pytest.mark.parametrize("end", ["ringing", "probe", "golden", "late"])
def test_whatever_goes_wrong_it_is_open_again_with_a_message_of_its_own(shut: FakeBreaker, end: str) -> None:
    first = shut.states.standing.incident
    if end == "golden":
        shut.questions.wrong = ("salon/stock",)
        restart = start(shut)
        [shut.step(name, restart) for name in STEPS[:2]]
        told = shut.call(step="golden_questions", restart=restart)
    elif end == "late":
        shut.capacity.ill = True
        restart = start(shut)
        shut.step("raise_capacity", restart)
        shut.clock.advance(300)
        told = shut.call(step="check_health", restart=restart)
    else:
        restart = half_open(shut)
        if end == "probe":
            shut.states.probe(ok=False)
        else:
            shut.alarms.names.add(LATENCY)
        told = shut.call(step="watch", restart=restart)
    assert told["outcome"] == "failed"
    assert shut.step("give_up", restart, **told) == "next"
    assert is_shut(shut)
    assert messages(shut) == 2
    assert shut.states.standing.incident != first
    why = {
        "ringing": LATENCY,
        "probe": "probe_failed",
        "golden": "golden_questions",
        "late": "startup_timeout",
    }
    assert shut.states.standing.reason == why[end]
    if end == "golden":
        assert "salon/stock" in shut.oncall.messages[-1][1]


def test_a_step_that_died_is_told_by_its_error_alone(shut: FakeBreaker) -> None:
    restart = start(shut)
    shut.step("give_up", restart, Error="States.Timeout", Cause="with words of whoever")
    assert shut.states.standing.reason == "step_died"
    assert "States.Timeout" in shut.oncall.messages[-1][1]
    assert "whoever" not in shut.oncall.messages[-1][1]


def test_an_alarm_in_half_open_opens_it_at_once(shut: FakeBreaker) -> None:
    restart = half_open(shut)
    shut.ring(LATENCY)
    assert is_shut(shut)
    assert messages(shut) == 2
    assert shut.step("watch", restart) == "superseded"


def test_the_minute_watches_half_open_too(shut: FakeBreaker) -> None:
    """A composite alarm that has never stopped ringing says nothing new."""
    half_open(shut)
    shut.alarms.names.add(LATENCY)
    shut.minute()
    assert is_shut(shut)


def test_an_operator_stops_a_restart(shut: FakeBreaker) -> None:
    restart = start(shut)
    shut.step("raise_capacity", restart)
    assert shut.call(command="stop", actor="boris", reason="not now")["stopped"]
    assert is_shut(shut)
    assert messages(shut) == 2
    for name in (*STEPS, "watch", "close", "give_up"):
        assert shut.step(name, restart) == "superseded"
    assert is_shut(shut)


def test_an_old_execution_has_no_say_in_a_newer_incident(shut: FakeBreaker) -> None:
    old = half_open(shut)
    shut.ring(LATENCY)
    shut.alarms.names.clear()
    shut.clock.advance(600)
    new = half_open(shut)
    assert new != old
    for name in (*STEPS, "watch", "close", "give_up"):
        assert shut.step(name, old) == "superseded"
    assert (shut.state, shut.states.standing.restart) == ("half_open", new)


def test_a_late_capacity_step_does_not_leave_copies_behind_a_shut_breaker(shut: FakeBreaker) -> None:
    restart = start(shut)
    raise_copies = shut.capacity.set_copies

    def meanwhile(number: int) -> None:
        shut.capacity.set_copies = raise_copies
        shut.ring(LATENCY)
        raise_copies(number)

    shut.capacity.set_copies = meanwhile
    assert shut.step("raise_capacity", restart) == "superseded"
    assert is_shut(shut)


def test_copies_that_a_late_minute_took_away_are_raised_again(shut: FakeBreaker) -> None:
    restart = start(shut)
    shut.step("raise_capacity", restart)
    shut.capacity.set_copies(0)
    assert shut.step("check_health", restart) == "wait"
    assert shut.step("check_health", restart) == "next"


def test_a_restart_whose_execution_died_ends_open(shut: FakeBreaker) -> None:
    half_open(shut)
    shut.minute()
    shut.minute()
    assert shut.state == "half_open"
    shut.minute()
    assert is_shut(shut)
    assert shut.states.standing.reason == "restart_lost"


def test_a_restart_that_could_not_be_started_is_started_by_the_minute(shut: FakeBreaker) -> None:
    shut.life.left = 0
    with pytest.raises(Killed):
        start(shut)
    assert shut.machine.started == []
    shut.minute()
    assert shut.machine.started == [shut.states.standing.restart]


def test_a_restart_that_step_functions_refuses_is_none(shut: FakeBreaker) -> None:
    shut.machine.broken = True
    with pytest.raises(StoreAway):
        start(shut)
    assert is_shut(shut)
    assert messages(shut) == 1
    shut.machine.broken = False
    assert shut.call(command="restart", actor="anna")["started"]


def test_a_restart_that_is_claimed_while_on_call_is_being_told_tells_nobody_twice(
    breaker: FakeBreaker,
) -> None:
    claimed = ["state open", "record stopped", "hold", "copies 0", "mark capacity_down", "claim notice"]
    breaker.life.meanwhile = (len(claimed) - 1, lambda: start(breaker))
    breaker.call(command="stop", actor="anna", reason="new image")
    assert breaker.life.changes[: len(claimed)] == claimed
    assert breaker.states.standing.restart
    for _ in range(3):
        breaker.minute()
    incidents = [text.partition("Incident ")[2].split()[0] for _, text in breaker.oncall.messages]
    assert len(incidents) == len(set(incidents))


def test_a_failed_probe_in_the_last_moment_keeps_it_from_closing(shut: FakeBreaker) -> None:
    restart = half_open(shut)
    shut.clock.advance(60)
    assert shut.step("watch", restart) == "next"
    shut.states.probe(ok=False)
    assert shut.step("close", restart) == "failed"


@pytest.mark.parametrize("changes", range(14))
def test_killed_after_any_write_of_the_way_a_repeated_step_goes_on(shut: FakeBreaker, changes: int) -> None:
    restart = start(shut)
    shut.life.left = changes
    for name in (*STEPS, "watch", "close"):
        if name == "watch":
            shut.clock.advance(60)
        try:
            told = shut.step(name, restart)
        except Killed:
            told = shut.step(name, restart)  # Step Functions calls it again
        assert told == "next"
    shut.life.left = None
    shut.minute()
    assert (shut.state, shut.capacity.wanted, shut.capacity.held) == ("closed", 1, False)
    assert messages(shut) == 1


def test_while_the_alarms_cannot_be_seen_nothing_is_restarted(shut: FakeBreaker) -> None:
    shut.alarms.broken = True
    with pytest.raises(StoreAway):
        start(shut)
    assert is_shut(shut)
    assert shut.states.standing.restart == ""
