"""What a visitor does in most tests: opens the widget, agrees, asks."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Locator, Page, expect

from tests.web.fake_api import FakeApi
from tests.web.words import RU, Words

BUBBLE = RU.bubble


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


def open_widget(page: Page, address: str = "/", words: Words = RU) -> None:
    page.goto(address)
    page.get_by_role("button", name=words.bubble).click()


def begin(page: Page, address: str = "/", words: Words = RU) -> None:
    open_widget(page, address, words)
    agree(page, words)


def agree(page: Page, words: Words = RU) -> None:
    page.get_by_label(words.storage).check()
    page.get_by_role("button", name=words.begin).click()
    expect(page.get_by_label(words.field)).to_be_focused()


def ask(page: Page, text: str, words: Words = RU) -> Locator:
    """Sends a question; returns the last turn of the log."""
    with one_more_turn(page) as turn:
        page.get_by_label(words.field).fill(text)
        page.get_by_role("button", name=words.send).click()
    return turn


@contextmanager
def one_more_turn(page: Page) -> Iterator[Locator]:
    """What is done meanwhile asks a question; this is its turn."""
    turns = page.locator(".turn")
    before = turns.count()
    yield turns.nth(before)
    expect(turns).to_have_count(before + 1)


def answer(turn: Locator) -> Locator:
    return turn.locator(".answer .text")


def answered(page: Page, text: str, words: Words = RU) -> Locator:
    """Asks and waits for the whole answer."""
    return whole(ask(page, text, words))


def whole(turn: Locator, within_ms: float = 10_000) -> Locator:
    """The turn, once its answer is there to the last letter."""
    expect(turn.locator(".answer")).to_have_attribute("aria-busy", "false", timeout=within_ms)
    return turn
