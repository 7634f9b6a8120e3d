"""The growing text: seldom written, never late, and silent after its end."""

from __future__ import annotations

import time
from typing import Any

import pytest

from core.errors import LostClaim
from core.measures import Measure
from lambdas.answer import draft as draft_module
from lambdas.answer.draft import Draft
from tests.fakes.clock import FakeClock
from tests.fakes.dialogue_data import session, turn
from tests.fakes.telemetry import FakeTelemetry


class Writes:
    def __init__(self) -> None:
        self.texts: list[tuple[str, bool]] = []
        self.lost = False

    def write_draft(self, _turn: Any, text: str, *, first: bool) -> None:
        if self.lost:
            raise LostClaim
        self.texts.append((text, first))


@pytest.fixture
def writes(monkeypatch: pytest.MonkeyPatch) -> Writes:
    monkeypatch.setattr(draft_module, "INTERVAL_SECONDS", 0.1)
    return Writes()


def draft_of(writes: Writes, telemetry: FakeTelemetry | None = None, clock: FakeClock | None = None) -> Draft:
    return Draft(writes, turn(session()), telemetry or FakeTelemetry(), clock=clock or FakeClock())


def test_the_first_text_at_once_the_next_ones_together(writes: Writes) -> None:
    with draft_of(writes) as draft:
        for text in ("а", "аб", "абв"):
            draft.publish(text)
        assert writes.texts == [("а", True)]
        time.sleep(0.25)
        assert writes.texts == [("а", True), ("абв", False)]


def test_nothing_is_written_after_the_end(writes: Writes) -> None:
    with draft_of(writes) as draft:
        draft.publish("а")
        draft.publish("аб")
    time.sleep(0.2)
    assert writes.texts == [("а", True)]
    assert draft.shown == "а"


def test_the_same_text_is_not_written_twice(writes: Writes) -> None:
    with draft_of(writes) as draft:
        draft.publish("а")
        time.sleep(0.12)
        draft.publish("а")
    assert writes.texts == [("а", True)]


def test_a_lost_claim_reaches_the_flow(writes: Writes) -> None:
    with draft_of(writes) as draft:
        draft.publish("а")
        writes.lost = True
        draft.publish("аб")
        time.sleep(0.2)
        with pytest.raises(LostClaim):
            draft.publish("абв")


def test_how_long_the_first_text_was_waited_for_is_told_once(writes: Writes) -> None:
    telemetry, clock = FakeTelemetry(), FakeClock()
    clock.advance(1.5)
    with draft_of(writes, telemetry, clock) as draft:
        draft.publish("а")
        clock.advance(1)
        draft.publish("аб")
        time.sleep(0.2)
    assert telemetry.measured == [(Measure.FIRST_TEXT_MILLISECONDS, 1_500, "tester")]


def test_what_does_not_go_on_from_what_was_read_is_left_to_the_end(writes: Writes) -> None:
    with draft_of(writes) as draft:
        draft.publish("Около получаса.")
        draft.publish("Бесплатно, около получаса.")
        time.sleep(0.25)
    assert writes.texts == [("Около получаса.", True)]
    assert draft.shown == "Около получаса."  # so the end knows that it replaces what was read
