"""A dialogue as a visitor has it, in a real browser against the fake front door."""

from __future__ import annotations

import re
import time

import pytest
from playwright.sync_api import Page, expect

from tests.web.fake_api import STOCK_SOURCE, FakeApi, Refusal, Script
from tests.web.steps import BUBBLE, ask, begin, open_widget

pytestmark = pytest.mark.e2e

NOTICE = "Ваш запрос обрабатывается, ожидайте ответа"


def test_consent_to_training_is_apart_and_unticked(page: Page, fake: FakeApi) -> None:
    open_widget(page)
    expect(page.get_by_text("Храним 90 дней, затем удаляем.")).to_be_visible()
    expect(page.get_by_label("Хранение диалога")).not_to_be_checked()
    expect(page.get_by_label("Обучение помощника")).not_to_be_checked()
    page.get_by_role("button", name="Начать диалог").click()
    expect(page.get_by_role("alert").first).to_contain_text("Без согласия на хранение")
    assert fake.sessions == {}
    page.get_by_label("Хранение диалога").check()
    page.get_by_role("button", name="Начать диалог").click()
    expect(page.get_by_label("Ваш вопрос")).to_be_focused()
    assert fake.only_session().consent == {"storage": True, "training": False, "text_version": "2026-11-01"}


def test_the_visitor_chooses_between_assistants(page: Page, fake: FakeApi) -> None:
    open_widget(page, "/all.html")
    expect(page.get_by_role("heading", name="Северная Звезда")).to_be_visible()
    page.get_by_label("Вторая Звезда").check()
    expect(page.get_by_role("heading", name="Вторая Звезда")).to_be_visible()
    page.get_by_label("Хранение диалога").check()
    page.get_by_role("button", name="Начать диалог").click()
    expect(page.locator(".panel-name")).to_have_text("Вторая Звезда")
    assert fake.only_session().assistant == "second"


def test_the_answer_grows_and_ends_with_its_sources(page: Page, fake: FakeApi) -> None:
    parts = ("Да, ", "есть три 🚗.")
    script = Script(parts, sources=(STOCK_SOURCE,), stock_as_of="2020-01-02T07:15:00Z", allowed=1)
    fake.script("Есть C 180?", script)
    begin(page)
    turn = ask(page, "Есть C 180?")
    expect(turn.locator(".answer .text")).to_have_text("Да,")
    expect(turn.locator(".answer")).to_have_attribute("aria-busy", "true")
    script.allowed = 2
    expect(turn.locator(".answer .text")).to_have_text("Да, есть три 🚗.")
    expect(turn.get_by_text("Наличие по данным на 2 января, 10:15")).to_be_visible()
    expect(turn.locator(".source")).to_have_text("Наличие и цены салона")
    expect(turn.locator(".answer")).to_have_attribute("aria-busy", "false")


def test_an_answer_that_was_begun_anew_replaces_the_first_one(page: Page, fake: FakeApi) -> None:
    script = Script(("Первый ", "рабочий упал"), begun_anew=("Второй ", "рабочий ответил."), allowed=2)
    fake.script("Вопрос", script)
    begin(page)
    turn = ask(page, "Вопрос")
    expect(turn.locator(".answer .text")).to_have_text("Первый рабочий упал")
    script.allowed = 4
    expect(turn.locator(".answer .text")).to_have_text("Второй рабочий ответил.")


def test_an_example_is_one_press_away(page: Page) -> None:
    begin(page)
    page.get_by_role("group", name="Примеры вопросов").get_by_role("button").first.click()
    expect(page.locator(".turn .answer .text")).to_have_text("Да, в наличии три автомобиля.")
    expect(page.get_by_role("group", name="Примеры вопросов")).to_be_hidden()


def test_after_ten_seconds_the_notice_and_then_the_answer(page: Page, fake: FakeApi) -> None:
    script = fake.script("Долгий вопрос", Script(("Готово.",), allowed=0))
    page.clock.install()
    begin(page)
    turn = ask(page, "Долгий вопрос")
    expect(turn.locator(".dots")).to_be_visible()
    page.clock.run_for(9_000)
    expect(turn.get_by_text(NOTICE)).to_be_hidden()
    page.clock.run_for(1_100)
    expect(turn.get_by_text(NOTICE)).to_be_visible()
    script.allowed = 1
    expect(turn.locator(".answer .text")).to_have_text("Готово.")
    expect(turn.get_by_text(NOTICE)).to_be_hidden()


def test_a_reload_keeps_the_dialogue_and_fetches_what_was_on_its_way(page: Page, fake: FakeApi) -> None:
    script = fake.script("Второй вопрос", Script(("Ответ два.",), allowed=0))
    begin(page)
    expect(ask(page, "Первый вопрос").locator(".answer .text")).to_have_text("Да, в наличии три автомобиля.")
    expect(ask(page, "Второй вопрос").locator(".dots")).to_be_visible()
    page.reload()
    expect(page.locator(".turn")).to_have_count(2)
    script.allowed = 1
    expect(page.locator(".turn").last.locator(".answer .text")).to_have_text("Ответ два.")
    assert len(fake.only_session().turns) == 2


def test_a_question_sent_without_a_network_goes_out_once_it_is_back(page: Page, fake: FakeApi) -> None:
    begin(page)
    page.context.set_offline(True)
    expect(page.get_by_text("Нет связи. Ничего не потеряется")).to_be_visible()
    turn = ask(page, "Вопрос без сети")
    expect(turn.get_by_role("button", name="Отправить ещё раз")).to_be_visible()
    page.context.set_offline(False)
    expect(turn.locator(".answer .text")).to_have_text("Да, в наличии три автомобиля.")
    assert len(fake.only_session().turns) == 1


def test_a_failed_send_is_repeated_by_hand_under_the_same_id(page: Page, fake: FakeApi) -> None:
    fake.refusals = [Refusal(500, "internal", "Что-то пошло не так.") for _ in range(3)]
    begin(page)
    turn = ask(page, "Вопрос")
    expect(turn.get_by_text("Что-то пошло не так.")).to_be_visible()
    turn.get_by_role("button", name="Отправить ещё раз").click()
    expect(turn.locator(".answer .text")).to_have_text("Да, в наличии три автомобиля.")
    assert len(set(fake.only_session().posts)) == 1
    assert len(fake.only_session().turns) == 1


def test_retry_after_is_honoured(page: Page, fake: FakeApi) -> None:
    fake.refusals = [Refusal(429, "too_many_requests", "Сейчас очень много вопросов.", retry=2)]
    begin(page)
    began = time.monotonic()
    turn = ask(page, "Вопрос")
    expect(turn.get_by_text(re.compile(r"Отправим ваш через \d.секунд"))).to_be_visible()
    expect(turn.locator(".answer .text")).to_have_text("Да, в наличии три автомобиля.")
    assert time.monotonic() - began >= 2
    assert len(fake.only_session().posts) == 2


def test_a_wrong_question_is_said_so_and_not_repeated(page: Page, fake: FakeApi) -> None:
    wrong = {"field": "text", "message": "Напишите вопрос словами."}
    fake.refusals = [Refusal(422, "invalid_input", "Проверьте поля.", (wrong,))]
    begin(page)
    turn = ask(page, "???")
    expect(turn.get_by_text("Напишите вопрос словами.")).to_be_visible()
    expect(turn.get_by_role("button", name="Отправить ещё раз")).to_be_hidden()
    assert len(fake.only_session().posts) == 1


def test_too_long_a_question_is_not_sent(page: Page, fake: FakeApi) -> None:
    begin(page)
    page.get_by_label("Ваш вопрос").fill("🚗" * 2001)
    expect(page.get_by_text("2001 из 2000 знаков")).to_be_visible()
    expect(page.get_by_role("button", name="Отправить вопрос")).to_be_disabled()
    page.get_by_label("Ваш вопрос").fill("🚗" * 2000)
    expect(page.get_by_role("button", name="Отправить вопрос")).to_be_enabled()


@pytest.mark.parametrize("state", ["refused", "failed"])
def test_refusals_and_failures_are_answers_too(page: Page, fake: FakeApi, state: str) -> None:
    fake.script("Борщ?", Script(("Я помогаю с вопросами о салоне.",), state=state, reason="off_topic"))
    begin(page)
    turn = ask(page, "Борщ?")
    expect(turn.locator(".answer .text")).to_have_text("Я помогаю с вопросами о салоне.")
    expect(turn.get_by_role("button", name="Спросить ещё раз")).to_be_visible(visible=state == "failed")


def test_what_a_model_says_is_text_and_nothing_else(page: Page, fake: FakeApi) -> None:
    hostile = (
        "<img src=x onerror=\"document.title='pwned'\">"
        "<script>document.title='pwned'</script> [a](javascript:1)"
    )
    fake.script("Взлом", Script((hostile,)))
    begin(page)
    expect(ask(page, "Взлом").locator(".answer .text")).to_have_text(hostile)
    assert page.locator(".log img, .log script, .log a").count() == 0
    assert "pwned" not in page.title()


def test_no_server_at_all_is_said_honestly(page: Page) -> None:
    page.route("**/v1/assistants", lambda route: route.abort())
    open_widget(page)
    expect(page.get_by_text("Проверьте подключение к интернету")).to_be_visible()
    page.unroute("**/v1/assistants")
    page.get_by_role("button", name="Попробовать ещё раз").click()
    expect(page.get_by_role("button", name="Начать диалог")).to_be_visible()


def test_the_whole_dialogue_by_keyboard_alone(page: Page, fake: FakeApi) -> None:
    page.goto("/")
    page.get_by_role("button", name=BUBBLE).focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Северная Звезда", level=2)).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    expect(page.get_by_label("Ваш вопрос")).to_be_focused()
    page.keyboard.type("Первая строка")
    page.keyboard.press("Shift+Enter")
    page.keyboard.type("вторая")
    page.keyboard.press("Enter")
    expect(page.locator(".turn .answer .text")).not_to_be_empty()
    (turn,) = fake.only_session().turns.values()
    assert turn.text == "Первая строка\nвторая"
    expect(page.get_by_label("Ваш вопрос")).to_be_focused()
    expect(page.locator(".answer").last).to_have_attribute("aria-busy", "false")
    page.keyboard.press("Escape")
    expect(page.get_by_role("heading", name="Оцените разговор?")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name=BUBBLE)).to_be_focused()


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_nothing_sticks_out_sideways(page: Page, fake: FakeApi, width: int) -> None:
    fake.script("Длинное", Script(("Ы" * 400,)))
    page.set_viewport_size({"width": width, "height": 700})
    begin(page)
    expect(ask(page, "Длинное").locator(".answer .text")).not_to_be_empty()
    page.get_by_role("button", name="Завершить").click()
    expect(page.get_by_role("heading", name="Диалог завершён")).to_be_visible()
    for place in ("html", ".panel", ".panel-body > .view"):
        overflow = "place => place.scrollWidth - place.clientWidth"
        assert page.locator(place).evaluate(overflow) <= 0
