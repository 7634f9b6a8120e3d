"""Whatever a driver hands over becomes a valid fact or a refusal that tells the column, never a crash."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from core.errors import ExportRefused
from core.facts import Car, TrimOption
from lambdas.inventory_export.rows import CAR_COLUMNS, OPTION_COLUMNS, car, trim_option
from tests.lambdas.inventory_export.conftest import a_car

junk = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.decimals(),
    st.text(st.characters(), max_size=30),
    st.binary(max_size=30),
    st.datetimes(),
    st.dates(),
    st.times(),
    st.timedeltas(),
    st.uuids(),
    st.lists(st.integers(), max_size=2),
    st.from_regex(r"\A[-+]?[0-9]{1,3}([ ,.'][0-9]{3}){0,3}([.,][0-9]{1,2})? ?(₽|руб\.?|км|р\.)?\Z"),
)


@given(st.tuples(*[junk] * len(CAR_COLUMNS)))
@example(
    a_car(
        1,
        color="\ud800",
        updated_at=datetime(1, 1, 1),  # noqa: DTZ001  a driver gives naive ones too
    )
)
@example(a_car(1, year=Decimal("NaN")))
@example(a_car(1, price_rub=float("inf")))
def test_a_row_of_junk_is_a_car_or_a_refusal(values):
    try:
        fact = car(values, row=1, year_now=2026)
    except ExportRefused as refusal:
        reason = refusal.reason
    else:
        assert Car.model_validate(json.loads(json.dumps(fact.__dict__).encode())) == fact
        return
    assert reason == "drifted"


@given(st.sampled_from(CAR_COLUMNS), junk)
def test_one_junk_value_in_a_good_row(column, value):
    try:
        fact = car(a_car(1, **{column: value}), row=7, year_now=2026)
    except ExportRefused as refusal:
        told = str(refusal)
    else:
        Car.model_validate(fact.__dict__, strict=True)
        assert fact.price_rub > 0
        assert fact.vin
        assert fact.model
        return
    assert f"row 7, column {column}:" in told


@given(st.tuples(*[junk] * len(OPTION_COLUMNS)))
def test_a_junk_option_is_an_option_or_a_refusal(values):
    try:
        fact = trim_option(values, row=1)
    except ExportRefused:
        return
    TrimOption.model_validate(fact.__dict__, strict=True)


@given(st.integers(1, 10**9), st.sampled_from(["{}", "{}.00", "{},0", "{} ₽", "{:_}", " {} руб. ", "{} RUB"]))
def test_a_price_written_in_many_ways_is_the_same_price(price, form):
    assert car(a_car(1, price_rub=form.format(price)), row=1, year_now=2026).price_rub == price


@given(st.integers(1_000_000, 10**10), st.sampled_from([" ", "\u00a0", "\u202f", "'", ",", "."]))
def test_thousands_may_be_set_apart(price, sign):
    written = f"{price:,}".replace(",", sign)
    assert car(a_car(1, price_rub=written), row=1, year_now=2026).price_rub == price


@pytest.mark.parametrize(
    ("value", "told"),
    [
        (datetime(2026, 11, 20, 10, tzinfo=UTC), "2026-11-20T10:00:00+00:00"),
        (date(2026, 11, 20), "2026-11-20"),
        (None, ""),
        ("2026-11-20 10:00", "2026-11-20 10:00"),
    ],
)
def test_when_a_row_was_updated(value, told):
    assert car(a_car(1, updated_at=value), row=1, year_now=2026).updated_at == told
