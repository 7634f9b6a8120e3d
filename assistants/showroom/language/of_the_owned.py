"""How far what is said of a car reaches that the visitor has, gives away or replaces.

Knows its year, its mileage and the model behind its make. Refuses to know that it is his own (`asides.py`).
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from assistants.showroom.language import phrases
from assistants.showroom.language.designations import Named
from assistants.showroom.language.lexicon import Lexicon
from assistants.showroom.language.naming import Atom, Mention
from assistants.showroom.language.spans import Span
from core.russian import lemma


def is_model_of(name: Named, owned: Sequence[Named | Mention], row: Sequence[Atom], lexicon: Lexicon) -> bool:
    """«На смену Mazda CX-5», «продаём БМВ X5»: a model right behind the make that somebody has, of no class
    that is known unless the make is another.
    """
    makes = [car for car in owned if name.start == car.end]
    foreign = any(
        isinstance(car, Mention) and car.term.kind == "brand" and car.term.id not in lexicon.own_brands
        for car in makes
    )
    known = name.run is not None or lexicon.names["class"].knows(row[name.start].text)
    return bool(makes) and (foreign or not known)


def with_its_year(row: Sequence[Atom], start: int, end: int, wanted: Collection[int]) -> Span:
    """From what leads to a car of the visitor's own up to what is said of it: «езжу на GLC 2019 года», «сдам
    GLC 2019 с пробегом 90 тысяч», «на смену Mazda CX-5»; `wanted` are the places of what is asked for.
    """
    while end < len(row) and end not in wanted and row[end].latin:
        end += 1
    while end < len(row) and (row[end].number or lemma(row[end].text) in (*phrases.YEAR, "го", "й")):
        end += 1
    led = end + (row[end].text == "с" if end < len(row) else 0)
    if led + 1 < len(row) and lemma(row[led].text) in phrases.MILEAGE and row[led + 1].number:
        end = led + 2
        while end < len(row) and lemma(row[end].text) in ("тысяча", "тыс", "км", "километр"):
            end += 1
    return row[max(0, start - 2)].start, row[end - 1].end
