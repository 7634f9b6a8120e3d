"""How the two parts of a message stand to each other: one states something where the other asks for cars
(«Снега много. Какие GLC есть?»), or each asks for its own («Есть белый? А чёрного нет?»).

Knows that nothing is to be answered to a statement, however near a passage comes to it. Refuses to know
passages and rows.
"""

from __future__ import annotations

from collections.abc import Sequence

from assistants.showroom.desk.question_reader import QuestionReader
from assistants.showroom.language.decided import behind_a_choice
from assistants.showroom.language.phrases import LEANS
from assistants.showroom.language.requests import is_told
from assistants.showroom.language.two_sets import is_its_class
from core.russian import normalise

# «Нет, GLA маленькая. Оставим только GLC»: what stands beside that which is told.
_INTERJECTIONS = frozenset({"нет", "не", "ну", "да", "ой", "эх", "увы", "жаль", "а", "но"})


def tells_beside(parts: Sequence[str], reader: QuestionReader) -> bool:
    """Whether one part asks for cars, and all others state something."""
    stating = [part for part in parts if "?" not in part and _states(part, reader)]
    asking = [part for part in parts if part not in stating]
    return len(asking) == 1 and bool(stating) and _asks_for_cars(asking[0], reader)


def _states(part: str, reader: QuestionReader) -> bool:
    if reader.only_tells(part, beside=_INTERJECTIONS):
        return True
    spelling = normalise(part)
    return not reader.reading(part).wish.narrows and is_told(spelling, (0, len(spelling)))


def _asks_for_cars(part: str, reader: QuestionReader) -> bool:
    reading = reader.reading(part)
    return reading.wish.narrows and (reading.asks_for_cars or not reading.residue)


def sets_apart(parts: Sequence[str], reader: QuestionReader) -> bool:
    """«Есть белый? А чёрного нет?», «C 180 есть? Сколько стоит самый дешёвый C-класс?»: two questions on the
    stock, the second wants other cars.
    """
    first, second = map(reader.reading, parts)
    if first.residue or second.residue:
        return False
    if "?" in parts[0] and is_its_class(second.wish, first.wish):
        return True
    if not LEANS.search(normalise(parts[1])) or behind_a_choice(normalise(" ".join(parts))) is not None:
        return False  # «Белые есть или чёрные? Лучше белую»
    fields = ("classes", "models", "bodies", "colors", "fuels")
    return any(getattr(first.wish, name) and getattr(second.wish, name) for name in fields)
