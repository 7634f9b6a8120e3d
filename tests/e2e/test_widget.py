"""The widget of the published site, in a real browser, against the deployed stack."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from cli.deployment import address
from tests.e2e.conftest import HOME
from tests.web.conftest import browser  # noqa: F401 - a fixture
from tests.web.steps import answer, ask, begin

LONGEST_ANSWER_MS = 90_000


@pytest.fixture
def page(attendant, browser: Browser) -> Iterator[Page]:  # noqa: F811
    context = browser.new_context(base_url=address(HOME), locale="ru-RU", timezone_id="Europe/Moscow")
    refused: list[str] = []
    context.on("console", lambda line: "Content Security Policy" in line.text and refused.append(line.text))
    yield context.new_page()
    context.close()
    assert refused == []


def test_from_the_consent_over_the_stock_to_the_rating(page: Page) -> None:
    begin(page)
    turn = ask(page, "Какие GLC есть в наличии?")
    expect(turn.locator(".answer")).to_have_attribute("aria-busy", "false", timeout=LONGEST_ANSWER_MS)
    expect(turn.locator(".car").first.locator(".car-price")).to_contain_text("₽")
    expect(turn.get_by_role("list", name="Источники")).to_contain_text("Наличие и цены салона")
    turn.get_by_role("button", name="Ответ полезен").click()
    expect(turn.get_by_text("Спасибо, передадим салону.")).to_be_visible()
    page.get_by_role("button", name="Завершить").click()
    page.get_by_role("group", name="Насколько полезным").get_by_label("9", exact=True).check(force=True)
    page.get_by_role("button", name="Отправить оценку").click()
    expect(page.get_by_text("Спасибо за оценку!")).to_be_visible()


def test_a_reload_in_the_middle_of_an_answer_loses_nothing(page: Page) -> None:
    begin(page)
    page.get_by_label("Ваш вопрос").fill("Сколько по времени длится тест-драйв и нужно ли записываться?")
    page.keyboard.press("Enter")
    expect(page.locator(".turn")).to_have_count(1)
    page.reload()
    turn = page.locator(".turn")
    expect(turn.locator(".answer")).to_have_attribute("aria-busy", "false", timeout=LONGEST_ANSWER_MS)
    expect(answer(turn)).not_to_be_empty()
    expect(turn).to_have_count(1)


def test_terms_are_a_page_of_the_site(page: Page) -> None:
    page.goto("/")
    page.get_by_role("button", name="Спросить помощника").click()
    link = page.locator(".panel").get_by_role("link", name="Условия обработки данных")
    with page.expect_popup() as opened:
        link.click()
    expect(opened.value.get_by_role("heading", name="Условия обработки данных")).to_be_visible()
