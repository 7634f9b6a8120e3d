"""Durations, times and office hours as sentences, in both languages."""

from __future__ import annotations

import subprocess
from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.web.conftest import NODE, ROOT

pytestmark = pytest.mark.e2e

NOW = "2026-11-21T12:00:00Z"


BUNDLE = """
import * as esbuild from "esbuild";
const names = ["language", "office", "plain_text"];
const contents = names.map((name) => `export * from "./web/src/widget/${name}";`).join("");
const stdin = { contents, resolveDir: "." };
const made = await esbuild.build({ stdin, bundle: true, format: "esm", write: false });
process.stdout.write(made.outputFiles[0].text);
"""
CALL = """async ([source, name, code, given]) => {
    const module = await import(URL.createObjectURL(new Blob([source], { type: "text/javascript" })));
    const language = module.Language.of(code);
    const value = (each) => (each?.now ? new Date(each.now) : each === "language" ? language : each);
    const values = given.map(value);
    return name in module ? module[name](...values) : language[name](...values);
}"""


@pytest.fixture(scope="module")
def call(browser: Browser) -> Any:
    """Calls a function of the widget's, or of its Russian or English; moments travel as ISO text."""
    node = [NODE, "--input-type=module", "--eval", BUNDLE]
    source = subprocess.run(node, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    page = browser.new_page(timezone_id="Europe/Moscow")

    def call(function: str, *arguments: Any, language: str = "ru") -> Any:
        return page.evaluate(CALL, [source, function, language, list(arguments)])

    yield call
    page.close()


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
    spoken = call("duration", iso)
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
    assert call("moment", iso, zone, {"now": NOW}) == moment


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
    line = call("officeLine", office | {"time_zone": "Europe/Moscow"}, "language", {"now": NOW})
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
    assert call("unbroken", text).replace("\u00a0", "_") == glued


def test_no_office_no_line(call: Any) -> None:
    assert call("officeLine", None, "language") is None


@pytest.mark.parametrize(("iso", "words"), [("P90D", "90 days"), ("P1D", "1 day"), ("PT30M", "30 minutes")])
def test_durations_in_english(call: Any, iso: str, words: str) -> None:
    assert call("duration", iso, language="en-US").replace("\u00a0", " ") == words


def test_office_in_english(call: Any) -> None:
    office = {"open": False, "opens_at": "2026-11-22T07:00:00Z", "time_zone": "Europe/Moscow"}
    line = call("officeLine", office, "language", {"now": NOW}, language="en")
    assert line == {"open": False, "text": "Closed, opens on 22 November at 10:00"}
