"""Who is asking, about what: the dependencies that every route under a session shares.

The order is the promise: an unknown assistant is 404, no token 401, an unknown or expired session 404, a
foreign token 403, and only then is the body looked at. They are `async` though they block, because FastAPI
sends plain functions through a thread pool, which costs more than they do.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Annotated

from fastapi import Depends, Path, Request
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from core.dialogue import Session
from core.errors import ForeignToken, NotFound, NotSignedIn
from core.spec import AssistantSpec, OwnerSettings
from lambdas.adapters.owner_settings import OwnerSettingsReader
from lambdas.api.model_state import ModelState
from lambdas.api.questions import Questions
from lambdas.api.services import Services
from lambdas.api.stock import Stock
from lambdas.api.tokens import is_token_of, may_be_session_id
from lambdas.api.waiting import Waiting


@dataclass(frozen=True)
class Api:
    """What the routes work with, made once an application."""

    services: Services
    settings: OwnerSettingsReader
    questions: Questions
    waiting: Waiting
    model: ModelState
    stock: Stock


@dataclass(frozen=True)
class Dialogue:
    """A session whose visitor has shown the token, and its assistant."""

    spec: AssistantSpec
    settings: OwnerSettings
    session: Session


async def api_of(request: Request) -> Api:
    api: Api = request.app.state.api
    return api


async def spec_of(api: Annotated[Api, Depends(api_of)], assistant: Annotated[str, Path()]) -> AssistantSpec:
    try:
        return api.services.specs[assistant]
    except KeyError:
        raise NotFound(public_text="Такого помощника нет.") from None


_bearer = HTTPBearer(auto_error=False, description="The token that was shown when the session was opened")


async def dialogue_of(
    api: Annotated[Api, Depends(api_of)],
    spec: Annotated[AssistantSpec, Depends(spec_of)],
    session_id: Annotated[str, Path()],
    credentials: Annotated[HTTPAuthorizationCredentials | None, Depends(_bearer)],
) -> Dialogue:
    if credentials is None or not credentials.credentials:
        raise NotSignedIn
    session = api.services.dialogues.session(session_id) if may_be_session_id(session_id) else None
    if session is None or session.assistant != spec.id:
        raise NotFound
    if not is_token_of(credentials.credentials, session.token_sha256):
        raise ForeignToken
    return Dialogue(spec, api.settings.of(spec), session)


def deadline_of(request: Request, api: Api, wait_seconds: float | None) -> datetime:
    """Until when the visitor may be kept waiting, counted from the request's arrival at the gateway."""
    limits = api.services.limits
    seconds = limits.answer_deadline_seconds if wait_seconds is None else wait_seconds
    arrived: datetime = request.state.arrived_at
    return arrived + timedelta(seconds=max(0.0, seconds - limits.answer_margin_seconds))


ApiOf = Annotated[Api, Depends(api_of)]
SpecOf = Annotated[AssistantSpec, Depends(spec_of)]
DialogueOf = Annotated[Dialogue, Depends(dialogue_of)]
