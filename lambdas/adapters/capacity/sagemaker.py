"""The copies of an inference component, and the scaling that may change them.

Knows that Application Auto Scaling never goes below its own smallest number and never leaves 0 by itself: the
smallest number follows what is wanted, so an endpoint that is awake keeps one copy through a silent night.
Refuses to touch the largest number, which is the template's.
"""

from __future__ import annotations

from typing import Any

from lambdas.adapters.capacity.interface import Copies
from lambdas.adapters.outages import told_as_capacity_unknown


class SageMakerCapacity:
    """`sagemaker` and `scaling` are the clients of SageMaker and of Application Auto Scaling."""

    def __init__(self, sagemaker: Any, scaling: Any, component: str) -> None:
        self._sagemaker = sagemaker
        self._scaling = scaling
        self._component = component

    def hold(self) -> None:
        self._suspend(suspended=True)

    def release(self) -> None:
        self._suspend(suspended=False)

    def set_copies(self, number: int) -> None:
        """The smallest number goes down before the copies and up after them, so that none is added between.

        SageMaker refuses a change while another is under way; then it has to be asked for again.
        """
        if number == 0:
            self._register(MinCapacity=0)
        if self.copies().wanted != number:
            with told_as_capacity_unknown():
                self._sagemaker.update_inference_component_runtime_config(
                    InferenceComponentName=self._component, DesiredRuntimeConfig={"CopyCount": number}
                )
        if number > 0:
            self._register(MinCapacity=1)

    def copies(self) -> Copies:
        with told_as_capacity_unknown():
            described = self._sagemaker.describe_inference_component(InferenceComponentName=self._component)
        runtime = described.get("RuntimeConfig", {})
        return Copies(wanted=runtime.get("DesiredCopyCount", 0), ready=runtime.get("CurrentCopyCount", 0))

    def _suspend(self, *, suspended: bool) -> None:
        self._register(
            SuspendedState={
                "DynamicScalingInSuspended": suspended,
                "DynamicScalingOutSuspended": suspended,
                "ScheduledScalingSuspended": suspended,
            }
        )

    def _register(self, **change: Any) -> None:
        """What is not named stays as it is registered."""
        with told_as_capacity_unknown():
            self._scaling.register_scalable_target(
                ServiceNamespace="sagemaker",
                ResourceId=f"inference-component/{self._component}",
                ScalableDimension="sagemaker:inference-component:DesiredCopyCount",
                **change,
            )
