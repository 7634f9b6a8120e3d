"""An owner comes in, stays in and goes out; where the tokens are; what a session that ends costs: nothing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.web.fake_owner_api import PASSWORD
from tests.web.owner_page import OwnerPage, opened

pytestmark = pytest.mark.e2e


@pytest.fixture
def stranger(browser: Browser, dist: Path) -> Iterator[OwnerPage]:
    """Nobody is signed in."""
    with opened(browser, dist) as page:
        page.tab.goto("/owner/")
        yield page


def test_a_wrong_password_and_the_right_one(stranger: OwnerPage) -> None:
    tab = stranger.tab
    stranger.sign_in("wrong")
    expect(tab.get_by_role("alert")).to_have_text("Почта или пароль не подходят.")
    stranger.sign_in()
    expect(tab.get_by_role("heading", name="Сегодня", level=1)).to_be_visible()
    assert tab.evaluate("JSON.stringify(localStorage)").find("token") == -1
    assert tab.context.cookies() == []
    tab.reload()
    expect(tab.get_by_role("heading", name="Сегодня", level=1)).to_be_visible()
    tab.get_by_role("button", name="Выйти").click()
    expect(tab.get_by_role("heading", name="Кабинет салона")).to_be_visible()
    assert stranger.fake.tokens == set()
    assert "token" not in tab.evaluate("JSON.stringify(sessionStorage)")


def test_empty_fields_are_not_sent(stranger: OwnerPage) -> None:
    stranger.tab.get_by_role("button", name="Войти").click()
    expect(stranger.tab.get_by_role("alert")).to_have_text("Заполните все поля.")
    expect(stranger.tab.get_by_label("Электронная почта")).to_be_focused()


def test_a_temporary_password_is_changed_first(stranger: OwnerPage) -> None:
    tab = stranger.tab
    stranger.fake.password_is_temporary = True
    stranger.sign_in()
    expect(tab.get_by_text("Вы вошли с временным паролем")).to_be_visible()
    tab.get_by_label("Новый пароль").fill("short")
    tab.get_by_role("button", name="Сохранить и войти").click()
    expect(tab.get_by_role("alert")).to_contain_text("не меньше 14 знаков")
    tab.get_by_label("Показать пароль").check()
    expect(tab.get_by_label("Новый пароль")).to_have_attribute("type", "text")
    tab.get_by_label("Новый пароль").fill("Long enough 1-")
    tab.get_by_role("button", name="Сохранить и войти").click()
    expect(tab.get_by_role("heading", name="Сегодня", level=1)).to_be_visible()


def test_a_token_that_ran_out_is_renewed_silently(owner: OwnerPage) -> None:
    owner.open("today")
    owner.fake.tokens.clear()
    owner.tab.get_by_role("link", name="Динамика").click()
    owner.whole("trends")
    expect(owner.tab.get_by_role("dialog")).to_have_count(0)


def test_a_session_that_ends_in_the_middle_of_an_edit_keeps_it(owner: OwnerPage) -> None:
    tab = owner.tab
    owner.open("topics")
    tab.get_by_text("Медицинские советы").click()
    tab.get_by_label("Что ответить посетителю").fill("Спросите врача.")
    tab.get_by_role("button", name="Опубликовать…").click()
    expect(tab.get_by_text("Прочитано: 1")).to_be_visible()
    owner.fake.end_sessions()
    owner.answer("Опубликовать изменения?", "Опубликовать")
    again = tab.get_by_role("dialog", name="Войдите ещё раз")
    expect(again).to_contain_text("Всё, что вы набрали, осталось на месте")
    tab.keyboard.press("Escape")
    expect(again).to_be_visible()
    expect(again.get_by_label("Пароль", exact=True)).to_be_focused()
    again.get_by_label("Пароль", exact=True).fill(PASSWORD)
    tab.keyboard.press("Enter")
    expect(tab.get_by_text("Опубликовано.", exact=True)).to_be_visible()
    assert owner.fake.value("policy")["topics"][1]["reply"] == "Спросите врача."
    assert len(owner.fake.sent("PUT", "/documents/policy")) == 2  # refused, then taken
    expect(tab.get_by_label("Что ответить посетителю")).to_have_count(0)  # the form begins anew, closed


def test_a_salon_is_chosen_and_remembered(owner: OwnerPage) -> None:
    owner.open("today")
    expect(owner.tab.get_by_text("Время салона: Москва, UTC+3")).to_be_visible()
    owner.tab.get_by_label("Салон").select_option("Вторая Звезда")
    expect(owner.tab.get_by_text("Время салона: Омск, UTC+6")).to_be_visible()
    owner.tab.reload()
    expect(owner.tab.get_by_label("Салон")).to_have_value("second")
