"""What can be done to the endpoint's capacity, whatever it is made of.

Every change is idempotent: it may be asked for again after an error. Refuses to know who may ask and when;
that is the breaker's function, the one writer.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True)
class Copies:
    """`wanted` copies were asked for, `ready` ones would answer a question now.

    `beside` are those of a candidate, which is switched along; None where none is tried.
    """

    wanted: int
    ready: int
    beside: int | None = None

    @property
    def paid(self) -> int:
        return max(self.wanted, self.ready) + (self.beside or 0)


class Capacity(Protocol):
    """All raise CapacityUnknown when AWS (or the server) refuses or does not answer."""

    def hold(self) -> None:
        """Nothing but `set_copies` changes the number of copies from now on."""

    def release(self) -> None:
        """Scaling may change it again."""

    def set_copies(self, number: int) -> None: ...

    def copies(self) -> Copies: ...
