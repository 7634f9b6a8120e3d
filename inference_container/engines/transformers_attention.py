"""torch's own flash attention over the paged cache of transformers' continuous batching.

The library takes flash attention from a package that PyPI has in sources only, or from the model hub; without
it a step computes every request's query with every request's keys and masks what is not its own. torch has
the kernels inside (16 bits, compute capability 8.0 and newer), which go by lengths instead. Refuses to know
masks. It has not run on a GPU yet: tests give it a stand-in of the kernel, `bench.gpu_serving` compares what
it answers.
"""

from __future__ import annotations

from typing import Any

from torch.nn.attention import varlen
from transformers import AttentionInterface

NAME = "torch_flash"
"""With `flash` in it the library makes no mask; with a 2 or 3 it would look for its own package."""

CAUSAL = (-1, 0)
"""All keys up to the query's own, where the last query is the last key's."""


def use(model: Any) -> None:
    """Let the model attend this way; `set_attn_implementation` leads away from it."""
    AttentionInterface.register(NAME, attend)
    # The public setter would look for a package of this name.
    model.config._attn_implementation = NAME  # noqa: SLF001


def attend(
    module: Any,
    query: Any,
    key: Any,
    value: Any,
    attention_mask: Any,  # noqa: ARG001  one of the interface's words
    *,
    scaling: float | None = None,
    cache: Any = None,
    **lengths: Any,
) -> tuple[Any, None]:
    """All requests of a step behind one another: (1, heads, tokens, size) to (1, tokens, heads, size)."""
    if cache is None:
        raise RuntimeError(f"{NAME} is for continuous batching alone")
    key, value = cache.update(key_states=key, value_states=value, layer_idx=module.layer_idx, kwargs=lengths)
    queries, keys, values = (each.squeeze(0).transpose(0, 1) for each in (query, key, value))
    told = varlen.varlen_attn(
        queries,
        keys,
        values,
        lengths["cu_seq_lens_q"],
        lengths["cu_seq_lens_k"],
        lengths["max_length_q"],
        lengths["max_length_k"],
        scale=scaling,
        window_size=CAUSAL,
        enable_gqa=True,
    )
    return told.unsqueeze(0), None
