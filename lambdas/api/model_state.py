"""How the model is, as far as the API cares: what a visitor who waits is told, and that the model is needed.

A visitor is never refused over it: what cannot be learned or noted is told to the operators. Refuses to know
the breaker's reasons and how an endpoint wakes.
"""

from __future__ import annotations

from core.errors import StoreAway
from core.spec import Texts
from lambdas.adapters.breaker import Availability, availability
from lambdas.api.services import Services


class ModelState:
    def __init__(self, services: Services) -> None:
        self._services = services

    def waiting_text(self, texts: Texts) -> str:
        try:
            warming = self.availability() is Availability.WARMING
        except StoreAway as error:
            self._services.telemetry.alarm("endpoint_state_unknown", error)
            warming = False
        return texts.warming if warming else texts.waiting

    def availability(self) -> Availability:
        """Raises StoreAway."""
        endpoint = self._services.endpoint
        return availability(endpoint.status(), endpoint.capacity())

    def needed(self) -> None:
        """A dialogue was opened, a question asked: a model that may sleep is kept awake, or woken."""
        if self._services.wake_up is None:
            return
        try:
            self._services.wake_up.asked(self._services.endpoint.capacity())
        except StoreAway as error:
            self._services.telemetry.alarm("wake_up_failed", error)
