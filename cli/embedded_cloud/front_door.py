"""The front door: page and API from one origin, on the loopback.

`/v1/*`, `/docs` and `/openapi.json` go to the emulator's API in its path form, everything else comes from the
site's bucket. What CloudFront does on AWS. Refuses to follow redirects, to go anywhere but to the emulator,
and to change a body.
"""

from __future__ import annotations

import argparse
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass

import httpx
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

API_PATHS = ("/v1", "/docs", "/openapi.json")
LARGEST_BODY_BYTES = 10 * 1024 * 1024  # API Gateway's own limit
PARALLEL_REQUESTS = 512
UPSTREAM_SECONDS = 60
HOP_BY_HOP = {
    *("connection", "keep-alive", "proxy-authenticate", "proxy-authorization", "proxy-connection"),
    *("te", "trailer", "transfer-encoding", "upgrade"),
}
NOT_TO_EMULATOR = HOP_BY_HOP | {"host", "content-length", "accept-encoding", "expect"}
NOT_TO_CLIENT = HOP_BY_HOP | {"content-length", "server", "date"}
CONDITIONS = ("if-none-match", "if-modified-since", "range")
METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]


@dataclass(frozen=True)
class Upstream:
    """Where things are on the emulator. `emulator` is scheme, host and port."""

    emulator: str
    api_id: str
    site_bucket: str

    def api(self, raw_path: bytes) -> httpx.URL:
        return self._url(f"/_aws/execute-api/{self.api_id}/$default".encode() + raw_path)

    def site(self, raw_path: bytes) -> httpx.URL:
        page = b"/index.html" if raw_path == b"/" else raw_path
        return self._url(f"/{self.site_bucket}".encode() + page)

    def _url(self, raw_path: bytes) -> httpx.URL:
        return httpx.URL(self.emulator).copy_with(raw_path=raw_path)


def build(upstream: Upstream, transport: httpx.AsyncBaseTransport | None = None) -> Starlette:
    """The application. `transport` stands in for the emulator in tests."""
    limits = httpx.Limits(max_connections=PARALLEL_REQUESTS, max_keepalive_connections=64)
    client = httpx.AsyncClient(
        timeout=httpx.Timeout(UPSTREAM_SECONDS),
        limits=limits,
        follow_redirects=False,
        trust_env=False,
        transport=transport,
    )

    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        yield
        await client.aclose()

    async def handle(request: Request) -> Response:
        raw_path: bytes = request.scope.get("raw_path") or request.scope["path"].encode()
        if not raw_path.startswith(b"/"):
            return _refusal(400, "bad_request", "The request line must name a path.")
        if _is_api(raw_path):
            return await _to_api(client, upstream, request, raw_path)
        return await _to_site(client, upstream, request, raw_path)

    return Starlette(routes=[Route("/{path:path}", handle, methods=METHODS)], lifespan=lifespan)


def _is_api(raw_path: bytes) -> bool:
    path = raw_path.decode("latin-1")
    return any(path == start or path.startswith(f"{start}/") for start in API_PATHS)


async def _to_api(
    client: httpx.AsyncClient, upstream: Upstream, request: Request, raw_path: bytes
) -> Response:
    body = await _body(request)
    if body is None:
        return _refusal(413, "too_large", "Слишком большой запрос.")
    query: bytes = request.scope["query_string"]
    url = upstream.api(raw_path + (b"?" + query if query else b""))
    headers = [(k, v) for k, v in request.headers.raw if _may_pass(k, NOT_TO_EMULATOR)]
    return await _ask(client, client.build_request(request.method, url, headers=headers, content=body))


async def _to_site(
    client: httpx.AsyncClient, upstream: Upstream, request: Request, raw_path: bytes
) -> Response:
    if request.method not in {"GET", "HEAD"}:
        return _refusal(405, "method_not_allowed", "Only the API takes more than GET.")
    if b"/../" in raw_path + b"/" or b"%2f" in raw_path.lower() or b"%2e" in raw_path.lower():
        return _refusal(404, "not_found", "Страница не найдена.")
    headers = [(k, request.headers[k]) for k in CONDITIONS if k in request.headers]
    url = upstream.site(raw_path)
    response = await _ask(client, client.build_request(request.method, url, headers=headers))
    if response.status_code in {403, 404}:
        return _refusal(404, "not_found", "Страница не найдена.")
    response.headers["cache-control"] = "no-cache"
    response.headers["x-content-type-options"] = "nosniff"
    return response


async def _body(request: Request) -> bytes | None:
    """The whole body, or None when it is larger than API Gateway would take."""
    chunks, size = [], 0
    async for chunk in request.stream():
        size += len(chunk)
        if size > LARGEST_BODY_BYTES:
            return None
        chunks.append(chunk)
    return b"".join(chunks)


async def _ask(client: httpx.AsyncClient, upstream_request: httpx.Request) -> Response:
    upstream_request.headers["accept-encoding"] = "identity"
    try:
        answer = await client.send(upstream_request)
    except httpx.TimeoutException:
        return _refusal(504, "timeout", "Ответа пока нет. Пожалуйста, повторите чуть позже.")
    except httpx.TransportError:
        return _refusal(502, "unavailable", "Сервис запускается или остановлен. Повторите чуть позже.")
    response = Response(answer.content, status_code=answer.status_code)
    content_length = response.headers.get("content-length")
    response.raw_headers = list(_passing(answer.headers.raw))
    if content_length is not None:
        response.headers["content-length"] = answer.headers.get("content-length", content_length)
    return response


def _passing(headers: Iterable[tuple[bytes, bytes]]) -> Iterable[tuple[bytes, bytes]]:
    return ((k.lower(), v) for k, v in headers if _may_pass(k, NOT_TO_CLIENT))


def _may_pass(name: bytes, refused: set[str]) -> bool:
    """Neither what belongs to one hop nor what only the emulator and its clients say to each other."""
    lower = name.decode("latin-1").lower()
    return lower not in refused and not lower.startswith(("x-amz", "x-ministack"))


def _refusal(status: int, code: str, message: str) -> JSONResponse:
    return JSONResponse({"error": {"code": code, "message": message, "fields": []}}, status_code=status)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--emulator", required=True, help="http://127.0.0.1:4566")
    parser.add_argument("--api-id", required=True)
    parser.add_argument("--site-bucket", required=True)
    given = parser.parse_args()
    upstream = Upstream(given.emulator, given.api_id, given.site_bucket)
    uvicorn.run(
        build(upstream),
        host="127.0.0.1",
        port=given.port,
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=2,
        log_level="warning",
    )


if __name__ == "__main__":
    main()
