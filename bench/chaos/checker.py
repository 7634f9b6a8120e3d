"""Does the book balance? Reads a ledger once, event by event, and says which promise was broken where.

Knows what concerns several questions: their order in a session, whose answer a text is, and whether the book
itself is whole. What concerns one question alone is in `followed.py`. Refuses to know how the book was
written.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from bench.chaos.due import RESTING, opened_by
from bench.chaos.followed import CONFLICT, SHED, Followed
from bench.chaos.ledger import Event
from bench.chaos.probe.flow import FIRST
from bench.chaos.questions import BREAKER

FOREIGN = frozenset({"foreign_answer", "foreign_draft"})


@dataclass(frozen=True)
class Violation:
    rule: str
    session: str = ""
    message: str = ""
    detail: str = ""


@dataclass
class Book:
    """What was read: the run's own words, every question, and what is wrong."""

    run: Event = field(default_factory=dict)
    turns: dict[tuple[str, str], Followed] = field(default_factory=dict)
    faults: list[Event] = field(default_factory=list)
    redriven: int = 0
    seconds: float = 0.0
    violations: list[Violation] = field(default_factory=list)


def check(events: Iterable[Event]) -> Book:
    """The whole book, judged."""
    return _Reading().read(events)


class _Reading:
    def __init__(self) -> None:
        self._book = Book()
        self._marks: dict[str, tuple[str, str]] = {}
        self._ended = self._may_rest = False

    def read(self, events: Iterable[Event]) -> Book:
        for event in events:
            self._take(event)
        self._close()
        return self._book

    def _take(self, event: Event) -> None:
        name = event["event"]
        if self._ended or (name == "run") == bool(self._book.run):
            self._wrong("out_of_place", event, name)
        match name:
            case "run":
                self._book.run = event
            case "asked":
                self._asked(event)
            case "view" | "rejected" | "changed" | "trouble":
                self._of_a_question(event)
            case "fault":
                self._book.faults.append(event)
                self._may_rest |= event["name"] == BREAKER
            case "redrive":
                self._redrive(event)
            case "end":
                self._ended = True
                self._book.seconds = event["at"] - self._book.run.get("at", event["at"])
            case _:
                self._wrong("unknown_event", event, name)

    def _asked(self, event: Event) -> None:
        key = (event["session"], event["message"])
        if key in self._book.turns:
            self._wrong("asked_twice", event)
            return
        texts = self._book.run.get("texts", {}).get(event["assistant"], {})
        self._book.turns[key] = Followed(event, texts.get("apology", ""))
        if event["due"]["mark"] is not None:
            self._marks[event["due"]["mark"]] = key

    def _of_a_question(self, event: Event) -> None:
        turn = self._book.turns.get((event["session"], event["message"]))
        if turn is None:
            self._wrong("unknown_question", event)
        elif event["event"] == "view":
            for rule in turn.saw(event):
                self._wrong(*self._whose(rule, event), event, event["text"][:200])
            if event["reason"] == RESTING and not self._may_rest:
                self._wrong("rests_uncalled_for", event)
        elif event["event"] == "changed" and event["status"] != CONFLICT:
            self._wrong("changed_text_accepted", event, str(event["status"]))
        elif event["event"] == "rejected" and event["status"] != SHED:
            self._wrong("rejected", event, f"{event['status']} {event['code']}")

    def _whose(self, rule: str, event: Event) -> tuple[str]:
        """A foreign text whose mark is known is told by whose it is."""
        opened = opened_by(event["text"]) if rule in FOREIGN else None
        owner = self._marks.get(opened[0]) if opened is not None else None
        if owner is None or owner == (event["session"], event["message"]):
            return (rule,)
        return (
            "answer_of_another_session" if owner[0] != event["session"] else "answer_of_another_question",
        )

    def _redrive(self, event: Event) -> None:
        self._book.redriven += event["sent"]
        if event["unreadable"]:
            self._wrong("unreadable_letters", event, str(event["unreadable"]))
        for turn in self._book.turns.values():
            turn.redriven |= turn.asked["assistant"] == event["assistant"]

    def _close(self) -> None:
        if not self._book.run:
            self._book.violations.append(Violation("no_beginning"))
        if not self._ended:
            self._book.violations.append(Violation("no_end"))
        wanted = self._book.run.get("turns", 0)
        if len(self._book.turns) != wanted:
            asked = f"{len(self._book.turns)} of {wanted}"
            self._book.violations.append(Violation("not_all_asked", detail=asked))
        sessions: dict[str, list[Followed]] = {}
        for turn in self._book.turns.values():
            for rule in turn.close():
                self._wrong(rule, turn.asked)
            sessions.setdefault(turn.asked["session"], []).append(turn)
        for turns in sessions.values():
            for rule, turn, detail in _of_a_session(turns):
                self._wrong(rule, turn.asked, detail)

    def _wrong(self, rule: str, event: Event, detail: str = "") -> None:
        place = (event.get("session", ""), event.get("message", ""))
        self._book.violations.append(Violation(rule, *place, detail))


def _of_a_session(turns: list[Followed]) -> Iterator[tuple[str, Followed, str]]:
    """Taken in the order of asking, answered in that order, each leaning on the one before it.

    What the API refuses at once overtakes rightly, and so does what was asked after a question that died.
    """
    ended = sorted((turn for turn in turns if turn.end), key=lambda turn: turn.asked["number"])
    for earlier, later in pairwise(ended):
        if later.created_at < earlier.created_at:
            yield "taken_out_of_order", later, ""
    worked = [turn for turn in ended if not turn.asked["due"].get("at_once") and not turn.deaths]
    for earlier, later in pairwise(worked):
        if later.finished_at < earlier.finished_at:
            yield "answered_out_of_order", later, ""
    last = FIRST
    for turn in sorted(ended, key=lambda turn: (turn.finished_at, turn.asked["number"])):
        opened = opened_by(_text(turn.end)) if turn.end and turn.end["state"] == "answered" else None
        if opened is None or turn.asked["due"]["mark"] is None:
            continue
        if opened[1] != last:
            yield "memory_broken", turn, f"after {opened[1]}, not {last}"
        last = opened[0]


def _text(end: dict[str, Any] | None) -> str:
    return str(end["text"]) if end else ""
