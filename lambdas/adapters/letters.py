"""Which letters may go out: each once, few of a session, few to an address a day, so many an hour in all.

What is counted over sessions is a hash of the address, which TTL forgets after the day. One transaction
claims a letter and counts it, so that a double click sends one. Refuses to know SES and what a letter says.
"""

from __future__ import annotations

import hashlib
import re
from datetime import timedelta
from typing import Any

from core.dialogue import Letter, LetterState
from core.errors import NotFound, TooManyLetters
from lambdas.adapters import items
from lambdas.adapters.clock import to_iso, to_milliseconds, to_seconds
from lambdas.adapters.dialogue_table import DialogueTable

OF_A_SESSION = 5
TO_AN_ADDRESS_A_DAY = 5
AN_HOUR = 300
CLAIM = timedelta(seconds=20)
"""Longer than a function waits for the post; whoever died meanwhile is followed by the next try."""
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


class Letters:
    """`control` is the table of what is counted over all sessions."""

    def __init__(self, dialogues: DialogueTable, control: DialogueTable) -> None:
        self._dialogues = dialogues
        self._control = control

    def claim(self, letter: Letter, address: str) -> LetterState:
        """Counts a try; CLAIMED says that it may be sent now. Raises NotFound, TooManyLetters."""
        now = self._dialogues.clock()
        day, hour = to_iso(now)[:10], to_iso(now)[:13]
        put = self._dialogues.put(
            items.letter_item(letter, now + CLAIM),
            "attribute_not_exists(session_id) OR (attribute_not_exists(sent_at) AND claimed_until < :now)",
            {":now": to_milliseconds(now)},
        )
        of_session = self._dialogues.update(
            items.key(letter.session_id, items.SESSION),
            "ADD letters :one",
            "attribute_exists(session_id) AND (attribute_not_exists(letters) OR letters < :most)",
            {":one": 1, ":most": OF_A_SESSION},
        )
        refused = self._dialogues.write_together(
            put,
            of_session,
            self._count(
                f"letters#{day}#{mailbox_hash(address)}", TO_AN_ADDRESS_A_DAY, to_seconds(now + 2 * DAY)
            ),
            self._count(f"letters#{hour}", AN_HOUR, to_seconds(now + 2 * HOUR)),
        )
        if refused is None:
            return LetterState.CLAIMED
        if refused[0]:
            return self._state(letter)
        if refused[1] and self._dialogues.item(letter.session_id, items.SESSION) is None:
            raise NotFound
        wait = HOUR if refused[3] else DAY
        raise TooManyLetters(retry_after_seconds=int(wait.total_seconds()))

    def sent(self, letter: Letter) -> None:
        self._mark(letter, "SET sent_at = :moment", to_iso(self._dialogues.clock()))

    def unsent(self, letter: Letter) -> None:
        """Whoever asks again need not wait until the claim is over."""
        self._mark(letter, "SET claimed_until = :moment", 0)

    def _state(self, letter: Letter) -> LetterState:
        known = self._dialogues.item(letter.session_id, items.letter_key(letter.letter_id)) or {}
        return LetterState.SENT if "sent_at" in known else LetterState.SENDING

    def _mark(self, letter: Letter, change: str, moment: Any) -> None:
        key = items.key(letter.session_id, items.letter_key(letter.letter_id))
        update = self._dialogues.update(key, change, "attribute_exists(session_id)", {":moment": moment})
        self._dialogues.write(update)  # refused where the session was erased meanwhile

    def _count(self, name: str, most: int, expires_at: int) -> dict[str, Any]:
        return self._control.update(
            items.to_wire({"key": name}),
            "ADD letters :one SET expires_at = :expires",
            "attribute_not_exists(letters) OR letters < :most",
            {":one": 1, ":most": most, ":expires": expires_at},
        )


def mailbox_hash(address: str) -> str:
    """Of the mailbox: «name+anything@…» is the same one."""
    mailbox = re.sub(r"\+[^@]*@", "@", address.casefold())
    return hashlib.sha256(mailbox.encode()).hexdigest()[:32]
