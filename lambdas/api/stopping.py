"""Stopping an answer: the turn ends at once with what could be read of it, whoever is making it.

The worker is not told: it finds its claim lost at its next write and asks the model no more. Refuses to know
HTTP.
"""

from __future__ import annotations

from core.dialogue import Reply, Turn, TurnState, Versions
from core.errors import LostClaim, NotFound, StoreAway
from core.spec import OwnerSettings
from lambdas.adapters.telemetry import names
from lambdas.api.services import Services

STOPPED = "stopped"
ATTEMPTS = 10
"""Each that fails means that the answer grew, ended or changed hands since it was looked at."""


def stop(services: Services, settings: OwnerSettings, turn: Turn) -> Turn:
    """The turn with its end, which may have come by itself. Raises NotFound."""
    for _ in range(ATTEMPTS):
        if turn.state.final:
            return turn
        shown = services.turns.draft(turn) if turn.state is TurnState.ANSWERING else None
        reply = _reply(settings, turn, shown)
        try:
            ended = services.turns.stop(turn, reply, shown=shown, retention=settings.retention)
        except LostClaim:
            again = services.turns.get(turn.session_id, turn.message_id)
            if again is None:
                raise NotFound from None
            turn = again
        else:
            told = names(turn.session_id, turn.message_id)
            services.telemetry.tell("turn_stopped", assistant=turn.assistant, **told, state=ended.state.value)
            return ended
    raise StoreAway("the answer moves too fast to be stopped")


def _reply(settings: OwnerSettings, turn: Turn, shown: str | None) -> Reply:
    """Nothing of it is remembered: the visitor did not want it, and its flow has not said what to keep."""
    return Reply(
        state=TurnState.REFUSED if shown is None else TurnState.ANSWERED,
        text=settings.texts.stopped if shown is None else shown,
        reason=STOPPED,
        versions=Versions(policy=turn.policy_version),
    )
