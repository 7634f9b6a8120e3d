"""Number words with a slip in them: «двести двацать», «шесот», «четыресто пядесят».

Knows how the words of Russian numbers sound, and that nothing else is near to the longer ones. Refuses to
know what a number is for, and leaves every word of the dictionary as it stands.
"""

from __future__ import annotations

import re
from collections import defaultdict
from functools import lru_cache

from assistants.showroom.language.dictated import edited
from assistants.showroom.language.naming import within
from assistants.showroom.language.sounding import sound
from core.number_words import spelled
from core.russian import is_known, normalise

_WORD = re.compile(r"[^\W\d_]+")
_LEAST_HEARD, _LEAST_SLIPPED = 5, 7
_KINDS = ("small", "ordinal")
# What falls together where numbers are said fast: «двацать», «шесот», «девеносто».
_FAST = (
    (re.compile(r"[дт]+ц"), "ц"), (re.compile(r"[дт]?с[дт]?с"), "с"), (re.compile(r"я"), "и"),
    (re.compile(r"тс"), "ц"), (re.compile(r"цит$"), "цат"),
)  # fmt: skip


def with_number_words(text: str) -> str:
    """The text with the number words that were meant; itself where nothing is amiss."""
    if len(normalise(text)) != len(text):
        return text
    meant = ((match.span(), _meant(normalise(match.group()))) for match in _WORD.finditer(text))
    return edited(text, [(*span, word) for span, word in meant if word is not None])


@lru_cache(maxsize=4096)
def _meant(word: str) -> str | None:
    if len(word) < _LEAST_HEARD or not "а" <= word[0] <= "я" or is_known(word):
        return None
    forms = _by_sound().get(_heard(word), ())
    if not forms and len(word) >= _LEAST_SLIPPED:
        forms = tuple(each for each in _forms() if each[0] == word[0] and within(word, each, 1))
    if len({spelled()[form] for form in forms}) != 1:
        return None
    return max(forms, key=lambda form: (form[-2:] == word[-2:], form[-1] == word[-1], -len(form), form))


def _forms() -> list[str]:
    return [form for form, (_, kind) in spelled().items() if kind in _KINDS and len(form) >= _LEAST_HEARD]


@lru_cache(maxsize=1)
def _by_sound() -> dict[str, tuple[str, ...]]:
    sounds: dict[str, list[str]] = defaultdict(list)
    for form in _forms():
        sounds[_heard(form)].append(form)
    return {heard: tuple(forms) for heard, forms in sounds.items()}


def _heard(word: str) -> str:
    heard = sound(word)
    for sign, fast in _FAST:
        heard = sign.sub(fast, heard)
    return heard
