"""Two tabs of one browser, and one tab through bad times: nothing is lost, nothing is doubled."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.web.fake_api import NOTICE, FakeApi, Script
from tests.web.serving import FrontDoor
from tests.web.steps import BUBBLE, answer, answered, ask, begin, open_widget

pytestmark = pytest.mark.e2e

HOUR_MS = 3_600_000


@pytest.fixture
def other(page: Page) -> Page:
    """A second tab of the same browser."""
    return page.context.new_page()


def test_both_tabs_show_the_same_dialogue(page: Page, other: Page, fake: FakeApi) -> None:
    begin(page)
    answered(page, "Первый")
    open_widget(other)
    expect(other.locator(".turn")).to_have_count(1)
    answered(other, "Второй")
    expect(answer(page.locator(".turn").last)).to_have_text("Да, в наличии три автомобиля.")
    page.bring_to_front()
    answered(page, "Третий")
    for tab in (page, other):
        expect(tab.locator(".asked .said")).to_have_text(["Вы: Первый", "Вы: Второй", "Вы: Третий"])
    session = fake.only_session()
    assert [turn.text for turn in session.turns.values()] == ["Первый", "Второй", "Третий"]
    assert len(session.posts) == 3


def test_a_tab_takes_up_what_another_left_behind(page: Page, other: Page, fake: FakeApi) -> None:
    script = fake.script("Долгий", Script(("Половина, ", "и вторая."), allowed=1))
    begin(page)
    open_widget(other)
    page.bring_to_front()
    expect(answer(ask(page, "Долгий"))).to_have_text("Половина,")
    expect(answer(other.locator(".turn"))).to_have_text("Половина,")
    page.close()
    script.allowed = 2
    expect(answer(other.locator(".turn"))).to_have_text("Половина, и вторая.")
    assert len(fake.only_session().posts) == 1


def test_consent_given_in_two_tabs_opens_one_dialogue(page: Page, other: Page, fake: FakeApi) -> None:
    open_widget(page)
    open_widget(other)
    for tab in (other, page):
        tab.bring_to_front()
        tab.get_by_label("Хранение диалога").check()
    press = "document.querySelector('attendant-widget').shadowRoot.querySelector('[type=submit]').click()"
    for tab in (page, other):
        tab.evaluate(press)
    for tab in (page, other):
        expect(tab.get_by_label("Ваш вопрос")).to_be_visible()
    assert len(fake.sessions) == 1


def test_what_is_ended_or_erased_in_one_tab_is_so_in_the_other(
    page: Page, other: Page, fake: FakeApi
) -> None:
    begin(page)
    answered(page, "Вопрос")
    open_widget(other)
    page.bring_to_front()
    page.get_by_role("button", name="Завершить").click()
    expect(other.get_by_role("heading", name="Диалог завершён")).to_be_visible()
    page.get_by_role("button", name="Удалить диалог").click()
    page.get_by_role("button", name="Удалить", exact=True).click()
    expect(page.get_by_text("Диалог удалён.")).to_be_visible()
    expect(other.get_by_role("button", name="Начать диалог")).to_be_visible()
    assert fake.sessions == {}
    assert page.evaluate("Object.keys(localStorage)") == []


def test_a_closed_panel_still_gets_its_answer_after_a_reload(page: Page, fake: FakeApi) -> None:
    script = fake.script("Вопрос", Script(("Готово.",), allowed=0))
    begin(page)
    ask(page, "Вопрос")
    page.keyboard.press("Escape")
    page.reload()
    expect(page.get_by_role("button", name=BUBBLE)).to_be_visible()
    script.allowed = 1
    page.get_by_role("button", name=f"{BUBBLE}, пришёл ответ").click()
    expect(answer(page.locator(".turn"))).to_have_text("Готово.")


def test_the_server_goes_away_and_comes_back(page: Page, fake: FakeApi, front_door: FrontDoor) -> None:
    script = fake.script("Вопрос", Script(("Часть, ", "и всё."), allowed=1))
    begin(page)
    turn = ask(page, "Вопрос")
    expect(answer(turn)).to_have_text("Часть,")
    front_door.stop()
    expect(page.get_by_text("Нет связи. Ничего не потеряется")).to_be_visible()
    script.allowed = 2
    front_door.start()
    expect(answer(turn)).to_have_text("Часть, и всё.", timeout=20_000)
    expect(page.get_by_text("Нет связи. Ничего не потеряется")).to_be_hidden()
    assert len(fake.only_session().posts) == 1


@pytest.mark.parametrize("jump_ms", [-HOUR_MS, HOUR_MS])
def test_a_clock_that_jumps_by_an_hour_does_not_move_the_notice(
    page: Page, fake: FakeApi, jump_ms: int
) -> None:
    script = fake.script("Долгий", Script(("Готово.",), allowed=0))
    page.clock.install()
    begin(page)
    turn = ask(page, "Долгий")
    expect(turn.locator(".dots")).to_be_visible()
    page.clock.run_for(2_000)
    page.evaluate("jump => { const now = Date.now; Date.now = () => now() + jump; }", jump_ms)
    page.clock.run_for(7_000)
    expect(turn.locator(".notice", has_text=NOTICE)).to_be_hidden()
    page.clock.run_for(1_200)
    expect(turn.locator(".notice", has_text=NOTICE)).to_be_visible()
    script.allowed = 1
    page.clock.run_for(1_000)
    expect(answer(turn)).to_have_text("Готово.")


@pytest.mark.parametrize("jump_ms", [-HOUR_MS, HOUR_MS])
def test_a_clock_that_is_wrong_after_a_reload_delays_the_notice_by_ten_seconds_at_most(
    visitor: Callable[..., Page], fake: FakeApi, jump_ms: int
) -> None:
    page = visitor()
    fake.script("Долгий", Script(("Готово.",), allowed=0))
    begin(page)
    expect(ask(page, "Долгий").locator(".dots")).to_be_visible()
    page.add_init_script(f"const now = Date.now; Date.now = () => now() + {jump_ms};")
    page.reload()
    began = time.monotonic()
    expect(page.locator(".notice", has_text=NOTICE)).to_be_visible(timeout=15_000)
    assert time.monotonic() - began < 12
