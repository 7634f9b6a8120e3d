"""«AMG среди них есть?», «а майбах из них?» behind a list of cars by name: those of the list, and no other.

Knows that two names are not two alternatives here. Refuses to know a list that no name chose: what is said
beside it narrows it by itself.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from assistants.showroom.desk import rendering
from assistants.showroom.desk.answering import Teller
from assistants.showroom.desk.calculations import residue_of
from assistants.showroom.desk.leaning import ORDERS
from assistants.showroom.desk.memory import Talk, remembered
from assistants.showroom.desk.replies import StockReply
from assistants.showroom.desk.spoken_of import cars_of
from assistants.showroom.desk.stock import leaders, ordered, select
from assistants.showroom.desk.wording import criteria
from assistants.showroom.language.intents import Ask
from assistants.showroom.language.reading import Reading
from assistants.showroom.language.wish import Wish

_AMONG_THEM = re.compile(r"\b(?:из|среди) (?:них|этих|тех|показанных|перечисленных)\b")


@dataclass(frozen=True)
class Among:
    """What tells of wishes."""

    teller: Teller

    def answer(self, reading: Reading, spelling: str, wish: Wish | None, talk: Talk) -> StockReply | None:
        """None where `wish`, the question with the one before, asks for cars of the list alone."""
        before = talk.asked_last
        if before is None or wish is None or not (before.names_a_car and _asks(reading, spelling)):
            return None
        if talk.stands_in:
            return self._of_those_instead(reading, before, talk)
        if reading.wish.order is not None or reading.relative in ORDERS:
            return None
        listed = self._vins(before.without("order", "limit"))
        found = self._vins(wish)
        none_of_a_line = reading.wish.names_a_line and not found
        if not listed or (found <= listed and not none_of_a_line):
            return None
        if talk.opened is not None and not listed & self._vins(reading.wish):
            before, listed = talk.opened, self._vins(talk.opened)
        said = before.then(reading.wish)
        wanted = listed & self._vins(said)
        if not wanted:
            return self._none_of_them(reading, said, talk)
        both = next((each for each in self._both(before, reading.wish) if self._vins(each) == wanted), None)
        return self.teller.of(both, reading, talk) if both is not None else None

    def _of_those_instead(self, reading: Reading, failed: Wish, talk: Talk) -> StockReply | None:
        """The list was of what stands in for a car that is not there."""
        lexicon, said = self.teller.lexicon, self._vins(reading.wish.without("order", "limit"))
        found = [car for car in cars_of(talk.shown, lexicon) if car.vin in said]
        if (order := reading.wish.order or ORDERS.get(reading.relative or "")) is not None:
            found = leaders(ordered(found, order), order)
        denied = rendering.missing_by(failed, lexicon)
        about = criteria(reading.wish, lexicon)
        if not found:
            none = f"Среди показанного вместо него таких тоже нет ({about})." if talk.shown else ""
            text = "\n".join((denied, none or "Выбирать не из чего.", rendering.CALLBACK))
            return StockReply(text, reason="not_in_stock", memory=talk.as_json())
        text = f"{denied}\nИз показанного вместо него ({about}):\n{rendering.listed(found)}"
        picked = found[0].vin if len(found) == 1 else None
        memory = replace(talk, picked=picked).as_json()
        return StockReply(text, tuple(found), memory=memory, ran=reading.wish)

    def _vins(self, wish: Wish) -> frozenset[str]:
        return frozenset(car.vin for car in select(wish, self.teller.lexicon).cars)

    def _both(self, before: Wish, said: Wish) -> tuple[Wish, ...]:
        """Ways to ask for the cars that both names fit: by what is said now, or by a word of the name."""
        whole = before.then(said.without("models"))
        words = (*before.words, *said.models, *said.words)
        named = whole.model_copy(update={**before.named().model_dump(), "words": words})
        return before.then(said), named

    def _none_of_them(self, reading: Reading, said: Wish, talk: Talk) -> StockReply:
        """None of the list is one; what there is of it beside the list."""
        lexicon = self.teller.lexicon
        text = f"Среди них таких нет ({criteria(reading.wish, lexicon)})."
        if not self._vins(said):
            return StockReply(f"{text}\n{rendering.CALLBACK}", reason="not_in_stock", memory=talk.as_json())
        alone = self.teller.of(said, reading, talk)
        text = f"{text}\nЕсли прежние условия не важны: {alone.text}"
        failed = self._both(talk.wish or Wish(), reading.wish)[-1]
        memory = replace(remembered(alone.memory), failed=None if self._vins(failed) else failed).as_json()
        return replace(alone, text=text, memory=memory)


def _asks(reading: Reading, spelling: str) -> bool:
    """Whether cars of a name are asked for among those spoken of, and all was understood."""
    if residue_of(reading) or reading.unheld:
        return False
    asks = reading.ask in (Ask.LIST, Ask.COUNT, Ask.PRICE)
    return asks and reading.wish.names_a_car and _AMONG_THEM.search(spelling) is not None
