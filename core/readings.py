"""What a written character, or a group of them, may stand for in a word of a policy.

Knows four ways of writing, and who uses which of them together: letters that look alike
(`core.letter_looks`), letters that sound alike (`core.letter_sounds`), digits and signs in place of letters,
and the keys of the other layout (`core.keyboard`). Refuses to know words (`core.word_index`) and other
alphabets than the plain ones that `core.lookalikes` folds to.

A reading is a table: what is written -> the strings of letters that it may stand for.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from itertools import product

from core import letter_looks, letter_sounds
from core.keyboard import LETTERS
from core.lookalikes import CYRILLIC, LATIN

Table = Mapping[str, tuple[str, ...]]
_Options = Mapping[str, list[str]]

_DIGITS_AND_SIGNS = """0 о o
1 и й л i l
3 з е э e
4 ч а a
5 с s
6 б ш b
7 т г t
8 в b
9 я д g
@ а a
$ с s
! и й л i
| л и l i
+ т t
€ е e
& в я
( с c
^ а л
< с к
[ с
{ с
! i
? ч"""
_OF_LETTERS = {"a": "4@", "e": "3", "i": "1!", "o": "0", "s": "$5"}


def _options(rows: str) -> _Options:
    found: dict[str, list[str]] = {}
    for row in rows.split("\n"):
        written, *letters = row.split()
        found.setdefault(written, []).extend(letters)
    return found


def _with_digits(groups: _Options) -> _Options:
    """«ia» is «1@», too."""
    found: dict[str, list[str]] = {}
    for written, letters in groups.items():
        signs = [char + _OF_LETTERS.get(char, "") if len(written) > 1 else char for char in written]
        for row in product(*signs):
            found["".join(row)] = letters
    return found


def _joined(*rows: _Options) -> Table:
    found: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for row in rows:
        for written, letters in row.items():
            found[written].update(dict.fromkeys(letters))
    return {written: tuple(letters) for written, letters in found.items()}


_ITSELF = {char: [char] for char in CYRILLIC + LATIN + "0123456789"}
_CLOSE = {"и": ["й"], "й": ["и"]}  # the breve is a mark, and marks get lost
_LOOKS = _options(letter_looks.ROWS)
_SOUNDS = _with_digits(_options(letter_sounds.ROWS))
_LEET = _options(_DIGITS_AND_SIGNS)

LOOKS = _joined(_ITSELF, _CLOSE, _LOOKS, _LEET)
"""One who draws letters: no letter stands for its sound where it has a look."""
SOUNDS = _joined(_ITSELF, _CLOSE, _SOUNDS, _LEET)
"""One who spells sounds."""
ANY = _joined(_ITSELF, _CLOSE, _LOOKS, _SOUNDS, _LEET)
LAYOUT = _joined(
    {key: [letter] for key, letter in LETTERS.items()}, {letter: [letter] for letter in CYRILLIC}
)
"""One who forgot to switch the keyboard, or did it too late."""


def without(table: Table, signs: str) -> Table:
    """The table for texts in which none of these signs is written."""
    return {written: letters for written, letters in table.items() if not set(written) & set(signs)}
