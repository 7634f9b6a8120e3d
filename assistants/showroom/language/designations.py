"""Model names in a question: «C 180», «c180», «С180», «гле 350 d», «монжаро», and names that the stock
does not have.

Knows how a designation is built: letters and a number side by side, or words of the stock's own models.
Refuses to know any brand. What looks like a designation and stands in no model is reported as absent, never
dropped.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from assistants.showroom.language.class_letters import (
    CLASS_WORDS,
    is_governed,
    is_in_line,
    may_be_a_year,
    opens_a_hint,
    opens_apart,
    said_of_class,
)
from assistants.showroom.language.designation_numbers import (
    is_quantity,
    letter_follows,
    number_follows,
    opens_a_formula,
    with_suffix,
)
from assistants.showroom.language.lexicon import Lexicon
from assistants.showroom.language.naming import Atom, strangeness
from core.quantities import Quantity
from core.russian import is_known, is_service

_LONGEST = 6
# A class is called by so many letters; what has more («Maybach») is a line of its own.
_MOST_LETTERS = 4


@dataclass(frozen=True, slots=True)
class Named:
    """A model that the question names: atoms from `start` up to `end`; `run` is its name in the stock's
    atoms, or None where no car of the stock bears it.
    """

    start: int
    end: int
    run: str | None
    said: str


def read_designations(row: Sequence[Atom], numbers: Sequence[Quantity], lexicon: Lexicon) -> list[Named]:
    """Every model named in the question, left to right."""
    found, at = [], 0
    while at < len(row):
        if opens_a_formula(row, at):
            at += 3
            continue
        named = _longest_run(row, at, numbers, lexicon)
        if named is None or named.end - named.start == 1:
            named = _of_two_words(row, at, numbers, lexicon) or _of_a_line(row, at, numbers, lexicon) or named
        if named is None and not _ends_a_class(row, at, lexicon) and not _is_a_code(row, at, lexicon):
            named = _pattern(row, at, numbers, lexicon) or _other_class(row, at, lexicon)
        if named is None:
            at += 1
        else:
            found.append(named)
            at = named.end
    _numbers_beside(row, found, numbers, lexicon)
    return sorted(found, key=lambda name: name.start)


def _of_two_words(
    row: Sequence[Atom], at: int, numbers: Sequence[Quantity], lexicon: Lexicon
) -> Named | None:
    """«AMG GT 63 S», where no model of the stock begins so."""
    for end, _, term in lexicon.names["class"].find_at(row, at):
        if " " in term.id and end - at > 1 and number_follows(row, end, numbers):
            behind = with_suffix(row, end + 1)
            said = _said(row, end, behind).upper() if row[behind - 1].text == "s" else _said(row, end, behind)
            return Named(at, behind, None, f"{term.id} {said}")
    return None


def _of_a_line(row: Sequence[Atom], at: int, numbers: Sequence[Quantity], lexicon: Lexicon) -> Named | None:
    """«Maybach GLS 600» where no car of that line is so called: neither the line nor a GLS 600 is meant."""
    for end, _, term in lexicon.names["class"].find_at(row, at):
        letters = end + 1 < len(row) and row[end].text.isalpha() and len(row[end].text) <= _MOST_LETTERS
        alone = not any(atom.number for atom in row[at:end]) and term.id.isalpha()
        if not (letters and alone and len(term.id) > _MOST_LETTERS and number_follows(row, end + 1, numbers)):
            continue
        behind = with_suffix(row, end + 2)
        said = said_of_class(row, end, behind, lexicon)
        if not is_in_line(term.id, said, lexicon):
            return Named(at, behind, None, f"{term.shown} {said.upper()}")
    return None


def _ends_a_class(row: Sequence[Atom], at: int, lexicon: Lexicon) -> bool:
    """«E-шка 300»: the letters before the number are the end of a nickname; those of «AMG GT 63» are none."""
    if at + 1 < len(row) and opens_a_hint(row[at].text, row[at + 1].text, lexicon):
        return False
    return at > 0 and any(end == at + 1 for end, _, _ in lexicon.names["class"].find_at(row, at - 1))


def _is_a_code(row: Sequence[Atom], at: int, lexicon: Lexicon) -> bool:
    """«W213»: a name of the vocabulary that has a number in it."""
    return any(
        row[place].number
        for end, _, _ in lexicon.names["class"].find_at(row, at)
        for place in range(at + 1, end)
    )


def _numbers_beside(
    row: Sequence[Atom], found: list[Named], numbers: Sequence[Quantity], lexicon: Lexicon
) -> None:
    """«AMG 53», «63 амг»: a number beside a word of a model's name that no number stands behind in any."""
    for name in list(found):
        if name.run is None or name.end - name.start > 1 or _opens_a_number(name.run, lexicon):
            continue
        for place in (name.end, name.start - 1):
            free = 0 <= place < len(row) and not any(each.start <= place < each.end for each in found)
            if not free or not row[place].number or not 2 <= len(row[place].text) <= 3:
                continue
            if is_quantity(row[place], numbers):
                continue
            both = any({name.run, row[place].text} <= {*parts} for parts in lexicon.models.values())
            said = f"{row[name.start].text} {row[place].text}"
            found.append(Named(place, place + 1, row[place].text if both else None, said))
            break


def _opens_a_number(run: str, lexicon: Lexicon) -> bool:
    return any(
        part == run and following.isdigit()
        for parts in lexicon.models.values()
        for part, following in pairwise(parts)
    )


def _longest_run(
    row: Sequence[Atom], start: int, numbers: Sequence[Quantity], lexicon: Lexicon
) -> Named | None:
    """The longest row of atoms from `start` that stands, contiguous, in some model of the stock."""
    if row[start].number and (not _glued(row, start) or is_quantity(row[start], numbers)):
        return None
    options = lexicon.as_model_atoms(row[start].text)
    if not options or _is_plain_word(row[start].text, lexicon) or _leads_on(row, start):
        return None
    open_places: list[tuple[str, int, tuple[str, ...]]] = [
        (model, place, (atom,))
        for model, parts in lexicon.models.items()
        for place, atom in enumerate(parts)
        if atom in options
    ]
    best, end = open_places, start + 1
    while open_places and end < len(row) and end - start < _LONGEST:
        if _sets_off(row, end, numbers) or opens_a_formula(row, end):
            break
        options = lexicon.as_model_atoms(row[end].text)
        open_places = [
            (model, place + 1, (*run, lexicon.models[model][place + 1]))
            for model, place, run in open_places
            if place + 1 < len(lexicon.models[model]) and lexicon.models[model][place + 1] in options
        ]
        if open_places:
            best, end = open_places, end + 1
    if not best:
        return None
    opens = any(_opens_a_number(run[-1], lexicon) for _, _, run in best)
    beside = number_follows(row, end, numbers) and not row[end - 1].number
    if letter_follows(row, end) or (beside and opens):
        behind = with_suffix(row, end + 1)
        names = end - start > 1 or not is_service(row[start].text) or opens_apart(row, start, lexicon)
        return Named(start, behind, None, said_of_class(row, start, behind, lexicon)) if names else None
    runs = sorted({run for _, _, run in best}, key=lambda run: (strangeness(row[start:end], run), run))
    if all(len(run) == 1 and len(run[0]) == 1 for run in runs) or not any(part.isalpha() for part in runs[0]):
        return None
    return Named(start, end, " ".join(runs[0]), _said(row, start, end))


def _sets_off(row: Sequence[Atom], at: int, numbers: Sequence[Quantity]) -> bool:
    """Whether an atom begins something else than the name before it: a sum, «GLC» of «не AMG, GLC», «с» of
    «CLA 45 с 4MATIC» and «майбах с пробегом».
    """
    said, before = row[at], row[at - 1]
    if said.number:
        return is_quantity(said, numbers)
    apart = said.text.isalpha() and before.text.isalpha() and said.start - before.end > 1
    return apart or (_leads_on(row, at) and (row[at + 1].number or is_governed(row[at + 1])))


def _glued(row: Sequence[Atom], start: int) -> bool:
    """Whether letters stand right behind the number: «320i»."""
    return start + 1 < len(row) and row[start].end == row[start + 1].start and row[start + 1].text.isalpha()


def _leads_on(row: Sequence[Atom], at: int) -> bool:
    """«CLA с 4MATIC»: a lone Cyrillic letter between spaces is a preposition, unless the number of a
    designation stands behind it («с 180»), which two digits that may be a year are not («а 22 дизель?»).
    """
    letter = row[at]
    if len(letter.text) > 1 or letter.latin or not is_service(letter.text) or at + 1 == len(row):
        return False
    glued = (at > 0 and row[at - 1].end == letter.start) or row[at + 1].start - letter.end != 1
    number = row[at + 1]
    return not glued and not (number.number and len(number.text) > 1 and not may_be_a_year(number))


def _is_plain_word(text: str, lexicon: Lexicon) -> bool:
    """«про», «и»: service words that happen to sound like an atom are words, unless a number follows."""
    return len(text) > 1 and is_service(text) and not any(text in parts for parts in lexicon.models.values())


def _said(row: Sequence[Atom], start: int, end: int) -> str:
    return " ".join(atom.text for atom in row[start:end])


def _pattern(row: Sequence[Atom], at: int, numbers: Sequence[Quantity], lexicon: Lexicon) -> Named | None:
    """Letters and a number side by side that no model of the stock has: «x5», «s 500», «рав4», «сл 63»."""
    letters = row[at]
    if not letters.text.isalpha() or len(letters.text) > 4 or not number_follows(row, at + 1, numbers):
        return None
    glued = row[at + 1].start == letters.end
    if not (letters.latin or glued or opens_apart(row, at, lexicon)):
        return None
    end = with_suffix(row, at + 2)
    return Named(at, end, None, said_of_class(row, at, end, lexicon))


def _other_class(row: Sequence[Atom], at: int, lexicon: Lexicon) -> Named | None:
    """«X-класс», where neither the stock nor the vocabulary has such a class."""
    if len(row[at].text) > len("GLC") or not row[at].text.isalpha() or at + 1 == len(row):
        return None
    if row[at + 1].text not in CLASS_WORDS or row[at + 1].start - row[at].end > 1:
        return None
    written = row[at].latin or row[at + 1].start - row[at].end == 1
    if not written or is_known(row[at].text) or any(lexicon.names["class"].find_at(row, at)):
        return None
    return Named(at, at + 2, None, f"{row[at].text}-класс")
