"""A store that does not answer is one kind of error, whatever the client library makes of it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from botocore.exceptions import BotoCoreError, ClientError

from core.errors import StoreAway


@contextmanager
def told_as_store_away() -> Iterator[None]:
    """Raises StoreAway for timeouts, broken connections and refusals; its detail is a code."""
    try:
        yield
    except ClientError as error:
        raise StoreAway(str(error.response.get("Error", {}).get("Code", "unknown"))) from error
    except BotoCoreError as error:
        raise StoreAway(type(error).__name__) from error
