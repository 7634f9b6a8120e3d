"""What must survive does, and nothing in it is open to the world."""

from __future__ import annotations

from typing import Any

from aws_cdk.assertions import Match, Template

from core.facts import DocumentKind
from infra.permissions import document_key
from lambdas.adapters import documents
from tests.infra.conftest import Deployment, Resource

FORGETS = "Analytics"  # what is erased must be gone: no older version keeps it


def keys(table: dict) -> dict[str, str]:
    return {key["KeyType"]: key["AttributeName"] for key in table["KeySchema"]}


def test_tables_expire_items_and_can_be_restored(deployment: Deployment) -> None:
    tables = list(deployment.all("AWS::DynamoDB::Table"))
    assert len(tables) == 3
    for table in tables:
        assert table.properties["TimeToLiveSpecification"] == {
            "AttributeName": "expires_at",
            "Enabled": True,
        }
        assert table.properties["PointInTimeRecoverySpecification"]["PointInTimeRecoveryEnabled"] is True
        assert table.properties["BillingMode"] == "PAY_PER_REQUEST"


def test_dialogues_have_their_keys_and_indexes(deployment: Deployment) -> None:
    (dialogues,) = [t for t in deployment.all("AWS::DynamoDB::Table") if t.name.startswith("Dialogues")]
    assert keys(dialogues.properties) == {"HASH": "session_id", "RANGE": "item"}
    indexes = {i["IndexName"]: keys(i) for i in dialogues.properties["GlobalSecondaryIndexes"]}
    assert indexes == {
        "by_assistant_day": {"HASH": "assistant_day", "RANGE": "created_at"},
        "unfinished": {"HASH": "unfinished", "RANGE": "unfinished_since"},
        "callbacks_of": {"HASH": "callbacks_of", "RANGE": "created_at"},
    }


def test_control_is_keyed_by_key(deployment: Deployment) -> None:
    (control,) = [t for t in deployment.all("AWS::DynamoDB::Table") if t.name.startswith("Control")]
    assert keys(control.properties) == {"HASH": "key"}


def test_audit_is_read_by_subject_and_time(deployment: Deployment) -> None:
    (audit,) = [t for t in deployment.all("AWS::DynamoDB::Table") if t.name.startswith("Audit")]
    assert keys(audit.properties) == {"HASH": "subject", "RANGE": "at"}


def test_buckets_are_private_versioned_encrypted_and_logged(deployment: Deployment) -> None:
    for bucket in deployment.all("AWS::S3::Bucket"):
        assert all(bucket.properties["PublicAccessBlockConfiguration"].values())
        versioned = {"Status": "Enabled"} if not bucket.name.startswith(FORGETS) else None
        assert bucket.properties.get("VersioningConfiguration") == versioned
        assert bucket.properties["BucketEncryption"]
        assert bucket.name.startswith("AccessLogs") or bucket.properties["LoggingConfiguration"]


def rules(bucket: Resource) -> list[dict[str, Any]]:
    return bucket.properties["LifecycleConfiguration"]["Rules"]


def test_uploads_that_nobody_finished_go(deployment: Deployment) -> None:
    for bucket in deployment.all("AWS::S3::Bucket"):
        assert {"DaysAfterInitiation": 1} in [r.get("AbortIncompleteMultipartUpload") for r in rules(bucket)]


def test_only_logs_expire_as_long_as_they_count(deployment: Deployment) -> None:
    for bucket in deployment.all("AWS::S3::Bucket"):
        expires = any("ExpirationInDays" in rule or "ExpirationDate" in rule for rule in rules(bucket))
        assert expires == bucket.name.startswith(("AccessLogs", "LogArchive", "TrailLogs", FORGETS))


def test_of_analytics_only_results_of_queries_expire_by_a_rule(deployment: Deployment) -> None:
    (bucket,) = [b for b in deployment.all("AWS::S3::Bucket") if b.name.startswith(FORGETS)]
    expiring = [rule for rule in rules(bucket) if "ExpirationInDays" in rule]
    assert [(rule["Prefix"], rule["ExpirationInDays"]) for rule in expiring] == [("results/", 1)]


def test_overwritten_documents_are_kept_by_what_they_are(deployment: Deployment) -> None:
    (published,) = [b for b in deployment.all("AWS::S3::Bucket") if b.name.startswith("Published")]
    kept = {rule["Prefix"]: rule for rule in rules(published) if "Prefix" in rule}
    assert kept.keys() == {
        document_key(name, kind) for name in ("salon", "night_desk") for kind in DocumentKind
    }
    for key, rule in kept.items():
        days = rule["NoncurrentVersionExpiration"]["NoncurrentDays"]
        newest = rule["NoncurrentVersionExpiration"].get("NewerNoncurrentVersions")
        assert (days, newest) == ((7, None) if "snapshot" in key else (365, 100))
    assert not [r for r in rules(published) if "Prefix" not in r and "NoncurrentVersionExpiration" in r]


def test_templates_and_functions_call_a_document_the_same() -> None:
    for kind in DocumentKind:
        assert document_key("salon", kind) == documents.document_key("salon", kind)


def test_every_bucket_denies_plain_http(deployment: Deployment) -> None:
    for stack, template in deployment.templates.items():
        buckets = [r for r in deployment.all("AWS::S3::Bucket") if r.stack == stack]
        for bucket in buckets:
            Template.from_json(template).has_resource_properties(
                "AWS::S3::BucketPolicy",
                {
                    "Bucket": {"Ref": bucket.name},
                    "PolicyDocument": {
                        "Statement": Match.array_with(
                            [
                                Match.object_like(
                                    {
                                        "Effect": "Deny",
                                        "Condition": {"Bool": {"aws:SecureTransport": "false"}},
                                    }
                                )
                            ]
                        )
                    },
                },
            )


def test_prod_keeps_its_data(prod: Deployment) -> None:
    for kind in ("AWS::DynamoDB::Table", "AWS::S3::Bucket", "AWS::SQS::Queue", "AWS::SecretsManager::Secret"):
        for resource in prod.all(kind):
            if "FailedCalls" in resource.name:
                continue  # an event of a clock or an alarm: the next one says the same
            if resource.properties.get("Name") == prod.outputs()["OriginTokenSecret"]:
                continue  # made anew by the next deploy, which a kept name would block
            assert resource.body["DeletionPolicy"] == "Retain", resource.name
            assert resource.body["UpdateReplacePolicy"] == "Retain", resource.name
    assert all(t.properties["DeletionProtectionEnabled"] for t in prod.all("AWS::DynamoDB::Table"))


def test_local_leaves_nothing_behind(local: Deployment) -> None:
    assert all(resource.body.get("DeletionPolicy") != "Retain" for resource in local.all())
    assert not any(t.properties.get("DeletionProtectionEnabled") for t in local.all("AWS::DynamoDB::Table"))
