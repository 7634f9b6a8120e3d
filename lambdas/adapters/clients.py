"""Clients of AWS services with deliberate patience.

A function waits for a visitor, so a call that has not connected within two seconds or answered within four
is tried once more and then fails. A worker, for whom nobody waits so impatiently, may give more. Refuses to
know what the calls are for.
"""

from __future__ import annotations

from typing import Any

import boto3
from botocore.config import Config

CONNECT_SECONDS = 2.0
READ_SECONDS = 4.0
ATTEMPTS = 2


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
