"""A worker and a reconciler on the fake platform."""

from __future__ import annotations

from lambdas.adapters.owner_settings import OwnerSettingsReader
from lambdas.adapters.turn_queue import TurnPointer
from lambdas.answer.worker import Delivery, Worker
from lambdas.reconcile.reconciler import Reconciler
from tests.fakes.flow import FakeFlow
from tests.fakes.platform import FakePlatform

SECONDS = 60.0


def make_worker(platform: FakePlatform, flow: FakeFlow) -> Worker:
    return Worker(
        spec=platform.specs["tester"],
        flow=flow,
        turns=platform.turns,
        sessions=platform.dialogues,
        queue=platform.queue,
        endpoint=platform.gate,
        settings=OwnerSettingsReader(platform.documents),
        telemetry=platform.telemetry,
        clock=platform.clock,
    )


def make_reconciler(platform: FakePlatform) -> Reconciler:
    return Reconciler(
        specs=platform.specs,
        turns=platform.unfinished,
        queue=platform.queue,
        endpoint=platform.gate,
        settings=OwnerSettingsReader(platform.documents),
        telemetry=platform.telemetry,
        clock=platform.clock,
    )


def delivery(pointer: TurnPointer, seconds: float = SECONDS) -> Delivery:
    return Delivery(pointer, "receipt", lambda: seconds)
