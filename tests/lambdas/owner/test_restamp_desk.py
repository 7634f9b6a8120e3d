"""A changed retention reaches what is kept already, in as many calls as it takes."""

from __future__ import annotations

from datetime import timedelta

import pytest

from core.dialogue import expiry
from core.facts import DocumentKind
from lambdas.adapters import restamping
from lambdas.adapters.owner_settings import OwnerSettingsReader
from lambdas.adapters.restamping import SETTLING_SECONDS
from lambdas.owner.restamp_desk import RestampDesk
from tests.fakes.clock import NOON
from tests.fakes.dialogue_data import session
from tests.fakes.owner_platform import OwnerPlatform
from tests.fakes.specs import owner

DAYS_10 = timedelta(days=10)


@pytest.fixture
def pauses() -> list[float]:
    return []


@pytest.fixture
def desk(platform: OwnerPlatform, pauses: list[float], monkeypatch: pytest.MonkeyPatch) -> RestampDesk:
    monkeypatch.setattr(restamping, "EMPTY_DAYS", 3)
    settings = owner(retention=DAYS_10).model_dump_json().encode()
    platform.put(DocumentKind.SETTINGS, settings, "settings/1")
    for number in range(2):
        platform.dialogues.open(session(f"S{number}", NOON - timedelta(days=number)))
    return RestampDesk(
        specs={"tester": platform.spec},
        dialogues=platform.dialogues,
        settings=OwnerSettingsReader(platform.documents),
        later=platform.later,
        telemetry=platform.telemetry,
        clock=platform.clock,
        pause=pauses.append,
    )


def test_everything_is_stamped_by_what_is_published_now(desk, platform, pauses) -> None:
    assert desk.run({"assistant": "tester", "newest": None}, lambda: 800.0) == {"items": 2}
    assert pauses == [SETTLING_SECONDS]
    assert platform.later.restamped == []
    for number in range(2):
        opened = NOON - timedelta(days=number)
        assert platform.dialogues.session(f"S{number}").expires_at == expiry(opened, DAYS_10)


def test_where_time_runs_out_another_call_goes_on(desk, platform) -> None:
    assert desk.run({"assistant": "tester", "newest": None}, lambda: 1.0) == {"items": 1}
    assert platform.later.restamped == [("tester", NOON.date() - timedelta(days=1))]
    assert desk.run({"assistant": "tester", "newest": "2026-11-22"}, lambda: 800.0) == {"items": 1}
