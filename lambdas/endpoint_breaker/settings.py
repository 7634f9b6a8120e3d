"""What the breaker is told by its environment. Refuses defaults for what infra must decide."""

from __future__ import annotations

from datetime import timedelta

from pydantic import Field, Json

from lambdas.adapters.function_settings import FunctionSettings
from lambdas.endpoint_breaker.sleep import SleepWish


class Settings(FunctionSettings):
    """`critical_alarms` are names in groups: a group rings when all of its alarms do; `any_critical_alarm` is
    the composite one.
    """

    stage: str = Field(alias="ASSISTANTS_STAGE", min_length=1)
    control_table: str = Field(alias="CONTROL_TABLE", min_length=1)
    audit_table: str = Field(alias="AUDIT_TABLE", min_length=1)
    oncall_topic_arn: str = Field(alias="ONCALL_TOPIC_ARN", min_length=1)
    restart_machine_arn: str = Field(alias="RESTART_MACHINE_ARN", min_length=1)
    critical_alarms: Json[list[list[str]]] = Field(alias="CRITICAL_ALARMS")
    any_critical_alarm: str = Field(alias="ANY_CRITICAL_ALARM", min_length=1)
    answer_functions: Json[dict[str, str]] = Field(alias="ANSWER_FUNCTIONS")
    answer_seconds: float = Field(alias="ANSWER_SECONDS", gt=0)
    model_slots: int = Field(alias="MODEL_SLOTS", ge=1)
    instance_type: str = Field(alias="INSTANCE_TYPE", default="")
    region: str = Field(alias="AWS_REGION", min_length=1)
    probes: int = Field(alias="PROBES", ge=1)
    watch_seconds: int = Field(alias="WATCH_SECONDS", ge=1)
    startup_seconds: int = Field(alias="STARTUP_SECONDS", ge=1)
    sleep: Json[SleepWish] | None = Field(alias="SLEEP", default=None)

    @property
    def startup(self) -> timedelta:
        return timedelta(seconds=self.startup_seconds)

    @property
    def watch(self) -> timedelta:
        return timedelta(seconds=self.watch_seconds)
