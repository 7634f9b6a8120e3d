"""Which part of the breaker gets which. Refuses to build a client and to read the environment."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass

from core.prices import usd_per_hour
from lambdas.adapters.capacity import Capacity
from lambdas.adapters.clock import Clock, utc_now
from lambdas.adapters.telemetry import Telemetry
from lambdas.endpoint_breaker.desk import Desk
from lambdas.endpoint_breaker.minute import Awake, Minute
from lambdas.endpoint_breaker.power import Power, Records
from lambdas.endpoint_breaker.restart import Alarms, Machine, Questions, Restart, Trail
from lambdas.endpoint_breaker.settings import Settings
from lambdas.endpoint_breaker.shutdown import Shutdown, States, Telling


def new_id() -> str:
    return uuid.uuid4().hex


@dataclass(frozen=True, kw_only=True)
class Outside:
    """Everything that is not the breaker itself."""

    states: States
    records: Records
    capacity: Capacity
    oncall: Telling
    alarms: Alarms
    audit: Trail
    machine: Machine
    questions: Questions
    awake: Awake
    telemetry: Telemetry
    clock: Clock = utc_now
    new_id: Callable[[], str] = new_id


def assemble(settings: Settings, outside: Outside) -> Desk:
    power = Power(
        capacity=outside.capacity,
        records=outside.records,
        slots_per_copy=settings.model_slots,
        clock=outside.clock,
    )
    shutdown = Shutdown(
        stage=settings.stage,
        states=outside.states,
        power=power,
        oncall=outside.oncall,
        telemetry=outside.telemetry,
        clock=outside.clock,
        new_id=outside.new_id,
    )
    restart = Restart(
        shutdown=shutdown,
        alarms=outside.alarms,
        questions=outside.questions,
        machine=outside.machine,
        audit=outside.audit,
        clock=outside.clock,
        new_id=outside.new_id,
        startup=settings.startup,
        watch=settings.watch,
        probes=settings.probes,
    )
    minute = Minute(
        shutdown=shutdown,
        restart=restart,
        alarms=outside.alarms,
        audit=outside.audit,
        awake=outside.awake,
        telemetry=outside.telemetry,
        clock=outside.clock,
        wish=settings.sleep,
        usd_per_hour=lambda copies: _usd_per_hour(settings, copies),
        startup=settings.startup,
    )
    return Desk(
        shutdown=shutdown,
        restart=restart,
        minute=minute,
        alarms=outside.alarms,
        audit=outside.audit,
        telemetry=outside.telemetry,
        clock=outside.clock,
    )


def _usd_per_hour(settings: Settings, copies: int) -> float:
    """An endpoint without instances of ours costs nothing by the hour. Raises PriceUnknown."""
    if not settings.instance_type:
        return 0.0
    return usd_per_hour(settings.instance_type, copies, region=settings.region)
