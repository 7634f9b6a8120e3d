"""Every figure has a unit, a date and a source, and what is not in the table is said to be missing."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import PriceUnknown
from core.prices import instance_price, price_table, usd_per_hour

TABLE = price_table()
ENTRIES = list(TABLE.instances.items())


@pytest.mark.parametrize(("name", "entry"), ENTRIES, ids=[name for name, _ in ENTRIES])
def test_every_figure_has_a_unit_regions_and_a_source_with_a_date(name, entry):
    source = TABLE.sources[entry.source]
    assert entry.unit
    assert entry.what
    assert entry.usd
    assert set(entry.confirmed) <= set(entry.usd)
    assert source.page
    assert source.url.startswith("https://")
    assert date(2026, 1, 1) < source.read <= TABLE.collated


def test_every_source_is_cited():
    assert {entry.source for _, entry in ENTRIES} == set(TABLE.sources)


@given(st.sampled_from(sorted(TABLE.instances)), st.floats(0, 100), st.floats(0, 100))
def test_an_hour_is_linear_in_copies(instance, some, more):
    together = usd_per_hour(instance, some + more)
    assert together == pytest.approx(usd_per_hour(instance, some) + usd_per_hour(instance, more))
    assert usd_per_hour(instance, 0) == 0


def test_a_price_says_where_it_comes_from():
    price = instance_price("g4dn.2xlarge", "eu-central-1")
    assert (price.usd, price.unit, price.confirmed) == (0.94, "hour", True)
    assert "aws" in price.source.page.lower()


@pytest.mark.parametrize(
    ("instance", "region", "told"),
    [("ml.p5.48xlarge", "eu-central-1", "ml.g4dn.2xlarge"), ("g4dn.2xlarge", "eu-west-1", "us-east-1")],
)
def test_an_unknown_price_names_the_known_ones(instance, region, told):
    with pytest.raises(PriceUnknown, match=told):
        usd_per_hour(instance, 1, region=region)
