"""How much work one message may cost the screen, counted in steps and not in time.

A step is a character walked over, a place of the tree looked at, a stretch of text weighed: each costs about
the same. Refuses to know what the work is for.
"""

from __future__ import annotations

LEAST_STEPS, STEPS_A_CHARACTER = 40_000, 20
"""What a message may spend. Honest ones need two or three a character, some sixteen when first met."""


class Exhausted(Exception):
    """Caught by the screen; never leaves it."""


class Effort:
    __slots__ = ("left", "spent")

    def __init__(self, length: int) -> None:
        self.left = max(LEAST_STEPS, STEPS_A_CHARACTER * length)
        self.spent = 0

    def spend(self, steps: int) -> None:
        """Raises Exhausted."""
        self.left -= steps
        self.spent += steps
        if self.left < 0:
            raise Exhausted
