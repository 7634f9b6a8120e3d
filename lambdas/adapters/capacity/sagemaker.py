"""The copies of an inference component, and the scaling that may change them.

Knows that Application Auto Scaling never goes below its own smallest number and never leaves 0 by itself: the
smallest number follows what is wanted, so an endpoint that is awake keeps one copy through a silent night.
A candidate is switched along: one copy while any is wanted, for it is not scaled.
Refuses to touch the largest number, which is the template's.
"""

from __future__ import annotations

from typing import Any

from botocore.exceptions import ClientError

from lambdas.adapters.capacity.interface import Copies
from lambdas.adapters.outages import told_as_capacity_unknown

NOT_THERE = "ValidationException"
"""What SageMaker says of a component that it does not know; a name alone cannot be invalid otherwise."""


class SageMakerCapacity:
    """`sagemaker` and `scaling` are the clients of SageMaker and of Application Auto Scaling.

    `candidate` is the name of a component that need not be there.
    """

    def __init__(self, sagemaker: Any, scaling: Any, component: str, candidate: str) -> None:
        self._sagemaker = sagemaker
        self._scaling = scaling
        self._component = component
        self._candidate = candidate

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
        now = self.copies()
        if now.wanted != number:
            self._update(self._component, number)
        if number > 0:
            self._register(MinCapacity=1)
        if now.beside is not None and now.beside != min(number, 1):
            self._update(self._candidate, min(number, 1))

    def copies(self) -> Copies:
        with told_as_capacity_unknown():
            described = self._described(self._component)
            runtime = described.get("RuntimeConfig", {})
            return Copies(
                wanted=runtime.get("DesiredCopyCount", 0),
                ready=runtime.get("CurrentCopyCount", 0),
                beside=self._beside(),
            )

    def _beside(self) -> int | None:
        """A candidate that is still being made cannot be switched yet, and one that goes not any more."""
        try:
            described = self._described(self._candidate)
        except ClientError as error:
            if error.response["Error"]["Code"] != NOT_THERE:
                raise
            return None
        if described["InferenceComponentStatus"] in ("Creating", "Deleting"):
            return None
        return int(described.get("RuntimeConfig", {}).get("DesiredCopyCount", 0))

    def _described(self, component: str) -> dict[str, Any]:
        described: dict[str, Any] = self._sagemaker.describe_inference_component(
            InferenceComponentName=component
        )
        return described

    def _update(self, component: str, copies: int) -> None:
        with told_as_capacity_unknown():
            self._sagemaker.update_inference_component_runtime_config(
                InferenceComponentName=component, DesiredRuntimeConfig={"CopyCount": copies}
            )

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
