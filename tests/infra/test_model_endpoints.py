"""What an endpoint of our own carries is computed, and a model that its GPU cannot serve is refused."""

from __future__ import annotations

from dataclasses import replace

import pytest

from core.capacity.figures import figures
from inference_container.engines.vllm_profiles import vllm_profiles
from inference_container.settings import ServerSettings
from inference_container.weights import Catalogue
from infra import stage_context
from infra.endpoint.container import container_environment
from infra.model_endpoints import EC2, SAGEMAKER, GpuEndpoint, StageError
from infra.nag_report import SOME_SITE
from infra.stage_context import pick_stage
from infra.stages import PROD
from tests.infra.conftest import Deployment, variables


@pytest.mark.parametrize("endpoint", [SAGEMAKER, EC2], ids=lambda endpoint: endpoint.instance_type)
def test_prod_takes_as_many_answers_at_once_as_capacity_says(endpoint: GpuEndpoint) -> None:
    found = endpoint.capacity
    assert endpoint.model_slots == min(found.fitting, found.timely) > 1
    assert found.context_tokens == endpoint.context_tokens
    assert found.settings.memory_share == vllm_profiles().common["gpu_memory_utilization"]
    assert found.settings.batch_tokens == vllm_profiles().common["max_num_batched_tokens"]


def test_the_container_and_the_functions_are_told_the_same(prod: Deployment) -> None:
    told = container_environment(SAGEMAKER)
    served = ServerSettings(
        engine=told["INFERENCE_ENGINE"],
        gpu=told["INFERENCE_GPU"],
        parallel=told["INFERENCE_PARALLEL"],
        context_tokens=told["INFERENCE_CONTEXT"],
    )
    assert (served.engine, served.gpu, served.context_tokens) == ("vllm", "t4", SAGEMAKER.context_tokens)
    answer = variables(prod.function("answer", "salon"))
    assert int(answer["MODEL_SLOTS"]) == served.parallel == SAGEMAKER.model_slots


@pytest.mark.parametrize(
    ("changed", "because"),
    [
        ({"context_tokens": 32_768 * 4}, "32768 tokens"),
        ({"model_name": "qwen2.5-coder-0.5b-instruct"}, "no shape"),
        ({"model_name": "gpt-5"}, "no model gpt-5"),
        ({"instance_type": "ml.c5.large"}, "no GPU of ml.c5.large"),
        ({"instance_type": "p5.4xlarge"}, "no profile of NVIDIA H100"),
    ],
)
def test_synth_refuses_what_cannot_be_served(
    changed: dict, because: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage = replace(PROD, endpoint=replace(SAGEMAKER, **changed))
    monkeypatch.setitem(stage_context.STAGES, "prod", stage)
    with pytest.raises(StageError, match=because):
        pick_stage({"stage": "prod", **SOME_SITE}.get)


@pytest.mark.parametrize(
    ("shape", "quantised", "fits"),
    [
        ("qwen2.5-7b-instruct", "awq", {"t4", "a10g", "l4"}),
        ("qwen2.5-7b-instruct", "fp16", {"a10g", "l4"}),
        ("qwen2.5-14b-instruct", "awq", {"t4", "a10g", "l4"}),
        ("qwen2.5-14b-instruct", "fp16", set()),
        ("t-pro-it-1.0", "awq", {"a10g"}),  # one dialogue: memory for two, and the L4 is too slow
        ("llama-3.1-8b-instruct", "fp8", {"l4"}),
    ],
)
def test_a_model_fits_some_gpus_and_is_refused_on_the_others(
    shape: str, quantised: str, fits: set[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    entry = {"shape": shape, "quantisation": quantised}
    monkeypatch.setattr("infra.model_endpoints.catalogue_entry", lambda _: entry)
    for name in vllm_profiles().gpus:
        endpoint = replace(
            SAGEMAKER,
            instance_type=f"ml.{figures().gpus[name].instances[1]}",
            model_name=f"{shape}-{quantised}",  # of its own: what was computed is kept by name
            context_tokens=2048,
        )
        if name in fits:
            assert endpoint.checked().gpu == name
            assert endpoint.model_slots > 0
        else:
            with pytest.raises(StageError, match=endpoint.model_name):
                endpoint.checked()


def test_the_catalogue_names_figures_that_exist() -> None:
    catalogue = Catalogue.read()
    for entry in map(catalogue.get, catalogue.ids()):
        assert (entry.shape is None) == (entry.quantisation is None)
        if entry.shape:
            assert entry.shape in figures().models
            assert entry.quantisation in figures().quantisations
