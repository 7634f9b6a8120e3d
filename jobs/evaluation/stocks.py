"""Stocks to be asked about: the sample, the generated ones of `evals/stocks/`, or any other CSV file.

A stock is `<name>.csv` with the columns of `available_product` and, where there are options, a file beside
it: `<name>.options.csv` (for the sample `trim_option.csv`). Rows are tidied and refused by the rules of the
inventory export, so that what is asked here is what a salon would have published. Refuses to know questions.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from core.errors import EvaluationRefused, ExportRefused
from core.facts import Car, TrimOption
from jobs.evaluation.sets import FOLDER
from jobs.evaluation.tables import read_table
from lambdas.inventory_export import rows as row_rules

SAMPLE = "sample"


@dataclass(frozen=True)
class Stock:
    """What a salon has at one moment."""

    name: str
    cars: tuple[Car, ...]
    options: tuple[TrimOption, ...] = ()

    def data(self) -> bytes:
        """As the inventory export publishes it."""
        value = {
            "cars": [car.model_dump() for car in self.cars],
            "options": [option.model_dump() for option in self.options],
        }
        return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()

    @cached_property
    def sha256(self) -> str:
        return hashlib.sha256(self.data()).hexdigest()


def find_stock(folder: Path, name: str, year_now: int) -> Stock:
    """A stock of the assistant in `folder` by its name. Raises EvaluationRefused."""
    if name == SAMPLE:
        sample = folder / SAMPLE
        return _stock(name, sample / "available_product.csv", sample / "trim_option.csv", year_now)
    path = folder / FOLDER / "stocks" / f"{name}.csv"
    return _stock(name, path, path.with_name(f"{name}.options.csv"), year_now)


def read_stock(path: Path, year_now: int) -> Stock:
    """A stock of a file anywhere. Raises EvaluationRefused."""
    return _stock(path.stem, path, path.with_name(f"{path.stem}.options.csv"), year_now)


def _stock(name: str, cars: Path, options: Path, year_now: int) -> Stock:
    stock = Stock(name, tuple(_cars(cars, year_now)), tuple(_options(options)) if options.exists() else ())
    if not stock.cars:
        raise EvaluationRefused(f"{cars}: no car in it")
    return stock


def _cars(path: Path, year_now: int) -> Sequence[Car]:
    seen: dict[str, int] = {}
    cars = []
    for line, values in read_table(path, row_rules.CAR_COLUMNS):
        try:
            car = row_rules.car([values[name] for name in row_rules.CAR_COLUMNS], row=line, year_now=year_now)
        except ExportRefused as error:
            raise EvaluationRefused(f"{path}, line {line}: {_without_row(error)}") from error
        if car.vin in seen:
            raise EvaluationRefused(f"{path}, line {line}: its vin stands in line {seen[car.vin]}, too")
        seen[car.vin] = line
        cars.append(car)
    return cars


def _options(path: Path) -> Sequence[TrimOption]:
    options = []
    for line, values in read_table(path, row_rules.OPTION_COLUMNS):
        try:
            option = row_rules.trim_option([values[name] for name in row_rules.OPTION_COLUMNS], row=line)
        except ExportRefused as error:
            raise EvaluationRefused(f"{path}, line {line}: {_without_row(error)}") from error
        options.append(option)
    return options


def _without_row(error: ExportRefused) -> str:
    return str(error).partition(", ")[2] or str(error)
