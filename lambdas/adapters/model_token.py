"""The token of an external model server, out of Secrets Manager, kept for five minutes.

Refuses to put it into an error or a log line.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError

from core.errors import ModelUnavailable

KEEP_SECONDS = 300.0


class ModelToken:
    """Call it for the token. Raises ModelUnavailable."""

    def __init__(self, secrets: Any, arn: str, *, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._secrets = secrets
        self._arn = arn
        self._monotonic = monotonic
        self._kept: tuple[float, str] | None = None

    def __call__(self) -> str:
        now = self._monotonic()
        if self._kept is None or now - self._kept[0] >= KEEP_SECONDS:
            try:
                answer = self._secrets.get_secret_value(SecretId=self._arn)
            except (BotoCoreError, ClientError) as error:
                raise ModelUnavailable("the model's token cannot be read") from error
            self._kept = (now, str(answer["SecretString"]).strip())
        return self._kept[1]
