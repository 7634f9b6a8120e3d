"""The source changes and the next answer follows; a bad source changes nothing and rings."""

from __future__ import annotations

import time

import pytest

from core.facts import DocumentKind
from tests.e2e.conftest import SALON, until


def version(deployment) -> str:
    return deployment.documents().manifest(SALON, DocumentKind.SNAPSHOT).version


def alarm_state(deployment) -> str:
    for alarm in deployment.client("cloudwatch").describe_alarms()["MetricAlarms"]:
        about = {each["Name"]: each["Value"] for each in alarm["Dimensions"]}
        if alarm["MetricName"] == "ExportRefused" and about.get("assistant") == SALON:
            return alarm["StateValue"]
    return "there is no such alarm"


def test_the_next_answer_follows_the_source(ask, source):
    assert "C 180" in ask("Есть ли C 180 в наличии?").text
    changed = source.change("UPDATE available_product_row SET price_rub = 7654321 WHERE model = 'C 180'")
    assert changed
    source.export()
    source.noticed()
    digits = "".join(sign for sign in ask("Сколько стоит C 180?").text if sign.isdigit())
    assert "7654321" in digits
    source.change("DELETE FROM available_product_row WHERE model = 'C 180'")
    source.export()
    source.noticed()
    gone = ask("Есть ли C 180 в наличии?")
    assert gone.state == "answered"
    assert "7654321" not in "".join(sign for sign in gone.text if sign.isdigit())
    assert not [fact for fact in gone.facts if fact["values"].get("model") == "C 180"]


@pytest.mark.parametrize(
    ("statement", "reason"),
    [
        ("DELETE FROM available_product_row", "empty"),
        ("DELETE FROM available_product_row WHERE rowid % 2", "shrunk"),
        ("UPDATE available_product_row SET price_rub = 'по запросу' WHERE rowid = 1", "drifted"),
        ("DROP VIEW available_product", "unreadable"),
    ],
)
def test_a_bad_source_changes_nothing_and_rings(ask, source, deployment, statement, reason):
    source.export()
    before = version(deployment)
    source.change(statement)
    refused = source.export(check=False)
    assert refused.returncode == 1
    assert f"export refused ({reason})" in refused.stderr
    assert version(deployment) == before
    source.noticed()
    assert "C 180" in ask("Есть ли C 180 в наличии?").text
    assert until(lambda: alarm_state(deployment) == "ALARM", 90), alarm_state(deployment)


def test_the_operator_may_accept_fewer_cars(source, deployment):
    source.export()
    source.change("DELETE FROM available_product_row WHERE rowid % 2")
    before = version(deployment)
    source.export("--accept-shrink")
    assert version(deployment) != before


def test_the_page_says_how_old_the_stock_is(http):
    def age() -> int:
        told = http.get("/v1/health").json()["assistants"]
        return next(each["snapshot"]["age_seconds"] for each in told if each["id"] == SALON)

    before = age()
    time.sleep(1)
    assert before <= age() < 24 * 3600
