"""What a visitor does in most tests: opens the widget, agrees, asks."""

from __future__ import annotations

from playwright.sync_api import Locator, Page, expect

from tests.web.fake_api import FakeApi

BUBBLE = "Спросить помощника"
QUESTION = "Ваш вопрос"


def host_page(fake: FakeApi, attributes: str = "", *, head: str = "", lang: str = "ru", csp: str = "") -> str:
    """A page of somebody else's with the script line; gives back its address."""
    name = f"page-{len(fake.hosts)}"
    line = f'<script src="/widget.js" data-assistant="showroom" {attributes} defer></script>'
    html = f'<!doctype html><html lang="{lang}"><head><title>Host</title>{head}{line}</head>'
    fake.hosts[name] = (
        f"{html}<body><main><h1>Host</h1><p>Text.</p></main></body></html>",
        {"Content-Security-Policy": csp} if csp else {},
    )
    return f"/hosts/{name}"


def open_widget(page: Page, address: str = "/") -> None:
    page.goto(address)
    page.get_by_role("button", name=BUBBLE).click()


def begin(page: Page, address: str = "/") -> None:
    open_widget(page, address)
    page.get_by_label("Хранение диалога").check()
    page.get_by_role("button", name="Начать диалог").click()
    expect(page.get_by_label(QUESTION)).to_be_focused()


def ask(page: Page, text: str) -> Locator:
    """Sends a question; returns the last turn of the log."""
    turns = page.locator(".turn")
    before = turns.count()
    page.get_by_label(QUESTION).fill(text)
    page.get_by_role("button", name="Отправить вопрос").click()
    expect(turns).to_have_count(before + 1)
    return turns.last


def answer(turn: Locator) -> Locator:
    return turn.locator(".answer .text")


def answered(page: Page, text: str) -> Locator:
    """Asks and waits for the whole answer."""
    turn = ask(page, text)
    expect(turn.locator(".answer")).to_have_attribute("aria-busy", "false")
    return turn
