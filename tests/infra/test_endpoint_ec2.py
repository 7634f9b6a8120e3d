"""The endpoint on EC2 as its template says it: no way out, no way in but Session Manager, down to 0."""

from __future__ import annotations

import base64
import json
import re
import shlex
import subprocess
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from aws_cdk import Stack
from aws_cdk.assertions import Template

from inference_container.__main__ import read_settings
from inference_container.weights import Catalogue
from infra.endpoint.container import weight_keys
from infra.endpoint.machine import DIMENSION, agent_config
from infra.endpoint.network import PREFIX_LISTS
from infra.model_endpoints import Ec2Endpoint, StageError
from infra.nag_report import SOME_SITE
from infra.stage_context import pick_stage
from tests.infra.conftest import Deployment, Resource, variables
from tests.infra.granted import build_alone, endpoint_of, granted
from tests.infra.test_functions import flat, listed

DOORS = {"ecr.api", "ecr.dkr", "logs", "monitoring", "ssm", "ssmmessages", "sqs"}


@pytest.fixture(scope="module")
def settings(prod_ec2: Deployment) -> Ec2Endpoint:
    assert isinstance(prod_ec2.stage.endpoint, Ec2Endpoint)
    return prod_ec2.stage.endpoint


@pytest.fixture(scope="module")
def launched(prod_ec2: Deployment) -> dict[str, Any]:
    return one(prod_ec2, "AWS::EC2::LaunchTemplate").properties["LaunchTemplateData"]


@pytest.fixture(scope="module")
def user_data(launched: dict[str, Any]) -> str:
    return flat(launched["UserData"]["Fn::Base64"])


def one(deployment: Deployment, kind: str) -> Resource:
    (found,) = deployment.all(kind)
    return found


def test_no_subnet_leads_to_the_internet(prod_ec2: Deployment) -> None:
    kinds = {resource.kind for resource in prod_ec2.all()}
    assert not kinds & {
        "AWS::EC2::InternetGateway",
        "AWS::EC2::NatGateway",
        "AWS::EC2::Route",
        "AWS::EC2::EIP",
    }
    subnets = list(prod_ec2.all("AWS::EC2::Subnet"))
    assert len(subnets) == 2
    assert all(subnet.properties["MapPublicIpOnLaunch"] is False for subnet in subnets)
    assert one(prod_ec2, "AWS::EC2::FlowLog").properties["TrafficType"] == "ALL"


def test_every_service_that_is_asked_has_a_door(prod_ec2: Deployment) -> None:
    doors = {"Interface": set(), "Gateway": set()}
    for door in prod_ec2.all("AWS::EC2::VPCEndpoint"):
        name = flat(door.properties["ServiceName"])
        doors[door.properties["VpcEndpointType"]].add(re.split(r"\.(?:eu-central-1|\?)\.", name)[1])
    assert doors["Gateway"] == {"s3", "dynamodb"}
    assert doors["Interface"] == DOORS
    for door in prod_ec2.all("AWS::EC2::VPCEndpoint"):
        if door.properties["VpcEndpointType"] == "Interface":
            assert door.properties["PrivateDnsEnabled"] is True
            assert len(door.properties["SubnetIds"]) == 1  # priced by the zone


def test_groups_name_each_other_and_no_range_of_addresses(prod_ec2: Deployment) -> None:
    ranges = re.findall(r'"CidrIp(?:v6)?": "([^"]*)"', json.dumps(prod_ec2.templates))
    assert set(ranges) <= {"127.0.0.1/32"}, "the rule that keeps EC2 from opening a new group to everywhere"
    groups = list(prod_ec2.all("AWS::EC2::SecurityGroup"))
    assert len(groups) == len(ranges)


CALLERS, BALANCER, MACHINES, DOORS_TO_AWS = (
    "Attendant: the functions that ask the model",
    "Attendant: the load balancer before the model",
    "Attendant: the machines that run the model",
    "Attendant: the doors to AWS",
)
S3, DYNAMODB = PREFIX_LISTS["eu-central-1"]["s3"], PREFIX_LISTS["eu-central-1"]["dynamodb"]


def test_who_may_talk_to_whom(prod_ec2: Deployment) -> None:
    """Every way once out of a group and once into the other; AWS's own addresses have no group."""
    assert ways(prod_ec2, "Egress", "Destination") == {
        (CALLERS, BALANCER, 80),
        (BALANCER, MACHINES, 8080),
        (CALLERS, DOORS_TO_AWS, 443),
        (MACHINES, DOORS_TO_AWS, 443),
        (CALLERS, S3, 443),
        (CALLERS, DYNAMODB, 443),
        (MACHINES, S3, 443),
    }
    assert ways(prod_ec2, "Ingress", "Source") == {
        (BALANCER, CALLERS, 80),
        (MACHINES, BALANCER, 8080),
        (DOORS_TO_AWS, CALLERS, 443),
        (DOORS_TO_AWS, MACHINES, 443),
    }


def ways(deployment: Deployment, kind: str, other: str) -> set[tuple[str, str, int]]:
    """(the rule's group, whom it names, port), groups by their descriptions."""
    groups = {
        group.name: group.properties["GroupDescription"]
        for group in deployment.all("AWS::EC2::SecurityGroup")
    }
    found = set()
    for rule in deployment.all(f"AWS::EC2::SecurityGroup{kind}"):
        told = rule.properties
        assert told["Description"]
        assert told["FromPort"] == told["ToPort"]
        named = told.get(f"{other}PrefixListId") or groups[told[f"{other}SecurityGroupId"]["Fn::GetAtt"][0]]
        found.add((groups[told["GroupId"]["Fn::GetAtt"][0]], named, told["FromPort"]))
    return found


def test_a_machine_is_closed_encrypted_and_known(launched: dict[str, Any], settings: Ec2Endpoint) -> None:
    assert launched["MetadataOptions"] == {
        "HttpTokens": "required",
        "HttpPutResponseHopLimit": 1,  # the container is one hop further
        "InstanceMetadataTags": "disabled",
    }
    (disk,) = launched["BlockDeviceMappings"]
    assert disk["Ebs"]["Encrypted"] is True
    assert (disk["Ebs"]["VolumeType"], disk["Ebs"]["VolumeSize"]) == ("gp3", settings.disk_gb)
    (interface,) = launched["NetworkInterfaces"]
    assert interface["AssociatePublicIpAddress"] is False
    assert "KeyName" not in launched
    assert launched["Monitoring"] == {"Enabled": True}
    assert launched["InstanceType"] == "g4dn.2xlarge"


def test_machines_begin_with_none_and_are_judged_by_the_model(
    prod_ec2: Deployment, settings: Ec2Endpoint
) -> None:
    group = one(prod_ec2, "AWS::AutoScaling::AutoScalingGroup")
    assert (group.properties["MinSize"], group.properties["MaxSize"]) == ("0", str(settings.max_copies))
    assert group.properties["HealthCheckType"] == "ELB"
    assert group.properties["HealthCheckGracePeriod"] == settings.startup_seconds
    assert group.body["UpdatePolicy"]["AutoScalingScheduledAction"] == {
        "IgnoreUnmodifiedGroupSizeProperties": True  # a deploy leaves the sizes that the writer has set
    }
    targets = one(prod_ec2, "AWS::ElasticLoadBalancingV2::TargetGroup").properties
    assert (targets["HealthCheckProtocol"], targets["HealthCheckPath"]) == ("HTTP", "/ping")


def test_the_balancer_is_inside_and_cannot_be_deleted_by_a_slip(prod_ec2: Deployment) -> None:
    balancer = one(prod_ec2, "AWS::ElasticLoadBalancingV2::LoadBalancer").properties
    assert (balancer["Scheme"], balancer["Type"]) == ("internal", "network")
    attributes = {a["Key"]: a["Value"] for a in balancer["LoadBalancerAttributes"]}
    assert attributes["deletion_protection.enabled"] == "true"
    assert attributes["access_logs.s3.enabled"] == "true"


def test_machines_follow_the_calls_and_stay_at_none(prod_ec2: Deployment, settings: Ec2Endpoint) -> None:
    tracking = one(prod_ec2, "AWS::AutoScaling::ScalingPolicy").properties["TargetTrackingConfiguration"]
    expressions = [
        m["Expression"] for m in tracking["CustomizedMetricSpecification"]["Metrics"] if "Expression" in m
    ]
    assert expressions == ["calls / machines"]  # of none there is no quotient
    assert 0 < tracking["TargetValue"] < settings.model_slots


def test_answering_stands_in_the_network_and_calls_the_balancer(prod_ec2: Deployment) -> None:
    inside = {
        function.properties["Handler"]
        for function in prod_ec2.all("AWS::Lambda::Function")
        if "VpcConfig" in function.properties
    }
    assert inside == {"lambdas.answer.handler.handler"}, "the breaker must not hang on this network"
    asked = variables(prod_ec2.function("answer", "salon"))
    assert asked["MODEL_KIND"] == "external"
    assert flat(asked["MODEL_URL"]).startswith("http://")
    assert "MODEL_SECRET_ARN" not in asked


def test_exactly_the_models_files_may_be_read(prod_ec2: Deployment, settings: Ec2Endpoint) -> None:
    read = [
        flat(resource).partition("/")[2]
        for statement in granted(prod_ec2, "endpoint", "s3:GetObject")
        for resource in statement["Resource"]
    ]
    assert sorted(read) == sorted(weight_keys(settings))


def written(user_data: str, name: str) -> str:
    """The file of that name which the machine writes."""
    return user_data.partition(f"{name} <<'ATTENDANT'\n")[2].partition("\nATTENDANT")[0]


def test_scripts_are_scripts(user_data: str, tmp_path: Path) -> None:
    """bash reads what a machine would run, the script inside it too."""
    for script in (user_data, written(user_data, "attendant-prepare")):
        path = tmp_path / "script.sh"
        path.write_text(script)
        checked = subprocess.run(["bash", "-n", str(path)], capture_output=True, text=True, check=False)
        assert checked.returncode == 0, checked.stderr
    assert len(base64.b64encode(user_data.encode())) < 16_384 * 4 / 3  # what EC2 takes


def test_the_container_is_locked_in(user_data: str, settings: Ec2Endpoint) -> None:
    (run,) = [line for line in user_data.splitlines() if line.startswith("ExecStart=")]
    for option in ("--read-only", "--cap-drop ALL", "no-new-privileges", "--gpus all", ":ro"):
        assert option in run
    assert f"--memory {settings.memory_limit_mb}m" in run
    assert "--privileged" not in run
    assert "--network" not in run  # a bridge: one hop more than the metadata answers to
    given = {name: "".join(shlex.split(value)) for name, value in re.findall(r"--env (\w+)=(\S+)", run)}
    served = read_settings(["serve"], given)
    assert served.model == settings.model_name
    assert served.parallel == settings.model_slots


def test_weights_lie_where_the_container_looks_for_them(user_data: str, settings: Ec2Endpoint) -> None:
    copied = dict(re.findall(r"aws s3 cp --no-progress s3://\?/(\S+) (\S+)", user_data))
    names = [file.name for file in Catalogue.read().get(settings.model_name).files]
    folder = f"/opt/attendant/models/{settings.model_name}"
    assert set(copied.values()) == {f"{folder}/{name}" for name in (*names, "manifest.json")}
    assert set(copied) == set(weight_keys(settings))
    assert "--volume /opt/attendant/models:/opt/ml/model:ro" in user_data
    dockerfile = Path(__file__).resolve().parents[2] / "inference_container" / "Dockerfile"
    assert "INFERENCE_MODELS_DIR=/opt/ml/model" in dockerfile.read_text(encoding="utf-8")


def test_what_is_watched_the_agent_tells(user_data: str) -> None:
    config = json.loads(written(user_data, "attendant.json"))
    assert config == json.loads(agent_config("attendant-prod"))
    collected = config["metrics"]["metrics_collected"]
    prefixes = {"nvidia_gpu": "nvidia_smi"}
    told = {
        f"{prefixes.get(plugin, plugin)}_{measure}"
        for plugin, section in collected.items()
        for measure in section["measurement"]
    }
    watched = set()
    endpoint, _ = endpoint_of("ec2")
    metrics = vars(endpoint.metrics)
    assert {name for name, metric in metrics.items() if metric is None} == {"errors"}
    for metric in metrics.values():
        if metric is not None:
            watched |= names_of(metric)
    assert watched - {"UnHealthyHostCount"} == told
    assert config["metrics"]["aggregation_dimensions"] == [[DIMENSION]]


def names_of(metric: Any) -> set[str]:
    config = metric.to_metric_config()
    if config.metric_stat is not None:
        return {config.metric_stat.metric_name}
    return {name for part in config.math_expression.using_metrics.values() for name in names_of(part)}


def test_a_customers_network_comes_in_by_vpn_alone() -> None:
    gateways = {network: template_of(network) for network in (None, "192.168.7.0/24")}
    gateways[None].resource_count_is("AWS::EC2::VPNGateway", 0)
    template = gateways["192.168.7.0/24"]
    template.resource_count_is("AWS::EC2::VPNGateway", 1)
    template.resource_count_is("AWS::EC2::VPNGatewayRoutePropagation", 1)
    open_to = [
        (rule["CidrIp"], rule["FromPort"])
        for group in template.find_resources("AWS::EC2::SecurityGroup").values()
        for rule in group["Properties"].get("SecurityGroupIngress", [])
    ]
    assert open_to == [("192.168.7.0/24", 80)]


def template_of(customer_network: str | None) -> Template:
    _, app = endpoint_of("ec2", customer_network=customer_network)
    stack = app.node.find_child("endpoint")
    assert isinstance(stack, Stack)
    return Template.from_stack(stack)


def test_a_region_without_known_addresses_is_said_in_words() -> None:
    stage = pick_stage({"stage": "prod", "endpoint": "ec2", **SOME_SITE}.get)
    with pytest.raises(StageError, match="af-south-1"):
        build_alone(replace(stage, region="af-south-1"))


def test_the_machines_role_reaches_this_repository_alone(prod_ec2: Deployment, settings: Ec2Endpoint) -> None:
    (statement,) = granted(prod_ec2, "endpoint", "ecr:BatchGetImage")
    repository = settings.image.split(":")[0]
    assert [flat(resource) for resource in statement["Resource"]] == [
        f"arn:aws:ecr:eu-central-1:?:repository/{repository}"
    ]
    assert not any("*" in action for action in listed(statement["Action"]))
