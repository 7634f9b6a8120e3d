"""A visitor's side of the HTTP API: open a dialogue, ask, read the answer while it grows.

Knows the wire contract of `lambdas/api`. Refuses to know terminals and files. A question is sent again under
the same id when the line breaks, so nothing is asked twice.
"""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Any

import httpx

FINAL_STATES = frozenset({"answered", "refused", "failed"})
SEND_ATTEMPTS = 4
POLL_WAIT_SECONDS = 20
PAUSE_SECONDS = 0.1
READ_MARGIN_SECONDS = 30.0


class Unreachable(Exception):
    """The API cannot be reached or keeps answering 5xx. `trouble` is the last one, in a word."""

    def __init__(self, sentence: str, trouble: str = "late") -> None:
        super().__init__(sentence)
        self.trouble = trouble


class Rejected(Exception):
    """The API said no (4xx): its status, code and public sentence."""

    def __init__(
        self, status: int, code: str, message: str, retry_after_seconds: float | None = None
    ) -> None:
        super().__init__(f"{status} {code}: {message}")
        self.status = status
        self.code = code
        self.message = message
        self.retry_after_seconds = retry_after_seconds


@dataclass(frozen=True)
class Message:
    """One turn as the API shows it. `text` is the answer from the offset that was asked for."""

    message_id: str
    state: str
    text: str = ""
    offset: int = 0
    revision: int = 0
    notice: str | None = None
    offers: list[str] = field(default_factory=list)
    sources: list[dict[str, Any]] = field(default_factory=list)
    facts: list[dict[str, Any]] = field(default_factory=list)
    reason: str | None = None
    created_at: str | None = None
    finished_at: str | None = None
    elapsed_ms: int | None = None
    versions: dict[str, Any] = field(default_factory=dict)
    status: int = 200
    retry_after_seconds: float = 0.0

    @property
    def final(self) -> bool:
        return self.state in FINAL_STATES


class Attendant:
    """The API at one address. Safe to share between threads."""

    def __init__(
        self, url: str, *, attempts: int = SEND_ATTEMPTS, transport: httpx.BaseTransport | None = None
    ) -> None:
        self._attempts = attempts
        limits = httpx.Limits(max_connections=None, max_keepalive_connections=100)
        timeout = httpx.Timeout(READ_MARGIN_SECONDS, connect=5.0)
        self._http = httpx.Client(
            base_url=url.rstrip("/"), timeout=timeout, limits=limits, transport=transport
        )
        self._terms: dict[str, str] = {}

    def close(self) -> None:
        self._http.close()

    def assistants(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.call("GET", "/v1/assistants").json()["assistants"]
        return found

    def health(self) -> dict[str, Any]:
        health: dict[str, Any] = self.call("GET", "/v1/health").json()
        return health

    def open(self, assistant: str) -> Dialogue:
        """A new session with consent to storage alone. Raises Rejected, Unreachable."""
        if assistant not in self._terms:
            self._terms.update({a["id"]: a["terms"]["version"] for a in self.assistants()})
        if assistant not in self._terms:
            known = ", ".join(sorted(self._terms)) or "none"
            raise Rejected(404, "not_found", f"there is no assistant {assistant!r}; there are: {known}")
        consent = {"storage": True, "training": False, "text_version": self._terms[assistant]}
        opened = self.call("POST", f"/v1/{assistant}/sessions", json={"consent": consent}).json()
        return Dialogue(self, assistant, opened["session_id"], opened["token"])

    def call(self, method: str, path: str, **request: Any) -> httpx.Response:
        """One request, tried again while the line is broken or the answer is 5xx.

        Raises Rejected for 4xx and Unreachable when the attempts are used up.
        """
        trouble = ""
        for attempt in range(self._attempts):
            if attempt:
                time.sleep(min(0.2 * 2**attempt, 2.0))
            try:
                response = self._http.request(method, path, **request)
            except httpx.HTTPError as error:
                trouble = type(error).__name__
                continue
            if response.status_code < 400:
                return response
            if response.status_code < 500:
                raise _rejection(response)
            trouble = f"HTTP {response.status_code}"
        raise Unreachable(f"{self._http.base_url} does not answer ({trouble})", trouble)


@dataclass(frozen=True)
class Dialogue:
    """One open session."""

    api: Attendant
    assistant: str
    session_id: str
    token: str

    def send(self, message_id: str, text: str, *, wait_seconds: float | None = None) -> Message:
        """Sends one question; `wait_seconds` None leaves it to the API. Raises Rejected, Unreachable."""
        body: dict[str, Any] = {"message_id": message_id, "text": text}
        if wait_seconds is not None:
            body["wait_seconds"] = wait_seconds
        return _message(self._call("POST", "/messages", json=body))

    def poll(
        self,
        message_id: str,
        *,
        wait_seconds: float = POLL_WAIT_SECONDS,
        after: int = 0,
        revision: int | None = None,
    ) -> Message:
        """Waits for more text than `after` code points of that revision, or for the end.

        Raises Rejected, Unreachable.
        """
        query: dict[str, float] = {"wait_seconds": wait_seconds, "after": after}
        if revision is not None:
            query["revision"] = revision
        return _message(self._call("GET", f"/messages/{message_id}", params=query))

    def ask(self, text: str, show: Callable[[str], None], *, timeout_seconds: float) -> Message:
        """Asks and reads to the end; `show` gets each new piece. The message returned has the whole answer.

        Raises Rejected, Unreachable; also Unreachable when the answer is not final in time.
        """
        deadline = time.monotonic() + timeout_seconds
        message = self.send(new_message_id(), text, wait_seconds=0)
        answer, revision = "", message.revision
        while True:
            if message.revision != revision:  # another worker began the answer anew: its text comes whole
                answer, revision = "", message.revision
                show("\n")
            if message.text:
                answer += message.text
                show(message.text)
            if message.final:
                return replace(message, text=answer)
            if time.monotonic() > deadline:
                told = f": {message.notice}" if message.notice else ""
                raise Unreachable(f"the answer is still being made after {timeout_seconds:.0f} s{told}")
            if not message.text:
                time.sleep(PAUSE_SECONDS)  # the API may answer at once when it has no room for waiters
            message = self.poll(message.message_id, after=len(answer), revision=revision)

    def end(self) -> None:
        self._call("POST", "/end")

    def erase(self) -> None:
        """Everything of the session is deleted. Raises Rejected, Unreachable."""
        self._call("DELETE", "")

    def _call(self, method: str, path: str, **request: Any) -> httpx.Response:
        return self.api.call(
            method,
            f"/v1/{self.assistant}/sessions/{self.session_id}{path}",
            headers={"Authorization": f"Bearer {self.token}"},
            **request,
        )


def new_message_id() -> str:
    return secrets.token_urlsafe(12)


@contextmanager
def talking_to(url: str, *, attempts: int = SEND_ATTEMPTS) -> Iterator[Attendant]:
    api = Attendant(url, attempts=attempts)
    try:
        yield api
    finally:
        api.close()


def _message(response: httpx.Response) -> Message:
    body = response.json()
    known = {name: body[name] for name in Message.__dataclass_fields__ if body.get(name) is not None}
    known.pop("status", None)
    retry_after = _seconds(response.headers.get("Retry-After")) or 0.0
    return replace(Message(**known), status=response.status_code, retry_after_seconds=retry_after)


def _rejection(response: httpx.Response) -> Rejected:
    retry_after = _seconds(response.headers.get("Retry-After"))
    try:
        error = response.json()["error"]
        fields = [f"{f['field']}: {f['message']}" for f in error.get("fields") or []]
        return Rejected(
            response.status_code, error["code"], "; ".join([error["message"], *fields]), retry_after
        )
    except (ValueError, KeyError, TypeError):
        return Rejected(response.status_code, "unknown", response.reason_phrase, retry_after)


def _seconds(header: str | None) -> float | None:
    try:
        return float(header) if header is not None else None
    except ValueError:
        return None
