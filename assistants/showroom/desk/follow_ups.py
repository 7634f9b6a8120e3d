"""Questions that lean on the cars shown: «ещё», «второй», «какой у него пробег», «а подешевле», «сравни их».

Knows which of the cars shown is meant and how a list goes on. Refuses to know wishes that stand alone.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistants.showroom.desk import rendering
from assistants.showroom.desk.calculations import residue_of
from assistants.showroom.desk.leaning import ORDERS, OTHER_KIND
from assistants.showroom.desk.memory import Talk, told
from assistants.showroom.desk.pointed import Pointed
from assistants.showroom.desk.replies import StockReply
from assistants.showroom.desk.spoken_of import (
    asked_which,
    base_of,
    cars_of,
    classes_of,
    is_called,
    told_again,
)
from assistants.showroom.desk.steps import STEPS, Steps
from assistants.showroom.desk.stock import leaders, ordered, select
from assistants.showroom.desk.wording import cars_counted, in_brackets
from assistants.showroom.language.intents import Ask
from assistants.showroom.language.lexicon import Lexicon
from assistants.showroom.language.phrases import GOES_BACK
from assistants.showroom.language.reading import Reading
from assistants.showroom.language.wish import Order, Wish
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
# «Какая новее есть?», «та, что новее этой».
_ASKS_FOR_MORE = re.compile(
    r"\b(?:есть|име[ею]тся|най[дт]\w+|остал\w+|покаж\w+|предлож\w+|у вас|в наличии|чем)\b"
    r"|(?:дешевле|дороже|новее|свежее|моложе|младше|старше|старее) (?:эт|н)(?:ого|ой|их|его|ее)\b"
)
# «Что из них дороже?» behind one list and another: of both, and not of the cars of the last one.
_WHICH_OF_BOTH = re.compile(r"\b(?:что|кто) из (?:них|этого)\b")
_RANK = re.compile(r"\bпо (?:цене|стоимости|дешевизне|дороговизне)\b")


@dataclass(frozen=True)
class FollowUps:
    """The stock with its words."""

    lexicon: Lexicon

    def answer(  # noqa: C901, PLR0911 - the cases in their order, one return each
        self, reading: Reading, spelling: str, talk: Talk
    ) -> StockReply | None:
        """None where the question does not lean on the cars shown."""
        cars = cars_of(talk.shown, self.lexicon)
        if (back := self._returned_to(reading, spelling, talk)) is not None:
            return self._told(
                [back], reading, Talk(Wish(classes=classes_of([back], self.lexicon)), (back.vin,))
            )
        if reading.within and reading.wish.names_a_car and (talk.wish is None or not talk.wish.narrows):
            return self._best_of_kind(reading, cars, talk)
        if residue_of(reading) or reading.wish.names_a_car:
            return None
        if not cars and not (talk.wish is not None and talk.seen):
            return None
        alone = not reading.wish.without("order").narrows
        if alone and cars and _SHOW.fullmatch(spelling):
            return self._told(cars[: rendering.LISTED], replace(reading, attribute=None), talk)
        if alone and _TOGETHER.search(spelling) and cars:
            return self._table(cars, talk)
        if reading.residue and not _MORE.search(spelling):
            return None
        if (
            alone
            and _NEXT.search(spelling)
            and len(cars) == 1
            and (after := Steps(self.lexicon).after(cars[0], talk))
        ):
            return after
        more = _MORE.search(spelling) and not OTHER_KIND.search(spelling)
        if alone and reading.wish.order is None and not reading.pointed and more:
            return self._more(cars, talk, _THE_REST.search(spelling))
        if alone and _AMONG.search(spelling) and self._may_choose(cars, spelling, talk):
            order = ORDERS.get(reading.relative or "")
            if order is None and _OF_THEM.search(spelling):
                order = reading.wish.order
            if order is not None and not reading.cars_meant:
                return self._first_of_them(order, spelling, cars, talk)
        return self._about(reading, spelling, talk, cars) if cars else None

    def _first_of_them(self, order: Order, spelling: str, cars: Sequence[Car], talk: Talk) -> StockReply:
        """Of all that were found; «что из них дороже?» behind two questions is asked of what both told."""
        meant = self._all_meant(spelling, talk) or cars
        if len(meant) == 1 and talk.earlier is not None:
            meant = cars = cars_of((talk.earlier, meant[0].vin), self.lexicon)
        elif _WHICH_OF_BOTH.search(spelling) and talk.starts and talk.starts[0] not in talk.seen:
            return StockReply(rendering.CLARIFY, reason="clarify", dated=False, memory=talk.as_json())
        return self._best(order, meant, cars, talk)

    def _returned_to(self, reading: Reading, spelling: str, talk: Talk) -> Car | None:
        """«Вернёмся к той EQA»: the last such car that was told alone."""
        if not _BACK_TO_THAT.search(spelling) or not reading.wish.names_a_car:
            return None
        past = cars_of(talk.past[::-1], self.lexicon)
        return next((car for car in past if is_called(car, reading.wish, self.lexicon)), None)

    def _may_choose(self, cars: Sequence[Car], spelling: str, talk: Talk) -> bool:
        """Whether one of the cars spoken of is asked for, and not one beyond them: «который свежее?» behind a
        list, or behind a car that is all there is; «какая новее есть?» is another one.
        """
        if len(cars) > 1 or _OF_THEM.search(spelling):
            return True
        if _ASKS_FOR_MORE.search(spelling):
            return False
        spoken_of = None if talk.wish is None or talk.failed else talk.wish.without("order", "limit")
        return spoken_of is None or len(select(spoken_of, self.lexicon).cars) <= 1

    def _about(  # noqa: PLR0911 - the cases in their order, one return each
        self, reading: Reading, spelling: str, talk: Talk, cars: Sequence[Car]
    ) -> StockReply | None:
        picked = cars_of([talk.picked] if talk.picked is not None else [], self.lexicon)
        if reading.relative in STEPS and not reading.wish.without("order").narrows:
            return Steps(self.lexicon).relative(reading.relative, picked or cars, talk)
        if reading.pointed and _RANK.search(spelling):
            return Steps(self.lexicon).rank(reading.pointed, talk)
        condition = reading.wish.condition
        if picked and reading.points and condition is not None and reading.wish == Wish(condition=condition):
            # «А он новый?»
            return self._told(picked, replace(reading, attribute="mileage"), talk)
        if reading.wish.narrows:
            return None
        if reading.pointed:
            return Pointed(self.lexicon).answer(reading, spelling, talk, cars)
        asks = reading.ask is Ask.DETAIL or (reading.ask is Ask.PRICE and bool(picked))
        leans = reading.points or (reading.follows and asks and not reading.cars_meant)
        if leans and reading.ask in (Ask.DETAIL, Ask.PRICE):
            all_meant = bool(re.search(r"\b(?:них|они|их|каждого|всех)\b", spelling))
            return self._told(cars if all_meant or not picked else picked, reading, talk)
        return None

    def _told(self, cars: Sequence[Car], reading: Reading, talk: Talk) -> StockReply:
        return told_again(cars, reading, talk, self.lexicon)

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
        if len(cars) == 1:
            text = f"Назван один автомобиль: {rendering.described(best[0])}."
        elif len(cars) > len(shown) and talk.wish is not None and not talk.wish.borrowed:
            text = rendering.leading(best, talk.wish.model_copy(update={"order": order}), self.lexicon)
        else:
            lead = rendering.leading(best, Wish(order=order), self.lexicon)
            among = "Из показанных" if len(cars) <= len(shown) else "Из них"
            text = f"{among} {lead[:1].lower()}{lead[1:]}".replace(" в наличии:", ":", 1)
        if talk.failed is not None and not self._all_meant("", replace(talk, wish=talk.failed)):
            text = f"{rendering.missing_by(talk.failed, self.lexicon)}\n{text}"
        if len(best) == 1:
            return StockReply(text, tuple(best), memory=replace(talk, picked=best[0].vin).as_json())
        kept = replace(talk, shown=tuple(car.vin for car in best[: rendering.LISTED]), picked=None)
        return StockReply(text, tuple(best), memory=kept.as_json())  # what is asked next is asked of these

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
        wish = base_of(talk, cars, self.lexicon) if talk.wish is None else talk.wish
        wish = wish.without("limit")
        seen, among = set(talk.seen), in_brackets(wish, self.lexicon)
        found = select(wish, self.lexicon).cars
        rest = tuple(car for car in found if car.vin not in seen)
        if counted is not None and [number.value for number in quantities(counted["count"])] != [len(rest)]:
            return asked_which(counted.group(), talk, self.lexicon)
        head = "Ещё в наличии"
        if not rest:
            wider = Wish(classes=classes_of(cars, self.lexicon))
            head = f"Других таких автомобилей нет{among}.\nПохожих в наличии —"
            rest = tuple(car for car in select(wider, self.lexicon).cars if car.vin not in seen)
            rest = rest if wider.narrows else ()
            among, wish = in_brackets(wider, self.lexicon), wider if rest else wish
        if not rest:
            text = f"Это все подходящие автомобили, других сейчас нет.\n{rendering.CALLBACK}"
            return StockReply(text, memory=talk.as_json())
        shown = rest[: rendering.LISTED]
        text = f"{head} {cars_counted(len(rest))}{among}:\n{rendering.listed(rest)}"
        return StockReply(text, shown, memory=told(wish, shown, talk.seen))
