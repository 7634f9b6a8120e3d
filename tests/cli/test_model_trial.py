"""A version for a share of the visitors: it stands before anybody is sent there, and goes after nobody is."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from cli.deployment import Deployment
from cli.failures import CommandFailed
from cli.model_trial import ModelTrial
from cli.model_versions import ModelVersions
from lambdas.adapters.control_reader import ControlReader
from lambdas.adapters.items import from_wire
from lambdas.adapters.variants import VARIANTS, Variants
from tests.cli.test_model_versions import (
    OUTPUTS,
    FakeCloudFormation,
    cloudformation,
    put,
    versions,
    weights,
)
from tests.fakes.telemetry import FakeTelemetry

__all__ = ["cloudformation", "versions", "weights"]
COMPONENT = "attendant-prod-candidate"


class FakeSageMaker:
    copies = 1

    def describe_inference_component(self, *, InferenceComponentName: str) -> dict[str, Any]:  # noqa: N803  AWS's name
        assert InferenceComponentName == COMPONENT
        return {"RuntimeConfig": {"CurrentCopyCount": self.copies}}


@pytest.fixture
def sagemaker() -> FakeSageMaker:
    return FakeSageMaker()


@pytest.fixture
def trial(
    versions: ModelVersions, cloudformation: FakeCloudFormation, weights: Path, sagemaker: FakeSageMaker
) -> ModelTrial:
    cloudformation.parameters |= {"CandidateVersion": "none", "CandidateManifestSha256": ""}
    versions.deployment.outputs["CandidateComponent"] = COMPONENT
    versions.deployment._clients["sagemaker"] = sagemaker
    put(versions, weights)
    return ModelTrial(versions)


@pytest.fixture(autouse=True)
def outputs(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each test with outputs of its own."""
    monkeypatch.setattr("tests.cli.test_model_versions.OUTPUTS", dict(OUTPUTS))


def item(trial: ModelTrial) -> dict[str, Any]:
    answer = trial.versions.deployment.client("dynamodb").get_item(
        TableName="control", Key={"key": {"S": VARIANTS}}
    )
    return from_wire(answer.get("Item", {}))


def records(trial: ModelTrial) -> list[str]:
    found = trial.versions.deployment.client("dynamodb").scan(TableName="audit")["Items"]
    return [record["what"]["S"] for record in sorted(found, key=lambda each: each["at"]["S"])]


def begin(trial: ModelTrial, percent: int = 10) -> list[str]:
    told: list[str] = []
    trial.begin("attendant/2", percent, told.append)
    return told


def test_a_candidate_is_put_there_and_then_visitors_are_sent_to_it(
    trial: ModelTrial, cloudformation: FakeCloudFormation
) -> None:
    told = begin(trial)
    (update,) = cloudformation.updates
    assert update["RollbackConfiguration"]["RollbackTriggers"][0]["Arn"] == OUTPUTS["CriticalAlarmArn"]
    assert cloudformation.parameters["CandidateVersion"] == "attendant/2"
    assert cloudformation.parameters["CandidateManifestSha256"] == trial.versions.store.read("attendant/2")[1]
    assert cloudformation.parameters["ModelVersion"] == "attendant/1"
    assert item(trial) == {"key": VARIANTS, "candidate": "attendant/2", "percent": 10, "target": COMPONENT}
    assert records(trial) == ["try attendant/2", "share"]
    assert told[-1] == "10 % of the visitors ask attendant/2"


def test_functions_read_what_the_command_wrote(trial: ModelTrial) -> None:
    begin(trial, percent=100)
    reader = ControlReader(trial.versions.deployment.client("dynamodb"), "control")
    assert Variants(reader, FakeTelemetry()).target("somebody") == COMPONENT


def test_another_share_leaves_the_stack_alone(trial: ModelTrial, cloudformation: FakeCloudFormation) -> None:
    begin(trial)
    begin(trial, percent=50)
    assert len(cloudformation.updates) == 1
    assert item(trial)["percent"] == 50


def test_nobody_is_sent_to_a_candidate_without_a_copy(trial: ModelTrial, sagemaker: FakeSageMaker) -> None:
    sagemaker.copies = 0
    with pytest.raises(CommandFailed, match="no copy yet"):
        begin(trial)
    assert item(trial) == {}
    sagemaker.copies = 1
    begin(trial)
    assert item(trial)["percent"] == 10


def test_the_end_sends_nobody_there_before_it_goes(
    trial: ModelTrial, cloudformation: FakeCloudFormation
) -> None:
    begin(trial)
    shares: list[int] = []
    waiting = ModelTrial(
        ModelVersions(
            trial.versions.deployment,
            pause=lambda _seconds: shares.append(int(item(trial)["percent"])) if not shares else None,
        )
    )
    before = len(cloudformation.updates)
    put_open(trial)  # an open breaker keeps nobody from ending it
    waiting.stop(lambda _line: None)
    assert shares == [0]
    assert len(cloudformation.updates) == before + 1
    assert cloudformation.updates[-1]["RollbackConfiguration"]["RollbackTriggers"] == []
    assert cloudformation.parameters["CandidateVersion"] == "none"
    with pytest.raises(CommandFailed, match="no version is tried"):
        waiting.stop(lambda _line: None)


def put_open(trial: ModelTrial) -> None:
    trial.versions.deployment.client("dynamodb").put_item(
        TableName="control", Item={"key": {"S": "breaker"}, "state": {"S": "open"}}
    )


def test_when_it_cannot_stand_nobody_is_sent_there(
    trial: ModelTrial, cloudformation: FakeCloudFormation
) -> None:
    cloudformation.ends = "UPDATE_ROLLBACK_COMPLETE"
    with pytest.raises(CommandFailed, match="went back"):
        begin(trial)
    assert item(trial) == {}


def test_it_is_checked_as_a_deploy_is(trial: ModelTrial, cloudformation: FakeCloudFormation) -> None:
    with pytest.raises(CommandFailed, match="there is no version"):
        trial.begin("attendant/9", 10, lambda _line: None)
    put_open(trial)
    with pytest.raises(CommandFailed, match="the breaker is open"):
        begin(trial)
    assert cloudformation.updates == []


def test_one_at_a_time_and_no_deploy_meanwhile(trial: ModelTrial, weights: Path) -> None:
    begin(trial)
    put(trial.versions, weights, "attendant/3")
    for do in (
        lambda: trial.begin("attendant/3", 10, lambda _line: None),
        lambda: trial.versions.deploy("attendant/3", lambda _line: None),
    ):
        with pytest.raises(CommandFailed, match="attendant/2 is being tried"):
            do()


def test_ec2_refuses_in_words(trial: ModelTrial, cloudformation: FakeCloudFormation) -> None:
    del trial.versions.deployment.outputs["CandidateComponent"]
    with pytest.raises(CommandFailed, match="EC2"):
        begin(trial)
    assert cloudformation.updates == []


def test_on_somebody_elses_server_a_version_is_another_model_there(trial: ModelTrial) -> None:
    outputs = {"ControlTable": "control", "AuditTable": "audit"}
    foreign = ModelTrial(ModelVersions(Deployment(outputs, _clients=trial.versions.deployment._clients)))
    foreign.begin("other-model", 20, lambda _line: None)
    assert item(trial)["target"] == "other-model"
    foreign.stop(lambda _line: None)
    assert item(trial)["percent"] == 0
