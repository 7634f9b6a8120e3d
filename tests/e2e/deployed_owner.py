"""The owner of the deployed salon, as a client of the owner's API.

Knows how documents are published and put back. Refuses to know the page.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import httpx

NOTICED_SECONDS = 11  # every reader looks at the owner's documents every ten


class Owner:
    def __init__(self, http: httpx.Client, kept: dict[str, str], salon: str) -> None:
        self.http = http
        self.salon = salon
        told = http.post("/v1/owner/sign-in", json=kept)
        assert told.status_code == 200, told.text
        self.tokens = told.json()

    def call(self, method: str, path: str, **request: Any) -> httpx.Response:
        headers = {"Authorization": f"Bearer {self.tokens['access_token']}"}
        return self.http.request(method, f"/v1/owner{path}", headers=headers, **request)

    def read(self, what: str, **query: str) -> Any:
        answer = self.call("GET", f"/{self.salon}/{what}", params=query)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def document(self, kind: str) -> dict[str, Any]:
        found: dict[str, Any] = self.read(f"documents/{kind}")
        return found

    def publish(self, kind: str, value: dict[str, Any]) -> str:
        body = {"expected_version": self.document(kind)["version"], "value": value}
        answer = self.call("PUT", f"/{self.salon}/documents/{kind}", json=body)
        assert answer.status_code == 200, answer.text
        return str(answer.json()["version"])

    def roll_back(self, kind: str, version: str) -> None:
        body = {"version": version, "expected_version": self.document(kind)["version"]}
        answer = self.call("POST", f"/{self.salon}/documents/{kind}/rollback", json=body)
        assert answer.status_code == 200, answer.text

    def requests_of(self, session_id: str) -> list[dict[str, Any]]:
        """The list of whom to call, as far as this dialogue is in it; the oldest first."""
        waiting = self.read("callbacks", state="waiting")["callbacks"]
        return [each for each in waiting if each["session_id"] == session_id]

    @contextmanager
    def settings(self, **changes: Any) -> Iterator[None]:
        """In force for every reader, and put back so."""
        before = self.document("settings")["value"]
        self.publish("settings", {**before, **changes})
        try:
            time.sleep(NOTICED_SECONDS)
            yield
        finally:
            self.publish("settings", before)
            time.sleep(NOTICED_SECONDS)
