"""The CloudFront distribution that sends the origin's token.

Knows where in its configuration the token stands. Refuses to change anything else, and to wait.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError

from core.errors import StoreAway

HEADER = "x-origin-token"
DEPLOYED = "Deployed"


@dataclass(frozen=True)
class Sending:
    """`everywhere`: no place of CloudFront sends another one any more."""

    token: str = field(repr=False)
    everywhere: bool


class EdgeDistribution:
    """Both methods raise StoreAway."""

    def __init__(self, client: Any, distribution_id: str) -> None:
        self._client = client
        self._id = distribution_id

    def sending(self) -> Sending:
        said = self._said()
        header = _header(said["Distribution"]["DistributionConfig"])
        return Sending(token=header["HeaderValue"], everywhere=said["Distribution"]["Status"] == DEPLOYED)

    def send(self, token: str) -> None:
        """Begins to; a change that somebody else makes meanwhile is kept, and this one raises."""
        said = self._said()
        config = said["Distribution"]["DistributionConfig"]
        header = _header(config)
        if header["HeaderValue"] == token:
            return
        header["HeaderValue"] = token
        try:
            self._client.update_distribution(Id=self._id, IfMatch=said["ETag"], DistributionConfig=config)
        except (BotoCoreError, ClientError) as error:
            raise StoreAway("the distribution cannot be changed") from error

    def _said(self) -> Any:
        try:
            return self._client.get_distribution(Id=self._id)
        except (BotoCoreError, ClientError) as error:
            raise StoreAway("the distribution cannot be read") from error


def _header(config: Any) -> Any:
    for origin in config["Origins"]["Items"]:
        for header in origin.get("CustomHeaders", {}).get("Items", ()):
            if header["HeaderName"].lower() == HEADER:
                return header
    raise StoreAway("no origin of the distribution is sent a token")
