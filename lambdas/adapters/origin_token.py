"""The token by which the API knows its own edge, as Secrets Manager keeps it.

A version of the secret is JSON: `token` is what the edge sends now, `next` what it will send after the coming
rotation. Both are admitted, so that no edge ever sends what the API has not heard of (ADR 0019). Refuses to
put a token into an error or a log.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError

from core.errors import StoreAway

CURRENT, PREVIOUS, PENDING = "AWSCURRENT", "AWSPREVIOUS", "AWSPENDING"
NO_SUCH_VERSION = "ResourceNotFoundException"


@dataclass(frozen=True)
class OriginToken:
    """One version's tokens. `next` is None in a secret that was never rotated."""

    token: str = field(repr=False)
    next: str | None = field(default=None, repr=False)

    @classmethod
    def from_json(cls, text: str) -> OriginToken:
        """Raises ValueError, KeyError or TypeError for a text of another form."""
        said = json.loads(text)
        return cls(token=str(said["token"]), next=str(said["next"]) if said.get("next") else None)

    def to_json(self) -> str:
        return json.dumps({"token": self.token, "next": self.next})

    @property
    def admitted(self) -> frozenset[str]:
        return frozenset(filter(None, (self.token, self.next)))

    def followed_by(self, fresh: str) -> OriginToken:
        """What was announced is sent, `fresh` is announced. The first time nothing was announced yet."""
        return OriginToken(token=self.next or self.token, next=fresh)


class OriginTokens:
    """The versions of one secret, by name or ARN. Every method raises StoreAway."""

    def __init__(self, client: Any, secret: str) -> None:
        self._client = client
        self._secret = secret

    def admitted(self) -> frozenset[str]:
        """The tokens of the current version, and of the one before while there is one."""
        before = self._read(VersionStage=PREVIOUS)
        return self.current().admitted | (before.admitted if before else frozenset())

    def current(self) -> OriginToken:
        token = self._read(VersionStage=CURRENT)
        if token is None:
            raise StoreAway("the origin's token has no current version")
        return token

    def version(self, version: str) -> OriginToken | None:
        """None while nothing was put there."""
        return self._read(VersionId=version)

    def stages(self) -> dict[str, tuple[str, ...]]:
        """The stages of each version by its id."""
        said = self._ask("describe_secret")
        return {version: tuple(stages) for version, stages in said["VersionIdsToStages"].items()}

    def put_pending(self, version: str, token: OriginToken) -> None:
        self._ask(
            "put_secret_value",
            ClientRequestToken=version,
            SecretString=token.to_json(),
            VersionStages=[PENDING],
        )

    def make_current(self, version: str, *, instead_of: str) -> None:
        self._ask(
            "update_secret_version_stage",
            VersionStage=CURRENT,
            MoveToVersionId=version,
            RemoveFromVersionId=instead_of,
        )

    def _read(self, **which: str) -> OriginToken | None:
        said = self._ask("get_secret_value", **which)
        try:
            return OriginToken.from_json(said["SecretString"]) if said else None
        except (ValueError, KeyError, TypeError) as error:
            raise StoreAway("the origin's token is damaged") from error

    def _ask(self, call: str, **arguments: Any) -> Any:
        """The answer, None for a version that is not there."""
        try:
            return getattr(self._client, call)(SecretId=self._secret, **arguments)
        except ClientError as error:
            if call == "get_secret_value" and error.response["Error"]["Code"] == NO_SUCH_VERSION:
                return None
            raise StoreAway("the origin's token cannot be reached") from error
        except BotoCoreError as error:
            raise StoreAway("the origin's token cannot be reached") from error
