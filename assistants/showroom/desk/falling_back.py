"""«Есть E-класс? Если нет, покажите седаны до 10 млн»: the second wish where the first is not met.

Knows what the second keeps of the first. Refuses to know how either is answered.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from assistants.showroom.desk import rendering
from assistants.showroom.desk.memory import Talk, remembered
from assistants.showroom.desk.replies import StockReply
from assistants.showroom.language.if_none import if_none
from assistants.showroom.language.lexicon import Lexicon
from assistants.showroom.language.reading import Reading


def falls_back(question: str, reading: Callable[[str], Reading]) -> bool:
    """Whether it says what is wanted where its first wish is not met, and both were understood."""
    readings = [reading(part) for part in if_none(question) or ()]
    return bool(readings) and all(each.wish.narrows and not each.residue for each in readings)


def first_or_else(
    question: str,
    memory: dict[str, Any],
    *,
    answer: Callable[[str, dict[str, Any]], StockReply | None],
    reading: Callable[[str], Reading],
    lexicon: Lexicon,
) -> StockReply | None:
    """None where there are not two such wishes. A second car without conditions of its own keeps those of
    the first.
    """
    parts = if_none(question)
    if parts is None or not falls_back(question, reading):
        return None
    first = answer(parts[0], memory)
    if first is None or first.reason not in (None, "not_in_stock"):
        return None
    failed = remembered(first.memory).failed
    if first.reason is None or failed is None:
        return first
    other = reading(parts[1]).wish
    leans = other.names_a_car and other == other.named()
    said, before = (f"а {parts[1]}", Talk(failed).as_json()) if leans else (parts[1], {})
    second = answer(said, before)
    if second is None or second.reason == "clarify":
        return None
    return replace(second, text=f"{rendering.missing_by(failed, lexicon)}\n{second.text}")
