"""The owner's page in a browser, signed in, on a fresh fake of the owner's API.

Knows how a test gets to a page. Refuses to know what stands on it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.web.fake_owner_api import OWNER, PASSWORD, FakeOwnerApi
from tests.web.serving import served

PHONE, DESKTOP = {"width": 390, "height": 844}, {"width": 1280, "height": 860}
# Every page by its address, with its heading.
PAGES = {
    "today": "Сегодня",
    "trends": "Динамика",
    "wishes": "Чего хотят посетители",
    "callbacks": "Заявки на звонок",
    "dialogues": "Диалоги",
    "dialogues/d-2": "Диалог",
    "unanswered": "Вопросы без ответа",
    "topics": "Темы, о которых помощник не говорит",
    "faq": "FAQ и легенда",
    "settings": "Часы и тексты",
    "history/policy": "История изменений",
}


class OwnerPage:
    """A tab. `fake` is the API behind it, `browser` the tab itself."""

    def __init__(self, tab: Page, fake: FakeOwnerApi) -> None:
        self.tab = tab
        self.fake = fake

    def sign_in(self, password: str = PASSWORD) -> None:
        self.tab.get_by_label("Электронная почта").fill(OWNER)
        self.tab.get_by_label("Пароль", exact=True).fill(password)
        self.tab.get_by_role("button", name="Войти").click()

    def signed_in(self) -> None:
        """Signed in without the form, also after a reload."""
        self.fake.tokens.add("token")
        self.fake.refresh_tokens.add("renewal")
        kept = {"email": OWNER, "access_token": "token", "refresh_token": "renewal"}
        key = "attendant-owner:session"
        told = f"'{key}', {json.dumps(json.dumps(kept))}"
        self.tab.add_init_script(f"sessionStorage.getItem('{key}') ?? sessionStorage.setItem({told})")

    def open(self, address: str) -> None:
        """One of PAGES, whole."""
        self.tab.goto(f"/owner/#/{address}")
        self.whole(address)

    def whole(self, address: str) -> None:
        expect(self.tab.get_by_role("heading", level=1, name=PAGES[address], exact=True)).to_be_visible()
        expect(self.tab.get_by_text("Загружаем…")).to_have_count(0)

    def answer(self, question: str, button: str) -> None:
        """Answers the dialog that asks `question`."""
        self.tab.get_by_role("dialog", name=question).get_by_role("button", name=button, exact=True).click()

    def publish(self) -> None:
        self.tab.get_by_role("button", name="Опубликовать…").click()
        self.answer("Опубликовать изменения?", "Опубликовать")


@contextmanager
def opened(browser: Browser, dist: Path, **look: Any) -> Iterator[OwnerPage]:
    """Anything that the browser reports as an error fails the test."""
    fake = FakeOwnerApi(dist)
    with served(fake.app) as address:
        context: BrowserContext = browser.new_context(
            **(
                {"base_url": address, "locale": "ru-RU", "timezone_id": "Asia/Tokyo", "viewport": DESKTOP}
                | look
            )
        )
        tab = context.new_page()
        tab.set_default_timeout(10_000)
        broken: list[str] = []
        tab.on("pageerror", lambda error: broken.append(str(error)))
        tab.on("console", lambda line: "Content Security Policy" in line.text and broken.append(line.text))
        yield OwnerPage(tab, fake)
        context.close()
    assert broken == []
