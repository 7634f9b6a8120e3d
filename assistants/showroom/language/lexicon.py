"""The words of one salon: its vocabulary joined with the values of the current stock.

Knows which words name which class, model, body, colour, fuel or brand, in any case form, in Cyrillic and in
Latin, and which cars each of them means. Refuses to know questions: it only offers the names to look for.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any

from assistants.showroom.language.naming import (
    Mention,
    PhraseIndex,
    Term,
    atoms,
    declined,
    name_parts,
    place_of,
    sounds_like,
    spellings,
)
from assistants.showroom.language.nicknames import diminutives, nicknames
from assistants.showroom.language.shades import says, says_more, with_shades
from core.facts import Car, Snapshot
from core.russian import inflections, normalise

_GENERIC = frozenset({"класс", "class", "klasse"})
_KINDS = {
    "model_class": "class",
    "body": "body",
    "color": "color",
    "fuel": "fuel",
    "brand": "brand",
    "feature": "feature",
    "other_model": "other",
    "option": "option",
}
_SHADED = ("body", "color")


class Lexicon:
    """Vocabulary and stock joined: `names` to look for, `profiles` of the terms that each car (VIN) is.

    `rows` are the cars as the stock has them, `cars` the same as they are said aloud. `codes` are the factory
    codes of generations: «s213» is («универсал», «E-класс»), the class last.
    """

    def __init__(self, vocabulary: Mapping[str, list[dict[str, Any]]], snapshot: Snapshot | None) -> None:
        self._vocabulary = vocabulary
        self._values: dict[str, PhraseIndex] = defaultdict(PhraseIndex)
        self.names: dict[str, PhraseIndex] = defaultdict(PhraseIndex)
        self.shown: dict[tuple[str, str], str] = {}
        self.near: dict[tuple[str, str], str] = {}
        self.codes: dict[str, tuple[str, ...]] = {}
        self.rows = {car.vin: car for car in snapshot.cars} if snapshot is not None else {}
        self._read_vocabulary()
        self.profiles: dict[str, dict[str, frozenset[str]]] = {}
        self._profiles_by_values: dict[tuple[str, ...], dict[str, frozenset[str]]] = {}
        for car in self.rows.values():
            self.profiles[car.vin] = self._profile(car)
        self.cars = tuple(self._spoken(car) for car in self.rows.values())
        self._others_lines: dict[str, frozenset[str]] = {}

    def _read_vocabulary(self) -> None:
        ids = [str(entry["id"]) for entry in self._vocabulary.get("model_class", ()) if "id" in entry]
        for table, kind in _KINDS.items():
            held = frozenset(str(getattr(car, kind)) for car in self.rows.values() if kind in _SHADED)
            for entry, head in with_shades(self._vocabulary.get(table, []), held):
                shown = str(entry.get("shown") or entry["id"])
                term = Term(kind, str(entry.get("id") or shown), shown)
                self.shown[kind, term.id] = shown
                self.near[kind, term.id] = head
                own = term.id if kind in ("class", "option") else shown
                for name in (*entry.get("names", ()), shown, own):
                    if kind == "class" and is_designation(name):
                        self.names["hint"].add(name, Term("hint", term.id, name))
                    else:
                        self.names[kind].add(name, term)
                    for small in diminutives(kind, name):
                        self.names[kind].add(small, term)
                if kind == "class":
                    for name in (*nicknames(term.id, ids), *entry.get("codes", ())):
                        self.names[kind].add(name, term)
                for code in map(str.lower, entry.get("codes", ())):
                    self.codes[code] = (shown, *self.codes.get(code, ()))
                for value in (*entry.get("values", ()), *entry.get("names", ()), shown):
                    self._values[kind].add(value, term)

    def _profile(self, car: Car) -> dict[str, frozenset[str]]:
        values = (car.class_name, car.model, car.body, car.color, car.fuel)
        if values not in self._profiles_by_values:
            classes = self._class_ids(car)
            others = self.names["other"].find(atoms(f"{car.class_name} {car.model}"))
            ours = all(mention.term.id in self._own_models for mention in others)
            brands = self._known_ids("brand", f"{car.class_name} {car.model}")
            self._profiles_by_values[values] = {
                "class": classes,
                "body": self._value_ids("body", car.body) | self._known_ids("body", car.model),
                "color": self._value_ids("color", car.color),
                "fuel": self._value_ids("fuel", car.fuel),
                "brand": brands or (self.own_brands if ours else frozenset()),
                "feature": self._features(car.model, classes),
            }
        return self._profiles_by_values[values]

    def features_of(self, model: str) -> frozenset[str]:
        """Those of a model that no car need be of."""
        return self._features(model, self._hinted_class(model))

    def _features(self, model: str, classes: frozenset[str]) -> frozenset[str]:
        """Those that stand in the model's name, and those that are the lack of one («задний привод»)."""
        own = self._known_ids("feature", model)
        lacked = (
            str(entry["id"])
            for entry in self._vocabulary.get("feature", ())
            if "lacks" in entry and entry["lacks"] not in own and not classes & set(entry.get("never", ()))
        )
        return own | frozenset(lacked)

    def _spoken(self, car: Car) -> Car:
        """The car as it is said aloud: values that the database keeps in Latin («Petrol») in the salon's
        words, where the vocabulary has one word for each.
        """
        words = {}
        for kind, value in (("body", car.body), ("color", car.color), ("fuel", car.fuel)):
            known = self._known_ids(kind, value)
            if value.isascii() and len(known) == 1:
                words[kind] = self.shown[kind, next(iter(known))]
        return car.model_copy(update=words)

    def _known_ids(self, kind: str, text: str) -> frozenset[str]:
        return frozenset(mention.term.id for mention in self._values[kind].find(atoms(text)))

    def _value_ids(self, kind: str, text: str) -> frozenset[str]:
        """All that the value says («тёмно-синий» is «синий», too); where it says more, itself as a term."""
        row = atoms(text)
        known = says(self._values[kind], row) if kind in _SHADED else {}
        ids = self._known_ids(kind, text).union(*known.values())
        if not row or (ids and not (known and says_more(row, known))):
            return ids
        term = Term(kind, "=" + normalise(text).strip(), text.strip())
        self.shown[kind, term.id] = term.shown
        self.near[kind, term.id] = next((self.near[kind, name] for name in sorted(ids)), term.id)
        self.names[kind].add(text, term)
        return ids | {term.id}

    def _class_ids(self, car: Car) -> frozenset[str]:
        found = _first_ids(self._values["class"].find(atoms(car.class_name)))
        if not found:
            entries = self._vocabulary.get("model_class", ())
            found = frozenset(str(e["id"]) for e in entries if _bare(str(e["id"])) == _bare(car.class_name))
        if not found:
            found = self._value_ids("class", car.class_name) | self._hinted_class(car.model)
            self._add_bare_class(car.class_name)
        return found | self._longest_class(car.model)

    def _add_bare_class(self, class_name: str) -> None:
        bare = _bare(class_name).split()
        term = Term("class", "=" + normalise(class_name).strip(), class_name.strip())
        lone = len("".join(bare)) == 1
        for name in (f"{bare[0]}-класс", f"класс {bare[0]}") if lone else filter(None, (" ".join(bare),)):
            self.names["class"].add(name, term)

    def _hinted_class(self, model: str) -> frozenset[str]:
        """The class whose designations the vocabulary lists («C 180» is a C), for stocks with odd classes."""
        return frozenset(mention.term.id for mention in self.names["hint"].find(atoms(model)))

    def _longest_class(self, model: str) -> frozenset[str]:
        """The class that a model's own name carries («Maybach S 580» is a Maybach), if any."""
        return _first_ids(self.names["class"].find(atoms(model)))

    @cached_property
    def models(self) -> dict[str, tuple[str, ...]]:
        """Every model of the stock -> its atoms, brand words taken off where all cars share them."""
        return {car.model: name_parts(car.model) for car in self.cars}

    @cached_property
    def model_atoms(self) -> dict[str, frozenset[str]]:
        """Every spelling of every atom of the models -> the atoms it may stand for."""
        table: dict[str, set[str]] = defaultdict(set)
        for row in self.models.values():
            for atom in row:
                for form in spellings(atom):
                    table[form].add(atom)
                for name in nicknames(atom):
                    if name.isalpha():
                        for form in (*inflections(name), *declined(name)):
                            table[form].add(atom)
        return {form: frozenset(options) for form, options in table.items()}

    @cached_property
    def model_words(self) -> tuple[str, ...]:
        """Longer Latin words of the models, which may be written by ear."""
        return tuple(
            {atom for row in self.models.values() for atom in row if len(atom) >= 4 and atom.isalpha()}
        )

    def as_model_atoms(self, said: str) -> frozenset[str]:
        """Atoms of the stock's models that a visitor's atom may stand for."""
        known = self.model_atoms.get(said, frozenset())
        if known or said.isdigit():
            return known
        return frozenset(word for word in self.model_words if sounds_like(said, word))

    @cached_property
    def own_brands(self) -> frozenset[str]:
        """Brands that the vocabulary calls the salon's own."""
        return frozenset(str(entry["id"]) for entry in self._vocabulary.get("brand", ()) if entry.get("own"))

    @cached_property
    def _own_models(self) -> frozenset[str]:
        """Models of the salon's own brand that it does not sell."""
        entries = self._vocabulary.get("other_model", ())
        return frozenset(str(entry.get("id") or entry["shown"]) for entry in entries if entry.get("own"))

    @cached_property
    def _brand_atoms(self) -> frozenset[str]:
        names = (name for entry in self._vocabulary.get("brand", ()) for name in entry.get("names", ()))
        return frozenset(atom.text for name in names for atom in atoms(name))

    @cached_property
    def names_of_equipment(self) -> dict[str, tuple[tuple[str, ...], ...]]:
        """Every piece of equipment of the vocabulary by its id -> its names in their atoms."""
        found: dict[str, list[tuple[str, ...]]] = defaultdict(list)
        for name, terms in self.names["option"].names():
            for term in terms:
                found[term.id].append(name)
        return {thing: tuple(names) for thing, names in found.items()}

    def opens_a_model(self, run: str) -> bool:
        """Whether the run begins some model's name, brand words aside."""
        wanted = tuple(run.split())
        return any(
            parts[at : at + len(wanted)] == wanted and self._brand_atoms.issuperset(parts[:at])
            for parts in self.models.values()
            for at in range(len(parts))
        )

    def names_a_model(self, run: str) -> bool:
        """Whether the run says which model: it begins a model's name, or is letters with a number."""
        parts = run.split()
        designates = len(parts) > 1 and any(part.isdigit() for part in parts[1:]) and parts[0].isalpha()
        return designates or self.opens_a_model(run)

    def is_of_its_line(self, model: str, run: str) -> bool:
        """Whether a designation means this model: «S 560» is no Maybach S 560."""
        return model not in self._of_another_line(run)

    def _of_another_line(self, run: str) -> frozenset[str]:
        """The models that have the run behind a class's own name; of a run that begins with no class's name
        («4 matic») only where others bear it without.
        """
        if run not in self._others_lines:
            wanted = tuple(run.split())
            at = {model: place_of(wanted, parts) for model, parts in self.models.items()}
            behind = {
                model: self.names["class"].find(atoms(" ".join(self.models[model][:place])))
                for model, place in at.items() if place is not None
            }  # fmt: skip
            others = frozenset(model for model, classes in behind.items() if classes)
            of_a_class = any(self.names["class"].find_at(atoms(run), 0))
            self._others_lines[run] = others if of_a_class or len(others) < len(behind) else frozenset()
        return self._others_lines[run]

    def lines_of(self, run: str) -> frozenset[str]:
        """The classes in whose line alone there are models of this name: Maybach for «S 580»."""
        others = self._of_another_line(run)
        wanted = run.split()
        if not others or any(
            place_of(wanted, parts) is not None for model, parts in self.models.items() if model not in others
        ):
            return frozenset()
        return frozenset().union(*(self._longest_class(model) for model in others))

    def written(self, model: str, start: int, end: int) -> str:
        """The part of a model's name that some of its atoms cover, as the stock writes it."""
        row = atoms(model)
        if len(normalise(model)) != len(model):
            return " ".join(atom.text for atom in row[start:end]).upper()
        return model[row[start].start : row[end - 1].end]

    def label(self, kind: str, ids: Iterable[str]) -> list[str]:
        return [self.shown.get((kind, name), name.removeprefix("=")) for name in ids]


def _first_ids(mentions: Sequence[Mention]) -> frozenset[str]:
    """A «Mercedes-Maybach S-Class» is a Maybach."""
    return frozenset(mention.term.id for mention in mentions if mention.start == mentions[0].start)


def _bare(class_name: str) -> str:
    return " ".join(atom.text for atom in atoms(class_name) if atom.text not in _GENERIC)


def is_designation(name: str) -> bool:
    """«C 180» is a designation; «W206» (no space) is a chassis code, which names the class alone."""
    return bool(re.search(r"[A-Za-zА-Яа-я] \d{2,3}\b", name))
