"""Questions that lean on the cars shown: «ещё», «второй», «какой у него пробег», «а подешевле», «сравни их».

Knows which of the cars shown is meant and how a list goes on. Refuses to know wishes that stand alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from assistants.showroom.desk import rendering
from assistants.showroom.desk.asking import ORDERS, OTHER_KIND
from assistants.showroom.desk.calculations import residue_of
from assistants.showroom.desk.memory import Talk, chosen, told
from assistants.showroom.desk.replies import StockReply
from assistants.showroom.desk.stock import leaders, ordered, select
from assistants.showroom.desk.wording import cars_counted, criteria
from assistants.showroom.language.intents import Ask
from assistants.showroom.language.lexicon import Lexicon
from assistants.showroom.language.phrases import GOES_BACK
from assistants.showroom.language.reading import Reading
from assistants.showroom.language.references import pointed_in
from assistants.showroom.language.wish import NAMES, Order, Wish
from core.facts import Car
from core.quantities import quantities

_MORE = re.compile(r"\b(?:еще|дальше|далее|следующ\w+|остальн\w+|продолж\w+|другие|другой|другого|других)\b")
# «Покажи их», «это какая машина?».
_SHOW = re.compile(
    r"\W*(?:(?:а|и|ну|так|тогда)\W+)*"
    r"(?:(?:покажи\w*|перечисли\w*|выведи\w*|назови\w*) (?:мне )?(?:их|ее|его|эт\w+)(?: все\w*)?"
    r"|(?:а )?(?:это|она|он) (?:что за|как(?:ая|ой|ие)) (?:машин\w+|автомобил\w+|модел\w+|авто)(?: это)?"
    r"|(?:что|как(?:ая|ой|ие)) (?:за|это|именно) (?:машин\w+|автомобил\w+|модел\w+|авто)(?: это)?)\W*"
)
_NEXT = re.compile(
    r"\bследующ\w+ (?:(?:за|после) (?:ним|ней|него|нее|этим|этой|этого)(?: по (?:цене|стоимости))?"
    r"|по (?:цене|стоимости))\b"
)
_BACK_TO_THAT = re.compile(rf"{GOES_BACK.pattern} т(?:ой|ому|ем)\b")
_THE_REST = re.compile(r"\b(?:остальн|друг)\w+ (?P<count>дв[ае]|двух|три|трех|четыре|четырех|пять|пяти|\d)\b")
_TOGETHER = re.compile(r"\bсравни\w*|\bсравнение\b")
_OF_THEM = re.compile(
    r"\b(?:из|среди) (?:них|этих|показанных|перечисленных|двух|трех|четырех|обоих|(?:этой )?пары)\b"
)
_AMONG = re.compile(
    _OF_THEM.pattern + r"|^(?:а )?(?:какой|какая|который|которая) "
    r"|\bт(?:от|а|о|у|ой|ого|ом|е|ех),? (?:что |котор\w+ |как\w+ )?(?:\w+ )?"
    r"(?:по)?(?:дешевле|дороже|новее|свежее|моложе|младше|старше|старее)\b"
    r"|\b(?:по)?(?:дешевле|дороже|новее|свежее|старше|старее),? котор\w+"
)
_RANK = re.compile(r"\bпо (?:цене|стоимости|дешевизне|дороговизне)\b")
# Of what the next car has more or less: the bound, the edge of those shown, the step beyond it, the order.
STEPS: dict[str, tuple[str, Callable[[Car], int], int, Order, str]] = {
    "cheaper": ("price_to", lambda car: car.price_rub, -1, Order.DEAREST, "Дешевле"),
    "dearer": ("price_from", lambda car: car.price_rub, 1, Order.CHEAPEST, "Дороже"),
    "newer": ("year_from", lambda car: car.year, 1, Order.OLDEST, "Новее"),
    "older": ("year_to", lambda car: car.year, -1, Order.NEWEST, "Старше"),
}


@dataclass(frozen=True)
class FollowUps:
    """The stock with its words."""

    lexicon: Lexicon

    def answer(  # noqa: C901, PLR0911 - the cases in their order, one return each
        self, reading: Reading, spelling: str, talk: Talk
    ) -> StockReply | None:
        """None where the question does not lean on the cars shown."""
        cars = self._cars(talk.shown)
        if (back := self._returned_to(reading, spelling, talk)) is not None:
            return self._details([back], reading, Talk(Wish(classes=self._classes([back])), (back.vin,)))
        if reading.within and reading.wish.names_a_car and (talk.wish is None or not talk.wish.narrows):
            return self._best_of_kind(reading, cars, talk)
        if residue_of(reading) or reading.wish.names_a_car:
            return None
        if not cars and not (talk.wish is not None and talk.seen):
            return None
        alone = not reading.wish.without("order").narrows
        if alone and cars and _SHOW.fullmatch(spelling):
            return self._details(cars[: rendering.LISTED], replace(reading, attribute=None), talk)
        if alone and _TOGETHER.search(spelling) and cars:
            return self._table(cars, talk)
        if reading.residue and not _MORE.search(spelling):
            return None
        if alone and _NEXT.search(spelling) and len(cars) == 1 and (after := self._after(cars[0], talk)):
            return after
        more = _MORE.search(spelling) and not OTHER_KIND.search(spelling)
        if alone and reading.wish.order is None and not reading.pointed and more:
            return self._more(cars, talk, _THE_REST.search(spelling))
        if alone and (len(cars) > 1 or _OF_THEM.search(spelling)) and _AMONG.search(spelling):
            order = ORDERS.get(reading.relative or "")
            if order is None and _OF_THEM.search(spelling):
                order = reading.wish.order
            if order is not None and not reading.cars_meant:
                return self._best(order, self._all_meant(spelling, talk) or cars, cars, talk)
        return self._about(reading, spelling, talk, cars) if cars else None

    def _returned_to(self, reading: Reading, spelling: str, talk: Talk) -> Car | None:
        """«Вернёмся к той EQA»: the last such car that was told alone."""
        if not _BACK_TO_THAT.search(spelling) or not reading.wish.names_a_car:
            return None
        return next((car for car in self._cars(talk.past[::-1]) if self._is(car, reading.wish)), None)

    def _about(  # noqa: PLR0911 - the cases in their order, one return each
        self, reading: Reading, spelling: str, talk: Talk, cars: Sequence[Car]
    ) -> StockReply | None:
        picked = self._cars([talk.picked] if talk.picked is not None else [])
        if reading.relative in STEPS and not reading.wish.without("order").narrows:
            return self._relative(reading.relative, picked or cars, talk)
        if reading.pointed and _RANK.search(spelling):
            return self._rank(reading.pointed, talk)
        condition = reading.wish.condition
        if picked and reading.points and condition is not None and reading.wish == Wish(condition=condition):
            # «А он новый?»
            return self._details(picked, replace(reading, attribute="mileage"), talk)
        if reading.wish.narrows:
            return None
        if reading.pointed:
            return self._pointed_at(reading, spelling, talk, cars)
        asks = reading.ask is Ask.DETAIL or (reading.ask is Ask.PRICE and bool(picked))
        leans = reading.points or (reading.follows and asks and not reading.cars_meant)
        if leans and reading.ask in (Ask.DETAIL, Ask.PRICE):
            all_meant = bool(re.search(r"\b(?:них|они|их|каждого|всех)\b", spelling))
            return self._details(cars if all_meant or not picked else picked, reading, talk)
        return None

    def _pointed_at(
        self, reading: Reading, spelling: str, talk: Talk, cars: Sequence[Car]
    ) -> StockReply | None:
        place = len(cars) if reading.pointed == -1 else reading.pointed
        if self._stands_elsewhere(cars, place, talk):
            return self._asks_what_is_meant(pointed_in(spelling) or "", talk)
        if place <= len(cars):
            return self._details([cars[place - 1]], reading, talk)
        walks = talk.wish is not None and talk.wish.order in (Order.CHEAPEST, Order.DEAREST)
        if walks and (ranked := self._rank(place, talk)) is not None:
            return ranked
        if len(cars) == 1 and reading.attribute is not None:
            return self._asks_what_is_meant(pointed_in(spelling) or "", talk)
        return StockReply(rendering.no_such_place(cars), reason="not_in_stock", memory=talk.as_json())

    def _asks_what_is_meant(self, said: str, talk: Talk) -> StockReply:
        text = rendering.unresolved((said,), Wish(), self.lexicon)
        return StockReply(text, reason="clarify", dated=False, memory=talk.as_json())

    def _stands_elsewhere(self, cars: Sequence[Car], place: int, talk: Talk) -> bool:
        """«Первая» behind «G 350 d и AMG GT есть?», of which the list shows the other first."""
        one = chosen(talk, place if place != len(cars) else -1)
        told_of = cars[place - 1 : place]
        return one is not None and not any(self._is(car, one) for car in told_of)

    def _is(self, car: Car, wish: Wish) -> bool:
        return any(each.vin == car.vin for each in select(wish.named(), self.lexicon).cars)

    def _cars(self, vins: Sequence[str]) -> list[Car]:
        by_vin = {car.vin: car for car in self.lexicon.cars}
        return [by_vin[vin] for vin in vins if vin in by_vin]

    def _classes(self, cars: Sequence[Car]) -> tuple[str, ...]:
        return tuple(sorted({name for car in cars for name in self.lexicon.profiles[car.vin]["class"]}))

    def _base(self, talk: Talk, cars: Sequence[Car]) -> Wish:
        """The wish that was answered with these cars; of what was only pointed at, its class."""
        if talk.wish is None:
            return Wish(classes=self._classes(cars))
        return talk.wish.without(*talk.wish.borrowed, "borrowed")

    def _details(self, cars: list[Car] | Sequence[Car], reading: Reading, talk: Talk) -> StockReply:
        text = (
            "\n".join(f"{rendering.described(car)}." for car in cars)
            if reading.attribute is None
            else rendering.details(cars, reading.attribute)
        )
        wish = talk.wish
        if len(cars) == 1 and (wish is None or not wish.narrows):
            wish = Wish(classes=self._classes(cars))
        picked = cars[0].vin if len(cars) == 1 else talk.picked
        return StockReply(text, tuple(cars), memory=replace(talk, wish=wish, picked=picked).as_json())

    def _table(self, cars: Sequence[Car], talk: Talk) -> StockReply:
        if len(cars) == 1:
            text = f"Показан пока один автомобиль, сравнить не с чем. {rendering.described(cars[0])}."
        else:
            text = rendering.table(cars)
        return StockReply(text, tuple(cars), memory=talk.as_json())

    def _all_meant(self, spelling: str, talk: Talk) -> Sequence[Car]:
        """«Из них» are all that were found, though the list showed some; «из показанных» are those."""
        if talk.wish is None or not talk.wish.narrows or talk.wish.order is not None or "показан" in spelling:
            return ()
        return select(talk.wish, self.lexicon).cars

    def _best(self, order: Order, cars: Sequence[Car], shown: Sequence[Car], talk: Talk) -> StockReply:
        best = leaders(ordered(cars, order), order)
        if len(cars) > len(shown) and talk.wish is not None and not talk.wish.borrowed:
            text = rendering.leading(best, talk.wish.model_copy(update={"order": order}), self.lexicon)
        else:
            lead = rendering.leading(best, Wish(order=order), self.lexicon)
            among = "Из показанных" if len(cars) <= len(shown) else "Из них"
            text = f"{among} {lead[:1].lower()}{lead[1:]}".replace(" в наличии:", ":", 1)
        if talk.failed is not None and not self._all_meant("", replace(talk, wish=talk.failed)):
            text = f"{rendering.missing_by(talk.failed, self.lexicon)}\n{text}"
        picked = best[0].vin if len(best) == 1 else None
        return StockReply(text, tuple(best), memory=replace(talk, picked=picked).as_json())

    def _best_of_kind(self, reading: Reading, cars: Sequence[Car], talk: Talk) -> StockReply | None:
        """«Самый дешёвый из этих GLB?» behind a list of several kinds."""
        order = reading.wish.order or ORDERS.get(reading.relative or "")
        kind = {car.vin for car in select(reading.wish.without("order", "limit"), self.lexicon).cars}
        meant = [car for car in cars if car.vin in kind]
        return self._best(order, meant, meant, talk) if order is not None and meant else None

    def _more(self, cars: Sequence[Car], talk: Talk, counted: re.Match[str] | None) -> StockReply:
        """The next cars of the same wish; when it is exhausted, others of the same classes. «Остальные две»
        are told where there are so many.
        """
        wish = self._base(talk, cars) if talk.wish is None else talk.wish
        wish = wish.without("limit")
        seen, about = set(talk.seen), criteria(wish, self.lexicon)
        found = select(wish, self.lexicon).cars
        rest = tuple(car for car in found if car.vin not in seen)
        if counted is not None and [number.value for number in quantities(counted["count"])] != [len(rest)]:
            return self._asks_what_is_meant(counted.group(), talk)
        head = "Ещё в наличии"
        if not rest:
            wider = Wish(classes=self._classes(cars))
            head = (
                "Других таких автомобилей нет" + (f" ({about})" if about else "") + ".\nПохожих в наличии —"
            )
            rest = tuple(car for car in select(wider, self.lexicon).cars if car.vin not in seen)
            rest = rest if wider.narrows else ()
            about, wish = criteria(wider, self.lexicon), wider if rest else wish
        if not rest:
            text = f"Это все подходящие автомобили, других сейчас нет.\n{rendering.CALLBACK}"
            return StockReply(text, memory=talk.as_json())
        shown = rest[: rendering.LISTED]
        among = f" ({about})" if about else ""
        text = f"{head} {cars_counted(len(rest))}{among}:\n{rendering.listed(rest)}"
        return StockReply(text, shown, memory=told(wish, shown, talk.seen))

    def _relative(self, relative: str, cars: Sequence[Car], talk: Talk) -> StockReply:
        """Cheaper, dearer, newer or older than those shown: of the same wish, else of its class, else of
        all.
        """
        field, value, step, towards, word = STEPS[relative]
        edge = (min if step < 0 else max)(value(car) for car in cars) + step
        base = self._base(talk, cars)
        walking, base = base.order is not None, base.without("order", "limit")
        bound = {field: edge, "borrowed": (field,)}
        if field == "year_from" and base.year_to is not None:
            base = base.without("year_to")
        plain = Wish(classes=self._classes(cars))
        wider = base.without("models", "words", "absent").model_copy(update={"classes": plain.classes})
        for wish in (base, wider, plain, base.without(*NAMES), Wish()):
            limited = wish.model_copy(update=bound)
            found = select(limited, self.lexicon).cars
            if not found:
                continue
            said, beyond = criteria(base, self.lexicon), len(found)
            head = "" if wish == base else f"{word} таких нет" + (f" ({said}).\n" if said else ".\n")
            if walking:
                found = tuple(leaders(ordered(found, towards), towards))
                limited = limited.model_copy(update={"order": towards})
            text = head + self._next(found, wish, limited, word, walking=walking)
            if walking and beyond > len(found):
                text += f"\nВсего {word.lower()} — {cars_counted(beyond)}."
            shown = found[: rendering.LISTED]
            kept = wish.model_copy(update={"order": towards}) if walking else limited
            if wish != base:  # the cars that were spoken of stay in mind
                kept = base.model_copy(update={"order": towards}) if walking else base
            return StockReply(text, shown, memory=told(kept, shown))
        text = f"{word} в наличии ничего нет.\n{rendering.CALLBACK}"
        return StockReply(text, tuple(cars), reason="not_in_stock", memory=talk.as_json())

    def _next(self, found: Sequence[Car], wish: Wish, limited: Wish, word: str, *, walking: bool) -> str:
        if not walking:
            return rendering.found(found, limited, self.lexicon)
        about = criteria(wish, self.lexicon)
        among = f" ({about})" if about else ""
        if len(found) == 1:
            return f"{word}{among}: {rendering.described(found[0])}."
        return f"{word}{among}:\n{rendering.listed(found)}"

    def _after(self, car: Car, talk: Talk) -> StockReply | None:
        """«А следующий за ним по цене?» behind the cheapest or the dearest."""
        wish = talk.wish or Wish()
        if wish.order not in (Order.CHEAPEST, Order.DEAREST):
            return None
        every = ordered(select(wish.without("order", "limit"), self.lexicon).cars, wish.order)
        place = next((at for at, each in enumerate(every, 1) if each.vin == car.vin), 0)
        return self._rank(place + 1, talk) if place else None

    def _rank(self, place: int, talk: Talk) -> StockReply | None:
        """«А второй по цене?»: counted on from the cheapest, or from the dearest where that was asked."""
        wish = talk.wish or Wish()
        order = wish.order if wish.order is Order.DEAREST else Order.CHEAPEST
        wish = wish.without("order", "limit", *wish.borrowed, "borrowed")
        cars = ordered(select(wish, self.lexicon).cars, order)
        if place < 1 or place > len(cars):
            return None
        start = "самого дорогого" if order is Order.DEAREST else "самого доступного"
        about = criteria(wish, self.lexicon)
        among = f" ({about})" if about else ""
        text = f"{place}-й по цене, считая от {start}{among}: {rendering.described(cars[place - 1])}."
        memory = told(wish.model_copy(update={"order": order}), [cars[place - 1]])
        return StockReply(text, (cars[place - 1],), memory=memory)
