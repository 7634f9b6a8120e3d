"""Dialogues: listed, searched, read, taken along as a file; and what was left unanswered."""

# ruff: noqa: FAST003 - the assistant's id is read by the dependency `spec_of`

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Annotated, Literal
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Depends, Path, Query, Response

from core.errors import FieldError, InvalidInput, NotFound
from lambdas.owner import reading
from lambdas.owner.access import ApiOf, SpecOf
from lambdas.owner.views import (
    DialoguesView,
    MaskedDialogueView,
    UnansweredGroupView,
    UnansweredQuestionView,
    UnansweredView,
)

router = APIRouter(prefix="/v1/owner", tags=["dialogues"])
LONGEST = timedelta(days=3 * 366)
UNTOLD = timedelta(days=30)
ONE_DAY = timedelta(days=1)
EARLIEST = date(2020, 1, 1)
First = Annotated[date | None, Query(alias="from", description="a day of the salon; 30 days ago if left out")]
Last = Annotated[
    date | None, Query(alias="to", description="a day of the salon, included; today if left out")
]
Search = Annotated[str, Query(max_length=200, description="words that one turn has, in any order")]
State = Annotated[Literal["all", "answered", "refused", "failed", "unanswered", "rated"], Query()]
Cursor = Annotated[str | None, Query(max_length=100)]
Days = Annotated[int, Query(ge=1, le=90)]
Id = Annotated[str, Path(pattern=r"^[A-Za-z0-9_-]{1,64}$")]


async def _wanted(  # noqa: PLR0917 - the query's parts
    api: ApiOf,
    spec: SpecOf,
    first: First = None,
    last: Last = None,
    search: Search = "",
    state: State = "all",
) -> reading.Wanted:
    """Raises InvalidInput."""
    zone = ZoneInfo(api.settings.of(spec).hours.time_zone)
    today = api.services.clock().astimezone(zone).date()
    last = min(last or today, today)
    first = first or max(last, date.min + UNTOLD) - UNTOLD
    if last - first > LONGEST:
        raise InvalidInput("span", fields=(FieldError("from", "Не больше трёх лет за один раз."),))
    first = max(first, EARLIEST)
    since, until = (datetime.combine(day, time(), zone) for day in (first, max(first, last) + ONE_DAY))
    return reading.Wanted(since, until, search, state)


WantedOf = Annotated[reading.Wanted, Depends(_wanted)]


@router.get("/{assistant}/dialogues", operation_id="listDialogues")
async def list_dialogues(api: ApiOf, spec: SpecOf, wanted: WantedOf, cursor: Cursor = None) -> DialoguesView:
    page = reading.page(api.services.dialogues, spec.id, wanted, cursor)
    return DialoguesView(dialogues=[reading.row(each) for each in page.dialogues], cursor=page.cursor)


@router.get(
    "/{assistant}/dialogues.csv",
    operation_id="exportDialogues",
    response_class=Response,
    responses={200: {"content": {"text/csv": {"schema": {"type": "string"}}}}},
)
async def export_dialogues(api: ApiOf, spec: SpecOf, wanted: WantedOf, cursor: Cursor = None) -> Response:
    """A row a turn, in parts: `X-Cursor` is where the next one begins."""
    page = reading.page(api.services.dialogues, spec.id, wanted, cursor, most=reading.FILE)
    headers = {"Content-Disposition": f'attachment; filename="dialogues-{spec.id}.csv"'}
    if page.cursor is not None:
        headers["X-Cursor"] = page.cursor
    return Response(reading.table(page.dialogues), media_type="text/csv; charset=utf-8", headers=headers)


@router.get("/{assistant}/dialogues/{session_id}", operation_id="readDialogue")
async def read_dialogue(api: ApiOf, spec: SpecOf, session_id: Id) -> MaskedDialogueView:
    whole = api.services.dialogues.whole(session_id)
    if whole is None or whole.session.assistant != spec.id:
        raise NotFound
    return reading.dialogue(whole)


@router.get("/{assistant}/unanswered", operation_id="unanswered")
async def unanswered(api: ApiOf, spec: SpecOf, days: Days = 30) -> UnansweredView:
    """Questions that nothing was published on, those about the same thing together."""
    asked = api.services.metrics.unanswered(spec.id, days)
    groups = api.likeness.groups(spec, asked)
    return UnansweredView(
        groups=[
            UnansweredGroupView(
                title=group.title,
                count=len(group.questions),
                questions=[
                    UnansweredQuestionView(session_id=each.session_id, asked_at=each.asked_at, text=each.text)
                    for each in group.questions
                ],
            )
            for group in groups
        ],
        complete=sum(len(group.questions) for group in groups) == len(asked),
    )
