"""Every item follows a changed retention; nothing that has expired comes back."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from core.dialogue import Rating
from jobs.restamp_retention import main
from lambdas.adapters import restamping
from lambdas.adapters.dialogue_table import DialogueTable
from lambdas.adapters.dialogues import Dialogues
from lambdas.adapters.restamping import Restamped, restamp
from lambdas.adapters.turns import Turns
from tests.fakes.clock import NOON, FakeClock
from tests.fakes.dialogue_data import reply, session, stepped, turn

MONTH = timedelta(days=30)
YEAR = timedelta(days=365)
TODAY = NOON.date()


class Kept:
    def __init__(self, dynamodb: Any) -> None:
        self.dynamodb = dynamodb
        self.clock = FakeClock()
        table = DialogueTable(dynamodb, "dialogues", self.clock)
        self.dialogues, self.turns = Dialogues(table), Turns(table)

    def dialogue(self, session_id: str) -> None:
        """A whole dialogue: a session, a turn with its draft, a rating."""
        self.dialogues.open(session(session_id, self.clock()))
        moved = stepped(self.dialogues.session(session_id), self.clock())  # type: ignore[arg-type]
        self.turns.accept(moved, turn(moved))
        claimed = self.turns.claim(session_id, "m1", 60)
        self.turns.write_draft(claimed, "Да.", first=True)
        self.turns.finish(claimed, reply(), retention=timedelta(days=90))
        self.dialogues.rate(moved, Rating(csat=5, rated_at=self.clock()))

    def expiries(self, session_id: str) -> set[int]:
        answer = self.dynamodb.query(
            TableName="dialogues",
            KeyConditionExpression="session_id = :id",
            ExpressionAttributeValues={":id": {"S": session_id}},
        )
        assert len(answer["Items"]) == 4
        return {int(item["expires_at"]["N"]) for item in answer["Items"]}

    def run(self, retention: timedelta, newest: date = TODAY) -> list[Restamped]:
        return list(restamp(self.dialogues, "tester", retention, newest=newest))


@pytest.fixture(autouse=True)
def few_empty_days(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(restamping, "EMPTY_DAYS", 45)


@pytest.fixture
def kept(dynamodb: Any) -> Kept:
    made = Kept(dynamodb)
    made.clock.now = NOON - timedelta(days=40)
    made.dialogue("S1")
    made.clock.now = NOON
    made.dialogue("S2")
    return made


def test_every_item_of_every_session_is_stamped_once(kept: Kept) -> None:
    done = kept.run(YEAR)
    assert done == [Restamped(TODAY, 1, 4), Restamped(TODAY - timedelta(days=40), 1, 4)]
    assert kept.expiries("S2") == {int((NOON + YEAR).timestamp())}
    assert kept.expiries("S1") == {int((NOON - timedelta(days=40) + YEAR).timestamp())}
    assert [each.items for each in kept.run(YEAR)] == [0, 0]


def test_a_shorter_retention_makes_old_dialogues_unreadable_for_good(kept: Kept) -> None:
    kept.run(MONTH)
    assert kept.dialogues.session("S1") is None
    assert kept.turns.get("S1", "m1") is None
    kept.run(YEAR)
    assert kept.dialogues.session("S1") is None
    assert kept.dialogues.session("S2") is not None


def test_it_can_be_resumed(kept: Kept) -> None:
    (done,) = kept.run(YEAR, newest=TODAY - timedelta(days=1))
    assert done.day == TODAY - timedelta(days=40)


def test_another_assistants_dialogues_are_left_alone(kept: Kept) -> None:
    assert list(restamp(kept.dialogues, "other", MONTH, newest=TODAY)) == []


def test_the_command(dynamodb: Any, capsys: pytest.CaptureFixture[str]) -> None:
    kept = Kept(dynamodb)
    kept.clock.now = datetime.now(UTC)
    kept.dialogue("S1")
    assert main(["--assistant", "tester", "--retention", "P30D", "--table", "dialogues"]) == 0
    assert "tester: P30D, 4 items re-stamped" in capsys.readouterr().out


@pytest.mark.parametrize("retention", ["30", "P0D", "tomorrow"])
def test_wrong_durations(retention: str) -> None:
    with pytest.raises(SystemExit):
        main(["--assistant", "tester", "--retention", retention, "--table", "t"])
