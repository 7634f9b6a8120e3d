"""A car's own price in an answer to a question whose number is worked out: a sum, a mean, a difference.

Told as the car's it is true and no answer; called the total it is the answer, and a wrong one. Refuses to
know what is true of the stock.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from core.facts import Car
from jobs.evaluation.amounts import Number, plain
from jobs.evaluation.pieces import Piece
from jobs.evaluation.truth import Truth

_TOTALS = re.compile(r"\bс опци|\bвместе\b|\bитого\b|\bвыйдет\b|\bв сумме\b|\bс учетом\b")


def is_own_price(piece: Piece, number: Number, truth: Truth | None) -> bool:
    """Whether it is what a car costs where no car's price is asked for."""
    if truth is None or not truth.computed or calls_it_the_total(piece):
        return False
    return any(number.states(car.price_rub) for car in _cars_named(piece))


def calls_it_the_total(piece: Piece) -> bool:
    """«С панорамой выйдет в 4 690 000 ₽», which is what the car costs without it."""
    own = (amount.states(car.price_rub) for amount in piece.amounts for car in _cars_named(piece))
    return bool(_TOTALS.search(plain(piece.text))) and any(own)


def _cars_named(piece: Piece) -> Sequence[Car]:
    """Where no model and no class is named («Разница в цене — …»), a number is no car's own, though some car
    of the stock costs just as much.
    """
    return piece.meant.named if piece.meant.by & {"model", "class"} else ()
