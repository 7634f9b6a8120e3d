"""Which part of a message states something where the other asks for cars: «Снега много. Какие GLC есть?».

Knows that nothing is to be answered to a statement, however near a passage comes to it. Refuses to know
passages and rows.
"""

from __future__ import annotations

from collections.abc import Sequence

from assistants.showroom.desk.question_reader import QuestionReader
from assistants.showroom.language.requests import is_told
from core.russian import normalise


def tells_beside(parts: Sequence[str], reader: QuestionReader) -> bool:
    """Whether one part asks for cars, and all others state something."""
    stating = [part for part in parts if "?" not in part and _states(part, reader)]
    asking = [part for part in parts if part not in stating]
    return len(asking) == 1 and bool(stating) and _asks_for_cars(asking[0], reader)


def _states(part: str, reader: QuestionReader) -> bool:
    spelling = normalise(part)
    return not reader.reading(part).wish.narrows and is_told(spelling, (0, len(spelling)))


def _asks_for_cars(part: str, reader: QuestionReader) -> bool:
    reading = reader.reading(part)
    return reading.wish.narrows and (reading.asks_for_cars or not reading.residue)
