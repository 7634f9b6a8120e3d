"""What an owner reads: the day, the trends, the wishes, the dialogues; in the salon's time and in Russian."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.web import owner_samples as samples
from tests.web.fake_owner_api import Refused
from tests.web.owner_page import PAGES, OwnerPage

pytestmark = pytest.mark.e2e


def plain(text: str | None) -> str:
    return (text or "").replace("\u00a0", "_")


def test_today_at_a_glance(owner: OwnerPage) -> None:
    owner.open("today")
    tiles = plain(owner.tab.locator(".tiles").text_content())
    for told in ("1_284", "3_521_вопрос", "97,4_%", "8,7", "61_оценка", "+42", "19_оценок"):
        assert told in tiles
    main = owner.tab.get_by_role("main")
    expect(main).to_contain_text("Политика, война, санкции21 отказ")
    assert re.search(r"по данным на (сегодня,|вчера в)[ _]\d\d:\d\d", plain(main.text_content()))
    expect(main).to_contain_text("около 12,40 $")
    expect(main).to_contain_text("Работает")
    owner.tab.get_by_role("link", name="Заявки ждут звонка 3").click()
    owner.whole("callbacks")


def test_counts_are_said_in_russian(owner: OwnerPage) -> None:
    owner.open("today")
    said = {1: "1_вопрос", 2: "2_вопроса", 5: "5_вопросов", 11: "11_вопросов", 1004: "1_004_вопроса"}
    for count, told in said.items():
        owner.fake.today["turns"] = count
        owner.tab.get_by_role("link", name="Динамика").click()
        owner.whole("trends")
        owner.tab.get_by_role("link", name="Сегодня").click()
        owner.whole("today")
        assert told in plain(owner.tab.locator(".tile").first.text_content())


def test_a_day_without_anything(owner: OwnerPage) -> None:
    nothing = {
        "dialogues": 0,
        "turns": 0,
        "answered": 0,
        "answered_within_10_s": None,
        "callbacks_waiting": 0,
    }
    rest = {"unanswered": 0, "refusals": [], "stock_as_of": None, "cost_usd_so_far": None}
    breaker = {"state": "open", "since": "2026-01-05T06:30:00Z", "reason": "Расход выше предела"}
    rated = {"csat": {"mean": None, "count": 0}, "nps": {"score": None, "count": 0}}
    owner.fake.today |= nothing | rest | rated | {"breaker": breaker}
    owner.open("today")
    main = owner.tab.get_by_role("main")
    for told in (
        "—",
        "оценок пока нет",
        "все обработаны",
        "Сегодня помощник никому не отказывал",
        "данных нет",
    ):
        expect(main).to_contain_text(told)
    expect(main).to_contain_text("Модель выключена")
    expect(main).to_contain_text("5 января")  # 09:30 in the salon, whatever the browser's zone
    expect(main).to_contain_text("09:30")
    expect(main).to_contain_text("Расход выше предела")


def test_every_plot_has_its_table(owner: OwnerPage) -> None:
    owner.open("trends")
    tab = owner.tab
    for days in (7, 90, 30):
        tab.get_by_role("link", name=f"{days} дней").click()
        expect(tab.locator("figure").first.locator("tbody tr")).to_have_count(days)
    told = owner.fake.trends(30)
    figures = tab.locator("figure")
    expect(figures).to_have_count(7)
    expect(figures.first.get_by_role("img")).to_have_attribute("aria-label", re.compile("Диалоги: от .* до"))
    figures.first.get_by_text("Таблица").click()
    row = plain(figures.first.locator("tbody tr").last.text_content())
    assert row.endswith(f"{told[-1]['dialogues']:,}{told[-1]['turns']:,}".replace(",", "_"))
    missing = next(index for index, day in enumerate(told) if day["csat"] is None)
    expect(figures.nth(2).locator("tbody tr").nth(missing).locator("td")).to_have_text("—")
    figures.first.locator("svg").hover()
    expect(figures.first.locator(".readout")).to_contain_text("диалоги")


def test_a_plot_of_nothing_says_so(owner: OwnerPage) -> None:
    owner.fake.trends = lambda days: [day | {"cost": None} for day in samples.trends(days)]
    owner.open("trends")
    costs = owner.tab.locator("figure").last
    expect(costs).to_have_text("Расходы платформы за сутки, оценкаЗа это время данных нет.")


def test_what_visitors_want(owner: OwnerPage) -> None:
    owner.open("wishes")
    cards = plain(owner.tab.get_by_role("main").text_content())
    for told in ("GLC412_вопросов", "чёрный301_вопрос", "до 4_000_000_₽51_вопрос", "от 9_000_000_₽"):
        assert told in cards


def exported(owner: OwnerPage) -> str:
    """The file that the button gives."""
    with owner.tab.expect_download() as download:
        owner.tab.get_by_role("button", name="Скачать CSV").click()
    assert download.value.suggested_filename == "dialogues-showroom.csv"
    return Path(download.value.path()).read_text(encoding="utf-8")


def test_dialogues_are_searched_read_and_exported(owner: OwnerPage) -> None:
    tab = owner.tab
    owner.open("dialogues")
    rows = tab.locator(".dialogues li")
    expect(rows).to_have_count(20)
    tab.get_by_role("button", name="Показать ещё").click()
    expect(rows).to_have_count(39)
    expect(tab.get_by_role("button", name="Показать ещё")).to_have_count(0)
    assert exported(owner).count("Диалог;Вопрос") == 1  # of two parts
    assert len(exported(owner).splitlines()) == 1 + 39
    tab.get_by_label("Слова в диалоге").fill("собакой")
    tab.keyboard.press("Enter")
    expect(rows).to_have_count(1)
    assert exported(owner).splitlines() == ["\ufeffДиалог;Вопрос", "d-2;Можно ли приехать к вам с собакой?"]
    rows.get_by_role("link").click()
    owner.whole("dialogues/d-2")
    expect(tab.get_by_role("main")).to_contain_text("запретная тема: Политика, война, санкции")
    expect(tab.get_by_role("main")).to_contain_text("Не помогло: Не ответил")
    tab.go_back()
    expect(rows).to_have_count(1)
    expect(tab.get_by_label("Слова в диалоге")).to_have_value("собакой")
    tab.get_by_label("Слова в диалоге").fill("такого не спрашивали")
    tab.get_by_role("button", name="Найти").click()
    expect(tab.get_by_text("По этим условиям ничего не нашлось.")).to_be_visible()


def test_a_server_that_fails_is_told_and_asked_again(owner: OwnerPage) -> None:
    endings = {"dialogues/d-2": "d-2", "topics": "policy", "faq": "knowledge", "history/policy": "history"}
    for address in PAGES:
        away = Refused(503, "store_away", "Хранилище сейчас недоступно.")
        owner.fake.refusals[f"GET /{endings.get(address, address)}"] = away
        owner.open(address)
        expect(owner.tab.get_by_role("alert")).to_contain_text("Хранилище сейчас недоступно.")
        owner.fake.refusals.clear()
        owner.tab.get_by_role("button", name="Повторить").click()
        expect(owner.tab.get_by_text("Хранилище сейчас недоступно.")).to_have_count(0)
        owner.whole(address)


def test_no_network_is_told(owner: OwnerPage) -> None:
    owner.open("today")
    owner.tab.context.set_offline(True)
    owner.tab.get_by_role("link", name="Динамика").click()
    expect(owner.tab.get_by_role("alert")).to_contain_text("Нет связи с сервером")
    owner.tab.context.set_offline(False)
    owner.tab.get_by_role("button", name="Повторить").click()
    expect(owner.tab.locator("figure")).to_have_count(7)
