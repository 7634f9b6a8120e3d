"""What the stock desk hands back.

Refuses to know how it was chosen.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from assistants.showroom.language.wish import Wish
from core.dialogue import Fact
from core.facts import Car, TrimOption


@dataclass(frozen=True)
class StockReply:
    """A rendered answer; `cars` are those that it tells of, `reason` why it is not a plain answer,
    `calculations` what was worked out for it, `ran` the wish whose cars it tells of, `doubts` the words that
    the visitor is asked about, `left_out` those that it does not take into account, `owned_up` those of them
    that its text says so of, `lacking` that the car which is named has no such option, `bounded` that the end
    of other cars is the bound of its cars.
    """

    text: str
    cars: tuple[Car, ...] = ()
    options: tuple[TrimOption, ...] = ()
    reason: str | None = None
    dated: bool = True
    memory: dict[str, Any] = field(default_factory=dict)
    calculations: tuple[Fact, ...] = ()
    ran: Wish | None = None
    doubts: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    owned_up: tuple[str, ...] = ()
    lacking: bool = False
    bounded: bool = False
