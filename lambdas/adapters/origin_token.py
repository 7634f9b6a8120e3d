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

    @property
    def admitted(self) -> frozenset[str]:
        return frozenset(filter(None, (self.token, self.next)))


class AdmittedTokens:
    """What the API lets in: the tokens of the current version, and of the one before while there is one."""

    def __init__(self, client: Any, secret: str) -> None:
        self._client = client
        self._secret = secret

    def read(self) -> frozenset[str]:
        """Raises StoreAway when the secret cannot be read or is of another form."""
        try:
            return self._version(CURRENT).admitted | self._admitted_before()
        except (BotoCoreError, ClientError, ValueError, KeyError, TypeError) as error:
            raise StoreAway("the origin's token cannot be read") from error

    def _admitted_before(self) -> frozenset[str]:
        try:
            return self._version(PREVIOUS).admitted
        except ClientError as error:
            if error.response["Error"]["Code"] != NO_SUCH_VERSION:
                raise
            return frozenset()

    def _version(self, stage: str) -> OriginToken:
        said = self._client.get_secret_value(SecretId=self._secret, VersionStage=stage)
        return OriginToken.from_json(said["SecretString"])
