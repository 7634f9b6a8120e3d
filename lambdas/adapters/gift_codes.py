"""One-use gift codes of campaigns: put in, given out one a dialogue, redeemed.

    key                     what
    gifts#<campaign>        how many codes it has (`total`) and how many of them had their turn (`given`)
    gifts#<campaign>#<n>    its n-th code
    gift#<code>             its campaign; when it was added, given out, redeemed

Whose a code is stands in the session alone and is forgotten with it; the code stays used. One transaction
takes the next number, marks its code and names it in the session, so that no two dialogues get one code and
no dialogue gets two. Refuses to know what a code is worth.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from core.dialogue import Session
from core.errors import NotFound, StoreAway
from lambdas.adapters import items
from lambdas.adapters.clock import from_iso, to_iso, to_seconds
from lambdas.adapters.dialogue_table import DialogueTable

KEPT = timedelta(days=730)
"""After that a code is nobody's any more, given out or not."""
ATTEMPTS = 24
"""Of taking a number: each that fails means that another dialogue took it."""
_KEY = {"#key": "key"}


@dataclass(frozen=True)
class GiftCode:
    """One code and what became of it."""

    code: str
    campaign: str
    added_at: datetime
    given_at: datetime | None
    redeemed_at: datetime | None


class GiftCodes:
    """`control` is the table of what is kept over all sessions. Every method raises StoreAway."""

    def __init__(self, dialogues: DialogueTable, control: DialogueTable) -> None:
        self._dialogues = dialogues
        self._control = control

    def give(self, session: Session) -> str | None:
        """The code of this dialogue, the same each time; None where its campaign has none left.

        Raises NotFound.
        """
        if session.campaign is None:
            return None
        for _ in range(ATTEMPTS):
            campaign = self._control.read(_campaign_key(session.campaign))
            known = self._dialogues.item(session.session_id, items.SESSION)  # after it: the last may be ours
            if known is None:
                raise NotFound
            if "gift_code" in known:
                return str(known["gift_code"])
            if campaign is None or campaign["given"] >= campaign["total"]:
                return None
            code = self._take(session, int(campaign["given"]))
            if code is not None:
                return code
        raise StoreAway("too many want a gift at once")

    def has(self, campaign: str) -> bool:
        """Whether there ever were codes for it."""
        return self._control.read(_campaign_key(campaign)) is not None

    def add(self, campaign: str, codes: Iterable[str]) -> int:
        """Puts in the codes that are not known yet, of whatever campaign; how many those were."""
        added = 0
        for code in codes:
            while (done := self._add(campaign, code)) is None:
                pass
            added += done
        return added

    def find(self, code: str) -> GiftCode | None:
        item = self._control.read(_code_key(code))
        return None if item is None else _read(item)

    def redeem(self, code: str) -> bool:
        """Whether it was given out and is redeemed now; nobody can redeem it twice."""
        update = self._control.update(
            _code_key(code),
            "SET redeemed_at = :now",
            "attribute_exists(given_at) AND attribute_not_exists(redeemed_at)",
            {":now": to_iso(self._control.clock())},
        )
        return self._control.write(update) is not None

    def all(self) -> Iterator[GiftCode]:
        """Every code, in no order; reads the whole table."""
        found = self._control.scan(
            FilterExpression="begins_with(#key, :prefix)",
            ExpressionAttributeNames=_KEY,
            ExpressionAttributeValues=items.to_wire({":prefix": "gift#"}),
        )
        yield from (_read(item) for item in found)

    def _take(self, session: Session, number: int) -> str | None:
        """The code of this number; None when it had its turn meanwhile, or is gone: then the next one has."""
        assert session.campaign is not None
        step = self._control.update(
            _campaign_key(session.campaign),
            "SET given = :next",
            "given = :number",
            {":next": number + 1, ":number": number},
        )
        numbered = self._control.read(_number_key(session.campaign, number))
        if numbered is None:
            self._control.write(step)
            return None
        now, code = self._control.clock(), str(numbered["code"])
        given = self._control.update(
            _code_key(code),
            "SET given_at = :now",
            "expires_at > :seconds AND attribute_not_exists(given_at)",
            {":now": to_iso(now), ":seconds": to_seconds(now)},
        )
        named = self._dialogues.update(
            items.key(session.session_id, items.SESSION),
            "SET gift_code = :code",
            "attribute_exists(session_id) AND attribute_not_exists(gift_code)",
            {":code": code},
        )
        refused = self._control.write_together(step, given, named)
        if refused is None:
            return code
        if refused == (False, True, False):
            self._control.write(step)
        return None

    def _add(self, campaign: str, code: str) -> bool | None:
        """Whether it was not known yet; None when somebody else was putting codes in."""
        now = self._control.clock()
        kept = {"expires_at": to_seconds(now + KEPT)}
        total = int((self._control.read(_campaign_key(campaign)) or {"total": 0})["total"])
        put = self._control.put(
            {"key": f"gift#{code}", "campaign": campaign, "added_at": to_iso(now), **kept},
            "attribute_not_exists(added_at)",
        )
        number = self._control.put({"key": f"gifts#{campaign}#{total}", "code": code, **kept})
        count = self._control.update(
            _campaign_key(campaign),
            "SET #total = :next, given = if_not_exists(given, :none), expires_at = :expires",
            "attribute_not_exists(#total) OR #total = :total",
            {":next": total + 1, ":total": total, ":none": 0, ":expires": kept["expires_at"]},
            {"#total": "total"},
        )
        refused = self._control.write_together(put, number, count)
        if refused is None:
            return True
        return False if refused[0] else None


def _campaign_key(campaign: str) -> dict[str, Any]:
    return items.to_wire({"key": f"gifts#{campaign}"})


def _number_key(campaign: str, number: int) -> dict[str, Any]:
    return items.to_wire({"key": f"gifts#{campaign}#{number}"})


def _code_key(code: str) -> dict[str, Any]:
    return items.to_wire({"key": f"gift#{code}"})


def _read(item: items.Item) -> GiftCode:
    moments = {name: from_iso(item[name]) if name in item else None for name in ("given_at", "redeemed_at")}
    return GiftCode(
        code=item["key"].removeprefix("gift#"),
        campaign=item["campaign"],
        added_at=from_iso(item["added_at"]),
        **moments,
    )
