"""A request to be called back: in working hours, unless the owner takes them at any time."""

# ruff: noqa: FAST003 - the session's id is read by the dependency `dialogue_of`

from __future__ import annotations

import hashlib

from fastapi import APIRouter

from core.dialogue import Callback, Session
from core.errors import NotFound, OfficeClosed
from core.spec import Capability
from lambdas.adapters.telemetry import session_name
from lambdas.api.access import ApiOf, DialogueOf
from lambdas.api.bodies import RequestCallback
from lambdas.api.schemas import CallbackView

router = APIRouter(prefix="/v1", tags=["feedback"])


@router.post("/{assistant}/sessions/{session_id}/callbacks", status_code=201, operation_id="requestCallback")
async def request_callback(api: ApiOf, dialogue: DialogueOf, body: RequestCallback) -> CallbackView:
    """The same request again (a double click, a retry) is the same callback."""
    texts = dialogue.settings.texts
    if Capability.CALLBACKS not in dialogue.spec.capabilities:
        raise NotFound(public_text="Этот помощник не принимает заявки на звонок.")
    now = api.services.clock()
    if not dialogue.spec.takes_callbacks(dialogue.settings, now):
        raise OfficeClosed(public_text=texts.office_closed)
    callback = Callback(
        callback_id=callback_id(dialogue.session, body),
        session_id=dialogue.session.session_id,
        assistant=dialogue.spec.id,
        name=body.name,
        phone=body.phone,
        convenient_time=body.convenient_time,
        comment=body.comment,
        created_at=now,
        expires_at=dialogue.session.expires_at,
    )
    api.services.dialogues.request_callback(callback)
    api.services.telemetry.tell(
        "callback_requested",
        assistant=dialogue.spec.id,
        session=session_name(dialogue.session.session_id),
    )
    return CallbackView(
        callback_id=callback.callback_id, state=callback.state, message=texts.callback_accepted
    )


def callback_id(session: Session, body: RequestCallback) -> str:
    text = f"{session.session_id}\n{body.model_dump_json()}"
    return hashlib.sha256(text.encode()).hexdigest()[:32]
