"""Accepting one question: every reason to refuse it, then the turn, then the queue.

Happy path: one transaction and one send. The same message id again is the same turn whatever has become of
the dialogue since; with another text it is a conflict. Refuses to know HTTP and to wait for the answer.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import datetime, timedelta

from core.dialogue import Reply, Session, Turn, TurnState, Versions, expiry
from core.errors import (
    DialogueEnded,
    FieldError,
    InvalidInput,
    MessageChanged,
    MessageExists,
    NotFound,
    SendFailed,
    StaleSession,
    StoreAway,
    TooManyRequests,
)
from core.measures import Measure
from core.spec import AssistantSpec, OwnerSettings
from lambdas.adapters.owner_settings import OwnerSettingsReader
from lambdas.adapters.screening import Screened, Screening
from lambdas.adapters.telemetry import names
from lambdas.api.services import Services

MINUTE = timedelta(minutes=1)
ATTEMPTS = 16
"""Of writing one question: each that fails means that another one of the same dialogue got ahead."""
BACKLOG_RETRY_SECONDS = 10


@dataclass(frozen=True)
class Asked:
    """One question with everything that is known of it before it is accepted."""

    spec: AssistantSpec
    settings: OwnerSettings
    message_id: str
    text: str
    screened: Screened


class Questions:
    def __init__(self, services: Services, settings: OwnerSettingsReader, screening: Screening) -> None:
        self._services = services
        self._settings = settings
        self._screening = screening

    def ask(self, spec: AssistantSpec, session: Session, message_id: str, text: str) -> Turn:
        """The turn of this question, new or known.

        Raises InvalidInput, MessageChanged, DialogueEnded, TooManyRequests, NotFound.
        """
        check_length(spec, text)
        settings = self._settings.of(spec)
        screened = self._screening.of(spec, text)
        try:
            turn = self._accept(Asked(spec, settings, message_id, text, screened), session)
        except (DialogueEnded, TooManyRequests, MessageExists) as error:
            known = self._services.turns.get(session.session_id, message_id)
            if known is None:
                raise (NotFound() if isinstance(error, MessageExists) else error) from None
            return self._repeated(known, text)
        told = {"assistant": spec.id, **names(turn.session_id, turn.message_id)}
        if turn.state is TurnState.REFUSED:
            self._services.telemetry.tell("question_refused", **told, topic=screened.verdict.topic)
        else:
            self._services.telemetry.tell("question_accepted", **told)
            self.send(turn)
        return turn

    def send(self, turn: Turn) -> None:
        """Points the workers at a turn that is queued.

        A queue that is away costs nothing but time: the next poll or the reconciler sends the turn again.
        """
        try:
            self._services.queue.send(turn)
        except SendFailed as error:
            self._services.telemetry.alarm(
                "send_failed", error, assistant=turn.assistant, **names(turn.session_id, turn.message_id)
            )

    def _repeated(self, turn: Turn, text: str) -> Turn:
        if turn.question != text:
            raise MessageChanged
        if turn.state is TurnState.QUEUED:
            self.send(turn)
        return turn

    def _accept(self, asked: Asked, session: Session) -> Turn:
        spec, settings, screened = asked.spec, asked.settings, asked.screened
        for _ in range(ATTEMPTS):
            now = self._services.clock()
            check_alive(session, settings, now)
            check_pace(session, spec, now)
            if screened.verdict.allowed:
                self._check_backlog(spec)
            moved = next_session(session, settings, now)
            turn = new_turn(moved, asked)
            if not screened.verdict.allowed:
                turn = refused(turn, settings, screened, now)
            try:
                self._services.turns.accept(moved, turn)
            except StaleSession:
                again = self._services.dialogues.session(session.session_id)
                if again is None:
                    raise NotFound from None
                session = again
            else:
                return turn
        raise TooManyRequests("one session, many writers", retry_after_seconds=1)

    def _check_backlog(self, spec: AssistantSpec) -> None:
        try:
            depth = self._services.queue.depth(spec.id)
        except StoreAway as error:  # a queue that is away sheds nobody: the turn waits in the table
            self._services.telemetry.alarm("depth_unknown", error, assistant=spec.id)
            return
        if depth >= self._services.limits.backlog_limit:
            self._services.telemetry.measure(Measure.QUESTION_SHED)
            self._services.telemetry.tell("question_shed", assistant=spec.id, waiting=depth)
            raise TooManyRequests("backlog", retry_after_seconds=BACKLOG_RETRY_SECONDS)


def check_length(spec: AssistantSpec, text: str) -> None:
    """Raises InvalidInput for the field `text`."""
    limit = spec.limits.message_characters
    if len(text) > limit:
        wrong = FieldError("text", f"Слишком длинное сообщение: не больше {limit} символов.")
        raise InvalidInput("text", fields=(wrong,))


def check_alive(session: Session, settings: OwnerSettings, now: datetime) -> None:
    """Raises DialogueEnded when the visitor ended it or was away for too long."""
    if session.ended_at is not None or now - session.last_activity_at > settings.idle_timeout:
        raise DialogueEnded


def check_pace(session: Session, spec: AssistantSpec, now: datetime) -> None:
    """Raises TooManyRequests with the seconds until there is room again."""
    recent = [moment for moment in session.message_times if now - moment < MINUTE]
    if len(recent) >= spec.limits.messages_per_minute:
        left = (recent[-spec.limits.messages_per_minute] + MINUTE - now).total_seconds()
        raise TooManyRequests("pace", retry_after_seconds=max(1, math.ceil(left)))


def next_session(session: Session, settings: OwnerSettings, now: datetime) -> Session:
    recent = tuple(moment for moment in session.message_times if now - moment < MINUTE)
    return session.model_copy(
        update={
            "sequence": session.sequence + 1,
            "last_activity_at": now,
            "expires_at": expiry(now, settings.retention),
            "message_times": (*recent, now),
        }
    )


def new_turn(session: Session, asked: Asked) -> Turn:
    return Turn(
        session_id=session.session_id,
        message_id=asked.message_id,
        assistant=session.assistant,
        sequence=session.sequence,
        question=asked.text,
        state=TurnState.QUEUED,
        created_at=session.last_activity_at,
        expires_at=session.expires_at,
        attempt=1,
        policy_version=asked.screened.policy_version,
    )


def refused(turn: Turn, settings: OwnerSettings, screened: Screened, now: datetime) -> Turn:
    reply = Reply(
        state=TurnState.REFUSED,
        text=screened.verdict.reply or settings.texts.off_topic,
        reason=f"forbidden:{screened.verdict.topic}",
        versions=Versions(policy=screened.policy_version),
    )
    return turn.model_copy(update={"state": TurnState.REFUSED, "reply": reply, "finished_at": now})
