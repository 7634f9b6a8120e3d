"""The machines of an Auto Scaling group; one machine is one copy.

Knows that a machine is ready when the load balancer says so: the group calls it healthy long before the
model is loaded. Refuses to start or to end a machine itself.
"""

from __future__ import annotations

from typing import Any

from core.errors import CapacityUnknown
from lambdas.adapters.capacity.interface import Copies
from lambdas.adapters.outages import told_as_capacity_unknown

# Launch and Terminate stay: without them the group could not do what `set_copies` asks for.
WHAT_SCALES = ("AlarmNotification", "ScheduledActions")


class Ec2Capacity:
    """`autoscaling` and `balancing` are the clients of EC2 Auto Scaling and of Elastic Load Balancing v2."""

    def __init__(self, autoscaling: Any, balancing: Any, group: str, targets: str) -> None:
        self._autoscaling = autoscaling
        self._balancing = balancing
        self._group = group
        self._targets = targets

    def hold(self) -> None:
        with told_as_capacity_unknown():
            self._autoscaling.suspend_processes(
                AutoScalingGroupName=self._group, ScalingProcesses=list(WHAT_SCALES)
            )

    def release(self) -> None:
        with told_as_capacity_unknown():
            self._autoscaling.resume_processes(
                AutoScalingGroupName=self._group, ScalingProcesses=list(WHAT_SCALES)
            )

    def set_copies(self, number: int) -> None:
        """Scaling never goes below one machine while one is wanted: a silent night is no reason to sleep."""
        with told_as_capacity_unknown():
            self._autoscaling.update_auto_scaling_group(
                AutoScalingGroupName=self._group, MinSize=min(number, 1), DesiredCapacity=number
            )

    def copies(self) -> Copies:
        with told_as_capacity_unknown():
            groups = self._autoscaling.describe_auto_scaling_groups(AutoScalingGroupNames=[self._group])
            health = self._balancing.describe_target_health(TargetGroupArn=self._targets)
        if not groups["AutoScalingGroups"]:
            raise CapacityUnknown("there is no such Auto Scaling group")
        states = [target["TargetHealth"]["State"] for target in health["TargetHealthDescriptions"]]
        return Copies(wanted=groups["AutoScalingGroups"][0]["DesiredCapacity"], ready=states.count("healthy"))
