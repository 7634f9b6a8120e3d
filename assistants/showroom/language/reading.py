"""Reads a question about stock into a typed wish.

Knows Russian questions about cars and the salon's lexicon. What it did not understand it says (`residue`),
so that nothing is confirmed that was not checked. Refuses to know the rows and how an answer sounds.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace

from assistants.showroom.language import phrases
from assistants.showroom.language.bought import bought
from assistants.showroom.language.bounds import bounds_of
from assistants.showroom.language.buyers import buyers
from assistants.showroom.language.condition import (
    condition_of,
    condition_spans,
    driven_at_all,
    left_to_either,
)
from assistants.showroom.language.denials import (
    denied_places,
    denying_spans,
    jointly_denied,
    with_denials_apart,
)
from assistants.showroom.language.designations import Named
from assistants.showroom.language.dictated import with_numbers_behind, with_ordinals, without_endings
from assistants.showroom.language.earmarked import put_by
from assistants.showroom.language.indices import numbers_known
from assistants.showroom.language.intents import (
    Ask,
    ask_of,
    least_or_most,
    relative_of,
    superlatives,
)
from assistants.showroom.language.leftovers import counts_strangers, leftovers
from assistants.showroom.language.lexicon import Lexicon
from assistants.showroom.language.models_of_makes import with_numbers_of_makes
from assistants.showroom.language.named_cars import named_in
from assistants.showroom.language.naming import Atom, Mention, atoms
from assistants.showroom.language.no_more import no_more
from assistants.showroom.language.of_all import is_of_all, starts_over
from assistants.showroom.language.ordinals import place_pointed_at
from assistants.showroom.language.other_drive import other_drive_denied
from assistants.showroom.language.others_refused import others_refused
from assistants.showroom.language.releases import left_open, released
from assistants.showroom.language.second_reading import SecondReading
from assistants.showroom.language.seen_somewhere import seen_somewhere
from assistants.showroom.language.spans import Span, blanked
from assistants.showroom.language.spoken_sums import as_meant, listed_years
from assistants.showroom.language.unheld_things import UNHELD, unheld_in
from assistants.showroom.language.versions import without_versions
from assistants.showroom.language.vins import numbered_cars
from assistants.showroom.language.wish import FIELDS_OF, Order, Wish
from assistants.showroom.language.wishing import is_ours, things, wish_of
from assistants.showroom.language.years import read_years, years_by_endings
from core.quantities import Quantity, quantities
from core.russian import is_plural, lemma, may_be_plural, normalise, part_of_speech

_THIS = re.compile(rf"\b(?:н(?:его|ее|их)\b|{phrases.THIS_CAR})")
_PHONE = re.compile(r"(?:\+7|\b[78])[\s(-]*\d{3}[\s)-]*\d{3}[\s-]*\d{2}[\s-]*\d{2}\b")


@dataclass(frozen=True)
class Reading:
    """A question as far as it was understood.

    `residue` are the words that were not, as they are written; `about_stock` that it asks what the salon
    has, what it costs or how many; `follows` that it leans on the question before; `pointed` is the ordinal
    of a car shown before (0 none, -1 the last); `relative` is cheaper, dearer, newer or another car than
    those shown; `unclear` is the residue in phrases, to be said back; `renewed` that the salon's own brand
    is named, so nothing named before holds; `of_a_car` that it asks about something «у GLE»; `within` that
    it asks among the cars before; `released` are criteria that do not matter any more, `unheld` denials of
    which it is not clear what they deny, `denials` those of nothing understood, `purposes` those words of the
    residue that say what a car is for;
    `lacks_subject` that it says of what it asks by the question before alone; `of_a_kind` that it names a
    kind of cars («седаны», «электромобили»); `unread` are words that nobody took and that may be wanted of a
    car, in phrases; `asks_for_cars` that cars are asked for, whatever is told beside it.
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
    released: tuple[str, ...] = ()
    unheld: tuple[str, ...] = ()
    denials: tuple[str, ...] = ()
    purposes: frozenset[str] = frozenset()
    lacks_subject: bool = False
    of_a_kind: bool = False
    unread: tuple[str, ...] = ()
    asks_for_cars: bool = False


def read(text: str, lexicon: Lexicon, this_year: int) -> Reading:
    vins, text = numbered_cars(text)
    text = with_denials_apart(without_versions(text), lexicon)
    text, series = without_endings(in_digits(text, lexicon))
    spelling = normalise(text)
    row = atoms(text)
    numbers = quantities(_PHONE.sub(lambda phone: " " * len(phone.group()), spelling))
    latest = this_year % 100 + 1
    numbers = listed_years(spelling, years_by_endings(row, numbers, spelling, lexicon, latest), latest)
    numbers = with_numbers_of_makes(_without_bounds(numbers, unheld_in(spelling)), row, spelling, lexicon)
    names, mentions, taken, owned = named_in(row, numbers, series, spelling, lexicon)
    nought = driven_at_all(spelling) or (0, 0)
    called = [row[at].text for at in (*(each.start for each in names), *(each.start for each in mentions))]
    begun = {row[start].start for start, _, _ in things(names, mentions)}
    wanted = [*bought(spelling, begun)]
    free = [
        number
        for number in numbers
        if not _inside(number, row, names)
        and not any(start <= number.start < end for start, end in (nought, *owned, *wanted))
    ]
    second = SecondReading(spelling, tuple(row))
    distances = [number for number in free if second.is_a_distance(number, called)]
    free = as_meant(spelling, [number for number in free if number not in distances])
    years = read_years(row, free, spelling)
    named = [*things(names, mentions), *((year.start, year.end, "year") for year in years)]
    denied = denied_places(row, named, spelling)
    bounds, other_years = bounds_of(row, free, years, denied, spelling=spelling, this_year=this_year)
    taken |= _places(row, [*bounds.spans, nought, *(match.span() for match in _PHONE.finditer(spelling))])
    taken |= {place for place in range(len(row)) if _closes_a_number(row, place, taken)}
    said, forms = [lemma(atom.text) for atom in row], [atom.text for atom in row]
    orders = tuple(dict.fromkeys(superlatives(said, forms)))
    order = orders[0] if orders else least_or_most(spelling)
    if order is Order.CHEAPEST and bounds.prices and "подешевле" in forms:
        order = None  # «подешевле, до 6 млн» asks for all of them
    condition = condition_of(said, forms, spelling, bounds.mileages)
    wish = wish_of(row, names, mentions, bounds, lexicon, spelling=spelling, order=order, condition=condition)
    wish = wish.model_copy(update={"vins": vins, "excluded": (*wish.excluded, *other_years)})
    marks = {(mention.start, mention.end) for mention in mentions if mention.term.kind == "feature"}
    cars: list[Named | Mention] = [
        *(name for name in names if (name.start, name.end) not in marks),
        *(mention for mention in mentions if mention.term.kind in ("class", "brand")),
    ]
    car_places = tuple(sorted({place for car in cars for place in range(car.start, car.end)}))
    renewed = any(mention.term.kind == "brand" and is_ours(mention.term.id, lexicon) for mention in mentions)
    held = [
        *denying_spans(row, named, denied, spelling), *condition_spans(spelling), *owned, *wanted,
        *put_by(spelling, priced=bounds.prices), *no_more(spelling, capped="price_to" in bounds.fields),
    ]  # fmt: skip
    others = others_refused(spelling, set() if denied else {kind for _, _, kind in named})
    held += [
        *((number.start, number.end) for number in distances), *others, *buyers(spelling),
        *seen_somewhere(spelling), *other_drive_denied(spelling),
    ]  # fmt: skip
    taken |= _places(row, held)
    reading = replace(
        _assemble(
            row, said, wish, taken, denied, spelling=spelling, held=held, numbers=[*bounds.spans, nought]
        ),
        pointed=place_pointed_at(said, lexicon.names["option"].find(row)),
        car_places=car_places,
        of_a_car=any(place and row[place - 1].text == "у" for place in car_places),
        renewed=renewed,
    )
    both_ends = _MOST_OF.findall(spelling) if len(orders) > 1 else ()
    opened = left_open(row, [(start, end) for start, end, _ in named], spelling)
    kinds = {mention.term.kind for mention in mentions if mention.start in opened}
    fields = (field for kind in sorted(kinds) for field in FIELDS_OF.get(kind, ()))
    unheld = (*reading.unheld, *bounds.unclear, *both_ends, *jointly_denied(row, named, denied, spelling))
    free_of = (*reading.released, *fields, *left_to_either(spelling))
    reading = replace(reading, released=free_of, unheld=unheld)
    if renewed or is_of_all(spelling) or starts_over(wish, spelling):
        reading = replace(reading, cars_meant=True, renewed=True)
    return _with_abbreviations(reading, text)


def in_digits(text: str, lexicon: Lexicon) -> str:
    """The numbers of designations that are said in words: «двухсотая ешка», «эска пятьсот»."""
    known = numbers_known(lexicon)
    return with_numbers_behind(with_ordinals(text, known), known, lexicon.names["class"].names_alone)


def _with_abbreviations(reading: Reading, text: str) -> Reading:
    abbreviated = tuple(
        word for sign, word in phrases.ABBREVIATIONS.items() if re.search(rf"\b{sign}\b", text)
    )
    if not abbreviated or text.isupper():
        return reading
    return replace(
        reading, residue=(*reading.residue, *abbreviated), unclear=(*reading.unclear, *abbreviated)
    )


def _places(row: Sequence[Atom], spans: Collection[tuple[int, int]]) -> set[int]:
    """The atoms that begin within one of the spans."""
    return {place for place, atom in enumerate(row) if any(start <= atom.start < end for start, end in spans)}


def _closes_a_number(row: Sequence[Atom], place: int, taken: set[int]) -> bool:
    """The ending of «2022-го»."""
    before = row[place - 1] if place else None
    if before is None or not before.number or place - 1 not in taken or len(row[place].text) > 2:
        return False
    return row[place].text.isalpha() and row[place].start - before.end <= 1 and not row[place].latin


def _without_bounds(numbers: Sequence[Quantity], unheld: Sequence[Span]) -> list[Quantity]:
    """«V 250 d, 8 мест», «до 50 тысяч в месяц»: such a number is no part of a name and bounds nothing."""
    return [
        replace(number, unit=UNHELD) if any(start <= number.start < end for start, end in unheld) else number
        for number in numbers
    ]


def _inside(number: Quantity, row: Sequence[Atom], names: Sequence[Named]) -> bool:
    return any(row[name.start].start <= number.start < row[name.end - 1].end for name in names)


# A question that has none of these and names no car takes its subject from the question before.
_SUBJECT = re.compile(
    r"\bчто\b(?![- ]нибудь (?:есть|име|найд)| (?:есть|имеется|найд\w+)\b|\W*$)|\bкто\b|\bу вас\b"
    r"|\bв (?:салоне|продаже|наличии)\b|\bвообще\b|\bвсего\b"
)
# «Самый дешёвый из самых новых»: two ends of which one list holds but one.
_MOST_OF = re.compile(r"\b(?:сам\w+|наиболее) \w+|\bнаи\w+|\bподешевле\b|\w+(?= (?:всего|всех)\b)")


def _assemble(
    row: list[Atom], said: list[str], wish: Wish, taken: set[int], denied: Collection[int], *, spelling: str,
    held: Sequence[Span], numbers: Sequence[Span],
) -> Reading:  # fmt: skip
    loose, forms = set(said), [atom.text for atom in row]
    free, spans = released(spelling)
    ask, attribute = ask_of(said, spelling)
    if attribute is not None and spans:  # «любого цвета» asks for no colour
        ask, attribute = _ask_beside(row, said, spelling, spans)
    stock_words = bool(
        loose & (phrases.STOCK_WORDS | phrases.PRICE_WORDS | phrases.BUY_WORDS)
    ) or not phrases.FOR_SALE.isdisjoint(forms)
    strange = counts_strangers(row, said, taken)
    if strange:
        ask, attribute = Ask.LIST, None
    counted = bool(loose & phrases.COUNT_WORDS) and not strange
    cars_meant = bool(loose & phrases.CAR_WORDS) or "что-нибудь" in spelling or "что нибудь" in spelling
    there = (phrases.STILL_THERE, phrases.TRADED_IN)
    still = [match.span() for sign in there for match in sign.finditer(spelling)]
    spans = [*spans, *still]
    sums = _places(row, numbers)
    of_a_kind = _names_a_kind([atom for place, atom in enumerate(row) if place not in sums], wish)
    taken = taken | _places(row, spans)
    left = leftovers(
        row, said, taken, denied, spelling, ordered=wish.order, held=[*held, *spans], numbers=numbers,
        narrows=wish.narrows,
    )  # fmt: skip
    return Reading(
        wish=wish,
        ask=ask,
        attribute=attribute,
        about_stock=stock_words or counted or wish.narrows or bool(free) or bool(still),
        follows=bool(phrases.LEANS.search(spelling)) or len(row) <= 4 or bool(free),
        points=bool(loose & phrases.POINTING or _THIS.search(spelling)),
        pointed=0,
        relative=relative_of(forms, wish),
        residue=tuple(row[place].text for place in left.places),
        unclear=left.phrases,
        renewed=False,
        options=bool(loose & phrases.OPTION_WORDS),
        cars_meant=cars_meant,
        row=tuple(row),
        within=bool(phrases.WITHIN.search(spelling)),
        released=free,
        unheld=left.unheld,
        denials=left.denials,
        purposes=frozenset(row[place].text for place in left.purposes),
        lacks_subject=not (cars_meant or wish.names_a_car or of_a_kind or _SUBJECT.search(spelling)),
        of_a_kind=of_a_kind,
        unread=left.unread,
    )


def _ask_beside(
    row: list[Atom], said: list[str], spelling: str, spans: Sequence[Span]
) -> tuple[Ask, str | None]:
    """What is asked beside these pieces of the text."""
    left = [place for place in range(len(row)) if place not in _places(row, spans)]
    return ask_of([said[place] for place in left], blanked(spelling, *spans))


def _names_a_kind(row: Sequence[Atom], wish: Wish) -> bool:
    """«Седаны», «гибриды», not «дизельный», «дизель новый» or «бензин до 7 миллионов»."""
    said = [(part_of_speech(atom.text), atom.text) for atom in row]
    nouns = [place for place, (part, _) in enumerate(said) if part == "NOUN"]
    ruled = {place for place in nouns if place and said[place - 1][0] in ("PREP", "NOUN", "NUMB")}
    several = any(is_plural(said[at][1]) or (at not in ruled and may_be_plural(said[at][1])) for at in nouns)
    return bool(wish.bodies and nouns) or bool(wish.fuels and several)
