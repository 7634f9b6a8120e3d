"""The tested restart: what an operator asks for, and the steps that the state machine calls one by one.

    raise_capacity -> check_health (again and again) -> golden_questions -> half_open -> watch (again and
    again) -> close;  from anywhere: give_up

A step tells an outcome: `next`, `wait` (the same step again), `failed` (give up) or `superseded`: whatever
happened meanwhile, this execution has no say any more, because the item names another restart or none. Every
step may be repeated. Refuses to know how the state machine waits and what it does when a step dies.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Protocol

from core.errors import StoreAway
from lambdas.adapters.alarms import Ringing
from lambdas.adapters.audit import AuditRecord
from lambdas.adapters.breaker import BreakerState
from lambdas.adapters.breaker_state import Standing
from lambdas.adapters.clock import Clock, to_iso
from lambdas.endpoint_breaker.shutdown import Cause, Shutdown, States

Outcome = dict[str, Any]
NEXT: Outcome = {"outcome": "next"}
WAIT: Outcome = {"outcome": "wait"}
SUPERSEDED: Outcome = {"outcome": "superseded"}
RESTARTER = "restart"
LOST_AFTER = timedelta(minutes=3)
"""No step waits or takes so long: a restart that was not heard of for that time is dead."""


class Alarms(Protocol):
    """Raises StoreAway."""

    def ringing(self) -> tuple[Ringing, ...]: ...

    def muted(self) -> bool: ...


class Questions(Protocol):
    def failed(self) -> tuple[str, ...]: ...


class Machine(Protocol):
    """Raises StoreAway."""

    def start(self, restart: str) -> None: ...


class Trail(Protocol):
    """Raise StoreAway."""

    def append(self, record: AuditRecord) -> AuditRecord: ...

    def newest(self, limit: int) -> list[AuditRecord]: ...


def failed(why: str) -> Outcome:
    return {"outcome": "failed", "why": why}


def names_of(ringing: tuple[Ringing, ...]) -> str:
    return ",".join(alarm.name for alarm in ringing)


def figures_of(ringing: tuple[Ringing, ...]) -> str:
    return "\n".join(f"{alarm.name}: {alarm.figures}" for alarm in ringing)


def shown(ringing: tuple[Ringing, ...], standing: Standing, now: datetime) -> list[dict[str, Any]]:
    """Each with the moment at which it is quiet at the latest. None: it rings for longer than what happened
    before the shut-down explains, so its cause is still there.
    """
    since = standing.since or now
    return [
        {
            "alarm": alarm.name,
            "figures": alarm.figures,
            "quiet_by": to_iso(alarm.quiet_by(since)) if alarm.quiet_by(since) > now else None,
        }
        for alarm in ringing
    ]


@dataclass(frozen=True, kw_only=True)
class Restart:
    """`startup`, `watch` and `probes` are the stage's."""

    shutdown: Shutdown
    alarms: Alarms
    questions: Questions
    machine: Machine
    audit: Trail
    clock: Clock
    new_id: Callable[[], str]
    startup: timedelta
    watch: timedelta
    probes: int

    @property
    def _states(self) -> States:
        return self.shutdown.states

    # what the operator asks for

    def request(self, actor: str) -> dict[str, Any]:
        """Starts a restart, or says politely why not."""
        before = self.shutdown.settle(self._states.read())
        if before.state is BreakerState.CLOSED:
            return self._refuse(actor, before, "closed")
        if before.restart:
            self._start_again(before)
            return self._refuse(actor, before, "running", restart=before.restart)
        ringing = self.alarms.ringing()
        if ringing:
            return self._refuse(actor, before, "ringing", ringing=shown(ringing, before, self.clock()))
        restart = self.new_id()
        claimed = replace(before, restart=restart, restart_at=self.clock(), restart_seen_at=None)
        record = self._record(actor, "restart", before, before.state, detail=restart)
        written = self._states.change(before, claimed, record)
        if written is None:
            return self._refuse(actor, before, "changed")
        try:
            self.machine.start(restart)
        except StoreAway:
            self._take_back(actor, written)
            raise
        return {"started": True, "restart": restart}

    def _take_back(self, actor: str, claimed: Standing) -> None:
        """An execution that began all the same finds itself superseded."""
        free = replace(claimed, restart="", restart_at=None)
        record = self._record(actor, "restart_refused", claimed, claimed.state, detail="not_started")
        self._states.change(claimed, free, record)

    def look_after(self, standing: Standing) -> None:
        """What the minute does about a restart: one that never began is started, one that died is over."""
        heard = standing.restart_seen_at or standing.restart_at or self.clock()
        if self.clock() - heard >= LOST_AFTER:
            self._open("restart_lost: its state machine was not heard of any more", standing.restart)
        else:
            self._start_again(standing)

    def _start_again(self, standing: Standing) -> None:
        """Whoever claimed the restart may have died before starting it."""
        if standing.restart_seen_at is None:
            self.machine.start(standing.restart)

    def _refuse(self, actor: str, standing: Standing, why: str, **more: Any) -> dict[str, Any]:
        record = self._record(actor, "restart_refused", standing, standing.state, detail=why)
        self.audit.append(record)
        return {"started": False, "refused": why, **more}

    # the steps

    def step(self, name: str, restart: str, told: dict[str, Any]) -> Outcome:
        """`told` is what the step before said, or what Step Functions says of its end."""
        if name == "give_up":
            return self._give_up(restart, told)
        standing = self._states.read()
        if standing.restart != restart:
            closed_already = name == "close" and standing.state is BreakerState.CLOSED
            return NEXT if closed_already else SUPERSEDED
        self._states.mark(standing, restart_seen_at=self.clock())
        return self._steps[name](standing)

    @property
    def _steps(self) -> dict[str, Callable[[Standing], Outcome]]:
        return {
            "raise_capacity": self._raise_capacity,
            "check_health": self._check_health,
            "golden_questions": self._golden_questions,
            "half_open": self._half_open,
            "watch": self._watch,
            "close": self._close,
        }

    def _raise_capacity(self, standing: Standing) -> Outcome:
        """Raises CapacityUnknown, as the next one does: the state machine tries again and gives up."""
        self._states.mark(standing, capacity_down=False)
        self.shutdown.power.up()
        now = self._states.read()
        if now.restart == standing.restart:
            return NEXT
        self.shutdown.keep_down(now)  # opened anew while we were at it
        return SUPERSEDED

    def _check_health(self, standing: Standing) -> Outcome:
        copies = self.shutdown.power.seen()
        if copies.wanted < 1:  # a minute that began before this restart took them away
            self._raise_capacity(standing)
            return WAIT
        if copies.ready:
            return NEXT
        begun = standing.restart_at or self.clock()
        return failed("startup_timeout") if self.clock() - begun >= self.startup else WAIT

    def _golden_questions(self, _standing: Standing) -> Outcome:
        names = self.questions.failed()
        return failed(f"golden_questions: {', '.join(names)}") if names else NEXT

    def _half_open(self, standing: Standing) -> Outcome:
        if standing.state is BreakerState.HALF_OPEN:
            return NEXT
        if ringing := self.alarms.ringing():
            return failed(f"{names_of(ringing)}: {figures_of(ringing)}")
        half_open = replace(
            standing,
            state=BreakerState.HALF_OPEN,
            since=self.clock(),
            restart_seen_at=self.clock(),
            probes_left=self.probes,
            probes_ok=0,
            probes_failed=0,
        )
        return self._move(standing, half_open, "half_open")

    def _watch(self, standing: Standing) -> Outcome:
        """Half open reads the alarms itself: the composite one may be ringing still and says nothing new."""
        if standing.state is not BreakerState.HALF_OPEN:
            return failed("not_half_open")
        if ringing := self.alarms.ringing():
            return failed(f"{names_of(ringing)}: {figures_of(ringing)}")
        if standing.probes_failed:
            return failed("probe_failed")
        since = standing.since or self.clock()
        return NEXT if self.clock() - since >= self.watch else WAIT

    def _close(self, standing: Standing) -> Outcome:
        if standing.state is not BreakerState.HALF_OPEN:
            return failed("not_half_open")
        if standing.probes_failed:
            return failed("probe_failed")
        closed = Standing(
            state=BreakerState.CLOSED,
            since=self.clock(),
            actor=RESTARTER,
            revision=standing.revision,
            incident=standing.incident,
            held=True,
        )
        return self._move(standing, closed, "close")

    def _move(self, before: Standing, after: Standing, action: str) -> Outcome:
        """A change that came too late is tried again by the state machine, on what holds then."""
        record = self._record(RESTARTER, action, before, after.state, detail=before.restart)
        written = self._states.change(before, after, record)
        if written is None:
            return WAIT
        self.shutdown.settle(written)
        return NEXT

    def _give_up(self, restart: str, told: dict[str, Any]) -> Outcome:
        why = str(told.get("why") or f"step_died: {told.get('Error', 'unknown')}")
        return NEXT if self._open(why, restart) else SUPERSEDED

    def _open(self, why: str, restart: str) -> bool:
        """Opens it anew, unless another restart or none is running; `why` is "code: words"."""
        code, _, detail = why.partition(": ")
        cause = Cause(action="give_up", actor=RESTARTER, reason=code, detail=detail)
        return self.shutdown.open(cause, only_if=lambda now: now.restart == restart).changed

    def _record(
        self, actor: str, action: str, standing: Standing, after: BreakerState, *, detail: str
    ) -> AuditRecord:
        return AuditRecord(
            at=self.clock(),
            actor=actor,
            action=action,
            before=standing.state.value,
            after=after.value,
            incident=standing.incident,
            detail=detail,
        )
