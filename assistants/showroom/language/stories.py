"""The question without what a visitor tells of himself: ages, family, dogs, reasons.

Knows by grammar which pieces of a text tell and ask for nothing. Refuses to know cars: it is told whether a
piece names something that the salon knows, and such a piece stays.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from assistants.showroom.language import phrases
from assistants.showroom.language.ages import OLDEST, ages_in
from assistants.showroom.language.second_reading import clauses, is_story
from assistants.showroom.language.spans import blanked
from core.quantities import Quantity, quantities
from core.russian import grammemes, lemma, normalise, part_of_speech, words

_DENIED = re.compile(r"\bне (?=(\w+))")
_PREDICATES = ("VERB", "INFN", "PRED")
_OF_A_CAR = (
    phrases.NEW | phrases.USED | phrases.FRESH | phrases.OLD | phrases.CHEAP | phrases.DEAR | phrases.MOST
)
_REQUESTS = frozenset(
    {
        "хотеть", "хотеться", "искать", "надо", "нужно", "нужный", "интересовать", "заинтересовать", "желать",
        "рассматривать", "понравиться", "приглянуться", "загореться",
        "подходить", "подойти", "предлагать", "любить", "нравиться", "хватить", "хватать", "пойти",
        "годиться",
        "мочь", "можно", "планировать", "спрашивать", "помочь", "записаться", "забронировать", "заказать",
    }
)  # fmt: skip


def without_stories(text: str, holds: Callable[[str], bool]) -> str:
    """The text without the ages of persons, which never say which car is wanted, and without the clauses that
    tell and ask for nothing. Those stay where nothing would be left that `holds`: it says whether a piece
    names what the salon knows. The ages are left out all the same.
    """
    spelling = normalise(text)
    if len(spelling) != len(text):
        text = spelling
    ages = list(ages_in(spelling, {start for start, _ in clauses(spelling)}))
    spelling, text = blanked(spelling, *ages), blanked(text, *ages)
    parts = clauses(spelling)
    kept = [part for part in parts if not _is_told(spelling[slice(*part)], holds)]
    if (not ages and len(kept) == len(parts)) or not any(holds(spelling[slice(*part)]) for part in kept):
        return text
    return " ".join("".join(text[slice(*part)] for part in kept).split())


def _is_told(clause: str, holds: Callable[[str], bool]) -> bool:
    if "?" in clause or holds(clause):
        return False
    said = words(clause)
    if not said:  # an age stood here
        return True
    if any(_asks_or_describes(word) for word in said):
        return False  # something is asked of the salon, or said of a car
    if not any(part_of_speech(word) in _PREDICATES or _is_a_person(word) for word in said):
        return False
    numbers = list(quantities(clause))
    if numbers and not all(_is_of_people(number, said) for number in numbers):
        return False
    return is_story(_DENIED.sub(_undenied, clause))


def _is_of_people(number: Quantity, said: list[str]) -> bool:
    """«Внучка родилась четвёртая»: somebody is there to be counted, and something is told."""
    counted = not number.unit and not number.scaled and number.value <= OLDEST
    return (
        counted
        and any("anim" in grammemes(word) for word in said)
        and any(part_of_speech(word) in _PREDICATES for word in said)
    )


def _asks_or_describes(word: str) -> bool:
    """«Ищу», «скажите», «подержанную», «поездивший»."""
    driven = part_of_speech(word) == "PRTF" and lemma(word) in phrases.DRIVES
    return driven or lemma(word) in _REQUESTS | _OF_A_CAR or bool({"impr", "2per"} & grammemes(word))


def _is_a_person(word: str) -> bool:
    return bool({"1per", "anim"} & grammemes(word)) or lemma(word) in phrases.OF_MANY


def _undenied(found: re.Match[str]) -> str:
    """What the visitor does not do denies nothing of a car: «дворы не чистят»."""
    return "" if part_of_speech(found[1]) in _PREDICATES else found[0]
