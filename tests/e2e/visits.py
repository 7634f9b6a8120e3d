"""One visit of the published page, and what both APIs of the stack know of it.

Knows where the page keeps its session. Refuses to know what a visitor does in it.
"""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urlsplit

import httpx
from playwright.sync_api import Page, Request, Route

from tests.e2e.deployed_owner import Owner
from tests.web.words import EN, Words


class Visit:
    """`calls` are those of the page to the API: method, path, whether something was sent along."""

    def __init__(self, page: Page, words: Words, http: httpx.Client, owner: Owner) -> None:
        self.page = page
        self.words = words
        self.owner = owner
        self.calls: list[tuple[str, str, bool]] = []
        self._http = http
        page.on("request", self._note)
        if words is EN:
            page.route("**/", in_english)

    def _note(self, request: Request) -> None:
        path = urlsplit(request.url).path
        if path.startswith("/v1/"):
            self.calls.append((request.method, path, request.post_data is not None))

    @property
    def session(self) -> dict[str, Any]:
        """What the browser keeps of it."""
        kept = self.page.evaluate("Object.entries(localStorage).find(([key]) => key.endsWith('|session'))[1]")
        session: dict[str, Any] = json.loads(kept)
        return session

    def about(self) -> dict[str, Any]:
        """What the API says of the salon to everybody."""
        listed = self._http.get("/v1/assistants").json()["assistants"]
        return next(each for each in listed if each["id"] == self.owner.salon)

    def call(self, method: str, tail: str = "", **request: Any) -> httpx.Response:
        """A call inside the dialogue, past the page."""
        session = self.session
        path = f"/v1/{session['assistant']}/sessions/{session['session_id']}{tail}"
        return self._http.request(
            method, path, headers={"Authorization": f"Bearer {session['token']}"}, **request
        )

    def kept(self) -> dict[str, Any]:
        """The dialogue as the owner reads it."""
        found: dict[str, Any] = self.owner.read(f"dialogues/{self.session['session_id']}")
        return found

    def requests(self) -> list[dict[str, Any]]:
        return self.owner.requests_of(self.session["session_id"])


def in_english(route: Route) -> None:
    """The same page, which says of itself that it is English."""
    whole = route.fetch()
    route.fulfill(response=whole, body=whole.text().replace('<html lang="ru">', '<html lang="en">'))
