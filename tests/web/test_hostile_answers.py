"""Whatever a model says is text, and a link only where the host page allows one."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.web.fake_api import FakeApi, Script
from tests.web.steps import answer, answered, ask, begin, host_page

pytestmark = pytest.mark.e2e

MARKUP = (
    "<script>document.title='pwned'</script>",
    "<img src=x onerror=\"document.title='pwned'\">",
    '<svg onload="document.title=1"><a href="javascript:alert(1)">x</a></svg>',
    "[нажмите](javascript:alert(1)) ![x](https://evil.example/x.png)",
    "</span></p></div><style>*{display:none}</style>",
    "<!-- ${constructor.constructor('alert(1)')()} {{7*7}} -->",
    "javascript:alert(1) data:text/html,<script>1</script> vbscript:x",
    "**жирный** _курсив_ `код` # заголовок | таблица |",
)


def test_markup_stays_as_it_was_typed(page: Page, fake: FakeApi) -> None:
    fake.script("Взлом", Script(MARKUP))
    begin(page)
    turn = answered(page, "Взлом")
    expect(answer(turn)).to_have_text("".join(MARKUP))
    assert answer(turn).locator("*").count() == 0
    ask(page, MARKUP[0])
    expect(page.locator(".asked .said").last).to_contain_text(MARKUP[0])
    assert "pwned" not in page.title()
    assert page.locator(".log script, .log img, .log style").count() == 0


def test_links_go_to_allowed_hosts_alone(page: Page, fake: FakeApi) -> None:
    others = (
        *(
            "https://evil.example",
            "https://salon.example.evil.example",
            "https://salon.example@evil.example/",
        ),
        *(
            "http://user:pw@salon.example/",
            "//salon.example",
            "ftp://salon.example",
            "javascript:salon.example",
        ),
    )
    said = f"Сайт https://salon.example/cars?id=1. Не он: {', '.join(others)}."
    fake.script("Сайт?", Script((said,)))
    begin(page, host_page(fake, 'data-link-hosts="salon.example, other.example"'))
    turn = answered(page, "Сайт?")
    expect(answer(turn)).to_have_text(said)
    links = answer(turn).get_by_role("link")
    expect(links).to_have_count(1)
    expect(links).to_have_attribute("href", "https://salon.example/cars?id=1")
    expect(links).to_have_attribute("rel", "noopener noreferrer")


def test_the_order_of_reading_cannot_be_turned_round(page: Page, fake: FakeApi) -> None:
    fake.script("Цена?", Script(("Цена \u202e000 1\u202c ₽ \u2067x\u2069\x00\x07\ufeff.",)))
    begin(page)
    expect(answer(answered(page, "Цена?"))).to_have_text("Цена 000 1 ₽ x.")


def test_emoji_are_never_seen_half_made(page: Page, fake: FakeApi) -> None:
    family, flag, skin = "👨‍👩‍👧‍👦", "🏴󠁧󠁢󠁥󠁮󠁧󠁿", "👍🏽"
    fake.script("Эмодзи", Script((f"{family}{flag}" * 12, skin * 12)))
    begin(page)
    page.evaluate(
        """() => {
            const log = document.querySelector("attendant-widget").shadowRoot.querySelector(".log");
            window.seen = new Set();
            new MutationObserver(() => {
                const text = log.querySelector(".turn .answer .text")?.textContent ?? "";
                for (const { segment } of new Intl.Segmenter().segment(text)) window.seen.add(segment);
            }).observe(log, { childList: true, characterData: true, subtree: true });
        }"""
    )
    expect(answer(answered(page, "Эмодзи"))).to_have_text(f"{family}{flag}" * 12 + skin * 12)
    assert set(page.evaluate("[...window.seen]")) == {family, flag, skin}


def test_ten_thousand_characters_are_read_and_stay_inside(page: Page, fake: FakeApi) -> None:
    long = "Слово " * 1000 + "Ы" * 4000
    fake.script("Длинно", Script((long[:5000], long[5000:])))
    page.set_viewport_size({"width": 390, "height": 700})
    begin(page)
    turn = answered(page, "Длинно")
    expect(answer(turn)).to_have_text(long)
    assert page.locator(".log").evaluate("place => place.scrollWidth - place.clientWidth") <= 0
    assert page.locator(".log").evaluate("it => it.scrollHeight - it.scrollTop - it.clientHeight") < 2


def test_hostile_facts_are_text_too(page: Page, fake: FakeApi) -> None:
    values = {
        "model": "<b>GLC</b>",
        "year": "<i>2024</i>",
        "color": 5,
        "price_rub": "1; drop",
        "mileage_km": None,
    }
    facts = ({"kind": "stock", "id": "VIN", "values": values}, {"kind": "stock", "id": "<u>", "values": {}})
    sources = ({"kind": "faq", "id": "1", "title": "<b>Вопрос</b>"},)
    fake.script("Что есть?", Script(("Вот.",), facts=facts, sources=sources))
    begin(page)
    turn = answered(page, "Что есть?")
    expect(turn.locator(".car-model")).to_have_text(["<b>GLC</b>", "<u>"])
    expect(turn.locator(".car-price")).to_have_count(0)
    expect(turn.locator(".source")).to_have_text("Вопросы и ответы <b>Вопрос</b>")
    assert turn.locator("b, i, u").count() == 0
