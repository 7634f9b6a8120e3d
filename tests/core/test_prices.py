"""Every figure has a unit, a date and a source, and what is not in the table is said to be missing."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import PriceUnknown
from core.prices import GLOBAL, instance_price, price, price_table, usd_per_hour

TABLE = price_table()
ENTRIES = [*TABLE.instances.items(), *TABLE.prices.items()]
REGIONS = {"eu-central-1", "us-east-1"}


@pytest.mark.parametrize(("name", "entry"), ENTRIES, ids=[name for name, _ in ENTRIES])
def test_every_figure_has_a_unit_regions_and_a_source_with_a_date(name, entry):
    source = TABLE.sources[entry.source]
    assert entry.unit
    assert entry.what
    assert set(entry.usd) in ({GLOBAL}, REGIONS)
    assert set(entry.confirmed) <= set(entry.usd)
    assert set(entry.confirmed) == set(entry.usd) or entry.note, "an unconfirmed figure says whence it comes"
    assert source.page
    assert source.url.startswith("https://aws.amazon.com/")
    assert date(2026, 1, 1) < source.read <= TABLE.collated


def test_every_source_is_cited():
    assert {entry.source for _, entry in ENTRIES} == set(TABLE.sources)


@given(st.sampled_from(sorted(TABLE.instances)), st.floats(0, 100), st.floats(0, 100))
def test_an_hour_is_linear_in_copies(instance, some, more):
    together = usd_per_hour(instance, some + more)
    assert together == pytest.approx(usd_per_hour(instance, some) + usd_per_hour(instance, more))
    assert usd_per_hour(instance, 0) == 0


@pytest.mark.parametrize("region", sorted(REGIONS))
@pytest.mark.parametrize("size", ["g4dn.2xlarge", "g5.2xlarge", "g6.2xlarge"])
def test_sagemaker_asks_a_quarter_more_than_ec2(size, region):
    managed = usd_per_hour(f"ml.{size}", 1, region=region)
    assert managed == pytest.approx(1.25 * usd_per_hour(size, 1, region=region), rel=1e-3)


def test_a_price_says_where_it_comes_from():
    found = instance_price("g4dn.2xlarge", "eu-central-1")
    assert (found.usd, found.unit, found.confirmed) == (0.94, "hour", True)
    assert "AWS" in found.source.page


def test_a_figure_for_many_pieces_is_taken_apart():
    assert price("dynamodb_write", "us-east-1").of(2_000_000) == pytest.approx(1.25)
    assert price("waf_rule", "us-east-1") == price("waf_rule", "eu-central-1")


@pytest.mark.parametrize(
    ("instance", "region", "told"),
    [("ml.p5.48xlarge", "eu-central-1", "ml.g4dn.2xlarge"), ("g4dn.2xlarge", "eu-west-1", "us-east-1")],
)
def test_an_unknown_price_names_the_known_ones(instance, region, told):
    with pytest.raises(PriceUnknown, match=told):
        usd_per_hour(instance, 1, region=region)
    with pytest.raises(PriceUnknown, match="lambda_request"):
        price("helicopter", region)
