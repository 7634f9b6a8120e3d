"""The endpoint is shut down: the state first, then its capacity, then one message to on-call.

The state is one conditional write together with its audit record; everything after it follows from what is
written and may be done again: by the same call, by SNS when the call died, or by the next minute
(`minute.py`). So a call that is killed anywhere leaves nothing but work for the next one. Refuses to know who
may ask for it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from core.errors import CapacityUnknown, StoreAway
from lambdas.adapters.audit import AuditRecord
from lambdas.adapters.breaker import BreakerState, CapacityStatus
from lambdas.adapters.breaker_state import Standing
from lambdas.adapters.clock import Clock
from lambdas.adapters.telemetry import Telemetry
from lambdas.endpoint_breaker.notice import notice
from lambdas.endpoint_breaker.power import Power

ATTEMPTS = 10
TELLING = timedelta(seconds=60)
"""Longer than the function may run: who has claimed the message and not sent it by then is dead."""


class States(Protocol):
    """Raise StoreAway."""

    def read(self) -> Standing: ...

    def change(self, before: Standing, after: Standing, record: AuditRecord) -> Standing | None: ...

    def note(self, before: Standing, record: AuditRecord) -> bool: ...

    def mark(self, standing: Standing, **marks: bool | datetime) -> bool: ...

    def claim_notice(self, incident: str, now: datetime, until: datetime) -> bool: ...

    def told(self, incident: str) -> None: ...


class Telling(Protocol):
    """Raises StoreAway."""

    def tell(self, subject: str, text: str) -> None: ...


@dataclass(frozen=True, kw_only=True)
class Cause:
    """Why: `action` and `actor` for the audit, `reason` code-like, `detail` in words, for on-call."""

    action: str
    actor: str
    reason: str
    detail: str = ""


@dataclass(frozen=True, kw_only=True)
class Opened:
    """`standing` is what holds now; `changed` whether this very call has opened it."""

    standing: Standing
    changed: bool


@dataclass(frozen=True, kw_only=True)
class Shutdown:
    stage: str
    states: States
    power: Power
    oncall: Telling
    telemetry: Telemetry
    clock: Clock
    new_id: Callable[[], str]

    def open(self, cause: Cause, only_if: Callable[[Standing], bool] = lambda _: True) -> Opened:
        """Opens the breaker and does what follows from it; where it is shut already, that is recorded.

        A running restart ends with it: the endpoint is on its way up, so this is a new shut-down with a
        message of its own. `only_if` fences callers whose time is over.
        """
        for _ in range(ATTEMPTS):
            before = self.states.read()
            if not only_if(before):
                return Opened(standing=before, changed=False)
            if before.shut:
                if self.states.note(before, self._record(cause, before, before.incident)):
                    return Opened(standing=self.settle(before), changed=False)
                continue
            opened = self._opened(cause, before)
            written = self.states.change(before, opened, self._record(cause, before, opened.incident))
            if written is not None:
                self.telemetry.tell("breaker_opened", reason=cause.reason, incident=written.incident)
                return Opened(standing=self.settle(written), changed=True)
        raise StoreAway("the breaker's state changes faster than it can be written")

    def settle(self, standing: Standing) -> Standing:
        """Brings about what the state says, until it has stopped changing meanwhile; what holds then."""
        for _ in range(ATTEMPTS):
            self._bring_about(standing)
            now = self.states.read()
            if now.revision == standing.revision:
                return now
            standing = now
        return standing

    def keep_down(self, standing: Standing) -> None:
        """What came up behind the back of an open breaker goes down again."""
        if standing.shut:
            self._capacity_down(standing)

    def _opened(self, cause: Cause, before: Standing) -> Standing:
        return Standing(
            state=BreakerState.OPEN,
            since=self.clock(),
            reason=cause.reason,
            detail=cause.detail,
            actor=cause.actor,
            revision=before.revision,
            incident=self.new_id(),
            held=True,
        )

    def _record(self, cause: Cause, before: Standing, incident: str) -> AuditRecord:
        return AuditRecord(
            at=self.clock(),
            actor=cause.actor,
            action=cause.action,
            before=before.state.value,
            after=BreakerState.OPEN.value,
            incident=incident,
            detail="\n".join(part for part in (cause.reason, cause.detail) if part),
        )

    def _bring_about(self, standing: Standing) -> None:
        if standing.state is BreakerState.OPEN:
            down = standing.capacity_down
            if standing.shut and not down:
                down = self._capacity_down(standing)
            if not standing.notified:
                self._tell_oncall(standing, capacity_down=down)
        elif standing.state is BreakerState.CLOSED and standing.held:
            self._release(standing)

    def _capacity_down(self, standing: Standing) -> bool:
        """On-call is told even if the capacity cannot be switched: the next minute tries it again."""
        try:
            self.power.down(CapacityStatus.STOPPED)
        except CapacityUnknown as error:
            self.telemetry.alarm("capacity_not_down", error, incident=standing.incident)
            return False
        return self.states.mark(standing, capacity_down=True)

    def _tell_oncall(self, standing: Standing, *, capacity_down: bool) -> None:
        """Only who has claimed it tells. Should we die between telling and marking, the message is told
        again, with the same incident: no order of the two could tell it exactly once.
        """
        now = self.clock()
        if not self.states.claim_notice(standing.incident, now, now + TELLING):
            return
        try:
            self.oncall.tell(*notice(standing, stage=self.stage, capacity_down=capacity_down))
        except StoreAway as error:
            self.telemetry.alarm("notice_not_sent", error, incident=standing.incident)
            return
        self.states.told(standing.incident)

    def _release(self, standing: Standing) -> None:
        try:
            self.power.release()
        except CapacityUnknown as error:
            self.telemetry.alarm("scaling_not_released", error)
            return
        self.states.mark(standing, held=False)
