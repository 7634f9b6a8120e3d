"""Russian text as the rest of the house needs it: tokens, one spelling, dictionary forms, plurals.

Knows letters and morphology (pymorphy3, loaded on first use, about 0.15 s). Refuses to know what a text is
about. Every function takes any `str`, lone surrogates and NUL included, and raises nothing.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from os.path import commonprefix
from typing import Any

_WORD = re.compile(r"[^\W_]+")
_NOT_CYRILLIC = re.compile("[^а-я]")
_SURROGATE = re.compile("[\ud800-\udfff]")

_STEM_LETTERS = 5

# Parts of speech that carry no topic of their own.
_SERVICE_POS = frozenset({"PREP", "CONJ", "PRCL", "INTJ", "NPRO"})


@dataclass(frozen=True, slots=True)
class Token:
    """A run of letters and digits in normal spelling; `start` and `end` index the normalised text."""

    text: str
    start: int
    end: int


@lru_cache(maxsize=1)
def _morph() -> Any:
    import pymorphy3  # noqa: PLC0415  loading the dictionary takes 0.15 s, so only who needs it pays

    return pymorphy3.MorphAnalyzer()


def normalise(text: str) -> str:
    """One spelling: NFKC, lower case, ё as е, without combining and invisible marks.

    ASCII punctuation and spaces stay where they were. Length may change.
    """
    if text.isascii():
        return text.lower()
    folded = unicodedata.normalize("NFKC", _SURROGATE.sub(" ", text)).lower().replace("ё", "е")
    if _CLEAN.fullmatch(folded):
        return folded
    return "".join(_fold_character(char) for char in folded)


_CLEAN = re.compile(r"[\x00-\x7fа-я«»—–…№₽“”„’ \n]*")


@lru_cache(maxsize=4096)
def _fold_character(char: str) -> str:
    if char == "й":
        return char
    category = unicodedata.category(char)
    if category in ("Mn", "Me", "Cf"):
        return ""
    if category in ("Cs", "Co", "Cn"):
        return " "
    return unicodedata.normalize("NFD", char)[0] if category.startswith("L") else char


def tokens(text: str) -> list[Token]:
    """Words of a text, normalised by this function itself."""
    return [Token(match.group(), *match.span()) for match in _WORD.finditer(normalise(text))]


def words(text: str) -> list[str]:
    return _WORD.findall(normalise(text))


@lru_cache(maxsize=65_536)
def _parses(word: str) -> tuple[Any, ...]:
    try:
        return tuple(_morph().parse(word))
    except ValueError:  # it asks for the names of letters, and not every letter has one
        return tuple(_morph().parse(_NOT_CYRILLIC.sub("", word)))


@lru_cache(maxsize=65_536)
def lemma(word: str) -> str:
    """The likeliest dictionary form of a normalised word, ё as е; Latin and digits as they are."""
    if not word or not _is_cyrillic(word):
        return word
    return str(_parses(word)[0].normal_form).replace("ё", "е")


@lru_cache(maxsize=65_536)
def lemmas(word: str) -> frozenset[str]:
    """Every plausible dictionary form of a normalised word."""
    if not word or not _is_cyrillic(word):
        return frozenset((word,))
    return frozenset(str(parse.normal_form).replace("ё", "е") for parse in _parses(word)[:6])


@lru_cache(maxsize=65_536)
def part_of_speech(word: str) -> str:
    """OpenCorpora tag of the likeliest reading (NOUN, VERB, ADJF...), LATN, NUMB or an empty string."""
    if not word:
        return ""
    if word[0].isdigit():
        return "NUMB"
    if not _is_cyrillic(word):
        return "LATN"
    return str(_parses(word)[0].tag.POS or "")


def grammemes(word: str) -> frozenset[str]:
    """OpenCorpora's marks of the likeliest reading: «1per», «anim», «Name»; of no Cyrillic word none."""
    if not word or not _is_cyrillic(word):
        return frozenset()
    return frozenset(_parses(word)[0].tag.grammemes)


def may_be_genitive(word: str) -> bool:
    """Whether any reading of the word is in the genitive: «белых», «седанов», not «седан»."""
    return any("gent" in parse.tag for parse in _parses(word))


def is_plural(word: str) -> bool:
    """Whether the likeliest reading of the word is in the plural."""
    return "plur" in _parses(word)[0].tag


def may_be_plural(word: str) -> bool:
    """Whether it may be a nominative plural: «электрички» is likelier the genitive of one."""
    return any({"plur", "nomn"} <= parse.tag.grammemes for parse in _parses(word))


def is_to_a_person(word: str) -> bool:
    """Whether the word may say to whom: «мне», «сыну». «Майбах» is guessed to be a person and «белых» may be
    a surname, and both are none.
    """
    if not is_known(word) or part_of_speech(word) not in ("NOUN", "NPRO"):
        return False
    tags = [parse.tag for parse in _parses(word)]
    return any("datv" in tag and ("NPRO" in tag or "anim" in tag) for tag in tags)


def is_service(word: str) -> bool:
    """Whether the word is a preposition, conjunction, particle, interjection or pronoun."""
    return part_of_speech(word) in _SERVICE_POS


@lru_cache(maxsize=65_536)
def is_known(word: str) -> bool:
    """Whether the dictionary has this very form."""
    return bool(word) and _is_cyrillic(word) and bool(_morph().word_is_known(word))


@lru_cache(maxsize=16_384)
def paradigms(word: str) -> frozenset[tuple[str, frozenset[str]]]:
    """All forms of a normalised word, itself included, ё as е: as stems and the endings that each takes.

    A word that is itself a dictionary form is inflected as that one only («банка» is never «банк» the
    institution's case form); otherwise every known reading counts.
    """
    found = {(word, frozenset(("",)))}
    if not word or not _is_cyrillic(word):
        return frozenset(found)
    parses = _parses(word)
    known = [parse for parse in parses if parse.is_known]
    if not known:  # «фаркоп» is no case form of a «фаркопа»
        own = [parse for parse in parses if str(parse.normal_form).replace("ё", "е") == word]
        known = own[:1] or list(parses[:1])
    as_written = [parse for parse in known if str(parse.normal_form).replace("ё", "е") == word]
    if not as_written:
        best = known[0].score
        as_written = [parse for parse in known if parse.score >= best * 0.2]
    for parse in as_written:
        found |= _paradigm(parse)
    return frozenset(found)


def _paradigm(parse: Any) -> frozenset[tuple[str, frozenset[str]]]:
    """The dictionary keeps endings once for all words of a kind: nothing is written out word by word."""
    match parse.methods_stack:
        case ((_, fixed, int() as paradigm, int() as place),):
            dictionary = _morph().dictionary
            stem = str(dictionary.build_stem(dictionary.paradigms[paradigm], place, fixed)).replace("ё", "е")
            return frozenset((prefix + stem, endings) for prefix, endings in _endings(paradigm))
    forms = {str(form.word).replace("ё", "е") for form in parse.lexeme}
    stem = commonprefix(sorted(forms))  # noqa: RUF071 - of letters, as is wanted
    return frozenset(((stem, frozenset(form.removeprefix(stem) for form in forms)),))


@lru_cache(maxsize=4096)
def _endings(paradigm: int) -> tuple[tuple[str, frozenset[str]], ...]:
    """The endings of a paradigm by what stands before the stem («по», «наи», mostly nothing)."""
    by_prefix: dict[str, set[str]] = {}
    for prefix, _, ending in _morph().dictionary.build_paradigm_info(paradigm):
        by_prefix.setdefault(prefix, set()).add(ending.replace("ё", "е"))
    return tuple((prefix, frozenset(endings)) for prefix, endings in by_prefix.items())


def inflections(word: str) -> frozenset[str]:
    """All forms of a normalised word, itself included, ё as е (`paradigms`)."""
    return frozenset(stem + ending for stem, endings in paradigms(word) for ending in endings)


def content_lemmas(text: str) -> list[str]:
    """Dictionary forms of the words that carry a topic, in order, repeats kept."""
    return [lemma(word) for word in words(text) if not is_service(word) and not _is_copula(word)]


def stem(lexeme: str) -> str:
    """A dictionary form cut to five letters, so that «оплата» meets «оплатить»."""
    return lexeme[:_STEM_LETTERS]


def _is_copula(word: str) -> bool:
    return lemma(word) in (
        "быть",
        "являться",
        "мочь",
        "весь",
        "этот",
        "тот",
        "который",
        "такой",
        "наш",
        "ваш",
        "свой",
    )


def _is_cyrillic(word: str) -> bool:
    return any("а" <= char <= "я" for char in word)


def plural(number: int, one: str, few: str, many: str) -> str:
    """The noun's form after a number: 21 автомобиль, 22 автомобиля, 25 автомобилей."""
    tens, ones = abs(number) % 100, abs(number) % 10
    if 11 <= tens <= 14:
        return many
    if ones == 1:
        return one
    return few if 2 <= ones <= 4 else many


@lru_cache(maxsize=4096)
def inflect(word: str, *grammemes: str) -> str:
    """The word in the asked form (OpenCorpora grammemes: "gent", "plur"...), or as it is where none exists.

    Keeps a capital first letter.
    """
    parses = _parses(word.lower())
    as_written = [parse for parse in parses if str(parse.normal_form) == word.lower()] or list(parses)
    for parse in as_written:
        form = parse.inflect(frozenset(grammemes))
        if form is not None:
            text = str(form.word)
            return text.capitalize() if word[:1].isupper() else text
    return word


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read a form: its dictionary form, its OpenCorpora grammemes, how likely it is (0 to 1)."""

    lemma: str
    grammemes: frozenset[str]
    share: float


@lru_cache(maxsize=65_536)
def readings_of(word: str) -> tuple[Reading, ...]:
    """Every reading of a normalised Cyrillic word, ambiguity and all, the likeliest first."""
    return tuple(
        Reading(str(parse.normal_form).replace("ё", "е"), frozenset(parse.tag.grammemes), float(parse.score))
        for parse in _parses(word)
    )


_CASES = {
    "nomn": "nomn", "gent": "gent", "gen2": "gent", "datv": "datv", "accs": "accs", "ablt": "ablt",
    "loct": "loct", "loc2": "loct",
}  # fmt: skip
_GENDERS = frozenset({"masc", "femn", "neut"})


def agree(adjective: str, noun: str) -> bool:
    """Whether an adjective may be of a noun: case, number and, in the singular, gender are the same in some
    reading of both («золотому кольцу», «красной площади»).
    """
    qualities = [reading.grammemes for reading in readings_of(adjective) if "ADJF" in reading.grammemes]
    things = [reading.grammemes for reading in readings_of(noun) if "NOUN" in reading.grammemes]
    return any(
        _cases(one) & _cases(other)
        and ("plur" in one & other or ("sing" in one & other and one & other & _GENDERS))
        for one in qualities
        for other in things
    )


def _cases(marks: frozenset[str]) -> set[str]:
    return {case for mark, case in _CASES.items() if mark in marks}
