"""The words that the questions to one salon are made of.

Knows names of its stock and of its vocabulary in every spelling, and the words of its FAQ; how each of them
sounds. Refuses to know what a hand or a keyboard makes of a word (`slips.py`, `other_letters.py`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cached_property
from itertools import islice

from assistants.showroom.language.lexicon import Lexicon
from assistants.showroom.language.naming import spellings
from assistants.showroom.language.phrases import FILLER
from core.disguise import skeleton, skeletons_of_latin
from core.knowledge import Knowledge
from core.russian import is_known, words

RUSSIAN = re.compile("[а-яё]+")
LONGEST_WORD, READINGS = 24, 24
"""A word of more letters is none; of its readings so many are looked up."""


class SalonWords:
    """Made once for a vocabulary, a stock and a knowledge document."""

    def __init__(self, lexicon: Lexicon, knowledge: Knowledge | None) -> None:
        self.lexicon, self._knowledge = lexicon, knowledge

    def is_word(self, word: str) -> bool:
        """Of Russian, or of the salon."""
        return is_known(word) or self.names_it(word) or word in self.usual

    def names_it(self, word: str) -> bool:
        """Whether it is a name, or stands in one."""
        return word in self.stock_atoms or any(index.knows(word) for index in self.lexicon.names.values())

    def used_by_sound(self, latin: str) -> str | None:
        """The word used here that a Latin spelling may stand for, what visitors ask before the rest."""
        return _by_bones(latin, self._used_bones)

    def name_by_sound(self, latin: str) -> str | None:
        """The same for Russian names of one word."""
        return _by_bones(latin, self._name_bones)

    def used(self) -> Iterator[str]:
        """What visitors ask, as the FAQ has it, before names."""
        source = self._knowledge.source if self._knowledge is not None else None
        asked = [question for passage in source.passages for question in passage.questions] if source else []
        said = [phrase for talk in source.small_talk for phrase in talk.phrases] if source else []
        yield from ("есть", "сколько", "стоит", "цена", "какие")
        yield from (word for text in (*asked, *said) for word in words(text))
        yield from sorted(FILLER)
        yield from self._name_bones.values()

    @cached_property
    def usual(self) -> frozenset[str]:
        """The words used here."""
        return frozenset(self.used())

    @cached_property
    def stock_atoms(self) -> frozenset[str]:
        """Of the names of the models."""
        return frozenset(atom for row in self.lexicon.models.values() for atom in row if atom.isalpha())

    @cached_property
    def short_names(self) -> frozenset[str]:
        """Latin names that letters may spell, and their Cyrillic look-alikes."""
        names = {atom for atom in self.stock_atoms if 1 < len(atom) <= 5}
        for index in self.lexicon.names.values():
            names |= {row[0] for row, _ in index.names() if len(row) == 1 and 2 < len(row[0]) <= 5}
        for index in (self.lexicon.names["class"], self.lexicon.names["hint"]):
            names |= {
                atom for row, _ in index.names() for atom in row if atom.isalpha() and len(atom) in (2, 3)
            }
        return frozenset(form for name in names if name.isascii() for form in spellings(name))

    @cached_property
    def _used_bones(self) -> dict[str, str]:
        return {skeleton(word): word for word in reversed([*self.used()]) if RUSSIAN.fullmatch(word)}

    @cached_property
    def _name_bones(self) -> dict[str, str]:
        return {
            skeleton(row[0]): row[0]
            for index in self.lexicon.names.values()
            for row, _ in index.names()
            if len(row) == 1 and len(row[0]) > 3 and RUSSIAN.fullmatch(row[0])
        }


def _by_bones(latin: str, known: Mapping[str, str]) -> str | None:
    bones = islice(skeletons_of_latin(latin), READINGS)
    return next((known[bone] for bone in bones if bone in known), None)
