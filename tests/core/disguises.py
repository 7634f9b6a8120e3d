"""Ways to write a word so that a person still reads it: families of transformations for the screen's tests.

Each takes a text and a random source and gives the disguised text. The tables are written here on their own,
from the standards and habits that they are named after, not from `core.readings`. Families of `SEEN` were at
hand when the matching was made; those of `HELD_OUT` were not looked at before the first measurement.
"""

# ruff: noqa: E501  tables of letters are read across

from __future__ import annotations

import random
import unicodedata
from collections.abc import Callable
from urllib.parse import quote

Disguise = Callable[[str, random.Random], str]


def _each(table: dict[str, str], share: float = 1.0) -> Disguise:
    """Letters replaced by a table, `share` of them; at least one."""

    def disguise(text: str, chance: random.Random) -> str:
        places = [place for place, char in enumerate(text) if char.lower() in table]
        if not places:
            return text
        chosen = {place for place in places if chance.random() < share} or {chance.choice(places)}
        return "".join(
            chance.choice(table[char.lower()].split(" ")) if place in chosen else char
            for place, char in enumerate(text)
        )

    return disguise


def _between(marks: str, share: float = 1.0) -> Disguise:
    """Something put between the letters of words."""

    def disguise(text: str, chance: random.Random) -> str:
        options = marks.split("|")
        mark = chance.choice(options)
        row = []
        for place, char in enumerate(text):
            row.append(char)
            inside = char.isalpha() and text[place + 1 : place + 2].isalpha()
            if inside and chance.random() < share:
                row.append(mark)
        return "".join(row)

    return disguise


def _latin(letters: str) -> Disguise:
    table = dict(zip("абвгдеёжзийклмнопрстуфхцчшщъыьэюя", letters.split(" "), strict=True))
    table = {letter: "" if latin == "_" else latin for letter, latin in table.items()}
    return lambda text, _: "".join(table.get(char, char) for char in text.lower())


def _mapped(source: str, target: str) -> Disguise:
    return lambda text, _: text.lower().translate(str.maketrans(source, target))


def _mathematical(first: int) -> dict[str, str]:
    return {
        russian: chr(first + ord(latin) - ord("a"))
        for russian, latin in zip("аеорсухкмтнв", "aeopcyxkmthb", strict=True)
    }


def _one_space(text: str, chance: random.Random) -> str:
    """One word torn in two by a hyphen at a line's end."""
    places = [p for p in range(2, len(text) - 1) if text[p - 2 : p + 2].isalpha()]
    if not places:
        return text
    place = chance.choice(places)
    return f"{text[:place]}-\n{text[place:]}"


def _marked_middle(text: str, chance: random.Random) -> str:
    """«на**рк**отики»."""
    sign = chance.choice(["**", "_", "__", "`", "~~"])
    words = []
    for word in text.split(" "):
        if len(word) < 4:
            words.append(word)
            continue
        start = chance.randrange(1, len(word) - 2)
        end = chance.randrange(start + 1, len(word))
        words.append(f"{word[:start]}{sign}{word[start:end]}{sign}{word[end:]}")
    return " ".join(words)


def _repeated(text: str, chance: random.Random) -> str:
    return "".join(c * chance.choice([1, 2, 3, 5]) if c.isalpha() else c for c in text)


def _then(*disguises: Disguise) -> Disguise:
    def disguise(text: str, chance: random.Random) -> str:
        for one in disguises:
            text = one(text, chance)
        return text

    return disguise


def _spaced(text: str, _: random.Random) -> str:
    return "  ".join(" ".join(word) for word in text.split(" "))


def _blot(text: str, chance: random.Random) -> str:
    """One inner letter of each longer word is hidden by an asterisk."""
    words = []
    for word in text.split(" "):
        if len(word) >= 4:
            place = chance.randrange(1, len(word) - 1)
            word = word[:place] + "*" + word[place + 1 :]  # noqa: PLW2901
        words.append(word)
    return " ".join(words)


_QWERTY = "йцукенгшщзхъфывапролджэячсмитьбюё", "qwertyuiop[]asdfghjkl;'zxcvbnm,.`"
_LOOK = {"а": "a", "е": "e", "о": "o", "р": "p", "с": "c", "у": "y", "х": "x", "к": "k", "м": "m", "т": "t",
         "н": "h", "в": "b"}  # fmt: skip
_LEET = {"а": "4 @", "о": "0", "е": "3", "з": "3", "и": "1 !", "ч": "4", "б": "6", "т": "7", "с": "$ 5"}
_GREEK = {"а": "α", "о": "ο", "р": "ρ", "к": "κ", "т": "τ", "п": "π", "л": "λ", "ф": "φ", "х": "χ", "у": "υ",
          "д": "δ", "г": "γ", "в": "β", "е": "ε", "и": "η ι"}  # fmt: skip
_CHEROKEE = {
    "а": "Ꭺ",
    "е": "Ꭼ",
    "о": "Ꮎ Օ",
    "р": "Ꮲ",
    "с": "Ꮯ",
    "к": "Ꮶ",
    "м": "Ꮇ",
    "т": "Ꭲ",
    "н": "Ꮋ",
    "в": "Ᏼ",
}
_MISC = {"а": "ɑ а̀ ӑ ă", "е": "ҽ ё є", "о": "ᴏ ө օ", "р": "ҏ", "с": "ҫ ϲ", "у": "ү ў ұ", "х": "ҳ ӽ", "к": "қ ҡ ĸ",
         "м": "ᴍ ӎ", "т": "ҭ ᴛ", "н": "ң һ ʜ", "г": "ғ ґ", "з": "ҙ", "п": "ԥ", "и": "ӣ ѝ", "ж": "җ", "л": "ӆ ᴫ"}  # fmt: skip
_PHONETIC = {"а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "з": "z", "и": "i", "к": "k", "л": "l", "м": "m",
             "н": "n", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ф": "f", "е": "e"}  # fmt: skip
_GOST_52535 = "a b v g d e e zh z i i k l m n o p r s t u f kh tc ch sh shch _ y _ e iu ia"
_ICAO = "a b v g d e e zh z i i k l m n o p r s t u f kh ts ch sh shch ie y _ e iu ia"
_BGN = "a b v g d e yo zh z i y k l m n o p r s t u f kh ts ch sh shch ” y ' e yu ya".replace("”", '"')
_GOST_779B = "a b v g d e yo zh z i j k l m n o p r s t u f x cz ch sh shh `` y` ` e` yu ya"
_ISO_9 = "a b v g d e ë ž z i j k l m n o p r s t u f h c č š ŝ ʺ y ʹ è û â"
_SCHOLARLY = "a b v g d e ë ž z i j k l m n o p r s t u f ch c č š šč ʺ y ʹ è ju ja"
_ALA_LC = "a b v g d e ë zh z i ĭ k l m n o p r s t u f kh ts ch sh shch ʺ y ʹ ė iu ia"
_CHAT = "a b v g d e e zh z i y k l m n o p r s t u f h c 4 w w _ y _ e u 9"
_SMS = "a b v g d e e j z i j k l m n o p r s t u f x c 4 6 w _ y ' e yu ya"
_VOLAPUK = {"а": "a", "б": "6", "в": "B", "г": "r", "д": "g", "е": "e", "ж": "}|{", "з": "3", "и": "u", "й": "u",
            "к": "k", "л": "JI", "м": "M", "н": "H", "о": "o", "п": "n", "р": "p", "с": "c", "т": "m", "у": "y",
            "ф": "f", "х": "x", "ц": "u,", "ч": "4", "ш": "w", "щ": "w", "ы": "bI", "ь": "b", "э": "e", "ю": "I0",
            "я": "R"}  # fmt: skip
_CIRCLED = {russian: chr(0x24D0 + ord(latin) - 97) for russian, latin in _PHONETIC.items()}
_SQUARED = {russian: chr(0x1F170 + ord(latin) - 97) for russian, latin in _PHONETIC.items()}
_WIDE = {russian: chr(0xFF41 + ord(latin) - 97) for russian, latin in _LOOK.items()}

SEEN: dict[str, Disguise] = {
    "as it is": lambda text, _: text,
    "capitals": lambda text, _: text.upper(),
    "random case": lambda text, chance: "".join(chance.choice([c.lower(), c.upper()]) for c in text),
    "ё for е": lambda text, chance: "".join("ё" if c == "е" and chance.random() < 0.5 else c for c in text),
    "look-alikes": _each(_LOOK),
    "some look-alikes": _each(_LOOK, 0.4),
    "Greek": _each(_GREEK),
    "leet": _each(_LEET),
    "some leet": _each(_LEET, 0.5),
    "zero width": _between("\u200b|\u200c|\u200d|\ufeff|\u2060"),
    "soft hyphen": _between("\u00ad", 0.5),
    "combining marks": _between("\u0336|\u0301|\u0332|\u034f"),
    "repeated": _repeated,
    "spaced": _spaced,
    "dotted": _between("."),
    "dashed": _between("-"),
    "underscored": _between("_"),
    "passport (ICAO)": _latin(_ICAO),
    "BGN/PCGN": _latin(_BGN),
    "layout": _mapped(*_QWERTY),
    "layout, capitals": _then(_mapped(*_QWERTY), lambda text, _: text.upper()),
    "bold maths": _each(_mathematical(0x1D41A)),
}
HELD_OUT: dict[str, Disguise] = {
    "Cherokee": _each(_CHEROKEE),
    "other Cyrillic": _each(_MISC, 0.7),
    "small and modified": _each(
        {"а": "ᴀ ᵃ", "в": "ʙ", "е": "ᴇ ᵉ", "о": "ᴏ ᵒ", "р": "ᴘ", "т": "ᴛ ᵗ", "м": "ᴍ", "н": "ʜ", "с": "ᴄ ᶜ"}
    ),
    "fraktur": _each(_mathematical(0x1D51E)),
    "double-struck": _each(_mathematical(0x1D552)),
    "monospace": _each(_mathematical(0x1D68A)),
    "full width": _each(_WIDE),
    "circled": _each(_CIRCLED),
    "squared": _each(_SQUARED),
    "mixed by sound": _each(_PHONETIC, 0.4),
    "GOST 52535": _latin(_GOST_52535),
    "GOST 7.79 B": _latin(_GOST_779B),
    "ISO 9": _latin(_ISO_9),
    "scholarly": _latin(_SCHOLARLY),
    "ALA-LC": _latin(_ALA_LC),
    "chat": _latin(_CHAT),
    "sms": _latin(_SMS),
    "volapuk": _each(_VOLAPUK),
    "bidi controls": _between("\u200e|\u200f|\u202a|\u2066|\u2069", 0.6),
    "right to left": lambda text, _: "\u202e" + text[::-1] + "\u202c",
    "enclosing marks": _between("\u20dd|\u20e0|\ufe0f"),
    "zalgo": _then(_between("\u0353\u0304\u0316"), _between("\u0489")),
    "decomposed": lambda text, _: unicodedata.normalize("NFD", text),
    "slashed": _between("/|\\"),
    "starred": _between("*"),
    "piped": _between("|"),
    "tildes and dots": _between("~|·|•|∙"),
    "emoji between": _between("🔥|💊|❤️|👨‍👩‍👧"),
    "newlines": _between("\n"),
    "tabs": _between("\t"),
    "no-break spaces": _then(_spaced, lambda text, _: text.replace(" ", "\u00a0")),
    "torn at a line's end": _one_space,
    "marked down": _marked_middle,
    "HTML tags": _then(
        _marked_middle, lambda text, _: text.replace("**", "<b>").replace("__", "<i>").replace("~~", "</b>")
    ),
    "HTML entities": lambda text, _: "".join(f"&#{ord(c)};" if c.isalpha() else c for c in text),
    "hexadecimal entities": _each({c: f"&#x{ord(c):x};" for c in "абвгдежзиклмнопрстуфхцчшщыьэюя"}, 0.5),
    "percent": lambda text, _: quote(text, safe=" "),
    "one letter blotted": _blot,
    "look-alikes, spaced": _then(_each(_LOOK, 0.5), _spaced),
    "leet, dotted": _then(_each(_LEET, 0.4), _between(".")),
    "look-alikes, repeated": _then(_repeated, _each(_LOOK, 0.5)),
    "passport, spaced": _then(_latin(_ICAO), _spaced),
    "layout, zero width": _then(_mapped(*_QWERTY), _between("\u200b")),
    "layout, spaced": _then(_mapped(*_QWERTY), _spaced),
    "transliteration, leet": _then(_latin(_ICAO), _each({"a": "4 @", "o": "0", "e": "3", "i": "1"}, 0.5)),
    "look-alikes, zero width": _then(_each(_LOOK, 0.5), _between("\u200b", 0.5)),
    "marks, capitals": _then(_between("\u0301"), lambda text, _: text.upper()),
    "look-alikes, leet": _then(_each(_LEET, 0.4), _each(_LOOK, 0.6)),
}
