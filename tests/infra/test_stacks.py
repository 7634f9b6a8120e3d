"""The whole: outputs for the command line, clocks, alarms, secrets, the gateway, the endpoint."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from core.spec import all_specs
from tests.infra.conftest import Deployment, Resource

ROOT = Path(__file__).resolve().parents[2]
OUTPUTS = {
    "OwnerFunction",
    "OwnerPool",
    "ApiId",
    "ApiUrl",
    "ApiFunction",
    "OriginTokenSecret",
    "DialoguesTable",
    "ControlTable",
    "AnalyticsBucket",
    "DialogueExportFunction",
    "AthenaWorkGroup",
    "AthenaDatabase",
    "AuditTable",
    "ReadOnlyRoleArn",
    "OperatorRoleArn",
    "PublishedBucket",
    "SiteBucket",
    "VerifiedSender",
    "OperationsTopicArn",
    "InventoryExportFunction",
    "ReconcileFunction",
    "CriticalAlarmArn",
    "EndpointBreakerFunction",
    "OncallTopicArn",
    "RestartMachineArn",
    "SourceSecretSalon",
    *(
        f"{name}{title}"
        for name in ("QueueUrl", "DeadLetterQueueUrl", "AnswerFunction")
        for title in ("Salon", "NightDesk")
    ),
}
EDGE_OUTPUTS = {"SiteUrl", "DistributionId", "DistributionDomain"}


def test_the_command_line_finds_its_outputs(local: Deployment, prod: Deployment) -> None:
    assert set(local.outputs()) == OUTPUTS
    endpoint = {"ModelsBucket", "ImagesRepositoryUri", "ModelEndpointName"}
    version = {"EndpointStack", "ModelName", "VersionBefore", "CandidateComponent"}
    assert set(prod.outputs()) == OUTPUTS | EDGE_OUTPUTS | endpoint | version


def test_no_template_carries_a_secrets_value(deployment: Deployment) -> None:
    secrets = list(deployment.all("AWS::SecretsManager::Secret"))
    assert secrets
    for secret in secrets:
        assert "SecretString" not in secret.properties
        generated = "GenerateSecretString" in secret.properties  # by AWS: nobody else needs to know it
        assert generated == (secret.properties.get("Name") == deployment.outputs()["OriginTokenSecret"])


def test_stock_is_exported_by_its_own_clock_and_turns_are_reconciled_every_minute(
    deployment: Deployment,
) -> None:
    clocks = {
        (s.properties["ScheduleExpression"], s.properties["Target"]["Input"])
        for s in deployment.all("AWS::Scheduler::Schedule")
    }
    assert clocks == {
        ("rate(20 minutes)", '{"assistant":"salon"}'),
        ("rate(15 minutes)", "{}"),
        ("rate(1 minute)", "{}"),
        ("rate(1 minute)", '{"command":"tick"}'),
    }


def test_a_clock_may_invoke_its_function_and_nothing_else(deployment: Deployment) -> None:
    roles = {role.name: role.properties for role in deployment.all("AWS::IAM::Role")}
    for schedule in deployment.all("AWS::Scheduler::Schedule"):
        target = schedule.properties["Target"]
        (policy,) = roles[target["RoleArn"]["Fn::GetAtt"][0]]["Policies"]
        (statement,) = policy["PolicyDocument"]["Statement"]
        assert (statement["Action"], statement["Resource"]) == ("lambda:InvokeFunction", target["Arn"])


def test_what_a_clock_could_not_start_is_left_to_its_next_event(deployment: Deployment) -> None:
    """Lambda would try a failed event twice again and keep a throttled one for six hours."""
    clocked = {
        s.properties["Target"]["Arn"]["Fn::GetAtt"][0] for s in deployment.all("AWS::Scheduler::Schedule")
    }
    configs = {c.properties["FunctionName"]["Ref"]: c.properties for c in invoke_configs(deployment)}
    assert configs.keys() == clocked
    for config in configs.values():
        assert (config["MaximumRetryAttempts"], config["MaximumEventAgeInSeconds"]) == (0, 60)
        assert "FailedCalls" in str(config["DestinationConfig"]["OnFailure"])


def invoke_configs(deployment: Deployment) -> Iterator[Resource]:
    return deployment.all("AWS::Lambda::EventInvokeConfig")


def test_the_gateway_throttles_and_logs_nobody(deployment: Deployment) -> None:
    (stage,) = deployment.all("AWS::ApiGatewayV2::Stage")
    settings = stage.properties["DefaultRouteSettings"]
    assert settings["ThrottlingRateLimit"] == deployment.stage.requests_per_second
    assert settings["ThrottlingBurstLimit"] == deployment.stage.request_burst
    assert not re.search("sourceIp|userAgent|path", stage.properties["AccessLogSettings"]["Format"])


def test_every_route_admits_the_edge_alone(deployment: Deployment) -> None:
    authorizers = {a.name: a.properties for a in deployment.all("AWS::ApiGatewayV2::Authorizer")}
    (authorizer,) = authorizers.values()
    assert authorizer["IdentitySource"] == ["$request.header.x-origin-token"]
    assert authorizer["AuthorizerPayloadFormatVersion"] == "2.0"
    assert authorizer["EnableSimpleResponses"] is True
    assert deployment.function("admit").name in json.dumps(authorizer["AuthorizerUri"])
    routes = list(deployment.all("AWS::ApiGatewayV2::Route"))
    assert routes
    for route in routes:
        assert route.properties["AuthorizationType"] == "CUSTOM"
        assert route.properties["AuthorizerId"]["Ref"] in authorizers


def test_local_uses_only_what_an_emulator_knows(local: Deployment) -> None:
    assert not [r.kind for r in local.all() if r.kind.startswith(("AWS::KMS", "AWS::SageMaker", "AWS::WAF"))]


def test_prod_cannot_be_deleted_by_a_slip(prod: Deployment) -> None:
    manifest = json.loads((prod.folder / "manifest.json").read_text())
    stacks = [a for a in manifest["artifacts"].values() if a["type"] == "aws:cloudformation:stack"]
    assert stacks
    assert all(stack["properties"]["terminationProtection"] for stack in stacks)


def test_infra_knows_no_assistant_by_name() -> None:
    sources = [ROOT / "app.py", *(ROOT / "infra").rglob("*.py")]
    for spec in all_specs():
        for path in sources:
            assert spec.id not in path.read_text(encoding="utf-8"), path


def test_templates_of_prod_pass_cfn_lint(prod: Deployment) -> None:
    # W3005: CDK writes DependsOn beside the references that imply it
    command = [str(Path(sys.executable).with_name("cfn-lint")), "--ignore-checks", "W3005", "--"]
    templates = [str(path) for path in sorted(prod.folder.glob("*.template.json"))]
    result = subprocess.run([*command, *templates], capture_output=True, text=True, check=False, timeout=120)
    assert result.returncode == 0, result.stdout
