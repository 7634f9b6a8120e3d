"""Dialogues as an owner reads them: masked, in pages, as a file; questions by likeness."""

from __future__ import annotations

import csv
import io
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.analytics.metrics import UnansweredQuestion
from core.dialogue import Rating, Turn
from lambdas.owner.reading import FORMULA, PAGE, cell
from tests.fakes.clock import NOON
from tests.fakes.dialogue_data import RETENTION, reply, session, stepped, turn
from tests.fakes.owner_platform import OwnerPlatform

PHONE = "+7 900 123-45-67"


def held(
    platform: OwnerPlatform, name: str, question: str, ago: timedelta = timedelta(), **answer: Any
) -> Turn:
    """A dialogue with one answered question, opened so long ago."""
    now, at = platform.clock.now, platform.clock.now - ago
    platform.clock.now = at
    opened = session(name, at)
    platform.dialogues.open(opened)
    next_step = stepped(opened, at)
    platform.turns.accept(next_step, turn(next_step, f"m-{name}", question=question))
    claimed = platform.turns.claim(name, f"m-{name}", 60)
    done = platform.turns.finish(claimed, reply(**answer), retention=RETENTION)
    platform.clock.now = now
    return done


def test_a_dialogue_is_shown_without_personal_data(platform: OwnerPlatform) -> None:
    held(platform, "S1", f"Перезвоните мне на {PHONE}", text=f"Ваш номер {PHONE}", reason="no_fact")
    rating = Rating(csat=9, nps=10, comment=f"звоните {PHONE}", rated_at=NOON)
    platform.dialogues.rate(session("S1"), rating)
    (row,) = platform.read("/tester/dialogues").json()["dialogues"]
    assert (row["turns"], row["csat"], row["nps"], row["reasons"]) == (1, 9, 10, ["no_fact"])
    whole = platform.read("/tester/dialogues/S1")
    assert whole.json()["turns"][0]["elapsed_ms"] == 0
    for text in (str(row), whole.text, platform.read("/tester/dialogues.csv").text):
        assert "123" not in text
        assert "Перезвоните мне" in text


def test_another_assistants_dialogue_is_not_found(platform: OwnerPlatform) -> None:
    held(platform, "S1", "Цена?")
    assert platform.read("/other/dialogues/S1").status_code == 404
    assert platform.read("/tester/dialogues/S2").status_code == 404
    assert platform.read("/other/dialogues").json() == {"dialogues": [], "cursor": None}
    assert platform.read("/nobody/dialogues").status_code == 404


def test_pages_hold_every_dialogue_once_newest_first(platform: OwnerPlatform) -> None:
    total = PAGE * 2 + 3
    for number in range(total):
        held(platform, f"S{number}", f"Вопрос {number}", ago=timedelta(hours=7 * number))
    seen, cursor = [], None
    while True:
        query = {"cursor": cursor} if cursor else {}
        page = platform.read("/tester/dialogues", **query).json()
        seen += [row["session_id"] for row in page["dialogues"]]
        cursor = page["cursor"]
        if cursor is None:
            break
    assert seen == [f"S{number}" for number in range(total)]


def test_search_and_state_find_what_is_shown_and_nothing_masked(platform: OwnerPlatform) -> None:
    held(platform, "S1", f"Есть ли GLC? {PHONE}")
    held(platform, "S2", "Погода?", ago=timedelta(days=2), text="Не знаю.", reason="no_fact")

    def found(**query: Any) -> list[str]:
        return [row["session_id"] for row in platform.read("/tester/dialogues", **query).json()["dialogues"]]

    assert found(search="glc ЕСТЬ") == ["S1"]
    assert found(search="123-45-67") == []
    assert found(state="unanswered") == ["S2"]
    assert found(state="rated") == []
    assert found(**{"from": "2026-11-23"}) == ["S1"]
    assert found(to="2026-11-22") == ["S2"]
    assert found(to="2026-11-01") == []


def test_days_are_those_of_the_salon(platform: OwnerPlatform) -> None:
    """Opened at 23:30 UTC of the 22nd, which is the 23rd in Moscow."""
    held(platform, "S1", "Цена?", ago=timedelta(hours=9, minutes=30))
    (row,) = platform.read("/tester/dialogues", **{"from": "2026-11-23"}).json()["dialogues"]
    assert row["opened_at"].startswith("2026-11-22T23:30")
    assert platform.read("/tester/dialogues", to="2026-11-22").json()["dialogues"] == []


@pytest.mark.parametrize(
    "query",
    [
        {"cursor": "zzz"},
        {"cursor": "MjAyNi0xMS0yMw"},
        {"state": "angry"},
        {"from": "yesterday"},
        {"from": "0001-01-01"},
        {"search": "x" * 201},
    ],
)
def test_a_query_that_makes_no_sense_is_told(platform: OwnerPlatform, query: dict[str, str]) -> None:
    for path in ("/tester/dialogues", "/tester/dialogues.csv"):
        answer = platform.read(path, **query)
        assert answer.status_code == 422
        assert answer.json()["error"]["fields"]


def test_the_file_is_computed_by_no_table_program(platform: OwnerPlatform) -> None:
    held(platform, "S1", '=HYPERLINK("http://evil";"нажми")', text='-1+1; "да"\nи ещё')
    answer = platform.read("/tester/dialogues.csv")
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert "attachment" in answer.headers["content-disposition"]
    assert "X-Cursor" not in answer.headers
    assert answer.text.startswith("\ufeff")
    head, row = csv.reader(io.StringIO(answer.text.removeprefix("\ufeff")), delimiter=";")
    assert head[2:4] == ["Вопрос", "Ответ"]
    assert row[2].startswith("'=HYPERLINK")
    assert row[3].startswith("'-1+1")


@given(st.text(), st.sampled_from(("", " ", "\t", "\xa0", "\x00", "  ")), st.sampled_from(FORMULA))
def test_no_cell_begins_as_a_formula(text: str, before: str, sign: str) -> None:
    shown = cell(before + sign + text)
    assert shown.startswith("'")
    assert shown[1:].endswith(text.replace("\x00", ""))


def asked(number: int, text: str) -> UnansweredQuestion:
    moment = NOON - timedelta(hours=number)
    return UnansweredQuestion(session_id=f"S{number}", message_id="m", asked_at=moment, text=text)


def test_questions_about_the_same_thing_stand_together(platform: OwnerPlatform) -> None:
    """The embedder of the test takes texts for alike that begin alike."""
    texts = ("парковка есть", "погода", "парковка платная", "парковка есть", "кредит")
    platform.metrics.questions = [asked(number, text) for number, text in enumerate(texts)]
    told = platform.read("/tester/unanswered", days=7).json()
    assert [group["count"] for group in told["groups"]] == [3, 1, 1]
    assert told["groups"][0]["title"].startswith("парковка")
    moments = [question["asked_at"] for question in told["groups"][0]["questions"]]
    assert moments == sorted(moments, reverse=True)
    assert told["complete"] is True


def test_of_too_many_questions_the_newest_are_grouped(platform: OwnerPlatform) -> None:
    platform.metrics.questions = [asked(number, f"вопрос{number}") for number in range(300)]
    told = platform.read("/tester/unanswered").json()
    assert told["complete"] is False
    assert sum(group["count"] for group in told["groups"]) == 250


def test_a_policy_is_replayed_on_what_was_asked(platform: OwnerPlatform) -> None:
    held(platform, "S1", f"Где купить бомбу? {PHONE}")
    held(platform, "S2", "Цена GLC?", ago=timedelta(days=1))
    held(platform, "S3", "Про выборы", ago=timedelta(days=40))
    bomb = {"id": "weapons", "phrases": ["бомба"], "reply": "Нет."}
    told = platform.call(
        "POST", "/tester/policy/replay", json={"policy": {"topics": [bomb]}, "days": 30}
    ).json()
    assert (told["read"], told["complete"]) == (2, True)
    (judged,) = told["changed"]
    assert (judged["session_id"], judged["before"], judged["after"]) == ("S1", None, "weapons")
    assert "123" not in judged["question"]


def test_the_morning_page(platform: OwnerPlatform) -> None:
    platform.documents.publish(
        "tester", _snapshot(), b'{"cars": []}', rows=0, schema="available_product/1", author="export"
    )
    today = platform.read("/tester/today").json()
    assert today["refusals"] == [{"topic": "politics", "count": 2}]
    assert today["breaker"] == {"state": "closed", "since": None, "reason": None}
    assert today["stock_as_of"].startswith("2026-11-23")
    assert len(platform.read("/tester/trends", days=90).json()["days"]) == 90
    assert platform.read("/tester/trends", days=31).status_code == 422
    assert platform.read("/tester/wishes").json()["budgets_rub"] == [
        {"from": 3_000_000, "to": 4_000_000, "count": 1}
    ]


def _snapshot() -> Any:
    from core.facts import DocumentKind

    return DocumentKind.SNAPSHOT
