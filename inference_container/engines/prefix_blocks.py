"""How much of a prompt an engine with a paged cache has computed before.

OpenVINO keeps the blocks of finished answers and overwrites those that were unused longest, but tells nobody
how much of a prompt it found. This keeps the same account: blocks by the whole text before them, in the order
of their use. Refuses to know the cache itself; a last, half filled block is not counted.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator, Sequence


class PrefixBlocks:
    """`capacity` blocks of `block_tokens` tokens each."""

    def __init__(self, *, capacity: int, block_tokens: int) -> None:
        self._capacity, self._block_tokens = capacity, block_tokens
        self._blocks: OrderedDict[int, None] = OrderedDict()  # the longest unused one first

    def known_tokens(self, tokens: Sequence[int]) -> int:
        """How many tokens at the beginning are there. The last token of a prompt is always computed."""
        known = 0
        for key in self._keys(tokens):
            if key not in self._blocks:
                break
            known += self._block_tokens
        return min(known, max(len(tokens) - 1, 0))

    def remember(self, tokens: Sequence[int]) -> None:
        for key in self._keys(tokens):
            self._blocks[key] = None
            self._blocks.move_to_end(key)
        while len(self._blocks) > self._capacity:
            self._blocks.popitem(last=False)

    def _keys(self, tokens: Sequence[int]) -> Iterator[int]:
        key = 0
        for start in range(0, len(tokens) - self._block_tokens + 1, self._block_tokens):
            key = hash((key, tuple(tokens[start : start + self._block_tokens])))
            yield key
