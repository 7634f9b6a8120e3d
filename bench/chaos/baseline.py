"""What the real assistants answer when all is well: their own eval questions, each asked once, in calm.

Keeps what a question cited, not how it was said. An assistant's name stands nowhere here. Refuses to judge
whether an answer is good: that is the evals' business.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Any

from bench.chaos.questions import SalonQuestion
from bench.chaos.stack import PROBE, FaultStack, evals
from cli.conversation import Attendant, Message, Unreachable
from core.spec import AssistantSpec

QUESTIONS_OF_EACH = 12
SECONDS = 90.0


def salon_questions(api: Attendant, stack: FaultStack, seed: int) -> list[SalonQuestion]:
    """Some questions of every real assistant with what is due to them."""
    dice = random.Random(seed)
    return [
        asked
        for spec in stack.assistants()
        if spec.id != PROBE.name
        for asked in _asked_in_calm(api, spec, dice)
    ]


def _asked_in_calm(api: Attendant, spec: AssistantSpec, dice: random.Random) -> Iterator[SalonQuestion]:
    questions = evals(spec)
    for text in dice.sample(questions, min(QUESTIONS_OF_EACH, len(questions))):
        try:
            message = api.open(spec.id).ask(text, lambda _: None, timeout_seconds=SECONDS)
        except Unreachable:
            continue
        if message.state in {"answered", "refused"}:
            yield SalonQuestion(spec.id, text, _due(message))


def _due(message: Message) -> dict[str, Any]:
    if message.state == "refused":
        at_once = (message.reason or "").startswith("forbidden")
        return {"state": "refused", "mark": None, "text": message.text, "at_once": at_once}
    return {"state": "answered", "mark": None, "facts": [fact["id"] for fact in message.facts]}
