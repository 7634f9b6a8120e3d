"""What is asked of a car that is not there: «а какой пробег у него?», «второй сколько стоит?», «на сколько
дороже?» behind a denial.

Knows that no such car has a mileage, a price or a place in a list: it is denied again, and what is asked is
told of the cars that were shown in its stead, under their own names. Refuses what chooses another car.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistants.showroom.desk import rendering
from assistants.showroom.desk.calculations import is_difference
from assistants.showroom.desk.memory import Talk
from assistants.showroom.desk.reckoning import asks_sum_of_told
from assistants.showroom.desk.replies import StockReply
from assistants.showroom.desk.spoken_of import cars_of
from assistants.showroom.language.lexicon import Lexicon
from assistants.showroom.language.reading import Reading
from assistants.showroom.language.references import asks_a_property, pointed_in
from assistants.showroom.language.wish import Wish

# Said of the cars that stand in for it, and not of the one that is not there.
_OF_THOSE_SHOWN = re.compile(
    r"\bпоказан|\bперв\w+\b.*\bвтор|\bвтор\w+\b.*\bперв|\bпредложен|\bэт(?:и|их|ими)\b"
)
_WHAT = {
    "price": "цену", "year": "год выпуска", "mileage": "пробег", "color": "цвет", "body": "кузов",
    "fuel": "двигатель", "vin": "VIN", "class": "класс", "model": "модель",
}  # fmt: skip


@dataclass(frozen=True)
class OfAbsent:
    """The stock with its words."""

    lexicon: Lexicon

    def answer(self, reading: Reading, spelling: str, talk: Talk) -> StockReply | None:
        """None where nothing was denied, or one of the cars shown instead was picked since."""
        if talk.failed is None or talk.picked is not None or reading.wish.narrows or reading.residue:
            return None
        of_those = len(talk.shown) > 1 and _OF_THOSE_SHOWN.search(spelling)
        if is_difference(spelling) or asks_sum_of_told(spelling):
            what = "разницу" if is_difference(spelling) else "сумму"
            return None if of_those else self._told(f"поэтому {what} назвать не могу", talk)
        if reading.pointed and pointed_in(spelling) and not reading.unheld:
            return None if talk.shown else self._told("поэтому по счёту назвать нечего", talk)
        if asks_a_property(reading, spelling) and not reading.pointed:
            attribute = reading.attribute or "price"
            return self._told(f"поэтому {_WHAT[attribute]} назвать не могу", talk, attribute)
        return None

    def _told(self, hence: str, talk: Talk, attribute: str | None = None) -> StockReply:
        """The denial again, and what is asked of the nearest cars where they were shown."""
        denied = rendering.missing_by(talk.failed or Wish(), self.lexicon).removesuffix(".")
        cars = cars_of(talk.shown, self.lexicon)[: rendering.LISTED] if attribute is not None else []
        text = f"{denied}, {hence}."
        if cars and attribute is not None:
            text += f"\nУ ближайшего из того, что есть:\n{rendering.details(cars, attribute)}"
        text += f"\n{rendering.CALLBACK}"
        return StockReply(text, tuple(cars), reason="not_in_stock", memory=talk.as_json())
