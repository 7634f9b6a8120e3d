"""Takes the pictures of the widget's main states for docs/screens, against the fake front door.

    make web && .venv/bin/python -m tests.web.widget_screens [FOLDER]

Knows a few states worth a picture: both languages, light and dark, phone and desk. What is said in them is
made up; the README's own picture of a live dialogue comes from `screenshot.py`.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

from tests.web.conftest import CHROMIUM, ROOT
from tests.web.fake_api import CARS, STOCK_SOURCE, FakeApi, Script
from tests.web.serving import FrontDoor

LARGEST_BYTES = 150_000
DESK = {"viewport": {"width": 1180, "height": 760}}
PHONE = {"viewport": {"width": 390, "height": 780}, "has_touch": True, "is_mobile": True}
QUESTION = "Какие GLC есть в наличии?"
SAID = (
    "Сейчас в наличии два GLC: чёрный GLC 200 4MATIC 2024 года и белый GLC 300 4MATIC 2023 года без пробега."
)
DRIVE = "Сколько длится тест-драйв?"
SLOW = "Что выгоднее: кредит или лизинг?"


def scripted() -> FakeApi:
    fake = FakeApi()
    fake.terms_link, fake.gift_code = "/terms.html", "ZVEZDA-7Q2M"
    stock = Script((SAID,), facts=CARS, sources=(STOCK_SOURCE,), stock_as_of="2026-11-22T07:15:00Z")
    faq = ({"kind": "faq", "id": "test-drive", "title": "Тест-драйв"},)
    fake.scripts = {
        QUESTION: stock,
        DRIVE: Script(
            ("Около часа, по вашему маршруту. Запишитесь заранее.",), sources=faq, offers=("test_drive",)
        ),
        SLOW: Script(("Готово.",), allowed=0),
    }
    return fake


def begin(page: Page, *, english: bool = False) -> None:
    page.get_by_label("Storing the conversation" if english else "Хранение диалога").check()
    page.get_by_role("button", name="Start the conversation" if english else "Начать диалог").click()


def ask(page: Page, question: str) -> None:
    page.locator("textarea").fill(question)
    page.keyboard.press("Enter")
    page.locator(".turn", has_text=question).last.locator(".answer[aria-busy=false]").wait_for()


def invitation(_: Page) -> None:
    """The site as it comes."""


def consent(page: Page) -> None:
    page.locator(".bubble-button").click()
    page.get_by_label("Хранение диалога").check()


def cars(page: Page) -> None:
    page.locator(".bubble-button").click()
    begin(page)
    ask(page, QUESTION)


def patience(page: Page) -> None:
    page.clock.install()
    page.locator(".bubble-button").click()
    begin(page, english=True)
    page.locator("textarea").fill(SLOW)
    page.keyboard.press("Enter")
    page.locator(".dots").wait_for()
    page.clock.run_for(10_500)


def callback(page: Page) -> None:
    page.locator(".bubble-button").click()
    page.get_by_label("Хранение диалога").check()
    page.get_by_role("button", name="Перезвоните мне").click()
    page.get_by_label("Как к вам обращаться").fill("Анна")
    page.get_by_label("Телефон").fill("+7 900")
    page.get_by_role("button", name="Жду звонка").click()


def rating(page: Page) -> None:
    page.locator(".bubble-button").click()
    begin(page)
    ask(page, DRIVE)
    page.get_by_role("button", name="Завершить").click()
    page.locator(".csat label").nth(8).click()


def gift(page: Page) -> None:
    rating(page)
    page.get_by_role("button", name="Отправить оценку").click()
    page.locator(".gift").wait_for()


STATES: dict[str, tuple[Callable[[Page], None], dict[str, Any], str]] = {
    "widget-invitation": (invitation, DESK, "ru"),
    "widget-consent-phone": (consent, PHONE, "ru"),
    "widget-cars": (cars, DESK, "ru"),
    "widget-cars-phone-dark": (cars, PHONE | {"color_scheme": "dark"}, "ru"),
    "widget-patience-dark-english": (patience, DESK | {"color_scheme": "dark"}, "en"),
    "widget-callback-phone": (callback, PHONE, "ru"),
    "widget-rating": (rating, DESK, "ru"),
    "widget-gift-phone-dark": (gift, PHONE | {"color_scheme": "dark"}, "ru"),
}


def take(browser: Browser, address: str, name: str, folder: Path) -> None:
    act, screen, language = STATES[name]
    context = browser.new_context(
        base_url=address, timezone_id="Europe/Moscow", reduced_motion="reduce", **screen
    )
    page = context.new_page()
    if language == "en":
        page.route("**/index.html", _in_english)
    page.goto("/index.html")
    act(page)
    page.wait_for_timeout(300)
    target = folder / f"{name}.png"
    page.screenshot(path=target)
    context.close()
    if target.stat().st_size > LARGEST_BYTES:
        sys.exit(f"{target} has {target.stat().st_size} bytes, {LARGEST_BYTES} are the limit")


def _in_english(route: Any) -> None:
    answer = route.fetch()
    line = 'data-assistant="showroom"'
    route.fulfill(response=answer, body=answer.text().replace(line, f'{line} data-language="en"'))


def main(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        options = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=options)
        for name in STATES:
            door = FrontDoor(scripted().app)
            door.start()
            take(browser, door.address, name, folder)
            door.stop()
        browser.close()


if __name__ == "__main__":
    main(Path(dict(enumerate(sys.argv[1:])).get(0, ROOT / "docs" / "screens")))
