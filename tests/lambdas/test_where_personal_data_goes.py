"""Planted items: wherever a visitor writes one, it stays in the dialogue's own place, and goes with it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.anonymous import anonymous
from core.dialogue import Reply
from tests.core.personal_data.spellings import cards, inns, mobiles, snils
from tests.fakes import platform as platform_fakes
from tests.fakes.dialogue_data import reply
from tests.fakes.flow import FakeFlow
from tests.fakes.platform import FakePlatform, Visitor
from tests.fakes.working import delivery, make_reconciler, make_worker
from tests.lambdas.api.test_brochures import listed
from tests.lambdas.test_what_is_told import Recorder

PROJECT = Path(__file__).parents[2]
PEOPLE = ("Аркадий Вяземцев", "Гульнара Фаритовна Ахметова", "Саакян Гагик")
PLACES = ("ул. Лунная, д. 37, кв. 912", "Карамышевская набережная, 58", "г. Бердск, пер. Кедровый, д. 17")
planted = st.one_of(
    mobiles().map(lambda number: f"8 {number[:3]} {number[3:6]}-{number[6:8]}-{number[8:]}"),
    cards(),
    snils(),
    inns(),
    st.sampled_from(["arkadiy.v@example.ru", "WDB2100611A123456", "а123вс77", "паспорт 4010 123456"]),
    st.sampled_from(PEOPLE),
    st.sampled_from(PLACES),
)
around = st.sampled_from(
    ["{}", "Это {}, есть ли C 180?", "Запишите: {}.", "Сколько стоит GLC? Мои данные: {}"]
)


@pytest.fixture(scope="module")
def patched() -> Iterator[pytest.MonkeyPatch]:
    with pytest.MonkeyPatch.context() as patch:
        yield patch


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(item=planted, sentence=around)
def test_a_planted_item_stays_in_its_dialogue(patched: pytest.MonkeyPatch, item: str, sentence: str) -> None:
    recorder = Recorder()
    patched.setattr(platform_fakes, "FakeTelemetry", lambda: recorder)
    platform = listed(FakePlatform())
    neighbour, visitor = platform.open(), platform.open()
    neighbour.ask("Есть ли C 180?", wait_seconds=0)
    a_dialogue(platform, visitor, sentence.format(item))

    corpus = [anonymous(turn).model_dump_json() for turn in platform.store.turns.values() if turn.reply]
    queued = [str(pointer) for pointer in platform.queue.messages] + [
        str(dead) for dead in platform.queue.dead
    ]
    told = [json.dumps(recorder.logged, ensure_ascii=False), *recorder.metrics, *map(str, recorder.lines)]
    assert len(corpus) >= 3
    for place in (*corpus, *queued, *told, *map(str, platform.erasures.sessions), *others(platform, visitor)):
        assert item not in place, place
    assert visitor.call("DELETE").status_code == 204
    assert item not in stored(platform)


def a_dialogue(platform: FakePlatform, visitor: Visitor, said: str) -> None:
    """Answered, failed, refused, given up; rated and called back, with the item said everywhere."""
    flow = FakeFlow()

    def echo(question: Any, publish: Any) -> Reply:
        publish(f"{question.text}.")
        return reply(f"{question.text}.", memory={"said": question.text})

    def fall(question: Any, _publish: Any) -> Reply:
        raise ValueError(question.text) from KeyError(question.text)

    for message_id, do in (("answered", echo), ("failed", fall)):
        flow.do = do
        visitor.ask(said, message_id, wait_seconds=0)
        for pointer in platform.queue.messages:
            if pointer.session_id == visitor.session_id:
                replace(make_worker(platform, flow), pause=lambda _seconds: None).work(delivery(pointer))
    visitor.ask(f"Выборы, {said}", "refused")
    visitor.ask(said, "given up", wait_seconds=0)
    for _ in range(40):
        platform.clock.advance(60)
        make_reconciler(platform).run(lambda: 50.0)
    for message_id in ("answered", "failed", "refused", "given up"):
        thumb = {"thumb": "down", "reason": said[:200]}
        visitor.call("PUT", f"/messages/{message_id}/feedback", json=thumb)
    visitor.call("POST", "/rating", json={"csat": 3, "comment": said[:200]})
    visitor.call("POST", "/brochures", json={"brochure": "gle", "email": "arkadiy.v@example.ru"})
    callback = {"name": "Аркадий", "phone": "+7 911 555-44-33", "comment": said[:200]}
    visitor.call("POST", "/callbacks", json=callback)


def stored(platform: FakePlatform) -> str:
    store = platform.store
    return str((store.sessions, store.turns, store.drafts, store.ratings, store.callbacks, store.letters))


def others(platform: FakePlatform, visitor: Visitor) -> Iterator[str]:
    """What is stored under any other session."""
    for kept in (platform.store.turns, platform.store.drafts, platform.store.callbacks):
        yield from (str(value) for key, value in kept.items() if key[0] != visitor.session_id)  # type: ignore[attr-defined]
    yield from (str(kept) for id_, kept in platform.store.sessions.items() if id_ != visitor.session_id)


def test_nothing_writes_into_traces() -> None:
    """Functions are traced by AWS itself: no segment is ours, so none can carry a word."""
    sources = [path.read_text(encoding="utf-8") for path in (PROJECT / "lambdas").rglob("*.py")]
    assert not [text for text in sources if "xray" in text.lower() or "Tracer" in text]
