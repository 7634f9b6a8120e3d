"""Cars that an answer tells of and does not offer: those that others are compared with.

Knows what the visitor set side by side, and the first or the last of a kind as the bound of the cars that
follow («E-класс, самый доступный в наличии — …», «Дешевле в наличии 12 автомобилей:»). Refuses one that is no
such end, or another end than the visitor said: that is a false statement.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import pairwise

from core.facts import Car
from jobs.evaluation.amounts import plain
from jobs.evaluation.catalogue import Catalogue
from jobs.evaluation.pieces import Piece

_COMPARES = re.compile(r"\bили\b|\bчем\b|дешевле|дороже|сравн|разниц|новее|старше|против|лучше|меньше|больше")
_BEYOND = r"(?:дешевле|дороже|новее|старше|моложе|младше)"
# Which end of its kind a car is said to be, and the least value that such a car has.
_ENDS: Sequence[tuple[str, Callable[[Car], int]]] = (
    (r"(?:дешев|недорог|доступн|бюджетн)\w*", lambda car: car.price_rub),
    (r"дорог\w*", lambda car: -car.price_rub),
    (r"(?:нов|свеж)\w*", lambda car: -car.year),
    (r"стар\w*", lambda car: car.year),
)


def is_set_beside(piece: Piece, asked: Sequence[str], catalogue: Catalogue) -> bool:
    """A car of what the visitor himself sets side by side: «что дешевле, E 200 или C 200?»."""
    if not asked or not _COMPARES.search(plain(asked[-1])):
        return False
    said = catalogue.meant(" ; ".join(asked))
    vins = {car.vin for car in said.named}
    return bool(said.by & {"model", "class"}) and any(car.vin in vins for car in piece.meant.cars)


def is_the_bound(piece: Piece, found: Sequence[Piece], asked: Sequence[str], catalogue: Catalogue) -> bool:
    """The end of a kind that the visitor named («дешевле самой доступной ешки»), told before what lies
    beyond it.
    """
    following = next((plain(later.text) for each, later in pairwise(found) if each is piece), "")
    if not asked or not re.match(rf"{_BEYOND}\b", following):
        return False
    question, text = plain(asked[-1]), plain(piece.text)
    for words, value in _ENDS:
        told = re.match(rf"(?P<kind>.+), самый {words} (?:в наличии )?- ", text)
        if told is None or not re.search(rf"\b{_BEYOND} (?:\w+ ){{0,3}}?сам\w+ {words}", question):
            continue
        kind = catalogue.meant(told["kind"])
        if not kind.by & {"model", "class"} or not piece.meant.cars:
            return False
        end = min(value(car) for car in kind.cars) if kind.cars else None
        vins = {car.vin for car in kind.cars}
        return all(car.vin in vins and value(car) == end for car in piece.meant.cars)
    return False
