"""Where the second reading of a question and its answer do not agree: what was lost on the way, or misread.

A number or a name that the answer does not show, a bound that looks the other way, a bound that no car could
be asked by, several things of which any will do where nobody said so. Refuses to know how the answer was
found: it has the text that a visitor reads, the cars it tells of and the wish that was run.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from assistants.showroom.desk.replies import StockReply
from assistants.showroom.language.decided import settled
from assistants.showroom.language.lexicon import Lexicon
from assistants.showroom.language.naming import Mention, name_parts, spellings
from assistants.showroom.language.phrases import CAR_WORDS
from assistants.showroom.language.second_reading import (
    LOWER,
    STRANGERS,
    UPPER,
    SecondReading,
    counts_its_own,
    is_of_persons,
    is_story,
)
from assistants.showroom.language.unheld_things import is_apart_from_cars
from assistants.showroom.language.wish import BOUNDS, Wish
from assistants.showroom.language.wishing import is_ours
from core.quantities import Quantity
from core.russian import grammemes, lemma, normalise, words

_LISTED = re.compile(r"\d+\. |И ещё |По данным |Ближайшее из")
_GROUPED = re.compile(r"(?<=\d)[ \u00a0](?=\d{3}(?!\d))")
_EITHER = re.compile(r",?\s*(?:\b(?:или|либо)\b|/)\s*(?:(?:еще|как\w+|в|на|цвета|может|даже)\s+)*")
_NOT_NEEDED = re.compile(r"\bне ?обязател\w+ $")
# «Седан не обязателен», «белый тоже пойдёт»: no answer has to say it again.
_NOT_NEEDED_BEHIND = re.compile(
    r",? (?:(?:мне|нам|уже) )?(?:не ?обязател|(?:тоже|также) (?:пойд|подойд|сойд|можно|год|устро|рассмотр))"
)
_REFUSES = re.compile(r"\b(?:не|ни|кроме|без) (?:\d{2,3}(?: ?[de])?(?:-\w+)?,? (?:(?:и|или|ни|не) )?)*$")
_SENTENCE, _ASKED = re.compile(r"[.!?…;]\s"), re.compile(r"[^.!…;,?]*\?")
_WHETHER = re.compile(
    r"\b(?:есть|имеется|имеются|продае(?:те|тся)|торгуете|в наличии|найдется|бывает|бывают)\b"
)
_LEAST_DESIGNATION = 30
_NUMBER = re.compile(r"\d+(?:[.,]\d+)?")
_SCALES = (1.0, 1e3, 1e5, 1e6)
_MOST_YEARS, _CENTURY = 40, 2000
_MOST_COUNTED = 10
_FIRST_YEAR, _DEAREST_TIMES = 1900, 1000
_TOLERANCES = (0.9, 1.1)
_PAIRS = {"classes": "class", "bodies": "body", "colors": "color", "fuels": "fuel", "features": "feature"}


@dataclass(frozen=True)
class Disagreements:
    """The stock with its words."""

    lexicon: Lexicon
    this_year: int

    def of(self, second: SecondReading, reply: StockReply, said: Wish) -> tuple[str, ...]:
        """As the visitor wrote it; `said` is the wish of the question alone."""
        ran = reply.ran if reply.ran is not None else Wish(absent=said.absent)
        found = (
            *self._numbers(second, reply, ran),
            *self._things(second, reply, ran),
            *self._unlikely(ran),
            *self._not_joined(second, ran),
        )
        return tuple(dict.fromkeys(found))

    def unreplaced(self, first: SecondReading, rest: SecondReading, reply: StockReply) -> tuple[str, ...]:
        """«GLA до 5 млн, хотя нет, до 4»: what was said before a part was taken back holds on, but for
        things of a kind that is named anew.
        """
        anew = {thing.term.kind for thing in rest.things(self.lexicon)}
        things = [thing for thing in first.things(self.lexicon) if thing.term.kind not in anew]
        lost = [each for each in things if not is_told(each, first.text(each), reply, self.lexicon)]
        return tuple(first.text(each) for each in lost)

    def halved(self, second: SecondReading, ran: Wish | None, unread: Sequence[str]) -> tuple[str, ...]:
        """«Белая или бирюзовая», of which the second was not understood: the first alone would be too few."""
        wanted = {f"{kind}:{value}" for name, kind in _PAIRS.items() for value in getattr(ran, name, ())}
        spans = [
            second.span(each)
            for each in second.things(self.lexicon)
            if f"{each.term.kind}:{each.term.id}" in wanted and each.term.kind not in ("class", *STRANGERS)
        ]
        found = []
        for phrase in unread:
            at = second.spelling.find(phrase)
            between = [
                second.spelling[end:at] if end <= at else second.spelling[at + len(phrase) : start]
                for start, end in spans
            ]
            found += [phrase] if any(map(_EITHER.fullmatch, between)) else []
        return tuple(found)

    def _numbers(self, second: SecondReading, reply: StockReply, ran: Wish) -> Iterator[str]:
        things = [each for each in second.things(self.lexicon) if each.term.kind in STRANGERS]
        strangers, inside = [second.text(each) for each in things], [second.span(each) for each in things]
        for number in second.numbers():
            span = number.start, number.end
            if second.is_of_a_denied_name(number) or self._is_kept_out(second, number, reply):
                continue
            part = any(start <= number.start < end for start, end in inside)
            if part or second.belongs_to(span, (*ran.absent, *strangers)):
                continue
            lost = not is_shown(number, second, reply, self.this_year) and not tells(
                second, number, self.lexicon
            )
            turned = self._is_turned(second.direction(number), number, ran)
            if lost or turned or self._is_no_mileage(second, number, ran):
                yield second.spelling[slice(*span)]

    def _is_kept_out(self, second: SecondReading, number: Quantity, reply: StockReply) -> bool:
        """«Но не 350»: a model that is not wanted, and that no car of the answer is."""
        plain = not (number.unit or number.scaled) and _LEAST_DESIGNATION <= number.value < 1_000
        borne = any(number.text in self.lexicon.models.get(each.model, ()) for each in reply.cars)
        return plain and not borne and bool(_REFUSES.search(second.spelling[: number.start]))

    def _things(self, second: SecondReading, reply: StockReply, ran: Wish) -> Iterator[str]:
        for thing in settled([*second.things(self.lexicon)], second.row, second.spelling):
            led = second.spelling[: second.span(thing)[0]]
            needless = _NOT_NEEDED_BEHIND.match(second.spelling, second.span(thing)[1])
            if second.belongs_to(second.span(thing), ran.absent) or _NOT_NEEDED.search(led) or needless:
                continue
            if thing.term.kind not in STRANGERS:
                lost = not is_told(thing, second.text(thing), reply, self.lexicon)
            else:
                ours = ran.without("absent").names_a_car  # «камри пора менять. На какие ешки хватит?»
                apart = second.is_apart(thing, self.lexicon) and not _asks_whether(second, thing)
                lost = bool(ran.absent) and not ours and apart
            if lost:
                yield second.text(thing)

    def _is_turned(self, direction: int, number: Quantity, wish: Wish) -> bool:
        """«Не больше пяти миллионов», of which the wish has the lower bound."""
        if not direction:
            return False
        for low, high in BOUNDS[1:]:  # what is newer and older has words of its own
            meant = {number.value * scale for scale in _SCALES}
            at_low, at_high = (
                (bound := getattr(wish, name)) is not None and any(abs(value - bound) <= 1 for value in meant)
                for name in (low, high)
            )
            if at_low != at_high:
                return direction == (UPPER if at_low else LOWER)
        return False

    def _is_no_mileage(self, second: SecondReading, number: Quantity, wish: Wish) -> bool:
        bounds = {wish.mileage_from, wish.mileage_to} - {None}
        own = any(abs(number.value * scale - (bound or 0)) <= 1 for scale in (1, 1000) for bound in bounds)
        return own and not second.is_driven(number)

    def _not_joined(self, second: SecondReading, wish: Wish) -> Iterator[str]:
        """Things of one kind of which any will do, where the question does not say so."""
        for name, kind in _PAIRS.items():
            values = getattr(wish, name)
            wanted = [
                thing for thing in second.things(self.lexicon)
                if thing.term.kind == kind and thing.term.id in values
            ]  # fmt: skip
            wanted.sort(key=lambda thing: thing.start)
            for first, last in pairwise(wanted):
                other = first.term.id != last.term.id and first.end <= last.start
                if other and not second.is_joined(first, last):
                    yield second.text(first)

    def _unlikely(self, wish: Wish) -> Iterator[str]:
        """Bounds that no car could ever be asked by, and what is wanted and ruled out at once."""
        for year in {wish.year_from, wish.year_to} - {None}:
            if year is not None and not _FIRST_YEAR < year <= self.this_year + 1:
                yield str(year)
        dearest = max((car.price_rub for car in self.lexicon.cars), default=0)
        if (
            wish.price_to is not None
            and wish.price_from is not None
            and wish.price_to > dearest * _DEAREST_TIMES
        ):
            yield str(wish.price_to)
        for low, high in BOUNDS:
            least, most = getattr(wish, low), getattr(wish, high)
            if least is not None and most is not None and least > most:
                yield f"{least} … {most}"
        for name, kind in _PAIRS.items():
            yield from self.lexicon.label(
                kind, (value for value in getattr(wish, name) if f"{kind}:{value}" in wish.excluded)
            )


def _asks_whether(second: SecondReading, thing: Mention) -> bool:
    """«Есть ли Sprinter? Нужен фургон»: of what is asked for by its name it is told that it is not there."""
    start, end = second.span(thing)
    asked = _ASKED.match(second.spelling, end)
    opening = _SENTENCE.split(second.spelling[:start])[-1]
    return asked is not None and bool(_WHETHER.search(opening + asked.group()))


def is_shown(number: Quantity, second: SecondReading, reply: StockReply, this_year: int) -> bool:
    """Whether the answer has the number, as it is or as what it may stand for: millions, a year, an age, the
    middle of a range; or shows so many cars.
    """
    told = _numbers(beside_rows(reply.text))
    meant = {number.value * scale for scale in _SCALES}
    if number.value < _MOST_YEARS:
        meant |= {_CENTURY + number.value, this_year - number.value}
    if _counts(number, second, reply) or _holds(told, meant):
        return True
    if any(all(_holds(told, {value * part}) for part in _TOLERANCES) for value in meant):
        return True  # «около 6 млн»
    others = {other.value * scale for other in second.numbers() if other != number for scale in _SCALES}
    return any(
        _holds(told, {one + other}) and _holds(told, {abs(one - other)}) for one in meant for other in others
    )


def _holds(told: set[float], meant: set[float]) -> bool:
    return any(abs(value - each) <= 1 for value in meant for each in told)


def is_told(thing: Mention, said: str, reply: StockReply, lexicon: Lexicon) -> bool:
    """Whether the answer names it, or all its cars are such."""
    told = normalise(beside_rows(reply.text))
    kind, identity = thing.term.kind, thing.term.id
    ours = kind == "brand" and is_ours(identity, lexicon)
    if ours or said in told or identity.lower() in words(told):
        return True
    label = lexicon.shown.get((kind, identity), thing.term.shown)
    if all(word[: max(3, len(word) - 2)] in told for word in words(label)) or _is_named_in(told, label):
        return True
    have = [lexicon.profiles[car.vin].get(kind, frozenset()) for car in reply.cars]
    return bool(have) and all(identity in values for values in have)


def _is_named_in(told: str, label: str) -> bool:
    """Whether a name is told, its parts set apart or as the visitor spelt them: «BMW X 5», «Audi ку7»."""
    said, name = name_parts(told), name_parts(label)
    return any(
        all(atom in spellings(part) for atom, part in zip(said[at:], name, strict=False))
        for at in range(len(said) - len(name) + 1)
    )


def tells(second: SecondReading, number: Quantity, lexicon: Lexicon) -> bool:
    """Whether a number may be the visitor's own affair, to be said back rather than asked about."""
    clause = second.clause(number.start)
    if second.in_brackets(number) or second.paid(number) or is_story(clause) or is_of_persons(clause):
        return True
    names = [second.text(thing) for thing in second.things(lexicon)]
    if second.is_a_distance(number, names) or second.counted(number):
        return True
    return (counts_its_own(clause) or is_apart_from_cars(clause)) and not any(
        name in clause for name in names
    )


def beside_rows(text: str) -> str:
    """The answer without its list of cars: what it says of all of them."""
    return "\n".join(line for line in text.split("\n") if not _LISTED.match(line))


def _numbers(text: str) -> set[float]:
    return {float(match.group().replace(",", ".")) for match in _NUMBER.finditer(_GROUPED.sub("", text))}


def _counts(number: Quantity, second: SecondReading, reply: StockReply) -> bool:
    """«Три самых дешёвых», «два варианта», «3 машины»: how many are shown, asked about or bought."""
    small = not number.unit and not number.scaled and number.value <= _MOST_COUNTED
    limit = reply.ran.limit if reply.ran is not None else None
    behind = words(second.spelling[number.end :])[:1]
    cars = any(lemma(word) in CAR_WORDS or {"ADJF", "plur"} <= grammemes(word) for word in behind)
    of_cars = cars and not second.direction(number)
    return small and (number.in_words or of_cars or number.value in (len(reply.cars), limit))
