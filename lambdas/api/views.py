"""From what is kept to what is shown. Pure."""

from __future__ import annotations

from datetime import datetime, timedelta

from core.dialogue import Turn, Versions
from core.spec import AssistantSpec, Hours, OwnerSettings, Terms, iso_duration
from lambdas.api.schemas import (
    AssistantView,
    FactView,
    FeedbackView,
    MessageView,
    OfficeView,
    SourceView,
    TermsView,
    VersionsView,
)
from lambdas.api.waiting import Seen

MILLISECOND = timedelta(milliseconds=1)


def office_view(hours: Hours, now: datetime) -> OfficeView:
    is_open = hours.is_open(now)
    today = hours.today(now)
    return OfficeView(
        open=is_open,
        opens_at=None if is_open else hours.next_opening(now),
        closes_at=today[1] if is_open and today else None,
        time_zone=hours.time_zone,
        hours={day: (f"{opens:%H:%M}", f"{closes:%H:%M}") for day, (opens, closes) in hours.week.items()},
    )


def terms_view(terms: Terms) -> TermsView:
    return TermsView(version=terms.version, storage=terms.storage, training=terms.training, link=terms.link)


def assistant_view(spec: AssistantSpec, settings: OwnerSettings, now: datetime) -> AssistantView:
    return AssistantView(
        id=spec.id,
        name=spec.name,
        language=spec.language,
        greeting=settings.texts.greeting,
        capabilities=sorted(spec.capabilities),
        retention=iso_duration(settings.retention),
        terms=terms_view(settings.terms),
        office=office_view(settings.hours, now),
    )


def message_view(
    seen: Seen, *, waiting_text: str | None, after: int = 0, revision: int | None = None
) -> MessageView:
    """The part of the text from `after` on, or all of it when it belongs to another revision; nothing new
    where nothing can be said of it now.

    `waiting_text` is the notice of a turn that has not ended; an answer brings its own.
    """
    turn = seen.turn
    start = after if revision is None or revision == turn.revision else 0
    reply = turn.reply
    versions = reply.versions if reply else Versions()
    return MessageView(
        message_id=turn.message_id,
        state=turn.state,
        text=(seen.text or "")[start:],
        offset=start if seen.text is None else len(seen.text),
        revision=turn.revision,
        notice=reply.notice if reply else waiting_text,
        offers=list(reply.offers) if reply else [],
        sources=[SourceView(**source.model_dump()) for source in reply.sources] if reply else [],
        facts=[FactView(**fact.model_dump()) for fact in reply.facts] if reply else [],
        stock_as_of=reply.stock_as_of if reply else None,
        reason=reply.reason if reply else None,
        created_at=turn.created_at,
        finished_at=turn.finished_at,
        elapsed_ms=elapsed_ms(turn),
        versions=VersionsView(**versions.model_dump()),
        feedback=_feedback_view(turn),
    )


def _feedback_view(turn: Turn) -> FeedbackView | None:
    given = turn.feedback
    return None if given is None else FeedbackView(thumb=given.thumb, reason=given.reason)


def elapsed_ms(turn: Turn) -> int | None:
    return None if turn.finished_at is None else (turn.finished_at - turn.created_at) // MILLISECOND
