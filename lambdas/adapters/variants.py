"""Two versions of the model at once: which of them answers a visitor.

    key              attributes
    model#variants   candidate (its version), percent (0..100 of the visitors), target (what to call for it)

No item, or a control table that is away, means the main one for everybody. A visitor is a number of 0..99 by
their hash and belongs to the candidate below `percent`: they stay with one, and who had the candidate keeps
it when the share grows. `attendant model try` writes the item. Refuses to know what a target is.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator

from core.errors import StoreAway
from core.model import ChatDelta, ChatRequest, ModelClient
from lambdas.adapters.control_reader import ControlReader
from lambdas.adapters.telemetry import Telemetry

VARIANTS = "model#variants"


class Variants:
    def __init__(self, control: ControlReader, telemetry: Telemetry) -> None:
        self._control = control
        self._telemetry = telemetry

    def target(self, user: str | None) -> str | None:
        """What to call for this visitor; None: the main one, as for whoever is nobody's visitor."""
        if user is None:
            return None
        try:
            item = self._control.item(VARIANTS)
        except StoreAway as error:
            self._telemetry.alarm("variants_unknown", error)
            return None
        return str(item["target"]) if item and place(user) < int(item["percent"]) else None


class VariedModel:
    """`main`, or what `candidate` makes of the visitor's target."""

    def __init__(
        self, main: ModelClient, candidate: Callable[[str], ModelClient], variants: Variants
    ) -> None:
        self._main = main
        self._candidate = candidate
        self._variants = variants

    @property
    def name(self) -> str:
        return self._main.name

    def stream(self, request: ChatRequest) -> Iterator[ChatDelta]:
        """Raises ModelUnavailable, NoModelSlot."""
        target = self._variants.target(request.user)
        model = self._main if target is None else self._candidate(target)
        yield from model.stream(request)


def place(user: str) -> int:
    """0..99; the same for the same visitor, and even over many."""
    return int.from_bytes(hashlib.sha256(user.encode()).digest()[:8]) % 100
