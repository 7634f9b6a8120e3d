"""One delivery of one turn: claim it, run the flow, write the answer.

Whatever happens, the turn ends as answered, refused or failed-with-apology, or the message goes back to the
queue; only a crash leaves it to the lease's end, and after four of those it goes to the dead letters. Refuses
to know what the flow does and what an SQS event looks like.
"""

from __future__ import annotations

import hashlib
import math
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from core.dialogue import Exchange, Reply, Session, Turn, TurnState
from core.errors import (
    InvalidInput,
    LostClaim,
    ModelResting,
    ModelWarming,
    NoModelSlot,
    SendFailed,
    StoreAway,
    TurnBusy,
    TurnOver,
)
from core.flow import Flow, Question
from core.measures import Measure
from core.spec import AssistantSpec, OwnerSettings
from lambdas.adapters.breaker import Availability, EndpointState, availability
from lambdas.adapters.clock import Clock
from lambdas.adapters.owner_settings import OwnerSettingsReader
from lambdas.adapters.telemetry import Telemetry, names
from lambdas.adapters.turn_queue import TurnPointer
from lambdas.adapters.turns import Remembered
from lambdas.adapters.unfinished_turns import DEAD_LETTERED
from lambdas.answer.draft import Draft, DraftStore
from lambdas.answer.notices import resting, with_notice

MAX_CLAIMS = 4
"""Workers that may die on a turn before it goes to the dead letters."""
WRITE_SECONDS = 4.0
"""What is kept back of the invocation's time for writing the end."""
NO_SLOT_RETRY_SECONDS = 1
WARMING_RETRY_SECONDS = 15
FAILED_RETRY_SECONDS = 5
FINISH_ATTEMPTS = 3


class TurnStore(DraftStore, Protocol):
    """`claim` raises TurnBusy, TurnOver; the others LostClaim; all of them StoreAway."""

    def claim(self, session_id: str, message_id: str, seconds: float) -> Turn: ...

    def release(self, turn: Turn, *, forgiven: bool = True) -> None: ...

    def finish(
        self,
        turn: Turn,
        reply: Reply,
        *,
        retention: timedelta,
        remembered: Remembered | None = None,
        continues_draft: bool = True,
    ) -> Turn: ...


class SessionReader(Protocol):
    def session(self, session_id: str) -> Session | None: ...


class WorkQueue(Protocol):
    """Raises SendFailed."""

    def delay(self, assistant: str, receipt: str, seconds: int) -> None: ...

    def bury(self, turn: Turn) -> None: ...


@dataclass(frozen=True)
class Delivery:
    """A message as it came. `seconds_left` is what remains of the invocation."""

    pointer: TurnPointer
    receipt: str
    seconds_left: Callable[[], float]


@dataclass(frozen=True, kw_only=True)
class Worker:
    spec: AssistantSpec
    flow: Flow
    turns: TurnStore
    sessions: SessionReader
    queue: WorkQueue
    endpoint: EndpointState
    settings: OwnerSettingsReader
    telemetry: Telemetry
    clock: Clock
    pause: Callable[[float], None] = time.sleep

    def work(self, delivery: Delivery) -> bool:
        """Whether the message is done with; False hands it back to the queue. Raises InvalidInput."""
        pointer = delivery.pointer
        if pointer.assistant != self.spec.id:
            raise InvalidInput("a turn of another assistant")
        told = self._told(pointer.session_id, pointer.message_id)
        try:
            turn = self.turns.claim(pointer.session_id, pointer.message_id, delivery.seconds_left())
        except TurnOver:
            self.telemetry.tell("turn_over", **told)
            return True
        except TurnBusy as busy:
            rest = math.ceil((busy.lease_until - self.clock()).total_seconds()) + 1
            self._delay(delivery, max(1, rest))
            return False
        try:
            return self._claimed(turn, delivery)
        except LostClaim:
            self.telemetry.tell("claim_lost", **told)
            return True
        except Exception as error:  # noqa: BLE001 - the end could not be written: another worker may try
            self.telemetry.alarm("delivery_failed", error, **told)
            self._give_back(turn, delivery)
            return False

    def _claimed(self, turn: Turn, delivery: Delivery) -> bool:
        settings = self.settings.of(self.spec)
        if turn.claims > MAX_CLAIMS:
            self._bury(turn, settings)
            return True
        session = self.sessions.session(turn.session_id)
        if session is None:  # erased or expired since; the turn goes with it
            return True
        told = self._told(turn.session_id, turn.message_id)
        draft = Draft(self.turns, turn, self.telemetry, clock=self.clock)
        try:
            with draft:
                reply = self._run(turn, session, delivery, draft)
        except NoModelSlot:
            self.telemetry.tell("no_model_slot", **told)
            self._keep(turn, delivery, NO_SLOT_RETRY_SECONDS)
            return False
        except ModelWarming:
            self.telemetry.tell("turn_kept_while_warming", **told)
            self._keep(turn, delivery, WARMING_RETRY_SECONDS)
            return False
        except ModelResting:
            reply = resting(settings)
        except (LostClaim, StoreAway):  # another worker has it; or another moment may
            raise
        except Exception as error:  # noqa: BLE001 - the visitor gets an apology, the operators the place
            self.telemetry.alarm("flow_failed", error, **told)
            reply = apology(settings, "error")
        self._finish(turn, session, settings, reply, draft)
        return True

    def _run(self, turn: Turn, session: Session, delivery: Delivery, draft: Draft) -> Reply:
        question = Question(
            text=turn.question,
            asked_at=turn.created_at,
            memory=session.memory,
            recent=session.recent,
            seconds_left=max(0.0, delivery.seconds_left() - WRITE_SECONDS),
            waited_seconds=max(0.0, (self.clock() - self._answerable_since(turn)).total_seconds()),
            visitor=visitor_of(session),
        )
        return self.flow.answer(question, draft.publish)

    def _finish(
        self, turn: Turn, session: Session, settings: OwnerSettings, reply: Reply, draft: Draft
    ) -> None:
        if reply.versions.policy is None:
            versions = reply.versions.model_copy(update={"policy": turn.policy_version})
            reply = reply.model_copy(update={"versions": versions})
        callbacks = self.spec.takes_callbacks(settings, self.clock())
        reply = with_notice(reply, self._availability(), settings.texts, callbacks=callbacks)
        past = remembered(session, turn, reply, self.spec.limits.recent_turns)
        for attempt in range(FINISH_ATTEMPTS):
            try:
                ended = self.turns.finish(
                    turn,
                    reply,
                    retention=settings.retention,
                    remembered=past,
                    continues_draft=reply.text.startswith(draft.shown),
                )
            except StoreAway:  # an end that was written after all is a lost claim the next time
                if attempt + 1 == FINISH_ATTEMPTS:
                    raise
                self.pause(0.5 * 2**attempt)
            else:
                self._tell(ended)
                return

    def _bury(self, turn: Turn, settings: OwnerSettings) -> None:
        """The dead letters first: should we die in between, the turn is buried again, never forgotten."""
        self.queue.bury(turn)
        ended = self.turns.finish(
            turn,
            apology(settings, DEAD_LETTERED),
            retention=settings.retention,
            continues_draft=False,
        )
        self._tell(ended)

    def _keep(self, turn: Turn, delivery: Delivery, seconds: int) -> None:
        """For later, as if it had never been taken."""
        self.turns.release(turn)
        self._delay(delivery, seconds)

    def _give_back(self, turn: Turn, delivery: Delivery) -> None:
        """Not forgiven: what fails each time must come to the dead letters."""
        try:
            self.turns.release(turn, forgiven=False)
        except (LostClaim, StoreAway) as error:  # then the lease's end frees it
            told = self._told(turn.session_id, turn.message_id)
            self.telemetry.alarm("claim_not_released", error, **told)
        self._delay(delivery, FAILED_RETRY_SECONDS)

    def _delay(self, delivery: Delivery, seconds: int) -> None:
        try:
            self.queue.delay(self.spec.id, delivery.receipt, seconds)
        except SendFailed as error:  # then it comes again when its visibility is over
            told = self._told(delivery.pointer.session_id, delivery.pointer.message_id)
            self.telemetry.alarm("delay_failed", error, **told)

    def _told(self, session_id: str, message_id: str) -> dict[str, str]:
        """What every line of a turn names."""
        return {"assistant": self.spec.id, **names(session_id, message_id)}

    def _tell(self, ended: Turn) -> None:
        if ended.reply is None or ended.finished_at is None:
            return
        milliseconds = (ended.finished_at - self._answerable_since(ended)) / timedelta(milliseconds=1)
        measures = {
            Measure.TURN_FAILED: float(ended.state is TurnState.FAILED),
            Measure.ANSWER_MILLISECONDS: milliseconds,
            Measure.GUARD_REJECTED: ended.reply.guard_rejected,
        }
        for measure, value in measures.items():
            self.telemetry.measure(measure, value, assistant=self.spec.id)
        self.telemetry.tell(
            "turn_ended",
            **self._told(ended.session_id, ended.message_id),
            state=ended.state.value,
            reason=ended.reply.reason,
            milliseconds=round(milliseconds),
            model_tokens=ended.reply.model_tokens,
            guard_rejected=ended.reply.guard_rejected,
            versions=ended.reply.versions.model_dump(),
        )

    def _availability(self) -> Availability:
        """Of the model, as far as it can be learned: an answer does not fail over a notice."""
        try:
            return availability(self.endpoint.status(), self.endpoint.capacity())
        except StoreAway as error:
            self.telemetry.alarm("endpoint_state_unknown", error)
            return Availability.AWAKE

    def _answerable_since(self, turn: Turn) -> datetime:
        """A question that was kept for a model waking up has not waited for us before it was awake."""
        try:
            return self.endpoint.capacity().answerable_since(turn.waiting_since)
        except StoreAway:
            return turn.waiting_since


def visitor_of(session: Session) -> str:
    """Stands for the session where its id has no business: outside the platform."""
    return hashlib.sha256(session.session_id.encode()).hexdigest()


def apology(settings: OwnerSettings, reason: str) -> Reply:
    return Reply(state=TurnState.FAILED, text=settings.texts.apology, reason=reason)


def remembered(session: Session, turn: Turn, reply: Reply, recent_turns: int) -> Remembered | None:
    """What the session keeps of this turn: nothing of a refused or failed one."""
    if reply.state is not TurnState.ANSWERED:
        return None
    exchanges = (*session.recent, Exchange(question=turn.question, answer=reply.text))
    return Remembered(reply.memory, exchanges[-recent_turns:] if recent_turns else ())
