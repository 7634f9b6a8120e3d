"""What the visitor thought of the dialogue. Allowed after its end too; the last word counts."""

# ruff: noqa: FAST003 - the session's id is read by the dependency `dialogue_of`

from __future__ import annotations

from fastapi import APIRouter

from core.dialogue import Rating
from core.errors import NotFound
from core.measures import Measure
from core.spec import Capability
from lambdas.adapters.telemetry import session_name
from lambdas.api.access import ApiOf, DialogueOf
from lambdas.api.schemas import RateDialogue, RatedView

router = APIRouter(prefix="/v1", tags=["feedback"])


@router.post("/{assistant}/sessions/{session_id}/rating", operation_id="rateDialogue")
async def rate_dialogue(api: ApiOf, dialogue: DialogueOf, body: RateDialogue) -> RatedView:
    """CSAT is 1 to 10, NPS 0 to 10."""
    if Capability.RATINGS not in dialogue.spec.capabilities:
        raise NotFound(public_text="Этот помощник не собирает оценки.")
    now = api.services.clock()
    rating = Rating(csat=body.csat, nps=body.nps, comment=body.comment, rated_at=now)
    api.services.dialogues.rate(dialogue.session, rating)
    api.services.telemetry.measure(Measure.RATING, body.csat, assistant=dialogue.spec.id)
    api.services.telemetry.tell(
        "dialogue_rated",
        assistant=dialogue.spec.id,
        session=session_name(dialogue.session.session_id),
        csat=body.csat,
        nps=body.nps,
    )
    return RatedView(rated_at=now)
