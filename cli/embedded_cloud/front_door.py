"""The front door: page and API from one origin, on the loopback.

`/v1/*` goes to the emulator's API in its path form, with the token by which the API knows its own edge;
everything else comes from the site's bucket. What CloudFront does on AWS (`infra/edge.py`). Refuses to follow
redirects, to go anywhere but to the emulator, and to change a body.
"""

from __future__ import annotations

import argparse
import os
import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from http import HTTPStatus
from urllib.parse import unquote_to_bytes

import httpx
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

API_PATH = b"/v1/"
ORIGIN_HEADER = "x-origin-token"
TOKEN_VARIABLE = "ORIGIN_TOKEN"  # noqa: S105 - the variable's name
LARGEST_BODY_BYTES = 10 * 1024 * 1024  # API Gateway's own limit
PARALLEL_REQUESTS = 512
UPSTREAM_SECONDS = 60
SITE_STATUSES = {200, 206, 304, 416}
WITHOUT_BODY = {204, 304}
HOP_BY_HOP = {
    *("connection", "keep-alive", "proxy-authenticate", "proxy-authorization", "proxy-connection"),
    *("te", "trailer", "transfer-encoding", "upgrade"),
}
NOT_TO_EMULATOR = HOP_BY_HOP | {"host", "content-length", "accept-encoding", "expect", ORIGIN_HEADER}
NOT_TO_CLIENT = HOP_BY_HOP | {"content-length", "server", "date"}
OF_A_PAGE = {
    *("content-type", "content-disposition", "etag", "last-modified", "accept-ranges", "content-range"),
}
CONDITIONS = ("if-none-match", "if-modified-since", "range")
METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]


@dataclass(frozen=True)
class Upstream:
    """Where things are on the emulator. `emulator` is scheme, host and port."""

    emulator: str
    api_id: str
    site_bucket: str
    origin_token: str = field(repr=False)

    def api(self, raw_path: bytes) -> httpx.URL:
        return self._url(f"/_aws/execute-api/{self.api_id}/$default".encode() + raw_path)

    def site(self, raw_path: bytes) -> httpx.URL:
        page = b"/index.html" if raw_path == b"/" else raw_path
        return self._url(f"/{self.site_bucket}".encode() + page)

    def _url(self, raw_path: bytes) -> httpx.URL:
        return httpx.URL(self.emulator).copy_with(raw_path=raw_path)


def build(upstream: Upstream, transport: httpx.AsyncBaseTransport | None = None) -> Starlette:
    """The application. `transport` stands in for the emulator in tests.

    A bare transport and no client: it has no cookie jar to mix visitors up in, and follows nothing.
    """
    emulator = transport or httpx.AsyncHTTPTransport(
        limits=httpx.Limits(max_connections=PARALLEL_REQUESTS, max_keepalive_connections=64), trust_env=False
    )

    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        yield
        await emulator.aclose()

    async def handle(request: Request) -> Response:
        raw_path: bytes = request.scope.get("raw_path") or request.scope["path"].encode()
        if not raw_path.startswith(b"/") or _has_dots(raw_path) or _has_fragment(request, raw_path):
            return _refusal(400, "malformed", "Запрос не удалось прочитать.")
        if raw_path.startswith(API_PATH):
            return await _from_api(emulator, upstream, request, raw_path)
        return await _from_site(emulator, upstream, request, raw_path)

    return Starlette(
        routes=[Route("/{path:path}", handle, methods=METHODS)],
        lifespan=lifespan,
        exception_handlers={HTTPStatus.METHOD_NOT_ALLOWED: _no_such_method},
    )


def _no_such_method(_request: Request, _error: Exception | None = None) -> JSONResponse:
    return _refusal(405, "method_not_allowed", "Этот адрес не принимает такой метод.")


def _has_dots(raw_path: bytes) -> bool:
    """Whether a segment is "." or "..", however it is spelled: on the way they would be resolved."""
    return any(unquote_to_bytes(segment) in {b".", b".."} for segment in raw_path.split(b"/"))


def _has_fragment(request: Request, raw_path: bytes) -> bool:
    """A fragment is for browsers alone; whoever sends one writes no addresses that can be taken apart."""
    return b"#" in raw_path or b"#" in request.scope["query_string"]


async def _from_api(
    emulator: httpx.AsyncBaseTransport, upstream: Upstream, request: Request, raw_path: bytes
) -> Response:
    body = await _body(request)
    if body is None:
        return _refusal(413, "too_large", "Слишком большой запрос.")
    query: bytes = request.scope["query_string"]
    url = upstream.api(raw_path + (b"?" + query if query else b""))
    headers = [(k, v) for k, v in request.headers.raw if _may_pass(k, NOT_TO_EMULATOR)]
    headers.append((ORIGIN_HEADER.encode(), upstream.origin_token.encode()))
    answer = await _ask(emulator, httpx.Request(request.method, url, headers=headers, content=body))
    if isinstance(answer, Response):
        return answer
    return _answer(answer, [(k, v) for k, v in answer.headers.raw if _may_pass(k, NOT_TO_CLIENT)])


async def _from_site(
    emulator: httpx.AsyncBaseTransport, upstream: Upstream, request: Request, raw_path: bytes
) -> Response:
    if request.method not in {"GET", "HEAD"}:
        return _no_such_method(request)
    headers = {name: request.headers[name] for name in CONDITIONS if name in request.headers}
    answer = await _ask(emulator, httpx.Request(request.method, upstream.site(raw_path), headers=headers))
    if isinstance(answer, Response):
        return answer
    if answer.status_code not in SITE_STATUSES:
        return _refusal(404, "not_found", "Страница не найдена.")
    kept = [(k, v) for k, v in answer.headers.raw if k.decode("latin-1").lower() in OF_A_PAGE]
    return _answer(answer, [*kept, (b"cache-control", b"no-cache"), (b"x-content-type-options", b"nosniff")])


async def _body(request: Request) -> bytes | None:
    """The whole body, or None when it is larger than API Gateway would take."""
    chunks, size = [], 0
    async for chunk in request.stream():
        size += len(chunk)
        if size > LARGEST_BODY_BYTES:
            return None
        chunks.append(chunk)
    return b"".join(chunks)


async def _ask(emulator: httpx.AsyncBaseTransport, question: httpx.Request) -> httpx.Response | JSONResponse:
    """The emulator's answer, read to its end, or what the client is told when there is none."""
    question.headers["accept-encoding"] = "identity"
    question.extensions["timeout"] = httpx.Timeout(UPSTREAM_SECONDS).as_dict()
    try:
        answer = await emulator.handle_async_request(question)
        await answer.aread()
        await answer.aclose()
    except httpx.TimeoutException:
        return _refusal(504, "timeout", "Ответа пока нет. Пожалуйста, повторите чуть позже.")
    except httpx.TransportError:
        return _refusal(502, "unavailable", "Сервис запускается или остановлен. Повторите чуть позже.")
    return answer


def _answer(answer: httpx.Response, headers: list[tuple[bytes, bytes]]) -> Response:
    response = Response(answer.content, status_code=answer.status_code)
    length = answer.headers.get(
        "content-length", str(len(answer.content))
    )  # to HEAD it is not that of the body
    has_body = answer.status_code not in WITHOUT_BODY
    response.raw_headers = [*headers, (b"content-length", length.encode())] if has_body else headers
    return response


def _may_pass(name: bytes, refused: set[str]) -> bool:
    """Neither what belongs to one hop nor what only the emulator and its clients say to each other."""
    lower = name.decode("latin-1").lower()
    return lower not in refused and not lower.startswith(("x-amz", "x-ministack"))


def _refusal(status: int, code: str, message: str) -> JSONResponse:
    """In the shape of the API's own errors."""
    error = {"code": code, "message": message, "fields": [], "request_id": uuid.uuid4().hex}
    return JSONResponse({"error": error}, status_code=status)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--emulator", required=True, help="http://127.0.0.1:4566")
    parser.add_argument("--api-id", required=True)
    parser.add_argument("--site-bucket", required=True)
    given = parser.parse_args()
    upstream = Upstream(given.emulator, given.api_id, given.site_bucket, os.environ[TOKEN_VARIABLE])
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
