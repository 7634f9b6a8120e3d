"""`attendant capacity`: what GPUs can do with a model, as a table on the terminal and as JSON.

Knows words, columns and units. Refuses to compute what `core.capacity` does not say.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Any

from rich.table import Table

from cli.failures import CommandFailed
from core.capacity import Burst, Capacity, EngineSettings, Load, capacity, gpu, model, quantisation
from core.capacity.burst import expected_pace
from core.capacity.figures import figures
from core.capacity.memory import GIB
from core.errors import FigureUnknown

ALL = "all"
KIB = 1024
COMPUTED = "Computed from data sheets and shapes, not measured: the roofline is what no engine can pass."


def capacities(
    *,
    gpu_name: str,
    model_name: str,
    quantisation_name: str,
    context_tokens: int,
    dialogues: int,
    adapters: int = 0,
) -> list[Capacity]:
    """Of one GPU, or of all of them. Raises CommandFailed."""
    try:
        cards = list(figures().gpus.values()) if gpu_name == ALL else [gpu(gpu_name)]
        shape, quantised = model(model_name), quantisation(quantisation_name)
    except FigureUnknown as unknown:
        raise CommandFailed(str(unknown), exit_code=2) from unknown
    load, settings = Load(dialogues=dialogues), EngineSettings(adapters=adapters)
    return [
        capacity(shape, quantised, card, context_tokens=context_tokens, load=load, settings=settings)
        for card in cards
    ]


def as_json(of: Capacity) -> dict[str, Any]:
    """Everything, with the unit in each name and the sources of the figures."""
    return {
        "measured": False,
        "model": of.model.name,
        "quantisation": of.quantisation.name,
        "gpu": of.gpu.name,
        "instances": list(of.gpu.instances),
        "context_tokens": of.context_tokens,
        "load": asdict(of.load),
        "engine": asdict(of.settings),
        "obstacle": of.obstacle,
        "weights_bytes": round(of.memory.weights),
        "adapters_bytes": round(of.memory.adapters),
        "overhead_bytes": round(of.memory.overhead),
        "kv_bytes": round(of.memory.kv),
        "kv_bytes_per_token": of.memory.kv_per_token,
        "kv_tokens": of.memory.kv_tokens,
        "dialogues_that_fit": of.fitting,
        "dialogues_in_time": of.timely,
        "slots": of.slots,
        "roofline_tokens_per_second": {
            "one_dialogue": round(of.one_tokens_per_second, 1),
            "all_dialogues": round(of.all_tokens_per_second, 1),
            "prompts": round(of.prefill_tokens_per_second, 1),
        },
        "burst_at_the_roofline": _burst(of.ceiling),
        "burst_expected": _burst(of.expected),
        "expected_shares": asdict(expected_pace(of.quantisation)),
        "sources": {"model": of.model.source, "quantisation": of.quantisation.source, "gpu": of.gpu.source},
    }


def _burst(burst: Burst | None) -> dict[str, Any]:
    return {"seconds": round(burst.seconds, 2), "in_time": burst.in_time} if burst else {}


def as_table(found: Sequence[Capacity]) -> Table:
    """A column for each GPU."""
    table = Table(box=None, pad_edge=False)
    table.add_column("")
    for of in found:
        table.add_column(of.gpu.name, justify="right")
    for what, *cells in zip(*map(_cells, found), strict=True):
        table.add_row(what[0], *(cell for _, cell in (what, *cells)))
    return table


def title(found: Sequence[Capacity]) -> str:
    of = found[0]
    return (
        f"{of.model.name} as {of.quantisation.name}, {of.model.parameters / 1e9:.2f} billion parameters, "
        f"dialogues of {of.context_tokens:,} tokens"
    )


def _cells(of: Capacity) -> Iterator[tuple[str, str]]:
    load, keeps = of.load, of.memory
    yield "GPU memory, GiB", f"{of.gpu.memory_gib:.2f}"
    yield "  weights", f"{keeps.weights / GIB:.2f}"
    if of.settings.adapters:
        held = f"  {of.settings.adapters} adapters of rank {of.settings.adapter_rank}"
        yield held, f"{keeps.adapters / GIB:.2f}"
    yield "  the engine's own (assumed)", f"{keeps.overhead / GIB:.2f}"
    yield "  left for keys and values", f"{keeps.kv / GIB:.2f}"
    yield "keys and values of a token, KiB", f"{keeps.kv_per_token / KIB:.0f}"
    yield f"dialogues that fit, {load.shared_tokens} tokens shared", str(of.fitting)
    yield f"answered within {load.deadline_seconds:g} s at once (expected)", str(of.timely)
    yield "slots: the fewer of the two", str(of.slots)
    yield "roofline, tok/s: one dialogue", f"{of.one_tokens_per_second:,.0f}"
    yield f"  {load.dialogues} dialogues together", f"{of.all_tokens_per_second:,.0f}"
    yield "  reading prompts", f"{of.prefill_tokens_per_second:,.0f}"
    yield f"{load.dialogues} answers of {load.answer_tokens} tokens, s: roofline", _seconds(of.ceiling)
    yield "  expected", _seconds(of.expected)
    yield (
        f"  of them within {load.deadline_seconds:g} s (expected)",
        str(of.expected.in_time if of.expected else 0),
    )


def _seconds(burst: Burst | None) -> str:
    return f"{burst.seconds:.1f}" if burst else "never"


def notes(found: Sequence[Capacity]) -> Iterator[str]:
    """Below the table: what does not fit and why, what is assumed, and that nothing is measured."""
    for of in found:
        if of.obstacle:
            yield f"Not on {of.gpu.name}: {of.obstacle}."
    pace = expected_pace(found[0].quantisation)
    yield (
        f"Expected: {pace.prefill:.0%} of the roofline reading prompts, {pace.alone:.0%} decoding one "
        f"dialogue, {pace.busy:.0%} with 64 in flight, as seen elsewhere (core/capacity/figures.toml)."
    )
    yield COMPUTED
