"""A question is asked, its answer fetched while it grows, or stopped."""

# ruff: noqa: FAST003 - the session's id is read by the dependency `dialogue_of`

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Request, Response

from core.dialogue import TurnState
from core.errors import NotFound
from lambdas.api.access import Api, ApiOf, Dialogue, DialogueOf, deadline_of
from lambdas.api.bodies import MESSAGE_ID, AskQuestion
from lambdas.api.schemas import MessageView
from lambdas.api.stopping import stop
from lambdas.api.views import message_view
from lambdas.api.waiting import Seen

router = APIRouter(prefix="/v1", tags=["dialogue"])

POLL_AGAIN_SECONDS = 1
ACCEPTED: dict[int | str, dict[str, Any]] = {
    202: {"model": MessageView, "description": "Not ready: a notice, and where to fetch the answer"}
}

MessageId = Annotated[str, Path(pattern=MESSAGE_ID)]
WaitSeconds = Annotated[float, Query(ge=0, le=25, allow_inf_nan=False)]
After = Annotated[int, Query(ge=0, le=1_000_000, description="How many code points were read already")]
Revision = Annotated[int | None, Query(ge=0, description="The revision that they were read from")]


@router.post("/{assistant}/sessions/{session_id}/messages", responses=ACCEPTED, operation_id="askQuestion")
async def ask_question(
    api: ApiOf, dialogue: DialogueOf, body: AskQuestion, request: Request, response: Response
) -> MessageView:
    """The answer, if it is ready within the deadline; otherwise the notice (202), and the answer later."""
    turn = api.questions.ask(dialogue.spec, dialogue.session, body.message_id, body.text)
    api.model.needed()
    seen = await api.waiting.for_end(turn, deadline_of(request, api, body.wait_seconds))
    return _answer(response, request, _view(api, dialogue, seen))


@router.get(
    "/{assistant}/sessions/{session_id}/messages/{message_id}",
    responses=ACCEPTED,
    operation_id="readAnswer",
)
async def read_answer(  # noqa: PLR0917 - FastAPI passes them by name
    api: ApiOf,
    dialogue: DialogueOf,
    message_id: MessageId,
    request: Request,
    response: Response,
    wait_seconds: WaitSeconds = 0,
    after: After = 0,
    revision: Revision = None,
) -> MessageView:
    """Waits for text beyond `after`, or for the end. A question that nobody has taken yet is sent again."""
    turn = api.services.turns.get(dialogue.session.session_id, message_id)
    if turn is None:
        raise NotFound
    if turn.state is TurnState.QUEUED:
        api.questions.send(turn)
    seen = await api.waiting.for_news(turn, deadline_of(request, api, wait_seconds), after, revision)
    return _answer(response, request, _view(api, dialogue, seen, after=after, revision=revision))


@router.post("/{assistant}/sessions/{session_id}/messages/{message_id}/stop", operation_id="stopAnswer")
async def stop_answer(api: ApiOf, dialogue: DialogueOf, message_id: MessageId) -> MessageView:
    """The answer ends here: `answered` with what could be read of it, `refused` where nothing could.

    `reason` is `stopped`. An answer that has ended stays as it is.
    """
    turn = api.services.turns.get(dialogue.session.session_id, message_id)
    if turn is None:
        raise NotFound
    ended = stop(api.services, dialogue.settings, turn)
    return _view(api, dialogue, api.waiting.look(ended))


def _view(
    api: Api, dialogue: Dialogue, seen: Seen, *, after: int = 0, revision: int | None = None
) -> MessageView:
    waits = not seen.turn.state.final
    notice = api.model.waiting_text(dialogue.settings.texts) if waits else None
    return message_view(seen, waiting_text=notice, after=after, revision=revision)


def _answer(response: Response, request: Request, view: MessageView) -> MessageView:
    if not TurnState(view.state).final:
        response.status_code = 202
        response.headers["Retry-After"] = str(POLL_AGAIN_SECONDS)
        path = request.url.path.rstrip("/")
        is_this = path.endswith(f"/messages/{view.message_id}")
        response.headers["Location"] = path if is_this else f"{path}/{view.message_id}"
    return view
