"""An authorizer is asked about one caller once, however many of its requests are waiting for the answer.

The emulator keeps answers as long as AWS does, but while none is kept it asks for each request: fifty at once
after an hour start fifty interpreters on a laptop. Here the others wait for the first one's answer. Refuses
to judge, and to keep anything itself.
"""

from __future__ import annotations

import asyncio
from typing import Any
from weakref import WeakValueDictionary

from ministack.services import apigateway

from cli.embedded_cloud.emulator.seams import replace, store

PARAMETERS = ("api_id", "stage", "route", "method", "path", "resource_path", "headers")


def install() -> None:
    waiting: WeakValueDictionary[tuple[Any, ...], asyncio.Lock] = WeakValueDictionary()
    authorizers = store(apigateway, "_authorizers")

    async def once(  # noqa: PLR0917 - as the emulator calls it
        api_id: str,
        stage: str,
        route: dict[str, Any],
        method: str,
        path: str,
        resource_path: str,
        headers: dict[str, str],
        *others: Any,
        **named: Any,
    ) -> Any:
        authorizer = (authorizers.get(api_id) or {}).get(route.get("authorizerId")) or {}
        names = [source.rpartition(".")[2].lower() for source in authorizer.get("identitySource") or []]
        caller = (api_id, stage, *(headers.get(name) for name in names))
        lock = waiting.setdefault(caller, asyncio.Lock())
        async with lock:
            return await original(
                api_id, stage, route, method, path, resource_path, headers, *others, **named
            )

    original = replace(apigateway, "_authorize_request_v2", once, *PARAMETERS)
