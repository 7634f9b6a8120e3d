"""Names in a row of atoms: how a name may be written, and where it stands.

An atom is a run of letters or a run of digits, so that «C180», «c 180» and «С-180» are the same two. Knows
case forms, Cyrillic look-alikes and Latin names written by ear. Refuses to know what is named.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice, product

from core.disguise import skeleton, skeletons_of_latin
from core.russian import inflections, is_known, normalise

# A plus closes a designation («EQE 350+», also with its parts apart), and nothing else: not «4MATIC+»,
# «5 млн+», «E 200 + панорама».
_ATOM = re.compile(
    r"[a-z]+|[а-я]+|[^\W\d_a-zа-я]+|\d+"
    r"|(?:(?<=[a-z]\d{3})|(?<=[a-z]\s\d{3}))\+(?!\w)|(?<=[a-z]\s\d{3}\s)\+(?!\s*\w)"
)
# How a Latin letter is said or mistyped in Cyrillic, the look-alike first.
_IN_CYRILLIC = {
    "a": ("а",), "b": ("в", "б"), "c": ("с", "ц", "к"), "d": ("д",), "e": ("е", "э"), "f": ("ф",),
    "g": ("г",),
    "h": ("н", "х"), "i": ("и", "ай"), "j": ("ж", "й", "дж"), "k": ("к",), "l": ("л",), "m": ("м",),
    "n": ("н",),
    "o": ("о",), "p": ("р", "п"), "q": ("кью", "ку", "к"), "r": ("р",), "s": ("с", "эс"), "t": ("т",),
    "u": ("ю", "у"),
    "v": ("в",), "w": ("в", "ш"), "x": ("х", "икс", "кс"), "y": ("у", "й", "и"), "z": ("з",),
}  # fmt: skip

# How the letters of a name are said.
SAID_LETTERS = {
    "эй": "a", "а": "a", "би": "b", "бэ": "b", "бе": "b", "си": "c", "цэ": "c", "це": "c", "се": "c",
    "сэ": "c", "ди": "d",
    "дэ": "d", "и": "e", "е": "e", "э": "e", "эф": "f", "джи": "g", "гэ": "g", "ге": "g", "эйч": "h",
    "аш": "h", "ай": "i", "джей": "j", "кей": "k", "ка": "k", "эл": "l", "эль": "l", "эм": "m", "эн": "n",
    "о": "o", "пи": "p", "пэ": "p", "кью": "q", "ку": "q", "кю": "q", "ар": "r", "эр": "r", "эс": "s",
    "ес": "s",
    "ти": "t", "тэ": "t", "ю": "u", "у": "u", "ви": "v", "вэ": "vw", "ве": "vw", "икс": "x",
    "игрек": "y", "зет": "z",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Atom:
    """`start` and `end` index the normalised text; `latin` says that it was typed in Latin letters."""

    text: str
    start: int
    end: int

    @property
    def latin(self) -> bool:
        return self.text.isascii() and self.text.isalpha()

    @property
    def number(self) -> bool:
        return self.text.isdigit()


def atoms(text: str) -> list[Atom]:
    return [Atom(match.group(), *match.span()) for match in _ATOM.finditer(normalise(text))]


@lru_cache(maxsize=8192)
def name_parts(name: str) -> tuple[str, ...]:
    """The texts of a name's atoms, kept: the same names come with every question and every stock."""
    return tuple(atom.text for atom in atoms(name))


def place_of(run: Sequence[str], name: Sequence[str]) -> int | None:
    """The first place where the atoms of a run stand in a name one after another, or None."""
    wanted, length = tuple(run), len(run)
    places = range(len(name) - length + 1)
    return next((at for at in places if tuple(name[at : at + length]) == wanted), None)


def letters_said(said: str) -> tuple[str, ...]:
    """What a word may be as a letter, nothing where it is none."""
    if len(said) == 1:
        return (said, *SAID_LETTERS.get(said, "")) if said.isalpha() else ()
    return tuple(SAID_LETTERS.get(said, ""))


@lru_cache(maxsize=8192)
def spellings(atom: str) -> frozenset[str]:
    """How a visitor may write one atom of a name: its case forms, and Cyrillic for short Latin ones."""
    if atom.isdigit():
        return frozenset((atom,))
    if not atom.isascii():
        return inflections(atom)
    if len(atom) > 4:
        return frozenset((atom,))
    options = product(*(_IN_CYRILLIC.get(letter, (letter,)) for letter in atom))
    return frozenset("".join(letters) for letters in islice(options, 64)) | {atom}


# Kinds of terms whose names no dictionary knows.
_PROPER = ("brand", "other", "class")
_SIBILANTS = "гкхжчшщ"
_SHORTEST = 3  # letters that are a name of a kind: «ка» of «S-ка» has its forms from `nicknames.py`


_BEFORE_AN_E = "жчшщц"
CONSONANTS = "бвгджзйклмнпрстфхцчшщ"


def declined(name: str) -> Iterator[str]:
    """The case forms of a name in -а, which a dictionary takes for those of another word («тесла»: тесло) or
    for none («эска»: эсок).
    """
    if name.endswith("а") and not name.isascii():
        stem = name[:-1]
        endings = ("и" if stem[-1:] in _SIBILANTS else "ы", "е", "у", "ой", "ою", "ам", "ами", "ах")
        yield from (stem + ending for ending in endings)
        yield from filter(None, (of_many(name),))


def of_many(name: str) -> str:
    """The genitive plural of a nickname in «-ка» with its fleeting vowel («эсок», «цешек»); else nothing."""
    if len(name) < 3 or not name.endswith("ка") or name[-3] not in CONSONANTS:
        return ""
    return name[:-2] + ("е" if name[-3] in _BEFORE_AN_E else "о") + "к"


_LOOKS = {options[0]: letter for letter, options in _IN_CYRILLIC.items() if len(options[0]) == 1}


def strangeness(said: Sequence[Atom], name: Sequence[str]) -> int:
    """How far a spelling is from a name: the same word 0, look-alike letters 1, by ear 2, summed over
    atoms.
    """
    total = 0
    for atom, part in zip(said, name, strict=True):
        if atom.text != part and not (not part.isascii() and atom.text in inflections(part)):
            total += 1 if "".join(_LOOKS.get(letter, letter) for letter in atom.text) == part else 2
    return total


@lru_cache(maxsize=8192)
def sounds_like(said: str, name: str) -> bool:
    """Whether a Cyrillic word is a Latin name by ear, one slip of the hand allowed in longer ones."""
    if len(said) < 4 or len(name) < 4 or said.isascii() or not name.isascii():
        return False
    bones = skeleton(said)
    slips = 0 if is_known(said) else 1 if len(bones) >= 5 else 0
    return any(within(bones, other, slips) for other in set(skeletons_of_latin(name)))


def within(left: str, right: str, slips: int) -> bool:
    """Whether two words differ by at most so many inserted, dropped or changed letters."""
    if left == right:
        return True
    if slips == 0 or abs(len(left) - len(right)) > slips:
        return False
    if slips == 1:
        return _one_slip(left, right)
    row = list(range(len(right) + 1))
    for i, a in enumerate(left, 1):
        previous, row[0] = row[0], i
        for j, b in enumerate(right, 1):
            previous, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, previous + (a != b))
    return row[-1] <= slips


def _one_slip(left: str, right: str) -> bool:
    at = next(
        (at for at, (a, b) in enumerate(zip(left, right, strict=False)) if a != b), min(len(left), len(right))
    )
    tails = (left[at + 1 :], right[at:]), (left[at:], right[at + 1 :]), (left[at + 1 :], right[at + 1 :])
    return any(one == other for one, other in tails)


@dataclass(frozen=True, slots=True)
class Term:
    """Something that a visitor can name: `kind` is class, model, body, color, fuel, brand; `id` is its
    identity.
    """

    kind: str
    id: str
    shown: str
    exact: bool = True


@dataclass(frozen=True, slots=True)
class Mention:
    """A term where the question has it: atoms from `start` up to `end`."""

    term: Term
    start: int
    end: int


class PhraseIndex:
    """Finds names, as sequences of atoms, in a row of atoms; the longest name wins."""

    def __init__(self) -> None:
        self._names: dict[tuple[str, ...], list[Term]] = defaultdict(list)
        self._by_spelling: dict[str, set[str]] = defaultdict(set)
        self._firsts: dict[str, set[tuple[str, ...]]] = defaultdict(set)

    def add(self, name: str, term: Term) -> None:
        sequence = name_parts(name)
        if not sequence or term in self._names[sequence]:
            return
        self._names[sequence].append(term)
        self._firsts[sequence[0]].add(sequence)
        for atom in sequence:
            for form in (
                *spellings(atom),
                *(declined(atom) if term.kind in _PROPER and len(atom) > _SHORTEST else ()),
            ):
                self._by_spelling[form].add(atom)

    def names(self) -> Iterator[tuple[tuple[str, ...], list[Term]]]:
        """Every name in its atoms, with what it names."""
        yield from self._names.items()

    def knows(self, atom: str) -> bool:
        """Whether it is a spelling of any atom of any name."""
        return atom in self._by_spelling

    def names_alone(self, word: str) -> bool:
        """Whether a word is a name by itself: «эска», not «класс»."""
        return any((name,) in self._names for name in self._by_spelling.get(word, ()))

    def find_at(self, row: Sequence[Atom], start: int) -> Iterator[tuple[int, int, Term]]:
        """(end, distance of the spelling, term) for every name that begins at `start`."""
        for first in self._by_spelling.get(row[start].text, ()):
            for sequence in self._firsts.get(first, ()):
                end = start + len(sequence)
                if end <= len(row) and all(
                    atom in self._by_spelling.get(said.text, ())
                    for atom, said in zip(sequence[1:], row[start + 1 : end], strict=True)
                ):
                    distance = strangeness(row[start:end], sequence)
                    for term in self._names[sequence]:
                        yield end, distance, term

    def find(self, row: Sequence[Atom]) -> list[Mention]:
        """Mentions that do not overlap: the longest at each place, and of those the ones written most
        nearly so.
        """
        found, start = [], 0
        while start < len(row):
            here = list(self.find_at(row, start)) if self.knows(row[start].text) else []
            if not here:
                start += 1
                continue
            end = max(end for end, _, _ in here)
            nearest = min(distance for stop, distance, _ in here if stop == end)
            terms = dict.fromkeys(term for stop, distance, term in here if (stop, distance) == (end, nearest))
            found += [Mention(term, start, end) for term in terms]
            start = end
        return found
