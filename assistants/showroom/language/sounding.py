"""Words that are spelled as they sound: «интирисует», «пажалуста», «скажыте», «дишовая».

Knows which Russian letters sound alike where no stress falls, at the end of a word and beside others, and
finds of the words that are used here the one that sounds so. Refuses to know meanings, and names of cars: a
designation is not spelled by ear.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping

from core.russian import lemma

_LEAST = 4
# «Джып», «машына»: how a sound that is never written so is spelled.
_TAUGHT = {"жы": "жи", "шы": "ши", "чя": "ча", "щя": "ща", "чю": "чу", "щю": "щу", "цы": "ци"}
_AS_TAUGHT = re.compile("|".join(_TAUGHT))
_DOUBLED = re.compile(r"(.)\1+")
_VOICED, _VOICELESS = "бвгджз", "пфктшс"
_DEAF = str.maketrans(_VOICED, _VOICELESS)
_LOUD = str.maketrans(_VOICELESS, _VOICED)
# In this order: endings first, then what falls silent in a cluster, then the vowels, then what a neighbour
# makes of a consonant.
_STEPS = (
    (re.compile(r"(?<=[оеи])го$"), "ва"),
    (re.compile(r"ть?ся$|ц+а$"), "ца"),
    (re.compile(r"стн"), "сн"), (re.compile(r"здн"), "зн"), (re.compile(r"вств"), "ств"),
    (re.compile(r"чт(?=о)"), "шт"), (re.compile(r"чн"), "шн"),
    (re.compile(r"[сзжш]ч"), "щ"), (re.compile(r"[тд]ч"), "ч"),
    (re.compile(r"[ьъ]"), ""),
    (re.compile(r"(?<=[жшчщц])[оеэы]"), "и"), (re.compile(r"[еэы]"), "и"), (re.compile(r"о"), "а"),
    (re.compile(r"(?<=[чщ])я"), "а"),
)  # fmt: skip
_DEAFENED = re.compile(rf"[{_VOICED}]+(?=$|[пткфсшщчцх])")
_VOICED_BEFORE = re.compile(r"[птксш]+(?=[бгджз])")


class Sounding:
    """The words that are used here, by their sound; `spoken` are spellings by ear that stand for another."""

    def __init__(self, used: Iterable[str], spoken: Mapping[str, str]) -> None:
        self._words: dict[str, set[str]] = defaultdict(set)
        for word, written in [*((word, word) for word in used), *spoken.items()]:
            if len(word) >= _LEAST:
                self._words[sound(word)].add(written)

    def written(self, word: str) -> str | None:
        """As it is spelled; None where no word sounds so, or different ones do."""
        found = self._words.get(sound(word), set()) if len(word) >= _LEAST else set()
        if len({lemma(each) for each in found}) > 1:  # «дешёвый» sounds as «дешевей» does, but for its end
            found = {each for each in found if each[-2:] == word[-2:]}
        if len({lemma(each) for each in found}) != 1:
            return None
        return max(
            sorted(found), key=lambda each: sum(one == other for one, other in zip(each, word, strict=False))
        )


def as_taught(word: str) -> str:
    """With the vowels that the school has behind a sibilant."""
    return _AS_TAUGHT.sub(lambda match: _TAUGHT[match.group()], word)


def sound(word: str) -> str:
    """What is heard of a word in normal spelling, whichever syllable is stressed."""
    for sign, heard in _STEPS:
        word = sign.sub(heard, word)
    word = _DEAFENED.sub(lambda match: match[0].translate(_DEAF), word)
    word = _VOICED_BEFORE.sub(lambda match: match[0].translate(_LOUD), word)
    return _DOUBLED.sub(r"\1", word)
