"""«Обычные CLA», «стандартная версия ешки»: the cars of a class that are of no sporting line of it.

Knows that a line is the word before a class's own name in the names of models («AMG CLA 35»), and that where
a class has none the word means nothing. Refuses to know which cars were spoken of before.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from assistants.showroom.language.lexicon import Lexicon
from assistants.showroom.language.naming import Atom, atoms
from core.russian import normalise, part_of_speech

_PLAIN = r"(?:обычн|обыкновенн|прост|стандартн)(?:ый|ая|ое|ые|ого|ую|ой|ом|ых|ому)"
_BEFORE = re.compile(rf"\b{_PLAIN}\s+(?:(?:верси|модификаци|исполнени|вариант|модел)[а-я]*\s+)?(?=[a-zа-я])")
_BEHIND = re.compile(
    rf"\s+(?:в )?{_PLAIN}(?:\s+(?:верси|модификаци|исполнени)[а-я]*)?\b(?=\W*(?P<next>[а-я]*))"
)
_DENIED = re.compile(r"\b(?:не|без|кроме|помимо) $")
# «А обычные?» behind cars of the line and others: what is asked of is said before.
ALONE = re.compile(
    rf"\W*(?:(?:а|и|ну|тогда|есть|какие|сколько|покажите)\W+)*{_PLAIN}"
    r"(?:\W+(?:есть|какие|сколько|имеются|покажите|верси[а-я]*|модел[а-я]*|из них|у вас))*\W*"
)
_NO_PLACE_BEHIND = ("NOUN", "LATN")


def with_plain_versions(text: str, lexicon: Lexicon) -> str:
    """The text with the line that is not meant denied before the class, or without the word; as it is where
    another class is built on the one named («обычный GLS» may be no AMG or no Maybach).
    """

    def denied(classes: frozenset[str]) -> str | None:
        lines = lines_within(classes, lexicon)
        if not lines or _denies_another(text, classes, lexicon):
            return ""
        return None if is_built_upon(classes, lexicon) else "".join(f"без {line} — " for line in lines)

    return _replaced(text, lexicon, denied)


def without_plain(text: str, lexicon: Lexicon, lines: Sequence[str] = ()) -> str:
    """The text without the word, and with these lines denied."""
    return _replaced(text, lexicon, lambda _: "".join(f"без {line} — " for line in lines))


def is_built_upon(classes: frozenset[str], lexicon: Lexicon) -> bool:
    """Whether the stock has cars of another class with the letters of one of these in their names."""
    letters = {tuple(atom.text for atom in atoms(name)) for name in classes}
    return any(
        parts[1 : 1 + len(each)] == each and _is_called_by(model, lexicon)
        for model, parts in lexicon.models.items()
        for each in letters
    )


def _denies_another(text: str, classes: frozenset[str], lexicon: Lexicon) -> bool:
    """«GLS обычный, не майбах» says itself which are not meant."""
    spelling = normalise(text)
    return any(
        not others & classes and _DENIED.search(spelling[:start])
        for start, _, others in _classes(spelling, lexicon)
    )


def _replaced(text: str, lexicon: Lexicon, denied: Callable[[frozenset[str]], str | None]) -> str:
    spelling = normalise(text)
    if len(spelling) != len(text):
        return text
    for match in reversed([*_BEFORE.finditer(spelling)]):
        named = _class_at(spelling, match.end(), lexicon)
        lead = denied(named[0]) if named is not None else None
        if lead is not None:
            text = f"{text[: match.start()]}{lead}{text[match.end() :]}"
    if normalise(text) != spelling:
        return text
    for start, end, classes in reversed(_classes(spelling, lexicon)):
        behind, lead = _BEHIND.match(spelling, end), denied(classes)
        if behind is None or lead is None or part_of_speech(behind["next"]) in _NO_PLACE_BEHIND:
            continue
        text = f"{text[:start]}{lead}{text[start:end]}{text[behind.end() :]}"
    return text


def lines_within(classes: frozenset[str], lexicon: Lexicon) -> tuple[str, ...]:
    """The words of the lines that some cars of these classes are of, as the stock writes them."""
    lines = {line for model in lexicon.models for line in _line(model, lexicon)}
    found: dict[str, str] = {}
    for car in lexicon.cars:
        if lexicon.profiles[car.vin]["class"] & classes and not _is_called_by(car.model, lexicon):
            for place, atom in enumerate(atoms(car.model)):
                if atom.text in lines:
                    found[atom.text] = lexicon.written(car.model, place, place + 1)
    return tuple(found.values())


def _line(model: str, lexicon: Lexicon) -> tuple[str, ...]:
    """AMG of «AMG CLA 35», nothing of «AMG GT 63» and «Maybach S 580», which classes are called by."""
    row = atoms(" ".join(lexicon.models[model]))
    if len(row) < len(("line", "class")) or not row[0].text.isalpha() or _is_called_by(model, lexicon):
        return ()
    begins = [*lexicon.names["class"].find_at(row, 1), *lexicon.names["hint"].find_at(row, 1)]
    return (row[0].text,) if begins else ()


def _is_called_by(model: str, lexicon: Lexicon) -> bool:
    """Whether a class's name begins the model's."""
    row = atoms(" ".join(lexicon.models[model]))
    return bool(row) and any(lexicon.names["class"].find_at(row, 0))


def _class_at(spelling: str, start: int, lexicon: Lexicon) -> tuple[frozenset[str], int] | None:
    """The class that is named there; of a single designation («обычный E 200») none has to be denied."""
    row = atoms(spelling)
    place = next((at for at, atom in enumerate(row) if atom.start == start), None)
    if place is None:
        return None
    ends = [*lexicon.names["class"].find_at(row, place)]
    if ends:
        end = max(end for end, _, _ in ends)
        numbered = end < len(row) and _adjoins(row, end)
        return (frozenset() if numbered else frozenset(term.id for at, _, term in ends if at == end), end)
    designated = place + 1 < len(row) and _adjoins(row, place + 1) and lexicon.as_model_atoms(row[place].text)
    return (frozenset(), place + 1) if designated else None


def _adjoins(row: list[Atom], place: int) -> bool:
    return row[place].number and row[place].start - row[place - 1].end <= 1


def _classes(spelling: str, lexicon: Lexicon) -> list[tuple[int, int, frozenset[str]]]:
    row = atoms(spelling)
    return [
        (row[each.start].start, row[each.end - 1].end, frozenset({each.term.id}))
        for each in lexicon.names["class"].find(row)
    ]
