"""What a question names of the equipment that is sold at all, whether the salon lists it today or not.

Knows the everyday names of equipment (`equipment.toml`) and which of the day's options each of them means.
Refuses to know prices, models and answers.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from assistants.showroom.language.lexicon import Lexicon
from assistants.showroom.language.naming import Atom, Mention, name_parts
from core.facts import TrimOption
from core.russian import lemma

# Words of an option's name that do not tell it from another option or from a car.
GENERIC = frozenset(
    {
        "пакет", "система", "комплект", "набор", "опция", "функция", "первый", "второй", "третий", "задний",
        "передний", "боковой", "левый", "правый", "ряд", "новый", "полный", "большой", "малый", "автомобиль",
        "машина", "салон", "привод", "цвет", "amg",
    }
)  # fmt: skip


def everyday(row: Sequence[Atom], lexicon: Lexicon) -> list[Mention]:
    """Everyday names of options, also with a word between that tells nothing: «подруливающая задняя ось»."""
    places = [place for place, atom in enumerate(row) if lemma(atom.text) not in GENERIC]
    index = lexicon.names["option"]
    plain = list(index.find(row))
    if len(places) == len(row):
        return plain
    loose = index.find([row[place] for place in places])
    return [*plain, *(Mention(each.term, places[each.start], places[each.end - 1] + 1) for each in loose)]


def called(option: str, mentions: Sequence[Mention], row: Sequence[Atom], lexicon: Lexicon) -> frozenset[str]:
    """The everyday words that name this option: «пневма» is what has «Пневмоподвеска» in its name."""
    return frozenset(
        row[place].text
        for mention in mentions
        if _is_of(mention.term.id, option, lexicon)
        for place in range(mention.start, mention.end)
    )


def everyday_words(options: Sequence[TrimOption], row: Sequence[Atom], lexicon: Lexicon) -> frozenset[str]:
    """The words of a question that name one of these options by no word of its name: «люк»."""
    mentions = everyday(row, lexicon)
    return frozenset[str]().union(*(called(option.option, mentions, row, lexicon) for option in options))


def partly_said(
    option: str, met: frozenset[str], mentions: Sequence[Mention], row: Sequence[Atom], lexicon: Lexicon
) -> bool:
    """Whether the words `met` of an option are but some of those that name other equipment together:
    «подогрев» of «подогрев сидений» names no heated wheel.
    """
    return any(
        met < {row[place].text for place in range(mention.start, mention.end)}
        for mention in mentions
        if not _is_of(mention.term.id, option, lexicon)
    )


def unlisted(
    mentions: Sequence[Mention], row: Sequence[Atom], listed: Collection[str], lexicon: Lexicon
) -> Mapping[str, frozenset[str]]:
    """What is named and none of the `listed` options is: how it is called, and the words that name it."""
    found: dict[str, frozenset[str]] = {}
    for mention in mentions:
        if any(_is_of(mention.term.id, option, lexicon) for option in listed):
            continue
        said = frozenset(row[place].text for place in range(mention.start, mention.end))
        found[mention.term.shown] = found.get(mention.term.shown, frozenset()) | said
    return {name: said for name, said in found.items() if not _is_said_more_fully(name, found)}


def _is_said_more_fully(name: str, found: Mapping[str, frozenset[str]]) -> bool:
    """«Массаж задних сидений» is no massage of any seats besides."""
    own = {*name_parts(name)}
    return any(
        found[name] < said or (found[name] == said and own < {*name_parts(other)})
        for other, said in found.items()
    )


def _is_of(thing: str, option: str, lexicon: Lexicon) -> bool:
    """Whether an option of the day is this piece of equipment, by any of its names: «Панорамный люк»."""
    parts = {*name_parts(option)}
    return any(set(name) <= parts for name in lexicon.names_of_equipment.get(thing, ()))
