"""Which of the engine's slots keeps whose prompt prefix.

A slot remembers the tokens that it computed last. Two assistants that take turns on one slot would each pay
their whole system prompt again, so every prefix gets a slot of its own as long as there are enough, and the
one that was not asked for longest gives its place. Refuses to know tokens and engines: a prefix is a key.
"""

from __future__ import annotations


class PrefixHomes:
    """Not thread-safe: asked from the event loop alone."""

    def __init__(self, count: int) -> None:
        self._free = list(range(count))  # the longest unused one first
        self._owner: dict[int, str] = {}

    def take(self, key: str) -> int:
        """A free home, the one of this key if it is free. Raises IndexError when all are taken."""
        mine = [home for home in self._free if self._owner.get(home) == key]
        home = mine[-1] if mine else self._free[0]
        self._free.remove(home)
        self._owner[home] = key
        return home

    def give_back(self, home: int) -> None:
        self._free.append(home)
