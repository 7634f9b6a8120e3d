"""How a word can be written so that a person still reads it and a word list does not.

Knows look-alike letters, leetspeak, transliteration, keyboard layouts, repeated and scattered letters.
Refuses to know which words matter: it offers readings, `core.topics` looks them up. A word that the
dictionary knows as it stands is read as it stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import islice, product

from core.russian import is_known

MAX_READINGS = 48
MAX_WORD = 40

_CYRILLIC = re.compile(r"[а-я]+")
_LATIN = re.compile(r"[a-z]+")
_RUN = re.compile(r"(.)\1+")
_LONG_RUN = re.compile(r"(.)\1{2,}")

_QWERTY = "qwertyuiop[]asdfghjkl;'zxcvbnm,.`"
_JCUKEN = "йцукенгшщзхъфывапролджэячсмитьбюе"
_TO_RUSSIAN_LAYOUT = str.maketrans(_QWERTY + '{}:"<>~', _JCUKEN + "хъжэбюе")
_TO_LATIN_LAYOUT = str.maketrans(_JCUKEN, _QWERTY)
LAYOUT_PUNCTUATION = frozenset("[];',.`{}:\"<>~")

# Letters of other alphabets that look like these, both ways, likeliest first.
_LOOKS_CYRILLIC = {
    "a": "а", "b": "вбь", "c": "с", "d": "д", "e": "е", "f": "ф", "g": "дг", "h": "н", "i": "иі",
    "k": "к", "l": "л",
    "m": "мт", "n": "пни", "o": "о", "p": "р", "r": "гя", "s": "с", "t": "т", "u": "иуц", "v": "ву",
    "w": "шщ",
    "x": "хж", "y": "у", "z": "з", "j": "й", "q": "д",
    "α": "а", "β": "в", "γ": "г", "δ": "д", "ε": "е", "ζ": "з", "η": "пн", "ι": "и", "κ": "к", "λ": "л",
    "μ": "м",
    "ν": "н", "ο": "о", "π": "п", "ρ": "р", "σ": "с", "ς": "с", "τ": "т", "υ": "у", "φ": "ф", "χ": "х",
    "ω": "ш",
    "і": "и", "ї": "и", "є": "еэ", "ґ": "г", "ў": "у", "ј": "й", "ѕ": "с", "ԁ": "д", "һ": "н", "ӏ": "л",
    "ᴀ": "а", "ʙ": "в", "ᴄ": "с", "ᴇ": "е", "ʜ": "н", "ᴋ": "к", "ᴍ": "м", "ᴏ": "о", "ᴘ": "р", "ᴛ": "т",
    "ʏ": "у",
    "ɑ": "а", "ɡ": "д", "ı": "и", "ʀ": "я", "ɴ": "н", "ⅰ": "и",
}  # fmt: skip
_LOOKS_LATIN = {
    "а": "a", "в": "b", "с": "c", "е": "e", "н": "h", "і": "i", "к": "k", "м": "m", "о": "o", "р": "p",
    "т": "t",
    "у": "y", "х": "x", "и": "u", "п": "n", "г": "r", "з": "z", "л": "l", "ш": "w", "д": "d", "б": "b",
    "ј": "j",
    "ѕ": "s", "α": "a", "ο": "o", "ρ": "p", "ε": "e", "ι": "i", "ν": "v", "τ": "t", "κ": "k", "ω": "w",
}  # fmt: skip
_LEET_CYRILLIC = {
    "0": "о", "1": "илі", "3": "зеэ", "4": "ча", "5": "с", "6": "б", "7": "тг", "8": "в", "9": "дя", "@": "а",
    "$": "с", "!": "и", "|": "ли", "*": "аеиоуыяюэ", "#": "аеиоуы", "€": "е", "+": "т",
}  # fmt: skip
_LEET_LATIN = {
    "0": "o", "1": "il", "3": "e", "4": "a", "5": "s", "6": "b", "7": "t", "8": "b", "9": "g", "@": "a",
    "$": "s",
    "!": "i", "|": "l", "*": "aeiou", "#": "aeiou", "€": "e", "+": "t",
}  # fmt: skip
LEET_SIGNS = frozenset("@$!|*#€+")

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
    "yu": ("ю",), "ju": ("ю",), "ya": ("я",), "ja": ("я",), "ye": ("е",), "je": ("е", "ье"),
    **{letter: (sound,) for letter, sound in zip("abdfgklmnoprstvz", "абдфгклмнопрствз", strict=True)},
    "c": ("ц", "к", "с"), "e": ("е", "э"), "h": ("х",), "i": ("и", "й"), "j": ("й", "ж"), "q": ("к",),
    "u": ("у",), "w": ("в", "ш"), "x": ("х", "кс"), "y": ("ы", "й"), "'": ("ь",), "`": ("ь",),
}  # fmt: skip
_GROUP = re.compile("|".join(_GROUPS))
_SOFT_SIGN_LEFT_OUT = re.compile("(?<=[бвдзлмнпрстшч])(?![аеиоуыэюяьй])")


def typed_in_russian(text: str) -> str:
    """What the same keys give in the Russian layout."""
    return text.lower().translate(_TO_RUSSIAN_LAYOUT)


def typed_in_latin(text: str) -> str:
    """What the same keys give in the Latin layout."""
    return text.lower().translate(_TO_LATIN_LAYOUT)


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
    spoken = (word, word.replace("ie", "i~e"), silent, silent.replace("j", "zh"), silent.replace("j", "dzh"))
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
    plain = ["".join(row) for row in islice(product(*(_GROUPS[at] for at in _GROUP.findall(latin))), 8)]
    yield from plain
    for word in plain[:2]:
        places = [match.start() for match in _SOFT_SIGN_LEFT_OUT.finditer(word)]
        yield from (word[:place] + "ь" + word[place:] for place in places[:6])


def _variants(word: str, *tables: dict[str, str], keep: re.Pattern[str]) -> Iterator[str]:
    """Every way to read the characters that `keep` does not accept through the tables."""
    choices: list[str] = []
    for char in word:
        options = "" if not keep.match(char) else char
        for table in tables:
            options += "".join(option for option in table.get(char, "") if option not in options)
        if not options:
            return
        choices.append(options)
    for letters in islice(product(*choices), MAX_READINGS):
        yield "".join(letters)


@lru_cache(maxsize=32_768)
def readings(word: str) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """How a normalised word or chunk may be read: (as a word, with runs collapsed, as Latin bones).

    The first are looked up as they are, the second among collapsed words, the third among skeletons.
    """
    if len(word) > MAX_WORD:
        short = _LONG_RUN.sub(r"\1", word)
        if len(short) > MAX_WORD or len(short) == len(word):
            return (word,), (), ()
        return (short,), (collapse(word),), ()
    if _CYRILLIC.fullmatch(word):
        return _cyrillic(word)
    plain, bones = {word: None}, dict[str, None]()
    if _LATIN.fullmatch(word):
        _add_latin(word, plain, bones)
    elif not word.isdigit():
        _add_mixed(word, plain, bones)
    doubled = tuple(dict.fromkeys(collapse(reading) for reading in plain if _RUN.search(reading)))
    return tuple(plain), doubled, tuple(bone for bone in bones if len(bone) >= 3)


def _cyrillic(word: str) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    if is_known(word):
        return (word,), (), ()
    doubled = (collapse(word),) if _RUN.search(word) else ()
    return (word, word.translate(_TO_LATIN_LAYOUT)), doubled, (skeleton(word),) if len(word) > 2 else ()


def _add_latin(word: str, plain: dict[str, None], bones: dict[str, None]) -> None:
    plain[word.translate(_TO_RUSSIAN_LAYOUT)] = None
    plain.update(dict.fromkeys(_variants(word, _LOOKS_CYRILLIC, keep=_CYRILLIC)))
    bones.update(dict.fromkeys(skeletons_of_latin(word)))


def _add_mixed(word: str, plain: dict[str, None], bones: dict[str, None]) -> None:
    core = word.strip("0123456789@$!|*#€+.,-")
    for text in dict.fromkeys((word, core)):
        if len(text) < 2:
            continue
        plain[text] = None
        plain.update(dict.fromkeys(_variants(text, _LOOKS_CYRILLIC, _LEET_CYRILLIC, keep=_CYRILLIC)))
        for latin in _variants(text, _LOOKS_LATIN, _LEET_LATIN, keep=_LATIN):
            plain[latin] = None
            if len(bones) < MAX_READINGS:
                bones.update(dict.fromkeys(skeletons_of_latin(latin)))
    if any(char in LAYOUT_PUNCTUATION for char in word):
        plain[word.translate(_TO_RUSSIAN_LAYOUT)] = None


def single_letter(char: str) -> str:
    """The Cyrillic letter that a lone character stands for, itself where there is none."""
    if "а" <= char <= "я":
        return char
    return (_LOOKS_CYRILLIC.get(char) or _LEET_CYRILLIC.get(char) or char)[0]


def hidden_in(letters: str, wanted: Iterable[str]) -> Iterator[tuple[int, int]]:
    """Where wanted words stand in a run of scattered letters whose rest reads as known words.

    Yields (start, end) indices into `letters`.
    """
    vocabulary = wanted if isinstance(wanted, (set, frozenset, dict)) else set(wanted)
    size = len(letters)
    spans = [
        (start, end)
        for start in range(size)
        for end in range(start + 3, min(size, start + 24) + 1)
        if letters[start:end] in vocabulary
    ]
    if not spans:
        return
    before, after = [True] + [False] * size, [False] * size + [True]
    wanted_at = set(spans)
    for start in range(size):
        for end in range(start + 1, min(size, start + 20) + 1):
            if before[start] and ((start, end) in wanted_at or is_known(letters[start:end])):
                before[end] = True
    for start in range(size - 1, -1, -1):
        for end in range(start + 1, min(size, start + 20) + 1):
            if after[end] and ((start, end) in wanted_at or is_known(letters[start:end])):
                after[start] = True
    for start, end in spans:
        if end - start >= 6 or (before[start] and after[end]):
            yield start, end
