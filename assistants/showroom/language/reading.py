"""Reads a question about stock into a typed wish.

Knows Russian questions about cars and the salon's lexicon. What it did not understand it says (`residue`),
so that nothing is confirmed that was not checked. Refuses to know the rows and how an answer sounds.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from assistants.showroom.language import phrases
from assistants.showroom.language.asides import is_owned, without_asides
from assistants.showroom.language.bounds import Bounds, read_bounds
from assistants.showroom.language.denials import denied_places
from assistants.showroom.language.designations import Named, read_designations
from assistants.showroom.language.indices import read_indices
from assistants.showroom.language.intents import Ask, ask_of, condition_of, relative_of, superlative_of
from assistants.showroom.language.lexicon import Lexicon
from assistants.showroom.language.mentions import read_mentions
from assistants.showroom.language.naming import Atom, Mention, atoms, place_of
from assistants.showroom.language.wish import Condition, Order, Wish
from core.quantities import Quantity, quantities
from core.russian import is_known, is_service, lemma, lemmas, normalise, part_of_speech

_PHONE = re.compile(r"(?:\+7|\b[78])[\s(-]*\d{3}[\s)-]*\d{3}[\s-]*\d{2}[\s-]*\d{2}\b")


@dataclass(frozen=True)
class Reading:
    """A question as far as it was understood.

    `residue` are the words that were not, as they are written; `about_stock` that it asks what the salon
    has, what it costs or how many; `follows` that it leans on the question before; `pointed` is the ordinal
    of a car shown before (0 none, -1 the last); `relative` is cheaper, dearer, newer or another car than
    those shown; `unclear` is the residue in phrases, to be said back; `renewed` that the salon's own brand
    is named, so nothing named before holds; `of_a_car` that it asks about something «у GLE»; `within` that
    it asks among the cars before.
    """

    wish: Wish
    ask: Ask
    attribute: str | None
    about_stock: bool
    follows: bool
    points: bool
    pointed: int
    relative: str | None
    residue: tuple[str, ...]
    unclear: tuple[str, ...]
    renewed: bool
    options: bool
    cars_meant: bool
    of_a_car: bool = False
    car_places: tuple[int, ...] = ()
    row: tuple[Atom, ...] = field(repr=False, default=())
    within: bool = False


def read(text: str, lexicon: Lexicon, this_year: int) -> Reading:
    spelling = normalise(text)
    row = atoms(text)
    numbers = quantities(_PHONE.sub(lambda phone: " " * len(phone.group()), spelling))
    names = read_designations(row, numbers, lexicon)
    taken = {place for name in names for place in range(name.start, name.end)}
    mentions = read_mentions(row, names, taken, lexicon)
    spoken_of: list[Named | Mention] = [*names, *mentions]
    owned = [car for car in spoken_of if is_owned(spelling, row[car.start].start)]
    taken |= {place for car in owned for place in range(car.start, car.end)}
    names = [name for name in names if name not in owned]
    mentions = [mention for mention in mentions if mention not in owned]
    taken |= {place for mention in mentions for place in range(mention.start, mention.end)}
    names += read_indices(row, mentions, taken, numbers, lexicon)
    taken |= {place for name in names for place in range(name.start, name.end)}
    free = [number for number in numbers if not _inside(number, row, names)]
    bounds = read_bounds(spelling, free, this_year)
    taken |= {
        place
        for place, atom in enumerate(row)
        if any(start <= atom.start < end for start, end in bounds.spans)
    }
    phones = [match.span() for match in _PHONE.finditer(spelling)]
    taken |= {
        place
        for place, atom in enumerate(row)
        if any(start <= atom.start < end for start, end in phones) or _closes_a_number(row, place, taken)
    }
    said = [lemma(atom.text) for atom in row]
    forms = [atom.text for atom in row]
    order = superlative_of(said, forms)
    if order is Order.CHEAPEST and bounds.prices and "подешевле" in forms:
        order = None  # «подешевле, до 6 млн» asks for all of them
    condition = condition_of(said, forms, spelling)
    wish = _wish(row, names, mentions, bounds, lexicon, spelling=spelling, order=order, condition=condition)
    cars: list[Named | Mention] = [
        *names,
        *(mention for mention in mentions if mention.term.kind in ("class", "brand")),
    ]
    car_places = tuple(sorted({place for car in cars for place in range(car.start, car.end)}))
    renewed = any(mention.term.kind == "brand" and _is_ours(mention.term.id, lexicon) for mention in mentions)
    reading = replace(
        _assemble(row, said, wish, taken, spelling=spelling),
        car_places=car_places,
        of_a_car=any(place and row[place - 1].text == "у" for place in car_places),
        renewed=renewed,
    )
    if renewed:
        reading = replace(reading, cars_meant=True)
    abbreviated = tuple(
        word for sign, word in phrases.ABBREVIATIONS.items() if re.search(rf"\b{sign}\b", text)
    )
    if not abbreviated or text.isupper():
        return reading
    return replace(
        reading, residue=(*reading.residue, *abbreviated), unclear=(*reading.unclear, *abbreviated)
    )


def _closes_a_number(row: Sequence[Atom], place: int, taken: set[int]) -> bool:
    """The ending of «2022-го»."""
    before = row[place - 1] if place else None
    if before is None or not before.number or place - 1 not in taken or len(row[place].text) > 2:
        return False
    return row[place].text.isalpha() and row[place].start - before.end <= 1 and not row[place].latin


def _inside(number: Quantity, row: Sequence[Atom], names: Sequence[Named]) -> bool:
    return any(row[name.start].start <= number.start < row[name.end - 1].end for name in names)


def _wish(
    row: list[Atom], names: list[Named], mentions: list[Mention], bounds: Bounds, lexicon: Lexicon, *,
    spelling: str, order: Order | None, condition: Condition | None,
) -> Wish:  # fmt: skip
    by_kind: dict[str, list[str]] = {}
    excluded: list[str] = []
    denied = denied_places(
        row,
        [
            *((mention.start, mention.end, mention.term.kind) for mention in mentions),
            *((name.start, name.end, "class") for name in names),
        ],
        spelling,
    )
    named_spans = [(name.start, name.end) for name in names if name.run is not None]
    covered: set[tuple[int, int]] = set()
    for mention in mentions:
        inside = [span for span in named_spans if mention.start <= span[0] and span[1] <= mention.end]
        covered.update(inside)
        if mention.start in denied:
            excluded += [f"{mention.term.kind}:{mention.term.id}"] if mention.term.kind != "other" else []
        else:
            by_kind.setdefault(mention.term.kind, []).append(mention.term.id)
    excluded += [
        f"model:{name.run}"
        for name in names
        if name.run is not None and name.start in denied and (name.start, name.end) not in covered
    ]
    wanted = [name for name in names if name.start not in denied]
    models = [name.run for name in wanted if name.run is not None and (name.start, name.end) not in covered]
    absent = [name.said for name in wanted if name.run is None]
    for shown in by_kind.get("other", ()):
        run = _stocked_run(shown, lexicon)
        (models if run else absent).append(run or shown)
    models, words = _split_models([model for model in models if model], lexicon)
    brands = [brand for brand in dict.fromkeys(by_kind.get("brand", ())) if not _is_ours(brand, lexicon)]
    return Wish(
        classes=_unique(by_kind.get("class", ())),
        models=_unique(models),
        words=_unique(words),
        bodies=_unique(by_kind.get("body", ())),
        colors=_unique(by_kind.get("color", ())),
        fuels=_unique(by_kind.get("fuel", ())),
        features=_unique(by_kind.get("feature", ())),
        brands=_unique(brands),
        excluded=_unique(excluded),
        absent=_unique(absent),
        condition=condition,
        order=order,
        **bounds.fields,
    )


def _stocked_run(shown: str, lexicon: Lexicon) -> str | None:
    """The name of another brand's model as this stock has it after all: «Toyota Land Cruiser» with or
    without its brand.
    """
    parts = [atom.text for atom in atoms(shown)]
    for run in (parts, parts[1:]):
        if run and any(place_of(run, model) is not None for model in lexicon.models.values()):
            return " ".join(run)
    return None


def _unique(values: Any) -> tuple[str, ...]:
    return tuple(dict.fromkeys(values))


def _is_ours(brand: str, lexicon: Lexicon) -> bool:
    """A brand that every car of the stock has narrows nothing; of no stock, the vocabulary's own brand."""
    if not lexicon.cars:
        return brand in lexicon.own_brands
    return all(brand in profile["brand"] for profile in lexicon.profiles.values())


def _split_models(runs: list[str], lexicon: Lexicon) -> tuple[list[str], list[str]]:
    """Names that begin a model's name are alternatives; later parts («amg», «4matic») must all be there."""
    firsts = [run for run in runs if lexicon.opens_a_model(run)]
    if not firsts:
        return runs[:1], runs[1:]
    return firsts, [run for run in runs if run not in firsts]


_ORDINALS = {"первый": 1, "второй": 2, "третий": 3, "четвертый": 4, "пятый": 5, "последний": -1}


def _assemble(row: list[Atom], said: list[str], wish: Wish, taken: set[int], *, spelling: str) -> Reading:
    loose, forms = set(said), [atom.text for atom in row]
    ask, attribute = ask_of(said, spelling)
    stock_words = (
        bool(loose & (phrases.STOCK_WORDS | phrases.PRICE_WORDS | phrases.BUY_WORDS)) or "есть" in forms
    )
    strange = _counts_strangers(row, said, taken)
    if strange:
        ask, attribute = Ask.LIST, None
    counted = bool(loose & phrases.COUNT_WORDS) and not strange
    cars_meant = bool(loose & phrases.CAR_WORDS) or "что-нибудь" in spelling or "что нибудь" in spelling
    opens = bool(phrases.LEANS.search(spelling))
    points = bool(loose & phrases.POINTING) or bool({"него", "нее", "них"} & set(forms))
    pointed = next((_ORDINALS[word] for word in said if word in _ORDINALS), 0)
    left = [
        place for place, atom in enumerate(row) if place not in taken and not _is_filler(atom, said[place])
    ]
    left = without_asides(row, left, spelling)
    return Reading(
        wish=wish,
        ask=ask,
        attribute=attribute,
        about_stock=stock_words or counted or wish.narrows,
        follows=opens or len(row) <= 4,
        points=points,
        pointed=pointed,
        relative=relative_of(forms, wish),
        residue=tuple(row[place].text for place in left),
        unclear=_phrases(row, left, spelling),
        renewed=False,
        options=bool(loose & phrases.OPTION_WORDS),
        cars_meant=cars_meant,
        row=tuple(row),
        within=bool(phrases.WITHIN.search(spelling)),
    )


def _counts_strangers(row: list[Atom], said: list[str], taken: set[int]) -> bool:
    """«Сколько лошадиных сил у E 200?» counts no cars: the first noun after the word of counting decides."""
    for start, word in enumerate(said):
        if word not in phrases.COUNT_WORDS:
            continue
        for place in range(start + 1, min(start + 4, len(row))):
            if place in taken or _is_filler(row[place], said[place]):
                break
            if part_of_speech(row[place].text) == "NOUN":
                return True
    return False


_PROPERTIES = ("NOUN", "ADJF", "NUMR", "NUMB")


def _phrases(row: list[Atom], left: list[int], spelling: str) -> tuple[str, ...]:
    """Words that were not understood and may be a property of a car, neighbours joined as they are written.

    «и как сварить борщ» is none: a group with a verb or with foreign words is not said back.
    """
    groups: list[list[int]] = []
    for place in left:
        if groups and place - groups[-1][-1] == 1:
            groups[-1].append(place)
        else:
            groups.append([place])
    return tuple(
        spelling[row[group[0]].start : row[group[-1]].end]
        for group in groups
        if all(part_of_speech(row[place].text) in _PROPERTIES for place in group)
    )


def _is_filler(atom: Atom, word: str) -> bool:
    if atom.number:
        return False
    return (
        word in phrases.FILLER
        or atom.text in phrases.FILLER
        or is_service(atom.text)
        or bool(lemmas(atom.text) & phrases.FILLER and is_known(atom.text))
        or part_of_speech(atom.text) in ("PRCL", "CONJ", "PREP", "INTJ")
    )
