"""The list that a dialogue began with, for «какие из всего первого списка новые?» behind what narrowed it.

Knows that list as a wish and whether what is told since is a part of it. Refuses to know the words for it
(`language/whole_lists.py`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from assistants.showroom.desk import rendering
from assistants.showroom.desk.memory import Talk, remembered
from assistants.showroom.desk.stock import select
from assistants.showroom.language.lexicon import Lexicon
from assistants.showroom.language.whole_lists import among_the_first, asks_nothing_more
from assistants.showroom.language.wish import Wish


@dataclass(frozen=True)
class WholeList:
    """The stock with its words."""

    lexicon: Lexicon

    def returned(self, question: str, memory: dict[str, Any]) -> tuple[str, dict[str, Any]]:
        """The question and the memory as they were before the list was narrowed, where it goes back to it."""
        talk, again = remembered(memory), among_the_first(question)
        whole = talk.opened or _bare(talk.wish)
        if again is None or whole is None or not whole.narrows:
            return question, memory
        shown = tuple(car.vin for car in select(whole, self.lexicon).cars[: rendering.LISTED])
        if not shown:
            return question, memory
        return ("сколько таких всего?" if asks_nothing_more(again) else again), Talk(whole, shown).as_json()

    def kept(self, memory: dict[str, Any], before: Talk) -> dict[str, Any]:
        """The memory with the first list, as long as what was told is a part of it."""
        whole, wish = before.opened or _bare(before.wish), remembered(memory).wish
        memory = {name: value for name, value in memory.items() if name != "opened"}
        if whole is None or wish is None or not whole.narrows or _bare(wish) == whole:
            return memory
        every, now = self._vins(whole), self._vins(wish)
        if not now or not now <= every:
            return memory
        return {**memory, "opened": whole.model_dump(mode="json", exclude_defaults=True)}

    def _vins(self, wish: Wish) -> frozenset[str]:
        return frozenset(car.vin for car in select(wish, self.lexicon).cars)


def _bare(wish: Wish | None) -> Wish | None:
    return None if wish is None else wish.without("order", "limit", "sorting", *wish.borrowed, "borrowed")
