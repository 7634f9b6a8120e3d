"""One assistant of the LOCAL stack as a day meets it: its API, its functions, its table and queues.

Refuses to know what happens on a day.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from cli.conversation import Attendant, Dialogue, new_message_id
from cli.deployment import Deployment, title
from core.dialogue import Turn, TurnState
from core.spec import AssistantSpec
from lambdas.adapters.dialogue_table import DialogueTable
from lambdas.adapters.dialogues import Dialogues
from lambdas.adapters.turn_queue import TurnQueue
from lambdas.adapters.turns import Turns

LONG_AGO = timedelta(hours=1)
SOME_QUESTION = "Есть ли C 180 в наличии?"


@dataclass(frozen=True)
class Stage:
    """One assistant of the deployment, and the ways to reach it."""

    deployment: Deployment
    api: Attendant
    spec: AssistantSpec

    @property
    def table(self) -> DialogueTable:
        return DialogueTable(self.deployment.client("dynamodb"), self.deployment.output("DialoguesTable"))

    @property
    def queue(self) -> TurnQueue:
        name = title(self.spec.id)
        urls = [
            {self.spec.id: self.deployment.output(f"{kind}{name}")}
            for kind in ("QueueUrl", "DeadLetterQueueUrl")
        ]
        return TurnQueue(self.deployment.client("sqs"), *urls)

    def invoke(self, output: str, event: dict[str, Any]) -> Any:
        answer = self.deployment.client("lambda").invoke(
            FunctionName=self.deployment.output(output), Payload=json.dumps(event).encode()
        )
        value = json.loads(answer["Payload"].read() or b"null")
        if answer.get("FunctionError"):
            raise RuntimeError(f"{output} failed: {value}")
        return value

    def stuck_turn(self, dialogue: Dialogue) -> Turn:
        """A question of an hour ago that nobody has taken."""
        then = datetime.now(UTC) - LONG_AGO
        session = Dialogues(self.table).session(dialogue.session_id)
        assert session is not None
        moved = session.model_copy(update={"sequence": session.sequence + 1})
        turn = Turn(
            session_id=session.session_id,
            message_id=new_message_id(),
            assistant=self.spec.id,
            sequence=moved.sequence,
            question=SOME_QUESTION,
            state=TurnState.QUEUED,
            created_at=then,
            expires_at=session.expires_at,
            attempt=1,
        )
        Turns(self.table).accept(moved, turn)
        return turn
