"""«Второй сколько стоит?», «а у первого какой пробег?»: the car at a place of the list that was shown.

Where the list is shorter, that there is no such place is said. Refuses to know what else leans on a list.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistants.showroom.desk import rendering
from assistants.showroom.desk.memory import Talk, chosen
from assistants.showroom.desk.replies import StockReply
from assistants.showroom.desk.spoken_of import asked_which, denial, is_called, told_again
from assistants.showroom.desk.steps import Steps
from assistants.showroom.language.lexicon import Lexicon
from assistants.showroom.language.reading import Reading
from assistants.showroom.language.references import ordinal_in
from assistants.showroom.language.wish import Order
from core.facts import Car


@dataclass(frozen=True)
class Pointed:
    """The stock with its words."""

    lexicon: Lexicon

    def answer(self, reading: Reading, spelling: str, talk: Talk, cars: Sequence[Car]) -> StockReply:
        """`cars` are those shown; the last of them is meant by -1."""
        place = len(cars) if reading.pointed == -1 else reading.pointed
        if self._stands_elsewhere(cars, place, talk):
            return asked_which(ordinal_in(spelling), talk, self.lexicon)
        if place <= len(cars):
            return told_again([cars[place - 1]], reading, talk, self.lexicon)
        walks = talk.wish is not None and talk.wish.order in (Order.CHEAPEST, Order.DEAREST)
        if walks and (ranked := Steps(self.lexicon).rank(place, talk)) is not None:
            return ranked
        text = denial(talk, self.lexicon) + rendering.no_such_place(cars)
        return StockReply(text, tuple(cars), reason="not_in_stock", memory=talk.as_json())

    def _stands_elsewhere(self, cars: Sequence[Car], place: int, talk: Talk) -> bool:
        """«Первая» behind «G 350 d и AMG GT есть?», of which the list shows the other first."""
        one = chosen(talk, place if place != len(cars) else -1)
        told_of = cars[place - 1 : place]
        return one is not None and not any(is_called(car, one, self.lexicon) for car in told_of)
