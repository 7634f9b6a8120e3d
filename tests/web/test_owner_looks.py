"""How the owner's page looks and is reached: axe, a narrow phone, the keyboard, hostile data as text."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.web.owner_page import DESKTOP, PAGES, PHONE, OwnerPage, opened

pytestmark = pytest.mark.e2e

AXE = Path(__file__).resolve().parents[2] / "node_modules" / "axe-core" / "axe.min.js"
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
HOSTILE = "<img src=x onerror=alert(1)><script>alert(2)</script>\u202eдоктор\u202c👩‍👩‍👧 " + "Ж" * 10_000


def violations(tab: Page) -> list[str]:
    if not tab.evaluate("'axe' in window"):
        tab.evaluate(AXE.read_text(encoding="utf-8"))
    found: list[dict[str, Any]] = tab.evaluate("(rules) => axe.run(document, rules)", RULES)["violations"]
    return [
        f"{each['id']}: {node['target']} {node['html'][:160]}" for each in found for node in each["nodes"]
    ]


def too_wide(tab: Page) -> int:
    return int(tab.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_any_page(owner: OwnerPage, scheme: Any) -> None:
    tab = owner.tab
    owner.fake.publish("policy", owner.fake.value("policy"))  # so that there is something to go back to
    tab.emulate_media(color_scheme=scheme)
    for address in PAGES:
        owner.open(address)
        for summary in tab.locator("main details > summary:visible").all()[:2]:
            summary.click()
        for size in (DESKTOP, PHONE):
            tab.set_viewport_size(size)  # type: ignore[arg-type]
            assert violations(tab) == [], (address, size)
            assert too_wide(tab) <= 0, (address, size)


def test_axe_finds_nothing_where_something_went_wrong(owner: OwnerPage) -> None:
    tab = owner.tab
    owner.open("topics")
    tab.get_by_text("Медицинские советы").click()
    tab.get_by_label("Что ответить").fill("Моё")
    tab.get_by_role("button", name="Опубликовать…").click()
    expect(tab.get_by_text("Прочитано")).to_be_visible()
    assert violations(tab) == []
    theirs = owner.fake.value("policy")
    theirs["topics"][1]["reply"] = "Их"
    owner.fake.publish("policy", theirs)
    owner.answer("Опубликовать изменения?", "Опубликовать")
    expect(tab.get_by_role("alert")).to_contain_text("вышла другая версия")
    assert violations(tab) == []
    owner.fake.end_sessions()
    tab.get_by_role("link", name="Сегодня").click()
    expect(tab.get_by_role("dialog", name="Войдите ещё раз")).to_be_visible()
    assert violations(tab) == []


def test_axe_finds_nothing_at_the_door(browser: Browser, dist: Path) -> None:
    with opened(browser, dist, viewport=PHONE) as stranger:
        stranger.tab.goto("/owner/")
        stranger.sign_in("wrong")
        expect(stranger.tab.get_by_role("alert")).to_be_visible()
        assert violations(stranger.tab) == []


def test_a_screen_of_320_pixels_scrolls_one_way_only(owner: OwnerPage) -> None:
    owner.tab.set_viewport_size({"width": 320, "height": 640})
    for address in PAGES:
        owner.open(address)
        assert too_wide(owner.tab) <= 0, address


def test_the_menu_of_a_phone(owner: OwnerPage) -> None:
    tab = owner.tab
    tab.set_viewport_size(PHONE)  # type: ignore[arg-type]
    owner.open("today")
    menu = tab.get_by_role("button", name="Меню")
    expect(tab.get_by_role("link", name="Заявки", exact=True)).to_be_hidden()
    menu.click()
    expect(menu).to_have_attribute("aria-expanded", "true")
    tab.get_by_role("link", name="Заявки", exact=True).click()
    owner.whole("callbacks")
    expect(menu).to_have_attribute("aria-expanded", "false")


def test_everything_can_be_done_by_keyboard(owner: OwnerPage) -> None:
    tab = owner.tab
    owner.open("today")
    tab.keyboard.press("Tab")
    expect(tab.get_by_role("link", name="К содержанию")).to_be_focused()
    tab.keyboard.press("Enter")
    expect(tab.get_by_role("main")).to_be_focused()
    tab.get_by_role("link", name="Темы").focus()
    tab.keyboard.press("Enter")
    expect(tab.get_by_role("heading", level=1, name=PAGES["topics"])).to_be_focused()
    for _ in range(4):  # the trial and its button, the history, the first topic
        tab.keyboard.press("Tab")
    tab.keyboard.press("Enter")
    expect(tab.get_by_label("Тема включена")).to_be_visible()
    for _ in range(6):  # enabled, title, phrases, exceptions, gap, reply
        tab.keyboard.press("Tab")
    expect(tab.get_by_label("Что ответить посетителю")).to_be_focused()
    tab.keyboard.type(" Спасибо.")
    publish = tab.get_by_role("button", name="Опубликовать…")
    for _ in range(40):
        if publish.evaluate("(element) => element === document.activeElement"):
            break
        tab.keyboard.press("Tab")
    expect(publish).to_be_focused()
    tab.keyboard.press("Enter")
    expect(tab.get_by_role("dialog").get_by_role("button", name="Опубликовать")).to_be_focused()
    tab.keyboard.press("Escape")
    expect(tab.get_by_role("dialog")).to_have_count(0)
    expect(publish).to_be_focused()
    expect(publish).not_to_have_attribute("aria-disabled", "true")  # told a moment after the end
    tab.keyboard.press("Enter")
    expect(tab.get_by_role("dialog")).to_be_visible()
    tab.keyboard.press("Enter")
    expect(tab.get_by_text("Опубликовано.", exact=True)).to_be_visible()
    assert owner.fake.value("policy")["topics"][0]["reply"].endswith(" Спасибо.")


def test_what_stands_under_the_bar_is_not_hidden_from_the_keyboard(owner: OwnerPage) -> None:
    """WCAG 2.2, 2.4.11: the bar that sticks to the lower edge covers no field that has the focus."""
    tab = owner.tab
    owner.open("settings")
    tab.get_by_label("Приветствие").fill("Добрый день!")
    bar = tab.get_by_role("region", name="Публикация")
    for _ in range(12):
        tab.keyboard.press("Tab")
        edge = bar.bounding_box()
        box = tab.evaluate("document.activeElement.getBoundingClientRect().toJSON()")
        assert edge is not None
        assert box["top"] < edge["y"]


def hostile(value: Any) -> Any:
    """Every text of what the API says, but for those that it is steered by."""
    steering = {
        "id",
        "kind",
        "state",
        "session_id",
        "callback_id",
        "message_id",
        "version",
        "thumb",
        "time_zone",
    }
    steering |= {"retention", "idle_timeout", "offer", "reason"}
    if isinstance(value, dict):
        return {key: each if key in steering else hostile(each) for key, each in value.items()}
    if isinstance(value, list):
        return [hostile(each) for each in value]
    dated = isinstance(value, str) and value[:2] in ("20", "09", "10", "21", "19")
    return HOSTILE if isinstance(value, str) and not dated else value


def test_hostile_data_is_text(owner: OwnerPage) -> None:
    tab, fake = owner.tab, owner.fake
    asked: list[str] = []
    tab.on("dialog", lambda dialog: (asked.append(dialog.message), dialog.dismiss()))
    fake.today["refusals"], fake.wishes = hostile(fake.today["refusals"]), hostile(fake.wishes)
    fake.dialogues, fake.groups, fake.callbacks = map(
        hostile, (fake.dialogues[:3], fake.groups, fake.callbacks)
    )
    for kept in fake.versions.values():
        kept[0] |= {"value": hostile(kept[0]["value"]), "author": HOSTILE, "summary": HOSTILE}
    for address in PAGES:
        owner.open(address)
        for summary in tab.locator("main details:has(img, .name, .asked-list) > summary:visible").all()[:1]:
            summary.click()
        assert tab.locator("img, script:not([src]), b").count() == 0, address
        assert too_wide(tab) <= 0, address
        if address not in {"trends", "settings"}:
            expect(tab.get_by_role("main")).to_contain_text("<img src=x onerror=alert(1)>")
    assert asked == []
