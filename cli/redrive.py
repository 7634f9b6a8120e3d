"""`attendant turns redrive`: dead-lettered turns are queued once more.

Knows which queues and table belong to a deployment. Refuses to know what may be redriven
(`lambdas/reconcile/redrive.py`).
"""

from __future__ import annotations

from cli.deployment import Deployment
from cli.failures import CommandFailed
from core.errors import SendFailed
from core.spec import all_specs
from lambdas.adapters.clock import utc_now
from lambdas.adapters.dialogue_table import DialogueTable
from lambdas.adapters.turn_queue import TurnQueue
from lambdas.adapters.unfinished_turns import UnfinishedTurns
from lambdas.reconcile.redrive import Redriven
from lambdas.reconcile.redrive import redrive as redrive_one


def redrive(deployment: Deployment, assistant: str | None) -> dict[str, Redriven]:
    """What became of the dead letters, by assistant. Raises CommandFailed."""
    titles = {spec.id: spec.title for spec in all_specs() if f"QueueUrl{spec.title}" in deployment.outputs}
    if assistant is not None and assistant not in titles:
        known = ", ".join(titles) or "none"
        raise CommandFailed(f"no assistant {assistant!r} is deployed; there are: {known}", exit_code=2)
    queue = TurnQueue(
        deployment.client("sqs"),
        {id_: deployment.output(f"QueueUrl{name}") for id_, name in titles.items()},
        {id_: deployment.output(f"DeadLetterQueueUrl{name}") for id_, name in titles.items()},
    )
    turns = UnfinishedTurns(DialogueTable(deployment.client("dynamodb"), deployment.output("DialoguesTable")))
    chosen = [assistant] if assistant is not None else list(titles)
    try:
        return {id_: redrive_one(id_, turns, queue, utc_now) for id_ in chosen}
    except SendFailed as error:
        raise CommandFailed("the queue took no message", "say it again: nothing is lost") from error


def sentence(done: Redriven) -> str:
    parts = [f"{done.sent} brought back"]
    parts += [f"{done.dropped} had nothing left to send"] if done.dropped else []
    parts += [f"{done.unreadable} are no turns and stay"] if done.unreadable else []
    return ", ".join(parts)
