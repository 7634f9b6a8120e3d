"""What the breaker changes, in memory, and a life that may end after any write.

`Life` counts what has been changed outside; the one whose turn it is raises `Killed` right after the change,
as a function that is killed leaves its last write behind and nothing else.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from core.errors import CapacityUnknown, StoreAway
from lambdas.adapters.alarms import Ringing
from lambdas.adapters.audit import AuditRecord
from lambdas.adapters.breaker import BreakerState
from lambdas.adapters.breaker_state import Standing
from lambdas.adapters.capacity import Copies
from lambdas.adapters.capacity_record import CapacityRecord


class Killed(BaseException):
    """The function was killed: nothing of it may catch this."""


@dataclass
class Life:
    """`left` is how many more changes are survived, None for ever; `meanwhile` is called after so many."""

    left: int | None = None
    meanwhile: tuple[int, Callable[[], object]] | None = None
    changes: list[str] = field(default_factory=list)

    def changed(self, what: str) -> None:
        self.changes.append(what)
        self._let_others_act()
        if self.left is not None:
            self.left -= 1
            if self.left < 0:
                self.left = None
                raise Killed(what)

    def _let_others_act(self) -> None:
        """Another call, whole, between two writes of this one."""
        if self.meanwhile is None:
            return
        number, act = self.meanwhile
        self.meanwhile = (number - 1, act) if number else None
        if number == 0:
            left, self.left = self.left, None
            act()
            self.left = left


class FakeAudit:
    def __init__(self, life: Life) -> None:
        self.life = life
        self.records: list[AuditRecord] = []

    def add(self, record: AuditRecord) -> AuditRecord:
        while record.at in {each.at for each in self.records}:
            record = record.a_moment_later()
        self.records.append(record)
        return record

    def append(self, record: AuditRecord) -> AuditRecord:
        written = self.add(record)
        self.life.changed(f"audit {record.action}")
        return written

    def newest(self, limit: int) -> list[AuditRecord]:
        return sorted(self.records, key=lambda record: record.at, reverse=True)[:limit]


class FakeStates:
    """As BreakerStore keeps it: every write is conditioned on the revision."""

    def __init__(self, audit: FakeAudit, life: Life) -> None:
        self.audit = audit
        self.life = life
        self.standing = Standing()

    def read(self) -> Standing:
        return self.standing

    def change(self, before: Standing, after: Standing, record: AuditRecord) -> Standing | None:
        closes = after.state is BreakerState.CLOSED
        if before.revision != self.standing.revision:
            return None
        if closes and self.standing.probes_failed != before.probes_failed:
            return None
        written = replace(after, revision=before.revision + 1)
        amends = after.incident == before.incident and after.state is not BreakerState.CLOSED
        changed = {name: value for name, value in vars(written).items() if vars(before)[name] != value}
        self.standing = replace(self.standing, **changed) if amends else written
        self.audit.add(record)
        self.life.changed(f"state {after.state.value}")
        return written

    def note(self, before: Standing, record: AuditRecord) -> bool:
        if before.revision != self.standing.revision:
            return False
        self.audit.append(record)
        return True

    def mark(self, standing: Standing, **marks: bool | datetime) -> bool:
        if standing.revision != self.standing.revision:
            return False
        self.standing = replace(self.standing, **marks)  # type: ignore[arg-type]
        self.life.changed(f"mark {', '.join(marks)}")
        return True

    def claim_notice(self, incident: str, now: datetime, until: datetime) -> bool:
        held = self.standing.notice_until
        if incident != self.standing.incident or self.standing.notified or (held and held > now):
            return False
        self.standing = replace(self.standing, notice_until=until)
        self.life.changed("claim notice")
        return True

    def told(self, incident: str) -> None:
        if incident == self.standing.incident:
            self.standing = replace(self.standing, notified=True)
            self.life.changed("mark notified")

    def probe(self, *, ok: bool) -> bool:
        """A visitor's call in half open, as the answering function counts it."""
        now = self.standing
        if now.state is not BreakerState.HALF_OPEN or now.probes_left < 1:
            return False
        counted = {"probes_ok": now.probes_ok + ok, "probes_failed": now.probes_failed + (not ok)}
        self.standing = replace(now, probes_left=now.probes_left - 1, **counted)
        return True


class FakeRecords:
    def __init__(self, life: Life) -> None:
        self.life = life
        self.record = CapacityRecord()

    def read(self) -> CapacityRecord:
        return self.record

    def write(self, before: CapacityRecord, after: CapacityRecord) -> bool:
        if before.changed_at != self.record.changed_at:
            return False
        self.record = replace(after, asked_at=self.record.asked_at)
        self.life.changed(f"record {after.status.value}")
        return True


class FakeAwake:
    def __init__(self) -> None:
        self.counted: list[int] = []

    def count(self, copies: int) -> None:
        self.counted.append(copies)


class FakeCapacity:
    """Copies that are wanted are ready at once, unless `ill`. `broken`: AWS does not answer.

    `beside` are the copies of a candidate, None without one.
    """

    def __init__(self, life: Life) -> None:
        self.life = life
        self.wanted = 1
        self.beside: int | None = None
        self.held = False
        self.ill = False
        self.broken = False

    def _alive(self) -> None:
        if self.broken:
            raise CapacityUnknown("broken")

    def hold(self) -> None:
        self._alive()
        self.held = True
        self.life.changed("hold")

    def release(self) -> None:
        self._alive()
        self.held = False
        self.life.changed("release")

    def set_copies(self, number: int) -> None:
        self._alive()
        self.wanted = number
        self.beside = None if self.beside is None else min(number, 1)
        self.life.changed(f"copies {number}")

    def copies(self) -> Copies:
        self._alive()
        return Copies(wanted=self.wanted, ready=0 if self.ill else self.wanted, beside=self.beside)


class FakeAlarms:
    def __init__(self) -> None:
        self.names: set[str] = set()
        self.silenced = False
        self.broken = False

    def ringing(self) -> tuple[Ringing, ...]:
        if self.broken:
            raise StoreAway("broken")
        hour = timedelta(hours=1)
        return tuple(Ringing(name=name, figures="9 of 9", window=hour) for name in sorted(self.names))

    def muted(self) -> bool:
        if self.broken:
            raise StoreAway("broken")
        return self.silenced


class FakeOnCall:
    def __init__(self, life: Life) -> None:
        self.life = life
        self.messages: list[tuple[str, str]] = []
        self.broken = False

    def tell(self, subject: str, text: str) -> None:
        if self.broken:
            raise StoreAway("broken")
        self.messages.append((subject, text))
        self.life.changed("message")


class FakeQuestions:
    def __init__(self) -> None:
        self.wrong: tuple[str, ...] = ()

    def failed(self) -> tuple[str, ...]:
        return self.wrong


class FakeMachine:
    """Remembers what was started; `run` plays the state machine of `infra/breaker.py`."""

    def __init__(self, life: Life) -> None:
        self.life = life
        self.started: list[str] = []
        self.broken = False

    def start(self, restart: str) -> None:
        if self.broken:
            raise StoreAway("broken")
        if restart not in self.started:
            self.started.append(restart)
        self.life.changed("start")
