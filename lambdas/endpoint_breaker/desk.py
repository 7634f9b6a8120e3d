"""The desk where every order comes in: alarms, operators, the clock and the state machine.

Knows who is asked for what, what is recorded of it and what an operator is shown. Refuses to act itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, assert_never

from core.errors import StoreAway
from lambdas.adapters.alarms import Ringing
from lambdas.adapters.audit import AuditRecord
from lambdas.adapters.breaker import BreakerState
from lambdas.adapters.breaker_state import Standing
from lambdas.adapters.clock import Clock, to_iso
from lambdas.adapters.telemetry import Telemetry
from lambdas.endpoint_breaker.minute import Minute
from lambdas.endpoint_breaker.orders import (
    AlarmNotice,
    Command,
    History,
    RestartOrder,
    Status,
    Step,
    Stop,
    Tick,
    Wake,
    read,
)
from lambdas.endpoint_breaker.restart import Alarms, Restart, Trail, figures_of, names_of, shown
from lambdas.endpoint_breaker.shutdown import Cause, Opened, Shutdown

ALARM = "alarm"
OPERATOR = "operator"


@dataclass(frozen=True, kw_only=True)
class Desk:
    shutdown: Shutdown
    restart: Restart
    minute: Minute
    alarms: Alarms
    audit: Trail
    telemetry: Telemetry
    clock: Clock

    def handle(self, event: dict[str, Any]) -> dict[str, Any]:
        """What the caller is told; the state machine reads `outcome`."""
        order = read(event)
        if isinstance(order, tuple):
            return {"opened": [self._alarm(notice) for notice in order]}
        if isinstance(order, Step):
            return self.restart.step(order.step, order.restart, order.told)
        return self._obey(order)

    def _obey(self, order: Command) -> dict[str, Any]:
        match order:
            case Tick():
                return _state(self.minute.run())
            case Wake():
                return {"waking": self.minute.wake(order.actor)}
            case Stop():
                return self._stop(order)
            case RestartOrder():
                return self.restart.request(order.actor)
            case Status():
                return self._status(order)
            case History():
                return self._history(order)
            case _:
                assert_never(order)

    def _alarm(self, notice: AlarmNotice) -> bool:
        """Whether this notification has opened the breaker. SNS may bring it twice, and late: one that is
        older than the present state has been dealt with, unless something rings this moment.
        """
        if notice.state != "ALARM":
            return False
        ringing = self._ringing()
        standing = self.shutdown.states.read()
        if ringing == () and standing.since is not None and notice.changed_at <= standing.since:
            self.telemetry.tell("alarm_out_of_date", alarm=notice.name)
            return False
        cause = Cause(
            action="trip",
            actor=ALARM,
            reason=names_of(ringing) if ringing else notice.name,
            detail=figures_of(ringing) if ringing else notice.figures,
        )
        return self.shutdown.open(cause).changed

    def _ringing(self) -> tuple[Ringing, ...] | None:
        """None when CloudWatch cannot be asked: then the notification is believed."""
        try:
            return self.alarms.ringing()
        except StoreAway as error:
            self.telemetry.alarm("alarms_unknown", error)
            return None

    def _muted(self) -> bool | None:
        try:
            return self.alarms.muted()
        except StoreAway as error:
            self.telemetry.alarm("alarms_unknown", error)
            return None

    def _stop(self, order: Stop) -> dict[str, Any]:
        cause = Cause(action="stop", actor=order.actor, reason=OPERATOR, detail=order.reason)
        opened: Opened = self.shutdown.open(cause)
        return {"stopped": opened.changed, **_state(opened.standing)}

    def _status(self, order: Status) -> dict[str, Any]:
        standing = self.shutdown.states.read()
        if order.actor is not None:
            self._looked(order.actor, "status", standing)
        record = self.shutdown.power.records.read()
        ringing = self._ringing()
        return {
            **_state(standing),
            "capacity": {
                "status": record.status.value,
                "wanted": record.wanted,
                "ready": record.ready,
                "slots": record.slots,
            },
            "ringing": None if ringing is None else shown(ringing, standing, self.clock()),
            "muted": self._muted(),
        }

    def _history(self, order: History) -> dict[str, Any]:
        self._looked(order.actor, "history", self.shutdown.states.read())
        records = self.audit.newest(order.limit)
        return {"history": [{**vars(record), "at": to_iso(record.at)} for record in records]}

    def _looked(self, actor: str, action: str, standing: Standing) -> None:
        state = standing.state.value
        self.audit.append(AuditRecord(at=self.clock(), actor=actor, action=action, before=state, after=state))


def _state(standing: Standing) -> dict[str, Any]:
    """Without what is empty."""
    told: dict[str, Any] = {
        "state": standing.state.value,
        "since": to_iso(standing.since) if standing.since else None,
        "reason": standing.reason,
        "detail": standing.detail,
        "by": standing.actor,
        "incident": standing.incident,
        "restart": standing.restart,
    }
    if standing.state is BreakerState.HALF_OPEN:
        told |= {name: getattr(standing, name) for name in ("probes_left", "probes_ok", "probes_failed")}
    return {name: value for name, value in told.items() if value not in ("", None)}
