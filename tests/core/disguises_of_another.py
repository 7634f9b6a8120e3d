"""Families of disguises by somebody who had read docs/policy.md and nothing else: what the page promises.

The form is that of `tests.core.disguises`; families that stand there already are left out. Half of them were
never read by whoever mended the mechanism until it found 99.9 % of them; from here on they guard it.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable

from tests.core.disguises import Disguise

VOWELS = "аеёиоуыэюя"
INVISIBLE = "\u200b\u200c\u200d\u2060\ufeff\u200e\u200f\u2063\ufe0f\u034f\u180e\u061c\U000e0061\u2068"
COPTIC = {"а": "ⲁ", "в": "ⲃ", "г": "ⲅ", "д": "ⲇ", "е": "ⲉ", "к": "ⲕ", "л": "ⲗ", "м": "ⲙ", "н": "Ⲏ", "о": "ⲟ",
          "п": "ⲡ", "р": "ⲣ", "с": "ⲥ", "т": "ⲧ", "у": "ⲩ", "ф": "ⲫ"}  # fmt: skip
EASTERN = {"о": "օჿ๐", "а": "Ꭺ", "в": "Ᏼ", "е": "Ꭼ", "к": "Ꮶ", "м": "Ꮇ", "н": "Ꮋ", "р": "Ꮲ", "т": "Ꭲ",
           "с": "Ꮯ", "п": "ո", "и": "ս", "ц": "ց", "з": "ვ"}  # fmt: skip
STEPPE = {"и": "іӣї", "к": "қҡҝ", "н": "ңҥ", "о": "өӧ", "у": "үұӯ", "а": "әӑӓ", "г": "ғӷ", "ж": "җӝ",
          "з": "ҙӟ", "с": "ҫ", "т": "ҭ", "х": "ҳһ", "ч": "ҷҹ", "ы": "ӹ", "э": "ӭ", "л": "ԓӆ", "п": "ҧԥ",
          "р": "ҏ", "е": "ӗҽ"}  # fmt: skip
SMALL = {"а": "ᴀ", "в": "ʙ", "г": "ᴦ", "д": "ᴅ", "е": "ᴇ", "з": "ᴣ", "и": "ᴎ", "к": "ᴋ", "л": "ᴧ", "м": "ᴍ",
         "н": "ʜ", "о": "ᴏ", "п": "ᴨ", "р": "ᴘ", "с": "ᴄ", "т": "ᴛ", "у": "ʏ", "ф": "ꜰ",
         "я": "ᴙ"}  # fmt: skip
FILLERS = ("очень", "прям щас", "пожалуйста", "типа", "вот", "так сказать", "какой-нибудь", "этот самый")
KEYS = str.maketrans(
    "йцукенгшщзхъфывапролджэячсмитьбюёЙЦУКЕНГШЩЗХЪФЫВАПРОЛДЖЭЯЧСМИТЬБЮЁ",
    "qwertyuiop[]asdfghjkl;'zxcvbnm,.`QWERTYUIOP{}ASDFGHJKL:\"ZXCVBNM<>~",
)


def _letters(table: dict[str, str], least: float) -> Disguise:
    def disguise(text: str, chance: random.Random) -> str:
        share = chance.uniform(least, 1)
        return "".join(
            chance.choice(table[char]) if char in table and chance.random() < share else char for char in text
        )

    return disguise


def _each_word(change: Callable[[str, random.Random], str], joint: str = " ") -> Disguise:
    return lambda text, chance: joint.join(change(word, chance) for word in text.split())


def _blotted(word: str, chance: random.Random) -> str:
    """One inner letter, mostly a vowel."""
    inner = range(1, len(word) - 1)
    places = [place for place in inner if word[place] in VOWELS and chance.random() < 0.7] or list(inner)
    if not places:
        return word
    place = chance.choice(places)
    return word[:place] + chance.choice("**#_█•×") + word[place + 1 :]


def _without_vowels(word: str, _: random.Random) -> str:
    """The vowels within, six of them at most."""
    return word[0] + re.sub(f"[{VOWELS}]", "*", word[1:-1], count=6) + word[-1] if len(word) > 3 else word


def _invisible(word: str, chance: random.Random) -> str:
    return word[0] + "".join(chance.choice(INVISIBLE) + char for char in word[1:])


def _drawn_out(word: str, chance: random.Random) -> str:
    vowels = [place for place, char in enumerate(word) if char in VOWELS] or [0]
    place = chance.choice(vowels)
    return word[:place] + word[place] * chance.randint(3, 6) + word[place + 1 :]


def _late_layout(text: str, chance: random.Random) -> str:
    """The keyboard switched within the longest word."""
    longest = max(text.split(), key=len)
    if len(longest) < 6:
        return text.translate(KEYS)
    place = chance.randrange(2, len(longest) - 2)
    return text.replace(longest, longest[:place] + longest[place:].translate(KEYS), 1)


def _percent(text: str, chance: random.Random) -> str:
    coding = chance.choice(["utf-8", "cp1251"])
    hexed = ("".join(f"%{byte:02X}" for byte in word.encode(coding)) for word in text.split())
    return chance.choice(["%20", " ", "+"]).join(hexed)


def _quoted(text: str, chance: random.Random) -> str:
    left, right = chance.choice(["«»", '""', "()", "[]", "**", "“”", "``", "{}", "''"])
    return " ".join(left + word + right for word in text.split())


def _with_fillers(text: str, chance: random.Random) -> str:
    return f" {chance.choice(FILLERS)} ".join(text.split())


def _with_asides(text: str, chance: random.Random) -> str:
    return f", {chance.choice(FILLERS)}, ".join(text.split())


def _joined(*marks: str) -> Disguise:
    return lambda text, chance: chance.choice(marks).join(text.split())


BY_ANOTHER: dict[str, Disguise] = {
    "Coptic": _letters(COPTIC, 0.4),
    "eastern letters": _letters(EASTERN, 0.3),
    "letters of the steppe": _letters(STEPPE, 0.4),
    "small capitals": _letters(SMALL, 0.6),
    "fence": lambda text, _: "".join(c.upper() if place % 2 else c for place, c in enumerate(text)),
    "one letter blotted": _each_word(_blotted),
    "vowels blotted": _each_word(_without_vowels),
    "doubled": _each_word(lambda word, _: "".join(char * 2 for char in word)),
    "drawn out": _each_word(_drawn_out),
    "invisible": _each_word(_invisible),
    "invisible beside spaces, too": _invisible,
    "drawn out, invisible": _each_word(lambda word, chance: _invisible(_drawn_out(word, chance), chance)),
    "soft hyphens": _each_word(lambda word, _: "\u00ad".join(word)),
    "layout": lambda text, _: text.translate(KEYS),
    "layout, capitals": lambda text, _: text.upper().translate(KEYS),
    "layout changed late": _late_layout,
    "a column": lambda text, _: "\n\n".join("\n".join(word) for word in text.split()),
    "percent": _percent,
    "quoted": _quoted,
    "glued": _joined(""),
    "joined by signs": _joined("/", ",", "...", "-", "+", ".", "—", "|", ":", "\\"),
    "signs between": _joined(", ", " - ", "... ", " — ", " :) ", "; ", " 😂 ", " / "),
    "broken lines": _joined("\n", "\r\n", "\t", "\u2003", "\u2028", "   "),
    "fillers": _with_fillers,
    "asides": _with_asides,
}
