"""The table `dialogues` in memory. The same contract tests run against it and against the real adapters."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from core.dialogue import (
    Callback,
    Feedback,
    Letter,
    LetterState,
    Rating,
    Reply,
    Session,
    Turn,
    TurnState,
    expiry,
)
from core.errors import (
    AnswerPending,
    LostClaim,
    MailAway,
    MessageExists,
    NotFound,
    StaleSession,
    StoreAway,
    TooManyLetters,
    TurnBusy,
    TurnOver,
)
from core.visits import Visit
from lambdas.adapters.clock import Clock
from lambdas.adapters.letters import AN_HOUR, CLAIM, OF_A_SESSION, TO_AN_ADDRESS_A_DAY, mailbox_hash
from lambdas.adapters.turns import Remembered
from lambdas.adapters.unfinished_turns import DEAD_LETTERED

TurnId = tuple[str, str]
LONGEST_KEY_BYTES = 2048


class FakeStore:
    """What all the fakes below share."""

    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self.sessions: dict[str, Session] = {}
        self.turns: dict[TurnId, Turn] = {}
        self.drafts: dict[TurnId, tuple[int, str]] = {}
        self.ratings: dict[str, Rating] = {}
        self.callbacks: dict[tuple[str, str], Callback] = {}
        self.sent_at: dict[TurnId, datetime] = {}
        self.letters: dict[tuple[str, str], datetime | None] = {}
        self.letters_counted: Counter[str] = Counter()
        self.gifts_left: dict[str, list[str]] = {}
        self.gifts_given: dict[str, str] = {}


class FakeDialogues:
    def __init__(self, store: FakeStore) -> None:
        self._store = store

    def open(self, session: Session) -> None:
        known = self._store.sessions.get(session.session_id)
        if known is not None and known.token_sha256 != session.token_sha256:
            raise ValueError("this session id is taken")
        self._store.sessions[session.session_id] = session

    def session(self, session_id: str) -> Session | None:
        if len(session_id.encode()) > LONGEST_KEY_BYTES:  # as the table does
            raise StoreAway("ValidationException")
        session = self._store.sessions.get(session_id)
        return session if session and session.expires_at > self._store.clock() else None

    def end(self, session: Session) -> datetime:
        stored = self._stored(session.session_id)
        ended_at = stored.ended_at or self._store.clock()
        self._store.sessions[session.session_id] = stored.model_copy(update={"ended_at": ended_at})
        return ended_at

    def rate(self, session: Session, rating: Rating) -> None:
        self._stored(session.session_id)
        self._store.ratings[session.session_id] = rating

    def rating(self, session_id: str) -> Rating | None:
        return self._store.ratings.get(session_id)

    def request_callback(self, callback: Callback) -> None:
        self._stored(callback.session_id)
        self._store.callbacks.setdefault((callback.session_id, callback.callback_id), callback)

    def callback(self, session_id: str, callback_id: str) -> Callback | None:
        return self._store.callbacks.get((session_id, callback_id))

    def callbacks(self, session_id: str) -> list[Callback]:
        found = [callback for (owner, _), callback in self._store.callbacks.items() if owner == session_id]
        return sorted(found, key=lambda each: each.created_at)

    def erase(self, session_id: str) -> int:
        erased = self._store.sessions.pop(session_id, None) is not None
        erased += self._store.ratings.pop(session_id, None) is not None
        self._store.gifts_given.pop(session_id, None)
        for kept in (self._store.turns, self._store.drafts, self._store.callbacks, self._store.letters):
            for key in [key for key in kept if key[0] == session_id]:
                del kept[key]  # type: ignore[attr-defined]
                erased += 1
        return erased

    def _stored(self, session_id: str) -> Session:
        if session_id not in self._store.sessions:
            raise NotFound
        return self._store.sessions[session_id]


class FakeLetters:
    """A letter is None once it is sent, else the moment until which somebody may be sending it."""

    def __init__(self, store: FakeStore) -> None:
        self._store = store

    def claim(self, letter: Letter, address: str) -> LetterState:
        key, now = (letter.session_id, letter.letter_id), self._store.clock()
        if key in self._store.letters:
            claimed_until = self._store.letters[key]
            if claimed_until is None:
                return LetterState.SENT
            if claimed_until >= now:
                return LetterState.SENDING
        if letter.session_id not in self._store.sessions:
            raise NotFound
        mailbox = mailbox_hash(address)
        most = {
            letter.session_id: OF_A_SESSION,
            f"{now:%F}{mailbox}": TO_AN_ADDRESS_A_DAY,
            f"{now:%F %H}": AN_HOUR,
        }
        if any(self._store.letters_counted[name] >= limit for name, limit in most.items()):
            raise TooManyLetters(retry_after_seconds=3_600)
        self._store.letters_counted.update(most.keys())
        self._store.letters[key] = now + CLAIM
        return LetterState.CLAIMED

    def sent(self, letter: Letter) -> None:
        if (letter.session_id, letter.letter_id) in self._store.letters:
            self._store.letters[letter.session_id, letter.letter_id] = None

    def unsent(self, letter: Letter) -> None:
        if (letter.session_id, letter.letter_id) in self._store.letters:
            self._store.letters[letter.session_id, letter.letter_id] = datetime.min.replace(tzinfo=UTC)


class FakeGifts:
    """`gifts_left` are codes by campaign, `gifts_given` codes by session."""

    def __init__(self, store: FakeStore) -> None:
        self._store = store

    def give(self, session: Session) -> str | None:
        if session.session_id not in self._store.sessions:
            raise NotFound
        left = self._store.gifts_left.get(session.campaign or "", [])
        if session.session_id not in self._store.gifts_given and left:
            self._store.gifts_given[session.session_id] = left.pop(0)
        return self._store.gifts_given.get(session.session_id)

    def has(self, campaign: str) -> bool:
        return campaign in self._store.gifts_left


class FakeVisits:
    def __init__(self) -> None:
        self.counted: list[tuple[str, Visit, str | None]] = []

    def count(self, assistant: str, visit: Visit, campaign: str | None = None) -> None:
        self.counted.append((assistant, visit, campaign))


class FakeMail:
    """`sent` are address, subject and text of what went out."""

    def __init__(self) -> None:
        self.sent: list[tuple[str, str, str]] = []
        self.broken = False

    def send(self, address: str, subject: str, text: str) -> None:
        if self.broken:
            raise MailAway("TooManyRequestsException")
        self.sent.append((address, subject, text))


class FakeErasures:
    def __init__(self) -> None:
        self.sessions: list[str] = []

    def note(self, session: Session) -> None:
        self.sessions.append(session.session_id)

    def noted(self) -> Iterator[str]:
        yield from self.sessions


class FakeTurns:
    def __init__(self, store: FakeStore) -> None:
        self._store = store

    def accept(self, session: Session, turn: Turn) -> None:
        key = (turn.session_id, turn.message_id)
        known = self._store.turns.get(key)
        if known is not None and known.expires_at > self._store.clock():
            raise MessageExists
        stored = self._store.sessions.get(session.session_id)
        if stored is None or stored.ended_at is not None or stored.sequence != session.sequence - 1:
            raise StaleSession
        moved = {
            name: getattr(session, name)
            for name in ("sequence", "last_activity_at", "expires_at", "message_times")
        }
        self._store.sessions[session.session_id] = stored.model_copy(update=moved)
        self._store.turns[key] = turn
        self._store.sent_at[key] = turn.created_at

    def get(self, session_id: str, message_id: str) -> Turn | None:
        turn = self._store.turns.get((session_id, message_id))
        return turn if turn and turn.expires_at > self._store.clock() else None

    def draft(self, turn: Turn) -> str | None:
        fence, text = self._store.drafts.get((turn.session_id, turn.message_id), (0, ""))
        return text if fence == turn.fence else None

    def claim(self, session_id: str, message_id: str, seconds: float) -> Turn:
        now = self._store.clock()
        turn = self.get(session_id, message_id)
        if turn is None or turn.state.final:
            raise TurnOver
        if turn.state is TurnState.ANSWERING and turn.lease_until is not None and turn.lease_until >= now:
            raise TurnBusy(turn.lease_until)
        return self._keep(
            turn,
            state=TurnState.ANSWERING,
            lease_until=now + timedelta(seconds=seconds),
            claims=turn.claims + 1,
            fence=turn.fence + 1,
            revision=turn.revision + 1,
        )

    def release(self, turn: Turn, *, forgiven: bool = True) -> None:
        known = self.get(turn.session_id, turn.message_id)
        if known is not None and known.state is TurnState.QUEUED and _untouched(known, turn):
            return
        stored = self._held(turn)
        claims, revision = stored.claims - int(forgiven), stored.revision + 1
        self._keep(stored, state=TurnState.QUEUED, claims=claims, revision=revision, lease_until=None)

    def write_draft(self, turn: Turn, text: str, *, first: bool) -> None:
        key = (turn.session_id, turn.message_id)
        if first:
            self._held(turn)
        elif self._store.drafts.get(key, (0, ""))[0] != turn.fence:
            raise LostClaim
        self._store.drafts[key] = (turn.fence, text)

    def finish(
        self,
        turn: Turn,
        reply: Reply,
        *,
        retention: timedelta,
        remembered: Remembered | None = None,
        continues_draft: bool = True,
    ) -> Turn:
        revision = turn.revision + (0 if continues_draft else 1)
        return self._end(turn, reply, retention, remembered, revision)

    def stop(self, turn: Turn, reply: Reply, *, shown: str | None, retention: timedelta) -> Turn:
        if turn.state is TurnState.ANSWERING and self.draft(turn) != shown:
            raise LostClaim
        ended = self._end(turn, reply, retention, None, turn.revision)
        if turn.state is TurnState.ANSWERING:
            self._store.drafts[turn.session_id, turn.message_id] = (0, shown or "")
        return ended

    def _end(
        self, turn: Turn, reply: Reply, retention: timedelta, remembered: Remembered | None, revision: int
    ) -> Turn:
        now = self._store.clock()
        stored = self._store.turns.get((turn.session_id, turn.message_id))
        session = self._store.sessions.get(turn.session_id)
        if stored is None or session is None or not _untouched(stored, turn):
            raise LostClaim
        expires_at = expiry(now, retention)
        changes: dict[str, object] = {"last_activity_at": now, "expires_at": expires_at}
        if remembered is not None:
            changes |= {"memory": remembered.memory, "recent": remembered.recent}
        self._store.sessions[turn.session_id] = session.model_copy(update=changes)
        return self._keep(
            stored,
            state=reply.state,
            reply=reply,
            finished_at=now,
            expires_at=expires_at,
            lease_until=None,
            revision=revision,
        )

    def rate(self, session_id: str, message_id: str, feedback: Feedback) -> None:
        turn = self.get(session_id, message_id)
        if turn is None:
            raise NotFound
        if not turn.state.final:
            raise AnswerPending
        self._keep(turn, feedback=feedback)

    def _held(self, turn: Turn) -> Turn:
        stored = self._store.turns.get((turn.session_id, turn.message_id))
        if stored is None or stored.fence != turn.fence or stored.state is not TurnState.ANSWERING:
            raise LostClaim
        return stored

    def _keep(self, turn: Turn, **changes: object) -> Turn:
        kept = turn.model_copy(update=changes)
        self._store.turns[turn.session_id, turn.message_id] = kept
        return kept


class FakeUnfinishedTurns:
    def __init__(self, store: FakeStore) -> None:
        self._store = store
        self._turns = FakeTurns(store)

    def get(self, session_id: str, message_id: str) -> Turn | None:
        return self._turns.get(session_id, message_id)

    def waiting(self, assistant: str, sent_before: datetime) -> Iterator[tuple[Turn, datetime]]:
        keys = sorted(self._store.turns, key=lambda key: self._store.sent_at[key])
        for key in keys:
            turn = self.get(*key)
            waits = turn is not None and turn.assistant == assistant and not turn.state.final
            if turn is not None and waits and self._store.sent_at[key] < sent_before:
                yield turn, self._store.sent_at[key]

    def next_attempt(self, turn: Turn) -> Turn | None:
        stored = self._store.turns.get((turn.session_id, turn.message_id))
        if stored is None or not _untouched(stored, turn):
            return None
        return self._again(stored)

    def revive(self, turn: Turn) -> Turn | None:
        stored = self._store.turns.get((turn.session_id, turn.message_id))
        if stored is None or stored.reply is None or stored.reply.reason != DEAD_LETTERED:
            return None
        now = self._store.clock()
        return self._again(
            stored, claims=0, reply=None, finished_at=None, lease_until=None, revived_at=now, feedback=None
        )

    def bury(self, turn: Turn, reply: Reply) -> bool:
        stored = self._store.turns.get((turn.session_id, turn.message_id))
        if stored is None or not _untouched(stored, turn):
            return False
        self._turns._keep(
            stored,
            state=reply.state,
            reply=reply,
            finished_at=self._store.clock(),
            lease_until=None,
            revision=turn.revision + 1,
        )
        return True

    def _again(self, stored: Turn, **changes: object) -> Turn:
        self._store.sent_at[stored.session_id, stored.message_id] = self._store.clock()
        changes |= {"attempt": stored.attempt + 1, "revision": stored.revision + 1}
        return self._turns._keep(stored, state=TurnState.QUEUED, **changes)


def _untouched(stored: Turn, seen: Turn) -> bool:
    return not stored.state.final and (stored.fence, stored.attempt) == (seen.fence, seen.attempt)
