"""The widget on somebody else's page: what that page cannot do to it, and what it does not do to the page."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.web.fake_api import FakeApi
from tests.web.serving import FrontDoor
from tests.web.steps import BUBBLE, answered, begin, host_page, open_widget

pytestmark = pytest.mark.e2e

STRICT = (
    "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'none'; base-uri 'none'; "
    "form-action 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
)
WILD = (
    "<style>* { all: unset !important; } body * { color: red !important; font-size: 3px !important; "
    "display: none !important; transform: rotate(9deg) !important; } "
    "attendant-widget { visibility: hidden !important; opacity: 0 !important; filter: blur(9px) !important; }"
    "</style>"
)
LONGEST_WORK_MS = 50


def test_a_wild_style_sheet_changes_nothing(page: Page, fake: FakeApi, visitor: Callable[..., Page]) -> None:
    begin(page, host_page(fake, head=WILD))
    answered(page, "Вопрос")
    plain = visitor()
    begin(plain, host_page(fake))
    answered(plain, "Вопрос")
    for place in (".panel", ".panel-head", ".composer", ".turn .answer", ".turn .asked"):
        look = """it => { const { x, y, width, height } = it.getBoundingClientRect();
            const { color, fontSize, backgroundColor, opacity, visibility } = getComputedStyle(it);
            return [x, y, width, height, color, fontSize, backgroundColor, opacity, visibility]; }"""
        assert page.locator(place).evaluate(look) == plain.locator(place).evaluate(look)


def test_a_strict_content_policy_has_nothing_to_forbid(page: Page, fake: FakeApi) -> None:
    begin(page, host_page(fake, csp=STRICT))
    answered(page, "Вопрос")
    page.get_by_role("button", name="Перезвоните мне").click()
    expect(page.get_by_role("heading", name="Перезвоните мне")).to_be_focused()
    assert page.locator(".panel").evaluate("it => getComputedStyle(it).position") == "fixed"


def test_one_global_name_and_one_script(page: Page, fake: FakeApi) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url.rsplit("/", 1)[1]))
    address = host_page(fake)
    page.goto("/terms.html")  # has no script
    before = set(page.evaluate("Object.getOwnPropertyNames(window)"))
    asked.clear()
    page.goto(address)
    expect(page.get_by_role("button", name=BUBBLE)).to_be_visible()
    assert set(page.evaluate("Object.getOwnPropertyNames(window)")) - before == {"Attendant"}
    assert [name for name in asked if not name.startswith(("page-", "favicon", "icon"))] == ["widget.js"]
    assert page.evaluate("Object.keys(localStorage).length + Object.keys(sessionStorage).length") == 0
    page.evaluate("window.Attendant.open()")
    expect(page.get_by_role("button", name="Начать диалог")).to_be_visible()
    page.evaluate("window.Attendant.close()")
    expect(page.get_by_role("button", name=BUBBLE)).to_be_visible()
    assert fake.seen == []


def test_the_line_twice_is_the_widget_once(page: Page, fake: FakeApi) -> None:
    page.goto(host_page(fake, head='<script src="/widget.js" defer></script>'))
    expect(page.get_by_role("button", name=BUBBLE)).to_have_count(1)


def test_the_load_of_the_page_is_not_slowed(
    browser: Browser, fake: FakeApi, front_door: FrontDoor, tmp_path: Path
) -> None:
    """The script's own work on the main thread until the page has settled, from the browser's trace."""
    address = front_door.address + host_page(fake)
    page = browser.new_page()
    page.goto(f"{front_door.address}/icon.svg")
    browser.start_tracing(page=page, path=tmp_path / "trace.json", categories=["devtools.timeline", "v8"])
    page.goto(address)
    page.wait_for_timeout(300)
    browser.stop_tracing()
    page.close()
    events = json.loads((tmp_path / "trace.json").read_text())["traceEvents"]
    names = {"EvaluateScript", "FunctionCall"}
    ours = [e for e in events if e["name"] in names and "widget.js" in json.dumps(e.get("args", {}))]
    work = sum(e["tdur"] for e in ours) / 1000  # the thread's own time: the machine may be busy with others
    assert any(e["name"] == "EvaluateScript" for e in ours)
    assert work < LONGEST_WORK_MS, f"{work:.1f} ms"


@pytest.mark.parametrize(
    ("lang", "attributes", "name"),
    [
        ("en-US", "", "Ask the assistant"),
        ("ru", "", BUBBLE),
        ("de", "", BUBBLE),
        ("ru", 'data-language="en"', "Ask the assistant"),
    ],
)
def test_the_language_is_the_pages_or_the_lines(
    page: Page, fake: FakeApi, lang: str, attributes: str, name: str
) -> None:
    page.goto(host_page(fake, attributes, lang=lang))
    expect(page.get_by_role("button", name=name)).to_be_visible()


def test_the_page_may_theme_it(page: Page, fake: FakeApi) -> None:
    style = "<style>:root { --attendant-accent: rgb(120, 0, 60); --attendant-right: 90px; }</style>"
    page.goto(host_page(fake, 'data-theme="dark"', head=style))
    bubble = page.get_by_role("button", name=BUBBLE)
    assert bubble.evaluate("it => getComputedStyle(it).backgroundColor") == "rgb(120, 0, 60)"
    box = bubble.bounding_box()
    assert box is not None
    assert round(box["x"] + box["width"]) == page.viewport_size["width"] - 90
    assert page.locator(".corner").get_attribute("data-theme") == "dark"


def test_light_and_dark_follow_the_visitor(visitor: Callable[..., Page], fake: FakeApi) -> None:
    page = visitor(color_scheme="dark")
    page.goto(host_page(fake))
    expect(page.locator(".corner")).to_have_attribute("data-theme", "dark")
    page.emulate_media(color_scheme="light")
    expect(page.locator(".corner")).to_have_attribute("data-theme", "light")


def test_visits_are_measured_only_where_the_page_says_so(page: Page, fake: FakeApi) -> None:
    page.goto(host_page(fake))
    page.goto(host_page(fake, "data-measure-visits") + "?campaign=spring-26")
    begin(page, host_page(fake, "data-measure-visits"))
    answered(page, "Вопрос")
    page.goto("/icon.svg")
    page.wait_for_timeout(200)
    assert [(each["used_assistant"], each["campaign"]) for each in fake.visits] == [
        (False, "spring-26"),
        (True, None),
    ]
    assert all(0 <= each["seconds"] < 60 for each in fake.visits)


def test_a_campaign_travels_with_the_consent(page: Page, fake: FakeApi) -> None:
    begin(page, host_page(fake) + "?campaign=spring-26")
    assert fake.only_session().campaign == "spring-26"


def test_nothing_is_sent_before_the_consent(page: Page, fake: FakeApi) -> None:
    asked: list[str] = []
    page.on("request", lambda request: "/v1/" in request.url and asked.append(request.url))
    address = host_page(fake)
    page.goto(address)
    expect(page.get_by_role("button", name=BUBBLE)).to_be_visible()
    assert asked == []
    open_widget(page, address)
    expect(page.get_by_role("button", name="Начать диалог")).to_be_visible()
    page.keyboard.press("Escape")
    assert [url.rsplit("/v1", 1)[1] for url in asked] == ["/assistants"]
