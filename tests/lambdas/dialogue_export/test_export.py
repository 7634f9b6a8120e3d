"""What leaves the dialogues, when it is written again, and when it is gone."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from core.dialogue import Callback, Feedback, Rating, Thumb, TurnState, Versions, Wished, expiry
from core.errors import StoreAway
from core.facts import DocumentKind
from tests.fakes.analytics import RETENTION, FakeAnalytics
from tests.fakes.clock import NOON
from tests.fakes.dialogue_data import reply, session, turn

TODAY = NOON.date()
YESTERDAY = TODAY - timedelta(days=1)
SAID = "Меня зовут Аркадий Белов, 8 911 555-44-33, belov@example.ru, VIN WDD2050071R123456, есть C 180?"
PLANTED = ("Аркадий", "Белов", "911", "555-44-33", "belov", "WDD2050071R123456", "Гороховая")


def said_everything(session_id: str = "S1", **changes: object) -> tuple:
    opened = session(session_id, expires_at=expiry(NOON, RETENTION), **changes)
    asked = turn(
        opened,
        question=SAID,
        state=TurnState.ANSWERED,
        finished_at=opened.created_at + timedelta(seconds=4),
        reply=reply(
            "Аркадий, C 180 есть, звоните +7 (812) 555-01-23.",
            wishes=Wished(models=("C 180",), colors=("чёрный",), budget_rub=5_000_000),
            versions=Versions(model="qwen@1", policy="p7"),
            model_tokens=40,
        ),
        feedback=Feedback(thumb=Thumb.DOWN, reason="Я Аркадий Белов, цена не та", given_at=NOON),
    )
    rating = Rating(csat=3, nps=9, comment="Аркадий Белов, Гороховая 5, кв. 12", rated_at=opened.created_at)
    callback = Callback(
        callback_id="c1",
        session_id=session_id,
        assistant=opened.assistant,
        name="Аркадий Белов",
        phone="+79115554433",
        comment="живу на Гороховой улице, дом 5, квартира 12",
        convenient_time="после шести, Аркадий",
        created_at=opened.created_at + timedelta(minutes=1),
        state="done",
        note="Аркадий просил после шести",
        changed_by="anna@example.ru",
        changed_at=NOON,
        expires_at=opened.expires_at,
    )
    return opened, asked, rating, callback


def test_a_dialogue_leaves_as_rows_of_three_tables(analytics: FakeAnalytics) -> None:
    analytics.keep(*said_everything())
    assert analytics.run()["rows"] == {"turns": 1, "sessions": 1, "callbacks": 1}
    (asked,) = analytics.rows("turns")
    assert asked["question"] == "Меня зовут [имя], [телефон], [почта], VIN [VIN], есть C 180?"
    assert (asked["elapsed_ms"], asked["state"], asked["thumb"]) == (4_000, "answered", "down")
    assert (asked["wished_models"], asked["wished_colors"]) == (["C 180"], ["чёрный"])
    assert (asked["model"], asked["policy_version"], asked["in_working_hours"]) == ("qwen@1", "p7", True)
    (dialogue,) = analytics.rows("sessions")
    assert (dialogue["turns"], dialogue["callbacks"], dialogue["csat"], dialogue["nps"]) == (1, 1, 3, 9)
    (callback,) = analytics.rows("callbacks")
    assert (callback["state"], callback["local_hour"], callback["kind"]) == ("done", 12, "callback")
    assert callback["changed_at"] == NOON.replace(tzinfo=None)


def test_planted_personal_data_reaches_no_file(analytics: FakeAnalytics) -> None:
    for number in range(5):
        analytics.keep(*said_everything(f"S{number}"))
    analytics.run()
    said = analytics.everything().decode()
    assert "[телефон]" in said
    assert not [planted for planted in PLANTED if planted in said]
    for data, _ in analytics.partitions.kept.values():
        assert not [planted for planted in PLANTED if planted.encode() in data]


def test_what_the_salon_publishes_stays_readable(analytics: FakeAnalytics) -> None:
    published = {"faq": [{"answer": "Звоните: +7 (812) 555-01-23"}]}
    analytics.documents.put("tester", DocumentKind.KNOWLEDGE, json.dumps(published).encode())
    analytics.keep(*said_everything())
    analytics.run()
    assert analytics.rows("turns")[0]["answer"] == "[имя], C 180 есть, звоните +7 (812) 555-01-23."


def test_an_erased_dialogue_is_out_of_the_files_with_the_next_run(analytics: FakeAnalytics) -> None:
    opened = session("S1", NOON - timedelta(days=2), expires_at=expiry(NOON, RETENTION))
    analytics.keep(opened, turn(opened, state=TurnState.ANSWERED, reply=reply()))
    day = TODAY - timedelta(days=2)
    analytics.run()
    assert analytics.rows("sessions", day)
    analytics.clock.advance(60)
    analytics.erase(opened)
    analytics.clock.advance(900)
    analytics.run()
    assert (analytics.rows("sessions", day), analytics.rows("turns", day)) == ([], [])
    assert b"S1" not in analytics.everything()


def test_an_erased_dialogue_does_not_leave_while_it_is_still_found(analytics: FakeAnalytics) -> None:
    parts = said_everything()
    analytics.keep(*parts)
    analytics.erasures.note(parts[0])  # the items are still there: the deletion broke off, or the index lags
    analytics.run()
    assert analytics.rows("sessions") == []


def test_a_run_that_read_before_an_erasure_and_wrote_after_it_is_mended(analytics: FakeAnalytics) -> None:
    opened = session("S1", NOON - timedelta(days=2), expires_at=expiry(NOON, RETENTION))
    analytics.keep(opened)
    analytics.run()
    analytics.clock.advance(100)
    analytics.erase(opened)
    analytics.clock.advance(100)
    key = ("sessions", "tester", TODAY - timedelta(days=2))
    analytics.partitions.kept[key] = (analytics.partitions.kept[key][0], analytics.clock())  # the late write
    analytics.clock.advance(900)
    analytics.run()
    assert analytics.rows("sessions", TODAY - timedelta(days=2)) == []


def test_what_has_expired_leaves_the_files_within_a_day(analytics: FakeAnalytics) -> None:
    analytics.keep(*said_everything())
    analytics.run()
    for _ in range(5):  # nobody comes any more
        analytics.clock.advance(86_400)
        analytics.run()
    assert analytics.rows("turns") == []
    assert TODAY not in analytics.partitions.days("sessions")
    assert analytics.partitions.days("turns") == []
    assert b"S1" not in analytics.everything()


def test_writing_again_changes_nothing(analytics: FakeAnalytics) -> None:
    for number in range(20):
        analytics.keep(*said_everything(f"S{number}"))
    analytics.run()
    before = {key: data for key, (data, _) in analytics.partitions.kept.items()}
    analytics.clock.advance(900)
    analytics.run(everything=True)
    assert {key: data for key, (data, _) in analytics.partitions.kept.items()} == before


def test_a_failed_upload_leaves_the_old_files_and_the_day_is_due_again(analytics: FakeAnalytics) -> None:
    analytics.keep(*said_everything("S1"))
    analytics.run()
    old = analytics.partitions.kept["turns", "tester", TODAY]
    analytics.keep(*said_everything("S2"))
    analytics.clock.advance(900)
    analytics.partitions.fails_on = "turns"
    with pytest.raises(StoreAway):
        analytics.run()
    assert analytics.partitions.kept["turns", "tester", TODAY] == old
    assert [event for event, _ in analytics.telemetry.alarms] == ["dialogues_not_exported"]
    analytics.partitions.fails_on = None
    analytics.run()
    assert len(analytics.rows("turns")) == 2


def test_an_upload_that_failed_half_way_through_a_past_day_is_due_again(analytics: FakeAnalytics) -> None:
    opened = session("S1", NOON - timedelta(days=2), expires_at=expiry(NOON, RETENTION))
    analytics.keep(opened, turn(opened, state=TurnState.ANSWERED, reply=reply()))
    analytics.partitions.fails_on = "sessions"
    with pytest.raises(StoreAway):
        analytics.run()
    analytics.partitions.fails_on = None
    analytics.run()
    assert len(analytics.rows("sessions", TODAY - timedelta(days=2))) == 1


def test_an_empty_day_has_an_empty_file_that_can_be_read(analytics: FakeAnalytics) -> None:
    analytics.run()
    assert analytics.rows("sessions") == []
    assert analytics.partitions.days("sessions")[-2:] == [YESTERDAY, TODAY]
    assert analytics.partitions.days("turns") == []
    assert analytics.metrics.today("tester").numbers.turns == 0
    assert [each.turns for each in analytics.metrics.trends("tester", 7)] == [0] * 7


def test_a_late_rating_and_a_turn_after_midnight_belong_to_the_day_of_the_dialogue(
    analytics: FakeAnalytics,
) -> None:
    opened = session("S1", NOON - timedelta(hours=9, minutes=5), expires_at=expiry(NOON, RETENTION))
    late = turn(opened, "m2", created_at=NOON - timedelta(hours=8, minutes=55))
    opened = opened.model_copy(update={"last_activity_at": late.created_at})
    rating = Rating(csat=8, rated_at=NOON)
    analytics.keep(opened, turn(opened, created_at=opened.created_at), late, rating)
    analytics.run()
    assert [row["message_id"] for row in analytics.rows("turns", YESTERDAY)] == ["m1", "m2"]
    assert analytics.rows("turns", TODAY) == []
    assert analytics.rows("sessions", YESTERDAY)[0]["csat"] == 8


def test_older_days_are_written_again_once_a_day_and_the_last_two_every_time(
    analytics: FakeAnalytics,
) -> None:
    first = analytics.run()["days"]
    assert first == RETENTION.days + 2
    analytics.clock.advance(900)
    assert analytics.run()["days"] == 2
    analytics.clock.advance(86_400)
    assert analytics.run()["days"] == first + 1  # and a new day has begun, the oldest one goes


def test_what_no_time_is_left_for_waits_for_the_next_run(analytics: FakeAnalytics) -> None:
    seconds = iter([900.0, 100.0])
    done = analytics.export.run({}, lambda: next(seconds))
    assert (done["days"], done["left"]) == (1, RETENTION.days + 1)


def test_strange_letters_leave_as_letters(analytics: FakeAnalytics) -> None:
    opened = session("S1", expires_at=expiry(NOON, RETENTION))
    odd = "«\u202eэто»\n\t'; DROP TABLE turns;-- 👩‍👩‍👧 \\u0000 \ud800"
    analytics.keep(opened, turn(opened, state=TurnState.ANSWERED, reply=reply(odd.replace("\ud800", ""))))
    analytics.run()
    assert analytics.rows("turns")[0]["answer"] == odd.replace("\ud800", "")
