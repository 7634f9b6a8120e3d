"""The report as a file: whole, escaped, without the network, readable on a phone."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from jobs.pilot.evidence import Evidence
from jobs.pilot.observed import Observed
from jobs.pilot.page import page
from jobs.pilot.settings import PilotSettings
from jobs.pilot.targets import findings
from jobs.pilot.verdicts import TEXTS
from jobs.pilot.wording import Unit, counted, number, period, signed
from tests.jobs.pilot import made_up

AFTER = datetime(2026, 12, 30, 9, tzinfo=UTC)
CHROMIUM = shutil.which("chromium")


@pytest.fixture(scope="module")
def report() -> str:
    evidence = made_up.evidence()
    return page(evidence, findings(evidence), AFTER)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    if CHROMIUM is None:
        pytest.skip("no chromium on this machine (Debian: apt-get install chromium)")
    with sync_playwright() as playwright:
        options = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=options)
        yield browser
        browser.close()


def test_every_target_has_a_section(report: str) -> None:
    assert all(f'<section id="{key}">' in report for key in TEXTS)
    assert "Северная &lt;Звезда&gt;" in report
    assert "Пилот ещё идёт" not in report


def test_nothing_of_it_comes_from_elsewhere(report: str) -> None:
    assert not re.search(r"<(?:script|link|img|iframe)|@import|url\((?!#)|\ssrc=|href=\"(?!#)", report)


def test_the_same_data_make_the_same_file(report: str) -> None:
    evidence = made_up.evidence()
    assert page(evidence, findings(evidence), AFTER) == report


def test_a_pilot_of_nothing_says_what_is_missing() -> None:
    bare = Evidence(
        settings=PilotSettings.model_validate({"pilot": made_up.SETTINGS["pilot"]}),
        hours=made_up.HOURS,
        observed=Observed(),
    )
    told = page(bare, findings(bare), datetime(2026, 12, 10, tzinfo=UTC))
    assert all(texts.missing in told for texts in TEXTS.values())
    assert "Пилот ещё идёт" in told


@pytest.mark.parametrize("width", [320, 390, 1040])
def test_it_fits_any_screen(report: str, browser: Browser, tmp_path: Path, width: int) -> None:
    path = tmp_path / "report.html"
    path.write_text(report, encoding="utf-8")
    view = browser.new_page(viewport={"width": width, "height": 800})
    asked: list[str] = []
    view.on("request", lambda request: asked.append(request.url))
    view.goto(path.as_uri())
    assert view.evaluate("document.documentElement.scrollWidth") <= width
    assert asked == [path.as_uri()]
    sizes = view.evaluate(
        "[...document.querySelectorAll('svg text')].map(text => text.getBoundingClientRect().height)"
    )
    assert min(sizes) >= 8
    view.close()


def test_numbers_are_written_as_they_are_read() -> None:
    assert number(12400.5, 1) == "12\u202f400,5"
    assert number(-0.001, 1) == "0,0"
    assert (signed(3.14, 1), signed(-3.14, 1), signed(0.0, 1)) == ("+3,1", "−3,1", "0,0")
    assert [counted(n, "день", "дня", "дней") for n in (1, 3, 5, 11, 21, 112)] == [
        "1 день", "3 дня", "5 дней", "11 дней", "21 день", "112 дней",
    ]  # fmt: skip
    assert Unit.DURATION.write(89) == "89 с"
    assert Unit.DURATION.write(150) == "2,5 мин"
    assert period(date(2026, 12, 3), date(2027, 1, 5)) == "с 3 декабря 2026 года по 5 января 2027 года"
