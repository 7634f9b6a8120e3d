"""WCAG 2.2 AA by axe in every main state, the keyboard alone, large print, small screens, no motion."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.web.fake_api import CARS, STOCK_SOURCE, FakeApi, Refusal, Script
from tests.web.looks import PHONE, Look, in_looks, violations
from tests.web.steps import answered, ask, begin, host_page

pytestmark = pytest.mark.e2e

TURNS = {
    "Машины": Script(("Вот они.",), facts=CARS, sources=(STOCK_SOURCE,), stock_as_of="2026-11-21T07:15:00Z"),
    "Отдых": Script(("Помощник отдыхает.",), notice="Помощник сейчас отдыхает.", offers=("callback",)),
    "Отказ": Script(("Я помогаю с вопросами о салоне.",), state="refused"),
    "Сбой": Script(("Простите.",), state="failed"),
    "Долго": Script(("Первая часть", " и вторая."), allowed=1),
}


@in_looks()
def test_axe_finds_nothing(visitor: Callable[..., Page], fake: FakeApi, look: Look) -> None:
    page, words = visitor(**look.context, reduced_motion="reduce"), look.words
    fake.scripts |= TURNS
    fake.gift_code = "ZVEZDA-7Q2M"
    page.goto(host_page(fake, lang=words.language))
    states: dict[str, list[Any]] = {"bubble": violations(page)}
    page.get_by_role("button", name=words.bubble).click()
    page.get_by_label(words.storage).check()
    states["start"] = violations(page)
    page.get_by_role("button", name=words.begin).click()
    expect(page.get_by_label(words.field)).to_be_focused()
    states["empty dialogue"] = violations(page)
    for question in TURNS:
        if question == "Сбой":
            page.get_by_label(words.field).fill("Отправлено не будет")
            fake.refusals = [Refusal(422, "invalid_input", "Напишите вопрос словами.")]
            page.keyboard.press("Enter")
            expect(page.locator(".unsent")).to_be_visible()
        page.get_by_label(words.field).fill(question)
        page.keyboard.press("Enter")
        expect(page.locator(".turn").last.locator(".answer .text")).not_to_be_empty()
    page.locator(".thumbs button").nth(1).click()
    expect(page.locator(".reason").first).to_be_visible()
    states["dialogue"] = violations(page)
    page.locator(".head-button").first.click()
    page.locator(".main-button").click()
    expect(page.locator("[aria-invalid]")).to_have_count(2)
    states["form with errors"] = violations(page)
    page.locator(".head-button").nth(2).click()
    states["deleting"] = violations(page)
    page.locator(".head-button").nth(1).click()
    page.locator(".scale.csat label, .scale-points.csat label").last.click()
    states["rating"] = violations(page)
    page.locator(".main-button").click()
    expect(page.locator(".gift-code")).to_be_visible()
    states["gift"] = violations(page)
    assert {state: found for state, found in states.items() if found} == {}


def test_a_screen_reader_is_told_of_whole_answers(page: Page, fake: FakeApi) -> None:
    script = fake.script("Вопрос", Script(("Первая часть", " и вторая."), allowed=1))
    begin(page)
    ask(page, "Вопрос")
    expect(page.locator(".answer .text").last).to_have_text("Первая часть")
    said = page.locator(".talk > [role=status]")
    expect(said).to_be_empty()
    script.allowed = 2
    expect(said).to_have_text("Помощник: Первая часть и вторая.")
    expect(page.get_by_role("log")).to_have_attribute("aria-live", "off")


def test_the_keyboard_reaches_everything_and_is_never_caught(page: Page, fake: FakeApi) -> None:
    fake.script("Машины", TURNS["Машины"])
    begin(page, host_page(fake))
    answered(page, "Машины")
    reached = set()
    focus = """() => { const it = document.querySelector("attendant-widget").shadowRoot.activeElement;
        return it && (it.getAttribute("aria-label") || it.textContent || it.className); }"""
    for _ in range(24):
        page.keyboard.press("Shift+Tab")
        reached.add(page.evaluate(focus))
    for name in (
        "Ваш вопрос",
        "Ответ полезен",
        "Копировать",
        "Тест-драйв: GLC 200 4MATIC",
        "Закрыть",
        "Завершить",
    ):
        assert name in reached
    assert None in reached  # and out of the widget again


def test_on_a_phone_the_page_behind_is_out_of_reach(visitor: Callable[..., Page], fake: FakeApi) -> None:
    page = visitor(**PHONE)
    begin(page)
    box = page.locator(".panel").bounding_box()
    assert box == {"x": 0, "y": 0, "width": 390, "height": 780}
    for _ in range(12):
        page.keyboard.press("Tab")
        assert page.evaluate("['ATTENDANT-WIDGET', 'BODY'].includes(document.activeElement.tagName)")


@pytest.mark.parametrize(("width", "height"), [(640, 400), (320, 256)], ids=["200 %", "400 %"])
def test_enlarged_it_still_works(
    visitor: Callable[..., Page], fake: FakeApi, width: int, height: int
) -> None:
    """A window of 1280 by 800 (1024) pixels at that zoom."""
    page = visitor(viewport={"width": width, "height": height})
    fake.script("Машины", TURNS["Машины"])
    begin(page)
    answered(page, "Машины").get_by_role("button", name="Тест-драйв: GLC 200 4MATIC").click()
    page.get_by_role("button", name="Назад").click()
    expect(page.get_by_label("Ваш вопрос")).to_be_in_viewport()
    for place in ("html", ".panel", ".log"):
        assert page.locator(place).evaluate("it => it.scrollWidth - it.clientWidth") <= 0


def test_who_wants_no_motion_gets_none(visitor: Callable[..., Page], fake: FakeApi) -> None:
    page = visitor(reduced_motion="reduce")
    script = fake.script("Вопрос", Script(("Слово " * 200,), allowed=0))
    begin(page)
    turn = ask(page, "Вопрос")
    assert turn.locator(".dots span").first.evaluate("it => getComputedStyle(it).animationName") == "none"
    page.evaluate(
        """() => {
            const log = document.querySelector("attendant-widget").shadowRoot.querySelector(".log");
            window.lengths = new Set();
            const text = () => log.querySelector(".turn .answer .text").textContent;
            const note = () => window.lengths.add(text().length);
            new MutationObserver(note).observe(log, { childList: true, characterData: true, subtree: true });
        }"""
    )
    script.allowed = 1
    expect(turn.locator(".answer")).to_have_attribute("aria-busy", "false")
    assert page.evaluate("window.lengths.size") <= 2  # nothing, then all of it
