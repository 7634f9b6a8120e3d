"""A visit is counted without a session, a token or a consent, and leaves nothing of whose it was."""

from __future__ import annotations

from typing import Any

import pytest

from core.errors import StoreAway
from core.visits import Visit
from tests.fakes.platform import FakePlatform
from tests.lambdas.api.test_dialogue import code, fields

LEFT = {"seconds": 65, "used_assistant": False}


def tell(platform: FakePlatform, body: Any, assistant: str = "tester") -> Any:
    return platform.client.post(f"/v1/{assistant}/visits", json=body)


def test_a_visit_is_counted(platform: FakePlatform) -> None:
    answer = tell(platform, LEFT)
    assert (answer.status_code, answer.content) == (204, b"")
    assert tell(platform, LEFT | {"seconds": 0, "used_assistant": True, "campaign": None}).status_code == 204
    assert platform.visits.counted == [
        ("tester", Visit(65, used_assistant=False), None),
        ("tester", Visit(0, used_assistant=True), None),
    ]
    assert not platform.store.sessions


def test_only_a_campaign_that_there_is_counts_apart(platform: FakePlatform) -> None:
    platform.store.gifts_left = {"autumn": []}
    for campaign in ("autumn", "made-up"):
        assert tell(platform, LEFT | {"campaign": campaign}).status_code == 204
    assert [campaign for _, _, campaign in platform.visits.counted] == ["autumn", None]


def test_who_is_no_assistant_has_no_visits(platform: FakePlatform) -> None:
    assert code(tell(platform, LEFT, "nobody")) == (404, "not_found")


def test_a_store_that_is_away(platform: FakePlatform, monkeypatch: pytest.MonkeyPatch) -> None:
    def away(*_: Any) -> None:
        raise StoreAway

    monkeypatch.setattr(platform.visits, "count", away)
    assert code(tell(platform, LEFT)) == (503, "unavailable")


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"used_assistant": True}, "seconds"),
        (LEFT | {"seconds": -1}, "seconds"),
        (LEFT | {"seconds": 86_401}, "seconds"),
        (LEFT | {"seconds": 1.5}, "seconds"),
        (LEFT | {"seconds": True}, "seconds"),
        (LEFT | {"seconds": "5"}, "seconds"),
        (LEFT | {"seconds": 10**400}, "seconds"),
        ({"seconds": 5}, "used_assistant"),
        (LEFT | {"used_assistant": 1}, "used_assistant"),
        (LEFT | {"campaign": "a#b"}, "campaign"),
        (LEFT | {"campaign": "a" * 65}, "campaign"),
        (LEFT | {"session_id": "S1"}, "session_id"),
        ([], "body"),
    ],
)
def test_wrong_visits(platform: FakePlatform, body: Any, field: str) -> None:
    answer = tell(platform, body)
    assert code(answer) == (422, "invalid_input")
    assert set(fields(answer)) == {field}
    assert platform.visits.counted == []
