"""Answers what can be answered from the stock alone, without the model.

Knows the order in which a question is tried: options, sums and comparisons, the cars shown before, a wish of
its own; and when a snapshot may be spoken of. Refuses to know FAQ and passages: what it hands back as None
is for them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from assistants.showroom.desk import rendering
from assistants.showroom.desk.among import Among
from assistants.showroom.desk.answering import Teller
from assistants.showroom.desk.asking import Asking
from assistants.showroom.desk.asking_back import LOST, AskingBack, clarified, leans, unsettled
from assistants.showroom.desk.auditing import Auditor, besides
from assistants.showroom.desk.averages import Averages
from assistants.showroom.desk.beyond import Beyond
from assistants.showroom.desk.bounded_by_cars import BoundedByCars
from assistants.showroom.desk.calculations import is_difference, residue_of, with_limit
from assistants.showroom.desk.comparing import Calculator
from assistants.showroom.desk.falling_back import falls_back, first_or_else
from assistants.showroom.desk.follow_ups import FollowUps
from assistants.showroom.desk.joined_requests import joined_requests
from assistants.showroom.desk.memory import Talk, following, remembered
from assistants.showroom.desk.message_parts import sets_apart, tells_beside
from assistants.showroom.desk.of_absent import OfAbsent
from assistants.showroom.desk.of_one_car import OfOneCar
from assistants.showroom.desk.of_options import of_options
from assistants.showroom.desk.options_asked import asks_options
from assistants.showroom.desk.question_reader import QuestionReader
from assistants.showroom.desk.reckoning import Reckoner, without_operators
from assistants.showroom.desk.replies import StockReply
from assistants.showroom.desk.starting_prices import asks_their_difference, with_start
from assistants.showroom.desk.sums import Sums
from assistants.showroom.desk.trim import beside_options
from assistants.showroom.desk.whole_list import WholeList
from assistants.showroom.language.asides import gives_away, with_refusal
from assistants.showroom.language.bounds_taken_back import with_bounds_taken_back
from assistants.showroom.language.codes import without_codes
from assistants.showroom.language.corrected_values import with_corrected_values
from assistants.showroom.language.dictated import with_signs
from assistants.showroom.language.dislikes import with_dislikes
from assistants.showroom.language.elliptic import as_changed, completed
from assistants.showroom.language.going_back import without_going_back
from assistants.showroom.language.idle_turns import without_idle_turns
from assistants.showroom.language.indices import with_class
from assistants.showroom.language.indirect import without_indirect
from assistants.showroom.language.intents import Ask
from assistants.showroom.language.lexicon import Lexicon
from assistants.showroom.language.likeness import without_likeness
from assistants.showroom.language.reading import Reading
from assistants.showroom.language.same_again import with_name_again
from assistants.showroom.language.sorting import sorted_by
from assistants.showroom.language.two_sets import (
    both_apart,
    is_settled,
    of_two_people,
    sides_of,
    sides_with_ends,
    two_sets,
)
from assistants.showroom.language.wish import NAMES, Wish
from core.facts import Snapshot
from core.knowledge import Knowledge
from core.russian import normalise

__all__ = ["StockDesk", "StockReply"]


@dataclass(frozen=True)
class StockDesk:
    """One snapshot (or none) with the salon's words and what is known beside it, for one question: what was
    read of it is kept, as several rules ask.
    """

    snapshot: Snapshot | None
    lexicon: Lexicon
    knowledge: Knowledge | None
    max_age: timedelta
    _readers: dict[int, QuestionReader] = field(default_factory=dict, init=False, repr=False, compare=False)

    def answer(self, question: str, memory: dict[str, Any], now: datetime) -> StockReply | None:
        """None where the question is not about the stock."""
        if gives_away(normalise(question)):
            return None
        question, memory = WholeList(self.lexicon).returned(with_refusal(with_signs(question)), memory)
        question = with_bounds_taken_back(question, remembered(memory).asked_last)
        question = with_corrected_values(without_idle_turns(without_indirect(question)), self.lexicon)
        question = with_dislikes(without_going_back(question, self.lexicon), self.lexicon)
        question, codes = without_codes(with_name_again(question, self.lexicon), self.lexicon)
        question, asides = self._reader(now).told(question)
        if self._likens(question, memory, now):
            question = without_likeness(question)
        reply = self._answered(question, memory, now)
        if reply is None or reply.reason == "clarify":
            reply, more = self._without_asides(question, memory, now) or (reply, ())
            asides = (*asides, *more)
        return besides(reply, (*codes, *asides)) if reply is not None else None

    def _without_asides(
        self, question: str, memory: dict[str, Any], now: datetime
    ) -> tuple[StockReply, tuple[str, ...]] | None:
        """The answer to what is asked beside clauses that set no criterion, and these clauses."""
        rest, asides = self._reader(now).without_asides(question)
        reply = self._answered(rest, memory, now) if rest != question else None
        told = reply is not None and reply.dated and reply.reason in (None, "not_in_stock")
        return (reply, asides) if reply is not None and told else None

    def _answered(self, question: str, memory: dict[str, Any], now: datetime) -> StockReply | None:
        if memory.get(LOST) and self.reading(question, now).wish.names_a_car:
            memory = {}  # what names a car opens afresh
        before = remembered(memory)
        question = as_changed(question, before.asked_last, before.wish)
        fallen_back = first_or_else(
            question,
            memory,
            answer=lambda part, before: self.answer(part, before, now),
            reading=lambda part: self.reading(part, now),
            lexicon=self.lexicon,
        )
        if fallen_back is not None:  # each half was audited as a question of its own
            return fallen_back
        reply = self._answer(question, memory, now)
        if reply is None:
            return None
        if reply.reason == "clarify":
            return reply
        asked = sorted_by(question)[0]
        reading = with_limit(self.reading(asked, now), normalise(asked))
        reading = without_operators(reading, normalise(asked))
        before = before if leans(reply, reading) else replace(before, doubts=())
        audited = Auditor(self.lexicon, now.year).audited(question, reply, reading, before)
        if audited.reason == "clarify":
            return replace(audited, memory=self._unsettled(question, audited.doubts, memory, now))
        followed = following(reply.memory, before)
        followed = with_start(followed, before, reading, normalise(asked), self.lexicon)
        return replace(audited, memory=WholeList(self.lexicon).kept(followed, before))

    def _answer(  # noqa: PLR0911 - the cases in their order, one return each
        self, question: str, memory: dict[str, Any], now: datetime
    ) -> StockReply | None:
        talk = remembered(memory)
        question, reading, talk = self._reader(now).read(question, talk)
        spelling = normalise(question)
        options = asks_options(reading, question, talk, self.snapshot, self.lexicon)
        reading = reading if options else beside_options(reading, self.snapshot, self.lexicon)
        wish = Asking(self.knowledge).wish(reading, talk.wish, question)
        computed = None if options else self._computed(reading, spelling, wish, talk, now)
        whole = Asking(self.knowledge).wish(reading, talk.failed, question) if talk.failed else wish
        if wish is None and computed is None and not options:
            return clarified(reading, spelling, memory)
        current = self.snapshot is not None and self.is_current(now)
        if (
            current
            and (computed is None or (reading.ask is Ask.COUNT and reading.wish.order is None))
            and (both := self._both_sets(question, reading, now)) is not None
        ):
            return self._teller.of_both(both, reading)
        if not options and (back := AskingBack(self.lexicon).answer(reading, spelling, wish, talk, computed)):
            return replace(back, memory=self._unsettled(question, back.doubts, memory, now))
        leaning = computed is not None or wish not in (None, reading.wish)
        if memory.get(LOST) and (leaning or (options and not reading.wish.names_a_car)):
            return StockReply(rendering.SAY_ALL, reason="clarify", dated=False, memory=memory)
        if self.snapshot is None or not self.is_current(now):
            return StockReply(rendering.NO_DATA, reason="no_current_stock", dated=False, memory=memory)
        if options:
            return of_options(reading, talk, memory, self.snapshot, self.lexicon)
        if computed is not None or wish is None:
            return computed
        if whole is not None and whole not in (wish, reading.wish):
            return self._teller.after_nothing(whole, wish, reading, talk)
        return self._teller.of(wish, reading, talk)

    def _likens(self, question: str, memory: dict[str, Any], now: datetime) -> bool:
        """Whether a car of this stock's kind may be named in place of one that was denied."""
        failed = remembered(memory).failed
        foreign = failed is not None and (failed.absent or {*failed.brands} - self.lexicon.own_brands)
        return bool(foreign) and self.reading(question, now).wish.names_a_car

    def _unsettled(
        self, question: str, doubts: Sequence[str], memory: dict[str, Any], now: datetime
    ) -> dict[str, Any]:
        """The memory with what was certainly understood of a question that the visitor is asked about."""
        rest, before = self._reader(now).without_doubts(question, doubts), remembered(memory).wish
        reading = self.reading(rest, now)
        wish = Asking(self.knowledge).wish(reading, before, rest) or (None if before else reading.wish)
        return unsettled(memory, wish, doubts)

    def falls_back(self, question: str, now: datetime) -> bool:
        """Whether it says what is wanted where its first wish is not met, and both were understood."""
        return falls_back(question, lambda part: self.reading(part, now))

    def _computed(
        self, reading: Reading, spelling: str, wish: Wish | None, talk: Talk, now: datetime
    ) -> StockReply | None:
        denied = talk.failed is not None
        among = replace(reading, wish=wish) if reading.within and wish and not denied else reading
        return (
            OfAbsent(self.lexicon).answer(reading, spelling, talk)
            or Sums(self.lexicon).of_ends(reading, spelling, now.year)
            or BoundedByCars(self.lexicon, now.year).by_an_end(spelling, talk)
            or Among(self._teller).answer(reading, spelling, wish, talk)
            or OfOneCar(self.lexicon).answer(reading, spelling, talk)
            or Beyond(self.lexicon).answer(reading, spelling, talk)
            or Reckoner(self.lexicon).answer(reading, spelling, wish, talk)
            or Averages(self.lexicon).answer(reading, spelling, talk)
            or Calculator(self.lexicon, now.year).answer(among, spelling, talk)
            or FollowUps(self.lexicon).answer(reading, spelling, talk)
        )

    def _both_sets(self, question: str, reading: Reading, now: datetime) -> tuple[Wish, ...] | None:
        people = of_two_people(question)
        each = [self.reading(side, now) for side in people or ()]
        if each and not any(side.residue or not side.wish.names_a_car for side in each):
            return each[0].wish, each[1].wish
        differ = is_difference(normalise(question))  # «на сколько G 63 дороже, чем G 350 d?» is one request
        if reading.denials or differ or reading.ask not in (Ask.LIST, Ask.COUNT, Ask.PRICE):
            return None
        return self._two_sets(question, reading, now) or joined_requests(
            question, reading, self._reader(now).reading
        )

    def _two_sets(self, question: str, reading: Reading, now: datetime) -> tuple[Wish, Wish] | None:
        sides = sides_of(question) or sides_with_ends(question)
        if sides is None:
            return None
        left, right = (self.reading(side, now) for side in sides)
        if left.residue or right.residue or is_settled(reading.wish, left.wish, right.wish):
            return None
        return both_apart(question, left.wish, right.wish) or two_sets(left.wish, right.wish)

    @property
    def _teller(self) -> Teller:
        return Teller(self.snapshot, self.lexicon)

    def missing(self, wish: Wish, reading: Reading, talk: Talk) -> StockReply:
        """There is none such; the nearest there is."""
        return self._teller.missing(wish, reading, talk)

    def _reader(self, now: datetime) -> QuestionReader:
        if now.year not in self._readers:
            self._readers[now.year] = QuestionReader(self.lexicon, self.knowledge, now.year)
        return self._readers[now.year]

    def reading(self, question: str, now: datetime) -> Reading:
        """The question as far as it was understood, with names of cars that nobody here sells."""
        return self._reader(now).reading(question)

    def reading_in(self, question: str, memory: dict[str, Any], now: datetime) -> Reading:
        """The question read without what only says that criteria stay, and with what it leaves out."""
        talk = remembered(memory)
        said = normalise(question := completed(question, talk.asked_last))
        reading = self.reading(with_class(question, talk.asked_last, self.lexicon), now)
        if not is_difference(said) and not asks_their_difference(said, talk):
            return reading
        reading = without_operators(reading, said)
        return replace(reading, residue=residue_of(reading, said))

    def is_understood(self, question: str, now: datetime) -> bool:
        """Whether every word that matters was understood as one about the stock."""
        reading = self.reading(question, now)
        return not reading.residue and reading.about_stock

    def sets_apart(self, parts: Sequence[str], now: datetime) -> bool:
        """Whether both parts of a message ask for cars, each for its own."""
        return sets_apart(parts, self._reader(now))

    def sets_criteria(self, text: str, now: datetime) -> bool:
        """Whether it says which cars are meant and asks nothing of its own: «Чуть покатались, меньше
        20 тысяч» behind «Что есть с пробегом?».
        """
        wish = self.reading(text, now).wish
        return wish.bounds > 0 or (wish.without(*NAMES).narrows and "?" not in text)

    def tells_beside(self, parts: Sequence[str], now: datetime) -> bool:
        """Whether one part of a message asks for nothing beside the other."""
        reader = self._reader(now)
        return tells_beside(parts, reader) or any(map(reader.only_tells, parts))

    def without_reactions(self, question: str, now: datetime) -> str:
        return self._reader(now).without_reactions(question)

    def is_current(self, now: datetime) -> bool:
        """Whether there is a stock that may be spoken of."""
        return self.snapshot is not None and self.snapshot.is_current(now, self.max_age)
