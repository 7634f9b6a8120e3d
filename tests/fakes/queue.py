"""A FIFO queue in memory: deduplication, and what was delayed and buried."""

from __future__ import annotations

from collections.abc import Iterator

from core.dialogue import Turn
from core.errors import SendFailed
from lambdas.adapters.turn_queue import DeadLetter, TurnPointer, deduplication_id


def pointer_of(turn: Turn) -> TurnPointer:
    return TurnPointer(session_id=turn.session_id, message_id=turn.message_id, assistant=turn.assistant)


class FakeQueue:
    def __init__(self) -> None:
        self.messages: list[TurnPointer] = []
        self.sends = 0
        self.seen: set[str] = set()
        self.delayed: list[int] = []
        self.dead: list[DeadLetter] = []
        self.broken = False
        self.shown_depth: int | None = None

    def send(self, turn: Turn) -> None:
        if self.broken:
            raise SendFailed
        self.sends += 1
        if deduplication_id(turn) not in self.seen:
            self.seen.add(deduplication_id(turn))
            self.messages.append(pointer_of(turn))

    def bury(self, turn: Turn) -> None:
        if self.broken:
            raise SendFailed
        self.dead.append(DeadLetter(pointer_of(turn), f"receipt-{len(self.dead)}"))

    def depth(self, assistant: str) -> int:
        return len(self.messages) if self.shown_depth is None else self.shown_depth

    def delay(self, assistant: str, receipt: str, seconds: int) -> None:
        if self.broken:
            raise SendFailed
        self.delayed.append(seconds)

    def dead_letters(self, assistant: str) -> Iterator[DeadLetter]:
        yield from tuple(self.dead)

    def forget_dead_letter(self, assistant: str, letter: DeadLetter) -> None:
        self.dead.remove(letter)
