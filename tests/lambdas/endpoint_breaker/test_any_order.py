"""Any order of alarms, stops, restarts, steps, minutes, kills, losses and repetitions keeps the promises.

Calls are cut off after any of their writes, and other calls run between two writes of one. The restart runs
on the definition that is deployed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from core.errors import AttendantError
from infra.restart_states import restart_states
from lambdas.adapters.audit import AuditRecord
from lambdas.adapters.breaker import BreakerState
from lambdas.adapters.breaker_state import Standing
from tests.fakes.breaker import LATENCY, TOKENS, FakeBreaker, notification
from tests.fakes.breaker_outside import Killed
from tests.fakes.state_machine import Execution

DEFINITION = restart_states(
    function_arn="arn:f", again_after_seconds=15, step_seconds=55, longest_seconds=3_600
)
TICK = {"command": "tick"}
EVENTS = st.sampled_from(
    [
        TICK,
        {"command": "stop", "actor": "anna", "reason": "new image"},
        {"command": "restart", "actor": "boris"},
        {"command": "wake"},
        {"command": "status", "actor": "anna"},
        "notification",
    ]
)
NAMES = st.sampled_from([LATENCY, TOKENS])
AFTER = st.integers(min_value=0, max_value=9)
NUMBER = st.integers(min_value=0, max_value=5)
CUT = st.one_of(st.none(), AFTER)
TRANSITIONS = {
    (BreakerState.CLOSED, BreakerState.OPEN),
    (BreakerState.OPEN, BreakerState.OPEN),
    (BreakerState.OPEN, BreakerState.HALF_OPEN),
    (BreakerState.HALF_OPEN, BreakerState.OPEN),
    (BreakerState.HALF_OPEN, BreakerState.CLOSED),
}


class AnyOrder(RuleBasedStateMachine):
    sleep = ""

    @initialize()
    def set_up(self) -> None:
        self.breaker = FakeBreaker(**({"SLEEP": self.sleep} if self.sleep else {}))
        self.executions: dict[str, Execution] = {}
        self.caller = ""
        self.told_and_killed: Counter[str] = Counter()
        self._watch_changes()

    def _watch_changes(self) -> None:
        states = self.breaker.states
        change = states.change

        def watched(before: Standing, after: Standing, record: AuditRecord) -> Standing | None:
            if states.standing.revision == before.revision:
                self._check_change(before, after, record)
            return change(before, after, record)

        states.change = watched  # type: ignore[method-assign]

    def _check_change(self, before: Standing, after: Standing, record: AuditRecord) -> None:
        assert (before.state, after.state) in TRANSITIONS
        assert (record.before, record.after) == (before.state.value, after.state.value)
        if self.caller:
            assert before.restart == self.caller, "a dead execution changed the state"
        if after.state is BreakerState.CLOSED:
            assert before.probes_failed == 0
            assert before.since is not None
            assert (self.breaker.clock() - before.since).total_seconds() >= 60
        if after.state is BreakerState.OPEN and not after.restart and record.action != "restart_refused":
            assert after.incident != before.incident

    # what happens

    def _call(self, event: Any, cut: int | None, caller: str = "") -> dict[str, Any]:
        outer, self.caller = self.caller, caller
        self.breaker.life.left = cut
        try:
            return self.breaker.desk.handle(event)
        except Killed as killed:
            if str(killed) == "message":
                self.told_and_killed[self.breaker.states.standing.incident] += 1
            raise
        finally:
            self.caller = outer
            self.breaker.life.left = None

    def _try(self, event: Any, cut: int | None) -> None:
        with suppress(Killed, AttendantError):
            self._call(event, cut)

    def _other(self, event: Any) -> None:
        """A call of somebody else, from beginning to end, in the middle of ours."""
        outer, self.caller = self.caller, ""
        with suppress(AttendantError):
            self.breaker.desk.handle(self._event(event))
        self.caller = outer

    def _event(self, event: Any) -> Any:
        return notification(LATENCY, self.breaker.clock()) if event == "notification" else event

    @rule(event=EVENTS, cut=CUT)
    def call(self, event: Any, cut: int | None) -> None:
        self._try(self._event(event), cut)

    @rule(event=EVENTS, other=EVENTS, after=AFTER, cut=CUT)
    def call_between_two_writes(self, event: Any, other: Any, after: int, cut: int | None) -> None:
        self.breaker.life.meanwhile = (after, lambda: self._other(other))
        self._try(self._event(event), cut)
        self.breaker.life.meanwhile = None

    @rule(name=NAMES, heard=st.booleans(), cut=CUT)
    def ring(self, name: str, heard: bool, cut: int | None) -> None:
        self.breaker.alarms.names.add(name)
        if heard:
            self._try(notification(name, self.breaker.clock()), cut)

    @rule()
    def quiet(self) -> None:
        self.breaker.alarms.names.clear()

    @rule(seconds=st.sampled_from([1, 20, 61, 200, 3_700]))
    def time_passes(self, seconds: int) -> None:
        self.breaker.clock.advance(seconds)

    @rule(ok=st.booleans())
    def probe(self, ok: bool) -> None:
        self.breaker.states.probe(ok=ok)

    @rule(
        number=st.integers(min_value=0, max_value=5), states=st.integers(min_value=1, max_value=12), cut=CUT
    )
    def execution_goes_on(self, number: int, states: int, cut: int | None) -> None:
        execution = self._execution(number)
        for _ in range(states if execution else 0):
            execution.advance(self._step(execution.restart, cut), self.breaker.clock.advance)
            cut = None

    @rule(number=NUMBER, event=EVENTS, after=AFTER)
    def execution_meets_another_call(self, number: int, event: Any, after: int) -> None:
        execution = self._execution(number)
        if execution is None:
            return
        self.breaker.life.meanwhile = (after, lambda: self._other(event))
        execution.advance(self._step(execution.restart, None), self.breaker.clock.advance)
        self.breaker.life.meanwhile = None

    @rule(first=st.sampled_from(["stop", "nothing"]), number=st.integers(min_value=0, max_value=45), cut=CUT)
    def a_whole_restart_on_a_good_day(self, first: str, number: int, cut: int | None) -> None:
        """So that closing is met often; one of its steps may be cut off."""
        self._mend()
        self.breaker.alarms.names.clear()
        if first == "stop":
            self._try({"command": "stop", "actor": "anna", "reason": "new image"}, None)
        told: dict[str, Any] = {}
        with suppress(Killed, AttendantError):
            told = self._call({"command": "restart", "actor": "boris"}, None)
        if "restart" not in told or not (execution := self._of(told["restart"])):
            return
        for step in range(200):
            execution.advance(
                self._step(execution.restart, cut if step == number else None), self.breaker.clock.advance
            )

    @rule(what=st.sampled_from(["capacity", "oncall", "alarms", "machine"]), broken=st.booleans())
    def something_breaks_or_is_mended(self, what: str, broken: bool) -> None:
        getattr(self.breaker, what).broken = broken

    @rule(ill=st.booleans(), wrong=st.booleans())
    def the_model_falls_ill_or_recovers(self, ill: bool, wrong: bool) -> None:
        self.breaker.capacity.ill = ill
        self.breaker.questions.wrong = ("salon/stock",) if wrong else ()

    @rule(number=st.integers(min_value=0, max_value=1))
    def somebody_else_changes_the_copies(self, number: int) -> None:
        self.breaker.capacity.wanted = number

    def _of(self, restart: str) -> Execution | None:
        if restart not in self.breaker.machine.started:
            return None
        return self.executions.setdefault(restart, Execution(DEFINITION, restart))

    def _execution(self, number: int) -> Execution | None:
        for restart in self.breaker.machine.started:
            self._of(restart)
        live = [each for each in self.executions.values() if each.end is None]
        return live[number % len(live)] if live else None

    def _step(self, restart: str, cut: int | None) -> Callable[[dict[str, Any]], dict[str, Any]]:
        return lambda event: self._call(event, cut, caller=restart)

    # what is promised

    @invariant()
    def on_call_is_told_once_an_incident(self) -> None:
        told = Counter(text.partition("Incident ")[2].split()[0] for _, text in self.breaker.oncall.messages)
        for incident, times in told.items():
            assert times <= 1 + self.told_and_killed[incident]

    @invariant()
    def half_open_lets_no_more_than_its_probes_through(self) -> None:
        now = self.breaker.states.standing
        if now.state is BreakerState.HALF_OPEN:
            assert now.probes_left >= 0
            assert now.probes_left + now.probes_ok + now.probes_failed == 3

    def teardown(self) -> None:
        if not hasattr(self, "breaker"):
            return
        self._mend()
        for _ in range(8):
            self.breaker.minute()
        self._ended_where_the_design_says()

    def _mend(self) -> None:
        breaker = self.breaker
        for part in (breaker.capacity, breaker.oncall, breaker.alarms, breaker.machine):
            part.broken = False
        breaker.capacity.ill = False
        breaker.questions.wrong = ()

    def _ended_where_the_design_says(self) -> None:
        """Whatever executions were left alone, the minutes have brought it to one of two ends."""
        breaker, now = self.breaker, self.breaker.states.standing
        record = breaker.records.record
        assert now.restart == ""
        assert now.state is not BreakerState.HALF_OPEN
        if breaker.alarms.names:
            assert now.shut
        if now.shut:
            assert (breaker.capacity.wanted, breaker.capacity.held) == (0, True)
            assert (record.status, record.wanted, record.slots) == ("stopped", 0, 0)
            assert now.capacity_down
            assert now.notified
            assert any(now.incident in text for _, text in breaker.oncall.messages)
        elif record.status == "asleep":
            assert self.sleep
            assert breaker.capacity.wanted == 0
        else:
            assert (breaker.capacity.wanted, breaker.capacity.held) == (1, False)
            assert (record.status, record.slots) == ("awake", 4)


class AnyOrderWithSleep(AnyOrder):
    sleep = (
        '{"time_zone": "Europe/Moscow", "asleep_from": "11:30", "awake_from": "13:00", "idle_minutes": 10}'
    )


OFTEN = settings(max_examples=settings.default.max_examples // 2, stateful_step_count=40)
TestAnyOrder = AnyOrder.TestCase
TestAnyOrder.settings = OFTEN
TestAnyOrderWithSleep = AnyOrderWithSleep.TestCase
TestAnyOrderWithSleep.settings = OFTEN
