"""The URL of a source database, out of Secrets Manager.

Knows the two forms of the secret: the URL itself, or JSON with `url`. Refuses to remember it (a changed
password works on the next run) and to put it into an error.
"""

from __future__ import annotations

import json
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError

from core.errors import ExportRefused


class SourceSecrets:
    """`arns` maps an assistant's id to the ARN of its secret."""

    def __init__(self, client: Any, arns: dict[str, str]) -> None:
        self._client = client
        self._arns = arns

    def url(self, assistant: str) -> str:
        """Raises ExportRefused(unreadable) when there is no secret, or none that may be read."""
        arn = self._arns.get(assistant)
        if arn is None:
            raise ExportRefused("unreadable", f"no source is configured for {assistant!r}")
        try:
            text = str(self._client.get_secret_value(SecretId=arn)["SecretString"]).strip()
        except (ClientError, BotoCoreError, KeyError) as error:
            raise ExportRefused(
                "unreadable", f"the source's secret cannot be read ({_code(error)})"
            ) from error
        if text.startswith("{"):
            try:
                text = str(json.loads(text)["url"])
            except (ValueError, KeyError, TypeError) as error:
                raise ExportRefused("unreadable", "the source's secret is JSON without `url`") from error
        if not text:
            raise ExportRefused("unreadable", "the source's secret is empty")
        return text


def _code(error: Exception) -> str:
    response = getattr(error, "response", {})
    return str(response.get("Error", {}).get("Code", type(error).__name__))
