"""Whether an option is asked for with the car: «с панорамой», «плюс пневма», «с музыкой Burmester».

Knows which words lead to what is had with a car. Refuses to know options: it is told where they are named.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from assistants.showroom.desk.option_names import is_apposed
from assistants.showroom.language.reading import Reading
from core.russian import grammemes, part_of_speech

_LEADS_TO_IT = re.compile(r"со?|плюс|добав\w+|накин\w+|прибав\w+|еще")


def is_added(reading: Reading, place: int, places: Collection[int]) -> bool:
    """Whether «с», «плюс», «ещё» or «добавьте» leads to the word of an option; `places` are theirs."""
    row, named = reading.row, reading.row[place].text
    while place and (
        place - 1 in places
        or (row[place - 1].text == "и" and row[place - 2].text == "еще")  # «ещё и панорама»
        or part_of_speech(row[place - 1].text) == "ADJF"
        or is_apposed(reading, place, "ablt")
    ):
        place -= 1
    if place == 0:
        return False
    # «GLC 300 на пневме», but not «цена на пневму»: the car itself stands on it
    on_it = row[place - 1].text == "на" and place - 2 in reading.car_places
    stands = on_it and bool({"loct", "datv"} & grammemes(named))
    return stands or bool(_LEADS_TO_IT.fullmatch(row[place - 1].text))
