"""The published pages as people look at them, on the deployed stack: languages, screens, themes."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from cli.deployment import address, home_folder
from tests.e2e.conftest import HOME
from tests.web.conftest import browser  # noqa: F401 - a fixture
from tests.web.looks import AXE, DESKTOP, EN, PHONE, RU, violations
from tests.web.owner_page import PAGES

LONGEST_ANSWER_MS = 90_000
SOMETHING = re.compile(r"\S")
OF_NO_DIALOGUE = [each for each in PAGES if not each.startswith("dialogues/")]


@pytest.fixture
def visitor(attendant, browser: Browser) -> Iterator[Callable[..., Page]]:  # noqa: F811
    """A tab that looks as it is told. Whatever the browser reports as an error fails the test."""
    contexts, broken = [], []

    def opened(**look: Any) -> Page:
        context = browser.new_context(base_url=address(HOME), timezone_id="Europe/Moscow", **look)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: broken.append(str(error)))
        page.on("console", lambda line: "Content Security Policy" in line.text and broken.append(line.text))
        return page

    yield opened
    for context in contexts:
        context.close()
    assert broken == []


@pytest.mark.parametrize("words", [RU, EN], ids=["ru", "en"])
@pytest.mark.parametrize("screen", [DESKTOP, PHONE], ids=["desktop", "phone"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_dialogue(visitor: Callable[..., Page], words: dict[str, str], screen: Any, scheme: str) -> None:
    page = visitor(**screen, color_scheme=scheme, bypass_csp=True)  # axe is put into the page
    if words is EN:
        page.route("**/", _in_english)
    page.goto("/")
    page.add_script_tag(path=AXE)
    page.get_by_role("button", name=words["bubble"]).click()
    page.get_by_label(words["storage"]).check()
    page.get_by_role("button", name=words["begin"]).click()
    for question in ("Какие GLC есть в наличии?", "Какие у вас политические взгляды?"):
        page.get_by_label(words["field"]).fill(question)
        page.keyboard.press("Enter")
        answer = page.locator(".turn").last.locator(".answer")
        expect(answer).to_have_attribute("aria-busy", "false", timeout=LONGEST_ANSWER_MS)
    told, refused = page.locator(".turn").all()
    expect(told.locator(".car").first.locator(".car-price")).to_contain_text("₽")
    expect(refused.locator(".car")).to_have_count(0)
    expect(refused.locator(".answer .text")).to_contain_text("политик")
    assert violations(page) == []


def _in_english(route: Any) -> None:
    whole = route.fetch()
    route.fulfill(response=whole, body=whole.text().replace('<html lang="ru">', '<html lang="en">'))


@pytest.mark.parametrize(
    ("screen", "scheme"), [(DESKTOP, "light"), (PHONE, "dark")], ids=["desktop", "phone"]
)
def test_every_page_of_the_owner(visitor: Callable[..., Page], screen: Any, scheme: str) -> None:
    kept = json.loads((home_folder(HOME) / "owner.json").read_text())
    tab = visitor(**screen, color_scheme=scheme, locale="ru-RU")
    tab.goto("/owner/")
    tab.get_by_label("Электронная почта").fill(kept["email"])
    tab.get_by_label("Пароль", exact=True).fill(kept["password"])
    tab.get_by_role("button", name="Войти").click()
    for page in OF_NO_DIALOGUE:
        tab.goto(f"/owner/#/{page}")
        expect(tab.get_by_role("heading", level=1, name=PAGES[page], exact=True)).to_be_visible()
        expect(tab.get_by_text("Загружаем…")).to_have_count(0, timeout=LONGEST_ANSWER_MS)
        expect(tab.get_by_role("alert").filter(has_text=SOMETHING)).to_have_count(0)
