"""A dealership's stock out of thin air: what stands there, at what price, and what may be added to it.

    python -m jobs.generate_stock --seed 7 --cars 60 --output evals/stocks/a.csv

Writes NAME.csv and, beside it, NAME.options.csv, with the columns of the two views that the export reads.
The same seed and number give the same files. What is in stock differs strongly from seed to seed: whole
classes are missing, others have one car, prices tie, one yard is nearly all new, another nearly all used.
Knows what was made when and about what it costs (`mercedes_models.toml`). Refuses to know who will ask what.
"""

from __future__ import annotations

import argparse
import csv
import sys
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, fields, replace
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

MODELS_FILE = Path(__file__).with_name("mercedes_models.toml")
LATEST_UPDATE = datetime.fromisoformat("2026-11-18T19:00:00+03:00")
UPDATED_WITHIN_DAYS = 10
NEWEST_YEAR = 2024
FIRST_YEAR_STILL_NEW = 2022
"""An older car has been driven."""

ABSENT_SHARE, SINGLE_SHARE = 0.3, 0.2
"""Of the classes: none of it, and one car of it."""
TIE_SHARE, TIE_REACH = 0.15, 0.07
"""Of the cars that have a rival within reach of their price: those that cost the same to the rouble."""
FINISHED_PAINT_SHARE = 0.3
"""Of the stocks: those whose colours are written with the finish, as «чёрный металлик»."""
LOST_A_YEAR, LOST_A_KM = 0.085, 1.2e-6

PAINTS = {
    "чёрный": 26,
    "белый": 22,
    "серый": 15,
    "серебристый": 10,
    "синий": 11,
    "красный": 6,
    "зелёный": 3,
    "коричневый": 3,
    "бежевый": 2,
    "жёлтый": 1,
    "оранжевый": 1,
}
"""With how common they are."""

VIN_ALPHABET = "0123456789ABCDEFGHJKLMNPRSTUVWXYZ"
VIN_LETTER_VALUES = (*range(1, 9), *range(1, 6), 7, 9, *range(2, 10))
VIN_VALUES = dict(zip(VIN_ALPHABET, (*range(10), *VIN_LETTER_VALUES), strict=True))
VIN_WEIGHTS = (8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2)
"""ISO 3779 as North America applies it: the ninth character makes the weighted sum checkable."""
VIN_YEARS = {2018: "J", 2019: "K", 2020: "L", 2021: "M", 2022: "N", 2023: "P", 2024: "R"}


class Data(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Design(Data):
    """A designation with bodies in which it was made in all these years."""

    name: str
    fuel: str
    bodies: Annotated[tuple[str, ...], Field(min_length=1)]
    years: tuple[int, int]
    price_rub: int


class ModelClass(Data):
    name: str
    wmi: Annotated[str, Field(min_length=3, max_length=3)]
    popularity: float
    chassis: dict[str, int]
    models: Annotated[tuple[Design, ...], Field(min_length=1)]

    def chassis_of(self, year: int) -> str:
        return max((since, number) for number, since in self.chassis.items() if since <= year)[1]


class Extra(Data):
    """An option; `pointless_for` is a word of designations that have it from the works."""

    name: str
    classes: tuple[str, ...]
    price_rub: int
    pointless_for: str = ""

    def suits(self, class_name: str, model: str) -> bool:
        return class_name in self.classes and self.pointless_for not in model.split()


class Catalogue(Data):
    model_class: tuple[ModelClass, ...]
    option: tuple[Extra, ...]


@dataclass(frozen=True)
class Car:
    vin: str
    model: str
    class_name: str
    body: str
    year: int
    fuel: str
    color: str
    mileage_km: int
    price_rub: int
    updated_at: str


@dataclass(frozen=True)
class TrimOption:
    model: str
    option: str
    price_rub: int


@dataclass(frozen=True)
class Stock:
    cars: list[Car]
    options: list[TrimOption]


def read_catalogue() -> Catalogue:
    return Catalogue.model_validate(tomllib.loads(MODELS_FILE.read_text(encoding="utf-8")))


def draw_stock(catalogue: Catalogue, *, seed: int, cars: int) -> Stock:
    rng = Random(f"{seed}/{cars}")  # noqa: S311 - a dice for made-up cars, no secret
    yard = Yard(rng)
    drawn: list[Car] = []
    for model_class, designs in draw_designs(rng, catalogue, cars):
        car = yard.draw_car(model_class, rng.choice(designs), number=len(drawn))
        rivals = [other.price_rub for other in drawn if other.class_name == car.class_name]
        near = [rub for rub in rivals if abs(rub - car.price_rub) < TIE_REACH * car.price_rub]
        if near and rng.random() < TIE_SHARE:
            car = replace(car, price_rub=rng.choice(near))
        drawn.append(car)
    drawn.sort(key=lambda car: car.vin)
    return Stock(drawn, draw_options(rng, catalogue, drawn))


def draw_designs(
    rng: Random, catalogue: Catalogue, cars: int
) -> Iterator[tuple[ModelClass, Sequence[Design]]]:
    """A class for each car, with the designations of it that this salon deals in."""
    single: list[ModelClass] = []
    many: dict[str, tuple[ModelClass, float]] = {}
    for model_class in catalogue.model_class:
        fate = rng.random()
        if fate < ABSENT_SHARE:
            continue
        if fate < ABSENT_SHARE + SINGLE_SHARE:
            single.append(model_class)
        else:
            many[model_class.name] = model_class, model_class.popularity * rng.lognormvariate(0, 0.8)
    if not many:
        model_class = rng.choice(catalogue.model_class)
        many[model_class.name] = model_class, 1.0
    dealt_in = {
        name: rng.sample(
            model_class.models, rng.randint(min(3, len(model_class.models)), len(model_class.models))
        )
        for name, (model_class, _) in many.items()
    }
    alone = [model_class for model_class in single if model_class.name not in many][: cars // 4]
    yield from ((model_class, model_class.models) for model_class in alone)
    weights = [weight for _, weight in many.values()]
    for model_class, _ in rng.choices(list(many.values()), weights, k=cars - len(alone)):
        yield model_class, dealt_in[model_class.name]


class Yard:
    """The habits of one salon: how much of it is new, how it writes colours."""

    def __init__(self, rng: Random) -> None:
        self._rng = rng
        self._new_share = rng.uniform(0.1, 0.9)
        self._finish = " металлик" if rng.random() < FINISHED_PAINT_SHARE else ""

    def draw_car(self, model_class: ModelClass, design: Design, *, number: int) -> Car:
        rng = self._rng
        year, mileage_km = self._draw_age(*design.years)
        paint = rng.choices(list(PAINTS), list(PAINTS.values()))[0]
        finish = self._finish if rng.random() < 0.5 else ""
        age = timedelta(days=rng.randint(0, UPDATED_WITHIN_DAYS), minutes=rng.randint(0, 600))
        return Car(
            vin=draw_vin(rng, model_class, year, number),
            model=design.name,
            class_name=model_class.name,
            body=rng.choice(design.bodies),
            year=year,
            fuel=design.fuel,
            color=paint + finish,
            mileage_km=mileage_km,
            price_rub=self._draw_price(design.price_rub, year, mileage_km),
            updated_at=(LATEST_UPDATE - age).isoformat(),
        )

    def _draw_age(self, first_year: int, last_year: int) -> tuple[int, int]:
        """Year and mileage."""
        rng = self._rng
        if last_year >= FIRST_YEAR_STILL_NEW and rng.random() < self._new_share:
            return rng.randint(max(first_year, FIRST_YEAR_STILL_NEW), last_year), 0
        year = rng.randint(first_year, last_year)
        years_driven = NEWEST_YEAR - year + rng.uniform(0.2, 1)
        return year, round(years_driven * rng.uniform(40, 210)) * 100

    def _draw_price(self, new_rub: int, year: int, mileage_km: int) -> int:
        """As prices are written: mostly just below a round one."""
        rng = self._rng
        kept = (1 - LOST_A_YEAR) ** (NEWEST_YEAR - year) * (1 - LOST_A_KM * mileage_km)
        rub = new_rub * kept * rng.uniform(0.93, 1.07)
        step_rub, below_rub = rng.choice([(100_000, 10_000), (100_000, 10_000), (50_000, 0), (10_000, 0)])
        return round(rub / step_rub) * step_rub - below_rub


def draw_vin(rng: Random, model_class: ModelClass, year: int, number: int) -> str:
    head = f"{model_class.wmi}{model_class.chassis_of(year)}{rng.randint(0, 99):02}"
    tail = f"{VIN_YEARS[year]}{rng.choice('ABFLNR')}{number:03}{rng.randint(0, 999):03}"
    return f"{head}{check_character(f'{head}0{tail}')}{tail}"


def check_character(vin: str) -> str:
    total = sum(weight * VIN_VALUES[letter] for weight, letter in zip(VIN_WEIGHTS, vin, strict=True))
    return "0123456789X"[total % 11]


def draw_options(rng: Random, catalogue: Catalogue, cars: Sequence[Car]) -> list[TrimOption]:
    """For about two thirds of the models in stock; the rest are sold as they stand."""
    designs = [design for model_class in catalogue.model_class for design in model_class.models]
    new_rub = {design.name: design.price_rub for design in designs}
    drawn = []
    for model, class_name in sorted({(car.model, car.class_name) for car in cars}):
        offered = [extra for extra in catalogue.option if extra.suits(class_name, model)]
        if not offered or rng.random() < 1 / 3:
            continue
        dearness = (new_rub[model] / 6_000_000) ** 0.6
        for extra in rng.sample(offered, rng.randint(1, min(5, len(offered)))):
            thousands_rub = round(extra.price_rub * dearness * rng.uniform(0.9, 1.1) / 1000)
            drawn.append(TrimOption(model, extra.name, thousands_rub * 1000))
    return sorted(drawn, key=lambda it: (it.model, it.option))


def write_stock(stock: Stock, path: Path) -> tuple[Path, Path]:
    """Where the cars and where the options went."""
    options_path = path.with_suffix(f".options{path.suffix}")
    path.parent.mkdir(parents=True, exist_ok=True)
    _write(path, Car, stock.cars)
    _write(options_path, TrimOption, stock.options)
    return path, options_path


def _write(path: Path, row: type[Car | TrimOption], rows: Sequence[Car | TrimOption]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, [field.name for field in fields(row)], lineterminator="\n")
        writer.writeheader()
        writer.writerows(asdict(each) for each in rows)


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="generate_stock", description="Make up a dealership's stock")
    parser.add_argument("--seed", type=int, required=True)
    parser.add_argument("--cars", type=int, default=60, help="1 to 1000")
    parser.add_argument("--output", type=Path, required=True, help="DIR/NAME.csv")
    chosen = parser.parse_args(arguments)
    if not 1 <= chosen.cars <= 1000:
        parser.error("--cars is a number from 1 to 1000")
    if chosen.output.suffix != ".csv":
        parser.error("--output is to end in .csv")
    stock = draw_stock(read_catalogue(), seed=chosen.seed, cars=chosen.cars)
    for path in write_stock(stock, chosen.output):
        sys.stdout.write(f"{path}\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
