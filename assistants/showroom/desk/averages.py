"""The average of the prices or of the mileages: of the cars that are named, of those that were spoken of, and
once more of others («а у бензиновых?»).

Every number is computed from the rows of the snapshot, and the answer says from how many. Refuses to know how
an average is asked for (`language/averages.py`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistants.showroom.desk import rendering
from assistants.showroom.desk.alternatives import splits
from assistants.showroom.desk.bounded_by_cars import none_of
from assistants.showroom.desk.calculations import is_difference, residue_of
from assistants.showroom.desk.comparing import ranged
from assistants.showroom.desk.memory import Talk, told
from assistants.showroom.desk.replies import StockReply
from assistants.showroom.desk.stock import VALUES, leaders, ordered, select
from assistants.showroom.desk.triggers import is_triggered
from assistants.showroom.desk.wording import counted_over, in_brackets, kilometres, money
from assistants.showroom.language.averages import average_of
from assistants.showroom.language.intents import Ask
from assistants.showroom.language.lexicon import Lexicon
from assistants.showroom.language.phrases import LEANS
from assistants.showroom.language.reading import Reading
from assistants.showroom.language.wish import Wish
from core.facts import Car

_SAID = {"price": money, "mileage": kilometres}
_HEADS = {"price": "Средняя цена", "mileage": "Средний пробег"}
_ASKED_FOR = {"price": "средняя цена", "mileage": "средний пробег"}
# «А у бензиновых?», «а по новым?», «ну а GLC?»
_OF_OTHERS = re.compile(r"^\W*(?:(?:а|и|ну|тогда|теперь|хорошо|ладно|понятно)\W+)+(?!если|только|есть)")
_ITS_OTHER_NUMBER = re.compile(
    r"^\W*(?:(?:а|и|ну)\W+)*(?:(?:какой|какая|у них|их)\s+)*(?P<of>пробег|цена)(?: у них)?(?: как\w+)?\W*$"
)


def asked_again(question: str, spelling: str, reading: Reading, talk: Talk) -> str:
    """«А у бензиновых?», «а пробег?» behind an average: the question with what it leaves out."""
    if talk.averaged is None or average_of(spelling) is not None:
        return question
    if (match := _ITS_OTHER_NUMBER.match(spelling)) is not None:
        return f"а {_ASKED_FOR['mileage' if match['of'] == 'пробег' else 'price']} у них"
    wish = reading.wish
    asks = reading.ask is not Ask.LIST or is_triggered(reading, spelling) or reading.relative
    opening = _OF_OTHERS.match(spelling)
    if asks or reading.residue or not wish.narrows or wish.order or opening is None:
        return question
    return f"а {_ASKED_FOR[talk.averaged]} {spelling[opening.end() :]}"


@dataclass(frozen=True)
class Averages:
    """The stock with its words."""

    lexicon: Lexicon

    def answer(self, reading: Reading, spelling: str, talk: Talk) -> StockReply | None:
        """None where no average is asked for, or it is not clear of which cars."""
        attribute = average_of(spelling)
        if attribute is None or not reading.purposes.issuperset(residue_of(reading)):
            return None
        wish = _wish(reading, spelling, talk)
        if wish.order is not None and wish.limit is None:  # «средняя цена самых новых»: of how many?
            return None
        if not (wish.narrows or reading.cars_meant or reading.about_stock):
            return None
        return self._told(splits(wish, self.lexicon), wish, attribute, differ=is_difference(spelling))

    def _told(self, parts: Sequence[Wish], wish: Wish, attribute: str, *, differ: bool) -> StockReply | None:
        lines: list[str] = []
        shown: list[Car] = []
        means: list[int] = []
        for part in parts:
            cars = select(part.without("order", "limit"), self.lexicon).cars
            if part.order is not None:
                cars = tuple(leaders(ordered(cars, part.order), part.order, part.limit))[: part.limit]
            among = in_brackets(part, self.lexicon)
            if cars:
                means.append(_mean(cars, attribute))
                lines.append(_line(cars, attribute, among))
            else:
                lines.append(f"Такого автомобиля сейчас нет в наличии{among}.")
            shown += cars[: rendering.LISTED]
        if not shown:
            lacking = none_of(wish, self.lexicon)
            return replace(lacking, memory={**lacking.memory, "averaged": attribute})
        if differ and len(means) == len(parts) == 2:
            lines.append(f"Разница — {_SAID[attribute](abs(means[0] - means[1]))}.")
        told_of = tuple(shown[: rendering.LISTED])
        memory = {**told(wish.without("order", "limit"), told_of), "averaged": attribute}
        return StockReply("\n".join(lines), told_of, memory=memory)


def _wish(reading: Reading, spelling: str, talk: Talk) -> Wish:
    """«Какая средняя цена у них?»: of the cars that were spoken of."""
    before = talk.asked_last
    opens = LEANS.search(spelling) is not None
    leans = opens or reading.points or reading.within or reading.lacks_subject
    if before is None or not before.narrows or not leans or reading.renewed:
        return reading.wish
    if reading.wish.names_a_car and not opens:
        return reading.wish
    return before.without("order", "limit", *reading.released).then(reading.wish, within=reading.within)


def _mean(cars: Sequence[Car], attribute: str) -> int:
    return round(sum(VALUES[attribute](car) for car in cars) / len(cars))


def _line(cars: Sequence[Car], attribute: str, among: str) -> str:
    mean = _SAID[attribute](_mean(cars, attribute))
    return f"{_HEADS[attribute]}{among} — {mean}: {counted_over(len(cars))}, {ranged(cars, attribute)}."
