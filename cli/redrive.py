"""`attendant turns redrive`: dead-lettered turns are queued once more.

Knows the order that loses nothing: the turn first, then its message, then the dead letter goes. Refuses to
touch a turn that is not dead-lettered any more.
"""

from __future__ import annotations

from cli.deployment import Deployment
from cli.failures import CommandFailed
from core.errors import InvalidInput
from core.spec import all_specs
from lambdas.adapters.dialogue_table import DialogueTable
from lambdas.adapters.turn_queue import TurnQueue
from lambdas.adapters.unfinished_turns import UnfinishedTurns


def redrive(deployment: Deployment, assistant: str | None) -> dict[str, int]:
    """How many turns came back, by assistant. Raises CommandFailed."""
    titles = {spec.id: spec.title for spec in all_specs() if f"QueueUrl{spec.title}" in deployment.outputs}
    if assistant is not None and assistant not in titles:
        known = ", ".join(titles) or "none"
        raise CommandFailed(f"no assistant {assistant!r} is deployed; there are: {known}", exit_code=2)
    queue = TurnQueue(
        deployment.client("sqs"),
        {id_: deployment.output(f"QueueUrl{name}") for id_, name in titles.items()},
        {id_: deployment.output(f"DeadLetterQueueUrl{name}") for id_, name in titles.items()},
    )
    table = DialogueTable(deployment.client("dynamodb"), deployment.output("DialoguesTable"))
    chosen = [assistant] if assistant is not None else list(titles)
    return {id_: _redrive_one(queue, UnfinishedTurns(table), id_) for id_ in chosen}


def _redrive_one(queue: TurnQueue, turns: UnfinishedTurns, assistant: str) -> int:
    count = 0
    try:
        for letter in queue.dead_letters(assistant):
            turn = turns.get(letter.pointer.session_id, letter.pointer.message_id)
            revived = turns.revive(turn) if turn is not None else None
            if revived is not None:
                queue.send(revived)
                count += 1
            queue.forget_dead_letter(assistant, letter)
    except InvalidInput as error:
        raise CommandFailed(
            f"the dead-letter queue of {assistant} holds something that is no turn"
        ) from error
    return count
