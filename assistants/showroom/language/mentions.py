"""Vocabulary terms in a question: classes, bodies, colours, fuels, brands, features, other brands' models.

Knows which of overlapping terms counts. Refuses to know models (`designations.py`) and what is wished for.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from assistants.showroom.language.designations import Named
from assistants.showroom.language.lexicon import Lexicon
from assistants.showroom.language.naming import Atom, Mention, atoms
from assistants.showroom.language.unheld_things import is_strange
from core.russian import agree, grammemes, is_service, lemma


def read_mentions(row: list[Atom], names: list[Named], taken: set[int], lexicon: Lexicon) -> list[Mention]:
    """Vocabulary terms, the longest first; a class inside a model's name is kept as a hint only where
    free.
    """
    found = sorted(
        (
            mention
            for kind in ("class", "body", "color", "fuel", "brand", "feature", "other")
            for mention in lexicon.names[kind].find(row)
        ),
        key=lambda mention: (mention.start - mention.end, mention.start),
    )
    begun = {mention.start for mention in found} | {name.start for name in names}
    kept: list[Mention] = []
    used: set[int] = set()
    spans = {(name.start, name.end) for name in names if name.run is not None}
    for mention in found:
        places = set(range(mention.start, mention.end))
        same = any((other.start, other.end) == (mention.start, mention.end) for other in kept)
        covers = any(mention.start <= start and end <= mention.end for start, end in spans)
        strange = covers and _is_strange(row, mention, lexicon)
        stocked = mention.term.kind == "other" and places & taken and not strange
        if (
            (places & used and not same)
            or (places & taken and not covers)
            or stocked
            or is_stray(row, mention)
            or (mention.term.kind == "color" and is_of_something_else(row, mention, begun))
        ):
            continue
        kept.append(mention)
        used |= places
    return kept + _inside_classes(row, kept, lexicon)


def named_most_nearly(row: list[Atom], kinds: Sequence[str], lexicon: Lexicon) -> list[tuple[str, Mention]]:
    """Terms of some kinds with their kind; «глк» is GLK as it is written, and no GLC by ear."""
    found = [(kind, mention) for kind in kinds for mention in lexicon.names[kind].find(row)]
    nearest: dict[tuple[int, int], int] = {}
    distances = []
    for kind, mention in found:
        near = lexicon.names[kind].find_at(row, mention.start)
        distance = min(far for end, far, term in near if end == mention.end and term == mention.term)
        place = (mention.start, mention.end)
        nearest[place] = min(distance, nearest.get(place, distance))
        distances.append(distance)
    return [
        each for each, distance in zip(found, distances, strict=True)
        if distance == nearest[each[1].start, each[1].end]
    ]  # fmt: skip


def cars_in(row: list[Atom], lexicon: Lexicon) -> frozenset[int]:
    """Where in the text cars are named, by a class, a designation or a brand."""
    kinds = ("class", "hint", "brand", "other")
    return frozenset(row[each.start].start for kind in kinds for each in lexicon.names[kind].find(row))


def _is_strange(row: list[Atom], mention: Mention, lexicon: Lexicon) -> bool:
    """«AMG One», where no model has the last word of it, as it is asked for or as the brand writes it, or
    has that word alone: «SLS AMG».
    """
    shown = [atom.text for atom in atoms(mention.term.shown)]
    lasts = {row[mention.end - 1].text, shown[-1]}
    alone = len(shown) == 1 < mention.end - mention.start
    return not any(
        lasts & {*parts} and not (alone and shown[0] not in parts) for parts in lexicon.models.values()
    )


def _inside_classes(row: list[Atom], kept: list[Mention], lexicon: Lexicon) -> list[Mention]:
    """«GLC Coupe» names a class and a body."""
    found = []
    for outer in kept:
        if outer.term.kind == "class" and outer.end - outer.start > 1:
            found += [
                Mention(inner.term, outer.start + inner.start, outer.start + inner.end)
                for inner in lexicon.names["body"].find(row[outer.start : outer.end])
            ]
    return found


# What may have another colour than the car.
_PARTS = frozenset(
    {"салон", "кожа", "обивка", "интерьер", "крыша", "диск", "потолок", "отделка", "сиденье", "кресло",
     "руль", "алькантара", "торпедо", "суппорт", "зеркало", "стекло", "шильдик", "строчка"}
)  # fmt: skip
_LED = frozenset({"в", "у", "на", "из"})


# What may stand behind the colour of a car and is no thing of that colour.
_BESIDE_A_COLOUR = frozenset(
    {"металлик", "перламутр", "мат", "цвет", "окрас", "кузов", "оттенок", "верх", "низ", "автомат",
     "механика", "люкс", "премиум", "бизнес", "комплектация", "привод", "мотор", "двигатель", "топ"}
)  # fmt: skip


def is_of_something_else(row: list[Atom], mention: Mention, named: Collection[int]) -> bool:
    """A colour of a part of the car, or of what is no car at all: «серебряная свадьба», «по золотому кольцу»,
    «в чёрную пятницу». `named` are the places where names begin.
    """
    if _is_of_a_part(row, mention):
        return True
    if mention.end >= len(row) or mention.end in named:
        return False
    colour, noun = row[mention.end - 1], row[mention.end]
    return (
        noun.start - colour.end == 1
        and agree(colour.text, noun.text)
        and "anim" not in grammemes(noun.text)
        and is_strange(noun.text)
        and lemma(noun.text) not in _BESIDE_A_COLOUR
    )


def _is_of_a_part(row: list[Atom], mention: Mention) -> bool:
    """«С красным салоном», «салон бежевый», but «в салоне белый» is a car."""
    if mention.end < len(row) and lemma(row[mention.end].text) in _PARTS:
        return True
    before = mention.start - 1
    if before < 0 or lemma(row[before].text) not in _PARTS:
        return False
    return not (before and row[before - 1].text in _LED)


# The one letter of a class that is no Russian word: «е купе».
_NO_WORD = "е"


def is_stray(row: list[Atom], mention: Mention) -> bool:
    """A lone Cyrillic letter or a service word is no name: «в», «с» and «а» are no V, C and A."""
    if mention.end - mention.start > 1:
        return False
    text = row[mention.start].text
    if len(text) == 1 and mention.end < len(row) and row[mention.end].number:
        return True
    return (len(text) == 1 and not row[mention.start].latin and text != _NO_WORD) or (
        not row[mention.start].latin and is_service(text)
    )
