"""Holds an answer against its question once more: it must be true as it is said.

Where a second reading disagrees with the answer (`disagreements.py`), the visitor is asked back; other words
that nobody took are said back beside it, as are criteria of the dialogue that it left behind. Refuses to know
how the answer was found.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from assistants.showroom.desk import rendering
from assistants.showroom.desk.disagreements import Disagreements, beside_rows, is_shown, is_told, tells
from assistants.showroom.desk.equipment import everyday_words
from assistants.showroom.desk.memory import Talk
from assistants.showroom.desk.option_names import apposed_words
from assistants.showroom.desk.replies import StockReply
from assistants.showroom.desk.wording import criteria
from assistants.showroom.language.asides import taken_back
from assistants.showroom.language.lexicon import Lexicon
from assistants.showroom.language.naming import sounds_like
from assistants.showroom.language.reading import Reading
from assistants.showroom.language.second_reading import STRANGERS, SecondReading
from assistants.showroom.language.vins import numbered_cars
from assistants.showroom.language.wish import CRITERIA, KIND_OF, Wish
from core.russian import normalise, words

_OF_ONE_CAR = "этого автомобиля"


@dataclass(frozen=True)
class Auditor:
    """The stock with its words."""

    lexicon: Lexicon
    this_year: int

    def audited(self, question: str, reply: StockReply, reading: Reading, before: Talk) -> StockReply:
        """The reply with what it leaves out; a question where that may change which cars are meant."""
        if not reply.dated or _OF_ONE_CAR in reply.text:  # that car was named before
            return reply
        halves = taken_back(normalise(numbered_cars(question)[1]))
        first, rest = (SecondReading.of(half, self.lexicon) for half in halves)
        disagreements = Disagreements(self.lexicon, self.this_year)
        lost = disagreements.of(rest, reply, reading.wish) or disagreements.unreplaced(first, rest, reply)
        lost = lost or disagreements.halved(rest, reply.ran, reading.unread)
        if lost:
            text = rendering.not_understood(lost, reading.wish, self.lexicon)
            return StockReply(text, reason="clarify", dated=False, doubts=lost)
        doubted = (f"«{doubt}»" for doubt in before.doubts)
        another = reply.ran is not None and reply.ran.named() in [side.named() for side in before.sides]
        wish = None if another else before.wish  # the other side has criteria of its own
        dropped = ", ".join(filter(None, (self._dropped(reply, reading, wish), *doubted)))
        text = f"{rendering.without_before(dropped)}\n{reply.text}" if dropped else reply.text
        return replace(reply, text=text, left_out=_apart(self._left_out(rest, reply, reading)))

    def _left_out(self, second: SecondReading, reply: StockReply, reading: Reading) -> Iterator[str]:
        told = normalise(beside_rows(reply.text))  # «бенз» is not told by the «бензин» of a row
        things = [second.text(thing) for thing in second.things(self.lexicon)]
        for number in second.numbers():
            counted = second.counted(number)
            if counted and not reply.options and not any(thing in counted for thing in things):
                yield counted  # «5 человек» beside «до 5 млн», whatever number the answer shows
            elif not is_shown(number, second, reply, self.this_year) and tells(second, number, self.lexicon):
                clause = second.clause(number.start).strip(" .,;:!?()")
                held = any(thing in clause for thing in things)  # what is asked for stands beside it
                quoted = second.spelling[number.start : number.end] if held else clause
                yield second.paid(number) or quoted
        for thing in second.things(self.lexicon):
            if thing.term.kind in STRANGERS and not is_told(thing, second.text(thing), reply, self.lexicon):
                yield second.text(thing)
        named = {word for option in reply.options for word in words(option.option)}
        named |= everyday_words(reply.options, reading.row, self.lexicon)
        named |= {*words(told)} if reply.lacking else set()
        met = {atom.text for atom in reading.row if _names(atom.text, named)}
        named |= apposed_words(reading, met)
        for phrase in reading.unread:
            said = words(phrase)
            stems = [word[: max(3, len(word) - 2)] for word in said]
            if phrase in told or all(stem in told for stem in stems):
                continue
            if not all(_names(word, named) for word in said):
                yield phrase

    def _dropped(self, reply: StockReply, reading: Reading, before: Wish | None) -> str:
        """The criteria of the dialogue that neither hold for the answer nor were replaced."""
        if before is None or reply.ran is None or reading.renewed or reply.ran == before:
            return ""
        if {before.year_from, before.year_to} <= reply.ran.other_years:
            before = before.without("year_from", "year_to")  # «а не 2023?»
        kept: dict[str, Any] = {}
        for fields in CRITERIA:
            valued = (name for name in fields if name in KIND_OF)  # «а не белые?» behind «белые»
            denied = any({*getattr(before, name)} & reply.ran.ruled_out(name) for name in valued)
            gone = {*fields} & {*reading.released, *before.borrowed}
            if not (reply.ran.sets(*fields) or denied or gone):
                kept |= {name: getattr(before, name) for name in fields}
        anew = {reply.ran.year_from, reply.ran.year_to} != {None} or "year_from" in reading.released
        earlier = before.without("year_from", "year_to") if anew else before
        excluded = {*earlier.excluded} - {*reply.ran.excluded} - reply.ran.wanted
        kept["excluded"] = tuple(pair for pair in before.excluded if pair in excluded)
        return criteria(Wish.model_validate(kept), self.lexicon)


def _names(word: str, named: Collection[str]) -> bool:
    return any(word[:4] == each[:4] or sounds_like(word, each) for each in named)


def besides(reply: StockReply, asides: tuple[str, ...]) -> StockReply:
    """The reply with all that it does not take into account, `asides` first, as a line of its own."""
    left_out = _apart((*asides, *reply.left_out)) if reply.dated else ()
    text = f"{rendering.unchecked(left_out)}\n{reply.text}" if left_out else reply.text
    return replace(reply, text=text, left_out=(), owned_up=left_out)


def _apart(said: Iterable[str]) -> tuple[str, ...]:
    """Each once, and no part of another."""
    every = tuple(dict.fromkeys(said))
    return tuple(one for one in every if not any(one != other and one in other for other in every))
