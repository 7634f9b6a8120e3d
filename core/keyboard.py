"""The keys of the Latin and the Russian layout: what the same key writes in the other one.

Knows which keys have a Russian letter, with Shift and without. Refuses to know words: whether a text was
typed in the wrong layout is told by whoever knows what it may say.
"""

from __future__ import annotations

_LETTERS = dict(zip("qwertyuiop[]asdfghjkl;'zxcvbnm,.`", "йцукенгшщзхъфывапролджэячсмитьбюе", strict=True))
LETTERS = _LETTERS | dict(zip('{}:"<>~', "хъжэбюе", strict=True))
"""The Russian letter of each key; «ё» is written «е»."""

_TO_RUSSIAN = str.maketrans(LETTERS)
_TO_LATIN = str.maketrans({letter: key for key, letter in _LETTERS.items() if key != "`"})


def typed_in_russian(text: str) -> str:
    """What the same keys give in the Russian layout."""
    return text.lower().translate(_TO_RUSSIAN)


def typed_in_latin(text: str) -> str:
    """What the same keys give in the Latin layout."""
    return text.lower().translate(_TO_LATIN)
