"""What a question about a purchase says of options: which it names, which it puts out, whether it means
those of the sum before.

Knows how a question leans on that sum («а без неё?», «а купе с ним же?», «а только с осью?»). Refuses to know
which cars can have them (`case.py`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from assistants.showroom.costs.asked import Asked
from assistants.showroom.costs.changed_options import ChangedOptions, unnamed_gone
from assistants.showroom.costs.summing import keeps_one
from assistants.showroom.costs.terms import Terms
from assistants.showroom.costs.that_option import means_that_option
from assistants.showroom.desk.calculations import is_difference
from assistants.showroom.desk.memory import Talk
from assistants.showroom.desk.option_names import named_again
from assistants.showroom.desk.stock_desk import StockDesk
from assistants.showroom.desk.trim import option_places, wanted_and_gone
from assistants.showroom.language.reading import Reading
from core.russian import normalise

_WITH_THE_SAME = re.compile(
    r"\bс (?:ним|ней|ними)\b|\bс (?:этой|этими|этим)(?: же)? (?:опци|пакет|доп)\w*"
    r"|\bс (?:той|теми|тем|такой|такими|таким) же\b(?! (?:год|цвет|пробег|кузов|цен|мотор|двиг))"
)
_IF = re.compile(r"^\W*(?:(?:а|и|ну)\W+)*если\b")


@dataclass(frozen=True)
class OptionsSaid:
    """`before` are the terms of the last calculation of the dialogue."""

    question: str
    asked: Asked
    reading: Reading
    talk: Talk
    before: Terms | None
    stock: StockDesk

    @property
    def spelling(self) -> str:
        return normalise(self.question)

    @cached_property
    def option_places(self) -> tuple[int, ...]:
        return option_places(self.reading, self.stock.snapshot, self.stock.lexicon)

    @property
    def _before(self) -> tuple[str, ...]:
        """The options of the sum before, or the one for which there was none."""
        if self.before is None:
            return ()
        return self.before.options or ((self.talk.option,) if self.talk.option else ())

    @cached_property
    def changed(self) -> ChangedOptions:
        """What the question makes of the options of the sum before."""
        wanted, gone = wanted_and_gone(self.reading, self.stock.snapshot, self.stock.lexicon)
        before = self._before
        if not wanted and not gone and not is_difference(self.spelling):
            gone = unnamed_gone(self.spelling, before, self.talk.options)
        if not wanted and not gone and keeps_one(self.spelling):  # «а только с осью?»
            kept = named_again(self.reading, before)
            gone = tuple(name for name in before if kept and name not in kept)
        return ChangedOptions(self.spelling, wanted, gone, before, self.talk.options)

    @cached_property
    def same_options(self) -> tuple[str, ...]:
        """Those of the sum before, which another car is to have: «а купе с ним же?»"""
        wanted = () if self.option_places else self._before
        another = self.reading.wish.without("order", "limit").narrows
        return wanted if another and _WITH_THE_SAME.search(self.spelling) else ()

    @property
    def names_several(self) -> bool:
        """«А если камера и фаркоп?» behind a sum: of the car, with these."""
        summed = self.before is not None and not self.before.loan
        return summed and len(self.changed.wanted) > 1 and bool(_IF.match(self.spelling))

    @property
    def means_that_option(self) -> bool:
        return means_that_option(self.spelling, self.reading, self.talk.option)
