"""Requests to be called back are worked through; whoever was faster is named."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, expect

from tests.web.fake_owner_api import COLLEAGUE, OWNER
from tests.web.owner_page import OwnerPage

pytestmark = pytest.mark.e2e


def card(owner: OwnerPage, name: str) -> Locator:
    return owner.tab.locator(".callback", has=owner.tab.get_by_role("heading", name=name))


def test_a_request_is_done_with_a_note(owner: OwnerPage) -> None:
    owner.open("callbacks")
    expect(owner.tab.locator(".callback")).to_have_count(3)
    first = card(owner, "Ирина Павлова")
    expect(first.get_by_role("link", name="+7 900 123-45-01")).to_have_attribute("href", "tel:+79001234501")
    expect(first).to_contain_text("Удобное время: после 18:00")
    first.get_by_label("Заметка для коллег").fill("Приедет завтра")
    first.get_by_role("button", name="Готово").click()
    expect(first).to_contain_text("Сохранено: готово.")
    changed = owner.fake.callbacks[0]
    assert (changed["state"], changed["note"], changed["changed_by"]) == ("done", "Приедет завтра", OWNER)
    first.get_by_role("button", name="Вернуть в список").click()
    expect(first).to_contain_text("Сохранено: ждёт звонка.")
    card(owner, "Олег").get_by_role("button", name="Не дозвонились").click()
    expect(card(owner, "Олег")).to_contain_text("Сохранено: не дозвонились.")
    owner.tab.get_by_role("link", name="Не дозвонились").click()
    expect(owner.tab.locator(".callback")).to_have_count(2)


def test_a_colleague_was_faster(owner: OwnerPage) -> None:
    owner.open("callbacks")
    now = {
        "state": "no_answer",
        "note": "Занято",
        "changed_by": COLLEAGUE,
        "changed_at": "2026-01-05T06:30:00Z",
    }
    owner.fake.callbacks[0] |= now
    first = card(owner, "Ирина Павлова")
    first.get_by_label("Заметка для коллег").fill("Моя заметка")
    first.get_by_role("button", name="Готово").click()
    told = first.get_by_role("alert")
    expect(told).to_contain_text(re.compile(f"Заявку уже изменили .{COLLEAGUE}"))
    expect(told).to_contain_text("не дозвонились. Их заметка: «Занято». Ваше изменение не сохранено")
    expect(first.get_by_label("Заметка для коллег")).to_have_value("Моя заметка")
    assert owner.fake.callbacks[0]["note"] == "Занято"
    first.get_by_role("button", name="Готово").click()  # knowing that, on purpose
    expect(first).to_contain_text("Сохранено: готово.")


def test_a_request_that_is_gone_is_told(owner: OwnerPage) -> None:
    owner.open("callbacks")
    owner.fake.callbacks[0] |= {"state": "done"}
    first = card(owner, "Ирина Павлова")
    owner.tab.route(
        "**/callbacks?state=all", lambda route: route.fulfill(json={"callbacks": [], "by_hour": []})
    )
    first.get_by_role("button", name="Готово").click()
    expect(first.get_by_role("alert")).to_contain_text("Этой заявки больше нет")


def test_without_a_network_the_card_goes_back_and_keeps_the_note(owner: OwnerPage) -> None:
    owner.open("callbacks")
    first = card(owner, "Ирина Павлова")
    first.get_by_label("Заметка для коллег").fill("Перезвонить утром")
    owner.tab.context.set_offline(True)
    first.get_by_role("button", name="Готово").click()
    expect(first.get_by_role("alert")).to_contain_text(
        "Нет связи с сервером. Проверьте сеть и повторите. Не сохранено."
    )
    expect(first.get_by_role("button", name="Не дозвонились")).to_be_visible()
    owner.tab.context.set_offline(False)
    owner.tab.reload()
    expect(first.get_by_label("Заметка для коллег")).to_have_value("Перезвонить утром")
    first.get_by_role("button", name="Сохранить заметку").click()
    expect(first).to_contain_text("Сохранено")
    assert owner.fake.callbacks[0]["note"] == "Перезвонить утром"
    assert owner.fake.callbacks[0]["state"] == "waiting"


def test_the_load_by_hour(owner: OwnerPage) -> None:
    owner.open("callbacks")
    figure = owner.tab.locator("figure")
    figure.get_by_text("Таблица").click()
    expect(figure.locator("tbody tr")).to_have_count(24)
    expect(figure.locator("tbody tr").nth(17)).to_have_text("17:00–17:5914")
