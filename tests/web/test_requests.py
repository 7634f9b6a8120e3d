"""What a visitor asks of the salon besides answers, and what is said at the end."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.web.fake_api import FakeApi, Script
from tests.web.steps import answered, ask, begin, host_page, open_widget

pytestmark = pytest.mark.e2e


def test_rating_after_the_end(page: Page, fake: FakeApi) -> None:
    begin(page)
    expect(ask(page, "Вопрос").locator(".answer .text")).not_to_be_empty()
    page.get_by_role("button", name="Завершить").click()
    expect(page.get_by_role("heading", name="Диалог завершён")).to_be_focused()
    page.get_by_role("button", name="Отправить оценку").click()
    expect(page.get_by_text("Выберите, пожалуйста, оценку от 1 до 10.")).to_be_visible()
    page.get_by_role("group", name="Насколько полезным").get_by_label("9", exact=True).check(force=True)
    page.get_by_role("group", name="Порекомендуете").get_by_label("10", exact=True).check(force=True)
    page.get_by_label("Комментарий").fill(" Спасибо ")
    page.get_by_role("button", name="Отправить оценку").click()
    expect(page.get_by_text("Спасибо за оценку!")).to_be_visible()
    assert fake.only_session().rating == {"csat": 9, "nps": 10, "comment": "Спасибо"}
    page.reload()
    expect(page.get_by_text("Спасибо за оценку!")).to_be_visible()
    page.get_by_role("button", name="Начать новый диалог").click()
    expect(page.get_by_role("button", name="Начать диалог")).to_be_visible()


def test_a_dialogue_that_ended_by_itself_offers_the_rating(page: Page, fake: FakeApi) -> None:
    begin(page)
    expect(ask(page, "Вопрос").locator(".answer .text")).not_to_be_empty()
    fake.only_session().ended = True
    page.get_by_label("Ваш вопрос").fill("Ещё вопрос")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Диалог завершён")).to_be_visible()
    page.get_by_role("button", name="Назад").click()
    expect(page.locator(".turn").last.get_by_text("Этот диалог завершён.")).to_be_visible()


def test_callback_in_working_hours(page: Page, fake: FakeApi) -> None:
    begin(page)
    page.get_by_role("button", name="Перезвоните мне").click()
    form = page.get_by_role("dialog")
    form.get_by_role("button", name="Жду звонка").click()
    expect(form.get_by_text("Напишите, как к вам обращаться.")).to_be_visible()
    expect(form.get_by_text("Укажите телефон полностью")).to_be_visible()
    form.get_by_label("Как к вам обращаться").fill("Анна 000")
    form.get_by_label("Телефон").fill("+7 900 000-00-00")
    form.get_by_role("button", name="Жду звонка").click()
    expect(form.get_by_text("Имя похоже на число.")).to_be_visible()
    form.get_by_label("Как к вам обращаться").fill("Анна")
    form.get_by_role("button", name="Жду звонка").click()
    expect(page.get_by_text("Заявка принята")).to_be_visible()
    assert fake.only_session().callbacks == [{"name": "Анна", "phone": "+7 900 000-00-00"}]


RESTING = "Помощник сейчас отдыхает."
WARMING = "Помощник просыпается, это займёт несколько минут."


def test_an_assistant_that_rests_says_so_under_its_answer_and_offers_a_callback(
    page: Page, fake: FakeApi
) -> None:
    fake.script("Есть C 180?", Script(("Да, есть.",), notice=RESTING, offers=("callback",)))
    begin(page)
    turn = ask(page, "Есть C 180?")
    expect(turn.locator(".answer .text")).to_have_text("Да, есть.")
    expect(turn.locator(".answer .notice")).to_have_text(RESTING)
    turn.get_by_role("button", name="Оставить заявку на звонок").click()
    form = page.get_by_role("dialog")
    form.get_by_label("Как к вам обращаться").fill("Анна")
    form.get_by_label("Телефон").fill("+7 900 000-00-00")
    form.get_by_role("button", name="Жду звонка").click()
    expect(page.get_by_text("Заявка принята")).to_be_visible()
    assert len(fake.only_session().callbacks) == 1
    page.reload()
    expect(page.locator(".turn .answer .notice")).to_have_text(RESTING)


def test_an_assistant_that_rests_out_of_hours_offers_nothing(page: Page, fake: FakeApi) -> None:
    fake.script("Есть C 180?", Script(("Да, есть.",), notice=RESTING))
    begin(page)
    turn = ask(page, "Есть C 180?")
    expect(turn.locator(".answer .notice")).to_have_text(RESTING)
    expect(turn.get_by_role("button", name="Оставить заявку на звонок")).to_be_hidden()


def test_a_question_kept_for_an_assistant_that_wakes_up(page: Page, fake: FakeApi) -> None:
    script = fake.script("Вопрос", Script(("Готово.",), allowed=0, waiting=WARMING))
    page.clock.install()
    begin(page)
    turn = ask(page, "Вопрос")
    expect(turn.locator(".dots")).to_be_visible()
    page.clock.run_for(10_100)
    expect(turn.locator(".answer .notice")).to_have_text(WARMING)
    script.allowed = 1
    expect(turn.locator(".answer .text")).to_have_text("Готово.")
    expect(turn.locator(".answer .notice")).to_be_hidden()


def test_a_test_drive_is_booked_where_it_is_offered(page: Page, fake: FakeApi) -> None:
    fake.script("Есть C 180?", Script(("Да, есть.",), offers=("test_drive",)))
    begin(page)
    ask(page, "Есть C 180?").get_by_role("button", name="Записаться на тест-драйв").click()
    page.get_by_label("Автомобиль").fill("C 180")
    page.get_by_label("День").fill("2026-12-01")
    page.get_by_label("Время").fill("12:30")
    page.get_by_role("dialog").get_by_label("Как к вам обращаться").fill("Анна")
    page.get_by_role("dialog").get_by_label("Телефон").fill("+7 900 000-00-00")
    page.get_by_role("button", name="Записаться", exact=True).click()
    expect(page.get_by_text("Спасибо! Заявка принята.")).to_be_visible()
    (booked,) = fake.only_session().callbacks
    assert booked.pop("booking_id")
    assert booked == {
        "car": "C 180", "day": "2026-12-01", "time": "12:30", "name": "Анна", "phone": "+7 900 000-00-00",
    }  # fmt: skip


def brochure(name: str, link: str) -> dict[str, Any]:
    return {"kind": "brochure", "id": name, "values": {"title": f"Каталог {name}", "link": link}}


def test_a_brochure_is_a_link_and_goes_by_mail_where_that_is_offered(page: Page, fake: FakeApi) -> None:
    links = (brochure("gle", "https://salon.example/gle.pdf"), brochure("x", "javascript:alert(1)"))
    address = host_page(fake, 'data-link-hosts="salon.example"')
    fake.script("Каталог?", Script(("Брошюры по ссылкам.",), offers=("brochure",), facts=links))
    fake.script("Ещё?", Script(("Брошюра по ссылке.",), facts=links[:1]))
    begin(page, address)
    ask(page, "Каталог?")
    link = page.get_by_role("link", name="Скачать")
    expect(link).to_have_text("Скачать: Каталог gle")
    expect(link).to_have_attribute("href", "https://salon.example/gle.pdf")
    page.get_by_role("button", name="Отправить на почту").click()
    page.get_by_label("Адрес электронной почты").fill("anna")
    page.get_by_role("button", name="Отправить письмо").click()
    expect(page.get_by_text("Укажите адрес почты")).to_be_visible()
    page.get_by_label("Адрес электронной почты").fill("anna@example.ru")
    page.get_by_role("button", name="Отправить письмо").click()
    expect(page.get_by_text("Отправили ссылку.")).to_be_visible()
    assert fake.only_session().letters == [{"brochure": "gle", "email": "anna@example.ru"}]
    ask(page, "Ещё?")
    expect(page.get_by_role("link", name="Скачать")).to_have_count(2)
    expect(page.get_by_role("button", name="Отправить на почту")).to_have_count(1)


def test_no_callback_when_the_office_is_closed(page: Page, fake: FakeApi) -> None:
    fake.callbacks_available = fake.office_open = False
    open_widget(page)
    expect(page.get_by_role("button", name="Начать диалог")).to_be_visible()
    expect(page.get_by_role("button", name="Перезвоните")).to_be_hidden()
    page.get_by_label("Хранение диалога").check()
    page.get_by_role("button", name="Начать диалог").click()
    expect(page.get_by_label("Ваш вопрос")).to_be_focused()
    expect(page.get_by_role("button", name="Перезвоните")).to_be_hidden()
    expect(page.locator(".office")).to_contain_text("Салон закрыт, откроется")


def test_deleting_the_dialogue(page: Page, fake: FakeApi) -> None:
    begin(page)
    expect(ask(page, "Вопрос").locator(".answer .text")).not_to_be_empty()
    page.get_by_role("button", name="Удалить диалог").click()
    page.get_by_role("dialog").get_by_role("button", name="Удалить", exact=True).click()
    expect(page.get_by_text("Диалог удалён.")).to_be_visible()
    assert fake.sessions == {}
    page.reload()
    expect(page.get_by_role("button", name="Начать диалог")).to_be_visible()


def test_an_expired_dialogue_begins_anew(page: Page, fake: FakeApi) -> None:
    begin(page)
    fake.sessions.clear()
    page.get_by_label("Ваш вопрос").fill("Вопрос")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Прежний диалог больше не доступен")).to_be_visible()


def test_a_visitor_may_be_called_without_asking_anything(page: Page, fake: FakeApi) -> None:
    open_widget(page)
    page.get_by_role("button", name="Перезвоните мне").click()
    expect(page.get_by_role("alert")).to_contain_text("Без согласия на хранение")
    page.get_by_label("Хранение диалога").check()
    page.get_by_role("button", name="Перезвоните мне").click()
    page.get_by_label("Как к вам обращаться").fill("Анна")
    page.get_by_label("Телефон").fill("8 (900) 000-0")
    page.get_by_role("button", name="Жду звонка").click()
    expect(page.get_by_text("Укажите телефон полностью")).to_be_visible()
    page.get_by_label("Телефон").fill("8 (900) 000-00-00")
    page.get_by_label("Когда удобно").fill("после 18:00")
    page.get_by_role("button", name="Жду звонка").click()
    expect(page.get_by_text("Заявка принята")).to_be_visible()
    (callback,) = fake.only_session().callbacks
    assert callback == {"name": "Анна", "phone": "8 (900) 000-00-00", "convenient_time": "после 18:00"}


def test_a_request_for_the_morning_where_the_owner_takes_them(page: Page, fake: FakeApi) -> None:
    fake.office_open = False
    open_widget(page)
    expect(page.get_by_role("button", name="Начать диалог")).to_be_visible()
    expect(page.get_by_role("button", name="Перезвоните")).to_be_hidden()
    page.get_by_label("Хранение диалога").check()
    page.get_by_role("button", name="Начать диалог").click()
    page.get_by_role("button", name="Перезвоните утром").click()
    expect(page.get_by_text("вам перезвонят в рабочее время")).to_be_visible()


def test_the_recommendation_is_asked_of_some_alone(page: Page, fake: FakeApi) -> None:
    fake.ask_nps = False
    begin(page)
    answered(page, "Вопрос")
    page.get_by_role("button", name="Завершить").click()
    expect(page.get_by_role("group", name="Насколько полезным")).to_be_visible()
    expect(page.get_by_role("group", name="Порекомендуете")).to_be_hidden()


def test_a_gift_follows_the_rating_and_stays(page: Page, fake: FakeApi) -> None:
    fake.gift_code = "ZVEZDA-7Q2M"
    begin(page)
    answered(page, "Вопрос")
    page.get_by_role("button", name="Завершить").click()
    page.get_by_label("10", exact=True).first.check(force=True)
    page.get_by_role("button", name="Отправить оценку").click()
    expect(page.get_by_text("ZVEZDA-7Q2M")).to_be_visible()
    page.reload()
    expect(page.get_by_text("ZVEZDA-7Q2M")).to_be_visible()


def test_who_leaves_is_asked_for_a_rating_once(page: Page, fake: FakeApi) -> None:
    begin(page)
    answered(page, "Вопрос")
    page.get_by_role("button", name="Закрыть").click()
    expect(page.get_by_role("heading", name="Оцените разговор?")).to_be_focused()
    page.get_by_role("button", name="Не сейчас").click()
    expect(page.get_by_label("Ваш вопрос")).to_be_focused()
    page.get_by_role("button", name="Закрыть").click()
    expect(page.get_by_role("button", name="Спросить помощника")).to_be_focused()
    assert not fake.only_session().ended


def test_an_idle_dialogue_ends_with_the_rating(page: Page, fake: FakeApi) -> None:
    page.clock.install()
    begin(page)
    turn = ask(page, "Вопрос")
    page.clock.run_for(1_000)
    expect(turn.locator(".answer")).to_have_attribute("aria-busy", "false")
    page.clock.run_for(29 * 60_000)
    expect(page.get_by_label("Ваш вопрос")).to_be_visible()
    page.clock.run_for(61_000)
    expect(page.get_by_role("heading", name="Диалог завершён")).to_be_visible()
    assert fake.only_session().ended
