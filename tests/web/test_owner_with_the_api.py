"""The page on the owner's API itself, so that its fake cannot drift away: every page, every publication."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from moto import mock_aws
from moto.dynamodb.responses import DynamoHandler
from playwright.sync_api import Browser, Page, expect
from starlette.staticfiles import StaticFiles

from core.analytics.metrics import UnansweredQuestion
from tests.fakes.aws import ENVIRONMENT, client, make_bucket, make_tables
from tests.fakes.owner_platform import EMAIL, PASSWORD, OwnerPlatform
from tests.web.owner_page import DESKTOP, PAGES
from tests.web.serving import served

pytestmark = pytest.mark.e2e


@pytest.fixture
def platform(monkeypatch: pytest.MonkeyPatch) -> Iterator[OwnerPlatform]:
    """Its stores in moto, one call at a time."""
    for name, value in ENVIRONMENT.items():
        monkeypatch.setenv(name, value)
    turn, call = threading.Lock(), DynamoHandler.call_action

    def one_at_a_time(handler: DynamoHandler) -> Any:
        with turn:
            return call(handler)

    monkeypatch.setattr(DynamoHandler, "call_action", one_at_a_time)
    with mock_aws():
        dynamodb, s3 = client("dynamodb"), client("s3")
        make_tables(dynamodb)
        make_bucket(s3)
        made = OwnerPlatform(dynamodb, s3)
        for number, text in enumerate(("Можно ли с собакой?", "Можно с кошкой?")):
            made.metrics.questions.append(
                UnansweredQuestion(session_id="s", message_id=str(number), asked_at=made.clock(), text=text)
            )
        yield made


@pytest.fixture
def tab(browser: Browser, dist: Path, platform: OwnerPlatform) -> Iterator[Page]:
    """Signed in by the form. Whatever the API refuses is kept in `refused`."""
    pages = StaticFiles(directory=dist, html=True)

    async def app(scope: Any, receive: Any, send: Any) -> None:
        await (platform.app if scope["path"].startswith("/v1/") else pages)(scope, receive, send)

    with served(app) as address:
        context = browser.new_context(base_url=address, viewport=DESKTOP, locale="ru-RU")  # type: ignore[arg-type]
        tab = context.new_page()
        tab.set_default_timeout(10_000)
        broken: list[str] = []
        tab.on("pageerror", lambda error: broken.append(str(error)))
        tab.goto("/owner/")
        tab.get_by_label("Электронная почта").fill(EMAIL)
        tab.get_by_label("Пароль", exact=True).fill(PASSWORD)
        tab.keyboard.press("Enter")
        expect(tab.get_by_role("heading", level=1)).to_have_text("Сегодня")
        yield tab
        context.close()
    assert broken == []


def publish(tab: Page) -> None:
    tab.get_by_role("button", name="Опубликовать…").click()
    tab.get_by_role("dialog").get_by_role("button", name="Опубликовать", exact=True).click()


def published(tab: Page) -> None:
    expect(tab.get_by_text("Опубликовано.", exact=True)).to_be_visible()
    expect(tab.get_by_role("region", name="Публикация")).to_be_hidden()


def test_every_page_reads_what_the_api_says(tab: Page) -> None:
    for address, title in PAGES.items():
        if address == "dialogues/d-2":
            continue  # nobody has talked here
        tab.goto(f"/owner/#/{address}")
        expect(tab.get_by_role("heading", level=1)).to_have_text(title)
        expect(tab.get_by_text("Загружаем…")).to_have_count(0)
        expect(tab.locator(".trouble")).to_have_count(0)


def test_topics_are_judged_published_and_rolled_back(tab: Page, platform: OwnerPlatform) -> None:
    tab.goto("/owner/#/topics")
    tab.locator("summary").first.click()
    tab.get_by_label("Выражения, по одному").fill("выборы\n!!!")
    publish(tab)
    expect(tab.locator(".field-error:visible")).to_have_text("В этой фразе нет ни одного слова.")
    tab.get_by_label("Выражения, по одному").fill("выборы")
    tab.get_by_role("button", name="Добавить пример").click()
    tab.get_by_label("Пример вопроса").fill("Какая завтра погода?")
    publish(tab)
    expect(tab.locator(".samples .field-error:visible")).to_contain_text("должна быть запрещена")
    tab.get_by_label("Что должно быть").select_option("Пропустить")
    tab.get_by_label("Проверить вопрос").fill("Когда выборы?")
    tab.keyboard.press("Enter")
    expect(tab.get_by_text("Откажет.")).to_be_visible()
    publish(tab)
    published(tab)
    tab.reload()
    expect(tab.get_by_text(f"автор — {EMAIL}")).to_be_visible()
    expect(tab.get_by_role("region", name="Публикация")).to_be_hidden()
    tab.goto("/owner/#/history/policy")
    tab.get_by_role("button", name="Вернуть эту версию").click()
    tab.get_by_role("dialog").get_by_role("button", name="Вернуть").click()
    expect(tab.locator(".versions > li")).to_have_count(3)
    assert platform.sign_in().document("policy")["value"]["topics"][0].get("samples", []) == []


def test_a_colleague_was_faster(tab: Page, platform: OwnerPlatform) -> None:
    tab.goto("/owner/#/topics")
    tab.locator("summary").first.click()
    tab.get_by_label("Что ответить").fill("Не говорю.")
    theirs = platform.sign_in("boris@example.ru").document("policy")["value"]
    theirs["topics"][0]["title"] = "Политика"
    assert platform.publish("policy", theirs).status_code == 200
    publish(tab)
    expect(tab.get_by_role("alert")).to_contain_text("автор — boris@example.ru")
    tab.get_by_role("button", name="Перенести мои изменения").click()
    publish(tab)
    published(tab)
    topic = platform.document("policy")["value"]["topics"][0]
    assert (topic["title"], topic["reply"]) == ("Политика", "Не говорю.")


def test_an_answer_and_settings_are_published(tab: Page, platform: OwnerPlatform) -> None:
    tab.goto("/owner/#/unanswered")
    tab.get_by_role("button", name="Добавить в FAQ").first.click()
    tab.get_by_label("Ответ", exact=True).fill("Да, можно.")
    publish(tab)
    published(tab)
    tab.goto("/owner/#/settings")
    tab.get_by_label("Сколько дней хранить").fill("30")
    tab.get_by_label("Понедельник: с").fill("10")
    publish(tab)
    published(tab)
    platform.sign_in()
    assert platform.document("knowledge")["value"]["passages"][-1]["text"] == "Да, можно."
    settings = platform.document("settings")["value"]
    assert settings["retention"] == "P30D"
    assert settings["hours"]["week"]["mon"][0] == "10:00:00"
