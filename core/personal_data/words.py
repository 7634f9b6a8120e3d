"""What morphology knows of a single word: a name, a surname, a patronymic, a place, an adjective.

Shares are those of the readings of one written form, 0 to 1, ambiguity and all. Refuses to know the words
around it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from core.disguise import spelled_in_russian
from core.russian import Reading, is_known, may_be_genitive, readings_of

# Names in the dictionary that are said of cars and machines, and brands that were called after people.
_CARS = frozenset((
    "авео", "алиса", "альмера", "астон", "бентли", "бенц", "бугатти", "бьюик", "веста", "виано", "виста",
    "вито", "волга", "гранта", "даймлер", "дастер", "джетта", "джип", "додж", "зевс", "кадди", "кадиллак",
    "калина", "камри", "каптур", "карина", "королла", "крайслер", "крета", "круз", "лада", "ламборгини",
    "ларгус", "лачетти", "линкольн", "мазерати", "майбах", "мейбах",
    "марк", "мерседес", "москвич", "нива",
    "октавия", "опель", "оптима", "пассат", "пежо", "порше", "рено", "ройс", "роллс", "ситроен", "соларис",
    "солярис", "соната", "спринтер", "сузуки", "тесла", "тигуан", "тойота", "туарег", "фабия", "фаэтон",
    "феррари", "форд", "хонда", "шевроле", "элеганс", "юнона", "яндекс",
))  # fmt: skip
_SURNAME = re.compile(
    r"(?:[оеё]в|[иы]н)(?:а|у|ым|е|ой|ых|ы)?|(?:ск|цк)(?:ий|ая|ого|ому|им|ом|ой|ую)|енко|швили|дзе"
    r"|(?:ян|янц|ук|юк|чук)(?:а|у|ом|е)?|[оеё]вич(?:а|у|ем|е)?"
)
_ENDINGS = frozenset(("ая", "ой", "ую", "ий", "ый", "ом", "ем", "го", "му"))
_PATRONYMIC = re.compile(
    r"[а-яё]{2,}(?:[оеё]вич|[ьи]ич|ыч|[оеё]вн|ичн|иничн|[ао]вн)(?:а|у|ем|е|ы|ой|ою|и)?|[а-яё]{2,}(?:оглы|кызы)"
)
_CYRILLIC = re.compile("[а-яё-]+")
_LONGEST = 32


@dataclass(frozen=True, slots=True)
class Word:
    """Shares of the readings of one word, and whether the dictionary has it."""

    name: float = 0.0
    surname: float = 0.0
    patronymic: float = 0.0
    place: float = 0.0
    adjective: float = 0.0
    noun: float = 0.0
    known: bool = False

    @property
    def person(self) -> float:
        return min(1.0, self.name + self.surname + self.patronymic)


NOTHING = Word(known=True)


@lru_cache(maxsize=65_536)
def word(text: str) -> Word:
    """`text` in lower case, Cyrillic or Latin."""
    if not 2 <= len(text) <= _LONGEST:
        return NOTHING if len(text) < 2 else Word()
    if text.isascii():
        return _latin(text)
    if not _CYRILLIC.fullmatch(text):
        return Word()
    spelling = text.replace("ё", "е")
    found = readings_of(spelling)
    if any(reading.lemma in _CARS for reading in found):
        return NOTHING
    known = is_known(spelling)
    shares = {
        "name": _share(found, "Name"),
        "surname": _share(found, "Surn"),
        "patronymic": _share(found, "Patr"),
        "place": _share(found, "Geox"),
        "adjective": sum(
            each.share for each in found if "ADJF" in each.grammemes and "Apro" not in each.grammemes
        ),
        "noun": _share(found, "NOUN"),
    }
    if not known:
        shares["name"] = 0.0  # a guess by the ending
        shares["patronymic"] = 1.0 if _PATRONYMIC.fullmatch(spelling) else 0.0
        if (
            len(spelling) >= 5
            and _SURNAME.search(spelling[3:])
            and re.search(rf"(?:{_SURNAME.pattern})$", spelling)
        ):
            shares["surname"] = max(shares["surname"], 0.6)
    return Word(**shares, known=known)


def _share(found: tuple[Reading, ...], grammeme: str) -> float:
    return sum(reading.share for reading in found if grammeme in reading.grammemes)


def _latin(text: str) -> Word:
    """The likeliest Russian word that a Latin spelling stands for, if it is somebody's name."""
    for spelling in spelled_in_russian(text):
        if is_known(spelling):
            read = word(spelling)
            if read.person >= 0.5:
                return read
    return Word()


def capitalised(text: str) -> bool:
    return text[:1].isupper()


def is_adjective(text: str) -> bool:
    return word(text.lower().split("-")[-1]).adjective > 0.3


def is_place(text: str) -> bool:
    """«Казань», «санкт-петербург», «Нижний Новгород»."""
    parts = text.lower().split()
    return word(parts[-1]).place >= 0.4 and all(word(part).adjective or word(part).place for part in parts)


def may_name_a_street(text: str, *, first: bool = True, alone: bool = False) -> bool:
    """Whether a street may be called so. `alone`: without anything else that speaks for it."""
    if text.isascii():
        return False
    lower = text.lower()
    read = word(lower)
    proper = read.person >= 0.3 or read.place >= 0.4
    adjective = read.adjective > 0.3 and lower[-2:] in _ENDINGS
    if alone:
        return proper or (adjective and capitalised(text))
    common = first and read.noun > 0.5 and may_be_genitive(lower)
    return proper or adjective or capitalised(text) or common
