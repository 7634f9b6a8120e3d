"""The published page while the salon is closed, on the deployed stack, in every look.

Once as the owner left it, and once where the owner takes requests for the morning.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import TIME_ZONE
from tests.e2e.deployed_owner import Owner
from tests.e2e.visits import Visit
from tests.web.looks import in_looks, violations
from tests.web.steps import agree, open_widget

WANTED = {"name": "Анна", "phone": "+7 900 000-00-00"}


@pytest.fixture(scope="module", params=[False, True], ids=["assistant-alone", "requests-for-the-morning"])
def takes_requests(request: pytest.FixtureRequest, owner: Owner) -> Iterator[bool]:
    """Whether the owner switched them on. The salon is closed for days, wherever the day has begun."""
    week = owner.document("settings")["value"]["hours"]["week"]
    holidays = [(datetime.now(UTC) + timedelta(days=days)).date().isoformat() for days in (-1, 0, 1)]
    hours = {"time_zone": TIME_ZONE, "week": week, "holidays": holidays}
    with owner.settings(hours=hours, callbacks_outside_hours=request.param):
        yield request.param


@in_looks()
def test_the_assistant_and_a_request_where_the_owner_takes_them(takes_requests: bool, visit: Visit) -> None:
    page, words = visit.page, visit.words
    open_widget(page, words=words)
    expect(page.get_by_role("button", name=words.begin)).to_be_visible()
    expect(page.get_by_role("button", name=words.call_me)).to_be_hidden()
    agree(page, words)
    expect(page.locator(".office")).to_have_text(re.compile(words.closed_like))
    button = page.get_by_role("button", name=words.call_in_the_morning)
    if not takes_requests:
        expect(button).to_be_hidden()
        refused = visit.call("POST", "/callbacks", json=WANTED)
        assert (refused.status_code, refused.json()["error"]["code"]) == (409, "office_closed")
        assert visit.requests() == []
        return
    button.click()
    expect(page.get_by_text(words.morning)).to_be_visible()
    page.get_by_label(words.name).fill(WANTED["name"])
    page.get_by_label(words.phone).fill(WANTED["phone"])
    page.get_by_role("button", name=words.request_call, exact=True).click()
    expect(page.get_by_text(words.request_taken)).to_be_visible()
    (kept,) = visit.requests()
    assert {name: kept[name] for name in WANTED} == WANTED
    assert violations(page) == []
