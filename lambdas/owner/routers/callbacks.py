"""Requests to be called back, as a list to work through."""

# ruff: noqa: FAST003 - the assistant's id is read by the dependency `spec_of`

from __future__ import annotations

from typing import Annotated, Literal
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Path, Query

from core.dialogue import Callback, CallbackState
from lambdas.adapters.audit import AuditRecord
from lambdas.adapters.telemetry import session_name
from lambdas.owner.access import ApiOf, OwnerOf, SpecOf
from lambdas.owner.bodies import ChangeCallback
from lambdas.owner.views import CallbackRowView, CallbacksView

router = APIRouter(prefix="/v1/owner", tags=["callbacks"])
MOST_SHOWN = 500
Id = Annotated[str, Path(pattern=r"^[A-Za-z0-9_-]{1,64}$")]
Wanted = Annotated[Literal["waiting", "done", "no_answer", "all"], Query()]


@router.get("/{assistant}/callbacks", operation_id="listCallbacks")
async def list_callbacks(api: ApiOf, spec: SpecOf, state: Wanted = "waiting") -> CallbacksView:
    """Those that wait begin with the oldest, the others with the newest."""
    zone = ZoneInfo(api.settings.of(spec).hours.time_zone)
    by_hour, wanted = [0] * 24, list[Callback]()
    for callback in api.services.dialogues.callbacks(spec.id):
        by_hour[callback.created_at.astimezone(zone).hour] += 1
        if state in ("all", callback.state):
            wanted.append(callback)
    if state == CallbackState.WAITING.value:
        wanted.reverse()
    return CallbacksView(callbacks=[row(each) for each in wanted[:MOST_SHOWN]], by_hour=by_hour)


@router.patch("/{assistant}/callbacks/{session_id}/{callback_id}", operation_id="changeCallback")
async def change_callback(  # noqa: PLR0917 - the route's parts
    api: ApiOf, spec: SpecOf, owner: OwnerOf, session_id: Id, callback_id: Id, body: ChangeCallback
) -> CallbackRowView:
    """From any state to any other, as long as it is in the expected one."""
    changed = api.services.dialogues.change_callback(
        spec.id,
        session_id,
        callback_id,
        expected=CallbackState(body.expected_state),
        state=CallbackState(body.state),
        note=body.note,
        by=owner.email,
    )
    api.record(
        f"callback#{spec.id}",
        AuditRecord(
            at=api.services.clock(),
            actor=owner.email,
            action="callback",
            before=body.expected_state,
            after=body.state,
            detail=f"{session_name(session_id)} {callback_id}",
        ),
    )
    return row(changed)


def row(callback: Callback) -> CallbackRowView:
    return CallbackRowView(
        callback_id=callback.callback_id,
        session_id=callback.session_id,
        kind=callback.kind,
        name=callback.name,
        phone=callback.phone,
        convenient_time=callback.convenient_time,
        comment=callback.comment,
        car=callback.car,
        wished_at=callback.wished_at,
        state=callback.state,
        created_at=callback.created_at,
        note=callback.note,
        changed_by=callback.changed_by,
        changed_at=callback.changed_at,
    )
