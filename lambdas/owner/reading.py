"""Dialogues as an owner reads them: a page of them, one of them, a file of them. Every text is masked.

A page looks at no more than so many dialogues, so that a search through a year ends in time too: where there
is more, its cursor says where to go on. Refuses to know HTTP.
"""

from __future__ import annotations

import base64
import csv
import io
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from core.analytics.metrics import UNANSWERED
from core.dialogue import Turn, TurnState
from core.errors import FieldError, InvalidInput
from core.personal_data import mask
from lambdas.adapters.clock import from_iso, to_iso
from lambdas.adapters.owners_dialogues import WholeDialogue
from lambdas.owner.services import Dialogues
from lambdas.owner.views import DialogueRowView, MaskedDialogueView, MaskedTurnView, TitledSourceView

PAGE = 25
FILE = 500
LOOKED_AT = 400
SECONDS = 15.0
"""The gateway waits for thirty."""
DAY = timedelta(days=1)
FORBIDDEN = "forbidden:"
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
COLUMNS = ("Диалог", "Время (UTC)", "Вопрос", "Ответ", "Итог", "Причина", "Секунд", "Оценка", "NPS")


@dataclass(frozen=True)
class Wanted:
    """Opened from `since` on and before `until`.

    `state`: all, answered, refused, failed, unanswered, rated.
    """

    since: datetime
    until: datetime
    search: str = ""
    state: str = "all"


@dataclass(frozen=True)
class Page:
    """`cursor` is where to go on, None at the end."""

    dialogues: list[WholeDialogue]
    cursor: str | None


def page(dialogues: Dialogues, assistant: str, wanted: Wanted, cursor: str | None, most: int = PAGE) -> Page:
    """Newest first. Raises InvalidInput for a cursor that is none, StoreAway."""
    found: list[WholeDialogue] = []
    ends = time.monotonic() + SECONDS
    words = wanted.search.casefold().split()
    opened = _opened(dialogues, assistant, wanted, cursor)
    for looked, (opened_at, session_id) in enumerate(opened, start=1):
        whole = dialogues.whole(session_id)
        if whole is not None and whole.session.assistant == assistant and _fits(whole, wanted.state, words):
            found.append(whole)
        if len(found) == most or looked == LOOKED_AT or time.monotonic() > ends:
            return Page(found, _cursor(opened_at))
    return Page(found, None)


def _opened(
    dialogues: Dialogues, assistant: str, wanted: Wanted, cursor: str | None
) -> Iterator[tuple[datetime, str]]:
    """The index is by days of UTC."""
    before = wanted.until if cursor is None else min(wanted.until, _moment(cursor))
    day = before.astimezone(UTC).date()
    while day >= wanted.since.astimezone(UTC).date():
        for opened_at, session_id in dialogues.opened(assistant, day, before):
            if opened_at < wanted.since:
                return
            yield opened_at, session_id
        day -= DAY


def _fits(whole: WholeDialogue, state: str, words: list[str]) -> bool:
    match state:
        case "all":
            fits = True
        case "rated":
            fits = whole.rating is not None
        case "unanswered":
            fits = any(_reason(turn) in UNANSWERED for turn in whole.turns)
        case _:
            fits = any(turn.state == state for turn in whole.turns)
    return fits and (not words or _said(whole, words))


def _said(whole: WholeDialogue, words: list[str]) -> bool:
    """Searched in what is shown: else a search would tell what is masked."""
    for turn in whole.turns:
        text = f"{masked(turn.question)} {masked(_answer(turn))}".casefold()
        if all(word in text for word in words):
            return True
    return False


def masked(text: str | None) -> str:
    return mask(text).text if text else ""


def row(whole: WholeDialogue) -> DialogueRowView:
    reasons = dict.fromkeys(reason for turn in whole.turns if (reason := _reason(turn)) is not None)
    return DialogueRowView(
        session_id=whole.session.session_id,
        opened_at=whole.session.created_at,
        turns=len(whole.turns),
        csat=whole.rating.csat if whole.rating else None,
        nps=whole.rating.nps if whole.rating else None,
        reasons=list(reasons),
        first_question=masked(whole.turns[0].question) if whole.turns else None,
    )


def dialogue(whole: WholeDialogue) -> MaskedDialogueView:
    session, rating = whole.session, whole.rating
    return MaskedDialogueView(
        session_id=session.session_id,
        opened_at=session.created_at,
        last_activity_at=session.last_activity_at,
        ended_at=session.ended_at,
        csat=rating.csat if rating else None,
        nps=rating.nps if rating else None,
        comment=masked(rating.comment) if rating else None,
        turns=[_turn(turn) for turn in whole.turns],
    )


def _turn(turn: Turn) -> MaskedTurnView:
    reason, sources = _reason(turn), turn.reply.sources if turn.reply else ()
    return MaskedTurnView(
        message_id=turn.message_id,
        asked_at=turn.created_at,
        question=masked(turn.question),
        answer=masked(_answer(turn)) if turn.reply else None,
        state=turn.state,
        reason=reason,
        topic=reason.removeprefix(FORBIDDEN) if reason and reason.startswith(FORBIDDEN) else None,
        elapsed_ms=_elapsed_ms(turn),
        sources=[TitledSourceView(title=masked(source.title)) for source in sources],
        thumb=turn.feedback.thumb if turn.feedback else None,
        thumb_reason=masked(turn.feedback.reason) if turn.feedback else None,
    )


def table(found: list[WholeDialogue]) -> str:
    """A file that Excel opens as it is: a byte order mark, semicolons, no cell that it would compute."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for whole in found:
        for turn in whole.turns:
            writer.writerow(map(cell, _cells(whole, turn)))
    return "\ufeff" + text.getvalue()


def _cells(whole: WholeDialogue, turn: Turn) -> Iterator[str]:
    elapsed, rating = _elapsed_ms(turn), whole.rating
    yield whole.session.session_id
    yield f"{turn.created_at:%Y-%m-%d %H:%M:%S}"
    yield masked(turn.question)
    yield masked(_answer(turn))
    yield turn.state if turn.state in tuple(TurnState) else ""
    yield _reason(turn) or ""
    yield "" if elapsed is None else f"{elapsed / 1_000:.1f}".replace(".", ",")
    yield "" if rating is None else str(rating.csat)
    yield "" if rating is None or rating.nps is None else str(rating.nps)


def cell(text: str) -> str:
    """An apostrophe before what a table program would take for a formula."""
    clean = text.replace("\x00", "")
    return f"'{clean}" if clean.lstrip(" \xa0").startswith(FORMULA) or clean.startswith(FORMULA) else clean


def _answer(turn: Turn) -> str:
    return turn.reply.text if turn.reply else ""


def _reason(turn: Turn) -> str | None:
    return turn.reply.reason if turn.reply else None


def _elapsed_ms(turn: Turn) -> int | None:
    return (
        None
        if turn.finished_at is None
        else (turn.finished_at - turn.created_at) // timedelta(milliseconds=1)
    )


def _cursor(moment: datetime) -> str:
    return base64.urlsafe_b64encode(to_iso(moment).encode()).decode().rstrip("=")


def _moment(cursor: str) -> datetime:
    try:
        text = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode("ascii")
        moment = from_iso(text)
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        raise InvalidInput("cursor", fields=(FieldError("cursor", "Такой страницы нет."),))
    return moment
