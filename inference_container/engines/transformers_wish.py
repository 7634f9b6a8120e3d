"""What one request asks of its tokens, as it travels through transformers' continuous batching.

Knows seeds and the matcher of a JSON schema. Refuses to know logits (`transformers_choice.py`) and torch.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Any

POINTS = 1 << 24
"""As many as a 32-bit float between 0 and 1 tells apart."""


@dataclass
class Wish:
    """`matcher` follows the request's schema. `cached_tokens` is known when its first step is made ready."""

    prompt_tokens: int
    temperature: float
    top_p: float
    seed: int
    matcher: Any = None
    cached_tokens: int | None = None
    followed_tokens: int = 0

    def __deepcopy__(self, memo: dict[int, Any]) -> Wish:
        """The scheduler copies what a request brought when it sets it back: it is still the same one."""
        return self

    @property
    def is_lost(self) -> bool:
        """Whether the matcher has met a token that it had not allowed: the schema is not kept."""
        return self.matcher is not None and bool(self.matcher.is_error())

    def point(self, place: int) -> float:
        """Between 0 and 1, for the token at this place of prompt and answer, from the seed alone."""
        digest = hashlib.blake2b(f"{self.seed}:{place}".encode(), digest_size=8).digest()
        return int.from_bytes(digest, "big") % POINTS / POINTS

    def follow(self, tokens: list[int]) -> None:
        """Tell the matcher what is new in prompt and answer."""
        new = tokens[self.prompt_tokens + self.followed_tokens :]
        if new:
            self.matcher.consume_tokens(new)
            self.followed_tokens += len(new)
