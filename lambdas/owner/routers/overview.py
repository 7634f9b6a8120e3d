"""The morning's page: today at a glance, trends, and what visitors want."""

# ruff: noqa: FAST003 - the assistant's id is read by the dependency `spec_of`

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from enum import IntEnum
from zoneinfo import ZoneInfo

from fastapi import APIRouter

from core.analytics.metrics import DayNumbers, RefusedTopic
from core.errors import DocumentError, PolicyBroken
from core.facts import DocumentKind
from core.spec import AssistantSpec
from lambdas.owner.access import Api, ApiOf, SpecOf
from lambdas.owner.spending import platform_costs
from lambdas.owner.views import (
    BreakerView,
    BudgetView,
    CsatView,
    DayView,
    NameCountView,
    NpsView,
    TodayView,
    TopicCountView,
    TrendsView,
    WishesView,
)

router = APIRouter(prefix="/v1/owner", tags=["numbers"])


class Span(IntEnum):
    WEEK = 7
    MONTH = 30
    QUARTER = 90


@router.get("/{assistant}/today", operation_id="today")
async def today(api: ApiOf, spec: SpecOf) -> TodayView:
    """Numbers of the salon's own day."""
    told, breaker = api.services.metrics.today(spec.id), api.services.endpoint.status()
    numbers = told.numbers
    return TodayView(
        day=numbers.day,
        dialogues=numbers.dialogues,
        turns=numbers.turns,
        answered=numbers.answered,
        answered_within_10_s=numbers.answered_within_10_s,
        callbacks_waiting=told.callbacks_waiting,
        csat=CsatView(mean=numbers.csat.mean, count=numbers.csat.count),
        nps=NpsView(score=numbers.nps.score, count=numbers.nps.count),
        refusals=_titled(api, spec, told.refusals),
        unanswered=numbers.unanswered,
        stock_as_of=_stock_as_of(api, spec),
        cost_usd_so_far=_costs(api, spec, [numbers])[numbers.day],
        breaker=BreakerView(state=breaker.state.value, since=breaker.since, reason=breaker.reason),
    )


@router.get("/{assistant}/trends", operation_id="trends")
async def trends(api: ApiOf, spec: SpecOf, days: Span = Span.MONTH) -> TrendsView:
    """Every day, oldest first."""
    told = api.services.metrics.trends(spec.id, int(days))
    costs = _costs(api, spec, told)
    return TrendsView(days=[_day(numbers, costs[numbers.day]) for numbers in told])


@router.get("/{assistant}/wishes", operation_id="wishes")
async def wishes(api: ApiOf, spec: SpecOf, days: Span = Span.MONTH) -> WishesView:
    wanted = api.services.metrics.wishes(spec.id, int(days))
    return WishesView(
        models=[NameCountView(name=each.name, count=each.count) for each in wanted.models],
        budgets_rub=[
            BudgetView(**{"from": each.from_rub}, to=each.to_rub, count=each.count) for each in wanted.budgets
        ],
        colors=[NameCountView(name=each.name, count=each.count) for each in wanted.colors],
    )


def _titled(api: Api, spec: AssistantSpec, refusals: tuple[RefusedTopic, ...]) -> list[TopicCountView]:
    """Topics by the titles that the owner gave them."""
    try:
        topics = api.screening.policy(spec).compiled.policy.topics
    except (DocumentError, PolicyBroken):
        topics = ()
    titles = {topic.id: topic.title for topic in topics if topic.title}
    return [TopicCountView(topic=titles.get(each.topic, each.topic), count=each.count) for each in refusals]


def _stock_as_of(api: Api, spec: AssistantSpec) -> datetime | None:
    if spec.inventory is None:
        return None
    try:
        return api.services.documents.manifest(spec.id, DocumentKind.SNAPSHOT).exported_at
    except DocumentError:
        return None


def _costs(api: Api, spec: AssistantSpec, days: Sequence[DayNumbers]) -> dict[date, float | None]:
    zone = ZoneInfo(api.settings.of(spec).hours.time_zone)
    return platform_costs(api.services, spec.id, zone, days)


def _day(numbers: DayNumbers, cost_usd: float | None) -> DayView:
    return DayView(
        day=numbers.day,
        dialogues=numbers.dialogues,
        turns=numbers.turns,
        answered_within_10_s=numbers.answered_within_10_s,
        csat=numbers.csat.mean,
        nps=numbers.nps.score,
        refusals=numbers.refusals,
        unanswered=numbers.unanswered,
        callbacks=numbers.callbacks,
        cost=cost_usd,
    )
