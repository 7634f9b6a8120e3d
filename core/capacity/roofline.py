"""The fastest that a GPU can be with a model, whatever the engine: computed, not measured.

A step takes at least as long as its bytes take through the memory and its arithmetic through the tensor
cores (Williams, Waterman, Patterson, "Roofline", 2009; for transformers Pope et al., 2022, and Kipply,
"Transformer Inference Arithmetic", 2022):

    decoding one token for each of `batch` dialogues
        bytes   weights once + batch x context x keys and values of a token
        FLOPs   batch x (2 x parameters + 4 x layers x heads x head_size x context)
    reading `tokens` of prompts
        FLOPs   tokens x (2 x parameters + 4 x layers x heads x head_size x context), the weights once a step

Each dialogue reads the keys and values of a shared prefix for itself: sharing saves memory and the prompt's
arithmetic, not reading. Refuses to know what an engine really reaches (`burst.py` assumes it).
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from core.capacity.figures import Gpu, ModelShape, Quantisation
from core.capacity.memory import EngineSettings, kv_bytes_per_token

GIGA, TERA = 1e9, 1e12


@dataclass(frozen=True, kw_only=True)
class Roofline:
    """One model, so quantised, on one GPU, by an engine so set."""

    model: ModelShape
    quantisation: Quantisation
    gpu: Gpu
    settings: EngineSettings

    def decode_tokens_per_second(self, *, batch: int = 1, context_tokens: float = 0) -> float:
        """Of all dialogues together, each `context_tokens` long by now."""
        return batch / self.decode_step_seconds(batch=batch, context_tokens=context_tokens)

    def decode_step_seconds(self, *, batch: int, context_tokens: float) -> float:
        """One token for each of `batch` dialogues."""
        kept = batch * context_tokens * kv_bytes_per_token(self.model, self.settings.kv_bits)
        return max(
            self._through_memory(self.quantisation.read_bytes(self.model) + kept),
            self._through_cores(batch, context_tokens),
        )

    def prefill_tokens_per_second(self) -> float:
        """Of one full step of one prompt."""
        tokens = self.settings.batch_tokens
        return tokens / self.prefill_seconds(tokens=tokens, context_tokens=tokens / 2)

    def prefill_seconds(self, *, tokens: int, context_tokens: float) -> float:
        """Reading `tokens` of prompts, of one or of many, at `context_tokens` on average."""
        steps = math.ceil(tokens / self.settings.batch_tokens)
        return max(
            self._through_memory(steps * self.quantisation.read_bytes(self.model)),
            self._through_cores(tokens, context_tokens),
        )

    def _through_memory(self, read_bytes: float) -> float:
        return read_bytes / (self.gpu.bandwidth_gb_s * GIGA)

    def _through_cores(self, tokens: int, context_tokens: float) -> float:
        """A multiplication and an addition for each parameter, the same for each key and for its value."""
        attention = 4 * self.model.layers * self.model.heads * self.model.head_size * context_tokens
        return tokens * (2 * self.model.computed_parameters + attention) / (self.gpu.fp16_tflops * TERA)
