"""What the visitor thought of the dialogue and of its answers. After its end too; the last word counts."""

# ruff: noqa: FAST003 - the session's id is read by the dependency `dialogue_of`

from __future__ import annotations

from fastapi import APIRouter

from core.dialogue import Feedback, Rating
from core.errors import NotFound
from core.measures import Measure
from core.spec import Capability
from lambdas.adapters.telemetry import names, session_name
from lambdas.api.access import ApiOf, Dialogue, DialogueOf
from lambdas.api.bodies import RateAnswer, RateDialogue
from lambdas.api.routers.messages import MessageId
from lambdas.api.schemas import AnswerRatedView, RatedView

router = APIRouter(prefix="/v1", tags=["feedback"])


@router.post("/{assistant}/sessions/{session_id}/rating", operation_id="rateDialogue")
async def rate_dialogue(api: ApiOf, dialogue: DialogueOf, body: RateDialogue) -> RatedView:
    """CSAT is 1 to 10, NPS 0 to 10. A gift code is the same on every repeat."""
    _check_collects(dialogue)
    now = api.services.clock()
    rating = Rating(csat=body.csat, nps=body.nps, comment=body.comment, rated_at=now)
    api.services.dialogues.rate(dialogue.session, rating)
    gift_code = api.services.gifts.give(dialogue.session)
    api.services.telemetry.measure(Measure.RATING, body.csat, assistant=dialogue.spec.id)
    api.services.telemetry.tell(
        "dialogue_rated",
        assistant=dialogue.spec.id,
        session=session_name(dialogue.session.session_id),
        csat=body.csat,
        nps=body.nps,
        gift=gift_code is not None,
    )
    return RatedView(rated_at=now, gift_code=gift_code)


@router.put("/{assistant}/sessions/{session_id}/messages/{message_id}/feedback", operation_id="rateAnswer")
async def rate_answer(
    api: ApiOf, dialogue: DialogueOf, message_id: MessageId, body: RateAnswer
) -> AnswerRatedView:
    """A thumb for one answer that has ended, with a reason."""
    _check_collects(dialogue)
    now, session_id = api.services.clock(), dialogue.session.session_id
    feedback = Feedback(thumb=body.thumb, reason=body.reason, given_at=now)
    api.services.turns.rate(session_id, message_id, feedback)
    told = {"assistant": dialogue.spec.id, **names(session_id, message_id)}
    api.services.telemetry.tell("answer_rated", **told, thumb=body.thumb.value)
    return AnswerRatedView(rated_at=now)


def _check_collects(dialogue: Dialogue) -> None:
    """Raises NotFound."""
    if Capability.RATINGS not in dialogue.spec.capabilities:
        raise NotFound(public_text="Этот помощник не собирает оценки.")
