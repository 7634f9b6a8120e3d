"""All stacks of one stage and how they hang together. Read it as the diagram.

Knows the order. Refuses to know what is inside a stack.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from aws_cdk import Environment
from constructs import Construct

from core.spec import AssistantSpec
from infra.alarms import name_of
from infra.analytics import AnalyticsStack
from infra.answering import AnsweringStack
from infra.api import ApiStack
from infra.breaker import BreakerStack
from infra.data import DataStack
from infra.endpoint import build_endpoint
from infra.model_endpoints import with_adapters
from infra.observability import ObservabilityStack, Watched
from infra.people import PeopleStack
from infra.schedules import SchedulesStack
from infra.site import SiteStack, site_region
from infra.stages import Stage


def build_stacks(app: Construct, *, stage: Stage, assistants: Sequence[AssistantSpec]) -> None:
    """Adds the stacks `attendant-<stage>-<part>` to `app`. The account is the one of whoever deploys.

    Raises StageError where the endpoint cannot hold the adapters that the assistants name.
    """
    stage = replace(stage, endpoint=with_adapters(stage.endpoint, assistants))
    prefix = f"attendant-{stage.name}"
    stack = {
        "env": Environment(region=stage.region),
        "tags": {"project": "attendant", "stage": stage.name},
        "termination_protection": stage.keep_data,
    }

    data = DataStack(app, f"{prefix}-data", stage=stage, assistants=assistants, **stack)
    endpoint = build_endpoint(app, f"{prefix}-endpoint", stage=stage, data=data, **stack)
    answering = AnsweringStack(
        app, f"{prefix}-answering", stage=stage, assistants=assistants, data=data, endpoint=endpoint, **stack
    )
    api = ApiStack(app, f"{prefix}-api", stage=stage, data=data, lines=answering.lines, **stack)
    schedules = SchedulesStack(
        app, f"{prefix}-schedules", stage=stage, data=data, lines=answering.lines, **stack
    )
    analytics = AnalyticsStack(
        app, f"{prefix}-analytics", stage=stage, data=data, lines=answering.lines, **stack
    )
    breaker = BreakerStack(
        app,
        f"{prefix}-breaker",
        stage=stage,
        data=data,
        lines=answering.lines,
        endpoint=endpoint,
        **stack,
    )
    ObservabilityStack(
        app,
        f"{prefix}-observability",
        stage=stage,
        watched=Watched(
            lines=answering.lines,
            clocked=(
                schedules.inventory_export,
                schedules.reconcile,
                analytics.export,
                breaker.breaker,
                api.owner,
            ),
            http_api=api.http_api,
            endpoint=endpoint.metrics,
            critical=[name_of(critical.alarm) for critical in breaker.critical],
        ),
        **stack,
    )
    PeopleStack(
        app,
        f"{prefix}-people",
        stage=stage,
        data=data,
        lines=answering.lines,
        sources=schedules.sources.values(),
        invoked=(breaker.function, schedules.inventory_export.function, analytics.export.function),
        **stack,
    )
    at_the_edge = stack | {"env": Environment(region=site_region(stage))}
    SiteStack(app, f"{prefix}-site", stage=stage, data=data, http_api=api.http_api, **at_the_edge)
