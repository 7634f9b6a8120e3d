"""What the deployment keeps of the pilot's days: how long dialogues took, marks, callbacks; no words.

A dialogue counts on the salon's own day on which it was opened, as in the owner's numbers. Only moments,
marks and counts leave this module: no text, no name, no id. Reads, and writes nothing. Refuses to compute
what they mean.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

from core.dialogue import Callback, CallbackKind, Rating, Session, Turn, TurnState
from core.visits import VisitsOfDay
from jobs.pilot.settings import Pilot

DAY = timedelta(days=1)
Progress = Callable[[int, int], None]
"""Takes the days that were read and the questions in them."""


@dataclass(frozen=True)
class ObservedDialogue:
    """`seconds` last from the first question to the end of the last answer. `waits` are the seconds of each
    question until its answer, None where there was none.
    """

    seconds: float | None
    waits: tuple[float | None, ...]


@dataclass(frozen=True)
class Observed:
    dialogues: tuple[ObservedDialogue, ...] = ()
    csat: tuple[int, ...] = ()
    nps: tuple[int, ...] = ()
    callbacks: tuple[datetime, ...] = ()
    visits: tuple[VisitsOfDay, ...] = ()


class KeptDialogues(Protocol):
    def sessions_of(self, assistant: str, day: date) -> Iterator[str]: ...

    def session(self, session_id: str) -> Session | None: ...

    def turns_of(self, assistant: str, day: date) -> Iterator[Turn]: ...

    def rating(self, session_id: str) -> Rating | None: ...

    def callbacks(self, session_id: str) -> list[Callback]: ...


class CountedVisits(Protocol):
    def of(self, assistant: str, day: date, campaign: str | None = None) -> VisitsOfDay: ...


def observe(
    dialogues: KeptDialogues, visits: CountedVisits, pilot: Pilot, zone: ZoneInfo, progress: Progress
) -> Observed:
    """A callback may be asked for without any question; what has no question is no dialogue."""
    turns: defaultdict[str, list[Turn]] = defaultdict(list)
    opened: list[str] = []
    asked = 0
    # A day of the salon's lies in two of UTC, and a dialogue may go on past midnight.
    days = [pilot.first_day - DAY + DAY * place for place in range(pilot.days + 3)]
    for done, day in enumerate(days, 1):
        opened += dialogues.sessions_of(pilot.assistant, day)
        for turn in dialogues.turns_of(pilot.assistant, day):
            turns[turn.session_id].append(turn)
            asked += 1
        progress(done, asked)
    counted = [each for each in opened if _belongs(dialogues.session(each), pilot, zone)]
    ratings = [rating for each in counted if (rating := dialogues.rating(each)) is not None]
    return Observed(
        dialogues=tuple(_dialogue(turns[each]) for each in counted if turns[each]),
        csat=tuple(rating.csat for rating in ratings),
        nps=tuple(rating.nps for rating in ratings if rating.nps is not None),
        callbacks=tuple(
            request.created_at
            for each in counted
            for request in dialogues.callbacks(each)
            if request.kind is CallbackKind.CALLBACK
        ),
        visits=tuple(visits.of(pilot.assistant, day, pilot.campaign) for day in days if pilot.has(day)),
    )


def _belongs(session: Session | None, pilot: Pilot, zone: ZoneInfo) -> bool:
    if session is None or pilot.campaign not in (None, session.campaign):
        return False
    return pilot.has(session.created_at.astimezone(zone).date())


def _dialogue(turns: list[Turn]) -> ObservedDialogue:
    ends = [turn.finished_at for turn in turns if turn.finished_at is not None]
    began = min(turn.created_at for turn in turns)
    return ObservedDialogue(
        seconds=(max(ends) - began).total_seconds() if ends else None,
        waits=tuple(_wait(turn) for turn in turns),
    )


def _wait(turn: Turn) -> float | None:
    """An apology is no answer."""
    if turn.finished_at is None or turn.state is TurnState.FAILED:
        return None
    return (turn.finished_at - turn.created_at).total_seconds()
