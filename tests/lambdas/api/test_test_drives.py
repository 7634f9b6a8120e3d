"""A wish for a test drive: checked against the stock and the hours, kept once beside the callbacks."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from core.dialogue import CallbackKind
from core.facts import DocumentKind
from core.spec import Capability
from tests.fakes.platform import FakePlatform, Visitor
from tests.fakes.specs import owner, spec

NIGHT = datetime(2026, 11, 23, 20, 0, tzinfo=UTC)  # 23:00 in Moscow, a Monday
VIN = "W1K2060411A001114"
STOCK = {
    "cars": [
        {
            "vin": VIN, "model": "C 180", "class_name": "C-Class", "body": "седан", "year": 2023,
            "fuel": "бензин", "color": "чёрный", "mileage_km": 0, "price_rub": 5_490_000,
            "updated_at": "2026-11-20T10:00:00",
        }
    ]
}  # fmt: skip
WISH = {
    "booking_id": "b-1", "name": "Иван", "phone": "+7 (900) 123-45-67", "car": "c 180", "day": "2026-11-24",
    "time": "12:30",
}  # fmt: skip


@pytest.fixture
def platform() -> FakePlatform:
    return stocked(FakePlatform())


def stocked(platform: FakePlatform) -> FakePlatform:
    platform.documents.put("tester", DocumentKind.SNAPSHOT, json.dumps(STOCK).encode(), "s2")
    return platform


def fields(answer: Any) -> set[str]:
    return {wrong["field"] for wrong in answer.json()["error"]["fields"]}


def test_it_is_kept_with_what_operators_need(platform: FakePlatform, visitor: Visitor) -> None:
    booked = visitor.call("POST", "/test-drives", json=WISH)
    assert booked.status_code == 201, booked.text
    assert "тест-драйв" in booked.json()["message"]
    (kept,) = platform.dialogues.callbacks(visitor.session_id)
    assert (kept.kind, kept.name, kept.phone) == (CallbackKind.TEST_DRIVE, "Иван", "+7 (900) 123-45-67")
    assert kept.car == "C 180"
    assert kept.wished_at == datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
    by_vin = visitor.call("POST", "/test-drives", json=WISH | {"booking_id": "b-2", "car": VIN.lower()})
    assert by_vin.status_code == 201
    assert {each.car for each in platform.dialogues.callbacks(visitor.session_id)} == {
        "C 180",
        f"C 180, VIN {VIN}",
    }


def test_the_same_booking_is_kept_once(platform: FakePlatform, visitor: Visitor) -> None:
    first = visitor.call("POST", "/test-drives", json=WISH)
    platform.clock.now = NIGHT  # a retry is no new wish, whatever the hour
    assert visitor.call("POST", "/test-drives", json=WISH).json() == first.json()
    changed = visitor.call("POST", "/test-drives", json=WISH | {"time": "13:00"})
    assert (changed.status_code, changed.json()["error"]["code"]) == (409, "booking_changed")
    assert len(platform.store.callbacks) == 1


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"car": "S 500"}, "car"),
        ({"car": " "}, "car"),
        ({"day": "2026-11-22"}, "day"),  # yesterday
        ({"day": "2026-11-23", "time": "11:00"}, "day"),  # an hour ago
        ({"day": "2026-11-28"}, "day"),  # a day off
        ({"day": "2027-03-01"}, "day"),
        ({"day": "2026-02-30"}, "day"),
        ({"day": "завтра"}, "day"),
        ({"day": 20261124}, "day"),
        ({"time": "08:59"}, "time"),
        ({"time": "21:00"}, "time"),
        ({"time": "25:00"}, "time"),
        ({"time": "9:00"}, "time"),
        ({"phone": "12345"}, "phone"),
        ({"name": ""}, "name"),
        ({"booking_id": "a b"}, "booking_id"),
        ({"vin": VIN}, "vin"),
    ],
)
def test_a_wrong_wish_names_its_field(
    platform: FakePlatform, visitor: Visitor, change: dict[str, Any], field: str
) -> None:
    answer = visitor.call("POST", "/test-drives", json=WISH | change)
    assert (answer.status_code, fields(answer)) == (422, {field})
    assert not platform.store.callbacks


def test_out_of_hours_as_callbacks_are(platform: FakePlatform, visitor: Visitor) -> None:
    platform.clock.now = NIGHT
    refused = visitor.call("POST", "/test-drives", json=WISH)
    assert (refused.status_code, refused.json()["error"]["code"]) == (409, "office_closed")
    settings = owner(callbacks_outside_hours=True).model_dump_json().encode()
    platform.documents.put("tester", DocumentKind.SETTINGS, settings, "v2")
    assert visitor.call("POST", "/test-drives", json=WISH).status_code == 201


def test_an_assistant_without_them() -> None:
    visitor = stocked(FakePlatform(spec(capabilities={Capability.INVENTORY, Capability.CALLBACKS}))).open()
    assert visitor.call("POST", "/test-drives", json=WISH).status_code == 404


def test_a_stranger_books_nothing(platform: FakePlatform, visitor: Visitor) -> None:
    answer = platform.client.post(visitor.path + "/test-drives", json=WISH)
    assert answer.status_code == 401
