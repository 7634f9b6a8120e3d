"""The reply to a question about options: what they cost, and which cars may have them.

Knows what of it is remembered. Refuses to know how an option is named (`trim.py`).
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from assistants.showroom.desk import rendering
from assistants.showroom.desk.memory import Talk, told_last
from assistants.showroom.desk.options_asked import asks_which_cars
from assistants.showroom.desk.replies import StockReply
from assistants.showroom.desk.stock import select
from assistants.showroom.desk.trim import car_meant, cars_with, find_options, option_asked
from assistants.showroom.desk.wording import cars_counted, in_brackets
from assistants.showroom.language.lexicon import Lexicon
from assistants.showroom.language.reading import Reading
from core.facts import Snapshot


def of_options(
    reading: Reading, talk: Talk, memory: dict[str, Any], snapshot: Snapshot, lexicon: Lexicon
) -> StockReply:
    """The prices, with the cars where the question asks which those are."""
    rows, text = find_options(reading, talk, snapshot, lexicon)
    names = tuple(dict.fromkeys(row.option for row in rows))
    wish = car_meant(reading, snapshot, lexicon)
    if wish.names_a_car:
        shown = select(wish.named(), lexicon).cars[: rendering.LISTED]
        talk = Talk(wish.named(), tuple(car.vin for car in shown), options=talk.options)
    one = names[0] if len(names) == 1 else None
    if not names:
        one = option_asked(reading, snapshot, lexicon)
    told_of = told_last(talk.options, (one,)) if one else talk.options
    cars = cars_with(rows, reading, snapshot, lexicon)
    limited = wish.without("order", "limit")
    bounded = limited != wish.named() and asks_which_cars(reading)  # «на каких GLS дешевле 20 млн?»
    about = in_brackets(limited, lexicon) if bounded else ""
    if cars:
        counted = cars_counted(len(cars))
        text += f"\nАвтомобили этих моделей в наличии{about} — {counted}:\n{rendering.listed(cars)}"
        talk = replace(talk, shown=tuple(car.vin for car in cars[: rendering.LISTED]))
    elif rows and bounded:
        text += f"\nАвтомобилей этих моделей сейчас нет в наличии{about}."
    kept = replace(talk, option=one, options=told_of).as_json()
    reason = None if rows else "not_in_stock"
    listed = cars[: rendering.LISTED]
    lacking = not rows and (wish.names_a_car or reading.points or reading.follows)
    return StockReply(
        text,
        listed,
        tuple(rows),
        memory={**memory, **kept},
        reason=reason,
        lacking=lacking,
        ran=wish if bounded else None,
    )
