"""Models of other makes as they are said: «бмв икс 3», «ауди ку семь», «вольво икс си девяносто».

Knows that letters said by their names and a number behind the name of a make are its model. Refuses to know
which models a make has: what it writes may be no car at all.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from assistants.showroom.language.dictated import edited
from assistants.showroom.language.lexicon import Lexicon
from assistants.showroom.language.naming import SAID_LETTERS, Atom, atoms
from assistants.showroom.language.unheld_things import UNHELD
from core.quantities import Quantity, quantities
from core.russian import grammemes, is_service, normalise

_LETTER = re.compile(r"[\s-]{1,2}([а-я]+)\b")
_GAP = re.compile(r"[\s-]{0,2}")
_NOUN_BEHIND = re.compile(r"\s([а-я]+)")
_OF_A_MODEL = re.compile(r"\d{1,3}|\d[.,]\d")
# What may stand between a name and the number of a model: «Camry 3.5», «BMW X5», «Mazda CX-5».
_LETTERS = re.compile(r"|\s(?:[a-zа-я]{1,3}-?)?|-")
_MOST_LETTERS = 3
_HIGHEST = 999
# «Ауди а шесть»: of the words of one letter the only one that makes are asked for with.
_ALONE = "а"


def with_models_of_makes(text: str, lexicon: Lexicon) -> str:
    """The text with such models as they are written; the salon's own make has names of its own."""
    row = atoms(text)
    makes = [each for each in lexicon.names["brand"].find(row) if each.term.id not in lexicon.own_brands]
    spelling = normalise(text)
    if not makes or len(spelling) != len(text):
        return text
    numbers = {number.start: number for number in quantities(spelling)}
    ends = sorted({row[make.end - 1].end for make in makes})
    return edited(text, filter(None, (_model_behind(spelling, end, numbers) for end in ends)))


def with_numbers_of_makes(
    numbers: Sequence[Quantity], row: Sequence[Atom], spelling: str, lexicon: Lexicon
) -> list[Quantity]:
    """The numbers, those of other makes' models without a scale of another number: «BMW X5 до 10 млн»,
    «Camry 3.5 до 5 млн» say no «от 5 млн».
    """
    makes = [each for each in lexicon.names["brand"].find(row) if each.term.id not in lexicon.own_brands]
    strangers = (*makes, *lexicon.names["other"].find(row))
    spans = [(row[each.start].start, row[each.end - 1].end) for each in strangers]
    return [_plain(number) if _is_of_a_model(number, spelling, spans) else number for number in numbers]


def _plain(number: Quantity) -> Quantity:
    """«3.5» is the size of an engine."""
    unit = "" if number.text.isdigit() else UNHELD
    return replace(number, value=float(number.text.replace(",", ".")), unit=unit, scaled=False)


def _is_of_a_model(number: Quantity, spelling: str, spans: Collection[tuple[int, int]]) -> bool:
    """Whether it stands in the name or right behind it, with no unit of its own."""
    bare = spelling[number.start : number.end] == number.text and _OF_A_MODEL.fullmatch(number.text)
    return bool(bare) and any(
        start < number.start and _LETTERS.fullmatch(spelling[end : max(end, number.start)])
        for start, end in spans
    )


def _model_behind(spelling: str, end: int, numbers: Mapping[int, Quantity]) -> tuple[int, int, str] | None:
    letters, start = "", 0
    while len(letters) < _MOST_LETTERS and (said := _LETTER.match(spelling, end)) is not None:
        if said[1] not in SAID_LETTERS or (len(said[1]) == 1 and said[1] != _ALONE):
            break
        start = start or said.start(1)
        letters, end = letters + SAID_LETTERS[said[1]][0], said.end()
    gap = _GAP.match(spelling, end)
    number = numbers.get(gap.end()) if gap is not None else None
    if not letters or number is None or not _designates(number, spelling):
        return None
    return start, number.end, f"{letters.upper()}{int(number.value)}"


def _designates(number: Quantity, spelling: str) -> bool:
    """A bare number that counts nothing: no sum, no year, no «а шесть мест»."""
    behind = _NOUN_BEHIND.match(spelling, number.end)
    counts = behind is not None and not is_service(behind[1]) and {"plur", "gent"} <= grammemes(behind[1])
    return not (number.unit or number.scaled or counts) and 0 < number.value <= _HIGHEST
