"""What a stage consists of and what it needs of an account: the shape in which both are told.

Knows types alone, no CDK, so that the command line may read what `infra/bill_of_materials.py` counts.
"""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class _Told(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class EndpointMaterials(_Told):
    """`kind` is sagemaker, ec2 or external; the last one has no instances of ours."""

    kind: str
    model_slots: int
    instance_type: str | None = None
    max_copies: int = 0
    disk_gb: int = 0


class SleepMaterials(_Told):
    """As `infra.stages.Sleep`."""

    time_zone: str
    asleep_from: str | None
    awake_from: str | None
    idle_minutes: int | None


class FunctionMaterials(_Told):
    """One Lambda function; `service` is its folder in `lambdas/`."""

    service: str
    memory_mb: int
    traced: bool


class ScheduleMaterials(_Told):
    """A function that is called every so many minutes."""

    service: str
    minutes: float


class Needs(_Told):
    """What the account must bring. `image` is repository:tag and `weights` a prefix, None without a GPU.

    `waiting` is how many API calls may wait, `workers` how many questions may be worked on, `reserved` what
    the functions keep for themselves of the account's concurrent executions.
    """

    behind_cloudfront: bool
    image: str | None
    weights: str | None
    waiting: int
    workers: int
    reserved: int


class Materials(_Told):
    """`resources` counts the templates of the stage by CloudFormation type, `log_days` is how long the
    longest log is kept, `custom_metrics` are those that CloudWatch charges for.
    """

    stage: str
    region: str
    endpoint: EndpointMaterials
    needs: Needs
    sleep: SleepMaterials | None
    budget_usd_per_month: int | None
    usd_per_hour: float
    resources: dict[str, int]
    functions: tuple[FunctionMaterials, ...]
    schedules: tuple[ScheduleMaterials, ...]
    alarm_metrics: int
    custom_metrics: int
    firewall_rules: int
    interface_endpoint_zones: int
    recovered_tables: int
    log_days: int

    def count(self, kind: str) -> int:
        return self.resources.get(kind, 0)
