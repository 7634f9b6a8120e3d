"""Who is asking: the dependencies that every route behind the sign-in shares.

No token, or one that counts no more, is 401 before anything else is looked at; an unknown assistant is 404.
A token that Cognito has vouched for is believed for a minute, so that a page full of numbers costs one
question; a token that was taken back may go on for so long in another copy of the function. Refuses to keep a
token: its hash is enough to know it again.
"""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Annotated

from fastapi import Depends, Path, Request
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from core.errors import NotFound, OwnerNotSignedIn, StoreAway
from core.spec import AssistantSpec
from lambdas.adapters.audit import AuditRecord
from lambdas.adapters.clock import Clock
from lambdas.adapters.owner_pool import Owner
from lambdas.adapters.owner_settings import OwnerSettingsReader
from lambdas.adapters.screening import Screening
from lambdas.owner.likeness import Likeness
from lambdas.owner.publishing import Publishing
from lambdas.owner.services import Owners, Services

BELIEVED = timedelta(seconds=60)
REMEMBERED = 256
LONGEST_TOKEN = 8_192


class KnownTokens:
    """Whose tokens are, as Cognito said within the last minute."""

    def __init__(self, owners: Owners, clock: Clock) -> None:
        self._owners = owners
        self._clock = clock
        self._known: OrderedDict[str, tuple[Owner, datetime]] = OrderedDict()

    def owner(self, token: str) -> Owner:
        """Raises OwnerNotSignedIn, StoreAway."""
        if len(token) > LONGEST_TOKEN:
            raise OwnerNotSignedIn
        name, now = _name(token), self._clock()
        owner, until = self._known.get(name, (None, now))
        if owner is not None and now < until:
            return owner
        owner = self._owners.owner(token)
        if owner is None:
            self._known.pop(name, None)
            raise OwnerNotSignedIn
        self._known[name] = (owner, min(owner.until, now + BELIEVED))
        while len(self._known) > REMEMBERED:
            self._known.popitem(last=False)
        return owner

    def forget(self, token: str) -> None:
        self._known.pop(_name(token), None)


def _name(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


@dataclass(frozen=True)
class Api:
    """What the routes work with, made once an application."""

    services: Services
    tokens: KnownTokens
    settings: OwnerSettingsReader
    screening: Screening
    publishing: Publishing
    likeness: Likeness

    def record(self, subject: str, record: AuditRecord) -> None:
        """What was changed stands where it was changed, too: it is not undone where nobody can write this."""
        try:
            self.services.audit.append(subject, record)
        except StoreAway as error:
            self.services.telemetry.alarm("audit_away", error)


async def api_of(request: Request) -> Api:
    api: Api = request.app.state.api
    return api


ApiOf = Annotated[Api, Depends(api_of)]
_bearer = HTTPBearer(auto_error=False, description="The access token that `signIn` answered")


async def token_of(
    credentials: Annotated[HTTPAuthorizationCredentials | None, Depends(_bearer)],
) -> str:
    if credentials is None or not credentials.credentials:
        raise OwnerNotSignedIn
    return credentials.credentials


TokenOf = Annotated[str, Depends(token_of)]


async def owner_of(api: ApiOf, token: TokenOf) -> Owner:
    return api.tokens.owner(token)


OwnerOf = Annotated[Owner, Depends(owner_of)]


async def spec_of(api: ApiOf, owner: OwnerOf, assistant: Annotated[str, Path()]) -> AssistantSpec:
    """Every owner of this deployment looks after all of its assistants."""
    _ = owner  # who is not signed in learns nothing of what there is
    try:
        return api.services.specs[assistant]
    except KeyError:
        raise NotFound(public_text="Такого помощника нет.") from None


SpecOf = Annotated[AssistantSpec, Depends(spec_of)]
