"""Nothing is open for cdk-nag in any stage with any endpoint, and each family of its rules is alive.

The planted stack violates, once for each family of rules that guards something of ours, what a stack here
could violate by a slip. A rule that found nothing there would find nothing in the product either.
"""

from __future__ import annotations

import json

import pytest
from aws_cdk import Stack
from aws_cdk.cloudformation_include import CfnInclude

from core.spec import AssistantSpec
from infra.nag_report import Finding, combinations, findings, findings_of
from infra.stage_context import pick_stage

LAMBDA_ROLE = "arn:aws:iam::111122223333:role/some"
VIOLATIONS: dict[str, tuple[str, dict[str, object]]] = {
    "AwsSolutions-S1": ("AWS::S3::Bucket", {}),
    "AwsSolutions-S10": ("AWS::S3::Bucket", {}),
    "AwsSolutions-DDB3": (
        "AWS::DynamoDB::Table",
        {
            "KeySchema": [{"AttributeName": "key", "KeyType": "HASH"}],
            "AttributeDefinitions": [{"AttributeName": "key", "AttributeType": "S"}],
            "BillingMode": "PAY_PER_REQUEST",
        },
    ),
    "AwsSolutions-IAM4": (
        "AWS::IAM::Role",
        {
            "AssumeRolePolicyDocument": {},
            "ManagedPolicyArns": ["arn:aws:iam::aws:policy/AdministratorAccess"],
        },
    ),
    "AwsSolutions-IAM5": (
        "AWS::IAM::ManagedPolicy",
        {
            "PolicyDocument": {
                "Version": "2012-10-17",
                "Statement": [{"Effect": "Allow", "Action": "s3:*", "Resource": "*"}],
            }
        },
    ),
    "AwsSolutions-KMS5": ("AWS::KMS::Key", {"EnableKeyRotation": False}),
    "AwsSolutions-SMG4": ("AWS::SecretsManager::Secret", {}),
    "AwsSolutions-SQS3": ("AWS::SQS::Queue", {}),
    "AwsSolutions-SQS4": ("AWS::SQS::Queue", {}),
    "Serverless-SQSRedrivePolicy": ("AWS::SQS::Queue", {}),
    "AwsSolutions-SNS3": ("AWS::SNS::Topic", {}),
    "Serverless-SNSRedrivePolicy": (
        "AWS::SNS::Subscription",
        {"TopicArn": "arn:aws:sns:eu-central-1:111122223333:some", "Protocol": "sqs"},
    ),
    "AwsSolutions-SF1": ("AWS::StepFunctions::StateMachine", {"RoleArn": LAMBDA_ROLE}),
    "AwsSolutions-SF2": ("AWS::StepFunctions::StateMachine", {"RoleArn": LAMBDA_ROLE}),
    "Serverless-StepFunctionStateMachineXray": (
        "AWS::StepFunctions::StateMachine",
        {"RoleArn": LAMBDA_ROLE},
    ),
    **{
        rule: (
            "AWS::Lambda::Function",
            {"Code": {"ZipFile": ""}, "Role": LAMBDA_ROLE, "Runtime": "python3.8", "Handler": "h"},
        )
        for rule in (
            "AwsSolutions-L1",
            "Serverless-LambdaDLQ",
            "Serverless-LambdaTracing",
            "Serverless-LambdaDefaultMemorySize",
            "Serverless-LambdaDefaultTimeout",
        )
    },
    "Serverless-LambdaAsyncFailureDestination": (
        "AWS::Lambda::EventInvokeConfig",
        {"FunctionName": "some", "Qualifier": "$LATEST"},
    ),
    "Serverless-LambdaEventSourceMappingDestination": (
        "AWS::Lambda::EventSourceMapping",
        {"FunctionName": "some"},
    ),
    "Serverless-CloudWatchLogGroupRetentionPeriod": ("AWS::Logs::LogGroup", {}),
    "AwsSolutions-APIG1": ("AWS::ApiGatewayV2::Stage", {"ApiId": "some", "StageName": "$default"}),
    "Serverless-APIGWAccessLogging": ("AWS::ApiGatewayV2::Stage", {"ApiId": "some", "StageName": "$default"}),
    "AwsSolutions-APIG4": ("AWS::ApiGatewayV2::Route", {"ApiId": "some", "RouteKey": "$default"}),
    **{
        rule: (
            "AWS::CloudFront::Distribution",
            {
                "DistributionConfig": {
                    "Enabled": True,
                    "Origins": [
                        {
                            "Id": "some",
                            "DomainName": "example.ru",
                            "CustomOriginConfig": {"OriginProtocolPolicy": "http-only"},
                        }
                    ],
                    "DefaultCacheBehavior": {"TargetOriginId": "some", "ViewerProtocolPolicy": "allow-all"},
                }
            },
        )
        for rule in (f"AwsSolutions-CFR{number}" for number in range(1, 6))
    },
    "AwsSolutions-VPC7": ("AWS::EC2::VPC", {"CidrBlock": "10.0.0.0/16"}),
    "AwsSolutions-EC23": (
        "AWS::EC2::SecurityGroup",
        {
            "GroupDescription": "open",
            "SecurityGroupIngress": [
                {"IpProtocol": "tcp", "CidrIp": "0.0.0.0/0", "FromPort": 22, "ToPort": 22}
            ],
        },
    ),
    "AwsSolutions-EC26": (
        "AWS::EC2::Volume",
        {"AvailabilityZone": "eu-central-1a", "Size": 8, "Encrypted": False},
    ),
    "AwsSolutions-AS3": ("AWS::AutoScaling::AutoScalingGroup", {"MinSize": "0", "MaxSize": "1"}),
    "AwsSolutions-ELB2": ("AWS::ElasticLoadBalancingV2::LoadBalancer", {"Type": "network"}),
    "AwsSolutions-SM1": (
        "AWS::SageMaker::NotebookInstance",
        {"InstanceType": "ml.t3.medium", "RoleArn": LAMBDA_ROLE},
    ),
    "AwsSolutions-KDF1": ("AWS::KinesisFirehose::DeliveryStream", {}),
}


@pytest.fixture(scope="module")
def planted(tmp_path_factory: pytest.TempPathFactory) -> tuple[Finding, ...]:
    """Included as a template: the rules know typed resources alone."""
    template = tmp_path_factory.mktemp("planted") / "template.json"
    resources = {
        f"Violation{number}": {"Type": kind, "Properties": properties}
        for number, (kind, properties) in enumerate(VIOLATIONS.values())
    }
    template.write_text(json.dumps({"Resources": resources}))
    return findings_of(lambda app: CfnInclude(Stack(app, "planted"), "All", template_file=str(template)))


@pytest.mark.parametrize("rule", VIOLATIONS)
def test_a_planted_violation_is_found(planted: tuple[Finding, ...], rule: str) -> None:
    assert rule in {finding.rule for finding in planted}


@pytest.mark.parametrize("context", list(combinations()), ids=lambda c: f"{c['stage']}-{c['endpoint']}")
def test_nothing_is_open(context: dict[str, str], assistants: tuple[AssistantSpec, ...]) -> None:
    assert findings(pick_stage(context.get), assistants) == ()
