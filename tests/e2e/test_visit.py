"""A visit of the published page on the deployed stack, from the invitation to the deletion, in every look.

What the page says is read off the page, what became of it from the APIs. The answers are the stack's own;
only the network, the clock of the browser and the worker's attention are turned by the test.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from playwright.sync_api import Locator, Route, expect

from cli.conversation import new_message_id
from cli.deployment import Deployment
from tests.e2e.deployed_worker import nobody_answers
from tests.e2e.visits import Visit
from tests.web.looks import in_looks, violations
from tests.web.steps import answer, ask, one_more_turn, whole

LONGEST_ANSWER_MS = 90_000
NOTICE_AFTER_MS = 10_100
STOCK, FORBIDDEN = "Какие GLC есть в наличии?", "Какие у вас политические взгляды?"
PHONE, CONVENIENT = "+7 900 000-00-00", "после 18:00"

pytestmark = pytest.mark.usefixtures("working_hours")


@in_looks()
def test_from_the_invitation_to_the_deletion(visit: Visit, deployment: Deployment) -> None:
    visit.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    arrives(visit)
    wants_a_call(visit)
    asks_for_cars(visit)
    tells_what_it_thinks(visit)
    books_a_test_drive(visit)
    waits_and_stops(visit, deployment)
    loses_the_network(visit)
    asks_too_much(visit)
    rates(visit)
    deletes(visit)


def arrives(visit: Visit) -> None:
    """An invitation, and a consent before which nothing is sent."""
    page, words = visit.page, visit.words
    page.goto("/")
    expect(page.get_by_role("button", name=words.invitation)).to_be_visible()
    assert visit.calls == []
    page.get_by_role("button", name=words.bubble).click()
    days = int(re.fullmatch(r"P(\d+)D", visit.about()["retention"]).group(1))  # type: ignore[union-attr]
    expect(page.get_by_text(re.compile(words.kept_like.format(days)))).to_be_visible()
    expect(page.get_by_text(words.office_is_open)).to_be_visible()
    with page.expect_popup() as opened:
        page.locator(".panel").get_by_role("link", name=words.terms).click()
    expect(opened.value.get_by_role("heading", name="Условия обработки данных")).to_be_visible()
    opened.value.close()
    page.get_by_role("button", name=words.begin).click()
    expect(page.get_by_role("alert").first).to_contain_text(words.need_consent)
    assert violations(page) == []
    assert visit.calls == [("GET", "/v1/assistants", False)]


def wants_a_call(visit: Visit) -> None:
    """The other choice in working hours: the form before any question."""
    page, words = visit.page, visit.words
    page.get_by_label(words.storage).check()
    page.get_by_role("button", name=words.call_me, exact=True).click()
    expect(page.get_by_role("heading", name=words.call_me)).to_be_focused()
    expect(page.locator(".office")).to_have_text(re.compile(words.open_like))
    page.get_by_label(words.phone).fill("8 900")
    page.get_by_role("button", name=words.request_call, exact=True).click()
    expect(page.get_by_text(words.need_name)).to_be_visible()
    expect(page.get_by_text(words.need_phone)).to_be_visible()
    assert violations(page) == []
    fill_in_who(visit)
    page.get_by_label(words.convenient_time).fill(CONVENIENT)
    page.get_by_role("button", name=words.request_call, exact=True).click()
    expect(page.get_by_text(words.request_taken)).to_be_visible()
    (kept,) = visit.requests()
    assert (kept["kind"], kept["name"], kept["phone"]) == ("callback", "Анна", PHONE)
    assert kept["convenient_time"] == CONVENIENT


def fill_in_who(visit: Visit) -> None:
    visit.page.get_by_label(visit.words.name).fill("Анна")
    visit.page.get_by_label(visit.words.phone).fill(PHONE)


def asks_for_cars(visit: Visit) -> None:
    """Two quick replies, answered from the stock: growing text, cards, sources, the time of the stock."""
    page, words = visit.page, visit.words
    page.evaluate(WATCH_THE_ANSWER_GROW)
    with one_more_turn(page) as turn:
        page.get_by_role("button", name=words.sample_of_stock).click()
    told = whole(turn, LONGEST_ANSWER_MS)
    lengths = page.evaluate("[...window.lengths]")
    assert len(lengths) > 2
    assert lengths == sorted(lengths)
    card = told.get_by_role("list", name=words.cars).get_by_role("listitem").first
    expect(card.locator(".car-price")).to_have_text(re.compile(words.price_like))
    expect(card.locator(".small")).to_have_text(re.compile(words.year_like))
    expect(card.get_by_text(words.photo)).to_be_attached()
    expect(card.locator("svg").first).to_be_visible()
    expect(told.get_by_role("list", name=words.sources)).to_contain_text("Наличие и цены салона")
    expect(told.locator(".answer")).to_have_text(re.compile(words.as_of_like))
    with one_more_turn(page) as turn:
        page.get_by_role("group", name=words.further).get_by_role("button", name=words.cheaper).click()
    whole(turn, LONGEST_ANSWER_MS)


WATCH_THE_ANSWER_GROW = """() => {
    const log = document.querySelector("attendant-widget").shadowRoot.querySelector(".log");
    window.lengths = new Set();
    const note = () => {
        const text = log.querySelector(".turn .answer .text");
        if (text) window.lengths.add(text.textContent.length);
    };
    new MutationObserver(note).observe(log, { childList: true, characterData: true, subtree: true });
}"""


def tells_what_it_thinks(visit: Visit) -> None:
    """Copies the first answer and says what is wrong with it."""
    page, words = visit.page, visit.words
    turn = page.locator(".turn").first
    turn.get_by_role("button", name=words.copy).click()
    expect(turn.get_by_role("button", name=words.copied)).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == answer(turn).text_content()
    turn.get_by_role("button", name=words.thumb_down).click()
    turn.get_by_label(words.why_down).fill("Хочу подешевле")
    turn.get_by_role("button", name=words.send_reason).click()
    expect(turn.get_by_text(words.thanks_for_thumb)).to_be_visible()
    rated = visit.kept()["turns"][0]
    assert (rated["thumb"], rated["thumb_reason"]) == ("down", "Хочу подешевле")


def books_a_test_drive(visit: Visit) -> None:
    """By the button of a card, for that car."""
    page, words = visit.page, visit.words
    card = page.locator(".turn").first.locator(".car").first
    model = card.locator(".car-model").text_content() or ""
    card.get_by_role("button", name=words.test_drive_like.format(model)).click()
    vin = page.get_by_label(words.car).input_value()
    page.get_by_label(words.day, exact=True).fill((datetime.now(UTC) + timedelta(days=3)).date().isoformat())
    page.get_by_label(words.time, exact=True).fill("12:30")
    fill_in_who(visit)
    page.get_by_role("button", name=words.book, exact=True).click()
    expect(page.get_by_text(words.booked)).to_be_visible()
    (booked,) = [each for each in visit.requests() if each["kind"] == "test_drive"]
    assert (booked["car"], booked["phone"]) == (f"{model}, VIN {vin}", PHONE)


def waits_and_stops(visit: Visit, deployment: Deployment) -> None:
    """The notice after ten seconds and still after a reload, a question given up, the answer in the end."""
    page, words = visit.page, visit.words
    page.clock.install()
    with nobody_answers(deployment):
        late = asks(visit, STOCK)
        expect(late.locator(".dots")).to_be_visible()
        expect(late.get_by_text(words.notice)).to_be_hidden()
        page.clock.run_for(NOTICE_AFTER_MS)
        expect(late.get_by_text(words.notice)).to_be_visible()
        page.reload()
        expect(late.get_by_text(words.notice)).to_be_visible()
        given_up = asks(visit, "Сколько длится тест-драйв?")
        given_up.get_by_role("button", name=words.stop, exact=True).click()
        expect(answer(whole(given_up))).to_contain_text(words.stopped)
    expect(answer(whole(late, LONGEST_ANSWER_MS))).to_contain_text("GLC")
    expect(late.get_by_text(words.notice)).to_be_hidden()


def asks(visit: Visit, question: str) -> Locator:
    return ask(visit.page, question, visit.words)


def loses_the_network(visit: Visit) -> None:
    """What was not sent is sent once it is back, and once even though the first sending is never answered."""
    page, words = visit.page, visit.words
    before = len(visit.kept()["turns"])
    page.context.set_offline(True)
    expect(page.get_by_text(words.offline)).to_be_visible()
    turn = asks(visit, FORBIDDEN)
    page.clock.run_for(4_000)
    expect(turn.get_by_role("button", name=words.resend)).to_be_visible()
    lost: list[Route] = []

    def lose(route: Route) -> None:
        lost.append(route)
        route.fetch()
        route.abort("connectionreset")

    page.route(re.compile(r"/messages$"), lose, times=1)
    page.context.set_offline(False)
    expect(answer(whole(turn, LONGEST_ANSWER_MS))).to_contain_text("политик")
    expect(page.get_by_text(words.offline)).to_be_hidden()
    assert len(lost) == 1
    assert len(visit.kept()["turns"]) == before + 1


def asks_too_much(visit: Visit) -> None:
    """Somebody keeps asking in this dialogue until the API has had enough; the page says so with the form."""
    page, words = visit.page, visit.words
    while flood(visit) != 429:
        pass
    turn = asks(visit, STOCK)
    expect(turn.get_by_text(re.compile(words.busy_like))).to_be_visible()
    assert violations(page) == []
    turn.get_by_role("button", name=words.leave_request).click()
    expect(page.get_by_role("heading", name=words.call_me)).to_be_focused()
    page.get_by_role("button", name=words.back, exact=True).click()


def flood(visit: Visit) -> int:
    body: dict[str, Any] = {"message_id": new_message_id(), "text": FORBIDDEN, "wait_seconds": 0}
    return visit.call("POST", "/messages", json=body).status_code


def rates(visit: Visit) -> None:
    page, words = visit.page, visit.words
    page.get_by_role("button", name=words.finish).click()
    expect(page.get_by_role("heading", name=words.ended)).to_be_focused()
    page.get_by_role("button", name=words.rate).click()
    expect(page.get_by_text(words.need_rating)).to_be_visible()
    assert violations(page) == []
    page.get_by_role("group", name=words.usefulness).get_by_label("9", exact=True).check(force=True)
    page.get_by_role("group", name=words.recommend).get_by_label("10", exact=True).check(force=True)
    page.get_by_label(words.comment).fill("Всё понятно")
    page.get_by_role("button", name=words.rate).click()
    expect(page.get_by_text(words.thanks)).to_be_visible()
    kept = visit.kept()
    assert (kept["csat"], kept["nps"], kept["comment"]) == (9, 10, "Всё понятно")
    assert kept["ended_at"]


def deletes(visit: Visit) -> None:
    page, words, gone = visit.page, visit.words, visit.session
    page.get_by_role("button", name=words.erase).click()
    page.get_by_role("dialog").get_by_role("button", name=words.erase_for_good, exact=True).click()
    expect(page.get_by_text(words.erased)).to_be_visible()
    expect(page.get_by_role("button", name=words.begin)).to_be_visible()
    read = visit.owner.call("GET", f"/{visit.owner.salon}/dialogues/{gone['session_id']}")
    assert read.status_code == 404
