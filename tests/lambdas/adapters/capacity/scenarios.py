"""All that is ever asked of the capacity of the two kinds that AWS runs, with the calls that it takes.

Told as what AWS has to be asked: each scenario queues the answers and then does the thing.
"""

from __future__ import annotations

from collections.abc import Callable

from lambdas.adapters.capacity import Copies, capacity_client
from tests.fakes.stubbed_aws import StubbedAws

CANDIDATE = "attendant-prod-candidate"
COMPONENT = {
    "CAPACITY_KIND": "sagemaker",
    "CAPACITY_COMPONENT": "attendant-prod",
    "CAPACITY_CANDIDATE": CANDIDATE,
}
TARGETS = "arn:aws:elasticloadbalancing:eu-central-1:111122223333:targetgroup/model/0123456789abcdef"
GROUP = {"CAPACITY_KIND": "ec2", "CAPACITY_GROUP": "attendant-prod", "CAPACITY_TARGETS": TARGETS}
SCALED = {
    "ServiceNamespace": "sagemaker",
    "ResourceId": "inference-component/attendant-prod",
    "ScalableDimension": "sagemaker:inference-component:DesiredCopyCount",
}
SUSPENDING = ("DynamicScalingInSuspended", "DynamicScalingOutSuspended", "ScheduledScalingSuspended")
REGISTERED = {
    "ScalableTargetARN": "arn:aws:application-autoscaling:eu-central-1:111122223333:scalable-target/0a1b"
}
COMPONENT_ARN = "arn:aws:sagemaker:eu-central-1:111122223333:inference-component/attendant-prod"

Scenario = Callable[[StubbedAws], None]


def _register(aws: StubbedAws, **change: object) -> None:
    aws.answer("application-autoscaling", "register_scalable_target", REGISTERED, **SCALED, **change)


def described(aws: StubbedAws, *, desired: int, current: int, candidate: int | None = None) -> None:
    """The live component, then the candidate; None: there is none."""
    _described(aws, "attendant-prod", desired=desired, current=current)
    if candidate is None:
        aws.refuse("sagemaker", "describe_inference_component", "ValidationException")
    else:
        _described(aws, CANDIDATE, desired=candidate, current=0)


def _described(aws: StubbedAws, name: str, *, desired: int, current: int, status: str = "InService") -> None:
    answer = {
        "InferenceComponentName": name,
        "InferenceComponentArn": COMPONENT_ARN,
        "InferenceComponentStatus": status,
        "EndpointName": "attendant-prod",
        "EndpointArn": "arn:aws:sagemaker:eu-central-1:111122223333:endpoint/attendant-prod",
        "RuntimeConfig": {"DesiredCopyCount": desired, "CurrentCopyCount": current},
        "CreationTime": 0,
        "LastModifiedTime": 0,
    }
    aws.answer("sagemaker", "describe_inference_component", answer, InferenceComponentName=name)


def _updated(aws: StubbedAws, copies: int, name: str = "attendant-prod") -> None:
    aws.answer(
        "sagemaker",
        "update_inference_component_runtime_config",
        {"InferenceComponentArn": COMPONENT_ARN},
        InferenceComponentName=name,
        DesiredRuntimeConfig={"CopyCount": copies},
    )


def sagemaker_is_held_and_released(aws: StubbedAws) -> None:
    for suspended, do in ((True, "hold"), (False, "release")):
        _register(aws, SuspendedState=dict.fromkeys(SUSPENDING, suspended))
        getattr(capacity_client(COMPONENT), do)()


def sagemaker_goes_down(aws: StubbedAws) -> None:
    _register(aws, MinCapacity=0)
    described(aws, desired=2, current=2)
    _updated(aws, 0)
    capacity_client(COMPONENT).set_copies(0)


def sagemaker_comes_up(aws: StubbedAws) -> None:
    described(aws, desired=0, current=0)
    _updated(aws, 2)
    _register(aws, MinCapacity=1)
    capacity_client(COMPONENT).set_copies(2)


def sagemaker_has_what_is_wanted(aws: StubbedAws) -> None:
    """AWS would refuse to change a number to itself while the change is under way."""
    described(aws, desired=1, current=0)
    _register(aws, MinCapacity=1)
    capacity_client(COMPONENT).set_copies(1)


def sagemaker_is_counted(aws: StubbedAws) -> None:
    described(aws, desired=2, current=1)
    assert capacity_client(COMPONENT).copies() == Copies(wanted=2, ready=1)


def sagemaker_takes_a_candidate_down(aws: StubbedAws) -> None:
    _register(aws, MinCapacity=0)
    described(aws, desired=2, current=2, candidate=1)
    _updated(aws, 0)
    _updated(aws, 0, CANDIDATE)
    capacity_client(COMPONENT).set_copies(0)


def sagemaker_brings_one_copy_of_a_candidate_up(aws: StubbedAws) -> None:
    described(aws, desired=2, current=2, candidate=0)
    _register(aws, MinCapacity=1)
    _updated(aws, 1, CANDIDATE)
    capacity_client(COMPONENT).set_copies(2)


def sagemaker_counts_a_candidate_beside(aws: StubbedAws) -> None:
    described(aws, desired=2, current=1, candidate=1)
    copies = capacity_client(COMPONENT).copies()
    assert copies == Copies(wanted=2, ready=1, beside=1)
    assert copies.paid == 3


def sagemaker_leaves_a_candidate_alone_that_comes_or_goes(aws: StubbedAws) -> None:
    for status in ("Creating", "Deleting"):
        _described(aws, "attendant-prod", desired=1, current=1)
        _described(aws, CANDIDATE, desired=1, current=0, status=status)
        assert capacity_client(COMPONENT).copies().beside is None


def ec2_is_held_and_released(aws: StubbedAws) -> None:
    for operation, do in (("suspend_processes", "hold"), ("resume_processes", "release")):
        aws.answer(
            "autoscaling",
            operation,
            AutoScalingGroupName="attendant-prod",
            ScalingProcesses=["AlarmNotification", "ScheduledActions"],
        )
        getattr(capacity_client(GROUP), do)()


def ec2_goes_down_and_comes_up(aws: StubbedAws) -> None:
    for number, smallest in ((0, 0), (0, 0), (1, 1), (3, 1)):
        aws.answer(
            "autoscaling",
            "update_auto_scaling_group",
            AutoScalingGroupName="attendant-prod",
            MinSize=smallest,
            DesiredCapacity=number,
        )
        capacity_client(GROUP).set_copies(number)


def ec2_is_counted(aws: StubbedAws) -> None:
    group = {
        "AutoScalingGroupName": "attendant-prod",
        "MinSize": 0,
        "MaxSize": 3,
        "DesiredCapacity": 3,
        "DefaultCooldown": 300,
        "AvailabilityZones": ["eu-central-1a"],
        "HealthCheckType": "ELB",
        "CreatedTime": 0,
    }
    aws.answer(
        "autoscaling",
        "describe_auto_scaling_groups",
        {"AutoScalingGroups": [group]},
        AutoScalingGroupNames=["attendant-prod"],
    )
    health = [{"TargetHealth": {"State": state}} for state in ("healthy", "initial", "unhealthy")]
    aws.answer(
        "elbv2",
        "describe_target_health",
        {"TargetHealthDescriptions": health},
        TargetGroupArn=TARGETS,
    )
    assert capacity_client(GROUP).copies() == Copies(wanted=3, ready=1)


SAGEMAKER: tuple[Scenario, ...] = (
    sagemaker_is_held_and_released,
    sagemaker_goes_down,
    sagemaker_comes_up,
    sagemaker_has_what_is_wanted,
    sagemaker_is_counted,
    sagemaker_takes_a_candidate_down,
    sagemaker_brings_one_copy_of_a_candidate_up,
    sagemaker_counts_a_candidate_beside,
    sagemaker_leaves_a_candidate_alone_that_comes_or_goes,
)
EC2: tuple[Scenario, ...] = (ec2_is_held_and_released, ec2_goes_down_and_comes_up, ec2_is_counted)
