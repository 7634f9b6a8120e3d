"""The doctor of an account: what is missing is said with its way out, and no answer of AWS is a traceback."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import boto3
import pytest
from botocore.exceptions import ClientError, NoCredentialsError
from moto import mock_aws

from cli.account import Account, deploy_context
from cli.account_doctor import CHECKS, covers, examined
from cli.failures import CommandFailed
from cli.findings import Finding, line
from infra.materials import EndpointMaterials, Materials, Needs
from tests.cli.test_estimate import EC2, EXTERNAL, SAGEMAKER, materials
from tests.fakes.aws import ENVIRONMENT, FOREIGN

REGION = "eu-central-1"
DOMAIN = "assistant.example.ru"
NEEDS = Needs(
    behind_cloudfront=True,
    image="attendant/model-server:1",
    weights="attendant/1/tiny/",
    waiting=200,
    workers=80,
    reserved=300,
)


@pytest.fixture
def aws(monkeypatch):
    for name, value in ENVIRONMENT.items():
        monkeypatch.setenv(name, value)
    for name in FOREIGN:
        monkeypatch.delenv(name, raising=False)
    with mock_aws():
        yield


def stage(endpoint: EndpointMaterials = SAGEMAKER, **needs: Any) -> Materials:
    return materials(endpoint, stage="prod", needs=NEEDS.model_copy(update=needs))


class Stacks:
    """CloudFormation in one region: moto's own would need packages that nothing else here does."""

    def __init__(self, *names: str, **outputs: str) -> None:
        told = [{"OutputKey": key, "OutputValue": value} for key, value in outputs.items()]
        self._stacks = [
            {"StackName": name, "StackStatus": "UPDATE_COMPLETE", "Outputs": told} for name in names
        ]

    def describe_stacks(self, **asked: str) -> dict[str, Any]:
        found = [stack for stack in self._stacks if stack["StackName"] == asked["StackName"]]
        if not found:
            raise ClientError({"Error": {"Code": "ValidationError"}}, "DescribeStacks")
        return {"Stacks": found}

    def get_paginator(self, _name: str) -> Any:
        return self

    def paginate(self) -> list[dict[str, Any]]:
        return [{"Stacks": self._stacks}]


def client(service: str, region: str = REGION) -> Any:
    return boto3.client(service, region_name=region)


def looked_at(stacks: Stacks | None = None, **account: Any) -> dict[str, Finding]:
    """By moto, apart from the stacks and from the quotas, of which it knows nothing."""
    none = {"Quotas": []}
    own = {
        "cloudformation": stacks or Stacks(),
        "service-quotas": Canned(list_service_quotas=none, list_aws_default_service_quotas=none),
    }

    def clients(service: str, region: str) -> Any:
        return own.get(service) or client(service, region)

    return {finding.what: finding for finding in examined(Account(stage(), clients=clients, **account))}


class Refusing:
    """An account that says who asks, and answers everything else with an error."""

    def __init__(self, error: Exception) -> None:
        self._error = error

    def __call__(self, service: str, _region: str) -> Any:
        return _Identified() if service == "sts" else _Refusing(self._error)


class _Refusing:
    def __init__(self, error: Exception) -> None:
        self._error = error

    def __getattr__(self, name: str) -> Any:
        def refused(*_: Any, **__: Any) -> Any:
            raise self._error

        return refused


class _Identified:
    def get_caller_identity(self) -> dict[str, str]:
        return {"Arn": "arn:aws:iam::1:user/me", "Account": "1"}


@pytest.mark.usefixtures("aws")
def test_an_empty_account_is_told_everything_that_is_missing():
    told = looked_at(domain=DOMAIN)
    assert told["credentials"].ok
    missing = {f"CDK {REGION}", "CDK us-east-1", "GPU quota", "image", "weights", "certificate"}
    for what in missing:
        assert not told[what].ok, what
        assert told[what].needed
        assert told[what].way_out
    assert "attendant-prod-data" in told["image"].way_out
    assert "attendant-prod-data" in told["weights"].way_out
    assert DOMAIN in told["certificate"].way_out


@pytest.mark.usefixtures("aws")
def test_what_only_a_part_waits_for_fails_nothing():
    told = looked_at(domain=DOMAIN)
    for what in ("hosted zone", "sender", "on-call", "operations"):
        assert not told[what].ok
        assert not told[what].needed
        assert told[what].mark == "--"


def post(**answers: Any) -> dict[str, Finding]:
    """What is found of a sender where SES answers like that."""
    sesv2 = Canned(**answers)
    account = Account(stage(), sender="salon@example.ru", clients=lambda _service, _region: sesv2)
    return {finding.what: finding for finding in CHECKS["sender"](account)}


def test_letters_need_a_verified_sender_and_an_account_out_of_the_sandbox():
    told = post(
        get_email_identity={"VerifiedForSendingStatus": True}, get_account={"ProductionAccessEnabled": True}
    )
    assert told["sender"].ok
    assert told["letters"].ok
    told = post(
        get_email_identity={"VerifiedForSendingStatus": False}, get_account={"ProductionAccessEnabled": False}
    )
    assert (told["sender"].ok, told["sender"].needed) == (False, True)
    assert "sandbox" in told["letters"].found
    assert not told["letters"].ok


@pytest.mark.usefixtures("aws")
def test_a_sender_that_ses_does_not_know_is_told_with_the_way_out():
    told = looked_at(sender="salon@example.ru")
    assert not told["sender"].ok
    assert told["sender"].needed
    assert "create-email-identity" in told["sender"].way_out


@pytest.mark.usefixtures("aws")
def test_an_account_that_has_everything_is_well():
    stacks = Stacks("CDKToolkit", "attendant-prod-data", ModelsBucket="models")
    where = {"LocationConstraint": REGION}
    client("s3").create_bucket(Bucket="models", CreateBucketConfiguration=where)
    client("s3").put_object(Bucket="models", Key="attendant/1/tiny/model.gguf", Body=b"w")
    client("ecr").create_repository(repositoryName="attendant/model-server")
    client("ecr").put_image(
        repositoryName="attendant/model-server",
        imageTag="1",
        imageManifest='{"schemaVersion": 2}',
        imageManifestMediaType="application/vnd.docker.distribution.manifest.v2+json",
    )
    client("route53").create_hosted_zone(Name="example.ru.", CallerReference="1")
    told = looked_at(stacks, domain=DOMAIN)
    for what in (
        f"CDK {REGION}",
        "CDK us-east-1",
        "image",
        "weights",
        "hosted zone",
        "budget",
    ):
        assert told[what].ok, told[what]


@pytest.mark.usefixtures("aws")
@pytest.mark.parametrize(
    ("name", "region", "ok"),
    [(DOMAIN, "us-east-1", True), ("*.example.ru", "us-east-1", True), (DOMAIN, REGION, False)],
)
def test_the_certificate_is_issued_covers_the_name_and_is_where_cloudfront_looks(name, region, ok):
    arn = client("acm", region).request_certificate(DomainName=name, ValidationMethod="DNS")["CertificateArn"]
    finding = looked_at(domain=DOMAIN, certificate=arn)["certificate"]
    issued = client("acm", region).describe_certificate(CertificateArn=arn)["Certificate"]["Status"]
    assert finding.ok is (ok and issued == "ISSUED"), finding
    if region == "us-east-1":
        assert issued in finding.found
        assert looked_at(domain=DOMAIN)["certificate"].found == finding.found  # found by its name as well
    else:
        assert "us-east-1" in finding.found


@pytest.mark.usefixtures("aws")
def test_a_certificate_of_another_name_does_not_do():
    arn = client("acm", "us-east-1").request_certificate(DomainName="example.ru")["CertificateArn"]
    assert not looked_at(domain=DOMAIN, certificate=arn)["certificate"].ok
    assert "say --domain" in looked_at()["certificate"].way_out


@pytest.mark.parametrize(
    ("name", "covered"),
    [
        (DOMAIN, True),
        ("*.example.ru", True),
        ("example.ru", False),
        ("*.ru", False),
        ("*.assistant.example.ru", False),
    ],
)
def test_a_star_stands_for_one_label(name, covered):
    assert covers(name, DOMAIN) is covered


class Canned:
    """A client whose every call gives what it was made with; paginators give one page of it."""

    def __init__(self, **answers: Any) -> None:
        self._answers = answers

    def __getattr__(self, name: str) -> Any:
        return lambda **_: self._answers[name]

    def get_paginator(self, name: str) -> Any:
        return Canned(paginate=[self._answers[name]])


class Clients:
    def __init__(self, **clients: Any) -> None:
        self._clients = {"sts": _Identified(), **clients}

    def __call__(self, service: str, _region: str) -> Any:
        return self._clients[service.replace("-", "_")]


def only(what: str, account: Account) -> list[Finding]:
    return list(CHECKS[what](account))


@pytest.mark.parametrize(("allowed", "ok"), [(0.0, False), (3.0, True)])
def test_the_quota_of_sagemaker_is_found_by_its_name(allowed, ok):
    page = {"Quotas": [{"QuotaName": "ml.g4dn.2xlarge for endpoint usage", "Value": allowed}]}
    quotas = Canned(list_service_quotas=page, list_aws_default_service_quotas={"Quotas": []})
    (finding,) = only("GPU quota", Account(stage(), clients=Clients(service_quotas=quotas)))
    assert finding.ok is ok
    assert "3 needed" in finding.found
    assert "Service Quotas" in finding.way_out


@pytest.mark.parametrize(("allowed", "ok"), [(4.0, False), (8.0, True)])
def test_the_quota_of_ec2_is_in_virtual_cpus(allowed, ok):
    ec2 = Canned(describe_instance_types={"InstanceTypes": [{"VCpuInfo": {"DefaultVCpus": 8}}]})
    quotas = Canned(get_service_quota={"Quota": {"Value": allowed}})
    (finding,) = only("GPU quota", Account(stage(EC2), clients=Clients(ec2=ec2, service_quotas=quotas)))
    assert (finding.ok, "8 needed" in finding.found) == (ok, True)


def test_somebody_elses_endpoint_needs_neither_quota_nor_image_nor_weights():
    account = Account(stage(EXTERNAL, image=None, weights=None), clients=Clients())
    assert [only(what, account) for what in ("GPU quota", "image", "weights")] == [[], [], []]


@pytest.mark.parametrize(("limit", "ok"), [(1_000, True), (399, False), (300, False)])
def test_concurrency_carries_what_waits_what_works_and_what_is_reserved(limit, ok):
    """200 + 80 + 20 = 300 at once, but 300 reserved and the 100 that Lambda keeps back are 400."""
    lambda_ = Canned(get_account_settings={"AccountLimit": {"ConcurrentExecutions": limit}})
    (finding,) = only("concurrency", Account(stage(), clients=Clients(**{"lambda": lambda_})))
    assert finding.ok is ok
    assert "400 needed" in finding.found


def deployed(**outputs: str) -> Canned:
    stack = {
        "StackName": "attendant-prod-breaker",
        "Outputs": [{"OutputKey": key, "OutputValue": value} for key, value in outputs.items()],
    }
    return Canned(describe_stacks={"Stacks": [stack, {"StackName": "somebody-elses"}]})


@pytest.mark.parametrize(
    ("subscriptions", "ok"),
    [
        ([], False),
        (["PendingConfirmation"], False),
        (["arn:a"], True),
        (["arn:a", "PendingConfirmation"], False),
    ],
)
def test_somebody_must_hear_and_have_confirmed(subscriptions, ok):
    page = {"Subscriptions": [{"SubscriptionArn": arn} for arn in subscriptions]}
    clients = Clients(
        cloudformation=deployed(OncallTopicArn="arn:t"), sns=Canned(list_subscriptions_by_topic=page)
    )
    oncall, operations = only("subscribers", Account(stage(), clients=clients))
    assert (oncall.ok, oncall.needed) == (ok, True)
    assert (operations.ok, operations.needed) == (False, False)


@pytest.mark.parametrize(("versions", "ok"), [({}, False), ({"v": ["AWSCURRENT"]}, True)])
def test_a_secret_without_a_value_is_told(versions, ok):
    clients = Clients(
        cloudformation=deployed(SourceSecretSalon="arn:s", SiteBucket="b"),
        secretsmanager=Canned(describe_secret={"VersionIdsToStages": versions}),
    )
    (finding,) = only("secrets", Account(stage(), clients=clients))
    assert finding.ok is ok
    assert "export-inventory" in finding.way_out


@pytest.mark.parametrize(
    "error",
    [
        ClientError({"Error": {"Code": "AccessDenied", "Message": "secret detail"}}, "DescribeThings"),
        ClientError({"Error": {"Code": "OptInRequired"}}, "DescribeThings"),
        ClientError({}, "DescribeThings"),
        NoCredentialsError(),
    ],
)
def test_whatever_aws_answers_becomes_a_finding(error):
    told = list(examined(Account(stage(), domain=DOMAIN, clients=Refusing(error))))
    assert len(told) == len(CHECKS) + 1
    for finding in told[1:-1]:  # the first is who asks, the last is the stage's own budget
        assert not finding.ok
        assert finding.way_out
        assert "secret detail" not in line(finding)


def test_without_credentials_nothing_else_is_asked(monkeypatch):
    def nobody(service: str, region: str) -> Any:
        raise NoCredentialsError

    told = list(examined(Account(stage(), clients=nobody)))
    assert [finding.what for finding in told] == ["credentials"]
    assert "AWS_PROFILE" in told[0].way_out


def test_a_certificate_that_ran_out_is_no_certificate():
    certificate = {
        "DomainName": DOMAIN,
        "Status": "ISSUED",
        "NotAfter": datetime(2026, 1, 1, tzinfo=UTC),
    }
    clients = Clients(acm=Canned(describe_certificate={"Certificate": certificate}))
    arn = "arn:aws:acm:us-east-1:1:certificate/x"
    account = Account(stage(), DOMAIN, arn, clients=clients, now=lambda: datetime(2026, 6, 1, tzinfo=UTC))
    (finding,) = only("certificate", account)
    assert not finding.ok
    assert "its time is over" in finding.found


def test_what_cdk_is_told_the_doctor_is_told(tmp_path):
    file = tmp_path / "cdk.context.json"
    assert deploy_context(file) == {}
    file.write_text(json.dumps({"domain": DOMAIN, "acknowledged-issue-numbers": [1], "endpoint": "ec2"}))
    assert deploy_context(file) == {"domain": DOMAIN, "endpoint": "ec2"}
    file.write_text("[")
    with pytest.raises(CommandFailed, match="cannot be read"):
        deploy_context(file)
