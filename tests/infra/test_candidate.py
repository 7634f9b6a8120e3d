"""A version that is tried beside the live one: nothing of it without the parameter, all of it with."""

from __future__ import annotations

import json

import pytest

from core.model_version import NO_VERSION
from inference_container.__main__ import read_settings
from inference_container.weights import Catalogue
from tests.infra.conftest import Deployment, Resource, read_deployment, variables
from tests.infra.granted import granted
from tests.infra.test_functions import flat

NAME, DIGEST = "attendant-prod-candidate", "0" * 64
KINDS = ("AWS::SageMaker::Model", "AWS::SageMaker::InferenceComponent")


@pytest.fixture(scope="module")
def trying(prod: Deployment) -> Deployment:
    given = {"CandidateVersion": "attendant/2", "CandidateManifestSha256": DIGEST}
    return read_deployment(prod.stage, prod.folder, **given)


def added(prod: Deployment, trying: Deployment) -> list[Resource]:
    before = {(resource.stack, resource.name) for resource in prod.all()}
    return [resource for resource in trying.all() if (resource.stack, resource.name) not in before]


def new(prod: Deployment, trying: Deployment, kind: str) -> Resource:
    (found,) = [resource for resource in added(prod, trying) if resource.kind == kind]
    return found


def test_it_is_a_model_a_component_and_the_right_to_read_its_weights(
    prod: Deployment, trying: Deployment
) -> None:
    kinds = sorted(resource.kind for resource in added(prod, trying))
    assert kinds == sorted((*KINDS, "AWS::IAM::Policy"))
    parameter = json.loads((prod.folder / "attendant-prod-endpoint.template.json").read_text())["Parameters"]
    assert parameter["CandidateVersion"]["Default"] == NO_VERSION


def test_what_is_live_does_not_change_when_one_is_tried(prod: Deployment, trying: Deployment) -> None:
    live = {(each.stack, each.name): each.body for each in prod.all()}
    assert {(e.stack, e.name): e.body for e in trying.all() if (e.stack, e.name) in live} == live


def test_it_stands_on_the_same_endpoint_with_its_own_weights(prod: Deployment, trying: Deployment) -> None:
    component = new(prod, trying, "AWS::SageMaker::InferenceComponent").properties
    (live,) = prod.all("AWS::SageMaker::InferenceComponent")
    assert component["InferenceComponentName"] == NAME
    assert component["EndpointName"] == live.properties["EndpointName"]
    assert "RuntimeConfig" not in component
    container = new(prod, trying, "AWS::SageMaker::Model").properties["PrimaryContainer"]
    served = read_settings(["serve"], container["Environment"])
    assert (served.version, served.manifest_sha256) == ("attendant/2", DIGEST)
    uri = flat(container["ModelDataSource"]["S3DataSource"]["S3Uri"])
    assert uri.endswith("/attendant/2/")


def test_exactly_its_files_may_be_read(prod: Deployment, trying: Deployment) -> None:
    (statement,) = new(prod, trying, "AWS::IAM::Policy").properties["PolicyDocument"]["Statement"]
    assert statement["Action"] == "s3:GetObject"
    model = prod.stage.endpoint.model_name
    names = [*(file.name for file in Catalogue.read().get(model).files), "manifest.json"]
    assert sorted(flat(resource).partition("/")[2] for resource in statement["Resource"]) == sorted(
        f"attendant/2/{model}/{name}" for name in names
    )


def test_its_fleet_has_room_for_it(prod: Deployment) -> None:
    (config,) = prod.all("AWS::SageMaker::EndpointConfig")
    (fleet,) = config.properties["ProductionVariants"]
    most = fleet["ManagedInstanceScaling"]["MaxInstanceCount"]
    assert most >= prod.stage.endpoint.max_copies + 1


def test_it_is_switched_with_the_live_one_by_its_exact_name(prod: Deployment) -> None:
    told = variables(prod.function("endpoint_breaker"))
    assert told["CAPACITY_CANDIDATE"] == NAME == flat(prod.outputs()["CandidateComponent"])
    for action in ("DescribeInferenceComponent", "UpdateInferenceComponentRuntimeConfig"):
        (statement,) = granted(prod, "breaker", f"sagemaker:{action}")
        assert sorted(flat(resource).rpartition("/")[2] for resource in statement["Resource"]) == [
            "attendant-prod",
            NAME,
        ]


def test_no_machine_of_ec2_runs_two_versions(prod_ec2: Deployment) -> None:
    assert "CandidateComponent" not in prod_ec2.outputs()
    template = json.loads((prod_ec2.folder / "attendant-prod-endpoint.template.json").read_text())
    assert not [name for name in template["Parameters"] if name.startswith("Candidate")]
