"""Who asks, how long they wait and whether they still listen: what is not the model's of a request.

The header `X-Timeout-Seconds` says how many seconds are left to the caller. SageMaker hands on no header but
its custom attributes, where `timeout_seconds=12.5` says the same. The caller's name is OpenAI's `user`.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Coroutine
from typing import Any, TypeVar

from starlette.requests import Request

from inference_container.errors import BadRequest
from inference_container.service import Caller

TIMEOUT = "X-Timeout-Seconds"
ATTRIBUTES = "X-Amzn-SageMaker-Custom-Attributes"
_ATTRIBUTE = re.compile(r"(?:^|[,;\s])timeout_seconds=([^,;\s]*)")
_LONGEST_SECONDS = 3_600.0

GONE = 499  # the convention for "client closed the request"; nobody reads it

T = TypeVar("T")


def caller_of(request: Request, user: str | None) -> Caller:
    """Raises BadRequest for a time that is no number of seconds. None left is a deadline that has passed."""
    told = request.headers.get(TIMEOUT)
    if told is None and (attribute := _ATTRIBUTE.search(request.headers.get(ATTRIBUTES, ""))):
        told = attribute[1]
    if told is None:
        return Caller(user)
    if not re.fullmatch(r"\d{1,5}(\.\d{1,6})?", told.strip(), re.ASCII):
        raise BadRequest(f"{TIMEOUT} is a number of seconds, such as 12.5.", parameter=TIMEOUT)
    return Caller(user, min(float(told), _LONGEST_SECONDS))


async def unless_gone(request: Request, work: Coroutine[Any, Any, T]) -> T | None:
    """The result of `work`, or None (and `work` cancelled) when the caller goes away first."""
    working = asyncio.ensure_future(work)
    leaving = asyncio.create_task(_gone(request))
    try:
        await asyncio.wait({working, leaving}, return_when=asyncio.FIRST_COMPLETED)
        return await working if working.done() else None
    finally:
        working.cancel()
        leaving.cancel()


async def _gone(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        """The body has been read: only empty remains of it can come."""
