"""So many questions at once: how long the answers take, and how many come in time. Predicted, not measured.

All dialogues that have a slot move in step, the others wait for the next wave. The system prompt that all
share stands in the cache already; of each prompt only its own tokens are read. An engine reaches a part of
the roofline: `PREFILL_SHARE` of the arithmetic and the quantisation's shares of decoding, both taken from
what others measured. Refuses to promise: the roofline itself is told beside it.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from core.capacity.figures import Quantisation
from core.capacity.roofline import Roofline

BUSY = 64
"""Dialogues in flight for which `busy_share` was seen."""
PREFILL_SHARE = 0.4
"""Of dense FP16 throughput, while reading prompts. Assumed: kernels that unpack weights lose more."""


@dataclass(frozen=True, kw_only=True)
class Load:
    """`dialogues` questions at the same moment: each behind `shared_tokens` of system prompt with
    `own_tokens` of its own, answered with `answer_tokens`, wanted within `deadline_seconds`.
    """

    dialogues: int = 50
    shared_tokens: int = 750
    own_tokens: int = 50
    answer_tokens: int = 128
    deadline_seconds: float = 10.0

    @property
    def dialogue_tokens(self) -> int:
        """Of one, when its answer is whole."""
        return self.shared_tokens + self.own_tokens + self.answer_tokens

    @property
    def context_tokens(self) -> float:
        """Of one, on average while it is answered."""
        return self.dialogue_tokens - self.answer_tokens / 2


@dataclass(frozen=True, kw_only=True)
class Pace:
    """Which part of the roofline is reached; all of it is the roofline itself."""

    prefill: float = 1.0
    alone: float = 1.0
    busy: float = 1.0

    def decode(self, batch: int) -> float:
        """Between one dialogue and `BUSY`: as far as the batch has been doubled on the way there."""
        way = min(1.0, math.log(batch) / math.log(BUSY))
        return self.alone + way * (self.busy - self.alone)


ROOFLINE = Pace()


@dataclass(frozen=True, kw_only=True)
class Burst:
    """`seconds` until the last answer, with `in_time` of the answers within the deadline."""

    seconds: float
    in_time: int


def expected_pace(quantisation: Quantisation) -> Pace:
    return Pace(prefill=PREFILL_SHARE, alone=quantisation.alone_share, busy=quantisation.busy_share)


def burst(roofline: Roofline, load: Load, slots: int, pace: Pace) -> Burst:
    """`slots` dialogues at a time, at least one, wave after wave."""
    waves, rest = divmod(load.dialogues, slots)
    wave = wave_seconds(roofline, load, slots, pace)
    seconds = waves * wave + (wave_seconds(roofline, load, rest, pace) if rest else 0.0)
    if seconds <= load.deadline_seconds:
        return Burst(seconds=seconds, in_time=load.dialogues)
    return Burst(seconds=seconds, in_time=min(waves, math.floor(load.deadline_seconds / wave)) * slots)


def slots_in_time(roofline: Roofline, load: Load, pace: Pace) -> int:
    """The most dialogues at a time, up to the load's, whose answers all come within the deadline."""
    slots = load.dialogues
    while slots and wave_seconds(roofline, load, slots, pace) > load.deadline_seconds:
        slots -= 1
    return slots


def wave_seconds(roofline: Roofline, load: Load, batch: int, pace: Pace) -> float:
    """Until `batch` dialogues have their answers: prompts first, then a token for each, step by step."""
    reading = roofline.prefill_seconds(
        tokens=batch * load.own_tokens, context_tokens=load.shared_tokens + load.own_tokens / 2
    )
    step = roofline.decode_step_seconds(batch=batch, context_tokens=load.context_tokens)
    return reading / pace.prefill + load.answer_tokens * step / pace.decode(batch)
