"""The judgement of alarms and the reading of metric lines, without an emulator."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cli.embedded_cloud.emulator.embedded_metrics import embedded_metrics
from cli.embedded_cloud.emulator.verdict import verdict

ALARM = {"ComparisonOperator": "GreaterThanThreshold", "Threshold": 1.0, "EvaluationPeriods": 3}


@pytest.mark.parametrize(
    ("breaches", "treatment", "needed", "state"),
    [
        ([True, True, True], "missing", None, "ALARM"),
        ([True, True, False], "missing", None, "OK"),
        ([True, True, False], "missing", 2, "ALARM"),
        ([None, None, None], "missing", None, "INSUFFICIENT_DATA"),
        ([None, None, None], "ignore", None, None),
        ([None, None, None], "breaching", None, "ALARM"),
        ([None, None, None], "notBreaching", None, "OK"),
        ([True, None, None], "notBreaching", 1, "ALARM"),
        ([True, None, None], "notBreaching", 2, "OK"),
        ([True, None, None], "missing", None, "ALARM"),
    ],
)
def test_verdict(breaches: list[bool | None], treatment: str, needed: int | None, state: str | None) -> None:
    alarm = {**ALARM, "TreatMissingData": treatment, "DatapointsToAlarm": needed}

    assert verdict(alarm, breaches)[0] == state


def test_a_metric_line_gives_one_record_per_set_of_dimensions_and_value() -> None:
    line = {
        "_aws": {
            "CloudWatchMetrics": [
                {
                    "Namespace": "Attendant",
                    "Dimensions": [["service"], []],
                    "Metrics": [{"Name": "Refused", "Unit": "Count"}],
                }
            ]
        },
        "service": "api",
        "Refused": [1, 2],
    }

    assert list(embedded_metrics("[INFO] " + json.dumps(line))) == [
        ("Attendant", "Refused", 1.0, "Count", {"service": "api"}),
        ("Attendant", "Refused", 2.0, "Count", {"service": "api"}),
        ("Attendant", "Refused", 1.0, "Count", {}),
        ("Attendant", "Refused", 2.0, "Count", {}),
    ]


@given(st.text() | st.text().map(lambda text: '{"_aws": ' + json.dumps(text) + "}"))
def test_any_other_line_is_no_metric(line: str) -> None:
    assert list(embedded_metrics(line)) == []
