"""What a text of an answer says of cars, by the values of one stock."""

from __future__ import annotations

import pytest

from jobs.evaluation.catalogue import Catalogue
from jobs.evaluation.stocks import Stock
from tests.jobs.evaluation.conftest import car

STOCK = Stock(
    "two",
    (
        car("WDD2050341R000001", "C 180", "C-Class", "седан", 2019, "бензин", "белый", 0, 3_000_000),
        car("WDD2050341R000002", "C 180", "C-Class", "универсал", 2019, "дизель", "синий", 0, 3_100_000),
    ),
)


@pytest.mark.parametrize(
    ("text", "by", "meant"),
    [
        ("C 180, цвет — белый, 2019 год", {"model", "color", "year"}, 1),
        ("C 180, цвет — не белый, 2019 год", {"model", "year"}, 2),
        ("C 180, топливо — не дизель", {"model"}, 2),
        ("C 180, цвет — не чёрный, кузов — седан", {"model", "body"}, 1),
    ],
)
def test_what_is_ruled_out_is_said_of_no_car(text: str, by: set[str], meant: int) -> None:
    found = Catalogue(STOCK).meant(text)
    assert (found.by, len(found.cars)) == (by, meant)


def test_the_letter_that_closes_a_name_names_no_model() -> None:
    stock = Stock(
        "letters",
        (
            car(
                "WDD1903771A000001", "AMG GT S", "AMG GT", "купе", 2017, "бензин", "серый", 40_000, 8_900_000
            ),
            car(
                "W1K2231631A000002",
                "S 450 4MATIC",
                "S-Class",
                "седан",
                2022,
                "бензин",
                "белый",
                0,
                12_900_000,
            ),
        ),
    )
    catalogue = Catalogue(stock)
    assert [each.model for each in catalogue.labelled("S-класс")] == ["S 450 4MATIC"]
    assert [each.model for each in catalogue.labelled("GT S")] == ["AMG GT S"]
