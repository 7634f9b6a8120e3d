"""One question followed through everything that the API showed of it.

Knows the promises made to a client: one end, a text that only grows within a revision, revisions that only
rise. Views that overlap in time may come in any order, so what one view owes to the last is asked only of
one that began after it. Refuses to know other questions.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from bench.chaos.due import fault_of_draft, fault_of_end
from bench.chaos.ledger import Event

FINAL = frozenset({"answered", "refused", "failed"})
OPEN = frozenset({"queued", "answering"})
SAME_END = ("state", "text", "revision", "reason", "finished_at")
OK, ACCEPTED, CONFLICT, SHED = 200, 202, 409, 429


@dataclass
class Followed:
    """`end` is the last end that was seen, `deaths` how often it was dead-lettered before."""

    asked: Event
    apology: str
    accepted: bool = False
    read_last: bool = False
    deaths: int = 0
    end: dict[str, Any] | None = None
    redriven: bool = False
    _seen_until: float = 0.0
    _revision: int = -1
    _texts: dict[int, str] = field(default_factory=dict)

    @property
    def dead(self) -> bool:
        return self.end is not None and self.end["reason"] == "dead_lettered"

    @property
    def finished_at(self) -> datetime:
        assert self.end is not None
        return datetime.fromisoformat(self.end["finished_at"])

    @property
    def created_at(self) -> datetime:
        assert self.end is not None
        return datetime.fromisoformat(self.end["created_at"])

    def saw(self, view: Event) -> Iterator[str]:
        """The rules that this view breaks."""
        self.accepted = True
        self.read_last |= view["via"] == "last"
        state = view["state"]
        if view["echo"] != self.asked["message"]:
            yield "other_message"
        if state not in FINAL | OPEN:
            yield "unknown_state"
            return
        if view["status"] != (OK if state in FINAL else ACCEPTED):
            yield "wrong_status"
        later = view["began"] >= self._seen_until
        yield from self._text(view, later=later)
        if state in FINAL:
            yield from self._ended(view)
        elif later and self.end is not None:
            yield from self._reopened()
        if later and view["revision"] < self._revision:
            yield "revision_fell"
        self._revision = max(self._revision, view["revision"])
        self._seen_until = max(self._seen_until, view["ended"])

    def close(self) -> Iterator[str]:
        """The rules that are broken when nothing more comes."""
        if not self.accepted:
            yield "never_accepted"
        elif self.end is None:
            yield "lost"
        elif self.dead:
            yield "not_redriven"
        if not self.read_last:
            yield "not_read_last"

    def _text(self, view: Event, *, later: bool) -> Iterator[str]:
        """Puts the piece where it belongs, and compares it with what was there."""
        revision, piece = view["revision"], view["text"]
        continues = view["asked_revision"] in (None, revision)
        start = view["asked_after"] if continues else 0
        known = self._texts.get(revision, "")
        if view["offset"] != start + len(piece):
            yield "wrong_offset"
        if start > len(known):
            yield "gap"
            return
        whole = known[:start] + piece
        if not (known.startswith(whole) or whole.startswith(known)):
            yield "rewritten"
        elif later and len(whole) < len(known):
            yield "retracted"
        self._texts[revision] = max(known, whole, key=len)
        if view["state"] not in FINAL and whole:
            yield from filter(None, [fault_of_draft(self.asked["due"], whole)])

    def _ended(self, view: Event) -> Iterator[str]:
        whole = self._texts.get(view["revision"], "") if view["asked_after"] else view["text"]
        seen = {**view, "text": whole}
        if self.end is not None and not (self.dead and self.redriven):
            if any(self.end[key] != seen[key] for key in SAME_END):
                yield "two_ends"
            return
        if self.end is not None and self.end["finished_at"] == seen["finished_at"]:
            return  # still dead: the redrive has not come to it
        self.deaths += seen["reason"] == "dead_lettered"
        self.end = seen
        self.redriven = False
        if datetime.fromisoformat(seen["finished_at"]) < datetime.fromisoformat(seen["created_at"]):
            yield "ended_before_it_began"
        yield from filter(None, [fault_of_end(self.asked["due"], seen, self.apology)])

    def _reopened(self) -> Iterator[str]:
        if not (self.dead and self.redriven):
            yield "reopened"
