"""The runbook's questions to the logs, saved where CloudWatch Logs Insights lists them.

The queries are data (`log_queries.toml`). Knows whose logs each asks. Refuses to know what a field means.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from aws_cdk import aws_logs as logs
from constructs import Construct

from core.spec import AssistantSpec
from infra.stages import Stage

QUERIES = Path(__file__).with_name("log_queries.toml")


@dataclass(frozen=True, kw_only=True)
class LogQuery:
    """`logs` are folders of `lambdas/`, or `gateway`."""

    id: str
    question: str
    logs: tuple[str, ...]
    query: str


def log_queries() -> tuple[LogQuery, ...]:
    tables = tomllib.loads(QUERIES.read_text(encoding="utf-8"))["queries"]
    return tuple(LogQuery(**{**table, "logs": tuple(table["logs"])}) for table in tables)


def save_queries(scope: Construct, *, stage: Stage, assistants: Sequence[AssistantSpec]) -> None:
    for saved in log_queries():
        logs.CfnQueryDefinition(
            scope,
            "Query" + "".join(part.capitalize() for part in saved.id.split("-")),
            name=f"attendant-{stage.name}/{saved.id}",
            query_string=f"# {saved.question}\n{saved.query.strip()}",
            log_group_names=[group for log in saved.logs for group in _log_groups(stage, log, assistants)],
        )


def _log_groups(stage: Stage, log: str, assistants: Sequence[AssistantSpec]) -> Iterator[str]:
    """By name: a reference would forbid another stack to let a function go."""
    if log == "gateway":
        yield f"/aws/apigateway/attendant-{stage.name}"
        return
    function = f"/aws/lambda/attendant-{stage.name}-{log.replace('_', '-')}"
    yield from (f"{function}-{spec.id}" for spec in assistants) if log == "answer" else (function,)
