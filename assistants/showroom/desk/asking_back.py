"""When a visitor is asked instead of being answered, and what is remembered of what he was asked about.

Knows which words of a question nobody took: an answer would be one to another question. What was understood
stays, and the next question completes it: its answer says which words it does not take into account. Refuses
to know rows.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from assistants.showroom.desk import rendering
from assistants.showroom.desk.calculations import is_difference
from assistants.showroom.desk.leaning import ORDERS
from assistants.showroom.desk.memory import Talk, chosen, remembered
from assistants.showroom.desk.replies import StockReply
from assistants.showroom.desk.stock import select
from assistants.showroom.language import phrases
from assistants.showroom.language.coverage import denies
from assistants.showroom.language.intents import Ask
from assistants.showroom.language.lexicon import Lexicon
from assistants.showroom.language.operators import nested, unreckoned
from assistants.showroom.language.reading import Reading
from assistants.showroom.language.references import asks_a_property, unresolved
from assistants.showroom.language.wish import Wish

LOST = "lost"


@dataclass(frozen=True)
class AskingBack:
    """The stock with its words."""

    lexicon: Lexicon

    def answer(
        self,
        reading: Reading,
        spelling: str,
        wish: Wish | None,
        talk: Talk,
        computed: StockReply | None,
    ) -> StockReply | None:
        """What nobody took of the words that deny, bound, reckon, compare or point; a calculation has taken
        all but a denial.
        """
        bounded = is_difference(spelling) or (computed is not None and computed.bounded)
        unheld = reading.denials if bounded else (*reading.denials, *nested(spelling))
        unheld = unheld if computed is not None else (*reading.unheld, *unheld)
        if not unheld and computed is None and wish is not None:
            unheld = unreckoned(spelling)
        if unheld:
            text = rendering.not_understood(unheld, reading.wish, self.lexicon)
            return StockReply(text, reason="clarify", dated=False, doubts=tuple(unheld))
        if computed is not None:
            returns = phrases.GOES_BACK.search(spelling)
            if returns is None or reading.renewed or reading.wish.names_a_car:
                return None
            text = rendering.unresolved((returns.group(),), reading.wish, self.lexicon)
            return StockReply(text, reason="clarify", dated=False, doubts=(returns.group(),))
        before = [each for each in (talk.wish, talk.failed) if each is not None and each.narrows]
        one = bool(reading.pointed) and chosen(talk, reading.pointed) is not None
        pointing = unresolved(reading, spelling, wish, before, chosen=one) if wish is not None else ()
        if not pointing or self._is_none_of_all(reading, spelling, wish):
            return None
        text = rendering.unresolved(pointing, reading.wish, self.lexicon)
        return StockReply(text, reason="clarify", dated=False, doubts=tuple(pointing))

    def _is_none_of_all(self, reading: Reading, spelling: str, wish: Wish | None) -> bool:
        """Whether there is none, whatever the words point at: they only narrow what is looked for."""
        if phrases.GOES_BACK.search(spelling):
            wish = reading.wish.named() if reading.wish.names_a_car else None
        return wish is not None and wish.narrows and not select(wish, self.lexicon).cars


def unsettled(memory: dict[str, Any], wish: Wish | None, doubts: Sequence[str]) -> dict[str, Any]:
    """The memory after the visitor was asked about some words, the `doubts`: what was understood of the
    question (`wish`, with the one before) stays, so that the next one completes it. A denial may have taken
    back what was said before: where something was, what leans on it would be told of other cars.
    """
    if memory.get("wish") and any(denies(doubt) for doubt in doubts):
        return {**memory, LOST: True}
    talk = remembered(memory)
    if wish is not None and wish.narrows:
        talk = replace(talk, wish=wish.without("order", "limit"))
    return {**memory, **replace(talk, doubts=(*talk.doubts, *doubts)).as_json()}


def passed_over(memory: dict[str, Any], wish: Wish, doubts: Sequence[str]) -> dict[str, Any]:
    """The memory after a question with criteria (`wish`) that a passage answered."""
    return {**memory, LOST: True} if memory.get("wish") else unsettled(memory, wish, doubts)


def leans(reply: StockReply, reading: Reading) -> bool:
    """Whether an answer holds what was said before its question, or would have to."""
    if reply.ran is None or reading.follows:
        return not reading.wish.names_a_car or reply.ran not in (None, reading.wish)
    return reply.ran != reading.wish


def clarified(reading: Reading, spelling: str, memory: dict[str, Any]) -> StockReply | None:
    """«Сколько он стоит?», «А дешевле?» where nothing was spoken of, «пробег?» where no car is."""
    asks_of_it = reading.points and reading.ask in (Ask.PRICE, Ask.DETAIL) and not reading.pointed
    compares = reading.relative in ORDERS and not reading.wish.narrows
    talk = remembered(memory)
    bare = (talk.wish is not None or bool(talk.shown)) and asks_a_property(reading, spelling)
    if bare or ((asks_of_it or compares) and not reading.residue):
        return StockReply(rendering.CLARIFY, reason="clarify", dated=False, memory=memory)
    return None
