"""A deploy without a change changes nothing, and one that fails leaves everything as it was."""

from __future__ import annotations

import json
import re
from typing import Any

from cli.deployment import Deployment as Deployed
from cli.deployment import home_settings
from cli.embedded_cloud.deployment import Deployment
from cli.embedded_cloud.processes import Processes
from tests.e2e.conftest import HOME, CommandLine, until

STACK = "attendant-local-schedules"
DONE = re.compile(r"(COMPLETE|FAILED)$")


def test_a_second_deploy_is_a_no_op(attendant: CommandLine, deployment: Deployed) -> None:
    cloudformation = deployment.client("cloudformation")
    before = updates(cloudformation)
    settings = home_settings(HOME)
    Deployment(settings, Processes(run=settings.run, logs=settings.logs), cloudformation).deploy()
    log = (settings.logs / "cdk-deploy.log").read_text(encoding="utf-8")
    assert log.count("(no changes)") == len(before) - 1  # all but the toolkit's own
    assert updates(cloudformation) == before


def test_a_deploy_that_fails_goes_back(deployment: Deployed, ask: Any) -> None:
    cloudformation = deployment.client("cloudformation")
    found = cloudformation.get_template(StackName=STACK)["TemplateBody"]
    template = found if isinstance(found, dict) else json.loads(found)
    clock = next(n for n, r in template["Resources"].items() if r["Type"] == "AWS::Scheduler::Schedule")
    changed = json.loads(json.dumps(template))
    changed["Resources"][clock]["Properties"]["ScheduleExpression"] = "rate(59 minutes)"
    changed["Resources"]["Broken"] = {  # of what the emulator refuses: an alarm over nothing
        "Type": "AWS::CloudWatch::CompositeAlarm",
        "DependsOn": clock,
        "Properties": {"AlarmName": "broken"},
    }
    before = clocks(deployment)
    cloudformation.update_stack(
        StackName=STACK, TemplateBody=json.dumps(changed), Capabilities=["CAPABILITY_NAMED_IAM"]
    )
    assert until(lambda: DONE.search(status(cloudformation)) and status(cloudformation), 60) == (
        "UPDATE_ROLLBACK_COMPLETE"
    )
    assert clocks(deployment) == before
    assert ask("Есть ли C 180?").state == "answered"


def updates(cloudformation: Any) -> dict[str, Any]:
    """When each stack was last touched."""
    stacks = cloudformation.describe_stacks()["Stacks"]
    return {s["StackName"]: (s["StackStatus"], s.get("LastUpdatedTime")) for s in stacks}


def status(cloudformation: Any) -> str:
    return cloudformation.describe_stacks(StackName=STACK)["Stacks"][0]["StackStatus"]


def clocks(deployment: Deployed) -> dict[str, str]:
    client = deployment.client("scheduler")
    return {
        each["Name"]: client.get_schedule(Name=each["Name"])["ScheduleExpression"]
        for each in client.list_schedules()["Schedules"]
    }
