"""From a row of the source to a fact: what may be tidied up, and what is drift.

Knows the columns and their types. Tidies what means the same thing whichever way it is written (a number as
text, a Decimal, a datetime, stray spaces). Refuses to guess: a price with kopecks, a year of 20245 or a car
without a name makes the whole export drift, because a half-understood stock is worse than yesterday's.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from core.errors import ExportRefused
from core.facts import Car, TrimOption

CAR_COLUMNS = tuple(Car.model_fields)
OPTION_COLUMNS = tuple(TrimOption.model_fields)
MAX_TEXT_CHARACTERS = 200
YEARS = (1900, 2100)
MAX_MILEAGE_KM = 5_000_000
MAX_PRICE_RUB = 100_000_000_000
# a dealer's system leaves the mileage of a new car empty; of an older one an empty mileage is unknown
NEW_CAR_YEARS = 1

_UNIT = re.compile(r"(?:₽|руб(?:лей|ля|ль)?\.?|р\.|rub|rur|км\.?|km|г(?:од)?\.?)$", re.IGNORECASE)
_GROUPED = re.compile(
    r"^[+-]?\d{1,3}(?:(?P<sep>[ '’_])\d{3}(?:(?P=sep)\d{3})*|(?:,\d{3}){2,}|(?:\.\d{3}){2,})$"
)
_WHOLE = re.compile(r"^[+-]?\d{1,15}(?:[.,]0{1,6})?$")


class _Wrong(ValueError):
    """A value that its column may not hold; the words carry no value, only what is wrong with it."""


def car(values: Sequence[Any], *, row: int, year_now: int) -> Car:
    """One row in the order of CAR_COLUMNS. Raises ExportRefused(drifted) that names row and column."""
    raw = dict(zip(CAR_COLUMNS, values, strict=True))
    column = ""
    try:
        for column in ("vin", "model"):
            raw[column] = _text(raw[column], required=True)
        raw["vin"] = raw["vin"].upper()
        for column in ("class_name", "body", "fuel", "color"):
            raw[column] = _text(raw[column])
        column = "year"
        raw[column] = _whole(_year(raw[column]), *YEARS)
        column = "mileage_km"
        if _empty(raw[column]) and raw["year"] >= year_now - NEW_CAR_YEARS:
            raw[column] = 0
        raw[column] = _whole(raw[column], 0, MAX_MILEAGE_KM)
        column = "price_rub"
        raw[column] = _whole(raw[column], 1, MAX_PRICE_RUB)
        column = "updated_at"
        raw[column] = _moment(raw[column])
    except _Wrong as error:
        raise ExportRefused("drifted", f"row {row}, column {column}: {error}") from error
    return Car.model_construct(**raw)


def trim_option(values: Sequence[Any], *, row: int) -> TrimOption:
    """One row in the order of OPTION_COLUMNS; an option may cost nothing. Raises ExportRefused(drifted)."""
    raw = dict(zip(OPTION_COLUMNS, values, strict=True))
    column = ""
    try:
        for column in ("model", "option"):
            raw[column] = _text(raw[column], required=True)
        column = "price_rub"
        raw[column] = _whole(raw[column], 0, MAX_PRICE_RUB)
    except _Wrong as error:
        raise ExportRefused("drifted", f"option {row}, column {column}: {error}") from error
    return TrimOption.model_construct(**raw)


def _empty(value: Any) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())


def _text(value: Any, *, required: bool = False) -> str:
    if isinstance(value, bytes):
        try:
            value = value.decode("utf-8")
        except UnicodeDecodeError as error:
            raise _Wrong("holds bytes that are not UTF-8") from error
    if isinstance(value, float | Decimal):
        value = _whole(value, 0, 10**15)  # a model called 3 that came through a numeric column
    if isinstance(value, bool) or not isinstance(value, str | int | None):
        raise _Wrong(f"a {type(value).__name__} is not a text")
    raw = "" if value is None else str(value)
    words = " ".join("".join(sign if sign.isprintable() else " " for sign in raw).split())
    if required and not words:
        raise _Wrong("is empty")
    if len(words) > MAX_TEXT_CHARACTERS:
        raise _Wrong(f"is longer than {MAX_TEXT_CHARACTERS} characters")
    return words


def _whole(value: Any, least: int, most: int) -> int:
    if _empty(value):
        raise _Wrong("is empty")
    if isinstance(value, str):
        value = _number_of(value)
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        raise _Wrong(f"a {type(value).__name__} is not a number")
    finite = value.is_finite() if isinstance(value, Decimal) else math.isfinite(value)
    if not finite or value != int(value):
        raise _Wrong("is not a whole number")
    number = int(value)
    if not least <= number <= most:
        raise _Wrong(f"is not between {least} and {most}")
    return number


def _number_of(words: str) -> int:
    plain = _UNIT.sub("", " ".join(words.split())).rstrip()
    if _GROUPED.match(plain):
        return int(re.sub(r"[ '’_,.]", "", plain))
    if _WHOLE.match(plain):
        return int(re.split(r"[.,]", plain)[0])
    raise _Wrong("is a text that is not a whole number")


def _year(value: Any) -> Any:
    return value.year if isinstance(value, date) else value


def _moment(value: Any) -> str:
    """ISO 8601 of a date or datetime; a text as it stands. Empty when nobody knows."""
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, int | float) and not isinstance(value, bool):
        try:
            return datetime.fromtimestamp(value, UTC).isoformat()
        except (ValueError, OverflowError, OSError) as error:
            raise _Wrong("is not a moment") from error
    return _text(value)
