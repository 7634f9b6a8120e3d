"""How far two ways of saying the same agree. Refuses to know what said it.

At 16 bits two tokens can be equally likely, and a batch may round the other way: so it is a rate, not a yes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Agreement:
    """Of answers: how many are the same to the last character, and the share of text before they part."""

    answers: int
    same: int
    text_share: float


def agreement(said: Sequence[str], expected: Sequence[str]) -> Agreement:
    common = [_common(one, other) for one, other in zip(said, expected, strict=True)]
    longest = sum(max(len(one), len(other)) for one, other in zip(said, expected, strict=True))
    return Agreement(
        answers=len(said),
        same=sum(one == other for one, other in zip(said, expected, strict=True)),
        text_share=sum(common) / longest if longest else 1.0,
    )


def _common(one: str, other: str) -> int:
    """Characters before the two part."""
    for place, (left, right) in enumerate(zip(one, other, strict=False)):
        if left != right:
            return place
    return min(len(one), len(other))
