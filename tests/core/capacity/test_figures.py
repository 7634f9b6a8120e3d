"""The table of models, quantisations and GPUs agrees with what is published of them."""

from __future__ import annotations

import pytest

from core.capacity.figures import figures, gpu, gpu_of_instance, model, quantisation
from core.errors import FigureUnknown
from inference_container.weights import Catalogue

GIGABYTE = 1e9
ENTRIES = [
    entry
    for entries in (figures().models, figures().quantisations, figures().gpus)
    for entry in entries.values()
]


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.name)
def test_every_figure_has_a_source(entry):
    assert len(entry.source) > 10


@pytest.mark.parametrize(
    ("name", "parameters"),
    [
        ("qwen2.5-7b-instruct", 7_615_616_512),
        ("qwen2.5-14b-instruct", 14_770_033_664),
        ("t-pro-it-1.0", 32_763_876_352),
        ("mistral-7b-instruct-v0.3", 7_248_023_552),
        ("llama-3.1-8b-instruct", 8_030_261_248),
        ("qwen2.5-coder-1.5b-instruct", 1_543_714_304),
        ("qwen2.5-coder-0.5b-instruct", 494_032_768),
        ("smollm2-135m-instruct", 134_515_008),
    ],
)
def test_parameters_follow_from_the_shape_as_published(name, parameters):
    assert model(name).parameters == parameters


@pytest.mark.parametrize(
    ("name", "quantised", "file_gigabytes"),
    [  # sizes of the published files
        ("qwen2.5-7b-instruct", "bf16", 15.23),
        ("qwen2.5-7b-instruct", "awq", 5.57),
        ("qwen2.5-7b-instruct", "q4_k_m", 4.68),
        ("qwen2.5-7b-instruct", "q8_0", 8.10),
        ("llama-3.1-8b-instruct", "q4_k_m", 4.92),
        ("mistral-7b-instruct-v0.3", "q4_k_m", 4.37),
    ],
)
def test_weights_are_as_big_as_their_files(name, quantised, file_gigabytes):
    weights = quantisation(quantised).weights_bytes(model(name))
    assert weights / GIGABYTE == pytest.approx(file_gigabytes, rel=0.005)


def test_awq_by_hand():
    qwen = model("qwen2.5-7b-instruct")
    layers, table = 6_525_621_760, 152_064 * 3584
    assert qwen.layer_parameters == layers
    assert quantisation("awq").weights_bytes(qwen) == layers * (4 + (16 + 4) / 128) / 8 + 2 * table * 2
    assert quantisation("awq").read_bytes(qwen) == quantisation("awq").weights_bytes(qwen) - table * 2


def test_a_tied_head_lies_in_memory_once_and_is_read():
    tied = model("smollm2-135m-instruct")
    assert quantisation("fp16").weights_bytes(tied) == 2 * 134_515_008
    assert quantisation("fp16").read_bytes(tied) == 2 * 134_515_008


def test_every_chat_model_of_the_catalogue_has_a_shape_and_no_more_context_than_it():
    catalogue = Catalogue.read()
    for entry in map(catalogue.get, catalogue.ids()):
        if entry.kind == "chat":
            assert entry.context_tokens <= model(entry.shape or entry.id).context_tokens


def test_older_gpus_compute_with_less():
    assert [name for name in figures().quantisations if not gpu("t4").computes(quantisation(name))] == [
        "bf16",
        "fp8",
    ]
    assert not gpu("a10g").computes(quantisation("fp8"))
    assert gpu("l4").computes(quantisation("fp8"))


@pytest.mark.parametrize(
    ("instance_type", "name"),
    [("ml.g4dn.2xlarge", "t4"), ("g4dn.2xlarge", "t4"), ("g5.xlarge", "a10g"), ("ml.g6.4xlarge", "l4")],
)
def test_an_instance_type_names_its_gpu(instance_type, name):
    assert gpu_of_instance(instance_type).name == name


def test_what_is_not_in_the_table_is_said_with_what_is():
    for find, unknown, known in (
        (model, "gpt-5", "qwen2.5-7b-instruct"),
        (quantisation, "int3", "awq"),
        (gpu, "v100", "a10g"),
        (gpu_of_instance, "c5.large", "g4dn.2xlarge"),
    ):
        with pytest.raises(FigureUnknown, match=unknown) as raised:
            find(unknown)
        assert known in str(raised.value)
