"""What a stage consists of, counted from its templates: `python -m infra.bill_of_materials --stage prod`.

Knows how to read templates. Refuses to know prices and load: `attendant cost` multiplies. Nothing is bundled
and no account is asked.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

from aws_cdk import App

from core.measures import Measure, Of, namespace
from core.spec import all_specs
from infra.materials import (
    EndpointMaterials,
    FunctionMaterials,
    Materials,
    Needs,
    ScheduleMaterials,
    SleepMaterials,
)
from infra.model_endpoints import ExternalEndpoint, GpuEndpoint
from infra.nag_report import combinations, synthesis_context
from infra.stacks import build_stacks
from infra.stage_context import pick_stage
from infra.stages import ENDPOINTS, STAGES, Stage

HANDLER = re.compile(r"lambdas\.(\w+)\.handler\.handler")
RATE = re.compile(r"rate\((\d+) (minute|hour|day)s?\)")
MINUTES = {"minute": 1, "hour": 60, "day": 1_440}
A_DAY = 1_440.0
OF_AWS = re.compile("/?aws/", re.IGNORECASE)  # no charge for what AWS itself tells
ANSWERING = "answer"
UNKNOWN = "unknown"

Template = dict[str, Any]


def materials(stage: Stage, templates: Iterable[Template]) -> Materials:
    templates = list(templates)
    resources = [resource for template in templates for resource in template["Resources"].values()]
    return Materials(
        stage=stage.name,
        region=stage.region,
        endpoint=_endpoint(stage),
        needs=_needs(stage, resources),
        sleep=SleepMaterials(**asdict(stage.sleep)) if stage.sleep else None,
        budget_usd_per_month=stage.budget_usd_per_month,
        usd_per_hour=stage.breaker.usd_per_hour,
        resources=dict(sorted(Counter(resource["Type"] for resource in resources).items())),
        functions=tuple(_functions(resources)),
        schedules=tuple(_schedules(templates)),
        alarm_metrics=sum(_metrics(alarm) for alarm in _of(resources, "AWS::CloudWatch::Alarm")),
        custom_metrics=_custom_metrics(resources, namespace(stage.name)),
        firewall_rules=sum(
            len(acl["Properties"].get("Rules", ())) for acl in _of(resources, "AWS::WAFv2::WebACL")
        ),
        interface_endpoint_zones=sum(
            len(endpoint["Properties"].get("SubnetIds", ()))
            for endpoint in _of(resources, "AWS::EC2::VPCEndpoint")
            if endpoint["Properties"].get("VpcEndpointType") == "Interface"
        ),
        recovered_tables=sum(_is_recovered(table) for table in _of(resources, "AWS::DynamoDB::")),
        log_days=max(
            group["Properties"].get("RetentionInDays", 0) for group in _of(resources, "AWS::Logs::LogGroup")
        ),
    )


def _endpoint(stage: Stage) -> EndpointMaterials:
    endpoint = stage.endpoint
    kind = next(name for name, kind in ENDPOINTS.items() if isinstance(endpoint, type(kind)))
    if isinstance(endpoint, ExternalEndpoint):
        return EndpointMaterials(kind=kind, model_slots=endpoint.model_slots)
    assert isinstance(endpoint, GpuEndpoint)
    return EndpointMaterials(
        kind=kind,
        model_slots=endpoint.model_slots,
        instance_type=endpoint.instance_type,
        max_copies=endpoint.max_copies,
        disk_gb=getattr(endpoint, "disk_gb", 0),  # SageMaker's g4dn, g5 and g6 bring a disk of their own
    )


def _needs(stage: Stage, resources: Iterable[Template]) -> Needs:
    endpoint = stage.endpoint
    functions = [function["Properties"] for function in _of(resources, "AWS::Lambda::Function")]
    mappings = [mapping["Properties"] for mapping in _of(resources, "AWS::Lambda::EventSourceMapping")]
    gpu = endpoint if isinstance(endpoint, GpuEndpoint) else None
    return Needs(
        behind_cloudfront=stage.behind_cloudfront,
        image=gpu.image if gpu else None,
        weights=f"{gpu.weights}{gpu.model_name}/" if gpu else None,
        waiting=stage.waiting_limit,
        workers=sum(mapping.get("ScalingConfig", {}).get("MaximumConcurrency", 0) for mapping in mappings),
        reserved=sum(function.get("ReservedConcurrentExecutions", 0) for function in functions),
    )


def _functions(resources: Iterable[Template]) -> Iterator[FunctionMaterials]:
    for function in _of(resources, "AWS::Lambda::Function"):
        properties = function["Properties"]
        yield FunctionMaterials(
            service=_service(function),
            memory_mb=properties.get("MemorySize", 128),
            traced=properties.get("TracingConfig", {}).get("Mode") == "Active",
        )


def _of(resources: Iterable[Template], kind: str) -> Iterator[Template]:
    return (resource for resource in resources if resource["Type"].startswith(kind))


def _service(function: Template) -> str:
    found = HANDLER.fullmatch(function["Properties"].get("Handler", ""))
    return found[1] if found else UNKNOWN


def _schedules(templates: Iterable[Template]) -> Iterator[ScheduleMaterials]:
    for template in templates:
        for schedule in _of(template["Resources"].values(), "AWS::Scheduler::Schedule"):
            yield ScheduleMaterials(
                service=_called(template, schedule["Properties"]["Target"]["Arn"]),
                minutes=_minutes(schedule["Properties"]["ScheduleExpression"]),
            )


def _called(template: Template, arn: Any) -> str:
    """The service of the function that the ARN of the same template names."""
    for name, resource in template["Resources"].items():
        if resource["Type"] == "AWS::Lambda::Function" and f'"{name}"' in json.dumps(arn):
            return _service(resource)
    return UNKNOWN


def _minutes(expression: str) -> float:
    """Between two calls; a time of day comes once a day."""
    rate = RATE.fullmatch(expression)
    return float(rate[1]) * MINUTES[rate[2]] if rate else A_DAY


def _metrics(alarm: Template) -> int:
    """An alarm is paid for by the metrics that it looks at; an expression over them is free."""
    described = alarm["Properties"].get("Metrics", ())
    return sum("MetricStat" in metric for metric in described) if described else 1


def _custom_metrics(resources: Iterable[Template], own: str) -> int:
    """What the functions write for each assistant and for all, what logs are read for, what machines tell."""
    resources = list(resources)
    assistants = [each for each in _of(resources, "AWS::Lambda::Function") if _service(each) == ANSWERING]
    sets = {Of.EACH: len(assistants), Of.ALL: 1, Of.EACH_AND_ALL: len(assistants) + 1}
    alarms = [alarm["Properties"] for alarm in _of(resources, "AWS::CloudWatch::Alarm")]
    stats = [metric.get("MetricStat", {}) for alarm in alarms for metric in alarm.get("Metrics", ())]
    looked_at = [*alarms, *(stat["Metric"] for stat in stats if stat)]
    of_machines = {
        (told["Namespace"], told["MetricName"])
        for told in looked_at
        if "Namespace" in told and told["Namespace"] != own and not OF_AWS.match(told["Namespace"])
    }
    read_from_logs = {
        each["MetricName"]
        for filter_ in _of(resources, "AWS::Logs::MetricFilter")
        for each in filter_["Properties"]["MetricTransformations"]
    }
    return sum(sets[measure.of] for measure in Measure) + len(of_machines) + len(read_from_logs)


def _is_recovered(table: Template) -> bool:
    return '"PointInTimeRecoveryEnabled": true' in json.dumps(table)


def synthesised(stage: Stage) -> Materials:
    """The stage with every assistant that has a folder."""
    with tempfile.TemporaryDirectory() as scratch:
        app = App(context=synthesis_context(), outdir=scratch)
        build_stacks(app, stage=stage, assistants=tuple(all_specs()))
        app.synth()
        files = sorted(Path(scratch).glob("*.template.json"))
        return materials(stage, [json.loads(file.read_text(encoding="utf-8")) for file in files])


def main() -> None:
    parser = argparse.ArgumentParser(description="Says as JSON what a stage consists of.")
    parser.add_argument("--stage", choices=sorted(STAGES), required=True)
    parser.add_argument("--endpoint", choices=sorted(ENDPOINTS), help="left out: the stage's own kind")
    given = parser.parse_args()
    own = STAGES[given.stage].endpoint
    kind = given.endpoint or next(name for name, kind in ENDPOINTS.items() if isinstance(own, type(kind)))
    context = next(each for each in combinations(given.stage) if each["endpoint"] == kind)
    sys.stdout.write(synthesised(pick_stage(context.get)).model_dump_json(indent=1) + "\n")


if __name__ == "__main__":
    main()
