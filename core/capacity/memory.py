"""What of a GPU's memory is left for dialogues, and how many of them fit.

    share of the engine x memory = weights + adapters + overhead + keys and values of the dialogues

Keys and values of one token are 2 x layers x kv_heads x head_size numbers (Pope et al., "Efficiently Scaling
Transformer Inference", 2022, section 2; Kwon et al., "Efficient Memory Management for Large Language Model
Serving with PagedAttention", 2023, for the blocks of 16 tokens and for sharing those of a common prefix).
All of it is computed, nothing measured. Refuses to know time.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from core.capacity.figures import BITS, Gpu, ModelShape, Quantisation

GIB = 1 << 30
BLOCK_TOKENS = 16
"""vLLM's unit of memory for keys and values; only whole blocks of a prefix are shared."""

CONTEXT_BYTES = 0.5 * GIB
"""The CUDA context, cuBLAS and kernels. Assumed."""
GRAPHS_BYTES = 0.5 * GIB
"""The decoding steps that are recorded as CUDA graphs. Assumed."""
HALF_BYTES, FLOAT_BYTES = 2, 4


@dataclass(frozen=True, kw_only=True)
class EngineSettings:
    """How the engine is told to use the GPU.

    `memory_share` is what it may take of the memory, `batch_tokens` the most tokens of one step, `sequences`
    the most dialogues of one step. `adapters` LoRA adapters of `adapter_rank` are held at once.
    """

    memory_share: float = 0.90
    batch_tokens: int = 512
    sequences: int = 50
    kv_bits: int = 16
    adapters: int = 0
    adapter_rank: int = 16


@dataclass(frozen=True, kw_only=True)
class Memory:
    """Where the memory goes, in bytes. `kv` is below zero where the rest does not fit."""

    weights: float
    adapters: float
    overhead: float
    kv: float
    kv_per_token: float

    @property
    def kv_tokens(self) -> int:
        """Whole blocks, in tokens."""
        return max(0, math.floor(self.kv / self.kv_per_token / BLOCK_TOKENS)) * BLOCK_TOKENS

    def dialogues(self, *, context_tokens: int, shared_tokens: int) -> int:
        """How many fit of `context_tokens` each, of which the first `shared_tokens` are the same for all."""
        shared_blocks = min(shared_tokens, context_tokens - 1) // BLOCK_TOKENS
        own_blocks = math.ceil(context_tokens / BLOCK_TOKENS) - shared_blocks
        return max(0, (self.kv_tokens // BLOCK_TOKENS - shared_blocks) // own_blocks)


def memory(model: ModelShape, quantisation: Quantisation, gpu: Gpu, settings: EngineSettings) -> Memory:
    weights = quantisation.weights_bytes(model)
    adapters = settings.adapters * adapter_bytes(model, settings.adapter_rank)
    overhead = CONTEXT_BYTES + GRAPHS_BYTES + activation_bytes(model, settings)
    return Memory(
        weights=weights,
        adapters=adapters,
        overhead=overhead,
        kv=gpu.memory_gib * GIB * settings.memory_share - weights - adapters - overhead,
        kv_per_token=kv_bytes_per_token(model, settings.kv_bits),
    )


def kv_bytes_per_token(model: ModelShape, kv_bits: int = 16) -> float:
    return 2 * model.layers * model.kv_heads * model.head_size * kv_bits / BITS


def adapter_bytes(model: ModelShape, rank: int) -> float:
    """A LoRA adapter on every projection: rank x (inputs + outputs) each (Hu et al., 2021), 16 bits."""
    return model.layers * sum(inputs + outputs for inputs, outputs in model.projections) * rank * HALF_BYTES


def activation_bytes(model: ModelShape, settings: EngineSettings) -> float:
    """The widest moment of a step: the gated net's two halves and their product for each token of the step,
    two hidden states, and for each dialogue the logits, twice, as 32-bit numbers for sampling.
    """
    of_tokens = settings.batch_tokens * (3 * model.inner + 2 * model.hidden) * HALF_BYTES
    return of_tokens + 2 * settings.sequences * model.vocabulary * FLOAT_BYTES
