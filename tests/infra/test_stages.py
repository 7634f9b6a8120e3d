"""A stage is named aloud, and its external model too."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from infra.model_endpoints import ExternalEndpoint, SageMakerEndpoint, StageError
from infra.nag_report import SOME_SITE
from infra.stage_context import pick_stage
from infra.stages import ENDPOINTS
from tests.infra.conftest import Deployment, variables

ROOT = Path(__file__).resolve().parents[2]


def pick(**context: str):
    return pick_stage({**SOME_SITE, **context}.get)


@pytest.mark.parametrize("context", [{}, {"stage": ""}, {"stage": "production"}])
def test_without_a_known_stage_the_way_out_is_said(context: dict[str, str]) -> None:
    with pytest.raises(StageError, match=r"stage=local\|dev\|prod"):
        pick(**context)


def test_the_app_says_it_in_one_line() -> None:
    result = subprocess.run([sys.executable, "app.py"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert result.returncode == 1
    assert "stage=local|dev|prod" in result.stderr
    assert "Traceback" not in result.stderr


def test_local_takes_the_models_address_and_name_from_the_context() -> None:
    endpoint = pick(stage="local", model_url="http://127.0.0.1:1", model_name="tiny").endpoint
    assert isinstance(endpoint, ExternalEndpoint)
    assert (endpoint.url, endpoint.model_name) == ("http://127.0.0.1:1", "tiny")


def test_a_server_that_is_not_ours_says_what_it_takes_at_once_and_has_no_switch() -> None:
    ours = pick(stage="local").endpoint
    foreign = pick(stage="local", model_url="http://127.0.0.1:1", model_slots="8", capacity_path="").endpoint

    assert (ours.model_slots, ours.capacity_path) == (1, "/capacity")
    assert (foreign.model_slots, foreign.capacity_path) == (8, None)
    for none in ("0", "-1", "many"):
        with pytest.raises(StageError, match="model_slots"):
            pick(stage="local", model_slots=none)


def test_dev_cannot_guess_the_models_address() -> None:
    with pytest.raises(StageError, match="model_url"):
        pick(stage="dev")
    assert pick(stage="dev", model_url="https://model.example").endpoint.secret is True


def test_the_address_of_the_site_and_of_the_sender_are_the_contexts() -> None:
    assert pick(stage="prod").site_url == f"https://{SOME_SITE['domain']}"
    assert pick(stage="local", site_url="http://127.0.0.1:9080").site_url == "http://127.0.0.1:9080"
    assert pick(stage="prod", sender="salon@example.ru").verified_sender == "salon@example.ru"
    assert pick(stage="prod", sender="").verified_sender is None
    with pytest.raises(StageError, match="-c sender="):
        pick(stage="prod", sender="example.ru")


def test_the_owners_other_sites_may_call_the_api() -> None:
    own = f"https://{SOME_SITE['domain']}"
    assert pick(stage="prod").site_origins == (own,)
    named = pick(stage="prod", sites="https://salon.ru, https://www.salon.ru:8443").site_origins
    assert named == (own, "https://salon.ru", "https://www.salon.ru:8443")
    assert "http://127.0.0.1:5173" in pick(stage="local", sites="http://127.0.0.1:5173").site_origins
    for wrong in ("salon.ru", "https://salon.ru/", "https://salon.ru/page", "http://salon.ru", "*"):
        with pytest.raises(StageError, match="-c sites="):
            pick(stage="prod", sites=wrong)


def test_prod_runs_its_own_endpoint_and_lets_nobody_redirect_it() -> None:
    assert isinstance(pick(stage="prod").endpoint, SageMakerEndpoint)
    with pytest.raises(StageError, match="model_url"):
        pick(stage="prod", model_url="https://elsewhere.example")


@pytest.mark.parametrize("stage", ["dev", "prod"])
@pytest.mark.parametrize(
    "missing", [{"domain": ""}, {"certificate": ""}, {"certificate": "arn:aws:acm:eu-west-1:1"}]
)
def test_a_public_stage_needs_its_name_and_certificate(stage: str, missing: dict[str, str]) -> None:
    with pytest.raises(StageError, match="certificate"):
        pick(stage=stage, **missing, **({"model_url": "https://model.example"} if stage == "dev" else {}))


@pytest.mark.parametrize("kind", ["sagemaker", "ec2", "external"])
def test_every_stage_takes_every_kind_of_endpoint(kind: str) -> None:
    model = {"model_url": "https://model.example"} if kind == "external" else {}
    kinds = {type(pick(stage=stage, endpoint=kind, **model).endpoint) for stage in ("local", "dev", "prod")}
    assert kinds == {type(ENDPOINTS[kind])}


def test_dev_keeps_the_models_key_in_a_secret_that_answering_alone_may_read(dev: Deployment) -> None:
    assert {"MODEL_URL", "MODEL_SECRET_ARN"} <= set(variables(dev.function("answer", "salon")))
    secret = variables(dev.function("answer", "salon"))["MODEL_SECRET_ARN"]["Fn::ImportValue"]
    readers = {p.name for p in dev.all("AWS::IAM::Policy") if secret in str(p.properties["PolicyDocument"])}
    assert len(readers) == 2
    assert all("Answer" in name for name in readers)
