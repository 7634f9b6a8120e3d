"""A second, plain reading of a question: its clauses, numbers, names and directions, found by scanning.

Shares no rule with the first (`reading.py`): it knows which numbers and vocabulary words stand there and
which way a bound looks by the words beside it. Where the two do not agree the visitor is asked. Refuses to
make a wish.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from assistants.showroom.language import phrases
from assistants.showroom.language.asides import is_of_the_owned, is_owned
from assistants.showroom.language.lexicon import Lexicon
from assistants.showroom.language.mentions import cars_in, is_of_something_else, is_stray, named_most_nearly
from assistants.showroom.language.models_of_makes import with_numbers_of_makes
from assistants.showroom.language.naming import Atom, Mention, atoms
from assistants.showroom.language.spans import Span
from assistants.showroom.language.unheld_things import ASKED, OF_THE_STOCK, UNHELD, is_strange, payments_in
from core.quantities import Quantity, quantities
from core.russian import grammemes, is_known, is_service, lemma, normalise, part_of_speech, words

STRANGERS = ("brand", "other")
KINDS = ("class", "body", "color", "fuel", "brand", "other")
_EDGE = re.compile(r"[.!?…;,]+(?=\s|$)|[()\n]+|\s[—–-]+\s|:\s")
_PHONE = re.compile(r"(?:\+7|\b[78])[\s(-]*\d{3}[\s)-]*\d{3}[\s-]*\d{2}[\s-]*\d{2}\b")
_GLUED = re.compile(r"-[а-я]{4,}")
_UNCOUNTED = ("clock", "date", "percent", UNHELD)
_POINTING = 5  # «второй» points at a car shown; `references.py` holds those
_PREDICATES = ("VERB", "INFN", "PRED", "GRND")
_PROPERTIES = ("NOUN", "ADJF", "ADJS", "PRTF", "PRTS", "COMP", "NUMR", "NUMB", "LATN")
# What makes of a clause one on the noun before it, or on the car that is wanted.
_ATTACHED = re.compile(
    r"\W*(?:и |а |но )?(?:(?:с|со|у|в|на|для|из|от) )?(?:котор\w+|чтоб\w*|чей|чья|где|лишь бы)\b"
)
_STOPS = re.compile(r"[.!?…;]\s(?!\W*(?:и|или|либо|а)\b)")
_HARMLESS_BETWEEN = phrases.HAVE_WORDS | phrases.BUY_WORDS | {"можно", "мочь"}
_DRIVEN = phrases.MILEAGE | phrases.DRIVES | phrases.USED | phrases.NEW
# «По 120 км в день»: so far is driven, and no car has been.
_OFTEN = re.compile(
    r"\bпо \d|\bкажд\w+ |\bежедневн\w+|\bв (?:день|неделю|месяц|год|сутки)\b|\bобратно\b|\bв одну сторону"
    r"|\b(?:до|от) (?:работ|дач|дом|город|деревн|магазин|школ|офис|центр|родител)\w*"
)
_EACH_WAY = re.compile(r"\s*(?:в (?:одну сторону|один конец|оба конца|день|неделю|сутки)|туда\b|ежедневно)")
_NOUN_BEHIND = re.compile(r"\s*-?([а-я]+)(?:\s+([а-я]+))?")
_BOUNDING = re.compile(r"\b(?:до|от|за|около|под|из|дешевле|дороже|больше|меньше|ниже|выше|бюджет\w*)\s*$")
UPPER, LOWER = -1, 1
_DOWN = r"(?:по)?(?:дешевле|меньше|ниже|менее)"
_UP = r"(?:по)?(?:дороже|больше|выше|более)"
_AGAINST = r"(?:не |никак не )"
_NEXT_TO = r"(?: (?:чем|за|на|уж|то|бы|где|примерно|сумму|цен\w+|суммы))*\W*$"
_BEFORE = (
    (re.compile(rf"(?:{_AGAINST}{_UP}|(?<!не )\b{_DOWN}|\bдо|\bмаксимум|\bв пределах){_NEXT_TO}"), UPPER),
    (
        re.compile(rf"(?:{_AGAINST}{_DOWN}|(?<!не )\b{_UP}|\bот|\bминимум|\bсвыше|\bначиная с){_NEXT_TO}"),
        LOWER,
    ),
)
_DENIED = r"(?: \w+){0,2}[ —–-]+(?:н[еи]|нет(?!\s*\?)|никак|нельзя)\b"
_THING = r"\W*(?:(?:млн|миллион\w*|лям\w*|тыс\w*|руб\w*|р|км|километр\w*|пробег\w*)\b\W*)*(?:и |но |или )?"
_BEHIND = (
    (re.compile(rf"{_THING}(?:{_AGAINST}{_UP}\b|{_DOWN}\b(?!{_DENIED})|максимум\b)"), UPPER),
    (re.compile(rf"{_THING}(?:{_AGAINST}{_DOWN}\b|{_UP}\b(?!{_DENIED})|минимум\b)"), LOWER),
)
_A_SUM = 1_000_000  # «до 3 млн, пробег не важен»: what is said of what was driven is said of no sum
# «Больше 4 млн не потяну»: what is said of it denies it.
_DENIED_BEHIND = re.compile(
    rf"{_THING}(?:(?:я|мы|мне|нам|точно|уже|вообще|пока|никак|\w+ть(?:ся)?)\b\W*)*не (\w+)"
)


@dataclass(frozen=True)
class SecondReading:
    """The question in normal spelling, cut into atoms, with the words of models and equipment, and its
    numbers where those of other makes' models were told apart.
    """

    spelling: str
    row: tuple[Atom, ...]
    features: tuple[Mention, ...] = ()
    read: tuple[Quantity, ...] = ()

    @classmethod
    def of(cls, question: str, lexicon: Lexicon) -> SecondReading:
        row = atoms(question)
        marks = (*lexicon.names["feature"].find(row), *lexicon.names["option"].find(row))
        spelling = normalise(question)
        numbers = with_numbers_of_makes(quantities(spelling), row, spelling, lexicon)
        return cls(spelling, tuple(row), marks, tuple(numbers))

    def numbers(self) -> Iterator[Quantity]:
        """Those that count or bound something; the 4 of «4MATIC» is a part of a word."""
        spans = [match.span() for match in _PHONE.finditer(self.spelling)]
        spans += [self.span(feature) for feature in self.features]
        for number in self.read or quantities(self.spelling):
            pointing = number.ordinal and number.value <= _POINTING
            inside = any(start <= number.start < end for start, end in spans)
            glued = _GLUED.match(self.spelling, number.end)  # «50-летие»
            plain = number.unit in ("", "year") and not number.scaled
            own = plain and is_of_the_owned(self.spelling, number.start)
            if not (pointing or inside or glued or own or number.unit in _UNCOUNTED):
                yield number

    def things(self, lexicon: Lexicon) -> Iterator[Mention]:
        """Words of the vocabulary, but for the visitor's own car, what has another colour than the car, and
        letters of a designation («E 300 e»).
        """
        row = list(self.row)
        found = named_most_nearly(row, KINDS, lexicon)
        begun, cars = {mention.start for _, mention in found}, cars_in(row, lexicon)
        for kind, mention in found:
            elsewhere = kind == "color" and is_of_something_else(row, mention, begun)
            letter = mention.end - mention.start == 1 and len(row[mention.start].text) == 1
            owned = is_owned(self.spelling, row[mention.start].start, cars)
            if not (letter or is_stray(row, mention) or elsewhere or owned):
                yield mention

    def is_joined(self, first: Mention, second: Mention) -> bool:
        """Whether nothing but conjunctions and what says of a car stands between two things of one kind:
        «чёрный или белый GLC», not «седан уже надоел, хочу универсал».
        """
        between = self.spelling[self.row[first.end - 1].end : self.row[second.start].start]
        if _STOPS.search(between):
            return False
        verbs = [word for word in words(between) if part_of_speech(word) in _PREDICATES]
        return all(lemma(word) in _HARMLESS_BETWEEN for word in verbs)

    def belongs_to(self, span: Span, names: Sequence[str]) -> bool:
        """Whether a piece of the text stands right before or right behind one of the names, and so is a part
        of it: «Land Cruiser 300».
        """
        before, behind = self.spelling[: span[0]].rstrip(" -"), self.spelling[span[1] :].lstrip(" -")
        said = [normalise(name) for name in names]
        return any(before.endswith(name) or behind.startswith(name) for name in said)

    def is_apart(self, stranger: Mention, lexicon: Lexicon) -> bool:
        """«… потом Прадо. Три миллиона максимум»: whether criteria stand in a sentence without its name."""
        edges = [0, *(match.end() for match in _STOPS.finditer(self.spelling)), len(self.spelling)]
        at = self.row[stranger.start].start
        own = next((span for span in pairwise(edges) if span[0] <= at < span[1]), (0, at))
        criteria, things = [number.start for number in self.numbers()], [*self.things(lexicon)]
        criteria += [self.row[each.start].start for each in things if each.term.kind not in STRANGERS]
        outside = any(not own[0] <= place < own[1] for place in criteria)
        return outside or (bool(criteria) and not self._is_of(things, at) and is_story(self.clause(at)))

    def _is_of(self, things: Sequence[Mention], place: int) -> bool:
        """«SLK красный»: whether the clause around a place holds nothing but these."""
        named = {word for thing in things for word in words(self.text(thing))}
        return named.issuperset(words(self.clause(place)))

    def is_of_a_denied_name(self, number: Quantity) -> bool:
        """«X7 не предлагать»: what is named and not wanted need not be shown."""
        glued = number.start > 0 and self.spelling[number.start - 1].isalpha()
        return glued and bool({"не", "кроме"} & {*words(self.clause(number.start))})

    def is_driven(self, number: Quantity) -> bool:
        """Whether a number is said to be a mileage or a bound, and not «150 км на дачу»."""
        clause = self.clause(number.start)
        nought = number.value == 0
        driven = any(lemma(word) in _DRIVEN and not _is_to_come(word) for word in words(clause))
        return nought or driven or bool(self.direction(number))

    def is_a_distance(self, number: Quantity, names: Sequence[str]) -> bool:
        """«До Сочи 1600 км»: a clause that speaks of a place, and of no car by one of `names`."""
        clause = self.clause(number.start)
        if number.unit == "km" and _EACH_WAY.match(self.spelling, number.end):
            return not self.direction(number)
        own = is_story(clause) or any(map(is_strange, words(clause))) or _OFTEN.search(clause)
        return (
            number.unit == "km"
            and bool(own)
            and not self.is_driven(number)
            and not any(name in clause for name in names)
        )

    def counted(self, number: Quantity) -> str:
        """«5 человек», «8 мест»: a number with the noun right behind it, where no stock knows what it counts;
        else nothing.
        """
        behind = _NOUN_BEHIND.match(self.spelling, number.end)
        bounds = self.direction(number) or _BOUNDING.search(self.spelling[: number.start])
        marked = behind is not None and any(
            start <= behind.start(1) < end for start, end in map(self.span, self.features)
        )  # «E 300, привод задний»
        if number.unit or number.scaled or behind is None or bounds or marked:
            return ""
        for end in (1, 2):
            if behind[end] and is_strange(behind[end]):
                return self.spelling[number.start : behind.end(end)]
            if part_of_speech(behind[end] or "") != "ADJF":
                break
        return ""

    def paid(self, number: Quantity) -> str:
        """«До 50 тысяч в месяц»: what is said to be paid so with this number; else nothing."""
        spans = payments_in(self.spelling)
        return next((self.spelling[start:end] for start, end in spans if start <= number.start < end), "")

    def in_brackets(self, number: Quantity) -> bool:
        """«(65 лет, стаж 40 лет)»: said by the way."""
        before, behind = self.spelling[: number.start], self.spelling[number.end :]
        return before.rfind("(") > before.rfind(")") and behind.find(")") >= 0

    def clause(self, place: int) -> str:
        """The clause that holds a place of the text."""
        found = (span for span in clauses(self.spelling) if span[0] <= place < span[1])
        return self.spelling[slice(*next(found, (0, len(self.spelling))))]

    def span(self, thing: Mention) -> Span:
        return self.row[thing.start].start, self.row[thing.end - 1].end

    def text(self, thing: Mention) -> str:
        """As it is written."""
        return self.spelling[slice(*self.span(thing))]

    def direction(self, number: Quantity) -> int:
        """Which way a bound looks by the words right before and right behind it; 0 where they do not say."""
        before, behind = self.spelling[: number.start], self.spelling[number.end :]
        if number.unit == "rub" or number.value >= _A_SUM:
            behind = behind.split("пробег", maxsplit=1)[0]
        led = {way for sign, way in _BEFORE if sign.search(before)}
        closed = {way for sign, way in _BEHIND if sign.match(behind)}
        found = led or closed
        way = found.pop() if len(found) == 1 else 0
        denied = _DENIED_BEHIND.match(behind)
        return -way if denied and part_of_speech(denied[1]) in (*_PREDICATES, "ADJS") else way


def _is_to_come(word: str) -> bool:
    """«Езжу за 300 км»: what is driven every day no car has driven yet."""
    return lemma(word) in phrases.DRIVES and bool({"pres", "INFN"} & grammemes(word))


def is_of_persons(clause: str) -> bool:
    """Whether it speaks of the visitor or to the salon, and names nothing of what is asked for."""
    said = words(clause)
    return any(map(_is_of_persons, said)) and not any(lemma(word) in ASKED for word in said)


def counts_its_own(clause: str) -> bool:
    """«Стаж 15 лет»: its number is of a noun that no stock knows, and of no name."""
    known = OF_THE_STOCK | phrases.FILLER
    said = [word for word in words(clause) if part_of_speech(word) not in ("NUMB", "NUMR")]
    own = [word for word in said if part_of_speech(word) == "NOUN" and lemma(word) not in known]
    return bool(own) and all(word in own or lemma(word) in phrases.YEAR for word in said)


def clauses(spelling: str) -> list[Span]:
    edges = [0, *(match.end() for match in _EDGE.finditer(spelling)), len(spelling)]
    return [(start, end) for start, end in pairwise(edges) if spelling[start:end].strip()]


def is_story(clause: str) -> bool:
    """Whether a clause without a criterion tells of the visitor: it has a predicate or speaks of persons
    alone, asks for nothing, denies and compares nothing, and hangs on no noun before it.
    """
    said = words(clause)
    parts = [part_of_speech(word) for word in said]
    asks = any(lemma(word) in OF_THE_STOCK for word in said)
    if _ATTACHED.match(clause) or asks or "COMP" in parts or {"не", "ни", "без", "кроме"} & {*said}:
        return False
    tells = any(part in _PREDICATES for part in parts) or any(_is_of_persons(word) for word in said)
    nouns = [word for word, part in zip(said, parts, strict=True) if part == "NOUN"]
    return tells or ("PREP" not in parts and all(map(_is_somebody, nouns)))


def _is_somebody(noun: str) -> bool:
    return "anim" in grammemes(noun) or lemma(noun) in phrases.OF_MANY


def _is_of_persons(word: str) -> bool:
    """«Я», «у меня», «вам»."""
    return part_of_speech(word) == "NPRO" and bool({"1per", "2per"} & grammemes(word))


def unread(
    row: Sequence[Atom], left: Sequence[int], taken: Collection[int], spelling: str
) -> tuple[str, ...]:
    """Of the words that nobody took (`left`) those that may be wanted of a car, neighbours joined, as they
    are written; a story around the question has none.
    """
    groups: list[list[int]] = []
    parts = clauses(spelling)
    told = [span for span in parts if _tells(span, row, taken, spelling)]
    edges = {start for start, _ in parts}
    for place in left:
        atom = row[place]
        led = place > 0 and part_of_speech(row[place - 1].text) in ("PREP", "NUMR", "NUMB")
        if any(start <= atom.start < end for start, end in told) or not _may_be_wanted(atom, led=led):
            continue
        beside = bool(groups) and place - groups[-1][-1] == 1
        if beside and not any(row[place - 1].start < edge <= atom.start for edge in edges):
            groups[-1].append(place)
        else:
            groups.append([place])
    starts = [group[0] - (group[0] > 0 and row[group[0] - 1].text in ("не", "без")) for group in groups]
    return tuple(
        spelling[row[start].start : row[group[-1]].end] for start, group in zip(starts, groups, strict=True)
    )


def _tells(span: Span, row: Sequence[Atom], taken: Collection[int], spelling: str) -> bool:
    inside = [place for place, atom in enumerate(row) if span[0] <= atom.start < span[1]]
    holds = any(place in taken or row[place].number for place in inside)
    return not holds and is_story(spelling[slice(*span)])


def _may_be_wanted(atom: Atom, *, led: bool) -> bool:
    """A noun, an adjective or a number: no pronoun in the shape of one, and no person but where a preposition
    leads to it («с люком» is no Люк).
    """
    if atom.text.isalpha() and not atom.text.isascii() and not is_known(atom.text):
        return len(atom.text) > 1
    tags = grammemes(atom.text)
    person = not led and ("anim" in tags or "Name" in tags)
    return part_of_speech(atom.text) in _PROPERTIES and not (
        is_service(atom.text) or "Apro" in tags or person
    )
