"""What a pilot is made of: the table of dialogues, pilot.toml, the salon's files."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from core.dialogue import Callback, CallbackKind, Rating, TurnState
from core.errors import EvaluationRefused
from core.visits import Visit
from jobs.pilot import runs, tables
from jobs.pilot.observed import ObservedDialogue, observe
from jobs.pilot.settings import PilotSettings, read_settings
from lambdas.adapters.dialogue_table import DialogueTable
from lambdas.adapters.dialogues import Dialogues
from lambdas.adapters.turns import Turns
from lambdas.adapters.visits import Visits
from tests.fakes.clock import FakeClock
from tests.fakes.dialogue_data import reply, session, stepped, turn
from tests.jobs.pilot.made_up import ZONE

SAMPLE = Path(__file__).resolve().parents[3] / "docs" / "pilot.toml"
PILOT = {
    "assistant": "tester",
    "salon": "С",
    "first_day": "2026-11-10",
    "last_day": "2026-11-11",
    "answer_seconds": 10,
}
SECOND = timedelta(seconds=1)


class Salon:
    """The tables of a deployment and a clock."""

    def __init__(self, dynamodb: Any) -> None:
        self.clock = FakeClock()
        table = DialogueTable(dynamodb, "dialogues", self.clock)
        self.dialogues, self.turns = Dialogues(table), Turns(table)
        self.visits = Visits(DialogueTable(dynamodb, "control", self.clock))

    def dialogue(self, session_id: str, at: str, *took: float, state=TurnState.ANSWERED, **changes) -> None:
        self.clock.now = datetime.fromisoformat(at).astimezone(UTC)
        self.dialogues.open(session(session_id, self.clock(), **changes))
        for place, seconds in enumerate(took):
            moved = stepped(self.dialogues.session(session_id), self.clock())
            self.turns.accept(moved, turn(moved, f"m{place}"))
            claimed = self.turns.claim(session_id, f"m{place}", 60)
            self.clock.now += seconds * SECOND
            self.turns.finish(claimed, reply(state=state), retention=timedelta(days=90))
            self.clock.now += 20 * SECOND

    def callback(self, session_id: str, kind: CallbackKind) -> None:
        given = session(session_id, self.clock())
        self.dialogues.request_callback(
            Callback(
                callback_id=kind,
                kind=kind,
                session_id=session_id,
                assistant="tester",
                name="Анна",
                phone="+7",
                created_at=self.clock(),
                expires_at=given.expires_at,
            )
        )

    def observed(self, **changes):
        pilot = PilotSettings.model_validate({"pilot": PILOT | changes}).pilot
        return observe(self.dialogues, self.visits, pilot, ZONE, lambda *_: None)


@pytest.fixture
def salon(dynamodb: Any) -> Salon:
    return Salon(dynamodb)


def test_what_the_table_tells_of_the_pilots_days(salon: Salon) -> None:
    salon.dialogue("early", "2026-11-09T23:59:00+03:00", 5)
    salon.dialogue("S1", "2026-11-10T00:01:00+03:00", 4, 12)  # in UTC it is still the 9th
    salon.dialogues.rate(session("S1"), Rating(csat=9, nps=10, rated_at=salon.clock()))
    salon.callback("S1", CallbackKind.CALLBACK)
    salon.callback("S1", CallbackKind.TEST_DRIVE)
    salon.dialogue("S2", "2026-11-11T23:59:00+03:00", 3, state=TurnState.FAILED, campaign="winter")
    salon.dialogue("silent", "2026-11-11T10:00:00+03:00")
    salon.callback("silent", CallbackKind.CALLBACK)
    salon.dialogue("late", "2026-11-12T00:01:00+03:00", 5)
    found = salon.observed()
    assert found.dialogues == (ObservedDialogue(36.0, (4.0, 12.0)), ObservedDialogue(3.0, (None,)))
    assert (found.csat, found.nps, len(found.callbacks)) == ((9,), (10,), 2)
    assert "Анна" not in repr(found)
    assert salon.observed(campaign="winter").dialogues == (ObservedDialogue(3.0, (None,)),)


def test_an_erased_dialogue_counts_nowhere(salon: Salon) -> None:
    salon.dialogue("S1", "2026-11-10T12:00:00+03:00", 4)
    salon.dialogues.erase("S1")
    assert salon.observed().dialogues == ()


def test_visits_of_the_days(salon: Salon) -> None:
    for day, used in ((10, True), (11, False), (12, False)):
        salon.clock.now = datetime(2026, 11, day, 12, tzinfo=UTC)
        salon.visits.count("tester", Visit(40, used_assistant=used))
    first, second = salon.observed().visits
    assert (first.with_assistant.seconds, second.without.seconds) == (40, 40)


def test_the_documented_sample_is_read() -> None:
    settings = read_settings(SAMPLE)
    assert settings.targets.occupancy.bound == 0.72
    assert settings.pilot.answer_seconds == 10
    assert settings.before.shifts == SAMPLE.parent / "shifts.csv"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "pilot: Field required"),
        ("[pilot", "is no TOML in UTF-8"),
        ("[targets]\ncsat = { at_least = 8, at_most = 9 }", "targets.csat: write either at_least or at_most"),
        ("[targets]\nhappiness = { at_least = 8 }", "targets.happiness: Extra inputs are not permitted"),
        ("[targets]\ncsat = { at_least = nan }", "targets.csat.at_least: Input should be a finite number"),
        ('[[nps_quarters]]\nname = "I"\npromoters = 0\npassives = 0\ndetractors = 0', "nobody answered"),
        ('[before]\ncallbacks = "c.csv"', "before: callbacks and callbacks_period go together"),
        (
            "[before]\ncallbacks_period = { first_day = 2026-02-01, last_day = 2026-01-01 }",
            "before.callbacks_period: last_day is before first_day",
        ),
    ],
)  # fmt: skip
def test_settings_that_are_none(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "pilot.toml"
    head = "[pilot]\n" + "\n".join(f"{name} = {json.dumps(value)}" for name, value in PILOT.items()) + "\n"
    head = re.sub(r'"(\d{4}-\d\d-\d\d)"', r"\1", head)
    path.write_text((head if text.startswith(("[t", "[[", "[b")) else "") + text, encoding="utf-8")
    with pytest.raises(EvaluationRefused, match=re.escape(said)):
        read_settings(path)


def test_settings_in_another_encoding_and_none_at_all(tmp_path: Path) -> None:
    path = tmp_path / "pilot.toml"
    path.write_bytes('[pilot]\nsalon = "Звезда"'.encode("cp1251"))
    with pytest.raises(EvaluationRefused, match="is no TOML in UTF-8"):
        read_settings(path)
    with pytest.raises(EvaluationRefused, match="No such file"):
        read_settings(tmp_path / "none.toml")


NINE, TEN = "2026-11-02 9:00", "02.11.2026 10:00:00"
SHIFTS = "operator;shift_start;shift_end;talk_seconds\n"
DIALOGUES = "dialogue,started_at,ended_at\n"


def test_the_salons_files_are_read(tmp_path: Path) -> None:
    path = tmp_path / "saved.csv"
    path.write_bytes((SHIFTS + "Анна;02.11.2026 9:00;02.11.2026 21:00;30 240,5\n").encode("cp1251"))
    (shift,) = tables.shifts(path, ZONE)
    assert (shift.operator, shift.seconds, shift.talk_seconds) == ("Анна", 43_200.0, 30_240.5)
    path.write_text(DIALOGUES + "1,2026-11-02T09:00:00+03:00,2026-11-02T06:05:00Z\n")
    assert tables.operator_dialogue_seconds(path, ZONE) == [300.0]
    path.write_text("asked_at\n")
    assert tables.callbacks(path, ZONE) == []


@pytest.mark.parametrize(
    ("reader", "text", "said"),
    [
        (tables.shifts, SHIFTS, "has a header and no row"),
        (tables.shifts, f"{SHIFTS}А;{NINE};32.11.2026 9:00;5", "shift_end '32.11.2026 9:00' is no moment"),
        (tables.shifts, f"{SHIFTS}А;{TEN};{NINE};5", "shift_end is not after shift_start"),
        (tables.shifts, f"{SHIFTS}А;{NINE};2026-11-12 21:00;5", "apart; is the day right?"),
        (tables.shifts, f"{SHIFTS}А;{NINE};{TEN};4000", "talk_seconds 4000 is more than"),
        (tables.shifts, f"{SHIFTS}А;{NINE};{TEN};nan", "'nan' is no number of seconds"),
        (tables.shifts, f"{SHIFTS}А;{NINE};{TEN};-5", "'-5' is no number of seconds"),
        (tables.shifts, SHIFTS + f"А;{NINE};{TEN};5\n" * 2, "stands there twice"),
        (tables.shifts, f"{SHIFTS};{NINE};{TEN};5", "operator is empty"),
        (tables.operator_dialogue_seconds, DIALOGUES + ",2026-11-02,2026-11-03\n", "dialogue is empty"),
        (tables.operator_dialogue_seconds, DIALOGUES + "1,2026-11-02,2026-11-03\n" * 2, "stands there twice"),
        (tables.callbacks, "asked_at\nвчера\n", "line 2: asked_at 'вчера' is no moment"),
    ],
)  # fmt: skip
def test_rows_that_cannot_be_true(tmp_path: Path, reader, text: str, said: str) -> None:
    path = tmp_path / "saved.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(EvaluationRefused, match=re.escape(said)):
        reader(path, ZONE)


LOAD = {
    "questions": 50, "promise_seconds": 10.0, "answered_in_time": 48, "within_10_seconds": 1.0,
    "lost": [], "twice": [], "answer_seconds": {"p50": 2.0, "p95": 8.0, "max": 12.0},
}  # fmt: skip


def test_a_load_test_is_read(tmp_path: Path) -> None:
    path = tmp_path / "load.json"
    path.write_text(json.dumps({"assistant": "salon", "cold": LOAD | {"questions": 1}, "warm": LOAD}))
    assert runs.read_stress(path, 10) == runs.Stress("warm", 50, 10.0, 48, 50, 0, 0, 8.0)


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ("{", "is no JSON"),
        ("[]", "is no JSON object"),
        ("{}", "is no report of attendant loadtest --json"),
        (json.dumps({"warm": {"questions": 5}}), "a field of the load test is missing or wrong"),
        (json.dumps({"warm": LOAD | {"answered_in_time": 51}}), "51 answers of 50 questions"),
        (json.dumps({"warm": LOAD | {"promise_seconds": 5}}), "counts 5 s, pilot.answer_seconds says 10"),
    ],
)
def test_load_tests_that_are_none(tmp_path: Path, told: str, said: str) -> None:
    path = tmp_path / "load.json"
    path.write_text(told)
    with pytest.raises(EvaluationRefused, match=re.escape(said)):
        runs.read_stress(path, 10)


def test_marks_that_are_none(tmp_path: Path) -> None:
    path = tmp_path / "marks.json"
    path.write_text('{"dialogues": 5, "difference": null}')
    with pytest.raises(EvaluationRefused, match="is no output of attendant pilot marks --json"):
        runs.read_marks(path)
