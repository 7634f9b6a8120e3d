"""A visitor's question made ready for the rules, and read.

Knows in which order it is rewritten (stories, own cars, what is left out, what was taken back) and what of
the dialogue that takes. Refuses to know rows and how an answer is found (`stock_desk.py`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from assistants.showroom.desk.asking import Asking, without_purpose
from assistants.showroom.desk.averages import asked_again
from assistants.showroom.desk.calculations import with_limit
from assistants.showroom.desk.end_of_an_end import with_its_year
from assistants.showroom.desk.memory import Talk, chosen
from assistants.showroom.desk.plain_versions import of_plain_versions
from assistants.showroom.desk.quoted_prices import with_quoted_price
from assistants.showroom.desk.reckoning import without_operators
from assistants.showroom.desk.stock import select
from assistants.showroom.desk.unknown_names import UnknownNames
from assistants.showroom.language import phrases, requests
from assistants.showroom.language.advice import overruled
from assistants.showroom.language.asides import taken_back, without_own_car
from assistants.showroom.language.by_the_way import is_by_the_way
from assistants.showroom.language.coverage import denies
from assistants.showroom.language.dislikes import with_dislikes
from assistants.showroom.language.earmarked import put_by
from assistants.showroom.language.elliptic import completed
from assistants.showroom.language.idle_denials import idle_denials
from assistants.showroom.language.indices import with_class
from assistants.showroom.language.lexicon import Lexicon
from assistants.showroom.language.mentions import is_stray
from assistants.showroom.language.naming import atoms
from assistants.showroom.language.of_all import is_of_all
from assistants.showroom.language.plain_versions import with_plain_versions
from assistants.showroom.language.reactions import without_reactions
from assistants.showroom.language.reading import Reading, in_digits, read
from assistants.showroom.language.references import pointed_in
from assistants.showroom.language.second_reading import STRANGERS, clauses
from assistants.showroom.language.sorting import sorted_by
from assistants.showroom.language.spans import blanked
from assistants.showroom.language.stories import without_stories
from assistants.showroom.language.tellings import asks, pieces, tellings
from assistants.showroom.language.wish import Order
from core.knowledge import Knowledge
from core.quantities import quantities
from core.russian import grammemes, lemma, normalise, part_of_speech, words

_KINDS = ("class", "hint", "body", "color", "fuel", "brand", "other")
_ON_ANOTHER = re.compile(r"\W*(?:ну )?(?:а|и) (?:на|для|у|в)\b")


@dataclass(frozen=True)
class QuestionReader:
    """The salon's words, what is known beside the stock, and the year in which it is asked."""

    lexicon: Lexicon
    knowledge: Knowledge | None
    this_year: int
    _kept: dict[str, Reading] = field(default_factory=dict, init=False, repr=False, compare=False)

    def told(self, question: str) -> tuple[str, tuple[str, ...]]:
        """The question without what its visitor tells of himself and of cars that nobody asks for, and what
        was told so of criteria that the question itself does not set.
        """
        question, asides = self._without_tellings(self.without_reactions(question))
        return without_stories(question, self._names_something), asides

    def without_reactions(self, question: str) -> str:
        """The question without what its visitor says ahead of «а …» and names nothing in."""
        return without_reactions(question, self._names_something, lambda piece: bool(self._things(piece)))

    def without_asides(self, question: str) -> tuple[str, tuple[str, ...]]:
        """The question without the clauses that can set no criterion, and these; as it is where it has none,
        or where nothing would be asked any more.
        """
        spelling, idle = self._without_idle_denials(normalise(question))
        kept: list[str] = []
        left: list[str] = [*idle]
        for start, end in clauses(spelling):
            clause = spelling[start:end]
            row = atoms(clause)
            named = {
                kind
                for kind, names in self.lexicon.names.items()
                if any(not is_stray(row, mention) for mention in names.find(row))
            }
            aside = is_by_the_way(
                clause,
                names_a_criterion=bool(named.difference(STRANGERS)),
                names_a_stranger=bool(named.intersection(STRANGERS)),
            )
            (left if aside else kept).append(clause.strip(" .,;:!?()—–-") if aside else clause)
        rest = "".join(kept)
        asked = "?" in rest or asks(rest) or bool(left and self.reading(rest).wish.excluded)
        told = tuple(each for each in left if each and each not in phrases.FILLER)  # «пожалуйста»
        return (rest.strip(), told) if left and asked else (question, ())

    def _without_idle_denials(self, spelling: str) -> tuple[str, list[str]]:
        spans = idle_denials(spelling, [span for span, _ in self._things(spelling)])
        left = [spelling[slice(*span)] for span in spans]
        for start, end in reversed(spans):
            spelling = f"{spelling[:start].rstrip()} {spelling[end:].lstrip()}"
        return spelling, left

    def only_tells(self, text: str, beside: frozenset[str] = frozenset()) -> bool:
        """Whether nothing is asked: a car is told of, and that is all but for words of `beside`."""
        spelling = normalise(text)
        told = tellings(spelling, [span for span, _ in self._things(spelling)])
        return bool(told) and not {*words(blanked(spelling, *told))} - beside

    def without_doubts(self, question: str, doubts: Sequence[str]) -> str:
        """The question without the words that nobody understood. What a denial may reach goes with it: all
        behind it in its piece of the text, and what it says something of: «в седан не лезет».
        """
        spelling = normalise(question)
        things = [span for span, _ in self._things(spelling)]
        for clause in clauses(spelling):
            for piece in pieces(spelling, clause, things):
                for doubt in map(normalise, doubts):
                    spelling = blanked(spelling, _reach(spelling, piece, doubt))
        return " ".join(spelling.split())

    def _without_tellings(self, question: str) -> tuple[str, tuple[str, ...]]:
        spelling = normalise(question)
        if taken_back(spelling)[0]:  # «ой, я имела в виду коричневый»
            return question, ()
        things = self._things(spelling)
        told = overruled(spelling, things)
        told += [
            span for span in tellings(spelling, [span for span, _ in things])
            if not any(start < span[1] and span[0] < end for start, end in told)
        ]  # fmt: skip
        told.sort()
        if without_own_car(spelling) != spelling:  # what it is worth is said back by itself
            told = [span for span in told if not _names_a_sum(spelling[slice(*span)])]
        rest = question if len(spelling) == len(question) else spelling
        for start, end in reversed(told):
            rest = f"{rest[:start].rstrip()}, {rest[end:].lstrip()}"
        rest = rest.strip(" ,")
        if not told or not rest:
            return question, ()
        reading = self.reading(rest)
        if not (reading.wish.narrows or reading.about_stock or reading.relative):
            return question, ()
        within = [[kind for span, kind in things if start <= span[0] < end] for start, end in told]
        asked = {kind for span, kind in things if not any(start <= span[0] < end for start, end in told)}
        asides = tuple(
            spelling[start:end].strip(" .,;:!?()—–-")
            for (start, end), kinds in zip(told, within, strict=True) if {*kinds} - asked
        )  # fmt: skip
        return rest, asides

    def _cars_and_their_values(self, spelling: str, reading: Reading) -> list[tuple[int, int]]:
        """Where names of the stock stand, designations among them, and of cars that nobody sells here."""
        row = atoms(spelling)
        strangers = self.lexicon.names["other"].find(row)
        others = [(row[each.start].start, row[each.end - 1].end) for each in strangers]
        named = {reading.row[place].text for place in reading.car_places if not reading.row[place].number}
        models = [(atom.start, atom.end) for atom in row if atom.text in named]
        return sorted({*others, *models, *(span for span, _ in self._things(spelling))})

    def _things(self, spelling: str) -> list[tuple[tuple[int, int], str]]:
        """Where names of the stock stand, and of which kind they are."""
        row = atoms(spelling)
        return [
            ((row[mention.start].start, row[mention.end - 1].end), kind)
            for kind in _KINDS for mention in self.lexicon.names[kind].find(row) if not is_stray(row, mention)
        ]  # fmt: skip

    def read(self, question: str, talk: Talk) -> tuple[str, Reading, Talk]:
        """The question as it stands in its dialogue, how it reads, and the dialogue as it means it."""
        question = without_purpose(self._without_own_car(question))
        question = self._with_option(question, talk)
        question, talk = of_plain_versions(question, talk, self.lexicon, self.reading)
        question = asked_again(question, normalise(question), self.reading(question), talk)
        question = with_its_year(question, talk, self.lexicon, Asking(self.knowledge), self.reading)
        question, sorting = sorted_by(completed(question, talk.asked_last))
        question, talk = self._after_all(with_class(question, talk.asked_last, self.lexicon), talk)
        reading, spelling = self.reading(question), normalise(question)
        reading = without_operators(_in_order(with_limit(reading, spelling), sorting), spelling)
        return question, *_pointed_at(reading, spelling, self._of_a_side(reading, talk))

    def _of_a_side(self, reading: Reading, talk: Talk) -> Talk:
        """«Самый дешёвый из тех E 63» behind «жене GLB, мне E 63 2023 года»: the talk as one of that side."""
        named = reading.wish.named()
        side = next((side for side in talk.sides if side.named() == named), None)
        if side is None or not (reading.within and named.narrows):
            return talk
        shown = tuple(car.vin for car in select(side, self.lexicon).cars)
        return replace(talk, wish=side, shown=shown, picked=None, failed=None if shown else side)

    def reading(self, question: str) -> Reading:
        """The question as far as it was understood, with names of cars that nobody here sells."""
        if question not in self._kept:
            self._kept[question] = self._read_anew(question)
        return self._kept[question]

    def _read_anew(self, question: str) -> Reading:
        question = with_dislikes(with_plain_versions(question, self.lexicon), self.lexicon)
        question = in_digits(question, self.lexicon)
        reading = read(question, self.lexicon, self.this_year)
        known = UnknownNames(self.lexicon, self.knowledge).recognised(question, reading)
        names = {*reading.residue} - {*known.residue}
        spelling = normalise(question)
        wish = with_quoted_price(known.wish, spelling, self.lexicon)
        unread = tuple(each for each in known.unread if not names & {*words(each)})
        things = self._cars_and_their_values(spelling, reading) if known.residue else []
        asks_for_cars = bool(things) and requests.asks_for_cars(spelling, things, known.residue)
        return replace(known, wish=wish, unread=unread, asks_for_cars=asks_for_cars)

    def _with_option(self, question: str, talk: Talk) -> str:
        """«А на GLB 200?» behind the price of an option asks what it costs there."""
        if talk.option is None or not _ON_ANOTHER.match(normalise(question)):
            return question
        reading = self.reading(question)
        only = reading.wish.names_a_car and reading.wish == reading.wish.named() and not reading.residue
        return f"Сколько стоит {talk.option} {question}" if only else question

    def _without_own_car(self, question: str) -> str:
        """The request behind a word on the visitor's own car, where it says all by itself."""
        rest = without_own_car(normalise(question))
        if rest == normalise(question):
            return question
        if _puts_by(normalise(question).removesuffix(rest)):
            return question  # «Дачу продали, на машину отложили 10 миллионов. Нужен седан»
        reading = self.reading(rest)
        return rest if reading.wish.narrows and not reading.residue else question

    def _names_something(self, piece: str) -> bool:
        """Whether a piece of a question has a word of the stock's, a Latin one, or one of the FAQ's, or
        changes the subject.
        """
        if is_of_all(normalise(piece)):
            return True
        asked = self.knowledge.question_lemmas if self.knowledge is not None else frozenset()
        row = atoms(piece)
        if any(atom.latin for atom in row) or any(
            list(kind.find(row)) for kind in self.lexicon.names.values()
        ):
            return True
        said = [(lemma(atom.text), part_of_speech(atom.text)) for atom in row]
        return any(word in phrases.SERVICES or (word in asked and part == "NOUN") for word, part in said)

    def _after_all(self, question: str, talk: Talk) -> tuple[str, Talk]:
        """The question that stands after a part was taken back; that part counts as said before."""
        first, rest = taken_back(normalise(question))
        if not first:
            return (question if rest == normalise(question) else rest), talk
        wish = read(first, self.lexicon, self.this_year).wish
        return f"а {rest}", Talk(wish) if wish.narrows else talk


def _reach(spelling: str, piece: tuple[int, int], doubt: str) -> tuple[int, int]:
    """What of a piece goes with words that nobody understood; an empty span where they do not stand in it."""
    start, end = piece
    at = spelling.find(doubt, start, end)
    if at < 0:
        at = spelling.find(doubt, start)  # words that go on in the next piece
        if not start <= at < end:
            return start, start
    if not denies(doubt):
        return at, at + len(doubt)
    said = words(doubt)
    denied = said[1] if len(said) > 1 else ""  # «не лезет», «не предел мечтаний»: of what stands before
    predicate = part_of_speech(denied) == "VERB" or {"NOUN", "nomn"} <= grammemes(denied)
    return (start if predicate and not asks(spelling[start:at]) else at), end


def _pointed_at(reading: Reading, spelling: str, talk: Talk) -> tuple[Reading, Talk]:
    """«Второй в чёрном есть?» behind «G 400 d и G 500»: the talk as one of that car."""
    wish = reading.wish
    if not reading.pointed or not wish.narrows or wish.names_a_car or not pointed_in(spelling):
        return reading, talk
    one = chosen(talk, reading.pointed)
    if one is None:
        return reading, talk
    talk = replace(talk, wish=one, choices=talk.choices or talk.wish, failed=None)
    return replace(reading, follows=True, cars_meant=False), talk


def _in_order(reading: Reading, sorting: Order | None) -> Reading:
    if sorting is None:
        return reading
    return replace(reading, wish=reading.wish.model_copy(update={"sorting": sorting}), about_stock=True)


def _puts_by(text: str) -> bool:
    """Whether what is told of money says what a car may cost."""
    return _names_a_sum(text) and bool(put_by(text, priced=True))


def _names_a_sum(text: str) -> bool:
    driven = any(lemma(word) in phrases.MILEAGE for word in words(text))
    return not driven and any(number.scaled or number.unit == "rub" for number in quantities(text))
