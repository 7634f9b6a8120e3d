"""Whoever is woken finds the section that the alarm names, and in it only commands that exist."""

from __future__ import annotations

import re
import shlex
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
import typer.main
from aws_cdk import App, Stack
from aws_cdk import aws_cloudwatch as cloudwatch
from botocore import xform_name
from botocore.session import Session

from cli.main import app
from infra.critical_alarms import critical_alarms
from infra.endpoint import Endpoint
from infra.endpoint.interface import EndpointMetrics, Rights
from infra.model_endpoints import GpuEndpoint
from infra.observability.log_queries import log_queries
from infra.stages import LOCAL, BreakerLimits
from tests.infra.conftest import Deployment

RUNBOOK = Path(__file__).resolve().parents[2] / "docs" / "runbook.md"
TEXT = RUNBOOK.read_text(encoding="utf-8")
CHAPTERS = dict(re.findall(r"^## (.+?)\n(.*?)(?=^## |\Z)", TEXT, re.DOTALL | re.MULTILINE))


def sections(chapter: str) -> dict[str, str]:
    found = re.findall(r"^### (.+?)\n(.*?)(?=^### |\Z)", CHAPTERS[chapter], re.DOTALL | re.MULTILINE)
    return dict(found)


def named_by_alarms(deployment: Deployment, stack: str) -> set[str]:
    kinds = ("AWS::CloudWatch::Alarm", "AWS::CloudWatch::CompositeAlarm")
    described = [
        a.properties["AlarmDescription"] for kind in kinds for a in deployment.all(kind) if a.stack == stack
    ]
    return {text.partition("docs/runbook.md#")[2] for text in described} - {""}


def test_every_critical_alarm_has_its_section_and_no_other_does() -> None:
    everything = {
        name: cloudwatch.Metric(namespace="Machine", metric_name=name)
        for name in ("gpu_memory", "gpu_temperature", "host_memory", "cpu")
    }
    endpoint = Endpoint(
        invoking=Rights(), capacity=Rights(), network=None, metrics=EndpointMetrics(**everything)
    )
    alarms = critical_alarms(Stack(App(), "s"), stage=LOCAL, lines=[None], endpoint=endpoint)  # type: ignore[list-item]
    named = {_section(critical.alarm) for critical in alarms}
    named |= {_section(critical.also) for critical in alarms if critical.also is not None}
    assert sections("Critical alarms").keys() == named


def _section(alarm: cloudwatch.Alarm) -> str:
    plain = alarm.node.default_child
    assert isinstance(plain, cloudwatch.CfnAlarm)
    return str(plain.alarm_description).partition("docs/runbook.md#")[2]


def test_every_warning_has_its_section_and_no_other_does(deployment: Deployment) -> None:
    assert sections("Warnings").keys() == named_by_alarms(deployment, "observability")


def test_the_shut_down_itself_points_to_the_runbook(deployment: Deployment) -> None:
    assert named_by_alarms(deployment, "breaker") <= sections("Critical alarms").keys()


@pytest.mark.parametrize("chapter", ["Critical alarms", "Warnings"])
def test_every_section_says_what_it_means_what_to_look_at_and_what_to_run(chapter: str) -> None:
    for name, body in sections(chapter).items():
        assert re.findall(r"^\*\*(\w+):\*\*", body, re.MULTILINE) == ["Means", "Look", "Run"], name


def commands(program: str) -> list[list[str]]:
    """What is quoted as code and begins with the program's name, without what stands for something else."""
    quoted = [" ".join(code.split()) for code in re.findall(r"`([^`]+)`", TEXT)]
    return [shlex.split(code)[1:] for code in quoted if code.startswith(f"{program} ")]


def test_every_command_exists_with_its_options() -> None:
    found = commands("attendant")
    assert len(found) > 20
    for words in found:
        command: Any = typer.main.get_command(app)
        while words and hasattr(command, "commands"):
            assert words[0] in command.commands, words
            command = command.commands[words.pop(0)]
        known = {option for parameter in command.params for option in parameter.opts}
        assert {word for word in words if word.startswith("--")} <= known, words


def test_every_command_of_aws_exists_with_its_options() -> None:
    session = Session()
    for service, operation, *rest in commands("aws"):
        model = session.get_service_model(service)
        names = {xform_name(name, "-"): name for name in model.operation_names}
        assert operation in names
        known = {
            xform_name(member, "-") for member in model.operation_model(names[operation]).input_shape.members
        }
        known.add("notification-endpoint")  # what the command line calls the endpoint of a subscription
        assert {word[2:] for word in rest if word.startswith("--")} <= known


def test_every_function_whose_log_is_shown_has_one(local: Deployment) -> None:
    services = {f.properties["Handler"].split(".")[1] for f in local.all("AWS::Lambda::Function")}
    asked = {words[1] for words in commands("attendant") if words[0] == "logs" and len(words) > 1}
    assert {"answer" if name == "answer_ASSISTANT" else name for name in asked} <= services


def test_the_saved_queries_are_listed_and_only_they_are_named() -> None:
    listed = re.findall(r"^\| `([\w-]+)` \|", CHAPTERS["Saved queries"], re.MULTILINE)
    assert listed == [query.id for query in log_queries()]
    named = [
        name
        for sentence in re.findall(r"the saved quer(?:y|ies) ([^.:]*)", TEXT, re.IGNORECASE)
        for name in re.findall(r"`([\w-]+)`", sentence)
    ]
    assert len(named) > 10
    assert set(named) <= set(listed)


def test_every_link_within_the_page_has_an_end() -> None:
    titles = re.findall(r"^#+ (.+)$", TEXT, re.MULTILINE)
    ends = {re.sub(r"[^\w -]", "", title.lower()).replace(" ", "-") for title in titles}
    assert set(re.findall(r"\]\(#([\w-]+)\)", TEXT)) <= ends


def test_settings_and_graphs_that_are_named_exist(local: Deployment) -> None:
    known = {field.name for kind in (BreakerLimits, GpuEndpoint) for field in fields(kind)}
    assert {"tokens_per_hour", "usd_per_hour", "max_copies"} <= known
    (board,) = local.all("AWS::CloudWatch::Dashboard")
    drawn = str(board.properties["DashboardBody"])
    named = re.findall(r'[Dd]ashboard, "([^"]+)"', " ".join(TEXT.split()))
    assert len(named) > 5
    assert [graph for graph in named if graph.rstrip(".") not in drawn] == []
