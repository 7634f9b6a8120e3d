"""How much of everything is used: what was measured (`usage.toml`) and what is assumed (`assumptions.toml`).

Knows both files. Refuses to know prices and what is deployed.
"""

from __future__ import annotations

import tomllib
from datetime import date
from functools import cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict, NonNegativeFloat, PositiveFloat

HERE = Path(__file__).parent


class _Read(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Measured(_Read):
    """When and where the measurement was taken."""

    on: date
    machine: str
    model: str
    questions: int


class QuestionUse(_Read):
    """One question, on average; see the head of `usage.toml`."""

    http_requests: PositiveFloat
    http_bytes_out: PositiveFloat
    page_requests: PositiveFloat
    page_bytes_out: PositiveFloat
    model_share: NonNegativeFloat
    model_tokens: NonNegativeFloat
    model_seconds: NonNegativeFloat
    stored_bytes: PositiveFloat


class FunctionUse(_Read):
    """One invocation of a function."""

    milliseconds: PositiveFloat
    log_bytes: PositiveFloat
    dynamodb_reads: NonNegativeFloat = 0
    dynamodb_writes: NonNegativeFloat = 0
    s3_gets: NonNegativeFloat = 0
    s3_puts: NonNegativeFloat = 0
    sqs_requests: NonNegativeFloat = 0
    secret_calls: NonNegativeFloat = 0


class Usage(_Read):
    measured: Measured
    question: QuestionUse
    invocations: dict[str, NonNegativeFloat]
    functions: dict[str, FunctionUse]


class Assumptions(_Read):
    """`levels` are questions a minute; the rest is explained in the file."""

    levels: tuple[PositiveFloat, ...]
    idle_minutes: int
    idle_receives_a_minute: NonNegativeFloat
    access_log_bytes: NonNegativeFloat
    key_requests_an_hour: NonNegativeFloat
    stored_gb: NonNegativeFloat
    weights_gb: NonNegativeFloat
    image_gb: NonNegativeFloat
    restarts_a_month: NonNegativeFloat
    transitions_a_restart: NonNegativeFloat
    notices_a_month: NonNegativeFloat
    owners: NonNegativeFloat
    data_events_a_day: NonNegativeFloat
    export_milliseconds_a_turn: NonNegativeFloat
    athena_queries_a_month: NonNegativeFloat
    bytes_a_model_call: NonNegativeFloat
    archived_share: NonNegativeFloat
    archive_days: NonNegativeFloat
    flow_log_bytes_a_minute: NonNegativeFloat


@cache
def usage() -> Usage:
    return Usage.model_validate(_table("usage.toml"))


@cache
def assumptions() -> Assumptions:
    return Assumptions.model_validate(_table("assumptions.toml"))


def _table(name: str) -> dict[str, object]:
    return tomllib.loads((HERE / name).read_text(encoding="utf-8"))
