"""The queue: order, deduplication, hand-backs and dead letters, against moto."""

from __future__ import annotations

import json
from typing import Any

import pytest

from core.errors import InvalidInput, SendFailed
from lambdas.adapters.turn_queue import TurnPointer, TurnQueue, deduplication_id
from tests.fakes.aws import make_queue
from tests.fakes.clock import FakeClock
from tests.fakes.dialogue_data import session, turn

TURN = turn(session())


class Queues:
    def __init__(self, sqs: Any) -> None:
        self.sqs = sqs
        self.url, self.dead_url = make_queue(sqs, "turns"), make_queue(sqs, "dead")
        self.clock = FakeClock()
        self.queue = TurnQueue(
            sqs, {"tester": self.url}, {"tester": self.dead_url}, monotonic=self.clock.monotonic
        )

    def received(self) -> list[dict[str, Any]]:
        answer = self.sqs.receive_message(
            QueueUrl=self.url, MaxNumberOfMessages=10, AttributeNames=["MessageGroupId"]
        )
        return list(answer.get("Messages", []))


@pytest.fixture
def queues(sqs: Any) -> Queues:
    return Queues(sqs)


def test_a_message_points_at_a_turn_in_the_group_of_its_session(queues: Queues) -> None:
    queues.queue.send(TURN)
    (message,) = queues.received()
    assert json.loads(message["Body"]) == {"session_id": "S1", "message_id": "m1", "assistant": "tester"}
    assert message["Attributes"]["MessageGroupId"] == "S1"
    assert TurnPointer.parse(message["Body"]).message_id == "m1"


def test_an_attempt_is_sent_once_however_often_it_is_sent(queues: Queues) -> None:
    for _ in range(3):
        queues.queue.send(TURN)
    queues.queue.send(TURN.model_copy(update={"attempt": 2}))
    assert len(queues.received()) == 2


def test_a_turn_and_an_expired_one_of_its_name_are_two() -> None:
    assert deduplication_id(TURN) != deduplication_id(TURN.model_copy(update={"sequence": 9}))
    assert len(deduplication_id(TURN)) <= 128


def test_the_depth_is_asked_once_a_second(queues: Queues) -> None:
    assert queues.queue.depth("tester") == 0
    queues.queue.send(TURN)
    assert queues.queue.depth("tester") == 0
    queues.clock.advance(1)
    assert queues.queue.depth("tester") == 1


def test_dead_letters_are_read_until_there_are_none(queues: Queues) -> None:
    queues.queue.bury(TURN)
    queues.sqs.send_message(
        QueueUrl=queues.dead_url, MessageBody="stranger", MessageGroupId="x", MessageDeduplicationId="x"
    )
    letters = list(queues.queue.dead_letters("tester"))
    assert {letter.pointer.message_id if letter.pointer else None for letter in letters} == {"m1", None}
    for letter in letters:
        queues.queue.forget_dead_letter("tester", letter)
    assert list(queues.queue.dead_letters("tester")) == []


def test_a_message_handed_back_comes_again_when_it_was_told_to(queues: Queues) -> None:
    queues.queue.send(TURN)
    (message,) = queues.received()
    assert queues.received() == []
    queues.queue.delay("tester", message["ReceiptHandle"], 0)
    assert len(queues.received()) == 1


def test_a_queue_that_is_away(queues: Queues) -> None:
    queues.sqs.delete_queue(QueueUrl=queues.url)
    with pytest.raises(SendFailed):
        queues.queue.send(TURN)
    with pytest.raises(SendFailed):
        queues.queue.delay("tester", "x", 1)


@pytest.mark.parametrize("body", ["", "[]", "{}", '{"session_id": 1, "message_id": "m", "assistant": "a"}'])
def test_what_is_no_pointer(body: str) -> None:
    with pytest.raises(InvalidInput):
        TurnPointer.parse(body)
