"""Erased is erased: everywhere, whoever is writing meanwhile, and after a restore of a backup."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from core.dialogue import Callback, Exchange, Rating
from core.errors import LostClaim, TurnOver
from lambdas.adapters.dialogue_table import DialogueTable
from lambdas.adapters.dialogues import Dialogues
from lambdas.adapters.erasures import BACKUPS_REACH_BACK, Erasures, replay
from lambdas.adapters.turn_queue import TurnQueue
from lambdas.adapters.turns import Remembered, Turns
from lambdas.adapters.unfinished_turns import UnfinishedTurns
from lambdas.reconcile.redrive import redrive
from tests.fakes.aws import make_queue
from tests.fakes.clock import FakeClock
from tests.fakes.dialogue_data import RETENTION, reply, session, stepped, turn

SAID = "Я Аркадий, мой номер 8 911 555-44-33"


class Kept:
    """Two whole dialogues in the table: S1 will be erased, S2 stays."""

    def __init__(self, dynamodb: Any) -> None:
        self.dynamodb, self.clock = dynamodb, FakeClock()
        table = DialogueTable(dynamodb, "dialogues", self.clock)
        self.dialogues, self.turns, self.unfinished = Dialogues(table), Turns(table), UnfinishedTurns(table)
        self.erasures = Erasures(dynamodb, "audit", self.clock)
        for session_id in ("S1", "S2"):
            self.dialogue(session_id)

    def dialogue(self, session_id: str) -> None:
        self.dialogues.open(session(session_id))
        moved = stepped(self.dialogues.session(session_id), self.clock())  # type: ignore[arg-type]
        self.turns.accept(moved, turn(moved, question=SAID))
        claimed = self.turns.claim(session_id, "m1", 60)
        self.turns.write_draft(claimed, SAID, first=True)
        memory = Remembered({"said": SAID}, (Exchange(question=SAID, answer=SAID),))
        self.turns.finish(claimed, reply(SAID), retention=RETENTION, remembered=memory)
        self.dialogues.rate(moved, Rating(csat=5, comment=SAID, rated_at=self.clock()))
        self.dialogues.request_callback(
            Callback(
                callback_id="c1",
                session_id=session_id,
                assistant=moved.assistant,
                name="Аркадий",
                phone="+79115554433",
                comment=SAID,
                created_at=self.clock(),
                expires_at=moved.expires_at,
            )
        )

    def items(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.dynamodb.scan(TableName="dialogues")["Items"]
        return found

    def of(self, session_id: str) -> list[dict[str, Any]]:
        return [item for item in self.items() if item["session_id"]["S"] == session_id]

    def erase(self, session_id: str) -> int:
        """As the API does."""
        self.erasures.note(session(session_id))
        return self.dialogues.erase(session_id)

    def restore(self, backup: list[dict[str, Any]]) -> None:
        for item in backup:
            self.dynamodb.put_item(TableName="dialogues", Item=item)


@pytest.fixture
def kept(dynamodb: Any) -> Kept:
    return Kept(dynamodb)


def test_nothing_of_a_dialogue_is_left_and_its_neighbour_is_whole(kept: Kept) -> None:
    before = kept.of("S2")
    assert kept.erase("S1") == len(before) == 5
    assert kept.of("S1") == []
    assert kept.of("S2") == before


def test_what_a_restore_brings_back_is_erased_again(kept: Kept) -> None:
    backup = kept.items()
    kept.erase("S1")
    kept.restore(backup)
    assert kept.dialogues.session("S1") is not None
    assert replay(kept.erasures, kept.dialogues) == (1, 5)
    assert kept.of("S1") == []
    assert len(kept.of("S2")) == 5
    assert replay(kept.erasures, kept.dialogues) == (1, 0)


def test_an_erasure_that_broke_off_is_finished(kept: Kept) -> None:
    kept.erasures.note(session("S1"))
    kept.dynamodb.delete_item(
        TableName="dialogues", Key={"session_id": {"S": "S1"}, "item": {"S": "session"}}
    )
    assert replay(kept.erasures, kept.dialogues) == (1, 4)
    assert kept.of("S1") == []


def test_the_log_holds_ids_and_no_word(kept: Kept, dynamodb: Any) -> None:
    kept.erase("S1")
    (item,) = dynamodb.scan(TableName="audit")["Items"]
    assert set(item) == {"subject", "at", "session_id", "assistant", "opened_on", "expires_at"}
    assert item["session_id"] == {"S": "S1"}
    until = kept.clock() + BACKUPS_REACH_BACK
    assert int(item["expires_at"]["N"]) > (until + timedelta(days=1)).timestamp()


def test_a_worker_that_is_answering_brings_nothing_back(kept: Kept) -> None:
    moved = stepped(kept.dialogues.session("S1"), kept.clock())  # type: ignore[arg-type]
    kept.turns.accept(moved, turn(moved, "m2", question=SAID))
    claimed = kept.turns.claim("S1", "m2", 60)
    kept.turns.write_draft(claimed, SAID, first=True)
    kept.erase("S1")
    with pytest.raises(LostClaim):
        kept.turns.write_draft(claimed, SAID, first=False)
    with pytest.raises(LostClaim):
        kept.turns.finish(claimed, reply(SAID), retention=RETENTION)
    assert kept.of("S1") == []


def test_what_is_left_in_a_queue_points_at_nothing(kept: Kept, sqs: Any) -> None:
    assistant = "tester"
    queue = TurnQueue(sqs, {assistant: make_queue(sqs, "turns")}, {assistant: make_queue(sqs, "dead")})
    asked = kept.turns.get("S1", "m1")
    assert asked is not None
    queue.send(asked)
    queue.bury(asked)
    (message,) = sqs.receive_message(QueueUrl=queue._urls[assistant])["Messages"]
    assert SAID not in message["Body"]
    kept.erase("S1")
    with pytest.raises(TurnOver):  # what the worker does with its message
        kept.turns.claim("S1", "m1", 60)
    assert redrive(assistant, kept.unfinished, queue, kept.clock).dropped == 1
    assert list(queue.dead_letters(assistant)) == []
