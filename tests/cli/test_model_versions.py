"""Versions of the model: put there once, rolled out by CloudFormation, and back; S3 and tables in moto."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from botocore.session import get_session
from botocore.validate import validate_parameters
from moto import mock_aws

from cli.deployment import Deployment
from cli.failures import CommandFailed
from cli.model_versions import ModelVersions
from cli.version_store import VersionStore
from tests.fakes.aws import ENVIRONMENT, FOREIGN, client

MODEL, BUCKET, STACK = "smollm2-135m-instruct", "models", "attendant-prod-endpoint"
OUTPUTS = {
    "ModelsBucket": BUCKET,
    "ModelName": MODEL,
    "EndpointStack": STACK,
    "ControlTable": "control",
    "AuditTable": "audit",
    "CriticalAlarmArn": "arn:aws:cloudwatch:eu-central-1:111122223333:alarm:attendant-prod-critical",
}
SHAPES = get_session().get_service_model("cloudformation")


class FakeCloudFormation:
    """One stack whose update ends as `ends` says. Takes only what AWS's own model of the API takes."""

    def __init__(self) -> None:
        self.parameters = {
            "ModelVersion": "attendant/1",
            "PreviousModelVersion": "none",
            "ManifestSha256": "",
        }
        self.status = "UPDATE_COMPLETE"
        self.ends = "UPDATE_COMPLETE"
        self.updates: list[dict[str, Any]] = []
        self._looks = 0

    def describe_stacks(self, **asked: Any) -> dict[str, Any]:
        self._check("DescribeStacks", asked)
        if self.status.endswith("IN_PROGRESS"):
            self._looks += 1
            if self._looks > 2:
                self.status = self.ends
        given = [{"ParameterKey": k, "ParameterValue": v} for k, v in self.parameters.items()]
        return {
            "Stacks": [{"StackStatus": self.status, "Parameters": given, "StackStatusReason": "alarm rang"}]
        }

    def describe_stack_events(self, **asked: Any) -> dict[str, Any]:
        self._check("DescribeStackEvents", asked)
        events = [
            {
                "EventId": name,
                "LogicalResourceId": name,
                "ResourceStatus": "UPDATE_COMPLETE",
                "Timestamp": datetime.now(UTC) + timedelta(hours=hours),
            }
            for name, hours in (("Component", 1), ("OfAnEarlierUpdate", -1))
        ]
        return {"StackEvents": events}

    def update_stack(self, **asked: Any) -> None:
        self._check("UpdateStack", asked)
        self.updates.append(asked)
        self.status = "UPDATE_IN_PROGRESS"
        if self.ends == "UPDATE_COMPLETE":
            self.parameters |= {
                p["ParameterKey"]: p["ParameterValue"] for p in asked["Parameters"] if "ParameterValue" in p
            }

    def _check(self, operation: str, asked: dict[str, Any]) -> None:
        validate_parameters(asked, SHAPES.operation_model(operation).input_shape)


@pytest.fixture
def cloudformation() -> FakeCloudFormation:
    return FakeCloudFormation()


@pytest.fixture
def versions(monkeypatch: pytest.MonkeyPatch, cloudformation: FakeCloudFormation) -> Iterator[ModelVersions]:
    for name, value in ENVIRONMENT.items():
        monkeypatch.setenv(name, value)
    for name in FOREIGN:
        monkeypatch.delenv(name, raising=False)
    with mock_aws():
        clients = {service: client(service) for service in ("s3", "dynamodb", "sts")}
        clients["s3"].create_bucket(
            Bucket=BUCKET, CreateBucketConfiguration={"LocationConstraint": "eu-central-1"}
        )
        for table, keys in (("control", ["key"]), ("audit", ["subject", "at"])):
            clients["dynamodb"].create_table(
                TableName=table,
                KeySchema=[
                    {"AttributeName": key, "KeyType": kind}
                    for key, kind in zip(keys, ("HASH", "RANGE"), strict=False)
                ],
                AttributeDefinitions=[{"AttributeName": key, "AttributeType": "S"} for key in keys],
                BillingMode="PAY_PER_REQUEST",
            )
        deployment = Deployment(OUTPUTS, _clients={**clients, "cloudformation": cloudformation})
        yield ModelVersions(deployment, pause=lambda _seconds: None)


@pytest.fixture
def weights(tmp_path: Path) -> Path:
    (tmp_path / "weights").mkdir()
    (tmp_path / "weights" / "smollm2-135m-instruct-q4_1.gguf").write_bytes(b"weights")
    return tmp_path / "weights"


def put(versions: ModelVersions, weights: Path, version: str = "attendant/2") -> None:
    versions.store.upload(version, weights, base_model="some/base", evaluation=None)


def test_an_uploaded_version_says_what_it_is(versions: ModelVersions, weights: Path, tmp_path: Path) -> None:
    report = tmp_path / "report.json"
    report.write_text('{"right": 40, "of": 45}')
    versions.store.upload("attendant/2", weights, base_model="some/base", evaluation=report)
    (found,) = versions.store.all()
    assert (found.version, found.model, found.base_model) == ("attendant/2", MODEL, "some/base")
    assert found.evaluation == {"right": 40, "of": 45}
    (file,) = found.files
    assert file.sha256 == hashlib.sha256(b"weights").hexdigest()


def test_what_the_container_does_not_read_stays_where_it_is(versions: ModelVersions, weights: Path) -> None:
    for name in ("README.md", "LICENSE", ".cache", "pytorch_model.bin"):
        (weights / name).write_text("x")
    for name in ("salon", "unasked"):
        (weights / "adapters" / name).mkdir(parents=True)
        for file in ("adapter_config.json", "adapter_model.safetensors", "README.md"):
            (weights / "adapters" / name / file).write_text("x")
    versions.store.upload("attendant/2", weights, base_model="some/base", evaluation=None, adapters={"salon"})
    (found,) = versions.store.all()
    names = [
        "smollm2-135m-instruct-q4_1.gguf",
        "adapters/salon/adapter_config.json",
        "adapters/salon/adapter_model.safetensors",
    ]
    assert [file.name for file in found.files] == names
    listed = client("s3").list_objects_v2(Bucket=BUCKET)["Contents"]
    assert {one["Key"].removeprefix(f"attendant/2/{MODEL}/") for one in listed} == {*names, "manifest.json"}
    versions.store.check(found)


def test_a_folder_that_lacks_a_file_is_refused_before_anything_is_sent(
    versions: ModelVersions, weights: Path
) -> None:
    with pytest.raises(CommandFailed, match=r"has no adapters/salon/adapter_config\.json"):
        versions.store.upload("attendant/2", weights, base_model="b", evaluation=None, adapters={"salon"})
    assert "Contents" not in client("s3").list_objects_v2(Bucket=BUCKET)


def test_a_version_is_never_overwritten(versions: ModelVersions, weights: Path) -> None:
    put(versions, weights)
    (weights / "smollm2-135m-instruct-q4_1.gguf").write_bytes(b"changed")
    with pytest.raises(CommandFailed, match="is there already"):
        put(versions, weights)
    versions.deploy("attendant/2", lambda _line: None)


@pytest.mark.parametrize("version", ["", "/2", "attendant/", "a/b/c", "Ä", "../up", "a" * 90])
def test_a_name_that_is_no_prefix_is_refused(versions: ModelVersions, weights: Path, version: str) -> None:
    with pytest.raises(CommandFailed, match="cannot be a version"):
        put(versions, weights, version)


def test_a_deploy_changes_three_parameters_under_the_critical_alarm(
    versions: ModelVersions, cloudformation: FakeCloudFormation, weights: Path
) -> None:
    cloudformation.parameters["Other"] = "kept"
    put(versions, weights)
    told: list[str] = []
    versions.deploy("attendant/2", told.append)
    (update,) = cloudformation.updates
    assert update["UsePreviousTemplate"] is True
    assert {"ParameterKey": "Other", "UsePreviousValue": True} in update["Parameters"]
    assert update["RollbackConfiguration"]["RollbackTriggers"][0]["Arn"] == OUTPUTS["CriticalAlarmArn"]
    live = versions.live()
    assert (live.version, live.previous) == ("attendant/2", "attendant/1")
    assert cloudformation.parameters["ManifestSha256"] == versions.store.read("attendant/2")[1]
    assert told[-1] == "version attendant/2 is live"
    assert not any("OfAnEarlierUpdate" in line for line in told)


def test_what_was_done_is_recorded(versions: ModelVersions, weights: Path) -> None:
    put(versions, weights)
    versions.deploy("attendant/2", lambda _line: None)
    (record,) = versions.deployment.client("dynamodb").scan(TableName="audit")["Items"]
    assert (record["subject"]["S"], record["from"]["S"], record["to"]["S"]) == (
        "model",
        "attendant/1",
        "attendant/2",
    )
    assert record["actor"]["S"]


def test_a_rollback_goes_to_the_version_before(versions: ModelVersions, weights: Path) -> None:
    with pytest.raises(CommandFailed, match="no version was live before"):
        versions.rollback(lambda _line: None)
    put(versions, weights, "attendant/1")
    put(versions, weights)
    versions.deploy("attendant/2", lambda _line: None)
    versions.rollback(lambda _line: None)
    assert versions.live().version == "attendant/1"


def test_when_cloudformation_goes_back_the_command_fails_with_its_reason(
    versions: ModelVersions, cloudformation: FakeCloudFormation, weights: Path
) -> None:
    put(versions, weights)
    cloudformation.ends = "UPDATE_ROLLBACK_COMPLETE"
    with pytest.raises(CommandFailed, match="alarm rang"):
        versions.deploy("attendant/2", lambda _line: None)
    assert versions.live().version == "attendant/1"


@pytest.mark.parametrize("state", ["open", "half_open"])
def test_nothing_is_rolled_out_onto_an_endpoint_that_is_shut_down(
    versions: ModelVersions, cloudformation: FakeCloudFormation, weights: Path, state: str
) -> None:
    put(versions, weights)
    item = {"key": {"S": "breaker"}, "state": {"S": state}}
    versions.deployment.client("dynamodb").put_item(TableName="control", Item=item)
    with pytest.raises(CommandFailed, match=f"the breaker is {state}"):
        versions.deploy("attendant/2", lambda _line: None)
    assert cloudformation.updates == []


def test_a_version_that_is_not_whole_is_not_rolled_out(
    versions: ModelVersions, cloudformation: FakeCloudFormation, weights: Path
) -> None:
    s3 = versions.deployment.client("s3")
    put(versions, weights)
    s3.put_object(Bucket=BUCKET, Key=f"attendant/2/{MODEL}/smollm2-135m-instruct-q4_1.gguf", Body=b"changed")
    with pytest.raises(CommandFailed, match="not the file"):
        versions.deploy("attendant/2", lambda _line: None)
    s3.delete_object(Bucket=BUCKET, Key=f"attendant/2/{MODEL}/smollm2-135m-instruct-q4_1.gguf")
    with pytest.raises(CommandFailed, match="missing"):
        versions.deploy("attendant/2", lambda _line: None)
    assert cloudformation.updates == []


@pytest.mark.parametrize("data", [b"", b"\xff", b"{}", b'{"version": 1}'])
def test_a_damaged_manifest_is_told(versions: ModelVersions, weights: Path, data: bytes) -> None:
    put(versions, weights)
    versions.deployment.client("s3").put_object(
        Bucket=BUCKET, Key=f"attendant/2/{MODEL}/manifest.json", Body=data
    )
    with pytest.raises(CommandFailed, match="damaged"):
        versions.deploy("attendant/2", lambda _line: None)


def test_an_unknown_version_and_a_live_one_are_refused(versions: ModelVersions, weights: Path) -> None:
    with pytest.raises(CommandFailed, match="there is no version"):
        versions.deploy("attendant/9", lambda _line: None)
    put(versions, weights, "attendant/1")
    with pytest.raises(CommandFailed, match="live already"):
        versions.deploy("attendant/1", lambda _line: None)


def test_a_busy_stack_is_left_alone(
    versions: ModelVersions, cloudformation: FakeCloudFormation, weights: Path
) -> None:
    put(versions, weights)
    cloudformation.status = "UPDATE_COMPLETE_CLEANUP_IN_PROGRESS"
    with pytest.raises(CommandFailed, match="busy"):
        versions.deploy("attendant/2", lambda _line: None)


def test_a_stage_without_a_model_of_its_own_says_so() -> None:
    with pytest.raises(CommandFailed, match="somebody else runs it"):
        _ = VersionStore(Deployment({"ControlTable": "control"})).model


def test_the_report_must_be_json(versions: ModelVersions, weights: Path, tmp_path: Path) -> None:
    (tmp_path / "report.json").write_text("not json")
    with pytest.raises(CommandFailed, match="manifest cannot be written"):
        versions.store.upload("attendant/2", weights, base_model="b", evaluation=tmp_path / "report.json")
    assert json.dumps([m.version for m in versions.store.all()]) == "[]"
