"""How the steps of transformers' continuous batching are set, and why: words of its ContinuousBatchingConfig.

Nothing here has run on a GPU yet. Refuses to import the library: a test holds the words against its own.
"""

from __future__ import annotations

import math
from typing import Any

PAGE_TOKENS = 32
"""Only whole pages of a prefix are shared. The library's 256 would lose up to a third of a system prompt."""

BATCH_TOKENS = 512
"""Tokens of a step: a long prompt is read in pieces of this size, between the tokens of the others."""

SPARE_SHARE = 0.15
"""Of the cache; with less of it free the library lets no new request in."""


def options(*, context_tokens: int, parallel: int, prefix_homes: int, on_gpu: bool) -> dict[str, Any]:
    return {
        "page_size": PAGE_TOKENS,
        "max_batch_tokens": BATCH_TOKENS,
        "max_requests_per_batch": parallel,
        # On a GPU the library takes what the weights leave; on a processor it would take the machine's.
        "num_blocks": None if on_gpu else _pages(context_tokens, parallel + prefix_homes),
        "max_memory_percent": 0.8,
        "safety_margin": SPARE_SHARE,
        # Would download native code from the model hub where a package named `kernels` is installed.
        "auto_switch_to_flash": False,
        # The next step begins when the tokens of the last one are known: a schema needs them.
        "use_async_batching": False,
    }


def _pages(context_tokens: int, dialogues: int) -> int:
    """Room for whole dialogues in every place and every prefix that shall stay, and what must be free."""
    return math.ceil(math.ceil(context_tokens / PAGE_TOKENS) * dialogues / (1 - SPARE_SHARE))


def holds(tokens: int, *, context_tokens: int) -> bool:
    """Whether a cache of so many tokens holds one dialogue beside what must be free."""
    return tokens * (1 - SPARE_SHARE) >= context_tokens
