"""One plain character for every character that a person reads as one.

Folds any text to small Cyrillic and Latin letters, digits and the signs that disguises are made of. Knows
Unicode: compatibility forms, names of letters, the consortium's table of look-alikes (`lookalikes.txt`), and
spellings that a page shows as a character (`&#1085;`, `%D0%BD`). Refuses to know words, and which letter of
the other alphabet a letter may stand for (`core.readings`).
"""

from __future__ import annotations

import html
import re
import unicodedata
from pathlib import Path
from urllib.parse import unquote_to_bytes

CYRILLIC = "абвгдежзийклмнопрстуфхцчшщъыьэюя"
LATIN = "abcdefghijklmnopqrstuvwxyz"
GREEK = "αβγδεζηθικλμνξοπρστυφχψω"
SCHOLARLY = "žčšŝâûè"
"""Latin letters whose mark tells one Russian letter from another (ISO 9)."""
AMBIGUOUS = "əҕ"
"""Letters of other languages that are read in more ways than one."""
SIGNS = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~€«»—–…№₽“”„’"

INVISIBLE = "\x01"
"""Stands for what is between two characters and cannot be seen."""
STRANGE = "ʘ"
"""Stands for a letter that nobody would read as one of ours."""
SEPARATOR = "·"
"""Stands for a picture, or a sign that no disguise uses as a letter."""

_KEPT = frozenset(CYRILLIC + LATIN + GREEK + SCHOLARLY + AMBIGUOUS + SIGNS + "0123456789 \n" + INVISIBLE)
_PLAIN = re.compile(f"[{re.escape(CYRILLIC + LATIN + SIGNS + INVISIBLE)}0-9 \\n]*")
_STRANGE = re.compile(
    f"[^{re.escape(CYRILLIC + CYRILLIC.upper() + LATIN + LATIN.upper() + SIGNS)}ёЁ0-9 \\n]+"
)
_PERCENT = re.compile(r"(?:%[0-9A-Fa-f]{2})+")
_ESCAPED = re.compile(r"&#?\w{2,8};|%[0-9A-Fa-f]{2}|\\u[0-9A-Fa-f]{4}")
_BACKSLASHED = re.compile(r"\\u([0-9A-Fa-f]{4})")
_TAG = re.compile(  # and not «<TP RK>XF», keys of the other layout
    r"<!--[^<>\n]{0,40}-->|</?(?:[a-z][^<>\n]{0,40}|[BIUSPAQ]|BR|EM|TT|STRONG|SPAN|DIV|FONT|DEL|INS)/?>"
)
_TURNED_ROUND = re.compile("\u202e([^\u202c\u202d\n]*)[\u202c\u202d]?")
_MOST_FOLDS = 50_000

# What neither the name nor a table tells: how a sign or a letter of another language is read here.
_SPECIAL = {
    "ё": "е", "ς": "σ",
    "©": "c", "®": "r", "¢": "c", "£": "l", "¥": "y", "§": "s", "¶": "п", "∆": "д", "∑": "с",
    "•": "*", "●": "*", "∗": "*", "✱": "*", "★": "*", "■": "*", "ʹ": "'",
    "ʼ": "'", "′": "'", "´": "'",
    "‘": "'", "ʺ": '"', "″": '"', "‐": "-", "‑": "-", "−": "-", "æ": "a", "œ": "o", "ß": "b", "þ": "p",
    "і": "i", "ї": "i", "ӏ": "i", "ј": "j", "ѕ": "s", "є": "е", "ґ": "г", "ѣ": "е",
    "ѳ": "ф", "ѵ": "v", "ѧ": "я",
    "ѫ": "у", "ꙗ": "я", "ꙋ": "у", "ѡ": "о", "ә": "ə", "ө": "о", "ү": "у", "ұ": "у", "ҫ": "с",
    "һ": "h", "ђ": "h",
    "ћ": "h", "љ": "л", "њ": "н", "џ": "ц", "ӡ": "з", "ҩ": "о", "ҵ": "ц",
    "ց": STRANGE, "ᴣ": "з", "ʒ": "з", "ҍ": "ь", "×": STRANGE,
    "\u115f": INVISIBLE, "\u1160": INVISIBLE, "\u3164": INVISIBLE, "\uffa0": INVISIBLE, "\u2800": " ",
}  # fmt: skip
_OF_NAME = {unicodedata.name(letter).removeprefix("CYRILLIC SMALL LETTER "): letter for letter in CYRILLIC}
_BLOT_NAME = re.compile(r"\b(?:BLOCK|SHADE|SQUARE|CIRCLE|BULLET|ASTERISK|STAR|RECTANGLE)\b(?!.*LETTER)")
_CYRILLIC_NAME = re.compile(r"CYRILLIC .*?(?:LETTER|LIGATURE) (.+?)(?: WITH .*)?")
_GREEK_NAME = re.compile(r"(?:GREEK|COPTIC) .*?LETTER (?:SMALL CAPITAL )?(\w+)(?: WITH .*)?")
_OF_GREEK_NAME = {unicodedata.name(letter).split()[-1]: letter for letter in GREEK} | {
    "ALFA": "α", "VIDA": "β", "DALDA": "δ", "EIE": "ε", "ZATA": "ζ", "HATE": "η", "THETHE": "θ",
    "IAUDA": "ι", "KAPA": "κ", "LAULA": "λ", "KSI": "ξ", "RO": "ρ", "SIMA": "σ", "UA": "υ", "FI": "φ",
    "KHI": "χ", "OOU": "ω",
}  # fmt: skip
_OF_SOUND = {
    "A": "а", "B": "б", "C": "ц", "CH": "ч", "D": "д", "E": "е", "G": "г", "H": "х", "I": "и", "K": "к",
    "KH": "х", "L": "л", "M": "м", "N": "н", "O": "о", "P": "п", "Q": "к", "R": "р", "S": "с", "SH": "ш",
    "T": "т", "TS": "ц", "U": "у", "V": "в", "Y": "я", "Z": "з", "ZH": "ж",
}  # fmt: skip
_LATIN_NAME = re.compile(r"(?:LATIN|.* LATIN|REGIONAL INDICATOR SYMBOL) .*?\b([A-Z])(?: WITH .*)?")


def fold(text: str) -> str:
    """The text in plain small characters. Its length may change. Raises nothing for any `str`."""
    if "<" in text:
        text = _TAG.sub(INVISIBLE, text)
    if "&" in text or "%" in text or "\\" in text:
        text = _unescaped(text)
    folded = text.lower().replace("ё", "е")
    if _PLAIN.fullmatch(folded):
        return folded
    if "\u202e" in text:
        text = _TURNED_ROUND.sub(lambda found: found[1][::-1], text)
    if len(_folds) > _MOST_FOLDS:
        _folds.clear()
    text = unicodedata.normalize("NFKC", text)
    return _STRANGE.sub(lambda found: found[0].translate(_folds), text).lower().replace("ё", "е")


def _unescaped(text: str) -> str:
    for _ in range(2):  # «&amp;#1085;»
        if not _ESCAPED.search(text):
            break
        text = _BACKSLASHED.sub(lambda found: chr(int(found[1], 16)), html.unescape(text))
        text = _PERCENT.sub(_of_bytes, text)
    return text


def _of_bytes(found: re.Match[str]) -> str:
    written = unquote_to_bytes(found[0])
    try:
        return written.decode()
    except UnicodeDecodeError:
        return written.decode("cp1251", "replace")


class _Folds(dict[int, str]):
    """A table for `str.translate` that is filled when a character is first met."""

    def __missing__(self, code: int) -> str:
        self[code] = plain = _folded(chr(code))
        return plain


_folds = _Folds()


def _folded(char: str) -> str:
    small = char.lower()
    if small in _KEPT:
        return small
    known = _SPECIAL.get(char) or _SPECIAL.get(small) or _looks().get(char)
    if known is not None:
        return known
    category = unicodedata.category(char)
    if category in ("Mn", "Me"):
        return ""
    if category == "Cf":
        return INVISIBLE
    if char.isspace() or category in ("Cc", "Cs", "Co", "Cn"):
        return " "
    return _by_form(char) or _by_name(char) or (STRANGE if char.isalnum() else SEPARATOR)


def _by_form(char: str) -> str:
    """What it is composed of, marks left out: «ǎ», «ⓐ», «²»."""
    base = unicodedata.normalize("NFKD", char)[:1]
    if base == char:
        return str(unicodedata.digit(char, ""))
    return _folded(base)


def _by_name(char: str) -> str:
    """«LATIN SMALL LETTER O WITH STROKE», «REGIONAL INDICATOR SYMBOL LETTER A»."""
    name = unicodedata.name(char, "")
    if _BLOT_NAME.search(name):
        return "*"
    if found := _CYRILLIC_NAME.fullmatch(name):
        return _of_cyrillic_name(found[1].split())
    if found := _GREEK_NAME.fullmatch(name):
        return _OF_GREEK_NAME.get(found[1], "")
    found = _LATIN_NAME.fullmatch(name)
    if found is None:
        return ""
    return found[1].lower()


def _of_cyrillic_name(words: list[str]) -> str:
    """«EN GHE» by its first part, «KOMI DJE» by how the last begins."""
    known = [_OF_NAME[word] for word in words if word in _OF_NAME]
    return known[0] if known else _OF_SOUND.get(words[-1][:2]) or _OF_SOUND.get(words[-1][:1], "")


_table: dict[str, str] = {}


def _looks() -> dict[str, str]:
    """Character -> letter, of the pinned table; read when a strange character is first met."""
    if not _table:
        lines = (Path(__file__).parent / "lookalikes.txt").read_text(encoding="utf-8").splitlines()
        rows = (line.split(" ") for line in lines if not line.startswith("#"))
        _table.update({char: letter for letter, chars in rows for char in chars})
    return _table
