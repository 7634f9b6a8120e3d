"""A dialogue is opened, ended, erased."""

# ruff: noqa: FAST003 - the session's id is read by the dependency `dialogue_of`

from __future__ import annotations

from fastapi import APIRouter, Response

from core.dialogue import Consent, Session, drawn, expiry
from core.errors import FieldError, InvalidInput
from core.spec import Capability, OwnerSettings, iso_duration
from lambdas.adapters.telemetry import session_name
from lambdas.api.access import ApiOf, DialogueOf, SpecOf
from lambdas.api.bodies import ConsentIn, OpenSession
from lambdas.api.schemas import BrochuresView, CallbacksView, EndedView, SessionView
from lambdas.api.tokens import new_session_id, new_token, token_sha256
from lambdas.api.views import office_view, terms_view

router = APIRouter(prefix="/v1", tags=["dialogue"])


@router.post("/{assistant}/sessions", status_code=201, operation_id="openSession")
async def open_session(api: ApiOf, spec: SpecOf, body: OpenSession) -> SessionView:
    settings = api.settings.of(spec)
    check_consent(body.consent, settings)
    now = api.services.clock()
    token = new_token()
    session = Session(
        session_id=new_session_id(),
        assistant=spec.id,
        token_sha256=token_sha256(token),
        consent=Consent(
            storage=True,
            training=body.consent.training,
            text_version=settings.terms.version,
            given_at=now,
        ),
        created_at=now,
        last_activity_at=now,
        expires_at=expiry(now, settings.retention),
        campaign=body.campaign,
    )
    api.services.dialogues.open(session)
    api.services.telemetry.tell("session_opened", assistant=spec.id, session=session_name(session.session_id))
    api.model.needed()
    return SessionView(
        session_id=session.session_id,
        token=token,
        assistant=spec.id,
        greeting=settings.texts.greeting,
        retention=iso_duration(settings.retention),
        idle_timeout=iso_duration(settings.idle_timeout),
        office=office_view(settings.hours, now),
        callbacks=CallbacksView(available=spec.takes_callbacks(settings, now)),
        brochures=BrochuresView(by_email=api.services.mail is not None),
        terms=terms_view(settings.terms),
        ask_nps=Capability.RATINGS in spec.capabilities and drawn(session.session_id, settings.nps_share),
    )


@router.post("/{assistant}/sessions/{session_id}/end", operation_id="endSession")
async def end_session(api: ApiOf, dialogue: DialogueOf) -> EndedView:
    """The first end counts. Afterwards the dialogue can still be read and rated."""
    return EndedView(ended_at=api.services.dialogues.end(dialogue.session))


@router.delete("/{assistant}/sessions/{session_id}", status_code=204, operation_id="eraseSession")
async def erase_session(api: ApiOf, dialogue: DialogueOf) -> Response:
    """Everything of the dialogue is deleted at once, an answer that is being made is thrown away.

    It is noted first, so that no restored backup brings the dialogue back.
    """
    api.services.erasures.note(dialogue.session)
    erased = api.services.dialogues.erase(dialogue.session.session_id)
    api.services.telemetry.tell(
        "session_erased", session=session_name(dialogue.session.session_id), items=erased
    )
    return Response(status_code=204)


def check_consent(consent: ConsentIn, settings: OwnerSettings) -> None:
    """Raises InvalidInput for `consent.storage`, `consent.text_version`."""
    wrong = []
    if not consent.storage:
        wrong.append(FieldError("consent.storage", "Без согласия на хранение переписки диалог не начать."))
    if consent.text_version not in (None, settings.terms.version):
        wrong.append(FieldError("consent.text_version", "Текст согласия изменился. Прочитайте его заново."))
    if wrong:
        raise InvalidInput("consent", fields=tuple(wrong))
