"""How many cars somebody means to buy: «берём на фирму 3 машины», «две штуки», «три одинаковых чёрных».

Knows which words lead to such a number and which follow it. Refuses to know the vocabulary: it is told where
names of the stock begin. The number narrows nothing: of how many there are, the list tells.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

_COUNT = (
    r"(?:[1-9]|1\d|20|одн[ауоё]\w*|один|дв(?:а|е|ух)|двое|три|трое|трех|четыре\w?|четверо|четырех|пят[ьи]"
    r"|пятеро|шест[ьи]|сем[ьи]|вос(?:емь|ьми)|девят[ьи]|десят[ьи]|десят(?:ок|ка|ку)|пар[ауы]|пароч\w+|нескольк\w+)"
)
_CARS = re.compile(
    r"\s*(?:(?:машин\w*|автомобил\w+|авто|автомашин\w*|тач(?:к\w+|ек)|единиц\w*|экземпляр\w*|штук\w*|шт)\b)"
)
_ALIKE = re.compile(r"(?:одинаков\w+|идентичн\w+|таких же)\b(?! по\b)")
_BUYS = re.compile(
    r"\b(?:бер[уе]\w*|возьм\w+|взять|забер\w+|купи\w+|покупа\w+|закупа\w+|закупи\w+|приобр\w+|нуж\w+|надо"
    r"|требу\w+|понадоб\w+|хот\w+|хоч\w+|ищ\w+|планиру\w+"
    r"|(?:парк\w*|парти\w+) из"
    r"|(?:для|на) (?:фирм\w+|компани\w+|предприяти\w+|контор\w+|организаци\w+|офис\w*|парк\w*|такси))"
    r"(?: (?!до\b|от\b|за\b)[а-я]+){0,3}? $"
)
_NUMBER = re.compile(rf"(?<![\w.,])(?P<count>{_COUNT})\s+")
_CLAUSE = re.compile(r"[^.,;:!?()]*$")


def bought(spelling: str, starts: Collection[int]) -> Iterator[tuple[int, int]]:
    """Where it is said how many cars are bought; `starts` are where names of the stock begin."""
    for found in _NUMBER.finditer(spelling):
        alike = _ALIKE.match(spelling, found.end())
        behind = alike.end() if alike is not None else found.end()
        cars = _CARS.match(spelling, behind)
        clause = _CLAUSE.search(spelling[: found.start()])
        buys = clause is not None and _BUYS.search(clause[0]) is not None
        pieces = bool(cars and cars[0].strip().startswith("шт"))
        if pieces or (buys and (alike is not None or cars is not None)):
            yield found.start(), cars.end() if cars is not None else behind
        elif buys and found.end() in starts:
            yield found.span("count")
