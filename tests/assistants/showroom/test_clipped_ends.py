"""«Мин. пробег» and «макс цена» ask for an end; «макс 5 млн» bounds."""

from __future__ import annotations

from itertools import product

import pytest

from assistants.showroom.language.clipped_ends import with_ends

ENDS = {"мин": "минимальн", "мин.": "минимальн", "макс": "максимальн", "Макс.": "максимальн"}
THINGS = {
    "пробег": "ый", "пробегом": "ый", "цена": "ая", "цену": "ая", "стоимость": "ая", "ценник": "ый",
    "возраст": "ый",
}  # fmt: skip


@pytest.mark.parametrize(("end", "thing"), [*product(ENDS, THINGS)])
def test_an_end_of_what_is_measured_is_written_out(end: str, thing: str) -> None:
    full = f"{ENDS[end]}{THINGS[thing]}"
    assert with_ends(f"{end} {thing} у ешки") == f"{full} {thing} у ешки"
    assert with_ends(f"ешка, {thing} {end}") == f"ешка, {full} {thing}"


@pytest.mark.parametrize(
    "text",
    [
        "макс 5 млн", "мин 2020 год", "макс цена 5 млн", "макс. цена: 5 000 000", "макс пробег 30 тыс",
        "15 мин езды", "цена макс 7 млн", "пробег макс. 30 тысяч", "мин вода",
    ],
)  # fmt: skip
def test_what_bounds_is_left_alone(text: str) -> None:
    assert with_ends(text) == text


@pytest.mark.parametrize("said", ["кол-во", "колво", "Кол-во"])
def test_a_count_is_written_out(said: str) -> None:
    assert with_ends(f"{said} дизелей") == "количество дизелей"
