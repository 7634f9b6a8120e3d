"""The reply to a wish: what there is, what there is none of, and what is told beside it.

Knows how found cars, alternatives and options make one answer, and what of it is remembered. Refuses to know
how a question is worded and when a snapshot may be spoken of (`stock_desk.py`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistants.showroom.desk import rendering
from assistants.showroom.desk.alternatives import splits
from assistants.showroom.desk.asking import LISTED_ATTRIBUTES
from assistants.showroom.desk.memory import Talk, denied, remembered, told
from assistants.showroom.desk.nearest import nearest
from assistants.showroom.desk.replies import StockReply
from assistants.showroom.desk.staying_ends import without_tie
from assistants.showroom.desk.stock import Selection, leaders, select
from assistants.showroom.desk.trim import beside, wanted_and_lacking
from assistants.showroom.desk.wording import criteria
from assistants.showroom.language.intents import Ask
from assistants.showroom.language.lexicon import Lexicon
from assistants.showroom.language.reading import Reading
from assistants.showroom.language.wish import NAMES, Wish
from core.facts import Car, Snapshot, TrimOption


@dataclass(frozen=True)
class Teller:
    """A snapshot (or none) with the salon's words."""

    snapshot: Snapshot | None
    lexicon: Lexicon

    def of_both(self, both: tuple[Wish, ...], reading: Reading) -> StockReply:
        """«Белый GLC или чёрный GLE»: one list after the other, what there is first."""
        told_of = [self.of(wish, replace(reading, wish=wish), Talk()) for wish in both]
        found = [reply for reply in told_of if reply.reason is None]
        if not found:
            text = f"{told_of[0].text}\n{rendering.unmet(both[1:], self.lexicon)}"
            return replace(told_of[0], text=text)
        gone = [wish for wish, reply in zip(both, told_of, strict=True) if reply.reason is not None]
        text = "\n".join(reply.text for reply in found)
        if gone:
            text += "\n" + rendering.unmet(gone, self.lexicon)
        cars = tuple({car.vin: car for reply in found for car in reply.cars}.values())
        sides = tuple(wish.without("order", "limit") for wish in both)
        memory = Talk(shown=tuple(car.vin for car in cars), sides=sides).as_json()
        return StockReply(text, cars, memory=memory)

    def after_nothing(self, whole: Wish, wish: Wish, reading: Reading, talk: Talk) -> StockReply:
        """«Белый?» after «дизель 2023 года», of which there is none: with all that was said, and without."""
        if select(whole, self.lexicon).cars:
            return self.of(whole, reading, talk)
        alone = self.of(wish, reading, talk)
        if alone.reason is not None:
            return self.missing(whole, reading, talk)
        text = rendering.but_alone(whole, alone.text, self.lexicon)
        memory = replace(remembered(alone.memory), failed=whole).as_json()
        return replace(alone, text=text, memory=memory, ran=whole)

    def of(self, wish: Wish, reading: Reading, talk: Talk) -> StockReply:
        selection = select(wish, self.lexicon)
        if not selection.cars:
            return self.missing(wish, reading, talk)
        selection = replace(selection, cars=self._as_named(selection.cars, wish))
        selection, lead = self._able(selection, reading)
        shown, text = self._told(_met(wish, selection.unmet), reading, selection)
        if selection.unmet:
            text += "\n" + rendering.unmet(selection.unmet, self.lexicon)
        rows, lacked = self._beside(reading, shown), tuple[str, ...]()
        if rows:
            text = f"{lead}{text}\n{rendering.trim_options(rows)}"
        elif wish.narrows:
            models = dict.fromkeys(car.model for car in selection.cars)
            lacked = wanted_and_lacking(reading, models, self.snapshot, self.lexicon)
            text = f"{rendering.without_options(lacked)}{text}"
        listed = shown[: max(rendering.LISTED, wish.limit or 0)]
        memory = told(without_tie(wish, reading), listed)
        if not wish.narrows:  # an overview shows no car, so that «ещё» begins with the first
            memory = Talk(wish, tuple(car.vin for car in listed), seen=("",)).as_json()
        return StockReply(text, listed, options=tuple(rows), memory=memory, ran=wish, lacking=bool(lacked))

    def _as_named(self, cars: tuple[Car, ...], wish: Wish) -> tuple[Car, ...]:
        """One car of each name in the order in which they were named, so that «первая» is both firsts."""
        parts = splits(wish, self.lexicon) if wish.order is None and wish.sorting is None else ()
        each = [select(part, self.lexicon).cars for part in parts]
        if len(each) < 2 or any(len(found) != 1 for found in each) or len(cars) != len(each):
            return cars
        return tuple(found[0] for found in each)

    def _able(self, selection: Selection, reading: Reading) -> tuple[Selection, str]:
        """«Машины с панорамой до 5 млн»: those whose model can have the option, where some can."""
        rows = self._beside(reading, selection.cars)
        models = {row.model for row in rows}
        able = tuple(car for car in selection.cars if car.model in models)
        if not able:
            return selection, ""
        names = ", ".join(dict.fromkeys(f"«{row.option}»" for row in rows))
        lead = (
            f"Показываю модели, для которых есть опция {names}; стоит ли она на машине, уточнит менеджер.\n"
        )
        return replace(selection, cars=able), lead

    def _beside(self, reading: Reading, shown: Sequence[Car]) -> list[TrimOption]:
        if self.snapshot is None or not self.snapshot.options:
            return []
        return beside(reading, [car.model for car in shown], self.snapshot, self.lexicon)[0]

    def missing(self, wish: Wish, reading: Reading, talk: Talk) -> StockReply:
        """There is none such; the nearest there is."""
        near, kept = nearest(wish, self.lexicon), wish
        if (
            reading.wish != wish
            and _is_whole(reading)
            and not reading.within
            and select(reading.wish, self.lexicon).cars
        ):
            alone = self.of(reading.wish, reading, talk)
            memory = replace(remembered(alone.memory), failed=wish).as_json()
            text = rendering.but_alone(wish, alone.text, self.lexicon)
            return replace(alone, text=text, memory=memory, ran=wish)
        if talk.wish is not None and not reading.wish.names_a_car and reading.follows:
            # a criterion that led to nothing does not weigh on the next question, unless it replaced another
            stays = ("bodies", "fuels") if reading.wish.bodies or reading.wish.fuels else ()
            replaced = {name: getattr(wish, name) for name in stays if getattr(talk.wish, name)}
            kept = talk.wish.without(*reading.released).model_copy(update=replaced)
        return StockReply(
            rendering.missing(wish, near, self.lexicon),
            near,
            reason="not_in_stock",
            memory=denied(wish, near, kept),
            ran=wish,
        )

    def _told(self, wish: Wish, reading: Reading, selection: Selection) -> tuple[tuple[Car, ...], str]:
        cars, lexicon = selection.cars, self.lexicon
        if reading.ask is Ask.VALUES and reading.attribute in LISTED_ATTRIBUTES:
            counted = any(atom.text.startswith("скольк") for atom in reading.row)
            return cars, rendering.values(cars, reading.attribute, wish, lexicon, counted=counted)
        if not wish.narrows and reading.ask is not Ask.PRICE:
            return cars, rendering.overview(cars, lexicon)
        if wish.order is not None:
            cars = tuple(leaders(cars, wish.order, wish.limit))
        attribute = _attribute_asked(wish, reading)
        if attribute is not None:
            about = criteria(wish.without("order", "limit"), lexicon)
            head = "" if wish.order is not None else about
            text = rendering.details(cars, attribute, head)
            if wish.order is not None:
                text = f"{rendering.superlative(cars, wish, lexicon)}:\n{text}"
            return cars, text
        if reading.ask is Ask.PRICE:
            return cars, rendering.priced(cars, wish, lexicon)
        return cars, rendering.found(cars, wish, lexicon, asked_count=reading.ask is Ask.COUNT)


def _is_whole(reading: Reading) -> bool:
    """Whether a question that leaned on another could stand alone: it says which cars."""
    wish = reading.wish
    plural = any(atom.text == "какие" for atom in reading.row)
    return wish.names_a_car or (bool(wish.bodies) and (plural or wish.without("bodies", "order").narrows))


def _met(wish: Wish, unmet: Sequence[Wish]) -> Wish:
    """The wish without the cars of which there is none."""
    gone = {name: {value for option in unmet for value in getattr(option, name)} for name in NAMES}
    kept = {name: tuple(value for value in getattr(wish, name) if value not in gone[name]) for name in NAMES}
    return wish.model_copy(update={**kept, "words": wish.words})


def _attribute_asked(wish: Wish, reading: Reading) -> str | None:
    """«Какой пробег у CLS 450?»: what is asked of each car, unless the question sets it itself."""
    given = {
        "color": wish.colors, "body": wish.bodies, "fuel": wish.fuels,
        "year": wish.year_from or wish.year_to, "mileage": wish.mileage_from or wish.mileage_to,
    }  # fmt: skip
    if reading.ask is not Ask.DETAIL or not (wish.names_a_car or wish.order is not None):
        return None
    if reading.attribute in ("class", "model", "price") or given.get(reading.attribute or ""):
        return None
    return reading.attribute
