"""The queue between the API and the workers: one FIFO queue and one dead-letter queue an assistant.

A message is only a pointer to a turn; the turn in the table is the truth. The group is the session, so a
session's questions are answered in their order; the deduplication id is the turn and its attempt, so the same
attempt may be sent by as many as like. Refuses to know what becomes of a turn.
"""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError
from pydantic import BaseModel, ConfigDict, ValidationError

from core.dialogue import Turn
from core.errors import InvalidInput, SendFailed
from lambdas.adapters.outages import told_as_store_away

DEPTH_SECONDS = 1.0
_DEPTH = ("ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible")


class TurnPointer(BaseModel):
    """The body of a message."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    session_id: str
    message_id: str
    assistant: str

    @classmethod
    def parse(cls, body: str) -> TurnPointer:
        """Raises InvalidInput; its detail names no content."""
        try:
            return cls.model_validate_json(body)
        except ValidationError as error:
            raise InvalidInput(f"not a pointer to a turn: {error.error_count()} wrong fields") from None


@dataclass(frozen=True)
class DeadLetter:
    """`pointer` is None where the message is none of ours and cannot be read."""

    pointer: TurnPointer | None
    receipt: str


def deduplication_id(turn: Turn) -> str:
    """The same for each send of one attempt. The sequence tells a turn from an expired one of its name."""
    text = f"{turn.session_id}:{turn.message_id}:{turn.sequence}#{turn.attempt}"
    return hashlib.sha256(text.encode()).hexdigest()


class TurnQueue:
    """`urls` and `dead_letter_urls` map an assistant's id to its queues."""

    def __init__(
        self,
        sqs: Any,
        urls: Mapping[str, str],
        dead_letter_urls: Mapping[str, str] | None = None,
        *,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._sqs = sqs
        self._urls = urls
        self._dead_letter_urls = dead_letter_urls or {}
        self._monotonic = monotonic
        self._depths: dict[str, tuple[float, int]] = {}

    def send(self, turn: Turn) -> None:
        """Points the workers at a turn; swallowed by the queue when this attempt was sent lately.

        Raises SendFailed.
        """
        self._send(self._urls[turn.assistant], turn)

    def bury(self, turn: Turn) -> None:
        """Points the operators at a turn that nobody could answer. Raises SendFailed."""
        self._send(self._dead_letter_urls[turn.assistant], turn)

    def depth(self, assistant: str) -> int:
        """How many messages wait or are being worked on, at most a second ago. Raises StoreAway."""
        now = self._monotonic()
        asked, depth = self._depths.get(assistant, (float("-inf"), 0))
        if now - asked >= DEPTH_SECONDS:
            with told_as_store_away():
                answer = self._sqs.get_queue_attributes(
                    QueueUrl=self._urls[assistant], AttributeNames=list(_DEPTH)
                )
            depth = sum(int(answer["Attributes"].get(name, 0)) for name in _DEPTH)
            self._depths[assistant] = (now, depth)
        return depth

    def delay(self, assistant: str, receipt: str, seconds: int) -> None:
        """A message that is being handed back comes again after `seconds`. Raises SendFailed."""
        try:
            self._sqs.change_message_visibility(
                QueueUrl=self._urls[assistant], ReceiptHandle=receipt, VisibilityTimeout=seconds
            )
        except (BotoCoreError, ClientError) as error:
            raise SendFailed(type(error).__name__) from error

    def dead_letters(self, assistant: str, visibility_seconds: int = 60) -> Iterator[DeadLetter]:
        """Everything in the dead-letter queue, until it gives nothing more."""
        while True:
            answer = self._sqs.receive_message(
                QueueUrl=self._dead_letter_urls[assistant],
                MaxNumberOfMessages=10,
                VisibilityTimeout=visibility_seconds,
                WaitTimeSeconds=1,
            )
            messages = answer.get("Messages", [])
            if not messages:
                return
            for message in messages:
                yield DeadLetter(_readable(message["Body"]), message["ReceiptHandle"])

    def forget_dead_letter(self, assistant: str, letter: DeadLetter) -> None:
        self._sqs.delete_message(QueueUrl=self._dead_letter_urls[assistant], ReceiptHandle=letter.receipt)

    def _send(self, url: str, turn: Turn) -> None:
        pointer = TurnPointer(
            session_id=turn.session_id, message_id=turn.message_id, assistant=turn.assistant
        )
        try:
            self._sqs.send_message(
                QueueUrl=url,
                MessageBody=json.dumps(pointer.model_dump()),
                MessageGroupId=turn.session_id,
                MessageDeduplicationId=deduplication_id(turn),
            )
        except (BotoCoreError, ClientError) as error:
            raise SendFailed(type(error).__name__) from error


def _readable(body: str) -> TurnPointer | None:
    try:
        return TurnPointer.parse(body)
    except InvalidInput:
        return None
