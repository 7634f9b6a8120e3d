"""Durations, times and office hours as sentences, in the modules that the page loads."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page

pytestmark = pytest.mark.e2e

NOW = "2026-11-21T12:00:00Z"


@pytest.fixture
def call(page: Page) -> Any:
    """Calls an exported function of one of the page's modules; moments travel as ISO text."""
    page.goto("/icon.svg")  # any page of the origin will do

    def call(module: str, function: str, *arguments: Any) -> Any:
        script = """async ([module, name, given]) => {
            const value = given.map((each) => (each?.now ? new Date(each.now) : each));
            return (await import(module))[name](...value);
        }"""
        return page.evaluate(script, [f"/{module}.js", function, list(arguments)])

    return call


@pytest.mark.parametrize(
    ("iso", "words"),
    [
        ("P90D", "90 дней"),
        ("P1D", "1 день"),
        ("P2D", "2 дня"),
        ("P11D", "11 дней"),
        ("P21D", "21 день"),
        ("P112D", "112 дней"),
        ("PT1M", "1 минуту"),
        ("PT30M", "30 минут"),
        ("P1DT12H", "1 день 12 часов"),
        ("PT1H1M1S", "1 час 1 минуту 1 секунду"),
        ("P1M", "1 месяц"),
        ("P1Y", "1 год"),
        ("PT0S", None),
        ("P", None),
        ("три дня", None),
        (None, None),
    ],
)
def test_durations(call: Any, iso: str | None, words: str | None) -> None:
    spoken = call("russian", "duration", iso)
    assert (spoken and spoken.replace("\u00a0", " ")) == words


@pytest.mark.parametrize(
    ("iso", "zone", "moment"),
    [
        ("2026-11-21T07:15:00Z", "Europe/Moscow", {"clock": "10:15", "day": None}),
        ("2026-11-20T07:15:00Z", "Europe/Moscow", {"clock": "10:15", "day": "20 ноября"}),
        ("2026-11-21T20:30:00Z", "Asia/Yekaterinburg", {"clock": "01:30", "day": "22 ноября"}),
        ("2026-11-21T07:15:00Z", "Nowhere/Land", {"clock": "10:15", "day": None}),
        ("yesterday", "Europe/Moscow", None),
        (None, None, None),
    ],
)
def test_moments(call: Any, iso: str | None, zone: str | None, moment: dict[str, Any] | None) -> None:
    assert call("russian", "moment", iso, zone, {"now": NOW}) == moment


@pytest.mark.parametrize(
    ("office", "text"),
    [
        ({"open": True, "closes_at": "2026-11-21T17:00:00Z"}, "Салон открыт до 20:00"),
        ({"open": False, "opens_at": "2026-11-21T15:00:00Z"}, "Салон закрыт, откроется в 18:00"),
        ({"open": False, "opens_at": "2026-11-22T07:00:00Z"}, "Салон закрыт, откроется 22 ноября в 10:00"),
        ({"open": False, "opens_at": None}, "Салон закрыт"),
        ({"open": True, "closes_at": None}, "Салон открыт"),
    ],
)
def test_office(call: Any, office: dict[str, Any], text: str) -> None:
    line = call("office", "officeLine", office | {"time_zone": "Europe/Moscow"}, {"now": NOW})
    assert line == {"open": office["open"], "text": text}


@pytest.mark.parametrize(
    ("text", "glued"),
    [
        ("5 150 000 ₽, пробег 44 300 км.", "5_150_000_₽, пробег 44_300_км."),
        ("C 180, 2023 год, 2 машины", "C 180, 2023 год, 2 машины"),
        ("до 6 000 000 рублей", "до 6_000_000_рублей"),
        ("GLC 300 4MATIC", "GLC 300 4MATIC"),
    ],
)
def test_numbers_do_not_break(call: Any, text: str, glued: str) -> None:
    assert call("russian", "unbroken", text).replace("\u00a0", "_") == glued


def test_no_office_no_line(call: Any) -> None:
    assert call("office", "officeLine", None) is None
