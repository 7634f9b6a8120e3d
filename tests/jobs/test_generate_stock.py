"""Made-up stocks: always sound, never twice alike, and repeatable."""

from __future__ import annotations

import csv
from collections import Counter
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobs.generate_stock import (
    FIRST_YEAR_STILL_NEW,
    VIN_ALPHABET,
    VIN_VALUES,
    Stock,
    check_character,
    draw_stock,
    main,
    read_catalogue,
    write_stock,
)

CATALOGUE = read_catalogue()
DESIGNS = [
    (model_class.name, design) for model_class in CATALOGUE.model_class for design in model_class.models
]
SAMPLE = Path(__file__).resolve().parents[2] / "assistants" / "showroom" / "sample"


def stock(seed: int, cars: int = 60) -> Stock:
    return draw_stock(CATALOGUE, seed=seed, cars=cars)


def header(path: Path) -> list[str]:
    with path.open(encoding="utf-8", newline="") as file:
        return next(csv.reader(file))


@given(st.integers(), st.integers(1, 200))
def test_every_car_could_stand_in_a_salon(seed: int, cars: int) -> None:
    drawn = stock(seed, cars).cars

    assert len(drawn) == cars == len({car.vin for car in drawn})
    for car in drawn:
        made = [
            design
            for class_name, design in DESIGNS
            if (class_name, design.name, design.fuel) == (car.class_name, car.model, car.fuel)
            and car.body in design.bodies
            and design.years[0] <= car.year <= design.years[1]
        ]
        assert made, car
        assert car.mileage_km > 0 or car.year >= FIRST_YEAR_STILL_NEW
        assert 0.2 < car.price_rub / made[0].price_rub < 1.5, car
        assert car.price_rub % 10_000 == 0
        assert 9 <= datetime.fromisoformat(car.updated_at).hour <= 19


@given(st.integers())
def test_a_vin_passes_its_own_check(seed: int) -> None:
    for car in stock(seed, 10).cars:
        assert len(car.vin) == 17
        assert set(car.vin) <= set(VIN_ALPHABET)
        assert car.vin[8] == check_character(car.vin)


@pytest.mark.parametrize("vin", ["1M8GDM9AXKP042788", "11111111111111111", "WDBRF40J43F433102"])
def test_the_check_is_the_one_that_is_used_elsewhere(vin: str) -> None:
    assert check_character(vin) == vin[8]


def test_letters_that_look_like_digits_have_no_value() -> None:
    assert not set("IOQ") & set(VIN_VALUES)


@given(st.integers())
def test_options_are_of_models_in_stock_once_each(seed: int) -> None:
    drawn = stock(seed)

    assert {option.model for option in drawn.options} <= {car.model for car in drawn.cars}
    assert len({(option.model, option.option) for option in drawn.options}) == len(drawn.options)
    assert all(option.price_rub > 0 and option.price_rub % 1000 == 0 for option in drawn.options)
    assert not [it for it in drawn.options if "AMG" in it.model and it.option == "Пакет AMG Line"]


def test_the_seed_is_the_stock() -> None:
    assert stock(7) == stock(7)
    assert stock(7) != stock(8)


def test_stocks_differ_in_what_they_have() -> None:
    stocks = [stock(seed).cars for seed in range(40)]
    classes = [Counter(car.class_name for car in cars) for cars in stocks]

    for model_class in CATALOGUE.model_class:
        had = [counter[model_class.name] for counter in classes]
        assert 0 in had, f"{model_class.name} is everywhere"
        assert 1 in had, f"no stock with one {model_class.name}"
    assert sum(len({car.price_rub for car in cars}) < len(cars) for cars in stocks) > 20
    new_shares = [sum(car.mileage_km == 0 for car in cars) / len(cars) for cars in stocks]
    assert min(new_shares) < 0.25
    assert max(new_shares) > 0.65
    finished = [any(car.color.endswith("металлик") for car in cars) for cars in stocks]
    assert any(finished)
    assert not all(finished)


def test_files_have_the_columns_of_the_export(tmp_path: Path) -> None:
    cars_path, options_path = write_stock(stock(1), tmp_path / "new" / "one.csv")

    assert (cars_path.name, options_path.name) == ("one.csv", "one.options.csv")
    assert header(cars_path) == header(SAMPLE / "available_product.csv")
    assert header(options_path) == header(SAMPLE / "trim_option.csv")
    assert len(cars_path.read_text(encoding="utf-8").splitlines()) == 61


def test_the_command_writes_both_files(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--seed", "5", "--cars", "3", "--output", str(tmp_path / "x.csv")]) == 0

    assert capsys.readouterr().out.splitlines() == [str(tmp_path / "x.csv"), str(tmp_path / "x.options.csv")]


@pytest.mark.parametrize("wrong", [["--cars", "0"], ["--cars", "1001"], ["--output", "x.txt"]])
def test_what_cannot_be_made_is_refused(wrong: list[str], tmp_path: Path) -> None:
    with pytest.raises(SystemExit):
        main(["--seed", "5", "--output", str(tmp_path / "x.csv"), *wrong])
