"""`attendant cost`, as a person runs it: a table, JSON of a stable shape, and words when it cannot go on."""

from __future__ import annotations

import json
import subprocess
import sys
import tomllib
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from cli import bill_lines, cost, cost_page, day_rates, resource_types
from cli.failures import CommandFailed
from cli.main import app
from cli.usage import usage
from core.day_costs import Rates
from core.prices import price_table, usd_per_hour

real_materials = cache(cost.read_materials)  # templates take seconds, and are the same all along

ROOT = Path(__file__).resolve().parents[2]
SHAPE = {
    *("stage", "endpoint", "region", "month", "currency", "prices_of", "usage_of", "office_hours"),
    *("levels", "always_awake", "sleeping", "caps", "not_confirmed", "not_measured"),
    "not_priced",
}
LEVEL = {
    *("questions_per_minute", "questions", "usd", "endpoint_usd", "endpoint_percent", "standing_usd"),
    *("usd_per_thousand_questions_without_endpoint", "copies", "copies_needed", "lines"),
}
LINE = {"part", "what", "amount", "usd", "grows_with_questions", "prices", "confirmed"}


@pytest.fixture(scope="module")
def told() -> dict:
    """By a process of its own, as a person has it."""
    command = [sys.executable, "-m", "cli.main", "cost", "--stage", "prod", "--month", "2026-12", "--json"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.fixture
def read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cost, "read_materials", real_materials)


@pytest.fixture
def attendant_cost(read_once: None) -> Any:
    def call(*words: str) -> Any:
        return CliRunner().invoke(app, ["cost", *words])

    return call


def test_the_shape_of_the_json_is_stable(told):
    assert set(told) == SHAPE
    assert [set(level) for level in told["levels"]] == [LEVEL] * 3
    assert all(set(line) == LINE for level in told["levels"] for line in level["lines"])
    assert (told["stage"], told["endpoint"], told["month"]) == ("prod", "sagemaker", "2026-12")


def test_the_lines_are_the_total_and_the_endpoint_leads_at_the_asked_load(told):
    for level in told["levels"]:
        assert sum(line["usd"] for line in level["lines"]) == pytest.approx(level["usd"], abs=0.01)
    lowest = told["levels"][0]
    assert lowest["questions_per_minute"] == 10
    assert lowest["endpoint_percent"] > 50
    assert lowest["questions"] == pytest.approx(10 * 60 * told["office_hours"], abs=1)


def test_prod_is_awake_day_and_night_and_the_naps_say_what_they_would_save(told):
    always = told["always_awake"]
    assert (always["awake_hours"], always["saved_usd"]) == (744, 0)
    assert len(told["sleeping"]) == 2
    for nap in told["sleeping"]:
        assert nap["awake_hours"] + nap["saved_hours"] == pytest.approx(744, abs=0.02)
        assert 0 < nap["saved_usd"] < told["levels"][0]["endpoint_usd"]


def test_what_the_table_could_not_confirm_is_said(told):
    doubtful = {price["name"] for price in told["not_confirmed"]}
    table = price_table()
    entries = table.instances | table.prices
    assert doubtful
    assert all(told["region"] not in entries[name].confirmed for name in doubtful)


@pytest.mark.parametrize("kind", ["sagemaker", "ec2", "external"])
def test_nothing_that_is_deployed_is_forgotten(kind):
    """A new type of resource is said to be paid for or free; what is called was measured, or has a line."""
    materials = real_materials("prod", kind)
    assert resource_types.not_priced(materials.resources) == ()
    called = {schedule.service for schedule in materials.schedules} | set(usage().invocations)
    assert called <= set(usage().functions) | {bill_lines.EXPORT}


def test_a_type_is_paid_for_or_free_but_not_both():
    assert not resource_types.PAID_FOR & resource_types.FREE
    assert resource_types.not_priced(["AWS::Quantum::Computer", "AWS::IAM::Role"]) == (
        "AWS::Quantum::Computer",
    )


def test_awake_all_month_prod_trips_neither_its_breaker_nor_its_budget(told):
    """With every copy that scaling may add. Whoever raises `max_copies` raises the caps as well."""
    materials = real_materials("prod", told["endpoint"])
    endpoint = materials.endpoint
    an_hour = usd_per_hour(endpoint.instance_type, endpoint.max_copies, region=materials.region)
    assert an_hour * 1.25 < told["caps"]["breaker_usd_per_hour"] < an_hour * 4
    everything = told["levels"][0]["usd"] - told["levels"][0]["endpoint_usd"] + an_hour * 744
    assert everything < told["caps"]["budget_usd_per_month"] < everything * 2


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--stage", "production"), "production"),
        (("--month", "12.2026"), "2026-12"),
        (("--rate", "many"), "10/min"),
        (("--region", "eu-west-1", "--endpoint", "sagemaker"), "core/prices.toml"),
    ],
)
def test_what_cannot_be_is_told_with_a_way_out(attendant_cost, words, said):
    done = attendant_cost(*words)
    assert done.exit_code == 2
    assert said in done.stderr
    assert isinstance(done.exception, SystemExit)


def test_templates_that_cannot_be_made_are_told_in_one_sentence(monkeypatch):
    monkeypatch.setattr(cost, "SYNTHESIS", "infra.no_such_module")
    with pytest.raises(CommandFailed, match="templates of prod"):
        cost.read_materials("prod", None)


def test_the_table_says_everything_at_three_loads(attendant_cost):
    done = attendant_cost("--stage", "prod", "--endpoint", "sagemaker", "--month", "2026-12")
    assert done.exit_code == 0, done.stderr
    for word in ("10/min", "60/min", "300/min", "Endpoint", "Total", "not confirmed", "day and night"):
        assert word in done.stdout


def test_a_generated_part_leaves_the_text_around_it_alone():
    page = f"before\n{cost_page.BEGIN}\nold\n{cost_page.END}\nafter\n"
    new = cost_page.with_part(page, "new")
    assert new == f"before\n{cost_page.BEGIN}\n\nnew\n{cost_page.END}\nafter\n"
    assert cost_page.with_part(new, "new") == new


def test_the_rates_are_what_the_command_would_write_today(read_once):
    """When this fails: attendant cost --rates infra/day_rates.toml"""
    written = tomllib.loads((ROOT / "infra" / "day_rates.toml").read_text(encoding="utf-8"))
    for kind in cost_page.KINDS:
        assert day_rates.rates("prod", kind) == Rates.model_validate(written["prod"][kind])
        assert set(written["dev"][kind]) == set(Rates.model_fields)


def test_rates_give_the_bill_back(read_once):
    """A month of them is the month's bill."""
    wish = cost.Wish(stage="prod", endpoint="ec2", month=f"{cost_page.MONTH:%Y-%m}", per_minute=10)
    (bill,) = cost.compare(wish).estimates
    month, rates = bill.bill.month, day_rates.rates("prod", "ec2")
    told = rates.cost(
        copy_minutes=round(month.awake.hours * 60 * bill.bill.copies),
        questions=round(month.questions),
        passed=timedelta(hours=month.hours),
    )
    assert told == pytest.approx(bill.usd, rel=0.001)


def test_the_page_is_what_the_command_would_write_today(read_once):
    """When this fails: attendant cost --page docs/cost.md"""
    page = (ROOT / "docs" / "cost.md").read_text(encoding="utf-8")
    assert cost_page.with_part(page, cost_page.generated()) == page
