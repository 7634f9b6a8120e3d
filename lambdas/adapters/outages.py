"""A service that does not answer is one kind of error, whatever the client library makes of it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from botocore.exceptions import BotoCoreError, ClientError

from core.errors import AttendantError, CapacityUnknown, MailAway, StoreAway


@contextmanager
def told_as_store_away() -> Iterator[None]:
    """Raises StoreAway for timeouts, broken connections and refusals; its detail is a code."""
    with _told_as(StoreAway):
        yield


@contextmanager
def told_as_capacity_unknown() -> Iterator[None]:
    """The same as CapacityUnknown."""
    with _told_as(CapacityUnknown):
        yield


@contextmanager
def told_as_mail_away() -> Iterator[None]:
    """The same as MailAway."""
    with _told_as(MailAway):
        yield


@contextmanager
def _told_as(kind: type[AttendantError]) -> Iterator[None]:
    try:
        yield
    except ClientError as error:
        raise kind(str(error.response.get("Error", {}).get("Code", "unknown"))) from error
    except BotoCoreError as error:
        raise kind(type(error).__name__) from error
