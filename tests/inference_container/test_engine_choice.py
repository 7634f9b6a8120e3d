"""Which engine serves on a CPU, and that no other is imported."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from inference_container.__main__ import read_settings
from inference_container.engines.choice import OPENVINO_READS, cpu_engine
from inference_container.weights import Catalogue

QWEN = "qwen2.5-coder-1.5b-instruct-q4_k_m.gguf"


@pytest.mark.parametrize(
    ("file_name", "engine"),
    [
        (QWEN, "openvino"),
        ("Model.Q4_K_M.gguf", "openvino"),
        ("smollm2-135m-instruct-q4_1.gguf", "openvino"),
        ("qwen2.5-coder-0.5b-instruct-q5_0.gguf", "llama_cpp"),
        ("of-unknown-make.gguf", "llama_cpp"),
    ],
)
def test_the_rule(file_name: str, engine: str) -> None:
    assert cpu_engine(file_name=file_name) == engine


def test_adapters_are_for_llama_cpp() -> None:
    assert cpu_engine(file_name=QWEN, has_adapters=True) == "llama_cpp"
    told = ["--adapters", "salon", "--manifest-sha256", "0" * 64]
    assert read_settings(told, {}).engine == "auto"


def test_it_is_the_default_and_explicit_names_win() -> None:
    assert read_settings([], {}).engine == "auto"
    assert read_settings([], {"INFERENCE_ENGINE": "openvino"}).engine == "openvino"


def test_the_catalogues_chat_models_that_it_can_read() -> None:
    files = [Catalogue.read().get(name).files[0].name for name in Catalogue.read().ids()]
    readable = {name for name in files if name.removesuffix(".gguf").endswith(OPENVINO_READS)}
    assert readable == {QWEN, "smollm2-135m-instruct-q4_1.gguf"}


def test_neither_engine_is_imported_before_it_is_chosen() -> None:
    code = (
        "import sys, inference_container.__main__, inference_container.engines.openvino\n"
        "print({'openvino', 'openvino_genai', 'xllamacpp'} & set(sys.modules))"
    )
    root = Path(__file__).parents[2]
    done = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"
