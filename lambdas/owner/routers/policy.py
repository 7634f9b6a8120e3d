"""Forbidden topics tried before they are published: on a phrase, and on what visitors have asked."""

# ruff: noqa: FAST003 - the assistant's id is read by the dependency `spec_of`

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import timedelta

from fastapi import APIRouter

from core.dialogue import Turn
from core.personal_data import mask
from core.policy_comparison import compared
from core.topics import compile_policy, screen
from lambdas.owner.access import Api, ApiOf, SpecOf
from lambdas.owner.bodies import ReplayPolicy, TestPolicy
from lambdas.owner.checking import policy_of
from lambdas.owner.views import JudgedOtherwiseView, PolicyVerdictView, ReplayedView

router = APIRouter(prefix="/v1/owner", tags=["policy"])
MOST_CHANGED = 200
SECONDS = 20.0
"""The gateway waits for thirty."""


@router.post("/{assistant}/policy/test", operation_id="testPolicy")
async def test_policy(spec: SpecOf, body: TestPolicy) -> PolicyVerdictView:
    """What the policy would say of a text. Nothing is published."""
    _ = spec
    verdict = screen(body.text, compile_policy(policy_of(body.policy)))
    return PolicyVerdictView(
        verdict="allowed" if verdict.allowed else "refused",
        topic=verdict.topic,
        phrase=verdict.matched,
        reply=verdict.reply,
    )


@router.post("/{assistant}/policy/replay", operation_id="replayPolicy")
async def replay_policy(api: ApiOf, spec: SpecOf, body: ReplayPolicy) -> ReplayedView:
    """The questions of the last days that the policy judges otherwise than the published one, newest day
    first.
    """
    new = compile_policy(policy_of(body.policy))
    old = api.screening.policy(spec)
    ends, read, changed = time.monotonic() + SECONDS, 0, list[JudgedOtherwiseView]()
    for judged in compared(_asked(api, spec.id, body.days), old.compiled, new):
        if len(changed) == MOST_CHANGED or time.monotonic() > ends:
            return ReplayedView(changed=changed, read=read, complete=False)
        read += 1
        if judged.change is not None:
            changed.append(
                JudgedOtherwiseView(
                    session_id=judged.turn.session_id,
                    asked_at=judged.turn.created_at,
                    question=mask(judged.turn.question).text,
                    before=judged.before.topic,
                    after=judged.after.topic,
                )
            )
    return ReplayedView(changed=changed, read=read, complete=True)


def _asked(api: Api, assistant: str, days: int) -> Iterator[Turn]:
    today = api.services.clock().date()
    for back in range(days):
        yield from api.services.dialogues.turns_of(assistant, today - timedelta(days=back))
