"""What a visitor meets while the model rests or wakes up. The control items are written here, not by the
breaker's function, whose clock stands still meanwhile.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest
from playwright.sync_api import expect

from cli.conversation import new_message_id
from core.spec import ASSISTANTS_FOLDER, read_spec
from lambdas.adapters.breaker import BREAKER, CAPACITY
from lambdas.adapters.clock import to_iso
from lambdas.adapters.items import from_wire, to_wire
from tests.e2e.breaker_clock import clock_stopped
from tests.e2e.conftest import MODEL_PORT, SALON
from tests.web.looks import in_looks, violations
from tests.web.steps import ask as ask_on_the_page
from tests.web.steps import begin, whole

STOCK = "Есть ли C 180?"
PHRASED = "Сколько по времени длится тест-драйв и нужно ли записываться?"
TEXTS = read_spec(ASSISTANTS_FOLDER / SALON).owner.texts
LONGEST_ANSWER_MS = 90_000
NOTICED_SECONDS = 2.5  # readers look at the items every two


class Control:
    """The two items; `holds` tells whether what was set is still there."""

    def __init__(self, dynamodb: Any, table: str) -> None:
        self._dynamodb, self._table = dynamodb, table
        self._set: dict[str, Any] = {}

    def item(self, key: str) -> dict[str, Any]:
        answer = self._dynamodb.get_item(TableName=self._table, Key=to_wire({"key": key}))
        return from_wire(answer.get("Item", {}))

    def breaker(self, state: str, **attributes: Any) -> None:
        """As in the middle of a restart, which the breaker's function does not interrupt for minutes."""
        now = to_iso(datetime.now(UTC))
        restart = {"restart": "by-hand", "restart_at": now, "restart_seen_at": now}
        done = {"since": now, "reason": "test", "notified": True, "capacity_down": True, "held": True}
        self._put(BREAKER, {"state": state, **(restart if state != "closed" else {}), **done, **attributes})

    def capacity(self, status: str, slots: int) -> None:
        copies = {"wanted": 1, "ready": min(1, slots), "slots": slots}
        self._put(CAPACITY, {"status": status, "changed_at": to_iso(datetime.now(UTC)), **copies})

    def all_is_well(self) -> None:
        """The server, too: where the breaker's function saw the endpoint at rest, it has switched it off."""
        self.breaker("closed", held=False)
        self.capacity("awake", 1)
        switch = f"http://127.0.0.1:{MODEL_PORT}/capacity"
        httpx.put(switch, json={"copies": 1}, trust_env=False).raise_for_status()

    @property
    def holds(self) -> bool:
        return all(self.item(key).get(name) == value for key, (name, value) in self._set.items())

    def _put(self, key: str, attributes: dict[str, Any]) -> None:
        revision = int(self.item(BREAKER).get("revision", 0)) + 1
        own = {"revision": revision} if key == BREAKER else {}
        self._dynamodb.put_item(TableName=self._table, Item=to_wire({"key": key, **attributes, **own}))
        name = "state" if key == BREAKER else "status"
        self._set[key] = (name, attributes[name])


@pytest.fixture(scope="module", autouse=True)
def nobody_puts_it_right(deployment) -> Iterator[None]:
    with clock_stopped(deployment):
        yield


@pytest.fixture
def control(deployment) -> Iterator[Control]:
    made = Control(deployment.client("dynamodb"), deployment.output("ControlTable"))
    made.all_is_well()
    yield made
    made.all_is_well()
    time.sleep(NOTICED_SECONDS)


def while_it_holds(control: Control, put: Callable[[], None], look: Callable[[], Any]) -> Any:
    """What `look` saw in the state that `put` sets, from its first moment to its last."""
    for _ in range(2):  # a call of the function that began before its clock stood still may spoil one
        put()
        time.sleep(NOTICED_SECONDS)
        seen = look()
        if control.holds:
            return seen
    raise AssertionError("somebody puts right what was set, though the breaker's clock stands still")


def test_while_open_visitors_get_facts_the_form_and_the_truth(control, ask, http):
    def look():
        return ask(STOCK), ask(PHRASED), ask("Как сварить борщ?"), http.get("/v1/health").json()

    stock, phrased, foreign, health = while_it_holds(control, lambda: control.breaker("open"), look)
    assert stock.state == phrased.state == "answered"
    assert "C 180" in stock.text
    assert {source["kind"] for source in stock.sources} == {"stock"}
    assert phrased.sources[0]["id"] == "test_drive"
    assert phrased.reason == "model_unavailable"
    assert stock.notice == phrased.notice == TEXTS.resting
    assert stock.offers == phrased.offers == offers(http)
    assert foreign.notice is None
    assert (health["state"], health["breaker"]["state"]) == ("resting", "open")


def offers(http) -> list[str]:
    """The forms of an answer about a car; none where the salon calls nobody back at this hour."""
    opened = http.post(f"/v1/{SALON}/sessions", json={"consent": {"storage": True}}).json()
    return ["test_drive", "callback"] if opened["callbacks"]["available"] else []


@in_looks("ru-desktop-light", "en-phone-dark")
@pytest.mark.usefixtures("working_hours")
def test_while_open_the_page_says_so_and_has_the_form(control, visit):
    """What is told is the salon's own sentence, in its own language."""
    page, words = visit.page, visit.words
    begin(page, words=words)

    def look():
        return whole(ask_on_the_page(page, STOCK, words), LONGEST_ANSWER_MS)

    turn = while_it_holds(control, lambda: control.breaker("open"), look)
    notice = turn.locator(".answer .notice")
    expect(notice).to_have_text(TEXTS.resting)
    assert notice.evaluate("it => it.closest('[lang]').lang") == "ru"
    expect(turn.locator(".car").first).to_be_visible()
    assert violations(page) == []
    turn.get_by_role("button", name=words.leave_request).click()
    page.get_by_label(words.name).fill("Анна")
    page.get_by_label(words.phone).fill("+7 900 000-00-00")
    page.get_by_role("button", name=words.request_call, exact=True).click()
    expect(page.get_by_text(words.request_taken)).to_be_visible()
    (kept,) = visit.requests()
    assert kept["kind"] == "callback"


def test_half_open_lets_only_so_many_calls_through(control, ask):
    def half_open():
        control.breaker("half_open", probes_left=2, probes_ok=0, probes_failed=0)

    def look():
        return [ask(PHRASED) for _ in range(4)], control.item(BREAKER)

    answers, breaker = while_it_holds(control, half_open, look)
    assert [answer.state for answer in answers] == ["answered"] * 4
    # an answer whose first phrase was not good enough may have taken a second call
    assert breaker["probes_left"] == 0
    assert breaker["probes_ok"] + breaker["probes_failed"] == 2
    assert [answer.notice for answer in answers[2:]] == [TEXTS.resting] * 2


def test_closed_counts_nothing(control, ask):
    before = control.item(BREAKER)
    assert ask(PHRASED).notice is None
    assert control.item(BREAKER) == before


def test_while_it_wakes_up_facts_are_told_at_once_and_a_waiting_visitor_knows(control, ask, api, http):
    def look():
        accepted = api.open(SALON).send(new_message_id(), PHRASED, wait_seconds=0)
        return accepted, ask(STOCK), ask(PHRASED), http.get("/v1/health").json()

    accepted, stock, phrased, health = while_it_holds(control, lambda: control.capacity("warming", 0), look)
    assert accepted.final or accepted.notice == TEXTS.warming
    assert stock.state == phrased.state == "answered"
    assert stock.notice == phrased.notice == TEXTS.warming
    assert "callback" not in stock.offers  # it is not for long
    assert (health["state"], health["capacity"]["status"]) == ("warming", "warming")


@pytest.mark.parametrize("assistant", ["Showroom", "GeelyVolga"])
def test_the_golden_questions_are_passed_with_a_real_model(control, deployment, assistant):
    answer = deployment.client("lambda").invoke(
        FunctionName=deployment.output(f"AnswerFunction{assistant}"), Payload=b'{"golden": true}'
    )
    told = json.load(answer["Payload"])
    assert told["passed"], told
    assert {each["id"] for each in told["questions"]} == {"stock", "faq_phrased", "forbidden"}
