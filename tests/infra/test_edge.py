"""The edge by its properties: what passes, what is kept, what is written down, who may look at what."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from cli.embedded_cloud import front_door
from core.errors import TooManyRequests
from infra.origin_token import ORIGIN_HEADER
from lambdas.adapters import edge_distribution
from tests.infra.conftest import Deployment, Resource, variables

PAGE = Path(__file__).resolve().parents[2] / "web" / "pages" / "index.html"


@pytest.fixture(params=["dev", "prod"])
def edge(request: pytest.FixtureRequest) -> Deployment:
    return request.getfixturevalue(request.param)


def one(deployment: Deployment, kind: str) -> Resource:
    (found,) = deployment.all(kind)
    return found


def distribution(deployment: Deployment) -> dict[str, Any]:
    return one(deployment, "AWS::CloudFront::Distribution").properties["DistributionConfig"]


def origin(deployment: Deployment, id_: str) -> dict[str, Any]:
    (found,) = [each for each in distribution(deployment)["Origins"] if each["Id"] == id_]
    return found


def headers_of(deployment: Deployment, behavior: dict[str, Any]) -> dict[str, Any]:
    (found,) = [
        policy.properties["ResponseHeadersPolicyConfig"]
        for policy in deployment.all("AWS::CloudFront::ResponseHeadersPolicy")
        if policy.name == behavior["ResponseHeadersPolicyId"]["Ref"]
    ]
    return found


def api_behavior(deployment: Deployment) -> dict[str, Any]:
    (found,) = distribution(deployment)["CacheBehaviors"]
    return found


def test_local_has_no_edge(local: Deployment) -> None:
    assert not [r for r in local.all() if r.kind.startswith(("AWS::CloudFront", "AWS::WAFv2"))]
    assert "GetStackOutput" not in json.dumps(local.templates)


def test_one_name_for_page_and_api(edge: Deployment) -> None:
    config = distribution(edge)
    assert edge.stage.edge is not None
    assert config["Aliases"] == [edge.stage.edge.domain_name]
    assert config["DefaultCacheBehavior"]["TargetOriginId"] == "page"
    assert (api_behavior(edge)["PathPattern"], api_behavior(edge)["TargetOriginId"]) == ("/v1/*", "api")
    assert config["DefaultRootObject"] == "index.html"
    outputs = edge.outputs()
    assert outputs["SiteUrl"] == f"https://{edge.stage.edge.domain_name}"
    assert outputs["DistributionId"] == {"Ref": one(edge, "AWS::CloudFront::Distribution").name}


def test_it_stands_where_cloudfront_takes_certificates_and_refers_weakly(edge: Deployment) -> None:
    manifest = json.loads((edge.folder / "manifest.json").read_text())
    site = manifest["artifacts"][f"attendant-{edge.stage.name}-site"]
    assert site["environment"].endswith("/us-east-1")
    assert "Fn::ImportValue" not in json.dumps(edge.templates["site"])
    domain = json.dumps(origin(edge, "api")["DomainName"])
    assert f'"StackName": "attendant-{edge.stage.name}-api"' in domain
    assert f".execute-api.{edge.stage.region}.amazonaws.com" in domain


def test_tls_is_new_and_plain_http_goes_nowhere(edge: Deployment) -> None:
    config = distribution(edge)
    assert config["ViewerCertificate"]["MinimumProtocolVersion"] == "TLSv1.2_2021"
    assert config["HttpVersion"] == "http2and3"
    assert config["DefaultCacheBehavior"]["ViewerProtocolPolicy"] == "redirect-to-https"
    assert api_behavior(edge)["ViewerProtocolPolicy"] == "https-only"
    to_api = origin(edge, "api")["CustomOriginConfig"]
    assert (to_api["OriginProtocolPolicy"], to_api["OriginSSLProtocols"]) == ("https-only", ["TLSv1.2"])
    assert to_api["OriginReadTimeout"] > edge.function("api").properties["Timeout"]


def test_the_countries_are_the_stages(edge: Deployment) -> None:
    geo = distribution(edge)["Restrictions"]["GeoRestriction"]
    assert edge.stage.edge is not None
    assert geo == {"RestrictionType": "whitelist", "Locations": list(edge.stage.edge.countries)}


def test_answers_of_the_api_are_never_kept_and_everything_but_the_host_passes(edge: Deployment) -> None:
    behavior = api_behavior(edge)
    assert behavior["CachePolicyId"] == "4135ea2d-6df8-44a3-9df3-4b5a84be39ad"  # CachingDisabled
    assert behavior["OriginRequestPolicyId"] == "b689b0a8-53d0-40ab-baf2-68738e2966ac"  # AllViewerExceptHost…
    assert {"POST", "DELETE", "OPTIONS"} <= set(behavior["AllowedMethods"])


def test_the_page_is_kept_for_a_minute_for_everybody_alike(edge: Deployment) -> None:
    config = one(edge, "AWS::CloudFront::CachePolicy").properties["CachePolicyConfig"]
    assert (config["MinTTL"], config["DefaultTTL"]) == (0, 60)
    key = config["ParametersInCacheKeyAndForwardedToOrigin"]
    assert key["EnableAcceptEncodingBrotli"]
    assert key["EnableAcceptEncodingGzip"]
    assert {key[f"{part}sConfig"][f"{part}Behavior"] for part in ("Cookie", "Header", "QueryString")} == {
        "none"
    }
    assert distribution(edge)["DefaultCacheBehavior"]["Compress"] is True


def test_only_this_distribution_reads_the_bucket(edge: Deployment) -> None:
    cloudfront = {"Service": "cloudfront.amazonaws.com"}
    allowed = {
        (statement["Action"], json.dumps(statement["Condition"]))
        for policy in edge.all("AWS::S3::BucketPolicy")
        for statement in policy.properties["PolicyDocument"]["Statement"]
        if statement["Principal"] == cloudfront
    }
    assert {action for action, _ in allowed} == {"s3:GetObject", "s3:ListBucket"}
    for _, condition in allowed:
        assert one(edge, "AWS::CloudFront::Distribution").name in condition
    control = one(edge, "AWS::CloudFront::OriginAccessControl")
    assert origin(edge, "page")["OriginAccessControlId"] == {"Fn::GetAtt": [control.name, "Id"]}
    assert control.properties["OriginAccessControlConfig"]["SigningBehavior"] == "always"


def test_every_answer_carries_the_security_headers(edge: Deployment) -> None:
    for behavior in (distribution(edge)["DefaultCacheBehavior"], api_behavior(edge)):
        security = headers_of(edge, behavior)["SecurityHeadersConfig"]
        assert security["StrictTransportSecurity"]["AccessControlMaxAgeSec"] >= 31_536_000
        assert security["FrameOptions"]["FrameOption"] == "DENY"
        assert security["ContentTypeOptions"] == {"Override": True}
        assert security["ReferrerPolicy"]["ReferrerPolicy"] == "same-origin"
        content = security["ContentSecurityPolicy"]["ContentSecurityPolicy"]
        assert "frame-ancestors 'none'" in content
        assert "unsafe" not in content


def test_the_pages_content_policy_is_the_one_that_it_was_written_for(edge: Deployment) -> None:
    """The header may not forbid what the page's own policy allows, nor allow more."""
    (written,) = re.findall(
        r'http-equiv="Content-Security-Policy"\s+content="([^"]+)"', PAGE.read_text(encoding="utf-8")
    )
    policy = headers_of(edge, distribution(edge)["DefaultCacheBehavior"])
    sent = policy["SecurityHeadersConfig"]["ContentSecurityPolicy"]["ContentSecurityPolicy"]
    assert sent == f"{written}; frame-ancestors 'none'"


def test_scripts_may_be_loaded_by_the_stages_origins_alone(edge: Deployment) -> None:
    policy = headers_of(edge, distribution(edge)["DefaultCacheBehavior"])
    assert policy["CorsConfig"]["AccessControlAllowOrigins"] == {"Items": list(edge.stage.site_origins)}
    custom = {h["Header"]: h["Value"] for h in policy["CustomHeadersConfig"]["Items"]}
    assert custom == {"Cache-Control": "no-cache", "Cross-Origin-Resource-Policy": "cross-origin"}
    assert "CorsConfig" not in headers_of(edge, api_behavior(edge))


def rules(deployment: Deployment) -> dict[str, dict[str, Any]]:
    acl = one(deployment, "AWS::WAFv2::WebACL").properties
    assert acl["Scope"] == "CLOUDFRONT"
    return {rule["Name"]: rule for rule in acl["Rules"]}


def test_the_firewall_has_the_managed_rules_and_stands_before_everything(edge: Deployment) -> None:
    assert {
        "AWSManagedRulesCommonRuleSet",
        "AWSManagedRulesKnownBadInputsRuleSet",
        "AWSManagedRulesAmazonIpReputationList",
    } <= rules(edge).keys()
    assert len({rule["Priority"] for rule in rules(edge).values()}) == len(rules(edge))
    acl = one(edge, "AWS::WAFv2::WebACL")
    assert distribution(edge)["WebACLId"] == {"Fn::GetAtt": [acl.name, "Arn"]}


def test_only_rules_for_bodies_are_weakened(edge: Deployment) -> None:
    """A long Russian question is no attack; headers, paths and queries are judged as AWS judges them."""
    for name, rule in rules(edge).items():
        group = rule["Statement"].get("ManagedRuleGroupStatement", {})
        overridden = group.get("RuleActionOverrides", [])
        assert all(each["Name"].endswith("_BODY") for each in overridden)
        assert all(each["ActionToUse"] == {"Count": {}} for each in overridden)
        assert bool(overridden) == (name == "AWSManagedRulesCommonRuleSet")
        assert "ExcludedRules" not in group


def test_an_address_that_asks_too_often_is_told_so_in_the_apis_own_words(edge: Deployment) -> None:
    rule = rules(edge)["RequestsPerAddress"]
    limit = rule["Statement"]["RateBasedStatement"]
    assert edge.stage.edge is not None
    assert limit["Limit"] == edge.stage.edge.requests_per_address
    assert (limit["AggregateKeyType"], limit["EvaluationWindowSec"]) == ("IP", 300)
    answer = rule["Action"]["Block"]["CustomResponse"]
    assert answer["ResponseCode"] == TooManyRequests.status
    assert {h["Name"] for h in answer["ResponseHeaders"]} == {"Retry-After"}
    bodies = one(edge, "AWS::WAFv2::WebACL").properties["CustomResponseBodies"]
    error = json.loads(bodies[answer["CustomResponseBodyKey"]]["Content"])["error"]
    assert error["code"] == TooManyRequests.code
    assert error.keys() == {"code", "message", "fields", "request_id"}


def test_the_firewalls_log_tells_no_words_and_no_token(edge: Deployment) -> None:
    acl = one(edge, "AWS::WAFv2::WebACL").properties
    hidden = [each["Field"] for each in acl["DataProtectionConfig"]["DataProtections"]]
    assert {each["FieldType"] for each in hidden} == {"BODY", "QUERY_STRING", "SINGLE_HEADER"}
    assert {key for each in hidden for key in each.get("FieldKeys", ())} == {"authorization", "cookie"}
    logging = one(edge, "AWS::WAFv2::LoggingConfiguration").properties
    assert logging["LoggingFilter"]["DefaultBehavior"] == "DROP"
    groups = {group.properties["LogGroupName"] for group in edge.all("AWS::Logs::LogGroup")}
    assert f"aws-waf-logs-attendant-{edge.stage.name}" in groups


def test_the_access_log_names_nobody(edge: Deployment) -> None:
    fields = one(edge, "AWS::Logs::Delivery").properties["RecordFields"]
    assert {"date", "time", "sc-status", "time-taken"} <= set(fields)
    telling = {"c-ip", "c-port", "cs-uri-stem", "cs-uri-query", "x-forwarded-for", "asn"}
    assert not telling & set(fields)
    assert not [field for field in fields if field.startswith("cs(")]
    assert distribution(edge)["Logging"] == {"IncludeCookies": False}  # with a bucket: the log that tells all
    source = one(edge, "AWS::Logs::DeliverySource").properties
    assert one(edge, "AWS::CloudFront::Distribution").name in json.dumps(source["ResourceArn"])


def test_the_api_is_shown_the_token_and_no_template_knows_it(edge: Deployment) -> None:
    (header,) = origin(edge, "api")["OriginCustomHeaders"]
    assert header["HeaderName"] == ORIGIN_HEADER
    secret = origin_secret(edge)
    reference = ["{{resolve:secretsmanager:", {"Ref": secret.name}, ":SecretString:token::}}"]
    assert header["HeaderValue"] == {"Fn::Join": ["", reference]}
    assert "OriginCustomHeaders" not in origin(edge, "page")


def test_all_who_carry_the_token_call_its_header_alike(edge: Deployment) -> None:
    assert front_door.ORIGIN_HEADER == edge_distribution.HEADER == ORIGIN_HEADER
    authorizer = one(edge, "AWS::ApiGatewayV2::Authorizer").properties
    assert authorizer["IdentitySource"] == [f"$request.header.{ORIGIN_HEADER}"]


def test_who_guesses_tokens_does_not_keep_the_authorizer_from_the_edge(prod: Deployment) -> None:
    reserved = prod.function("admit").properties["ReservedConcurrentExecutions"]
    assert reserved >= prod.stage.requests_per_second


def origin_secret(deployment: Deployment) -> Resource:
    (found,) = [s for s in deployment.all("AWS::SecretsManager::Secret") if s.stack == "site"]
    return found


def test_the_secret_is_read_where_the_api_stands_under_the_name_that_it_asks_for(edge: Deployment) -> None:
    secret = origin_secret(edge)
    assert secret.properties["ReplicaRegions"] == [{"Region": edge.stage.region}]
    name = secret.properties["Name"]
    assert variables(edge.function("admit"))["ORIGIN_TOKEN_SECRET"] == name
    assert edge.outputs()["OriginTokenSecret"] == name
    assert secret.body["DeletionPolicy"] == "Delete"  # its name would block the next deploy


def test_where_the_stage_asks_for_it_the_edges_region_has_a_key_of_its_own(
    dev: Deployment, prod: Deployment
) -> None:
    assert not [key for key in dev.all("AWS::KMS::Key") if key.stack == "site"]
    (key,) = [key for key in prod.all("AWS::KMS::Key") if key.stack == "site"]
    arn = {"Fn::GetAtt": [key.name, "Arn"]}
    assert origin_secret(prod).properties["KmsKeyId"] == arn
    assert prod.function("rotate_origin_token").properties["KmsKeyArn"] == arn
    groups = [group for group in prod.all("AWS::Logs::LogGroup") if group.stack == "site"]
    assert {group.properties["KmsKeyId"]["Fn::GetAtt"][0] for group in groups} == {key.name}
    assert "us-east-1" in json.dumps(key.properties["KeyPolicy"])


def test_the_token_is_rotated_by_the_function_that_may(edge: Deployment) -> None:
    rotate = edge.function("rotate_origin_token")
    schedule = one(edge, "AWS::SecretsManager::RotationSchedule")
    secret = {"Ref": origin_secret(edge).name}
    assert schedule.properties["SecretId"] == secret
    assert schedule.properties["RotationLambdaARN"] == {"Fn::GetAtt": [rotate.name, "Arn"]}
    assert schedule.properties["RotationRules"] == {"AutomaticallyAfterDays": 30}
    (asked,) = [
        p
        for p in edge.all("AWS::Lambda::Permission")
        if p.properties["Principal"] == "secretsmanager.amazonaws.com"
    ]
    assert asked.properties["SourceAccount"] == {"Ref": "AWS::AccountId"}
    assert asked.name in schedule.body["DependsOn"]
    told = variables(rotate)
    assert told["DISTRIBUTION_ID"] == edge.outputs()["DistributionId"]
    assert json.dumps(told["API_HEALTH_URL"]).endswith('amazonaws.com/v1/health"]]}')
    assert "DIALOGUES_TABLE" not in told  # it stands in another region, and needs none


def test_the_rotation_may_change_its_own_distribution_and_secret_alone(edge: Deployment) -> None:
    policies = [
        statement
        for policy in edge.all("AWS::IAM::Policy")
        if "Rotate" in policy.name
        for statement in policy.properties["PolicyDocument"]["Statement"]
    ]
    granted = {
        action: json.dumps(statement["Resource"])
        for statement in policies
        for action in (
            statement["Action"] if isinstance(statement["Action"], list) else [statement["Action"]]
        )
    }
    front = one(edge, "AWS::CloudFront::Distribution").name
    assert front in granted["cloudfront:UpdateDistribution"]
    assert front in granted["cloudfront:GetDistribution"]
    assert origin_secret(edge).name in granted["secretsmanager:PutSecretValue"]
    assert not any("*" in resource for resource in granted.values())
