"""Names with a slip of the hand («гелендвагин»), in the other layout or in Latin letters, and words by ear.

Knows which name of the salon a word is near to. Refuses to know words of Russian: they stand as they are.
A long message is looked up in part, so that it costs what a short one does.
"""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cached_property

from assistants.showroom.language.closing_letters import closing_letter
from assistants.showroom.language.dictated import edited
from assistants.showroom.language.naming import spellings, within
from assistants.showroom.language.phrases import COLLOQUIAL, MISSPELLED
from assistants.showroom.language.salon_words import LONGEST_WORD, RUSSIAN, SalonWords
from assistants.showroom.language.sounding import Sounding, as_taught
from core.keyboard import typed_in_latin
from core.russian import inflections, is_known, normalise, part_of_speech

_WORD = re.compile(r"[^\W\d_]+")
_LOOKED_UP = 16
_FUZZY, _TWO_SLIPS, _EDGE = 6, 9, 3
_LEAST_DROPPED = 4  # of a shorter name too little is left: «кпе»

# Words of these kinds are ordinary ones, with ordinary neighbours: «двухцветный» is no «двухдверный».
_PLAIN_KINDS = frozenset({"body", "color", "fuel", "feature", "word"})


class Slips:
    def __init__(self, salon: SalonWords) -> None:
        self._salon, self._names = salon, salon.lexicon.names

    def mended(self, text: str) -> str:
        """The text with the names that were meant."""
        edits, before, end, looked_up = [], "", 0, 0
        for match in _WORD.finditer(text):
            word = normalise(match.group())
            if 2 < len(word) <= LONGEST_WORD and not is_known(word) and looked_up < _LOOKED_UP:
                looked_up += 1
                name = self._name_of(word, before if match.start() - end <= 1 else "")
                if name is not None and name != word:
                    edits.append((*match.span(), name))
                    if typed_in_latin(word) == name.lower():
                        edits += closing_letter(text, match.end())
            before, end = word, match.end()
        return edited(text, edits)

    def nearest(self, word: str) -> str | None:
        """The name that differs by a slip, or two in a long one; None where different things are as near."""
        near = {*self._by_edge.get("<" + word[:_EDGE], ()), *self._by_edge.get(">" + word[-_EDGE:], ())}
        for slips in (1, 2) if len(word) >= _TWO_SLIPS else (1,):
            if slips > 1:
                near = {name for name in near if not _PLAIN_KINDS & {kind for kind, _ in self._forms[name]}}
            names = [name for name in near if within(word, name, slips) and not _undoes(word, name)]
            if names:
                same = frozenset.intersection(*(frozenset(self._forms[name]) for name in names))
                return min(names, key=lambda name: (len(name), name)) if same else None
        return None

    def _name_of(self, word: str, before: str) -> str | None:
        seconds = self._seconds.get(before, frozenset())
        if word in seconds:
            return None
        spelled = as_taught(word)
        if spelled != word and self._salon.names_it(spelled):
            return spelled
        second = next((name for name in sorted(seconds) if within(word, name, 1)), None)
        if second is not None or self._salon.names_it(word):
            return second
        latin = word if word.isascii() else typed_in_latin(word)
        if latin != word and latin in self._salon.short_names:
            return latin.upper()
        name = self._salon.name_by_sound(latin) if len(latin) > 3 and latin.isalpha() else None
        name = name or self._sounding.written(spelled) or self._struck(word)
        return name or (self.nearest(word) if len(word) >= _FUZZY else self._dropped.get(word))

    def _struck(self, word: str) -> str | None:
        """Of a key struck twice («ешшка», «белыйй») or two struck in turns («элекртический») the name."""
        twice = (word[:at] + word[at + 1 :] for at in range(1, len(word)) if word[at] == word[at - 1])
        turned = (
            word[:at] + word[at + 1] + word[at] + word[at + 2 :]
            for at in range(1, len(word) - 1)
            if len(word) >= _FUZZY
        )
        return next(
            (name for name in (*twice, *turned) if len(name) > 3 and self._salon.names_it(name)), None
        )

    @cached_property
    def _dropped(self) -> dict[str, str]:
        """Short names of bodies, colours and fuels without one of the letters inside («седн») -> the name;
        none where two things are as near.
        """
        near: dict[str, dict[str, set[tuple[str, str]]]] = defaultdict(dict)
        for kind in ("body", "color", "fuel"):
            for row, terms in self._names[kind].names():
                named = {(term.kind, term.id) for term in terms}
                for form in spellings(row[0]) if len(row) == 1 and RUSSIAN.fullmatch(row[0]) else ():
                    for at in range(1, len(form) - 1) if len(form) > _LEAST_DROPPED else ():
                        near[form[:at] + form[at + 1 :]].setdefault(form, set()).update(named)
        return {
            word: min(forms, key=lambda name: (len(name), name))
            for word, forms in near.items()
            if not is_known(word) and len(set().union(*forms.values())) == 1
        }

    @cached_property
    def _sounding(self) -> Sounding:
        plain = (row for kind in _PLAIN_KINDS - {"word"} for row, _ in self._names[kind].names())
        spelled = (form for row in plain if len(row) == 1 for form in spellings(row[0]))
        used = [*self._salon.used(), *spelled, *(form for word in MISSPELLED for form in inflections(word))]
        designating = [names for kind, names in self._names.items() if kind not in _PLAIN_KINDS]
        return Sounding(
            (
                word for word in used
                if RUSSIAN.fullmatch(word) and not any(names.knows(word) for names in designating)
            ),
            COLLOQUIAL,
        )  # fmt: skip

    @cached_property
    def _forms(self) -> dict[str, set[tuple[str, str]]]:
        """Every spelling of every longer atom of a name -> what it names."""
        forms: dict[str, set[tuple[str, str]]] = defaultdict(set)
        for index in self._names.values():
            for row, terms in index.names():
                for form in (form for atom in row for form in spellings(atom) if len(form) >= _FUZZY):
                    forms[form].update((term.kind, term.id) for term in terms)
        for atom in self._salon.stock_atoms:
            if len(atom) >= _FUZZY:
                forms[atom].add(("model", atom))
        for word in MISSPELLED:
            for form in (form for form in inflections(word) if len(form) >= _FUZZY):
                forms[form].add(("word", word))
        return forms

    @cached_property
    def _by_edge(self) -> dict[str, list[str]]:
        """Spellings by their first and by their last letters: a slip leaves one of the two whole."""
        edges: dict[str, list[str]] = defaultdict(list)
        for form in self._forms:
            edges["<" + form[:_EDGE]].append(form)
            edges[">" + form[-_EDGE:]].append(form)
        return edges

    @cached_property
    def _seconds(self) -> dict[str, frozenset[str]]:
        """First words of names of two («G-Wagen») -> their long second words."""
        seconds: dict[str, set[str]] = defaultdict(set)
        for index in self._names.values():
            for row, _ in index.names():
                if len(row) == 2 and len(row[0]) < 4 and len(row[1]) > 4:
                    for first in spellings(row[0]):
                        seconds[first] |= spellings(row[1])
        return {first: frozenset(names) for first, names in seconds.items()}


def _undoes(word: str, name: str) -> bool:
    """«Некатанный» is no slip of «накатанный», «немайбахов» none of «майбахов»: what is not so is denied."""
    denies = word.startswith("не") and not name.startswith("не")
    itself = name.startswith(word[2 : 2 + _EDGE])
    return denies and (itself or part_of_speech(word) in ("ADJF", "ADJS", "PRTF", "PRTS"))
