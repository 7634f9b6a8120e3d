"""Names of cars that neither the stock nor the vocabulary has: «Камри», «Vesta».

Knows when an unknown word beside a question about the stock is a car's name: it becomes absent instead of
being ignored. Refuses to know what is in stock instead.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import pairwise, takewhile

from assistants.showroom.desk.alternatives import alternatives
from assistants.showroom.language.leftovers import NUMBER_NOUN
from assistants.showroom.language.lexicon import Lexicon
from assistants.showroom.language.naming import atoms, spellings, within
from assistants.showroom.language.phrases import CAR_WORDS, FILLER
from assistants.showroom.language.reading import Reading, read
from assistants.showroom.language.wish import Wish
from core.knowledge import Knowledge
from core.quantities import quantities
from core.russian import grammemes, is_known, lemma, normalise, part_of_speech, words

# A class is called by so many letters; what has more is a line of its own.
_LETTERS = 4
# So few unknown letters («азс») are a word of everyday life more often than a car.
_LEAST_LETTERS = 3
_MOST_ADJECTIVES = 3
# What sets several cars apart from each other: between their names, or anywhere in the question.
_BETWEEN = re.compile(r"[,;:/?.]|\b(?:и|или|либо|а|да|с|сколько|есть|нет|от|до)\b")
_COMPARED = re.compile(
    r"\b(?:чем|vs|против|между|насколько|дешевле|дороже|новее|старше|сравн\w+|разниц\w*)\b"
)
# «Майбах есть S-класса?»: the word that asks has got between.
_ASKED_BETWEEN = re.compile(r"^ (?:есть|имеется|бывает)(?: ли)?(?: у вас| в наличии| сейчас)* $")
# «А-класс с мотором AMG» is one car.
_AND_ITS_ENGINE = re.compile(r"\bсо? (?:двигател|мотор|движк|силов\w+ агрегат)\w* (?:от )?$")
_TO_A_NUMBER = re.compile(r"(?: (?:чем|за))*\s*")
_OF_A_TRIM = frozenset({"премиум", "люкс", "комфорт", "стандарт", "базовый", "топ", "фулл"})
_OF_A_MAKE = frozenset({"марка", "бренд", "фирма", "производитель", "модель", "название"})
# «Меня зовут Олег» asks for no Олег.
_OF_A_PERSON = frozenset({"Name", "Surn", "Patr"})


@dataclass(frozen=True)
class UnknownNames:
    """The salon's words, and what its passages and FAQ speak of."""

    lexicon: Lexicon
    knowledge: Knowledge | None

    def recognised(self, question: str, reading: Reading) -> Reading:
        """The reading with such names in its wish, absent ones written as the visitor wrote them."""
        reading = self._with_names(question, reading)
        absent = tuple(_as_written(name, question) for name in reading.wish.absent)
        wish = reading.wish.model_copy(update={"absent": absent})
        if not self._sets_apart(normalise(question), reading):
            wish = self._one_name(wish)
        return replace(reading, wish=wish)

    def _one_name(self, wish: Wish) -> Wish:
        """Side by side, «Tesla Model S» and «GLC AMG» each name one car: nothing sets two cars apart."""
        options = alternatives(wish, self.lexicon)
        lines = [name for name in wish.classes if len(name) > _LETTERS and name.isalpha()]
        if len(wish.absent) == 1 == len(lines) == len(wish.classes) and not wish.models:  # «GLS 600 майбах»
            said = " ".join((*self.lexicon.label("class", lines), *wish.absent))
            return wish.without("classes", "words").model_copy(update={"absent": (said,)})
        if wish.absent and not all(option.absent for option in options):
            return wish.without("classes", "models", "words")
        numbered = tuple(run for run in wish.models if any(part.isdigit() for part in run.split()))
        if len(numbered) == 1 < len(wish.models):  # «GT 43 AMG»
            rest = tuple(run for run in wish.models if run not in numbered)
            return wish.model_copy(update={"models": numbered, "words": (*rest, *wish.words)})
        if wish.models and not all(option.models for option in options):
            return wish.without("models").model_copy(update={"words": (*wish.models, *wish.words)})
        if len(wish.classes) > 1 and any(len(name) > _LETTERS for name in wish.classes):
            return self._of_both_classes(wish)
        return wish

    def _sets_apart(self, spelling: str, reading: Reading) -> bool:
        """Whether something says that the cars named are several."""
        strangers = self.lexicon.names["other"].find(reading.row)
        places = {*reading.car_places, *(at for each in strangers for at in range(each.start, each.end))}
        cars = [reading.row[place] for place in sorted(places)]
        between = [spelling[left.end : right.start] for left, right in pairwise(cars)]
        between = [_AND_ITS_ENGINE.sub("", each) for each in between]
        return _is_compared(spelling) or any(
            _BETWEEN.search(each) and not _ASKED_BETWEEN.match(each) for each in between
        )

    def _of_both_classes(self, wish: Wish) -> Wish:
        """«Майбах GLS»: a line of cars and a class name one car, not two."""
        bare, models = wish.without("classes"), self.lexicon.models
        both = [
            " ".join(models[car.model])
            for car in self.lexicon.cars
            if all(
                name in self.lexicon.profiles[car.vin]["class"] or name.lower() in models[car.model]
                for name in wish.classes
            )
        ]
        if both:
            return bare.model_copy(update={"models": tuple(dict.fromkeys(both))})
        said = " ".join(self.lexicon.label("class", wish.classes))
        return bare.model_copy(update={"absent": (said,)})

    def _with_names(self, question: str, reading: Reading) -> Reading:
        if self._brand_is_absent(reading.wish):
            rest = tuple(
                word
                for word in reading.residue
                if not (word.isdigit() or self._is_name(word, question) or len(word) < 2)
            )
            return replace(reading, residue=rest, unheld=())
        if reading.wish.absent and all(each.absent for each in alternatives(reading.wish, self.lexicon)):
            rest = tuple(word for word in reading.residue if not word.isdigit())
            return replace(reading, residue=rest, unheld=())
        ours = (
            set(reading.wish.brands) <= self.lexicon.own_brands
        )  # «Мерседес Спринтер» is no Mercedes at all
        named = (reading.wish.without("brands") if ours else reading.wish).names_a_car
        if not (reading.about_stock or reading.cars_meant) or named:
            return reading
        names = (word for word in reading.residue if self._is_name(word, question))
        strange = tuple(word for word in names if not (is_known(word) and _OF_A_PERSON & grammemes(word)))
        if not strange:
            return reading
        together = " ".join(strange)
        adjacent = together in normalise(question)
        wish = reading.wish.model_copy(update={"absent": (together,) if adjacent else strange})
        rest = tuple(word for word in reading.residue if word not in strange)
        return replace(reading, wish=wish, residue=rest, about_stock=True)

    def _brand_is_absent(self, wish: Wish) -> bool:
        """Whether a brand is named that no car of the stock has: what stands beside it is its model's
        name.
        """
        stocked = frozenset().union(*(profile["brand"] for profile in self.lexicon.profiles.values()))
        return bool(wish.brands) and not stocked & set(wish.brands)

    def _is_name(self, word: str, question: str) -> bool:
        """Whether an unknown word may be a car's name: a noun that no preposition leads to."""
        if (
            word in _OF_A_TRIM
            or word.isdigit()
            or len(word) < 2
            or self._is_topical(word)
            or NUMBER_NOUN.match(word)
        ):
            return False
        led_to = re.search(rf"\b(?:через|из|от|для|под|с|в|к|без)\s+{re.escape(word)}\b", normalise(question))
        if led_to or part_of_speech(word) not in ("NOUN", "LATN", "") or _is_of_a_creature(word, question):
            return False
        if word.isascii():
            return True
        if _is_beside_a_car(word, question):
            return False
        if not is_known(word):
            return len(word) > _LEAST_LETTERS and not self._resembles_ours(word)
        capital = re.compile(rf"(?<![.!?…]\s)(?<!^)\b{re.escape(word[0].upper())}\w*")
        return any(normalise(match.group()) == word for match in capital.finditer(question))

    def _resembles_ours(self, word: str) -> bool:
        """Whether it may be one of the salon's own names or an ordinary word, badly written: of such nobody
        says that it is not there.
        """
        if any(within(word, ordinary, 1) for ordinary in FILLER if len(ordinary) > 3):
            return True
        return any(
            form[0] == word[0] and within(word, form, 2 if len(form) > 5 else 1)
            for kind in ("class", "body", "color", "fuel")
            for row, _ in self.lexicon.names[kind].names()
            if len(row) == 1 and len(row[0]) > 3
            for form in spellings(row[0])
        )

    def _is_topical(self, word: str) -> bool:
        """Whether the passages and FAQ speak of it."""
        return self.knowledge is not None and lemma(word) in self.knowledge.lemmas


def _is_beside_a_car(word: str, question: str) -> bool:
    """«Какой скидос на машины», not «машины марки Зеекр»: what is asked for is called a car already."""
    said = [each for each in words(question) if lemma(each) not in _OF_A_MAKE]
    cars = [place for place, each in enumerate(said) if lemma(each) in CAR_WORDS]
    return bool(cars) and not any(said[max(0, place - 1) : place + 2].count(word) for place in cars)


def _is_of_a_creature(word: str, question: str) -> bool:
    """«Собака бернский зенненхунд», «сын Ярополк»: a person or an animal is called so."""
    said = words(question)
    for place in (at for at, each in enumerate(said) if each == word):
        before = [each for each in said[:place] if part_of_speech(each) != "ADJF"][-1:]
        adjectives = takewhile(lambda each: part_of_speech(each) == "ADJF", reversed(said[:place]))
        near = len(list(adjectives)) < _MOST_ADJECTIVES
        if near and any(is_known(each) and {"anim", "NOUN", "nomn"} <= grammemes(each) for each in before):
            return True
    return False


def read_wish(text: str, lexicon: Lexicon, this_year: int) -> Wish:
    """What a piece of a question wishes for, with names that only go together: «майбах GLS»."""
    return UnknownNames(lexicon, None).recognised(text, read(text, lexicon, this_year)).wish


def _as_written(name: str, question: str) -> str:
    """The name as it stands in the question («LADA Vesta»), or unchanged where it does not."""
    pattern = r"[\s\-]*".join(re.escape(atom.text) for atom in atoms(name))
    match = re.search(rf"(?<!\w){pattern}(?!\w)", question, re.IGNORECASE) if pattern else None
    return match.group() if match else name


def _is_compared(spelling: str) -> bool:
    """«AMG не дороже 5 млн» is held against a number, and not against another car."""
    numbers = {number.start for number in quantities(spelling)}
    sides = (_TO_A_NUMBER.match(spelling, match.end()) for match in _COMPARED.finditer(spelling))
    return any(side is not None and side.end() not in numbers for side in sides)
