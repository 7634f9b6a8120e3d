"""What is asked of one car that was told, or of those that a colour picks out, is answered of it.

«Какая GLA дороже всех?», «а полноприводная она?»; «кабриолеты?», «чёрный у вас дизельный?»: what is said of
the car is no criterion, neither now nor for the next question. Refuses what asks for other cars.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistants.showroom.desk import rendering
from assistants.showroom.desk.calculations import residue_of
from assistants.showroom.desk.memory import Talk, chosen
from assistants.showroom.desk.replies import StockReply
from assistants.showroom.desk.steps import STEPS
from assistants.showroom.desk.stock import leaders, select
from assistants.showroom.desk.wording import criteria, kilometres, lowered, money
from assistants.showroom.language.intents import Ask
from assistants.showroom.language.lexicon import Lexicon
from assistants.showroom.language.predicates import (
    asks_for_cars,
    attributes_of,
    has_it,
    is_of_the_one,
    judged,
    picks_out,
    sets_apart,
)
from assistants.showroom.language.reading import Reading
from assistants.showroom.language.references import pointed_in
from assistants.showroom.language.wish import Wish
from core.facts import Car
from core.russian import is_plural, plural

_SAID_OF_A_CAR = ("fuel", "body", "feature")


@dataclass(frozen=True)
class OfOneCar:
    """The stock with its words."""

    lexicon: Lexicon

    def answer(self, reading: Reading, spelling: str, talk: Talk) -> StockReply | None:
        """None where cars are asked for, or no car is spoken of."""
        said, attribute = reading.wish, judged(reading, spelling)
        asks_more = reading.ask is not Ask.DETAIL or bool(reading.residue)  # «пробег большой? сколько»
        asks = said.narrows or (attribute is not None and asks_more)
        named = said.names_a_car or said.order is not None or said.sorting is not None
        if not asks or named or reading.relative in STEPS or reading.unheld or reading.released:
            return None
        if asks_for_cars(spelling) or (attribute is None and residue_of(reading)):
            return None
        cars = [] if reading.within else self._meant(reading, spelling, talk)
        if cars:
            picked = cars[0].vin if len(cars) == 1 else talk.picked
            asked = attributes_of(said) or (attribute or "",)
            return self._told(cars, asked, said, replace(talk, picked=picked))
        return self._by_colour(reading, spelling, talk)

    def _meant(self, reading: Reading, spelling: str, talk: Talk) -> list[Car]:
        """The car that is the subject, or all that share the first place."""
        by_vin = {car.vin: car for car in self.lexicon.cars}
        shown = [by_vin[vin] for vin in talk.shown if vin in by_vin]
        if reading.pointed and pointed_in(spelling):
            place = len(shown) if reading.pointed == -1 else reading.pointed
            known = len(shown) > 1 and chosen(talk, reading.pointed) is None
            return shown[place - 1 : place] if known else []
        wish = talk.wish
        first = wish is not None and wish.order is not None and wish.limit is None
        if talk.picked is not None:
            shown = [by_vin[talk.picked]] if talk.picked in by_vin else []
        elif talk.failed is not None or not (len(shown) == 1 or first):
            return []
        elif len(shown) > 1 and wish is not None and wish.order is not None:
            shown = leaders(select(wish, self.lexicon).cars, wish.order)
        told_alone = first or talk.picked is not None or not reading.wish.narrows
        if has_it(reading, spelling) or (told_alone and is_of_the_one(reading, spelling)):
            return shown
        return []

    def _by_colour(self, reading: Reading, spelling: str, talk: Talk) -> StockReply | None:
        """«Чёрный у вас дизельный?» behind a list: those of the colour, where the colour is the subject."""
        said = reading.wish.without("colors", "finishes")
        before = talk.wish if talk.failed is None else None
        if before is None or not before.narrows or before.colors:
            return None
        picks = Wish(colors=reading.wish.colors, finishes=reading.wish.finishes)
        subject = before.without("order", "limit").then(picks)
        cars = select(subject, self.lexicon).cars
        if not cars or not self._is_subject(reading, spelling, said, alone=len(cars) == 1):
            return None
        shown = cars[: rendering.LISTED]
        picked = cars[0].vin if len(cars) == 1 else None
        kept = Talk(subject, tuple(car.vin for car in shown), picked)
        return self._told(cars, attributes_of(said), said, kept)

    def _is_subject(self, reading: Reading, spelling: str, said: Wish, *, alone: bool) -> bool:
        """Whether what else is said is said of the colour; «чёрный дизельный» is one car that is wanted. That
        one is pointed at holds where it is `alone`; of several it may be meant to choose.
        """
        colour = self._colour(reading)
        if colour is None or not said.narrows:
            return False
        priced = said.price_from is not None or said.price_to is not None
        pointed = alone and reading.ask is Ask.LIST and picks_out(spelling, colour, priced=priced)
        return pointed or self._stands_apart(reading, spelling, colour)

    def _colour(self, reading: Reading) -> tuple[int, int] | None:
        """Where the one colour stands that is said of one car."""
        row = reading.row
        found = [
            (row[mention.start].start, row[mention.end - 1].end)
            for mention in self.lexicon.names["color"].find(row) if not is_plural(row[mention.start].text)
        ]  # fmt: skip
        return found[0] if len(found) == len(reading.wish.colors) == 1 else None

    def _stands_apart(self, reading: Reading, spelling: str, colour: tuple[int, int]) -> bool:
        """Whether a word or a dash stands between the colour and each value that is said."""
        names, row = self.lexicon.names, reading.row
        others = [mention for kind in _SAID_OF_A_CAR for mention in names[kind].find(row)]
        parted = [(row[other.start].start, row[other.end - 1].end) for other in others]
        asks = judged(reading, spelling) is not None
        return bool(parted) and all(sets_apart(spelling, colour, each, asks=asks) for each in parted)

    def _told(self, cars: Sequence[Car], asked: Sequence[str], said: Wish, kept: Talk) -> StockReply:
        """The cars with what was asked of them: the value says whether it is so."""
        holds = {car.vin for car in select(said, self.lexicon).cars}
        values = dict.fromkeys(
            ", ".join(self._value(car, name, said, holds=car.vin in holds) for name in asked) for car in cars
        )
        if len(cars) == 1:
            text = f"У этого автомобиля {next(iter(values))}.\n{rendering.described(cars[0])}."
            return StockReply(text, tuple(cars), memory=kept.as_json())
        about, count = criteria(said, self.lexicon), len(cars)
        among = f"{count} {plural(count, 'автомобиля', 'автомобилей', 'автомобилей')}"
        value = next(iter(values)) if len(values) == 1 else ""
        asked_of_them = f" ({about})" if about and about != value else ""
        head = f"У {among}{asked_of_them} {value}" if value else f"По каждому из {among}{asked_of_them}"
        text = f"{head}:\n{rendering.listed(cars)}"
        return StockReply(text, tuple(cars[: rendering.LISTED]), memory=kept.as_json())

    def _value(self, car: Car, attribute: str, said: Wish, *, holds: bool) -> str:
        if attribute == "feature":
            label = ", ".join(self.lexicon.label("feature", said.features or _denied(said)))
            marked = holds if said.features else not holds
            return label if marked else f"{label} в названии модели не указан"
        driven = "пробега ещё не было" if car.mileage_km == 0 else f"пробег — {kilometres(car.mileage_km)}"
        return {
            "price": f"цена — {money(car.price_rub)}", "year": f"год выпуска — {car.year}",
            "color": f"цвет — {lowered(car.color)}", "body": f"кузов — {lowered(car.body)}",
            "fuel": f"топливо — {lowered(car.fuel)}", "mileage": driven,
        }[attribute]  # fmt: skip


def _denied(said: Wish) -> list[str]:
    return [pair.split(":", 1)[1] for pair in said.excluded if pair.startswith("feature:")]
