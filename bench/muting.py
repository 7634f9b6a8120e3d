"""The alarm that shuts the endpoint down, kept quiet while a bench makes trouble on purpose."""

from __future__ import annotations

from cli.deployment import Deployment


def mute(deployment: Deployment) -> None:
    """Its members ring and nothing is shut down. For good: what rings when a run ends would shut this home
    down for the next one.
    """
    name = deployment.output("CriticalAlarmArn").rpartition(":")[2]
    deployment.client("cloudwatch").disable_alarm_actions(AlarmNames=[name])
