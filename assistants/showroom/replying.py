"""A reply of the platform, made of what the desks and the passages say.

Knows where sources, facts, offers and versions stand in it. Refuses to choose what is said.
"""

from __future__ import annotations

from typing import Any

from assistants.showroom.desk.for_passages import memory_after
from assistants.showroom.desk.rendering import LISTED, stamp
from assistants.showroom.desk.stock_desk import StockReply
from assistants.showroom.published import Desk
from core.dialogue import Fact, Reply, Source, TurnState
from core.flow import Question
from core.knowledge import Passage


def from_stock(desk: Desk, stock: StockReply) -> Reply:
    text, moment = stock.text, None
    sources: tuple[Source, ...] = ()
    if desk.snapshot is not None and stock.dated:
        manifest = desk.snapshot.manifest
        moment = manifest.exported_at
        text = f"{text}\n{stamp(moment, desk.settings.hours.time_zone)}"
        sources = (Source(kind="stock", id=manifest.version, title="Наличие и цены салона"),)
    if stock.calculations:
        sources = (*sources, Source(kind="calculation", id="purchase", title="Расчёт помощника"))
    rows = (desk.stock.lexicon.rows[car.vin] for car in stock.cars)
    return Reply(
        state=TurnState.ANSWERED,
        text=text,
        reason=stock.reason,
        sources=sources,
        facts=(
            *(
                Fact(kind="stock", id=row.vin, values=row.model_dump(exclude={"vin", "updated_at"}))
                for row in rows
            ),
            *(
                Fact(kind="option", id=f"{option.model}:{option.option}", values=option.model_dump())
                for option in stock.options
            ),
            *stock.calculations,
        ),
        stock_as_of=moment,
        offers=_offers(desk, test_drive=stock.reason is None and 0 < len(stock.cars) <= LISTED),
        memory=stock.memory,
        versions=desk.versions,
    )


def told(desk: Desk, question: Question, passages: tuple[Passage, ...], text: str) -> Reply:
    """`text` is what was made of the passages."""
    return Reply(
        state=TurnState.ANSWERED,
        text=text,
        sources=tuple(Source(kind=each.kind, id=each.id, title=each.title) for each in passages),
        facts=tuple(Fact(kind=each.kind, id=each.id, values={"text": each.text}) for each in passages),
        offers=_offers(desk, test_drive=any(each.offer == "test_drive" for each in passages)),
        memory=remembered(desk, question),
        versions=desk.versions,
    )


def plain(
    desk: Desk, question: Question, text: str, reason: str | None, state: TurnState = TurnState.ANSWERED
) -> Reply:
    """Words of the owner's that state no fact."""
    memory = question.memory
    if reason in (None, "no_fact", "off_topic"):
        memory = remembered(desk, question)
    return Reply(state=state, text=text, reason=reason, memory=memory, versions=desk.versions)


def remembered(desk: Desk, question: Question) -> dict[str, Any]:
    """The memory after a question that is answered from no stock."""
    return memory_after(question.text, question.memory, desk.stock.lexicon, question.asked_at.year)


def _offers(desk: Desk, *, test_drive: bool) -> tuple[str, ...]:
    """Forms that fit an answer."""
    return ("test_drive",) if test_drive and desk.test_drives else ()
