"""A class by its nickname and the number beside it: «560-я эска», «гелик 63», «а 350d?» after «G 500».

Knows that such a number closes the name of the class that is spoken of. Refuses to know any brand: which
numbers a class has, the stock and the vocabulary say.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from assistants.showroom.language.denials import is_denying
from assistants.showroom.language.designation_numbers import SUFFIXES
from assistants.showroom.language.designations import Named
from assistants.showroom.language.lexicon import Lexicon
from assistants.showroom.language.naming import Atom, Mention, atoms, place_of
from assistants.showroom.language.phrases import FILLER, LOWER, UPPER
from assistants.showroom.language.wish import Wish
from core.quantities import Quantity, quantities
from core.russian import lemma, normalise, part_of_speech

_ORDINAL_ENDINGS = frozenset(
    {"й", "ый", "ой", "ий", "я", "ая", "ю", "ую", "го", "ого", "му", "ому", "м", "ом"}
)
_BOUNDING = UPPER | LOWER | {"за", "в", "около", "примерно", "на", "с", "по"}
_IN_LATIN = {"д": "d"}
_JOINING = frozenset({"и", "или", "либо", "а", "ни", "да", "плюс", "нет"})
_REFUSING = frozenset({"не", "ни", "кроме", "без", "минус", "исключая", "помимо"})
_BETWEEN_REFUSED = (
    frozenset({"в", "на", "и", "или", "это", "тот", "ту", "те", "той", "этой"}) | _ORDINAL_ENDINGS
)
_LEANING = re.compile(
    r"^(?P<opening>(?:(?:а|и|ну|или|тогда|если|есть|сколько|стоит|но|только|же"
    r"|\w+(?:ый|ий|ая|яя|ое|ой|ую))\W+)*)"
    r"(?P<number>\d{2,3})(?:[\s-]{0,2}(?P<letters>[a-zа-я]{1,3}))?\b(?P<rest>.*)$"
)


def read_indices(
    row: Sequence[Atom],
    mentions: Sequence[Mention],
    taken: set[int],
    numbers: Sequence[Quantity],
    lexicon: Lexicon,
) -> list[Named]:
    """The models that bare numbers name beside the one class of the question."""
    classes = dict.fromkeys(mention.term.id for mention in mentions if mention.term.kind == "class")
    if len(classes) != 1:
        return []
    wanted = next(iter(classes))
    found = []
    for place, atom in enumerate(row):
        if place in taken or not atom.number or not 2 <= len(atom.text) <= 3:
            continue
        letters, end = _letters_behind(row, place) if place + 1 not in taken else ("", place + 1)
        close = place + 1 < len(row) and row[place + 1].start - atom.end <= 1  # «мне 45, ищу ешку»
        beside = any(
            place in (mention.end, mention.start - 1) or (close and place == mention.start - 2)
            for mention in mentions
        )
        refused = _is_refused(row, place, end)
        bounded = place and row[place - 1].text in _BOUNDING and letters not in _ORDINAL_ENDINGS
        alone = _stands_alone(row, place, numbers_known(lexicon))
        if (bounded and not refused) or is_measured(atom, numbers):
            continue
        if not (beside or letters or refused or alone):
            continue
        suffix = _IN_LATIN.get(letters, letters) if letters in SUFFIXES else ""
        known = atom.text in numbers_known(lexicon)
        closes = any(place == mention.end for mention in mentions if mention.term.kind == "class")
        opens = any(place == mention.start - 1 for mention in mentions if mention.term.kind == "class")
        if (
            not known
            and not closes
            and not ((beside or refused) and len(atom.text) == 3)
            and not ((opens or refused) and _is_odd(atom))
        ):
            continue
        runs = _runs(wanted, atom.text, suffix, lexicon)
        said = " ".join(part for part in (wanted, atom.text, suffix) if part)
        found += [Named(place, end, run, said) for run in runs or (None,)]
    return found


def _stands_alone(row: Sequence[Atom], place: int, known: Collection[str]) -> bool:
    """«Гелик есть? 63»: a number of designations that nothing follows, behind a sign that ends a sentence."""
    last = place and place == len(row) - 1 and row[place].start - row[place - 1].end > 1
    return bool(last) and row[place].text in known


def _is_refused(row: Sequence[Atom], place: int, end: int) -> bool:
    """«Не 580», «кроме 400 и 450», «без 63-го», «580 не надо»: a model that is not wanted."""
    if end < len(row) and _is_counted(row[end].text):
        return False
    before = [atom.text for atom in row[:place]]
    while before and (before[-1] in _BETWEEN_REFUSED or before[-1].isdigit()):
        before.pop()
    following = [atom.text for atom in row[end : end + 3] if atom.text not in ("тоже", "также")][:2]
    behind = following[:1] == ["не"] and all(map(is_denying, following[1:])) and len(following) > 1
    return behind or (bool(before) and before[-1] in _REFUSING)


def read_joined(
    row: Sequence[Atom],
    names: Sequence[Named],
    taken: set[int],
    numbers: Sequence[Quantity],
    lexicon: Lexicon,
) -> list[Named]:
    """«GLC 200 или 300 d»: the second model by its number alone; its letters are those of the one before."""
    found: list[Named] = []
    for place, atom in enumerate(row):
        if place in taken or not place or not atom.number or not 2 <= len(atom.text) <= 3:
            continue
        letters = _letters_before([*names, *found], place)
        close = row[place - 1].text in _JOINING or place - 1 in {name.end - 1 for name in (*names, *found)}
        if not letters or not close or is_measured(atom, numbers):
            continue
        behind, end = _letters_behind(row, place) if place + 1 not in taken else ("", place + 1)
        if behind == "" and end < len(row) and _is_counted(row[end].text):
            continue
        suffix = _IN_LATIN.get(behind, behind) if behind in SUFFIXES else ""
        wanted = [part for part in (letters, atom.text, suffix) if part]
        if atom.text not in numbers_known(lexicon) and len(atom.text) < 3:
            continue
        said = " ".join(wanted)
        run = said.lower().split()  # a model that is not there is told in capitals: «GLB 250 или 220 d»
        stocked = any(place_of(run, parts) is not None for parts in lexicon.models.values())
        found.append(Named(place, end, " ".join(run) if stocked else None, said))
    return found


def read_series(
    row: Sequence[Atom],
    taken: set[int],
    starts: Collection[int],
    numbers: Sequence[Quantity],
    lexicon: Lexicon,
) -> list[Named]:
    """«350-е дизели»: the number alone, of whatever class; `starts` are where such numbers stand."""
    return [
        Named(place, place + 1, atom.text, atom.text)
        for place, atom in enumerate(row)
        if atom.start in starts
        and place not in taken
        and atom.text in numbers_known(lexicon)
        and not is_measured(atom, numbers)
    ]


def is_joined(row: Sequence[Atom], place: int, names: Sequence[Named]) -> bool:
    """Whether a number goes on from the model named before it."""
    joins = place > 0 and row[place - 1].text in _JOINING
    return joins and bool(_letters_before(names, place))


def _letters_before(names: Sequence[Named], place: int) -> str:
    """The letters of the nearest model with a number before the place."""
    before = [
        name for name in names if name.end <= place and any(part.isdigit() for part in name.said.split())
    ]
    if not before:
        return ""
    nearest = max(before, key=lambda name: name.end)
    parts = (nearest.run or nearest.said).split()
    number = next((at for at, part in enumerate(parts) if part.isdigit()), 0)
    return parts[number - 1] if number else ""


def _is_counted(word: str) -> bool:
    """«300 сил»: the number counts something."""
    return part_of_speech(word) == "NOUN" and len(word) > 1 and lemma(word) not in FILLER


def with_class(question: str, before: Wish | None, lexicon: Lexicon) -> str:
    """«а 350d?» after «G 500» with the letters that it leaves out: «а G 350d?»; else the question itself."""
    match = _LEANING.match(normalise(question))
    if before is None or match is None or match["number"] not in numbers_known(lexicon):
        return question
    behind, rest = match["letters"] or "", match["rest"]
    if part_of_speech(behind) == "PREP":  # «а 580 в том же классе есть?»
        behind, rest = "", question[match.end("number") :]
    letters = {run.split()[0] for run in (*before.models, *before.absent) if run.isascii()} or {
        name.lower() for name in before.classes if name.isascii()
    }
    number = next((each for each in quantities(question) if each.text == match["number"]), None)
    following = re.match(r"\W*(\w+)", rest)
    measured = following is not None and _measures(following[1], lexicon)
    if len(letters) != 1 or measured or number is None or number.unit or number.scaled:
        return question
    series = behind.isascii() and any(behind in parts for parts in lexicon.models.values())
    if behind and behind not in SUFFIXES | _ORDINAL_ENDINGS and not series:
        return question
    suffix = f" {behind}" if behind in SUFFIXES or series else ""
    return f"{match['opening']}{next(iter(letters)).upper()} {match['number']}{suffix}{rest}"


def _measures(word: str, lexicon: Lexicon) -> bool:
    """«200 сил», but not «200 универсал»: a noun that is no value of a car."""
    row = atoms(word)
    value = any(True for kind in ("body", "color", "fuel") for _ in lexicon.names[kind].find(row))
    return part_of_speech(word) == "NOUN" and not value


def _is_odd(atom: Atom) -> bool:
    """«45-я CLA», «63 гелик», not «20 GLC»."""
    return int(atom.text) > 30 and not atom.text.endswith("0")


def _letters_behind(row: Sequence[Atom], place: int) -> tuple[str, int]:
    """The letters that close the number («d», «-й»), and where they end."""
    if place + 1 < len(row) and row[place + 1].start - row[place].end <= 1:
        text = row[place + 1].text
        if text in SUFFIXES | _ORDINAL_ENDINGS:
            return text, place + 2
    return "", place + 1


def is_measured(atom: Atom, numbers: Sequence[Quantity]) -> bool:
    """Whether the digits are a sum, a distance or the like: something with a unit or a multiplier."""
    return atom.number and any(
        number.start <= atom.start < number.end and (number.unit or number.scaled) for number in numbers
    )


def numbers_known(lexicon: Lexicon) -> frozenset[str]:
    """Numbers of designations that the stock or the vocabulary has."""
    stocked = {part for parts in lexicon.models.values() for part in parts}
    hinted = {atom for name, _ in lexicon.names["hint"].names() for atom in name}
    return frozenset(part for part in stocked | hinted if part.isdigit())


def _runs(wanted: str, number: str, suffix: str, lexicon: Lexicon) -> list[str]:
    """The names of the class's models in stock that have this number."""
    models = {car.model for car in lexicon.cars if wanted in lexicon.profiles[car.vin]["class"]}
    runs = set()
    for model in models:
        parts = lexicon.models[model]
        for at, part in enumerate(parts):
            if at and part == number and (not suffix or parts[at + 1 : at + 2] == (suffix,)):
                runs.add(" ".join(parts[at - 1 : at + 1 + bool(suffix)]))
    return sorted(runs)
