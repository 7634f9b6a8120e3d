"""The letters of a class before a number, however they are written: «ц180», «сл 63», «глс 400д».

Knows which class of the vocabulary letters spell, whether the stock of the day has it or not. Refuses to know
where a designation stands (`designations.py`).
"""

from __future__ import annotations

from collections.abc import Sequence

from assistants.showroom.language.lexicon import Lexicon
from assistants.showroom.language.naming import Atom, name_parts, place_of, spellings
from core.russian import grammemes, is_known, is_service, part_of_speech

CLASS_WORDS = frozenset({"класс", "класса", "классе", "классу", "классы", "классов", "class", "klasse"})
_SHORT_YEARS = range(13, 30)
_CLOSING = {"д": "d", "s": "S"}


def class_of_letters(atom: Atom, lexicon: Lexicon, number: str = "") -> str | None:
    """The class whose own letters an atom spells: C for «ц», SL for «сл»; of two («с 180») the one that has
    the number, then the one whose letters look so.
    """
    found = {term.id for _, _, term in lexicon.names["class"].find_at((atom,), 0)}
    ids = [name for name in sorted(found) if name.isascii() and atom.text in spellings(name.lower())]
    return min(ids, key=lambda name: not is_hinted(name, number, lexicon), default=None)


def is_hinted(wanted: str, number: str, lexicon: Lexicon) -> bool:
    """Whether the vocabulary has a designation with this number, of a class or of any."""
    return any(
        number in parts and (not wanted or any(term.id == wanted for term in terms))
        for parts, terms in lexicon.names["hint"].names()
    )


def opens_a_hint(letters: str, number: str, lexicon: Lexicon) -> bool:
    """Whether letters with a number open a designation of the vocabulary: «GT 63»."""
    return any(parts[:2] == (letters, number) for parts, _ in lexicon.names["hint"].names())


def said_of_class(row: Sequence[Atom], start: int, end: int, lexicon: Lexicon) -> str:
    """A designation in the letters of its class: «C 180» for «ц180»; as it was said where it has none."""
    wanted = class_of_letters(row[start], lexicon, row[start + 1].text) if row[start + 1].number else None
    if wanted is None:
        return " ".join(atom.text for atom in row[start:end])
    suffix = [_CLOSING.get(atom.text, atom.text) for atom in row[start + 2 : end]]
    return " ".join((wanted, row[start + 1].text, *suffix))


def opens_apart(row: Sequence[Atom], at: int, lexicon: Lexicon) -> bool:
    """Whether Cyrillic letters open the designation whose number stands a space behind them: «е 220», «сл
    63», not «лет 300» and not «с 45».
    """
    text, number = row[at].text, row[at + 1].text
    named = class_of_letters(row[at], lexicon, number)
    if is_known(text) and not _may_be_letter(text) and (named is None or is_service(text)):
        return False
    if part_of_speech(text) in ("NOUN", "VERB") and len(text) > 2 and named is None:
        return False
    behind = row[at + 2 : at + 3]
    named_behind = behind and len(behind[0].text) > 1 and any(lexicon.names["class"].find_at(row, at + 2))
    if len(number) == 3:
        return not (named_behind and is_service(text))  # «а 500 гелик есть?»
    known = len(number) == 2 and named is not None and not may_be_a_year(row[at + 1])
    if not known or named_behind:
        return False  # «а 63 гелик есть?»
    return is_hinted(named or "", number, lexicon) if is_service(text) else is_hinted("", number, lexicon)


def is_governed(behind: Atom) -> bool:
    """«С пробегом», «с полным приводом»: whether a word stands in a case that a preposition asks for; «с
    класса» is a class.
    """
    return behind.text not in CLASS_WORDS and not {"ablt", "gent"}.isdisjoint(grammemes(behind.text))


def may_be_a_year(atom: Atom) -> bool:
    """No designation has so small a number of two digits."""
    return len(atom.text) == 2 and int(atom.text) in _SHORT_YEARS


def _may_be_letter(text: str) -> bool:
    return len(text) == 1 and text in "сеабгв"


def is_in_line(line: str, designation: str, lexicon: Lexicon) -> bool:
    """Whether a car of this class is called so."""
    wanted = name_parts(designation)
    return any(
        line in lexicon.profiles[car.vin]["class"] and place_of(wanted, lexicon.models[car.model]) is not None
        for car in lexicon.cars
    )
