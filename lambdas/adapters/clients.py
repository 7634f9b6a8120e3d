"""Clients of AWS services with deliberate patience.

A function waits for a visitor, so a call that has not connected within a second or answered within three is
tried again, three times in all, and then fails. Refuses to know what the calls are for.
"""

from __future__ import annotations

from typing import Any

import boto3
from botocore.config import Config

CONNECT_SECONDS = 1.0
READ_SECONDS = 3.0
ATTEMPTS = 3


def aws_client(service: str, *, read_seconds: float = READ_SECONDS, attempts: int = ATTEMPTS) -> Any:
    """A client for `service`; region, credentials and endpoint come from the environment."""
    return boto3.client(
        service,
        config=Config(
            connect_timeout=CONNECT_SECONDS,
            read_timeout=read_seconds,
            retries={"mode": "standard", "total_max_attempts": attempts},
            tcp_keepalive=True,
        ),
    )
