"""An assistant's LoRA adapter, from its manifest to the container, the rights and its function."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from core.capacity.memory import adapter_bytes
from core.errors import ManifestError
from core.spec import AssistantSpec, read_spec
from inference_container.__main__ import read_settings
from inference_container.engines.vllm_profiles import vllm_profiles
from inference_container.settings import ADAPTER_FILES
from infra.endpoint.container import container_environment, weight_keys
from infra.model_endpoints import EC2, SAGEMAKER, GpuEndpoint, StageError, model_of, with_adapters
from infra.nag_report import SOME_SITE
from infra.stage_context import pick_stage
from infra.stages import LOCAL
from tests.infra.conftest import first_deployed, synthesise, variables
from tests.infra.granted import granted
from tests.infra.test_functions import flat

Assistants = tuple[AssistantSpec, ...]


@pytest.fixture(scope="module")
def adapted(assistants: Assistants) -> Assistants:
    """The second of the two has an adapter."""
    first, second = assistants
    generation = second.generation.model_copy(update={"adapter": "salon-lora"})
    return first, second.model_copy(update={"generation": generation})


@pytest.mark.parametrize("endpoint", [SAGEMAKER, EC2], ids=lambda endpoint: endpoint.instance_type)
def test_the_container_is_told_and_may_read_it(endpoint: GpuEndpoint, adapted: Assistants) -> None:
    found = with_adapters(endpoint, adapted)
    assert isinstance(found, GpuEndpoint)
    digest = "0" * 64
    served = read_settings([], container_environment(replace(found, manifest_sha256=digest)))
    assert served.adapters == ("salon-lora",)
    folder = f"{endpoint.weights}{endpoint.model_name}/adapters/salon-lora"
    keys = set(weight_keys(found)) - set(weight_keys(endpoint))
    assert keys == {f"{folder}/{file}" for file in ADAPTER_FILES["vllm"]}


def test_its_memory_is_taken_from_the_dialogues(adapted: Assistants) -> None:
    found = with_adapters(SAGEMAKER, adapted)
    assert isinstance(found, GpuEndpoint)
    rank = vllm_profiles().adapters["max_lora_rank"]
    one = adapter_bytes(found.capacity.model, int(rank))
    assert found.capacity.memory.adapters == one > 0
    assert found.capacity.memory.kv == SAGEMAKER.capacity.memory.kv - one


def test_more_of_them_than_fit_are_refused(adapted: Assistants) -> None:
    (_, salon) = adapted
    many = tuple(
        salon.model_copy(update={"generation": salon.generation.model_copy(update={"adapter": f"a{n}"})})
        for n in range(500)
    )
    with pytest.raises(StageError, match="cannot serve"):
        with_adapters(SAGEMAKER, many)


def test_a_server_of_somebody_elses_is_asked_for_its_model(adapted: Assistants) -> None:
    assert with_adapters(LOCAL.endpoint, adapted) is LOCAL.endpoint
    assert [model_of(LOCAL.endpoint, spec) for spec in adapted] == [LOCAL.endpoint.model_name] * 2


def test_each_function_asks_for_its_own(adapted: Assistants, tmp_path: Path) -> None:
    stage = pick_stage({"stage": "prod", **SOME_SITE}.get)
    prod = synthesise(stage, adapted, tmp_path)
    assert variables(prod.function("answer", "salon"))["MODEL_NAME"] == "salon-lora"
    assert variables(prod.function("answer", "night_desk"))["MODEL_NAME"] == SAGEMAKER.model_name
    templates = {name: first_deployed(template) for name, template in prod.templates.items()}
    (model,) = (
        resource["Properties"]
        for resource in templates["endpoint"]["Resources"].values()
        if resource["Type"] == "AWS::SageMaker::Model"
    )
    assert model["PrimaryContainer"]["Environment"]["INFERENCE_ADAPTERS"] == "salon-lora"
    read = [flat(key) for each in granted(prod, "endpoint", "s3:GetObject") for key in each["Resource"]]
    assert len([key for key in read if "/adapters/salon-lora/" in key]) == len(ADAPTER_FILES["vllm"])


@pytest.mark.parametrize("name", ["../x", "A", "", "a/b", "a,b"])
def test_a_name_that_cannot_be_one_is_refused(assistants: Assistants, tmp_path: Path, name: str) -> None:
    folder = tmp_path / "salon"
    folder.mkdir()
    text = (assistants[1].folder / "assistant.toml").read_text(encoding="utf-8")
    (folder / "assistant.toml").write_text(f'{text}\n[generation]\nadapter = "{name}"\n')
    with pytest.raises(ManifestError, match="adapter"):
        read_spec(folder)
