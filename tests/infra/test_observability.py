"""Warnings that tell once, the dashboard's order, saved queries on logs that exist, the budget's steps."""

from __future__ import annotations

import json
import re
from typing import Any

from core import measures
from core.measures import Measure, Of, namespace
from infra.endpoint.sagemaker_metrics import GPU_CELSIUS
from infra.observability.log_queries import log_queries
from tests.infra.conftest import Deployment

QUESTIONS = [
    "Are visitors answered?",
    "How fast?",
    "Is the stock fresh?",
    "Is the GPU well?",
    "What does it cost?",
]
SILENCE_IS_BAD = {"unfinished-turns", "breaker-silent", "snapshot-stale"}


def warnings(deployment: Deployment) -> dict[str, dict[str, Any]]:
    """Metric alarms of the observability stack by name, without stage and assistant."""
    found = {}
    for alarm in deployment.all("AWS::CloudWatch::Alarm"):
        if alarm.stack == "observability":
            name = alarm.properties["AlarmName"].removeprefix(f"attendant-{deployment.stage.name}-")
            found[name] = alarm.properties
    return found


def section(alarm: dict[str, Any]) -> str:
    return alarm["AlarmDescription"].rpartition("#")[2]


def test_what_is_warned_of(deployment: Deployment) -> None:
    assert warnings(deployment).keys() == {
        "api-errors",
        "model-unavailable",
        "unfinished-turns",
        "breaker-silent",
        "failed-calls-dialogue-export",
        "failed-calls-endpoint-breaker",
        "failed-calls-inventory-export",
        "failed-calls-owner",
        "failed-calls-reconcile",
        "export-refused-salon",
        "snapshot-stale-salon",
        "low-ratings-salon",
        "ratings-count-salon",
        *(
            f"{name}-{id_}"
            for name in ("assistant-failing", "dead-letters")
            for id_ in ("salon", "night_desk")
        ),
    }


def test_every_warning_tells_operations_once(deployment: Deployment) -> None:
    (topic,) = [t for t in deployment.all("AWS::SNS::Topic") if t.stack == "observability"]
    (ratings,) = [
        a.properties for a in deployment.all("AWS::CloudWatch::CompositeAlarm") if a.stack == topic.stack
    ]
    for alarm in [ratings, *warnings(deployment).values()]:
        joined = alarm is not ratings and section(alarm) == "falling-ratings"
        assert alarm.get("AlarmActions", []) == ([] if joined else [{"Ref": topic.name}])
        assert not {"OKActions", "InsufficientDataActions"} & alarm.keys()


def test_silence_is_treated_on_purpose(deployment: Deployment) -> None:
    for name, alarm in warnings(deployment).items():
        bad = section(alarm) in SILENCE_IS_BAD
        words = "No data breaks the limit: " if bad else "No data is fine: "
        assert words in alarm["AlarmDescription"], name
        assert alarm["TreatMissingData"] == ("breaching" if bad else "notBreaching"), name


def test_no_alarm_computes(local: Deployment) -> None:
    """The emulator refuses metric math, and LOCAL is deployed as it is."""
    assert not [a for a in local.all("AWS::CloudWatch::Alarm") if "Metrics" in a.properties]


def test_a_stock_is_stale_when_the_assistant_says_so(deployment: Deployment) -> None:
    alarm = warnings(deployment)["snapshot-stale-salon"]
    assert alarm["Threshold"] == 6 * 3600
    assert alarm["Period"] == 20 * 60
    assert alarm["Dimensions"] == [
        {"Name": "assistant", "Value": "salon"},
        {"Name": "service", "Value": "inventory_export"},
    ]


def test_a_refused_export_rings_on_until_one_succeeds(deployment: Deployment) -> None:
    alarm = warnings(deployment)["export-refused-salon"]
    assert (alarm["Period"], alarm["DatapointsToAlarm"], alarm["EvaluationPeriods"]) == (20 * 60, 1, 2)


def test_warnings_of_waiting_come_before_the_endpoint_is_shut_down(deployment: Deployment) -> None:
    alarm = warnings(deployment)["unfinished-turns"]
    assert alarm["Threshold"] == deployment.stage.breaker.oldest_turn_seconds / 2


def test_one_visitors_mood_is_no_fall(deployment: Deployment) -> None:
    (ratings,) = [
        a.properties for a in deployment.all("AWS::CloudWatch::CompositeAlarm") if a.stack == "observability"
    ]
    rule = json.dumps(ratings["AlarmRule"])
    assert rule.count("ALARM(") == 2
    assert " AND " in rule
    both = [warnings(deployment)[f"{name}-salon"] for name in ("low-ratings", "ratings-count")]
    assert [alarm["Statistic"] for alarm in both] == ["Average", "SampleCount"]
    assert {alarm["Period"] for alarm in both} == {86_400}


def test_only_alarms_and_the_budget_may_write(deployment: Deployment) -> None:
    (policy,) = [p for p in deployment.all("AWS::SNS::TopicPolicy") if p.stack == "observability"]
    allowed = [s for s in policy.properties["PolicyDocument"]["Statement"] if s["Effect"] == "Allow"]
    services = {"cloudwatch.amazonaws.com"}
    if deployment.stage.budget_usd_per_month is not None:
        services.add("budgets.amazonaws.com")
    assert {name for s in allowed for name in _list(s["Principal"]["Service"])} == services
    assert all(s["Condition"]["StringEquals"]["aws:SourceAccount"] for s in allowed)
    for key in [k for k in deployment.all("AWS::KMS::Key") if k.stack == "observability"]:
        said = json.dumps(key.properties["KeyPolicy"])
        assert all(service in said for service in services)


def test_the_months_money_is_told_in_steps(deployment: Deployment) -> None:
    made = [b.properties for b in deployment.all("AWS::Budgets::Budget")]
    limit = deployment.stage.budget_usd_per_month
    assert len(made) == (limit is not None)
    for each in made:
        assert each["Budget"]["BudgetLimit"] == {"Amount": limit, "Unit": "USD"}
        steps = {
            (n["Notification"]["NotificationType"], n["Notification"]["Threshold"])
            for n in each["NotificationsWithSubscribers"]
        }
        assert steps == {("ACTUAL", 50), ("ACTUAL", 80), ("ACTUAL", 100), ("FORECASTED", 100)}


def page(deployment: Deployment) -> str:
    (made,) = deployment.all("AWS::CloudWatch::Dashboard")
    parts = made.properties["DashboardBody"]["Fn::Join"][1]
    return "".join(part if isinstance(part, str) else "X" for part in parts)


def test_the_dashboard_answers_in_this_order(deployment: Deployment) -> None:
    widgets = json.loads(page(deployment))["widgets"]
    texts = [
        w["properties"]["markdown"] for w in sorted(widgets, key=lambda w: w["y"]) if w["type"] == "text"
    ]
    assert [re.match("## (.*)\n", text)[1] for text in texts] == QUESTIONS
    first = next(w for w in widgets if w["type"] == "alarm")
    assert first["properties"]["title"] == "Would shut the endpoint down"
    shown = {arn.rpartition(":")[2] for arn in first["properties"]["alarms"]}
    critical = [a for a in deployment.all("AWS::CloudWatch::Alarm") if a.stack == "breaker"]
    assert shown == {
        a.properties["AlarmName"] for a in critical if not a.properties["AlarmName"].endswith("-count")
    }
    assert all("docs/runbook.md" in text for text in texts)


def test_the_dashboard_shows_every_measure_and_no_other(deployment: Deployment) -> None:
    shown = set()
    for widget in json.loads(page(deployment))["widgets"]:
        for metric in widget["properties"].get("metrics", []):
            if metric[0] == namespace(deployment.stage.name) and metric[1] != GPU_CELSIUS:
                shown.add(metric[1])
                dimensions = dict(zip(metric[2:-1:2], metric[3:-1:2], strict=False))
                assert dimensions["service"] == Measure(metric[1]).service
                refused = Of.ALL if "assistant" in dimensions else Of.EACH
                assert Measure(metric[1]).of is not refused
    assert shown == {measure.value for measure in Measure}


def table() -> dict[str, dict[str, str]]:
    """The table in the docstring of `core/measures.py`, by measure."""
    lines = [line for line in str(measures.__doc__).splitlines() if line.startswith("    ")]
    rows = [[*re.split(" {2,}", line.strip()), ""] for line in lines[1:]]
    return {row[0]: dict(zip(("unit", "told by", "of", "alarms"), row[1:], strict=False)) for row in rows}


def test_the_table_of_measures_tells_the_truth(deployment: Deployment) -> None:
    assert list(table()) == [measure.value for measure in Measure]
    readers: dict[str, set[str]] = {name: set() for name in table()}
    for alarm in deployment.all("AWS::CloudWatch::Alarm"):
        if alarm.properties["MetricName"] in readers:
            readers[alarm.properties["MetricName"]].add(section(alarm.properties))
    for measure in Measure:
        row = table()[measure.value]
        assert (row["told by"], row["of"]) == (measure.service, measure.of.value)
        assert readers[measure.value] == set(filter(None, row["alarms"].split(", "))), measure


def test_every_alarm_on_a_measure_reads_dimensions_that_are_told(deployment: Deployment) -> None:
    for alarm in deployment.all("AWS::CloudWatch::Alarm"):
        if alarm.properties["MetricName"] in set(Measure):
            measure = Measure(alarm.properties["MetricName"])
            named = {d["Name"]: d["Value"] for d in alarm.properties["Dimensions"]}
            assert named["service"] == measure.service
            assert measure.of is not (Of.ALL if "assistant" in named else Of.EACH)
            assert named.keys() <= {"assistant", "service"}


def test_every_saved_query_asks_logs_that_exist(deployment: Deployment) -> None:
    groups = {g.properties["LogGroupName"] for g in deployment.all("AWS::Logs::LogGroup")}
    saved = [q.properties for q in deployment.all("AWS::Logs::QueryDefinition")]
    assert {q["Name"] for q in saved} == {
        f"attendant-{deployment.stage.name}/{query.id}" for query in log_queries()
    }
    for query in saved:
        assert set(query["LogGroupNames"]) <= groups


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]
