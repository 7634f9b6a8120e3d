"""Capacity: for model x quantisation x GPU, how many dialogues fit and how fast they can be. Computed.

Knows how the parts come together in one answer. `figures.py` has the data, `memory.py` what fits,
`roofline.py` the ceiling, `burst.py` what to expect below it. Refuses to know clouds and engines' options.
"""

from __future__ import annotations

from dataclasses import dataclass

from core.capacity.burst import ROOFLINE, Burst, Load, Pace, burst, expected_pace, slots_in_time
from core.capacity.figures import Gpu, ModelShape, Quantisation, gpu, gpu_of_instance, model, quantisation
from core.capacity.memory import GIB, EngineSettings, Memory, memory
from core.capacity.roofline import Roofline

__all__ = [
    "Burst",
    "Capacity",
    "EngineSettings",
    "Gpu",
    "Load",
    "ModelShape",
    "Quantisation",
    "capacity",
    "gpu",
    "gpu_of_instance",
    "model",
    "quantisation",
]


@dataclass(frozen=True, kw_only=True)
class Capacity:
    """The whole answer. Tokens per second are the roofline's: for one dialogue, for the load's, for prompts.

    `obstacle` says why it cannot be served at all, None where it can. `fitting` dialogues of the context have
    memory, `timely` of them get their answers in time at the pace that is expected. `ceiling` and `expected`
    are the load at the roofline and at that pace, None where not even one answer comes.
    """

    model: ModelShape
    quantisation: Quantisation
    gpu: Gpu
    settings: EngineSettings
    load: Load
    context_tokens: int
    obstacle: str | None
    memory: Memory
    fitting: int
    timely: int
    one_tokens_per_second: float
    all_tokens_per_second: float
    prefill_tokens_per_second: float
    ceiling: Burst | None
    expected: Burst | None

    @property
    def slots(self) -> int:
        """How many answers at once are worth generating."""
        return min(self.fitting, self.timely)


def capacity(
    model: ModelShape,
    quantisation: Quantisation,
    gpu: Gpu,
    *,
    context_tokens: int,
    load: Load | None = None,
    settings: EngineSettings | None = None,
) -> Capacity:
    """What the GPU can do with the model. `context_tokens` is the longest dialogue, answer included."""
    load, settings = load or Load(), settings or EngineSettings()
    roofline = Roofline(model=model, quantisation=quantisation, gpu=gpu, settings=settings)
    of = memory(model, quantisation, gpu, settings)
    obstacle = _obstacle(roofline, of, load, context_tokens)
    room = of.dialogues(context_tokens=context_tokens, shared_tokens=load.shared_tokens)
    fitting, pace = 0 if obstacle else room, expected_pace(quantisation)

    def at(pace: Pace) -> Burst | None:
        slots = min(fitting, slots_in_time(roofline, load, pace))
        return burst(roofline, load, slots, pace) if slots else None

    return Capacity(
        model=model,
        quantisation=quantisation,
        gpu=gpu,
        settings=settings,
        load=load,
        context_tokens=context_tokens,
        obstacle=obstacle,
        memory=of,
        fitting=fitting,
        timely=slots_in_time(roofline, load, pace),
        one_tokens_per_second=roofline.decode_tokens_per_second(),
        all_tokens_per_second=roofline.decode_tokens_per_second(
            batch=load.dialogues, context_tokens=load.context_tokens
        ),
        prefill_tokens_per_second=roofline.prefill_tokens_per_second(),
        ceiling=at(ROOFLINE),
        expected=at(pace),
    )


def _obstacle(roofline: Roofline, of: Memory, load: Load, context_tokens: int) -> str | None:
    model, quantisation, gpu = roofline.model, roofline.quantisation, roofline.gpu
    if not gpu.computes(quantisation):
        return (
            f"{gpu.title} has compute capability {gpu.compute_capability} and {quantisation.name} needs "
            f"{quantisation.compute_capability}"
        )
    if context_tokens > model.context_tokens:
        return f"{model.name} takes {model.context_tokens} tokens and the context is {context_tokens}"
    if context_tokens < load.dialogue_tokens:
        return f"a dialogue has {load.dialogue_tokens} tokens and the context is {context_tokens}"
    if of.kv_tokens < context_tokens:
        needed = of.weights + of.adapters + of.overhead + context_tokens * of.kv_per_token
        usable = gpu.memory_gib * roofline.settings.memory_share
        return (
            f"{model.name} as {quantisation.name} needs {needed / GIB:.1f} GiB with one dialogue of "
            f"{context_tokens} tokens, and the engine has {usable:.1f} GiB of {gpu.title}"
        )
    return None
