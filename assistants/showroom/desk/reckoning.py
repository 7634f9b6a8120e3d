"""Reckons over the rows what asks for neither a list nor a comparison: the second by price, the nearest to a
sum, the difference of those shown.

Every number is computed from the rows of the snapshot. Refuses to compare cars that a question sets side by
side (`comparing.py`), and to add prices up (`sums.py`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from assistants.showroom.desk import rendering
from assistants.showroom.desk.calculations import is_difference
from assistants.showroom.desk.memory import Talk, is_of_one_price, told
from assistants.showroom.desk.replies import StockReply
from assistants.showroom.desk.spoken_of import two_told
from assistants.showroom.desk.spread import Spread
from assistants.showroom.desk.starting_prices import (
    asks_their_difference,
    difference_of_starts,
    is_of_one_of_them,
)
from assistants.showroom.desk.stock import ordered, select
from assistants.showroom.desk.sums import Sums
from assistants.showroom.desk.wording import cars_counted, criteria, in_brackets, money
from assistants.showroom.language.lexicon import Lexicon
from assistants.showroom.language.operators import unreckoned
from assistants.showroom.language.reading import Reading
from assistants.showroom.language.sums import asks_sum_of_told, words_of_a_sum
from assistants.showroom.language.wish import Condition, Order, Wish
from core.facts import Car
from core.quantities import quantities
from core.russian import words

_LEAST_SUM = 100_000
_NTH = {"втор": 2, "трет": 3, "четверт": 4, "пят": 5, "следующ": 2}
_BY = r"(?:по (?P<by>цен\w+|стоимост\w+|дешевизне|дороговизне|новизне|год\w+|пробег\w*))"
_END = r"(?:деш[её]в\w*|недорог\w*|доступн\w*|дорог\w*|нов\w+|свеж\w+|стар\w+)"
_RANK = re.compile(
    rf"\b(?P<nth>втор|трет|четверт|пят(?!ок|к|ер|[ьи]\b))\w* (?:{_BY}|(?:по счету )?сам\w+ (?P<end>{_END}))"
    rf"|\b(?P<next>следующ)\w+ (?:{_BY.replace('?P<by>', '?P<nby>')} )?(?:после|за) сам\w+ (?P<nend>{_END})"
)
_FIRST_AND_SECOND = re.compile(r"\bперв\w+\b.*\bвтор\w+|\bвтор\w+\b.*\bперв\w+")
_USED = r"(?:с пробегом|б\s*/?\s*у\b|подержанн\w+)"
_NEW_AND_USED = re.compile(
    rf"\bсколько\b.*(?:\bновы\w+\b.*[\s,]{_USED}|{_USED}.*\bновы\w+)"
    r"|\bс пробегом и без\b|\bбез пробега и с\b"
)
_NEAREST = re.compile(
    r"\bближе (?:всего|всех)\b|\bближайш\w+ (?:по цене )?к\b|\b(?:максимально|наиболее) близк\w+"
)
_VALUES: dict[Order, Callable[[Car], int]] = {
    Order.CHEAPEST: lambda car: car.price_rub,
    Order.DEAREST: lambda car: car.price_rub,
    Order.NEWEST: lambda car: car.year,
    Order.OLDEST: lambda car: car.year,
    Order.LEAST_MILEAGE: lambda car: car.mileage_km,
}
_SAID = {
    Order.CHEAPEST: "по цене, считая от самого доступного",
    Order.DEAREST: "по цене, считая от самого дорогого",
    Order.NEWEST: "по году выпуска, считая от самого нового",
    Order.OLDEST: "по году выпуска, считая от самого старого",
    Order.LEAST_MILEAGE: "по пробегу, считая от самого маленького",
}


@dataclass(frozen=True)
class Reckoner:
    """The stock with its words."""

    lexicon: Lexicon

    def answer(self, reading: Reading, spelling: str, wish: Wish | None, talk: Talk) -> StockReply | None:
        """None where nothing is to be reckoned; `wish` is what the question asks with the one before."""
        if asks_their_difference(spelling, talk) and is_of_one_of_them(reading.wish, talk, self.lexicon):
            return difference_of_starts(reading.wish, talk, self.lexicon)
        if (spread := Spread(self.lexicon).answer(reading, spelling, talk)) is not None:
            return spread
        if not reading.wish.narrows and is_difference(spelling):
            return self._difference_of_shown(talk, spelling) or self._difference_of_one(reading, talk)
        if not reading.wish.narrows and asks_sum_of_told(spelling):
            return Sums(self.lexicon).of_told(spelling, talk)
        spoken_of = (
            talk.wish if talk.failed is None and not (reading.wish.narrows or reading.residue) else None
        )
        if wish is None and spoken_of is not None and spoken_of.narrows:  # «взять все разом, какая сумма?»
            return Sums(self.lexicon).of_all(reading, spelling, spoken_of.without("order", "limit"))
        return None if wish is None else self._of_wish(reading, spelling, wish)

    def _of_wish(self, reading: Reading, spelling: str, wish: Wish) -> StockReply | None:
        if (match := _RANK.search(spelling)) is not None:
            return self._rank(match, wish)
        if _NEAREST.search(spelling):
            return self._nearest(spelling, wish)
        if _NEW_AND_USED.search(spelling):
            return self._new_and_used(wish)
        return Sums(self.lexicon).of_all(reading, spelling, wish)

    def _new_and_used(self, wish: Wish) -> StockReply | None:
        """«Сколько новых и сколько с пробегом?»"""
        wish = wish.without("order", "condition")
        both = [wish.model_copy(update={"condition": condition}) for condition in Condition]
        found = [select(each, self.lexicon).cars for each in both]
        lines = [
            f"{criteria(each, self.lexicon)}: {cars_counted(len(cars)) if cars else 'нет'}"
            for each, cars in zip(both, found, strict=True)
        ]
        shown = tuple(car for cars in found for car in cars)
        if not shown:
            return None
        text = "\n".join([f"В наличии {cars_counted(len(shown))}{in_brackets(wish, self.lexicon)}:", *lines])
        return StockReply(text, shown[: rendering.LISTED], memory=told(wish, shown[: rendering.LISTED]))

    def _difference_of_shown(self, talk: Talk, spelling: str) -> StockReply | None:
        """«На сколько дороже?» behind «а самый дорогой?»: the ends of the wish; else of the two shown."""
        wish, by_vin = talk.wish, {car.vin: car for car in self.lexicon.cars}
        if _FIRST_AND_SECOND.search(spelling):
            pair, about = two_told(talk, self.lexicon), ""
            if len(pair) == 1:  # the other one was not there
                return self._nothing_to_compare(pair, talk, rendering.no_such_place(pair))
        elif talk.earlier is not None and is_of_one_price(talk):
            pair, about = [by_vin[vin] for vin in (talk.earlier, talk.shown[0]) if vin in by_vin], ""
        elif wish is not None and wish.order in (Order.CHEAPEST, Order.DEAREST):
            cars = ordered(select(wish.without("order", "limit"), self.lexicon).cars, Order.CHEAPEST)
            pair, about = [*cars[:1], *cars[-1:]], in_brackets(wish, self.lexicon)
        elif len(talk.shown) == 2:
            pair, about = [by_vin[vin] for vin in talk.shown if vin in by_vin], ""
        else:
            return None
        if len(pair) < 2:
            return None
        gap = abs(pair[0].price_rub - pair[1].price_rub)
        lines = [f"{number}. {rendering.described(car)}" for number, car in enumerate(pair, 1)]
        text = "\n".join([f"Разница в цене{about} — {money(gap)}:", *lines])
        memory = replace(talk, shown=tuple(car.vin for car in pair), picked=None).as_json()
        return StockReply(text, tuple(pair), memory=memory)

    def _difference_of_one(self, reading: Reading, talk: Talk) -> StockReply | None:
        """«А разница между ними?» behind one car that is all there is."""
        whole = () if talk.wish is None else select(talk.wish.without("order", "limit"), self.lexicon).cars
        if reading.residue or len(talk.shown) != 1 or [car.vin for car in whole] != [*talk.shown]:
            return None
        return self._nothing_to_compare(
            whole, talk, f"Назван один автомобиль: {rendering.described(whole[0])}."
        )

    def _nothing_to_compare(self, cars: Sequence[Car], talk: Talk, text: str) -> StockReply:
        text = f"{text}\nДругого такого нет, сравнивать не с чем."
        return StockReply(text, tuple(cars), reason="not_in_stock", memory=talk.as_json())

    def _rank(self, match: re.Match[str], wish: Wish) -> StockReply | None:
        place = _NTH[match["nth"] or match["next"]]
        order = _order(match["end"] or match["nend"] or match["by"] or match["nby"] or "", wish.order)
        wish = wish.without("order", "limit")
        cars = ordered(select(wish, self.lexicon).cars, order)
        values = list(dict.fromkeys(_VALUES[order](car) for car in cars))
        if len(values) < place:
            return None
        found = tuple(car for car in cars if _VALUES[order](car) == values[place - 1])
        head = f"{place}-й {_SAID[order]}{in_brackets(wish, self.lexicon)}"
        return StockReply(f"{head}:\n{rendering.listed(found)}", found, memory=told(wish, found))

    def _nearest(self, spelling: str, wish: Wish) -> StockReply | None:
        sums = [each for each in quantities(spelling) if each.unit in ("", "rub") and not each.ordinal]
        sums = [each for each in sums if each.scaled or each.unit or each.value >= _LEAST_SUM]
        if len(sums) != 1:
            return None
        said = round(sums[0].value)
        wish = wish.without("price_from", "price_to", "order")
        cars = select(wish, self.lexicon).cars
        if not cars:
            return None
        least = min(abs(car.price_rub - said) for car in cars)
        found = tuple(car for car in cars if abs(car.price_rub - said) == least)
        about = ", ".join(part for part in (f"около {money(said)}", criteria(wish, self.lexicon)) if part)
        text = f"Меньше всего от названной суммы отличается цена ({about}):\n{rendering.listed(found)}"
        return StockReply(text, found, memory=told(wish, found))


def without_operators(reading: Reading, spelling: str) -> Reading:
    """The words that ask for a rank, a sum or a share are understood where it says of which cars."""
    summing = {word for phrase in words_of_a_sum(spelling) for word in words(phrase)}
    said = summing | {word for phrase in unreckoned(spelling) for word in words(phrase)}
    of_all = bool(summing) and (reading.cars_meant or {*reading.residue} <= said)
    if not said or not (reading.wish.narrows or of_all):
        return reading
    return replace(
        reading,
        residue=tuple(word for word in reading.residue if word not in said),
        unclear=tuple(phrase for phrase in reading.unclear if not {*words(phrase)} <= said),
        unread=tuple(phrase for phrase in reading.unread if not {*words(phrase)} <= summing),
        about_stock=True,
    )


_ORDERS: Sequence[tuple[str, Order]] = (
    (r"деш|недорог|доступ", Order.CHEAPEST), (r"доро", Order.DEAREST), (r"нов|свеж|год", Order.NEWEST),
    (r"стар", Order.OLDEST), (r"пробег", Order.LEAST_MILEAGE),
)  # fmt: skip


def _order(said: str, asked: Order | None) -> Order:
    """The end that is counted from: «по цене» from the cheapest where no other was asked for."""
    named = next((order for stem, order in _ORDERS if re.match(stem, said)), None)
    return named or (asked if asked in _VALUES and asked is not None else Order.CHEAPEST)
