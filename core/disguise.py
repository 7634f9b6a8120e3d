"""Transliteration, both ways: how a Russian word looks when it is typed in Latin letters.

Offers spellings; whoever knows which words matter looks them up. Refuses to know disguises meant to deceive
(`core.readings`, `core.lookalikes`) and keys of another layout (`core.keyboard`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice, product

MAX_READINGS = 48
_STEM = 2
"""So many letters and more stand before an ending."""

_RUN = re.compile(r"(.)\1+")

_SKELETON = str.maketrans(
    {
        "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "ж": "zh", "з": "z", "и": "i", "й": "i",
        "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t", "у": "u",
        "ф": "f", "х": "h", "ц": "c", "ч": "ch", "ш": "sh", "щ": "sh", "ъ": "", "ы": "i", "ь": "", "э": "e",
        "ю": "iu", "я": "ia",
    }
)  # fmt: skip
_TRANSLITERATION = (
    ("shch", "sh"), ("sch", "sh"), ("shh", "sh"), ("kh", "h"), ("ts", "c"), ("tz", "c"), ("ph", "f"),
    ("ck", "k"),
    ("yo", "e"), ("jo", "e"), ("ye", "e"), ("je", "e"), ("ie", "e"), ("ee", "i"), ("oo", "u"), ("ou", "u"),
    ("ya", "ia"), ("ja", "ia"), ("yu", "iu"), ("ju", "iu"), ("q", "k"),
)  # fmt: skip
_AMBIGUOUS = {"j": ("i",), "w": ("v", "sh"), "x": ("h", "ks"), "c": ("c", "k", "s"), "y": ("i",), "'": ("",)}

# How Russian is spelled in Latin, the longest groups first, the likeliest reading first.
_GROUPS = {
    "shch": ("щ",), "sch": ("щ",), "yj": ("ый",), "yy": ("ый",), "iy": ("ий", "ый"), "ij": ("ий",),
    "sh": ("ш",), "ch": ("ч",), "zh": ("ж",), "kh": ("х",), "ts": ("ц", "тс"), "yo": ("е",), "jo": ("е",),
    "ge": ("ге", "же", "гэ"),
    "yu": ("ю",), "ju": ("ю",), "ya": ("я",), "ja": ("я",), "ye": ("е",), "je": ("е", "ье"),
    **{letter: (sound,) for letter, sound in zip("abdfgklmnoprstvz", "абдфгклмнопрствз", strict=True)},
    "c": ("ц", "к", "с"), "e": ("е", "э"), "h": ("х",), "i": ("и", "й"), "j": ("й", "ж"), "q": ("к",),
    "u": ("у",), "w": ("в", "ш"), "x": ("х", "кс"), "y": ("ы", "й"), "'": ("ь",), "`": ("ь",),
}  # fmt: skip
_GROUP = re.compile("|".join(_GROUPS))
# Endings of adjectives, in which «ы» and «й» are written with one letter or none: «chernie», «cherny».
_ENDINGS = (
    *((written, ("ые", "ие")) for written in ("ie", "ye")),
    *((written, ("ый", "ий")) for written in ("y", "i", "ii", "yi")),
    *((written, ("ое",)) for written in ("oie", "oje", "oye")),
    *((written, ("ая",)) for written in ("aia", "aja")),
    ("uu", ("ую",)),
)  # fmt: skip
_SOFT_SIGN_LEFT_OUT = re.compile("(?<=[бвдзлмнпрстшч])(?![аеиоуыэюяьй])")


def collapse(word: str) -> str:
    """«бооомба» -> «бомба»: every run of one letter becomes one letter."""
    return _RUN.sub(r"\1", word)


@lru_cache(maxsize=65_536)
def skeleton(word: str) -> str:
    """The Latin bones of a Cyrillic word, the same for every usual way to transliterate it."""
    return collapse(word.translate(_SKELETON))


def skeletons_of_latin(word: str) -> Iterator[str]:
    """The bones of every Cyrillic word that a Latin spelling may stand for."""
    silent = word.removesuffix("e") if len(word) > 4 else word
    english = word.replace("igh", "ai").replace("gi", "dzhi").replace("ge", "dzhe")
    spoken = (
        word, word.replace("ie", "i~e"), silent, silent.replace("j", "zh"), silent.replace("j", "dzh"),
        english,
    )  # fmt: skip
    for options in dict.fromkeys(spoken):
        text = options
        for written, bones in _TRANSLITERATION:
            text = text.replace(written, bones)
        text = text.replace("~", "")
        guarded = text.replace("ch", "\x01").replace("sh", "\x02").replace("zh", "\x03")
        for letters in islice(product(*(_AMBIGUOUS.get(char, (char,)) for char in guarded)), MAX_READINGS):
            bones = "".join(letters).replace("\x01", "ch").replace("\x02", "sh").replace("\x03", "zh")
            yield collapse(bones)


def spelled_in_russian(latin: str) -> Iterator[str]:
    """Words that a Latin spelling may stand for, soft signs put in where they may have been left out."""
    plain = _plain(latin)
    yield from plain
    for word in plain[:2]:
        places = [match.start() for match in _SOFT_SIGN_LEFT_OUT.finditer(word)]
        yield from (word[:place] + "ь" + word[place:] for place in places[:6])
    for written, endings in _ENDINGS:
        if latin.endswith(written) and len(latin) > len(written) + _STEM:
            stems = _plain(latin.removesuffix(written))[:2]
            yield from (stem + ending for stem in stems for ending in endings)


def _plain(latin: str) -> list[str]:
    return ["".join(row) for row in islice(product(*(_GROUPS[at] for at in _GROUP.findall(latin))), 8)]
