"""What is said of the assistant itself beside its answer: that its model rests, or wakes up.

Knows that an answer in which the model had a part needs no such words, and a refusal neither. Refuses to know
why the model rests.
"""

from __future__ import annotations

from core.dialogue import Reply, TurnState
from core.spec import OwnerSettings, Texts
from lambdas.adapters.breaker import Availability

RESTING = "model_resting"
CALLBACK = "callback"
BY_TELEPHONE = frozenset({CALLBACK, "test_drive"})


def resting(settings: OwnerSettings) -> Reply:
    """The whole answer where nothing can be said without the model."""
    return Reply(state=TurnState.REFUSED, text=settings.texts.resting, reason=RESTING)


def with_notice(reply: Reply, model: Availability, texts: Texts, *, callbacks: bool) -> Reply:
    """The reply with the notice that it needs, and with the form that is offered instead.

    Where nobody can be called back no form is offered that asks for it.
    """
    if not callbacks:
        kept = tuple(offer for offer in reply.offers if offer not in BY_TELEPHONE)
        reply = reply.model_copy(update={"offers": kept})
    refused = reply.state is TurnState.REFUSED and reply.reason != RESTING
    if model is Availability.AWAKE or refused or reply.model_tokens:
        return reply
    text = texts.resting if model is Availability.RESTING else texts.warming
    resting_offers = (CALLBACK,) if callbacks and model is Availability.RESTING else ()
    offers = (*reply.offers, *resting_offers)
    return reply.model_copy(update={"notice": None if text == reply.text else text, "offers": offers})
