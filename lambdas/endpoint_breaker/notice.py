"""What on-call reads in the middle of the night: what happened, since when, why, and what to type.

Refuses to know how it is sent. Everything in it is for engineers: no visitor's word gets here.
"""

from __future__ import annotations

from lambdas.adapters.breaker_state import Standing

ENDPOINT_COMMAND = "attendant endpoint"


def notice(standing: Standing, *, stage: str, capacity_down: bool) -> tuple[str, str]:
    """Subject and text for the shut-down that `standing` tells of."""
    since = f"{standing.since:%Y-%m-%d %H:%M:%S} UTC" if standing.since else "unknown"
    capacity = "scaling is held, 0 copies"
    if not capacity_down:
        capacity = "NOT DOWN YET: it could not be switched, which is tried again every minute"
    lines = [
        f"The model's endpoint of {stage} was shut down.",
        "",
        f"Since:     {since}",
        f"Reason:    {standing.reason}",
        *(f"           {line}" for line in standing.detail.splitlines()),
        f"By:        {standing.actor}",
        f"Capacity:  {capacity}",
        "Visitors:  get answers rendered from facts, and the callback form",
        "",
        "When the cause is gone (OUTPUTS is the file that the deploy wrote):",
        f"  {ENDPOINT_COMMAND} status --outputs OUTPUTS",
        f"  {ENDPOINT_COMMAND} restart --wait --outputs OUTPUTS",
        "What each alarm means: docs/runbook.md",
        "",
        f"Incident {standing.incident}",
        "There is one message an incident: a second one with the same number only means that nobody could",
        "tell whether the first one had left.",
    ]
    return f"attendant {stage}: endpoint shut down ({standing.reason})", "\n".join(lines)
