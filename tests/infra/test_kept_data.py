"""Where a stage keeps its data: whose key it is under, who looked at it, where its logs go in the end."""

from __future__ import annotations

import re

import pytest

from infra.encryption import SERVICES
from tests.infra.conftest import Deployment, Resource

ENCRYPTED = {
    "AWS::DynamoDB::Table": lambda p: p["SSESpecification"]["KMSMasterKeyId"],
    "AWS::Lambda::Function": lambda p: p["KmsKeyArn"],
    "AWS::Logs::LogGroup": lambda p: p["KmsKeyId"],
    "AWS::SecretsManager::Secret": lambda p: p["KmsKeyId"],
    "AWS::CloudTrail::Trail": lambda p: p["KMSKeyId"],
    "AWS::ECR::Repository": lambda p: p["EncryptionConfiguration"]["KmsKey"],
}
UNDER_S3S_OWN_KEY = "AccessLogs"  # S3 writes it under no other
ELSEWHERE = ("site",)  # its region may be another, which the key does not reach


@pytest.fixture
def key(prod: Deployment) -> Resource:
    (found,) = [k for k in prod.all("AWS::KMS::Key") if k.stack == "data"]
    return found


@pytest.mark.parametrize("kind", sorted(ENCRYPTED))
def test_what_must_survive_is_under_the_accounts_own_key(prod: Deployment, key: Resource, kind: str) -> None:
    found = list(prod.all(kind))
    assert found
    for resource in found:
        if resource.stack in ELSEWHERE:
            continue
        assert key.name in str(ENCRYPTED[kind](resource.properties)), resource.name


def test_buckets_are_too(prod: Deployment, key: Resource) -> None:
    for bucket in prod.all("AWS::S3::Bucket"):
        (rule,) = bucket.properties["BucketEncryption"]["ServerSideEncryptionConfiguration"]
        told = rule["ServerSideEncryptionByDefault"]
        if bucket.stack in ELSEWHERE or bucket.name.startswith(UNDER_S3S_OWN_KEY):
            assert told == {"SSEAlgorithm": "AES256"}
        else:
            assert (told["SSEAlgorithm"], rule["BucketKeyEnabled"]) == ("aws:kms", True)
            assert key.name in str(told["KMSMasterKeyID"])


def test_the_key_is_rotated_and_used_through_services_alone(key: Resource) -> None:
    assert key.properties["EnableKeyRotation"] is True
    administrators, *others = key.properties["KeyPolicy"]["Statement"]
    assert administrators["Action"] == "kms:*"
    for statement in others:
        assert not any("*" in action for action in statement["Action"])
        if statement["Principal"] == {"AWS": "*"}:
            conditions = statement["Condition"]["StringEquals"]
            assert conditions["kms:CallerAccount"] == {"Ref": "AWS::AccountId"}
            services = [via.split(".")[0] for via in conditions["kms:ViaService"]]
            assert services == list(SERVICES)
        else:
            assert statement["Condition"]


def test_no_role_is_granted_that_key(prod: Deployment, key: Resource) -> None:
    for kind in ("AWS::IAM::Policy", "AWS::IAM::ManagedPolicy", "AWS::IAM::Role"):
        for policy in prod.all(kind):
            assert key.name not in str(policy.properties), policy.name


def test_any_service_may_put_its_failures_into_a_queue(deployment: Deployment) -> None:
    for queue in deployment.all("AWS::SQS::Queue"):
        assert queue.properties["SqsManagedSseEnabled"] is True


def test_the_trail_tells_who_looked_at_dialogues_and_models(prod: Deployment) -> None:
    (trail,) = prod.all("AWS::CloudTrail::Trail")
    assert trail.properties["IsLogging"] is True
    assert trail.properties["EnableLogFileValidation"] is True
    watched = {}
    for selector in trail.properties["AdvancedEventSelectors"]:
        fields = {field["Field"]: field for field in selector["FieldSelectors"]}
        assert fields["eventCategory"]["Equals"] == ["Data"]
        assert "readOnly" not in fields  # looking is what it is for
        watched[fields["resources.type"]["Equals"][0]] = str(fields["resources.ARN"])
    assert watched.keys() == {"AWS::S3::Object", "AWS::DynamoDB::Table"}
    assert "Models" in watched["AWS::S3::Object"]
    assert "Dialogues" in watched["AWS::DynamoDB::Table"]


def test_every_log_group_is_archived_and_the_archive_ends(prod: Deployment) -> None:
    archived = {f.properties["LogGroupName"]["Ref"] for f in prod.all("AWS::Logs::SubscriptionFilter")}
    groups = {g.name for g in prod.all("AWS::Logs::LogGroup") if g.stack not in ELSEWHERE}
    assert archived >= groups
    (bucket,) = [b for b in prod.all("AWS::S3::Bucket") if b.name.startswith("LogArchive")]
    (rule,) = [r for r in bucket.properties["LifecycleConfiguration"]["Rules"] if "Transitions" in r]
    assert rule["Transitions"] == [{"StorageClass": "GLACIER", "TransitionInDays": 90}]
    assert rule["ExpirationInDays"] == 3 * 365


def test_a_log_groups_name_is_one_that_the_key_knows(prod: Deployment, key: Resource) -> None:
    (statement,) = [
        s for s in key.properties["KeyPolicy"]["Statement"] if "ArnLike" in s.get("Condition", {})
    ]
    pattern = str(statement["Condition"]["ArnLike"])
    assert "log-group:*attendant-prod*" in pattern
    for group in prod.all("AWS::Logs::LogGroup"):
        assert re.search("attendant-prod", group.properties["LogGroupName"])


def test_a_stage_without_data_to_keep_has_none_of_it(local: Deployment) -> None:
    kinds = {resource.kind for resource in local.all()}
    assert not kinds & {
        "AWS::KMS::Key",
        "AWS::CloudTrail::Trail",
        "AWS::KinesisFirehose::DeliveryStream",
        "AWS::Logs::SubscriptionFilter",
    }


def test_images_are_scanned_and_never_overwritten(prod: Deployment) -> None:
    (images,) = prod.all("AWS::ECR::Repository")
    assert images.properties["RepositoryName"] == prod.stage.endpoint.image.split(":")[0]
    assert images.properties["ImageTagMutability"] == "IMMUTABLE"
    assert images.properties["ImageScanningConfiguration"] == {"ScanOnPush": True}


def test_concurrency_is_reserved_where_the_stage_asks(prod: Deployment, local: Deployment) -> None:
    reserved = [f.properties["ReservedConcurrentExecutions"] for f in prod.all("AWS::Lambda::Function")]
    assert prod.function("answer", "salon").properties["ReservedConcurrentExecutions"] >= (
        prod.stage.answer_workers
    )
    assert prod.function("api").properties["ReservedConcurrentExecutions"] >= prod.stage.waiting_limit
    assert sum(reserved) <= 900  # Lambda leaves an account of 1,000 no less than 100
    assert not [f for f in local.all("AWS::Lambda::Function") if "ReservedConcurrent" in str(f.properties)]
