"""Which options a question names: by the words of their names, their kin and their sound.

Knows how an option is called and which words are a car's or the stock's. Refuses to know prices and answers.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import takewhile

from assistants.showroom.language.lexicon import Lexicon
from assistants.showroom.language.naming import Atom, Mention, name_parts, sounds_like, spellings
from assistants.showroom.language.phrases import SERVICES
from assistants.showroom.language.reading import Reading
from core.facts import Snapshot, TrimOption
from core.russian import grammemes, is_known, is_service, lemma, lemmas, part_of_speech

# Words of an option's name that do not tell it from another option or from a car.
GENERIC = frozenset(
    {
        "пакет", "система", "комплект", "набор", "опция", "функция", "первый", "второй", "третий", "задний",
        "передний", "боковой", "левый", "правый", "ряд", "новый", "полный", "большой", "малый", "автомобиль",
        "машина", "салон", "привод", "цвет", "amg",
    }
)  # fmt: skip
# They open words that have nothing else in common.
_OPENINGS = ("электр", "мульти", "управл")


@dataclass(frozen=True)
class Named:
    """Options that a question names, the words of it that name them, and whether they are all it names."""

    options: tuple[TrimOption, ...]
    said: frozenset[str]
    exact: bool = True
    by_option: Mapping[TrimOption, frozenset[str]] = field(default_factory=dict)


def named_options(reading: Reading, snapshot: Snapshot, lexicon: Lexicon) -> Named:
    """Options of which the question has a telling word, those with most of its words before the others."""
    features = lexicon.names["feature"].find(reading.row)
    marks = {place for feature in features for place in range(feature.start, feature.end)}
    said = tuple(
        atom.text
        for place, atom in enumerate(reading.row)
        if place not in marks
        and not is_service(atom.text)
        and (place not in reading.car_places or atom.text in reading.residue)
    )
    everyday = _everyday(reading.row, lexicon)
    met = {
        name: _met(name, said, _called(name, everyday, reading.row), lexicon)
        for name in dict.fromkeys(option.option for option in snapshot.options)
    }
    counted = {option: met[option.option] for option in snapshot.options if met[option.option]}
    best = [
        option
        for option, met in counted.items()
        if not any(met < other for row, other in counted.items() if row.model == option.model)
    ]
    claimed = frozenset[str]().union(*(counted[option] for option in best))
    claimed |= _beside_claimed(reading, best, claimed)
    others = {
        word
        for word in said
        if best and word not in claimed and lemma(word) not in GENERIC and _stands_in(word, snapshot)
    }
    return Named(tuple(best), claimed | others, not others, {option: counted[option] for option in best})


def _met(option: str, said: Sequence[str], called: frozenset[str], lexicon: Lexicon) -> frozenset[str]:
    """The words said that are an option's, `called` among them: none where no telling one is."""
    name = tuple(part for part in name_parts(option) if not is_service(part))
    met = frozenset(word for word in said if any(_means(word, part) for part in name))
    if called or not met:
        return met | called
    opened = all(any(_means(word, part) for word in said) for part in name[:2])
    telling = (part for part in _telling(name) if not _is_stock_word(part, lexicon))
    return met if opened or any(_means(word, part) for part in telling for word in met) else frozenset()


def is_apposed(reading: Reading, place: int, case: str) -> bool:
    """«Музыкой Burmester» (`case` is "ablt"): right before the name of an option stands what it is."""
    named, before = reading.row[place], reading.row[place - 1]
    if place - 1 in reading.car_places or named.start - before.end != 1 or lemma(before.text) in SERVICES:
        return False
    a_name, tags = named.latin or not is_known(named.text), grammemes(before.text)
    return a_name and is_known(before.text) and {"NOUN", case} <= tags and "anim" not in tags


def apposed_words(reading: Reading, said: Collection[str]) -> frozenset[str]:
    """«Есть музыка Burmester?»: what stands before the words `said` of an option and says what it is."""
    row = reading.row
    return frozenset(
        row[place - 1].text
        for place in range(1, len(row))
        if row[place].text in said and any(is_apposed(reading, place, case) for case in ("nomn", "accs"))
    )


def everyday_words(options: Sequence[TrimOption], row: Sequence[Atom], lexicon: Lexicon) -> frozenset[str]:
    """The words of a question that name one of these options by no word of its name: «люк»."""
    everyday = _everyday(row, lexicon)
    return frozenset[str]().union(*(_called(option.option, everyday, row) for option in options))


def _everyday(row: Sequence[Atom], lexicon: Lexicon) -> list[Mention]:
    """Everyday names of options, also with a word between that tells nothing: «подруливающая задняя ось»."""
    places = [place for place, atom in enumerate(row) if lemma(atom.text) not in GENERIC]
    index = lexicon.names["option"]
    plain = list(index.find(row))
    if len(places) == len(row):
        return plain
    loose = index.find([row[place] for place in places])
    return [*plain, *(Mention(each.term, places[each.start], places[each.end - 1] + 1) for each in loose)]


def _called(option: str, everyday: Sequence[Mention], row: Sequence[Atom]) -> frozenset[str]:
    """The everyday words that name this option: «пневма» is what has «Пневмоподвеска» in its name."""
    name = {*name_parts(option)}
    return frozenset(
        row[place].text
        for mention in everyday
        if {*name_parts(mention.term.id)} <= name
        for place in range(mention.start, mention.end)
    )


def _beside_claimed(reading: Reading, best: Sequence[TrimOption], claimed: frozenset[str]) -> frozenset[str]:
    """«AMG» of «пакет AMG Line» is the option's."""
    own = [{*name_parts(option.option)} for option in best]
    row = reading.row
    return frozenset(
        atom.text
        for place, atom in enumerate(row)
        for name in own
        if atom.text in name
        and (
            all(atom.text in other for other in own)
            or any(
                near.text in claimed & name
                for near in (*row[max(0, place - 1) : place], *row[place + 1 : place + 2])
            )
        )
    )


def _stands_in(word: str, snapshot: Snapshot) -> bool:
    return any(_means(word, part) for option in snapshot.options for part in name_parts(option.option))


@lru_cache(maxsize=1024)
def _telling(name: tuple[str, ...]) -> tuple[str, ...]:
    """Latin words, and Russian ones up to the first noun: «массаж» of «массаж задних сидений»."""
    kept: list[str] = []
    opened = True
    for part in name:
        if part.isascii():
            kept += [part] if len(part) > 2 and not part.isdigit() else []
        elif opened:
            kept.append(part)
            opened = part_of_speech(part) != "NOUN" or (len(kept) == 1 and lemma(part) in GENERIC)
    return tuple(part for part in kept if lemma(part) not in GENERIC)


def _is_stock_word(part: str, lexicon: Lexicon) -> bool:
    return any(index.knows(part) for kind, index in lexicon.names.items() if kind != "option")


@lru_cache(maxsize=8192)
def _means(said: str, part: str) -> bool:
    """Whether a word said is this word of an option's name: its form, its kin, its sound."""
    if said == part:
        return True
    if part.isascii():
        silent = part.endswith("e") and len(part) > 3 and said in spellings(part[:-1])
        return silent or sounds_like(said, part) or sounds_like(lemma(said), part)
    if said.isascii() or said.isdigit():
        return False
    left, right = lemma(said), lemma(part)
    if right in lemmas(said):  # «с третьим рядом»: no adverb
        return True
    stem = left[: sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(left, right, strict=False)))]
    related = len(stem) >= 5 and len(stem) >= 0.6 * min(len(left), len(right))
    return related and not any(stem.startswith(opening) and len(stem) < 9 for opening in _OPENINGS)
