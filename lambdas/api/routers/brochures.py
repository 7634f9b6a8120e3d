"""A brochure's link by e-mail: a fixed text to one address, where the stage has a verified sender.

What the visitor wrote is no part of the letter, and the address is kept nowhere: a letter is known by a hash.
"""

# ruff: noqa: FAST003 - the session's id is read by the dependency `dialogue_of`

from __future__ import annotations

import hashlib

from fastapi import APIRouter

from core.brochures import Brochure, Brochures, brochure_link
from core.dialogue import Letter, LetterState
from core.errors import DocumentMissing, MailAway, MailNotOffered, NotFound, StoreAway
from core.facts import DocumentKind
from lambdas.adapters.telemetry import session_name
from lambdas.api.access import Api, ApiOf, Dialogue, DialogueOf
from lambdas.api.bodies import SendBrochure
from lambdas.api.schemas import LetterView

router = APIRouter(prefix="/v1", tags=["feedback"])

SUBJECT = "Брошюра от салона «{salon}»"
TEXT = """Здравствуйте!

Вы попросили прислать брошюру «{title}»:
{link}

Если это были не вы, ничего делать не нужно: адрес мы не сохранили и больше на него не напишем.

{salon}
"""
UNDER_WAY = "Письмо уже отправляется."


@router.post("/{assistant}/sessions/{session_id}/brochures", status_code=201, operation_id="sendBrochure")
async def send_brochure(api: ApiOf, dialogue: DialogueOf, body: SendBrochure) -> LetterView:
    """The same brochure to the same address again (a double click, a retry) is the same letter.

    Offered where `brochures.by_email` of the session says so; elsewhere it is 409 `mail_not_offered`.
    """
    mail, letters = api.services.mail, api.services.letters
    if mail is None:
        raise MailNotOffered
    brochure = _listed(api, dialogue, body.brochure)
    letter = _letter(api, dialogue, body)
    state = letters.claim(letter, body.email)
    if state is LetterState.CLAIMED:
        salon = dialogue.spec.name
        link = brochure_link(api.services.site_url, dialogue.spec.id, brochure.id)
        try:
            mail.send(
                body.email,
                SUBJECT.format(salon=salon),
                TEXT.format(title=brochure.title, link=link, salon=salon),
            )
        except MailAway:
            letters.unsent(letter)
            raise
        _note_sent(api, letter)
        state = LetterState.SENT
    texts = dialogue.settings.texts
    message = texts.brochure_sent if state is LetterState.SENT else UNDER_WAY
    return LetterView(letter_id=letter.letter_id, state=state.value, message=message)


def _listed(api: Api, dialogue: Dialogue, brochure_id: str) -> Brochure:
    try:
        document = api.services.documents.current(dialogue.spec.id, DocumentKind.BROCHURES)
    except DocumentMissing:
        document = None
    found = Brochures.of(document).named(brochure_id) if document is not None else None
    if found is None:
        raise NotFound(public_text="Такой брошюры нет.")
    return found


def _letter(api: Api, dialogue: Dialogue, body: SendBrochure) -> Letter:
    name = f"{dialogue.session.session_id}\nletter\n{body.brochure}\n{body.email.casefold()}"
    return Letter(
        letter_id=hashlib.sha256(name.encode()).hexdigest()[:32],
        session_id=dialogue.session.session_id,
        assistant=dialogue.spec.id,
        brochure=body.brochure,
        created_at=api.services.clock(),
        expires_at=dialogue.session.expires_at,
    )


def _note_sent(api: Api, letter: Letter) -> None:
    """A letter that is out is out: where that cannot be written down, a retry may send one more."""
    told = {
        "assistant": letter.assistant,
        "session": session_name(letter.session_id),
        "brochure": letter.brochure,
    }
    api.services.telemetry.tell("brochure_sent", **told)
    try:
        api.services.letters.sent(letter)
    except StoreAway as error:
        api.services.telemetry.alarm("letter_not_noted", error, **told)
