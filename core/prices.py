"""What AWS asks for: one figure by name and region, with its unit, its source and whether it was confirmed.

Knows the price table beside it (`prices.toml`). Refuses to know what is deployed, how much of it is used and
what that costs a month: the breaker and the estimate multiply.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict, PositiveFloat, PositiveInt

from core.errors import PriceUnknown

TABLE = Path(__file__).with_name("prices.toml")
HOME_REGION = "eu-central-1"  # of DEV and PROD
GLOBAL = "global"


class Source(BaseModel):
    """Where figures were read, and when."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    page: str
    url: str
    read: date


class PriceEntry(BaseModel):
    """One thing that is paid for, region by region: `usd` for `per` pieces."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    what: str
    unit: str
    per: PositiveInt = 1
    usd: dict[str, PositiveFloat]
    source: str
    confirmed: tuple[str, ...]
    note: str = ""


class PriceTable(BaseModel):
    """`prices.toml` as it stands."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    currency: str
    collated: date
    sources: dict[str, Source]
    instances: dict[str, PriceEntry]
    prices: dict[str, PriceEntry]


@dataclass(frozen=True)
class Price:
    """One figure: `usd` for one `unit`, which is `per` pieces, in `region`."""

    name: str
    what: str
    unit: str
    per: int
    region: str
    usd: float
    source: Source
    confirmed: bool

    def of(self, pieces: float) -> float:
        """What so many pieces cost, in US dollars."""
        return pieces / self.per * self.usd


def usd_per_hour(instance_type: str, copies: float, *, region: str = HOME_REGION) -> float:
    """What so many running instances cost an hour. Raises PriceUnknown."""
    return instance_price(instance_type, region).of(copies)


def instance_price(instance_type: str, region: str) -> Price:
    """Raises PriceUnknown."""
    return _find(price_table().instances, instance_type, region)


def price(name: str, region: str) -> Price:
    """What AWS sells world-wide has the same price in every region. Raises PriceUnknown."""
    return _find(price_table().prices, name, region)


@cache
def price_table() -> PriceTable:
    return PriceTable.model_validate(tomllib.loads(TABLE.read_text(encoding="utf-8")))


def _find(entries: Mapping[str, PriceEntry], name: str, region: str) -> Price:
    entry = entries.get(name)
    if entry is None:
        raise PriceUnknown(f"no price of {name}: {TABLE.name} knows {', '.join(sorted(entries))}")
    place = GLOBAL if GLOBAL in entry.usd else region
    if place not in entry.usd:
        raise PriceUnknown(f"no price of {name} in {region}: {TABLE.name} knows {', '.join(entry.usd)}")
    return Price(
        name=name,
        what=entry.what,
        unit=entry.unit,
        per=entry.per,
        region=place,
        usd=entry.usd[place],
        source=price_table().sources[entry.source],
        confirmed=place in entry.confirmed,
    )
