"""Memory, roofline and burst: by hand, beside what others found, and whatever the figures are."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.capacity import EngineSettings, Load, capacity, gpu, model, quantisation
from core.capacity.burst import ROOFLINE, burst, expected_pace, slots_in_time, wave_seconds
from core.capacity.figures import figures
from core.capacity.memory import GIB, adapter_bytes, kv_bytes_per_token, memory
from core.capacity.roofline import Roofline

QWEN, AWQ, T4 = model("qwen2.5-7b-instruct"), quantisation("awq"), gpu("t4")
MODELS = st.sampled_from(list(figures().models.values()))
QUANTISATIONS = st.sampled_from(list(figures().quantisations.values()))
GPUS = st.sampled_from(list(figures().gpus.values()))


def roofline(shape=QWEN, quantised=AWQ, card=T4, settings=None):
    return Roofline(model=shape, quantisation=quantised, gpu=card, settings=settings or EngineSettings())


LINES = st.builds(roofline, MODELS, QUANTISATIONS, GPUS)


# By hand


def test_keys_and_values_of_a_token_by_hand():
    assert kv_bytes_per_token(QWEN) == 2 * 28 * 4 * 128 * 2 == 57_344
    assert kv_bytes_per_token(QWEN, 8) == 28_672
    assert kv_bytes_per_token(model("llama-3.1-8b-instruct")) == 131_072


def test_an_adapter_by_hand():
    attention = (3584 + 3584) + 2 * (3584 + 512) + (3584 + 3584)
    net = 3 * (3584 + 18944)
    assert adapter_bytes(QWEN, 16) == 28 * (attention + net) * 16 * 2


def test_the_memory_of_a_t4_by_hand():
    of = memory(QWEN, AWQ, T4, EngineSettings(batch_tokens=2048, sequences=50))
    activations = 2048 * (3 * 18_944 + 2 * 3584) * 2 + 2 * 50 * 152_064 * 4
    assert of.overhead == GIB + activations
    assert of.kv == pytest.approx(14.58 * GIB * 0.9 - of.weights - of.overhead)
    assert of.kv_tokens == 16 * int(of.kv / 57_344 / 16) == 124_208


def test_the_shared_prompt_is_paid_once():
    of = memory(QWEN, AWQ, T4, EngineSettings())
    blocks = of.kv_tokens // 16
    assert of.dialogues(context_tokens=2048, shared_tokens=0) == blocks // 128
    assert of.dialogues(context_tokens=2048, shared_tokens=1024) == (blocks - 64) // 64
    assert of.dialogues(context_tokens=2048, shared_tokens=1039) == (blocks - 64) // 64, "whole blocks alone"


def test_a_step_by_hand():
    read, kept = AWQ.read_bytes(QWEN), 50 * 1000 * 57_344
    step = roofline().decode_step_seconds(batch=50, context_tokens=1000)
    assert step == pytest.approx((read + kept) / 320e9)
    flops = 512 * (2 * 7_070_619_136 + 4 * 28 * 28 * 128 * 10)
    assert roofline().decode_step_seconds(batch=512, context_tokens=10) == pytest.approx(flops / 65e12)
    assert roofline().prefill_seconds(tokens=512, context_tokens=10) == pytest.approx(flops / 65e12)


# Beside what others found


@pytest.mark.parametrize(
    ("name", "quantised", "found"),
    [
        ("t4", "awq", 74),
        ("l4", "awq", 70),
        ("a10g", "awq", 140),
        ("h100", "awq", 779),
        ("h200", "awq", 1116),
        ("t4", "fp16", 21),
        ("h100", "bf16", 220),
    ],
)
def test_one_dialogue_is_as_fast_as_the_plain_division_says(name, quantised, found):
    """That divided bandwidth by 4.3 GB, and by all 15.2 GB of 16 bits: within 8 % of reading exactly."""
    speed = roofline(quantised=quantisation(quantised), card=gpu(name)).decode_tokens_per_second()
    assert speed == pytest.approx(found, rel=0.08)


def test_fifty_dialogues_on_a_t4():
    """About 2,940 tok/s at batch 50, short dialogues."""
    assert roofline().decode_tokens_per_second(batch=50, context_tokens=350) == pytest.approx(2940, rel=0.02)


@pytest.mark.parametrize(("own_tokens", "needed"), [(50, 750), (200, 1541)])
def test_what_fifty_answers_within_ten_seconds_ask_of_a_t4(own_tokens, needed):
    """750 tok/s with the shared prefix cached, 1,541 with 200 tokens uncached; 0.4 of the arithmetic."""
    reading = roofline().prefill_seconds(tokens=50 * own_tokens, context_tokens=own_tokens / 2)
    assert 50 * 128 / (10 - reading / expected_pace(AWQ).prefill) == pytest.approx(needed, rel=0.1)


@pytest.mark.parametrize(("quantised", "seen"), [("awq", 976), ("fp16", 831)])
def test_the_expected_pace_is_what_was_seen_on_an_l4_with_64_in_flight(quantised, seen):
    of = roofline(quantised=quantisation(quantised), card=gpu("l4"))
    share = expected_pace(quantisation(quantised)).decode(64)
    assert share * of.decode_tokens_per_second(batch=64, context_tokens=400) == pytest.approx(seen, rel=0.1)


def test_a_seven_billion_model_fits_a_t4_in_four_bits_alone():
    fits = {
        name: capacity(QWEN, quantisation(name), T4, context_tokens=2048).obstacle is None
        for name in figures().quantisations
    }
    assert fits == {
        "fp16": False,
        "bf16": False,
        "awq": True,
        "gptq": True,
        "fp8": False,
        "q4_k_m": True,
        "q8_0": True,
    }


# Edges


def test_it_fits_up_to_the_last_token_and_not_beyond():
    tokens = memory(QWEN, AWQ, T4, EngineSettings()).kv_tokens
    roomy = QWEN.model_copy(update={"context_tokens": 10**6})
    assert capacity(roomy, AWQ, T4, context_tokens=tokens, load=Load(shared_tokens=0)).fitting == 1
    over = capacity(roomy, AWQ, T4, context_tokens=tokens + 1)
    assert over.fitting == over.slots == 0
    assert over.expected is over.ceiling is None
    assert "GiB" in str(over.obstacle)


def test_a_context_beyond_the_models_own_is_an_obstacle():
    assert "32768" in str(capacity(QWEN, AWQ, gpu("h100"), context_tokens=32_769).obstacle)


def test_a_load_beyond_the_context_is_an_obstacle():
    load = Load(shared_tokens=750, own_tokens=50, answer_tokens=128)
    assert capacity(QWEN, AWQ, T4, context_tokens=928, load=load).obstacle is None
    assert "928" in str(capacity(QWEN, AWQ, T4, context_tokens=927, load=load).obstacle)


def test_slots_are_the_fewer_of_memory_and_time():
    long = capacity(QWEN, AWQ, T4, context_tokens=4096)
    short = capacity(QWEN, AWQ, T4, context_tokens=2048)
    assert long.slots == long.fitting < long.timely
    assert short.slots == short.timely < short.fitting
    assert short.expected is not None
    assert short.expected.in_time == short.timely


def test_waves_end_one_after_another():
    load = Load(dialogues=50)
    wave, last = (wave_seconds(roofline(), load, slots, ROOFLINE) for slots in (20, 10))
    of = burst(roofline(), load, 20, ROOFLINE)
    assert of.seconds == pytest.approx(2 * wave + last)
    for deadline, in_time in ((0.9 * wave, 0), (wave, 20), (2.1 * wave, 40), (of.seconds, 50)):
        assert burst(roofline(), replace(load, deadline_seconds=deadline), 20, ROOFLINE).in_time == in_time


# Whatever the figures are


@given(LINES, st.floats(1.01, 10), st.integers(1, 64), st.integers(0, 8192))
def test_more_bandwidth_is_never_slower_nor_more_than_so_much_faster(line, factor, batch, context):
    wider = line.gpu.model_copy(update={"bandwidth_gb_s": line.gpu.bandwidth_gb_s * factor})
    slow, fast = (
        each.decode_tokens_per_second(batch=batch, context_tokens=context)
        for each in (line, replace(line, gpu=wider))
    )
    assert slow <= fast <= slow * factor * 1.000001


@given(MODELS, QUANTISATIONS, QUANTISATIONS, GPUS)
def test_fewer_bits_take_less_memory_and_less_time(shape, one, other, card):
    less, more = sorted((one, other), key=lambda each: each.weights_bytes(shape))
    settings = EngineSettings()
    assert memory(shape, less, card, settings).kv_tokens >= memory(shape, more, card, settings).kv_tokens
    read = sorted((one, other), key=lambda each: each.read_bytes(shape))
    speeds = [roofline(shape, each, card).decode_tokens_per_second() for each in read]
    assert speeds[0] >= speeds[1]


@given(LINES, st.integers(16, 8000), st.integers(1, 192), st.integers(0, 4000))
def test_longer_dialogues_are_never_more_nor_faster(line, context, longer, shared):
    of = memory(line.model, line.quantisation, line.gpu, line.settings)
    counts = [
        of.dialogues(context_tokens=context + more, shared_tokens=min(shared, context))
        for more in (0, longer)
    ]
    assert counts[0] >= counts[1]
    assert line.decode_step_seconds(batch=8, context_tokens=context) < line.decode_step_seconds(
        batch=8, context_tokens=context + longer
    )


@given(MODELS, QUANTISATIONS, GPUS, st.integers(1, 63))
def test_one_more_dialogue_at_once_never_ends_sooner(shape, quantised, card, batch):
    line, load = roofline(shape, quantised, card), Load()
    for pace in (ROOFLINE, expected_pace(quantised)):
        assert wave_seconds(line, load, batch, pace) <= wave_seconds(line, load, batch + 1, pace)
    assert slots_in_time(line, load, expected_pace(quantised)) <= slots_in_time(line, load, ROOFLINE)


@given(MODELS, QUANTISATIONS, GPUS, st.integers(64, 9000), st.integers(1, 60))
def test_what_is_expected_never_beats_the_ceiling_and_what_is_promised_fits(
    shape, quantised, card, context, dialogues
):
    of = capacity(shape, quantised, card, context_tokens=context, load=Load(dialogues=dialogues))
    assert (of.obstacle is None) == (of.fitting > 0)
    assert of.slots <= dialogues
    if of.expected:
        assert of.ceiling is not None
        assert of.ceiling.seconds <= of.expected.seconds
        assert of.slots <= of.expected.in_time <= dialogues
