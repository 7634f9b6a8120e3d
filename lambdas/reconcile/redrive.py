"""From the dead letters back to the workers, once what killed them is mended.

Idempotent: a letter is deleted only after its turn was sent, and one whose turn has ended, expired or is
being answered is simply deleted. Refuses to know who asks for it (the command line does).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from core.dialogue import Turn, TurnState
from lambdas.adapters.clock import Clock
from lambdas.adapters.turn_queue import DeadLetter
from lambdas.adapters.unfinished_turns import DEAD_LETTERED


class DeadTurns(Protocol):
    def get(self, session_id: str, message_id: str) -> Turn | None: ...

    def revive(self, turn: Turn) -> Turn | None: ...

    def next_attempt(self, turn: Turn) -> Turn | None: ...


class DeadLetterQueue(Protocol):
    """`send` raises SendFailed."""

    def dead_letters(self, assistant: str) -> Iterator[DeadLetter]: ...

    def forget_dead_letter(self, assistant: str, letter: DeadLetter) -> None: ...

    def send(self, turn: Turn) -> None: ...


@dataclass
class Redriven:
    """How many turns were sent again, and how many letters had nothing left to send.

    `unreadable` letters are not ours and stay where they are.
    """

    sent: int = 0
    dropped: int = 0
    unreadable: int = 0


def redrive(assistant: str, turns: DeadTurns, queue: DeadLetterQueue, clock: Clock) -> Redriven:
    """Empties the dead-letter queue of one assistant. Raises SendFailed; run it again then."""
    done = Redriven()
    for letter in queue.dead_letters(assistant):
        if letter.pointer is None:
            done.unreadable += 1
            continue
        turn = turns.get(letter.pointer.session_id, letter.pointer.message_id)
        again = None if turn is None else _again(turns, turn, clock())
        if again is None:
            done.dropped += 1
        else:
            queue.send(again)
            done.sent += 1
        queue.forget_dead_letter(assistant, letter)
    return done


def _again(turns: DeadTurns, turn: Turn, now: datetime) -> Turn | None:
    if turn.state is TurnState.FAILED and turn.reply is not None and turn.reply.reason == DEAD_LETTERED:
        return turns.revive(turn)
    leased = turn.lease_until is not None and turn.lease_until > now
    if turn.state is TurnState.QUEUED or (turn.state is TurnState.ANSWERING and not leased):
        return turns.next_attempt(turn)
    return None
