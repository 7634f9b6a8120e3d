"""A page of the salon's was left: how long the visit took is counted, and nothing else is known of it.

It needs no consent because it names nobody: no id, no address, no time but the day.
"""

# ruff: noqa: FAST003 - the assistant is read by the dependency `spec_of`

from __future__ import annotations

from fastapi import APIRouter, Response

from core.visits import Visit
from lambdas.api.access import ApiOf, SpecOf
from lambdas.api.bodies import CountVisit

router = APIRouter(prefix="/v1", tags=["feedback"])


@router.post("/{assistant}/visits", status_code=204, operation_id="countVisit")
async def count_visit(api: ApiOf, spec: SpecOf, body: CountVisit) -> Response:
    """A campaign is counted apart where it has gift codes; anybody could make up another."""
    campaign = body.campaign
    if campaign is not None and not api.services.gifts.has(campaign):
        campaign = None
    visit = Visit(seconds=body.seconds, used_assistant=body.used_assistant)
    api.services.visits.count(spec.id, visit, campaign)
    return Response(status_code=204)
