"""Requests to be called back: a list to work through, by more than one person."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from core.dialogue import Callback
from tests.fakes.clock import NOON
from tests.fakes.dialogue_data import RETENTION, session
from tests.fakes.owner_platform import EMAIL, OwnerPlatform


def asked(
    platform: OwnerPlatform, name: str, ago: timedelta = timedelta(), assistant: str = "tester"
) -> None:
    now = NOON - ago
    platform.dialogues.open(session(name, now, assistant=assistant))
    platform.dialogues.request_callback(
        Callback(
            callback_id=f"c-{name}",
            session_id=name,
            assistant=assistant,
            name="Анна",
            phone="+7 900 123-45-67",
            created_at=now,
            expires_at=now + RETENTION,
        )
    )


def change(platform: OwnerPlatform, name: str, state: str, expected: str, **body: Any) -> Any:
    path = f"/tester/callbacks/{name}/c-{name}"
    return platform.call("PATCH", path, json={"state": state, "expected_state": expected, **body})


def listed(platform: OwnerPlatform, state: str | None = None) -> list[str]:
    query = {"state": state} if state else {}
    told = platform.read("/tester/callbacks", **query).json()
    return [callback["callback_id"] for callback in told["callbacks"]]


def test_who_waits_longest_comes_first_and_hours_are_the_salons(platform: OwnerPlatform) -> None:
    asked(platform, "S1")
    asked(platform, "S2", ago=timedelta(days=2, hours=3))
    asked(platform, "S3", ago=timedelta(days=91))
    asked(platform, "S4", assistant="other")
    told = platform.read("/tester/callbacks").json()
    assert [callback["callback_id"] for callback in told["callbacks"]] == ["c-S2", "c-S1"]
    assert told["callbacks"][1]["phone"] == "+7 900 123-45-67"
    assert told["by_hour"] == [int(hour in (9, 12)) for hour in range(24)]


def test_a_request_is_worked_on_and_may_wait_again(platform: OwnerPlatform) -> None:
    asked(platform, "S1")
    done = change(platform, "S1", "no_answer", "waiting", note="звонили дважды").json()
    assert (done["state"], done["note"], done["changed_by"]) == ("no_answer", "звонили дважды", EMAIL)
    assert done["changed_at"].startswith("2026-11-23T09:00")
    assert (listed(platform), listed(platform, "no_answer")) == ([], ["c-S1"])
    assert change(platform, "S1", "waiting", "no_answer").status_code == 200
    assert change(platform, "S1", "done", "waiting").status_code == 200
    assert listed(platform, "all") == listed(platform, "done") == ["c-S1"]
    records = platform.audit.of("callback#tester")
    assert [(each.before, each.after) for each in reversed(records)] == [
        ("waiting", "no_answer"),
        ("no_answer", "waiting"),
        ("waiting", "done"),
    ]
    assert "Анна" not in str(records)


def test_two_people_at_one_list_do_not_undo_each_other(platform: OwnerPlatform) -> None:
    asked(platform, "S1")
    assert change(platform, "S1", "done", "waiting").status_code == 200
    late = change(platform, "S1", "no_answer", "waiting")
    assert (late.status_code, late.json()["error"]["code"]) == (409, "callback_changed")
    assert listed(platform, "done") == ["c-S1"]


def test_a_request_of_another_assistant_or_of_nobody_is_not_found(platform: OwnerPlatform) -> None:
    asked(platform, "S4", assistant="other")
    asked(platform, "S3", ago=timedelta(days=91))
    for name in ("S4", "S3", "S9"):
        assert change(platform, name, "done", "waiting").status_code == 404


@pytest.mark.parametrize(
    "body",
    [
        {"state": "lost", "expected_state": "waiting"},
        {"state": "done"},
        {"state": "done", "expected_state": "waiting", "note": "x" * 1_001},
        {"state": "done", "expected_state": "waiting", "phone": "1"},
        {"state": ["done"], "expected_state": "waiting"},
    ],
)
def test_a_change_that_makes_no_sense_is_told(platform: OwnerPlatform, body: dict[str, Any]) -> None:
    asked(platform, "S1")
    assert platform.call("PATCH", "/tester/callbacks/S1/c-S1", json=body).status_code == 422
    assert listed(platform) == ["c-S1"]
