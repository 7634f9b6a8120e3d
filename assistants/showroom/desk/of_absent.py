"""What is asked of a car that is not there: «а какой пробег у него?», «второй сколько стоит?», «на сколько
дороже?» behind a denial.

Knows that no such car has a mileage, a price or a place in a list: it is denied again, and what is asked is
told of the cars that were shown in its stead, under their own names. Refuses what chooses another car.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistants.showroom.desk import rendering
from assistants.showroom.desk.calculations import is_difference, residue_of
from assistants.showroom.desk.memory import Talk
from assistants.showroom.desk.replies import StockReply
from assistants.showroom.desk.spoken_of import cars_of
from assistants.showroom.language.lexicon import Lexicon
from assistants.showroom.language.predicates import asks_for_cars, judged
from assistants.showroom.language.reading import Reading
from assistants.showroom.language.references import asks_a_property, pointed_in
from assistants.showroom.language.sums import asks_sum_of_told
from assistants.showroom.language.wish import Wish

# Said of the cars that stand in for it, and not of the one that is not there.
_OF_THOSE_SHOWN = re.compile(
    r"\bпоказан|\bперв\w+\b.*\bвтор|\bвтор\w+\b.*\bперв|\bпредложен|\bэт(?:и|их|ими)\b"
)
# «Покажи их», «есть ещё?», «а другие?» where no list was shown.
_OF_A_LIST = re.compile(
    r"\W*(?:(?:а|и|ну|так|тогда|есть|какие|может)\W+)*"
    r"(?:(?:покажи|перечисли|назови|сравни)\w* (?:их|все|всех)\b|(?:еще|други[ехм]+|остальны[ехм]+)\b)"
    r"(?: все| есть| какие)?\W*"
)
_WHAT = {
    "price": "цену", "year": "год выпуска", "mileage": "пробег", "color": "цвет", "body": "кузов",
    "fuel": "двигатель", "vin": "VIN", "class": "класс", "model": "модель",
}  # fmt: skip
_OF_WHAT = {"mileage": "пробеге", "year": "возрасте", "fuel": "двигателе"}


@dataclass(frozen=True)
class OfAbsent:
    """The stock with its words."""

    lexicon: Lexicon

    def answer(self, reading: Reading, spelling: str, talk: Talk) -> StockReply | None:
        """None where nothing was denied, or one of the cars shown instead was picked since."""
        if not talk.stands_in or reading.wish.narrows or reading.unheld:
            return None
        if (asked := self._asked(reading, spelling)) is not None:
            return self._told(*asked, talk)
        if residue_of(reading):
            return None
        of_those = len(talk.shown) > 1 and _OF_THOSE_SHOWN.search(spelling)
        if is_difference(spelling) or asks_sum_of_told(spelling):
            what = "разницу" if is_difference(spelling) else "сумму"
            return None if of_those else self._told(f"поэтому {what} назвать не могу", None, talk)
        return None if talk.shown else self._of_no_list(reading, spelling, talk)

    def _asked(self, reading: Reading, spelling: str) -> tuple[str, str] | None:
        """The property that is asked or judged: «какой у него пробег?», «а пробег большой?»."""
        if reading.pointed:
            return None
        if asks_a_property(reading, spelling):
            attribute = reading.attribute or "price"
            return f"поэтому {_WHAT[attribute]} назвать не могу", attribute
        leans = (reading.points or reading.follows or reading.lacks_subject) and not asks_for_cars(spelling)
        attribute = (judged(reading, spelling) if leans else None) or ""
        of = f"поэтому о {_OF_WHAT.get(attribute)} этого автомобиля судить не могу"
        return (of, attribute) if attribute in _OF_WHAT else None

    def _of_no_list(self, reading: Reading, spelling: str, talk: Talk) -> StockReply | None:
        if reading.pointed and pointed_in(spelling):
            return self._told("поэтому по счёту назвать нечего", None, talk)
        return self._told("выбирать не из чего", None, talk) if _OF_A_LIST.fullmatch(spelling) else None

    def _told(self, hence: str, attribute: str | None, talk: Talk) -> StockReply:
        """The denial again, and what is asked of the nearest cars where they were shown."""
        denied = rendering.missing_by(talk.failed or Wish(), self.lexicon).removesuffix(".")
        cars = cars_of(talk.shown, self.lexicon)[: rendering.LISTED] if attribute is not None else []
        text = f"{denied}, {hence}."
        if cars and attribute is not None:
            text += f"\nУ ближайшего из того, что есть:\n{rendering.details(cars, attribute)}"
        text += f"\n{rendering.CALLBACK}"
        return StockReply(text, tuple(cars), reason="not_in_stock", memory=talk.as_json())
