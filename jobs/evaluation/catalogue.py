"""Which cars of a stock a piece of text may mean: by model, class, colour, body, fuel, year, mileage, price.

Reads by the stock's own values, token by token, and knows nothing of the platform's vocabulary and its
morphology: what the platform understands wrongly must not be found right here. Refuses to know what is
claimed of a car.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from core.facts import Car
from jobs.evaluation.amounts import KM, RUB, YEAR, Number, numbers, plain
from jobs.evaluation.stocks import Stock

_TOKEN = re.compile(r"[^\W\d_]+|\d+")
_NO_MILEAGE = re.compile(r"без пробега|\bнов(?:ый|ая|ое|ые|ого|ой|ых)\b")
# «Цвет — не белый» is the colour of no car.
_DENIED_VALUE = re.compile(r"\bне [^\W\d_]+", re.IGNORECASE)
_CLASS_WORDS = frozenset({"class", "класс", "klasse"})
_SHARED_LETTERS = 4
_MOST_KEPT = 20_000
"""Answers say the same cars over and over."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A model as a text names it; `models` are those of the stock that it may be."""

    start: int
    end: int
    models: frozenset[str]


@dataclass(frozen=True, slots=True)
class Atom:
    text: str
    start: int
    end: int


@lru_cache(maxsize=_MOST_KEPT)
def atoms(text: str) -> tuple[Atom, ...]:
    return tuple(Atom(match.group(), *match.span()) for match in _TOKEN.finditer(plain(text)))


@dataclass(frozen=True)
class Meant:
    """What a piece of text says of cars. `cars` hold every constraint in it, `like` all but those in
    numbers, `named` its model's or class's alone.

    `by` says which constraints the text has: model, class, color, body, fuel, year, mileage, price.
    """

    mentions: tuple[Mention, ...]
    named: tuple[Car, ...]
    like: tuple[Car, ...]
    cars: tuple[Car, ...]
    by: frozenset[str]
    found: tuple[Number, ...]


class Catalogue:
    """The values of one stock, ready to be found in a text."""

    def __init__(self, stock: Stock) -> None:
        self.cars = stock.cars
        self._models = {
            model: [atom.text for atom in atoms(model)] for model in {c.model for c in stock.cars}
        }
        self._classes = {name: _class_atoms(name) for name in {c.class_name for c in stock.cars}}
        self._by_word: dict[str, list[str]] = {}
        for model, name in self._models.items():
            for word in dict.fromkeys(name):
                self._by_word.setdefault(word, []).append(model)
        self._meant: dict[str, Meant] = {}

    @cached_property
    def models(self) -> frozenset[str]:
        return frozenset(self._models)

    def mentions(self, text: str) -> list[Mention]:
        """The models that a text names, longest names first where they overlap."""
        row = atoms(text)
        found = []
        at = 0
        while at < len(row):
            reach, models = self._longest(row, at)
            if reach:
                found.append(Mention(row[at].start, row[at + reach - 1].end, models))
            at += max(1, reach)
        return found

    def _longest(self, row: Sequence[Atom], at: int) -> tuple[int, frozenset[str]]:
        best, models = 0, set[str]()
        for model in self._by_word.get(row[at].text, ()):
            reach = _reach(row, at, self._models[model])
            if reach > best:
                best, models = reach, {model}
            elif reach and reach == best:
                models.add(model)
        return best, frozenset(models)

    def classes(self, text: str) -> frozenset[str]:
        """The classes that a text names, by the stock's own names for them."""
        said = [atom.text for atom in atoms(text)]
        named = {name: parts for name, parts in self._classes.items() if _contains(said, parts)}
        return frozenset(  # «GLE Coupé» is not said to be a GLE, too
            name
            for name, parts in named.items()
            if not any(len(other) > len(parts) and _contains(other, parts) for other in named.values())
        )

    def labelled(self, label: str) -> tuple[Car, ...]:
        """The cars with this very value («белый» is not «белый металлик»), or those that the label names."""
        said = plain(label)
        for attribute in ("color", "body", "fuel", "model", "class_name"):
            exact = tuple(car for car in self.cars if plain(getattr(car, attribute)) == said)
            if exact:
                return exact
        meant = self.meant(label)
        return meant.cars if meant.by else ()

    def meant(self, text: str) -> Meant:
        """The cars that hold everything that the text says of one."""
        if text not in self._meant:
            self._meant[text] = self._read(text)
        return self._meant[text]

    def _read(self, text: str) -> Meant:
        mentions = self.mentions(text)
        outside = _without(text, mentions)
        models = frozenset().union(*(mention.models for mention in mentions))
        classes = self.classes(outside) if not models else frozenset()
        parts = self._name_parts(outside) if not models and not classes else frozenset()
        found = tuple(numbers(outside))
        tests: dict[str, Callable[[Car], bool]] = {}
        if models:
            tests["model"] = lambda car: car.model in models
        elif classes:
            tests["class"] = lambda car: car.class_name in classes
        elif parts:
            tests["class"] = lambda car: not parts.isdisjoint(_long_words(f"{car.model} {car.class_name}"))
        named = self._holding(tests.values())
        for attribute in ("color", "body", "fuel"):
            values = self._values(outside, attribute)
            if values:
                tests[attribute] = _one_of(attribute, values)
        like = self._holding(tests.values())
        tests.update(_number_tests(found, plain(outside)))
        return Meant(
            mentions=tuple(mentions),
            named=named,
            like=like,
            cars=self._holding(tests.values()),
            by=frozenset(tests),
            found=found,
        )

    def _name_parts(self, text: str) -> frozenset[str]:
        """«Maybach», «AMG»: a word of names that is no whole name."""
        return self._long_words_of_names & {atom.text for atom in atoms(text)}

    @cached_property
    def _long_words_of_names(self) -> frozenset[str]:
        names = {f"{car.model} {car.class_name}" for car in self.cars}
        return frozenset().union(*map(_long_words, names))

    def _holding(self, tests: Iterable[Callable[[Car], bool]]) -> tuple[Car, ...]:
        tests = tuple(tests)
        return tuple(car for car in self.cars if all(test(car) for test in tests))

    def _values(self, text: str, attribute: str) -> frozenset[str]:
        said = [atom.text for atom in atoms(_DENIED_VALUE.sub(" ", text))]
        known = {getattr(car, attribute) for car in self.cars}
        return frozenset(value for value in known if value and _names(said, value))


def _reach(row: Sequence[Atom], at: int, name: Sequence[str]) -> int:
    """How many tokens from `at` on are of the model's name, 0 where too few of them.

    A name may begin at any of its words («G 63» for «AMG G 63»), but has its first number in it. The
    letter that closes a name is none alone: «S-класс» names no «AMG GT S».
    """
    best = 0
    key = next((place for place, part in enumerate(name) if part.isdigit() and place), len(name) - 1)
    for begin in range(key + 1):
        if name[begin].isdigit() and begin:
            break
        length = 0
        while (
            at + length < len(row)
            and begin + length < len(name)
            and row[at + length].text == name[begin + length]
            and (length == 0 or row[at + length].start - row[at + length - 1].end <= 1)
        ):
            length += 1
        lone_letter = begin > 0 and length == 1 and len(name[begin]) == 1
        if length > key - begin and not lone_letter:
            best = max(best, length)
    return best


def _long_words(name: str) -> frozenset[str]:
    words = {atom.text for atom in atoms(name) if atom.text.isalpha() and len(atom.text) > 2}
    return frozenset(words - _CLASS_WORDS - {"matic"})


def _class_atoms(name: str) -> list[str]:
    parts = [atom.text for atom in atoms(name)]
    short = [part for part in parts if part not in _CLASS_WORDS]
    return short if short and len(short[0]) > 1 else parts


def _contains(said: Sequence[str], parts: Sequence[str]) -> bool:
    width = len(parts)
    wanted = [["class", "класс"] if part in _CLASS_WORDS else [part] for part in parts]
    return width > 0 and any(
        all(word in options for word, options in zip(said[at : at + width], wanted, strict=True))
        for at in range(len(said) - width + 1)
    )


def _without(text: str, mentions: Iterable[Mention]) -> str:
    """The text with its models blanked, so that their numbers are none of the answer's."""
    letters = list(text)
    for mention in mentions:
        letters[mention.start : mention.end] = " " * (mention.end - mention.start)
    return "".join(letters)


def _names(said: Sequence[str], value: str) -> bool:
    """Whether the words name the value: its first word, in any ending."""
    first = next((atom.text for atom in atoms(value)), "")
    return any(_same_word(word, first) for word in said)


def _same_word(word: str, other: str) -> bool:
    if word == other:
        return True
    shorter, longer = sorted((word, other), key=len)
    stem = max(3, min(len(longer) - 2, len(shorter) - 2))
    if len(longer) - len(shorter) > 2 or len(shorter) < _SHARED_LETTERS:
        return False
    return shorter[:stem] == longer[:stem]


def _one_of(attribute: str, values: frozenset[str]) -> Callable[[Car], bool]:
    return lambda car: getattr(car, attribute) in values


def _number_tests(found: Sequence[Number], spelling: str) -> Iterator[tuple[str, Callable[[Car], bool]]]:
    years = {number.value for number in found if number.unit == YEAR}
    prices = [number for number in found if number.unit == RUB]
    ways = {number.value for number in found if number.unit == KM}
    if years:
        yield "year", lambda car: car.year in years
    if prices:
        yield "price", lambda car: any(number.states(car.price_rub) for number in prices)
    if ways:
        yield "mileage", lambda car: car.mileage_km in ways
    elif _NO_MILEAGE.search(spelling):
        yield "mileage", lambda car: car.mileage_km == 0
