"""What stands around an answer: cards, thumbs, copying, stopping, questions that are one press away."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.web.fake_api import CARS, FakeApi, Refusal, Script
from tests.web.steps import answer, answered, ask, begin, host_page, open_widget

pytestmark = pytest.mark.e2e


def test_cars_are_cards_and_lead_to_a_test_drive(page: Page, fake: FakeApi) -> None:
    fake.script("Что есть?", Script(("Вот что есть.",), facts=CARS, offers=("test_drive",)))
    begin(page)
    turn = answered(page, "Что есть?")
    card = turn.get_by_role("list", name="Автомобили").get_by_role("listitem").first
    expect(card.locator(".car-model")).to_have_text("GLC 200 4MATIC")
    expect(card.locator(".car-price")).to_have_text("7 290 000 ₽")
    expect(card.locator(".small")).to_have_text("2024 год · чёрный · пробег 12 400 km".replace("km", "км"))
    expect(card.locator("svg").first).to_be_visible()
    expect(turn.get_by_role("button", name="Записаться на тест-драйв")).to_be_hidden()  # each card has one
    card.get_by_role("button", name="Тест-драйв: GLC 200 4MATIC").click()
    expect(page.get_by_label("Автомобиль: модель или VIN")).to_have_value("WDC1")


def test_many_cars_are_shown_on_demand(page: Page, fake: FakeApi) -> None:
    many = tuple(CARS[0] | {"id": f"VIN{number}"} for number in range(7))
    fake.script("Что есть?", Script(("Много.",), facts=many))
    begin(page)
    turn = answered(page, "Что есть?")
    expect(turn.locator(".car:visible")).to_have_count(4)
    turn.get_by_role("button", name="Показать ещё 3").click()
    expect(turn.locator(".car:visible")).to_have_count(7)


def test_no_test_drive_where_nobody_calls_back(page: Page, fake: FakeApi) -> None:
    fake.callbacks_available = fake.office_open = False
    fake.script("Что есть?", Script(("Вот.",), facts=CARS))
    begin(page)
    expect(answered(page, "Что есть?").get_by_role("button", name="Тест-драйв")).to_have_count(0)


def test_further_questions_under_cars(page: Page, fake: FakeApi) -> None:
    fake.script("Что есть?", Script(("Вот.",), facts=CARS))
    begin(page)
    answered(page, "Что есть?")
    page.get_by_role("group", name="Что ещё спросить").get_by_role("button", name="А есть подешевле?").click()
    expect(page.locator(".asked").last).to_contain_text("А есть подешевле?")
    expect(page.get_by_role("group", name="Что ещё спросить")).to_be_hidden()


def test_a_growing_answer_is_stopped(page: Page, fake: FakeApi) -> None:
    fake.script("Долго", Script(("Начало. ", "Конец."), allowed=1))
    fake.script("Ещё дольше", Script(("Конец.",), allowed=0))
    begin(page)
    turn = ask(page, "Долго")
    expect(answer(turn)).to_have_text("Начало.")
    turn.get_by_role("button", name="Остановить").click()
    expect(turn.locator(".answer")).to_have_attribute("aria-busy", "false")
    expect(answer(turn)).to_have_text("Начало.")
    turn = ask(page, "Ещё дольше")
    turn.get_by_role("button", name="Остановить").click()
    expect(answer(turn)).to_have_text("Ответ остановлен.")
    expect(turn.get_by_role("button", name="Остановить")).to_be_hidden()
    turn.get_by_role("button", name="Спросить ещё раз").click()
    expect(page.locator(".turn")).to_have_count(3)
    expect(page.locator(".turn").last.locator(".dots")).to_be_visible()
    assert len(fake.only_session().turns) == 3


def test_an_answer_is_copied(page: Page, fake: FakeApi) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    begin(page)
    answered(page, "Вопрос").get_by_role("button", name="Копировать").click()
    expect(page.get_by_role("button", name="Скопировано")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == "Да, в наличии три автомобиля."


def test_a_thumb_and_its_reason(page: Page, fake: FakeApi) -> None:
    begin(page)
    turn = answered(page, "Вопрос")
    turn.get_by_role("button", name="Ответ полезен").click()
    expect(turn.get_by_text("Спасибо, передадим салону.")).to_be_visible()
    expect(turn.get_by_role("button", name="Ответ полезен")).to_have_attribute("aria-pressed", "true")
    (kept,) = fake.only_session().turns.values()
    assert kept.feedback == {"thumb": "up", "reason": ""}
    turn.get_by_role("button", name="Ответ не помог").click()
    expect(turn.get_by_label("Что не так с ответом?")).to_be_focused()
    page.keyboard.type("Цена старая")
    page.keyboard.press("Enter")
    expect(turn.get_by_label("Что не так с ответом?")).to_be_hidden()
    expect(turn.get_by_role("button", name="Ответ не помог")).to_be_focused()
    page.reload()
    expect(page.get_by_role("button", name="Ответ не помог")).to_have_attribute("aria-pressed", "true")
    assert kept.feedback == {"thumb": "down", "reason": "Цена старая"}


def test_the_reason_is_kept_though_the_thumb_before_it_is_slow(page: Page, fake: FakeApi) -> None:
    fake.feedback_seconds = [0.5]
    begin(page)
    turn = answered(page, "Вопрос")
    with page.expect_request_finished(lambda request: '"reason":""' in (request.post_data or "")):
        turn.get_by_role("button", name="Ответ не помог").click()
        turn.get_by_role("button", name="Неточные сведения").click()
    expect(turn.get_by_text("Спасибо, передадим салону.")).to_be_visible()
    (kept,) = fake.only_session().turns.values()
    assert kept.feedback == {"thumb": "down", "reason": "Неточные сведения"}


def test_in_a_crowd_the_form_is_offered(page: Page, fake: FakeApi) -> None:
    fake.refusals = [Refusal(429, "too_many_requests", "Сейчас очень много вопросов.", retry=3)]
    begin(page)
    turn = ask(page, "Вопрос")
    expect(turn.get_by_text("Сейчас очень много вопросов.")).to_be_visible()
    turn.get_by_role("button", name="Оставить заявку на звонок").click()
    expect(page.get_by_role("heading", name="Перезвоните мне")).to_be_focused()
    page.get_by_role("button", name="Назад").click()
    expect(answer(turn)).to_have_text("Да, в наличии три автомобиля.")


def test_without_a_network_a_request_says_so_and_waits_for_it(page: Page, fake: FakeApi) -> None:
    begin(page)
    page.get_by_role("button", name="Перезвоните мне").click()
    page.get_by_label("Как к вам обращаться").fill("Анна")
    page.get_by_label("Телефон").fill("+7 900 000-00-00")
    page.context.set_offline(True)
    page.get_by_role("button", name="Жду звонка").click()
    expect(page.get_by_text("Нет связи: не отправлено.")).to_be_visible()
    page.context.set_offline(False)
    page.get_by_role("button", name="Жду звонка").click()
    expect(page.get_by_text("Заявка принята")).to_be_visible()
    assert len(fake.only_session().callbacks) == 1


def test_in_english_everything_of_the_widgets_own_is_english(page: Page, fake: FakeApi) -> None:
    fake.script("Что есть в наличии до 5 миллионов?", Script(("Вот.",), facts=CARS, allowed=0))
    page.clock.install()
    page.goto(host_page(fake, lang="en"))
    page.get_by_role("button", name="Ask the assistant").click()
    expect(page.get_by_text("We keep it for 90 days, then delete it.")).to_be_visible()
    expect(page.get_by_text("Я согласен на хранение").first).to_have_attribute("lang", "ru")
    page.get_by_label("Storing the conversation").check()
    page.get_by_role("button", name="Start the conversation").click()
    page.get_by_role("button", name="What is in stock under 5 million?").click()
    turn = page.locator(".turn").last
    expect(turn.locator(".asked .said")).to_have_text("You: Что есть в наличии до 5 миллионов?")
    page.clock.run_for(10_100)
    expect(turn.locator(".notice")).to_have_text(
        "Your request is being processed, please wait for the answer"
    )
    fake.scripts["Что есть в наличии до 5 миллионов?"].allowed = 1
    page.clock.run_for(2_000)
    expect(turn.locator(".car-price").first).to_have_text("7,290,000 ₽")
    page.get_by_role("button", name="Finish").click()
    expect(page.get_by_role("group", name="How useful was the conversation?")).to_be_visible()


def test_terms_are_linked_where_the_salon_names_them(page: Page, fake: FakeApi) -> None:
    fake.terms_link = "/terms.html"
    open_widget(page)
    link = page.get_by_role("link", name="Условия обработки данных").last
    expect(link).to_have_attribute("href", f"{page.url.rstrip('/')}/terms.html")
    fake.terms_link = "javascript:alert(1)"
    page.reload()
    expect(page.get_by_role("button", name="Начать диалог")).to_be_visible()
    assert page.locator(".panel a:visible").count() == 0
