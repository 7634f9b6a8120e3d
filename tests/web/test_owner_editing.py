"""Documents are edited, tried, published and rolled back; nothing typed is lost and nobody is overwritten."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Locator, expect

from tests.web.fake_owner_api import COLLEAGUE, Refused
from tests.web.owner_page import OwnerPage

pytestmark = pytest.mark.e2e


def topic(owner: OwnerPage, title: str) -> Locator:
    """A topic of the editor, opened."""
    row = owner.tab.locator("details.card", has=owner.tab.locator("summary", has_text=title))
    row.locator("summary").first.click()
    return row


def wrong(field: str, message: str) -> Refused:
    return Refused(422, "invalid_input", "Проверьте поля.", ({"field": field, "message": message},))


def test_a_topic_is_changed_and_nothing_else(owner: OwnerPage) -> None:
    before = owner.fake.value("policy")
    owner.open("topics")
    row = topic(owner, "Политика")
    row.get_by_label("Выражения, по одному").fill("политика\n\n  новое выражение \nсанкция")
    row.get_by_role("button", name="Добавить пример").click()
    row.get_by_label("Пример вопроса").last.fill("Расскажи про выборы")
    row.get_by_label("Что должно быть").last.select_option("Отказать")
    row.get_by_label("Тема включена").uncheck()
    expect(row.locator("summary")).to_contain_text("выключена")
    owner.publish()
    expect(owner.tab.get_by_text("Опубликовано.", exact=True)).to_be_visible()
    changed = before["topics"][0]
    changed["phrases"] = ["политика", "новое выражение", "санкция"]
    changed["samples"].append({"text": "Расскажи про выборы", "allowed": False})
    changed["enabled"] = False
    assert owner.fake.value("policy") == before
    assert owner.fake.sent("PUT", "/policy")[0]["expected_version"] == "v0"
    expect(owner.tab.get_by_role("region", name="Публикация")).to_be_hidden()


def test_a_topic_is_made_and_taken_away(owner: OwnerPage) -> None:
    owner.open("topics")
    row = topic(owner, "Медицинские")
    row.get_by_role("button", name="Удалить тему").click()
    owner.answer("Удалить тему?", "Удалить")
    owner.tab.get_by_role("button", name="Новая тема").click()
    made = owner.tab.locator("details[open]")
    expect(made.get_by_label("Название")).to_be_focused()
    made.get_by_label("Название").fill("Религия")
    made.get_by_label("Выражения, по одному").fill("какая вера")
    made.get_by_label("Что ответить").fill("О религии я не говорю.")
    owner.tab.get_by_role("button", name="Опубликовать…").click()
    dialog = owner.tab.get_by_role("dialog")
    expect(dialog).to_contain_text("«Медицинские советы»: удалено")
    expect(dialog).to_contain_text("«Религия»: добавлено")
    owner.answer("Опубликовать изменения?", "Опубликовать")
    expect(owner.tab.get_by_text("Опубликовано.", exact=True)).to_be_visible()
    titles = [each["title"] for each in owner.fake.value("policy")["topics"]]
    assert titles == ["Политика, война, санкции", "Обещания скидки сверх цены", "Религия"]


def test_a_reload_loses_nothing_and_a_draft_can_be_dropped(owner: OwnerPage) -> None:
    tab = owner.tab
    owner.open("topics")
    topic(owner, "Политика").get_by_label("Что ответить").fill("Не говорю.")
    tab.reload()
    expect(tab.get_by_text("Восстановлены ваши неопубликованные изменения")).to_be_visible()
    expect(tab.get_by_role("region", name="Публикация")).to_contain_text("Не опубликовано: 1\u00a0изменение")
    expect(topic(owner, "Политика").get_by_label("Что ответить")).to_have_value("Не говорю.")
    tab.get_by_role("button", name="Отменить", exact=True).click()
    owner.answer("Отменить изменения?", "Не сейчас")
    expect(tab.get_by_role("region", name="Публикация")).to_be_visible()
    tab.get_by_role("button", name="Отменить", exact=True).click()
    owner.answer("Отменить изменения?", "Стереть черновик")
    expect(tab.get_by_role("region", name="Публикация")).to_be_hidden()
    tab.reload()
    expect(topic(owner, "Политика").get_by_label("Что ответить")).to_have_value(
        "О политике я не говорю: я помощник автосалона."
    )


def colleague_publishes(owner: OwnerPage, **fields: Any) -> dict[str, Any]:
    """Boris changes the first topic; gives back the whole policy."""
    theirs: dict[str, Any] = owner.fake.value("policy")
    theirs["topics"][0] |= fields
    owner.fake.publish("policy", theirs)
    return theirs


def test_a_colleague_was_faster_and_both_changes_stay(owner: OwnerPage) -> None:
    tab = owner.tab
    owner.open("topics")
    topic(owner, "Политика").get_by_label("Что ответить").fill("Не говорю.")
    theirs = colleague_publishes(owner, title="Политика")
    owner.publish()
    told = tab.get_by_role("alert")
    expect(told).to_contain_text(f"автор — {COLLEAGUE}")
    expect(told).to_contain_text("«Политика»: название")
    assert owner.fake.value("policy") == theirs
    tab.get_by_role("button", name="Перенести мои изменения").click()
    expect(topic(owner, "Политика").get_by_label("Что ответить")).to_have_value("Не говорю.")
    assert owner.fake.value("policy") == theirs  # carrying over publishes nothing
    owner.publish()
    expect(tab.get_by_text("Опубликовано.", exact=True)).to_be_visible()
    theirs["topics"][0]["reply"] = "Не говорю."
    assert owner.fake.value("policy") == theirs


def test_both_changed_the_same_field_and_it_is_said(owner: OwnerPage) -> None:
    tab = owner.tab
    owner.open("topics")
    topic(owner, "Политика").get_by_label("Что ответить").fill("Моё.")
    theirs = colleague_publishes(owner, reply="Их.")
    tab.reload()  # found on opening, too
    told = tab.get_by_role("alert")
    expect(told).to_contain_text("Правили и вы, и другой автор")
    expect(told).to_contain_text("ответ посетителю")
    tab.get_by_role("button", name="Опубликовать…").click()
    expect(tab.get_by_role("dialog")).to_have_count(0)
    expect(tab.get_by_role("button", name="Перенести мои изменения")).to_be_focused()
    tab.get_by_role("button", name="Взять новую версию").click()
    expect(topic(owner, "Политика").get_by_label("Что ответить")).to_have_value("Их.")
    assert owner.fake.value("policy") == theirs
    assert owner.fake.sent("PUT", "/policy") == []


def test_a_version_that_is_no_longer_kept(owner: OwnerPage) -> None:
    owner.open("topics")
    topic(owner, "Политика").get_by_label("Что ответить").fill("Моё.")
    theirs = colleague_publishes(owner, title="Политика")
    del owner.fake.versions["policy"][1:]
    owner.tab.reload()
    expect(owner.tab.get_by_role("alert")).to_contain_text("сравнить по полям нельзя")
    owner.tab.get_by_role("button", name="Оставить мой вариант целиком").click()
    expect(topic(owner, "Политика").get_by_label("Что ответить")).to_have_value("Моё.")
    assert owner.fake.value("policy") == theirs


def test_reasons_stand_at_their_fields(owner: OwnerPage) -> None:
    tab = owner.tab
    owner.open("topics")
    topic(owner, "Медицинские").get_by_label("Выражения, по одному").fill("болит голова\n!!!")
    owner.fake.refusals["PUT /policy"] = wrong("topics.1.phrases.1", "В выражении нет ни одного слова.")
    owner.publish()
    phrases = tab.get_by_label("Выражения, по одному")
    expect(phrases).to_be_focused()
    expect(phrases).to_have_attribute("aria-invalid", "true")
    expect(tab.get_by_text("Строка 2: В выражении нет ни одного слова.")).to_be_visible()
    expect(tab.get_by_role("alert")).to_contain_text("Не опубликовано: проверьте поля")
    owner.fake.refusals["PUT /policy"] = wrong("topics.0.samples.1", "Этот пример тема не пропускает.")
    owner.publish()
    sample = tab.get_by_label("Пример вопроса").nth(1)
    expect(sample).to_be_focused()
    expect(sample).to_have_value("Какая у вас ценовая политика?")
    expect(tab.locator(".samples").get_by_text("Этот пример тема не пропускает.")).to_be_visible()
    tab.get_by_role("alert").get_by_role("button").click()
    expect(sample).to_be_focused()


def test_a_server_that_is_down_keeps_the_draft(owner: OwnerPage) -> None:
    owner.open("topics")
    topic(owner, "Политика").get_by_label("Что ответить").fill("Не говорю.")
    owner.fake.refusals["PUT /policy"] = Refused(503, "store_away", "Хранилище сейчас недоступно.")
    owner.publish()
    told = owner.tab.get_by_role("alert")
    expect(told).to_contain_text("Хранилище сейчас недоступно. Ничего не потеряно")
    owner.fake.refusals.clear()
    owner.publish()
    expect(owner.tab.get_by_text("Опубликовано.", exact=True)).to_be_visible()


def test_topics_are_tried_before_they_are_published(owner: OwnerPage) -> None:
    tab = owner.tab
    otherwise = {
        "session_id": "d-1",
        "asked_at": "2026-01-05T06:30:00Z",
        "question": "Про погоду",
        "before": None,
    }
    owner.fake.replayed["changed"] = [otherwise | {"after": "politics"}]
    owner.open("topics")
    tab.get_by_label("Проверить вопрос посетителя").fill("Какая завтра погода?")
    tab.keyboard.press("Enter")
    expect(tab.get_by_text("Пропустит: ни одна тема не задета.")).to_be_visible()
    topic(owner, "Политика").get_by_label("Выражения, по одному").fill("погода")
    tab.get_by_role("button", name="Проверить").first.click()
    expect(tab.get_by_text("Откажет. Тема «Политика, война, санкции», выражение «погода».")).to_be_visible()
    tab.get_by_role("button", name="Опубликовать…").click()
    dialog = tab.get_by_role("dialog")
    expect(dialog).to_contain_text("Иначе было бы решено: 1\u00a0вопрос.")
    expect(dialog).to_contain_text("Было: ответ. Станет: отказ: Политика, война, санкции.")
    owner.answer("Опубликовать изменения?", "Не сейчас")
    assert owner.fake.sent("PUT", "/policy") == []
    tab.get_by_label("За какое время").select_option("за 90 дней")
    tab.get_by_role("button", name="Проверить").last.click()
    expect(tab.get_by_text("Про погоду")).to_be_visible()
    assert owner.fake.sent("POST", "/replay")[-1]["days"] == 90


def test_an_unanswered_question_becomes_an_answer(owner: OwnerPage) -> None:
    tab = owner.tab
    before = owner.fake.value("knowledge")
    owner.open("unanswered")
    tab.get_by_role("button", name="Добавить в FAQ: Можно ли приехать").click()
    owner.whole("faq")
    expect(tab.get_by_label("Вопрос", exact=True)).to_have_value("Можно ли приехать к вам с собакой?")
    expect(tab.get_by_label("Ответ", exact=True)).to_be_focused()
    tab.keyboard.type("Да, с собакой можно.")
    tab.reload()
    owner.publish()
    expect(tab.get_by_text("Опубликовано.", exact=True)).to_be_visible()
    after = owner.fake.value("knowledge")
    added = after["passages"].pop()
    assert after == before
    assert added.pop("id").startswith("faq_")
    assert added == {
        "kind": "faq",
        "title": "Можно ли приехать к вам с собакой?",
        "text": "Да, с собакой можно.",
        "questions": [
            "Можно ли приехать к вам с собакой?",
            "Пускаете с собаками?",
            "А с маленькой собачкой в салон можно?",
        ],
        "models": [],
        "offer": None,
    }


def test_hours_texts_and_retention(owner: OwnerPage) -> None:
    tab = owner.tab
    before = owner.fake.value("settings")
    owner.open("settings")
    tab.get_by_label("Понедельник: с").fill("25:00")
    tab.get_by_label("Понедельник: с").blur()
    expect(tab.get_by_text("Пишите как 09:30")).to_be_visible()
    tab.get_by_label("Понедельник: до").fill("20.30")
    tab.get_by_label("Воскресенье", exact=True).check()
    tab.get_by_label("Суббота", exact=True).uncheck()
    tab.get_by_label("Ещё один нерабочий день").fill("2027-01-07")
    tab.get_by_role("button", name="Добавить день").click()
    tab.get_by_role("button", name="Убрать 1 января 2027").click()
    tab.get_by_label("Сколько дней хранить").fill("30")
    tab.get_by_label("Приветствие").fill("Добрый день!")
    tab.get_by_label("У скольких посетителей").fill("45")
    tab.get_by_label("Ставка").fill("18.5")
    owner.publish()
    expect(tab.get_by_text("Опубликовано.", exact=True)).to_be_visible()
    before["hours"]["week"]["mon"] = ["09:00", "20:30"]
    before["hours"]["week"]["sun"] = ["10:00", "18:00"]
    del before["hours"]["week"]["sat"]
    before["hours"]["holidays"] = ["2027-01-07"]
    before |= {"retention": "P30D", "nps_share": 0.45}
    before["texts"]["greeting"] = "Добрый день!"
    before["credit"]["annual_percent"] = "18.5"
    assert owner.fake.value("settings") == before


def test_history_tells_what_changed_and_leads_back(owner: OwnerPage) -> None:
    tab = owner.tab
    first = owner.fake.value("policy")
    colleague_publishes(owner, reply="Их ответ.")
    owner.open("history/policy")
    versions = tab.locator(".versions > li")
    expect(versions).to_have_count(2)
    expect(versions.first).to_contain_text(f"Автор — {COLLEAGUE}")
    versions.first.get_by_role("button", name="Что изменилось").click()
    expect(versions.first).to_contain_text("«Политика, война, санкции»: ответ посетителю")
    theirs = colleague_publishes(owner, reply="Ещё один.")
    versions.last.get_by_role("button", name="Вернуть эту версию").click()
    owner.answer("Вернуть эту версию?", "Вернуть")
    expect(tab.get_by_role("alert")).to_contain_text("вышла другая версия. Ничего не возвращено")
    assert owner.fake.value("policy") == theirs
    tab.get_by_role("button", name="Обновить историю").click()
    expect(versions).to_have_count(3)
    versions.last.get_by_role("button", name="Вернуть эту версию").click()
    owner.answer("Вернуть эту версию?", "Вернуть")
    expect(versions).to_have_count(4)
    assert owner.fake.value("policy") == first


def test_two_tabs_of_one_browser_warn_each_other(owner: OwnerPage) -> None:
    owner.open("topics")
    other = owner.tab.context.new_page()
    second = OwnerPage(other, owner.fake)
    second.signed_in()
    second.open("topics")
    topic(owner, "Политика").get_by_label("Что ответить").fill("Не говорю.")
    expect(other.get_by_role("alert")).to_contain_text("правят в другой вкладке")


def test_what_an_author_left_out_is_no_change(owner: OwnerPage) -> None:
    lean = {"id": "lean", "phrases": ["погода"], "reply": "О погоде я не говорю."}
    owner.fake.versions["policy"][0]["value"]["topics"].append(lean)
    owner.open("topics")
    row = topic(owner, "lean")
    expect(row.get_by_label("Тема включена")).to_be_checked()
    expect(owner.tab.get_by_role("region", name="Публикация")).to_be_hidden()
    row.get_by_label("Название").fill("Погода")
    owner.publish()
    expect(owner.tab.get_by_text("Опубликовано.", exact=True)).to_be_visible()
    whole = {"title": "Погода", "exceptions": [], "samples": [], "gap": 2, "enabled": True}
    assert owner.fake.value("policy")["topics"][-1] == lean | whole


def test_a_long_list_is_filtered(owner: OwnerPage) -> None:
    topics = owner.fake.versions["policy"][0]["value"]["topics"]
    topics.extend(topics[0] | {"id": f"t{number}", "title": f"Тема {number}"} for number in range(10))
    owner.open("topics")
    rows = owner.tab.locator("details.card:visible")
    expect(rows).to_have_count(13)
    owner.tab.get_by_label("Найти в списке").fill("лекарство")
    expect(rows).to_have_count(1)
    expect(owner.tab.get_by_text("Найдено: 1")).to_be_visible()
