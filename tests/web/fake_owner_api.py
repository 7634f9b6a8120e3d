"""A stand-in for the owner's API: `web/dist` and `/v1/owner` by the HTTP contract, all in memory.

Knows the contract and lets a test say what happens next: a token that ends, a colleague who publishes first,
a server that is down. Refuses to know how a number is computed. Run it alone to look at the page:
`python tests/web/fake_owner_api.py 4851`, then open http://127.0.0.1:4851/owner/ as anna@salon.example, the
password is `password`.
"""

from __future__ import annotations

import copy
import secrets
import sys
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

sys.path.insert(0, str(Path(__file__).resolve().parent))  # samples lie beside it when it is run alone

from owner_samples import CALLBACKS, DIALOGUES, DOCUMENTS, GROUPS, today, trends, wishes

DIST = Path(__file__).resolve().parents[2] / "web" / "dist"
OWNER, COLLEAGUE, PASSWORD = "anna@salon.example", "boris@salon.example", "password"
PAGE_SIZE = 20


class Refused(Exception):
    """An error body by the contract."""

    def __init__(self, status: int, code: str, message: str, fields: tuple[dict[str, str], ...] = ()) -> None:
        super().__init__(code)
        self.status = status
        self.body = {"error": {"code": code, "message": message, "fields": list(fields), "request_id": "r-1"}}


class FakeOwnerApi:
    """Open to tests: what is published (`versions`, newest first), `callbacks`, `dialogues`, what was sent
    (`calls`), what is refused next (`refusals` by "METHOD path-ending").
    """

    def __init__(self, dist: Path = DIST) -> None:
        self._dist = dist
        self.tokens: set[str] = set()
        self.refresh_tokens: set[str] = set()
        self.password_is_temporary = False
        self.calls: list[tuple[str, str, Any]] = []
        self.refusals: dict[str, Refused] = {}
        self.today, self.trends, self.wishes = today(), trends, wishes()
        self.dialogues, self.groups, self.callbacks = map(copy.deepcopy, (DIALOGUES, GROUPS, CALLBACKS))
        self.replayed: dict[str, Any] = {"read": 1240, "changed": [], "complete": True}
        self.versions = {kind: [_seeded(copy.deepcopy(value))] for kind, value in DOCUMENTS.items()}
        self.app = Starlette(routes=self._routes(), exception_handlers={Refused: self._refuse})

    def end_sessions(self) -> None:
        """Every token is refused from now on, those that renew as well."""
        self.tokens.clear()
        self.refresh_tokens.clear()

    def publish(self, kind: str, value: Any, author: str = COLLEAGUE, summary: str = "") -> str:
        version = f"v{len(self.versions[kind])}"
        now = datetime.now(UTC).isoformat()
        self.versions[kind].insert(
            0, {"version": version, "author": author, "published_at": now, "summary": summary, "value": value}
        )
        return version

    def value(self, kind: str) -> Any:
        """A copy of what is published."""
        return copy.deepcopy(self.versions[kind][0]["value"])

    def sent(self, method: str, ending: str) -> list[Any]:
        return [body for verb, path, body in self.calls if verb == method and path.endswith(ending)]

    def _routes(self) -> list[Route | Mount]:
        documents = "/{a}/documents/{kind}"
        owned: dict[str, Callable[[Request, Any], Awaitable[Any]]] = {
            "POST /sign-out": self._sign_out,
            "GET /me": self._me,
            "GET /{a}/today": self._today,
            "GET /{a}/trends": self._trends,
            "GET /{a}/wishes": self._wishes,
            "GET /{a}/dialogues": self._dialogues,
            "GET /{a}/dialogues.csv": self._csv,
            "GET /{a}/dialogues/{id}": self._dialogue,
            "GET /{a}/unanswered": self._unanswered,
            "GET /{a}/callbacks": self._callbacks,
            "PATCH /{a}/callbacks/{session}/{id}": self._change_callback,
            f"GET {documents}": self._document,
            f"PUT {documents}": self._publish,
            f"GET {documents}/history": self._history,
            f"GET {documents}/versions/{{version}}": self._version,
            f"POST {documents}/rollback": self._roll_back,
            "POST /{a}/policy/test": self._test,
            "POST /{a}/policy/replay": self._replay,
        }
        routes: list[Route | Mount] = [
            Route("/v1/owner/sign-in", self._sign_in, methods=["POST"]),
            Route("/v1/owner/sign-in/new-password", self._new_password, methods=["POST"]),
            Route("/v1/owner/refresh", self._refresh, methods=["POST"]),
        ]
        for name, does in owned.items():
            method, path = name.split(" ")
            routes.append(Route("/v1/owner" + path, self._signed_in(does), methods=[method]))
        return [*routes, Mount("/", StaticFiles(directory=self._dist, html=True))]

    def _signed_in(
        self, does: Callable[[Request, Any], Awaitable[Any]]
    ) -> Callable[[Request], Awaitable[Response]]:
        async def endpoint(request: Request) -> Response:
            body = await request.json() if await request.body() else None
            self.calls.append((request.method, request.url.path, body))
            for name, refused in self.refusals.items():
                method, ending = name.split(" ")
                if request.method == method and request.url.path.endswith(ending):
                    raise refused
            if request.headers.get("authorization", "").removeprefix("Bearer ") not in self.tokens:
                raise Refused(401, "not_signed_in", "Войдите ещё раз.")
            answer = await does(request, body)
            return answer if isinstance(answer, Response) else JSONResponse(answer)

        return endpoint

    @staticmethod
    async def _refuse(_: Request, refused: Exception) -> Response:
        assert isinstance(refused, Refused)
        return JSONResponse(refused.body, status_code=refused.status)

    async def _sign_in(self, request: Request) -> Response:
        body = await request.json()
        if (body["email"], body["password"]) != (OWNER, PASSWORD):
            raise Refused(401, "wrong_password", "Почта или пароль не подходят.")
        if self.password_is_temporary:
            return JSONResponse({"challenge": "new_password", "session": "s-1"})
        return self._tokens()

    async def _new_password(self, request: Request) -> Response:
        if len((await request.json())["new_password"]) < 14:
            raise Refused(422, "weak_password", "Пароль слишком простой: нужно не меньше 14 знаков.")
        return self._tokens()

    async def _refresh(self, request: Request) -> Response:
        if (await request.json())["refresh_token"] not in self.refresh_tokens:
            raise Refused(401, "not_signed_in", "Войдите ещё раз.")
        return self._tokens()

    def _tokens(self) -> Response:
        access, refresh = secrets.token_urlsafe(12), secrets.token_urlsafe(12)
        self.tokens.add(access)
        self.refresh_tokens.add(refresh)
        return JSONResponse({"access_token": access, "expires_in": 3600, "refresh_token": refresh})

    async def _sign_out(self, request: Request, _: Any) -> Any:
        self.end_sessions()
        return Response(status_code=204)

    async def _me(self, _: Request, __: Any) -> Any:
        salons = (("showroom", "Северная Звезда", "Europe/Moscow"), ("second", "Вторая Звезда", "Asia/Omsk"))
        return {"email": OWNER, "assistants": [{"id": i, "name": n, "time_zone": z} for i, n, z in salons]}

    async def _today(self, _: Request, __: Any) -> Any:
        return self.today

    async def _trends(self, request: Request, _: Any) -> Any:
        return {"days": self.trends(int(request.query_params["days"]))}

    async def _wishes(self, _: Request, __: Any) -> Any:
        return self.wishes

    async def _dialogues(self, request: Request, _: Any) -> Any:
        found = self._found(request)
        start = int(request.query_params.get("cursor", 0))
        lines = [{k: v for k, v in each.items() if k != "asked"} for each in found[start : start + PAGE_SIZE]]
        for line, whole in zip(lines, found[start:], strict=False):
            line["turns"] = len(whole["asked"])
            line["first_question"] = whole["asked"][0]["question"] if whole["asked"] else None
        more = start + PAGE_SIZE < len(found)
        return {"dialogues": lines, "cursor": str(start + PAGE_SIZE) if more else None}

    def _found(self, request: Request) -> list[dict[str, Any]]:
        wanted = request.query_params.get("search", "").lower()
        return [d for d in self.dialogues if any(wanted in t["question"].lower() for t in d["asked"])]

    async def _csv(self, request: Request, _: Any) -> Any:
        start = int(request.query_params.get("cursor", 0))
        rows = [f"{d['session_id']};{d['asked'][0]['question']}\r\n" for d in self._found(request)]
        more = start + PAGE_SIZE < len(rows)
        return Response(
            "\ufeffДиалог;Вопрос\r\n" + "".join(rows[start : start + PAGE_SIZE]),
            media_type="text/csv; charset=utf-8",
            headers={"X-Cursor": str(start + PAGE_SIZE)} if more else None,
        )

    async def _dialogue(self, request: Request, _: Any) -> Any:
        for each in self.dialogues:
            if each["session_id"] == request.path_params["id"]:
                told = {k: v for k, v in each.items() if k not in ("asked", "reasons")}
                return {**told, "ended_at": None, "comment": None, "turns": each["asked"]}
        raise Refused(404, "not_found", "Такого диалога нет, либо срок его хранения истёк.")

    async def _unanswered(self, _: Request, __: Any) -> Any:
        return {"groups": self.groups, "complete": True}

    async def _callbacks(self, request: Request, _: Any) -> Any:
        state = request.query_params["state"]
        found = [each for each in self.callbacks if state in ("all", each["state"])]
        return {"callbacks": found, "by_hour": [0] * 8 + [1, 3, 6, 9, 12, 8, 7, 7, 9, 14, 11, 6, 3, 1, 0, 0]}

    async def _change_callback(self, request: Request, body: Any) -> Any:
        for each in self.callbacks:
            if each["callback_id"] == request.path_params["id"]:
                if each["state"] != body["expected_state"]:
                    raise Refused(409, "callback_changed", "Заявку уже изменили.")
                now = datetime.now(UTC).isoformat()
                each.update(state=body["state"], note=body["note"], changed_by=OWNER, changed_at=now)
                return each
        raise Refused(404, "not_found", "Такой заявки нет.")

    def _kept(self, request: Request) -> list[dict[str, Any]]:
        return self.versions[request.path_params["kind"]]

    async def _document(self, request: Request, _: Any) -> Any:
        return self._kept(request)[0]

    async def _publish(self, request: Request, body: Any) -> Any:
        if body["expected_version"] != self._kept(request)[0]["version"]:
            raise Refused(409, "publication_conflict", "Пока вы правили, опубликована другая версия.")
        return {"version": self.publish(request.path_params["kind"], body["value"], OWNER)}

    async def _history(self, request: Request, _: Any) -> Any:
        return {"versions": [{k: v for k, v in e.items() if k != "value"} for e in self._kept(request)]}

    async def _version(self, request: Request, _: Any) -> Any:
        for each in self._kept(request):
            if each["version"] == request.path_params["version"]:
                return each
        raise Refused(404, "not_found", "Такой версии больше нет.")

    async def _roll_back(self, request: Request, body: Any) -> Any:
        kept = self._kept(request)
        if body["expected_version"] != kept[0]["version"]:
            raise Refused(409, "publication_conflict", "Пока вы смотрели, опубликована другая версия.")
        value = next(each["value"] for each in kept if each["version"] == body["version"])
        version = self.publish(request.path_params["kind"], copy.deepcopy(value), OWNER, "Возврат")
        return {"version": version}

    async def _test(self, _: Request, body: Any) -> Any:
        for topic in body["policy"]["topics"]:
            for phrase in topic["phrases"]:
                if topic["enabled"] and phrase.lower() in body["text"].lower():
                    told = {"verdict": "refused", "topic": topic["id"], "phrase": phrase}
                    return {**told, "reply": topic["reply"]}
        return {"verdict": "allowed", "topic": None, "phrase": None, "reply": None}

    async def _replay(self, _: Request, __: Any) -> Any:
        return self.replayed


def _seeded(value: Any) -> dict[str, Any]:
    published = (datetime.now(UTC) - timedelta(days=3)).isoformat()
    return {"version": "v0", "author": COLLEAGUE, "published_at": published, "summary": "", "value": value}


if __name__ == "__main__":
    port = int(sys.argv[1]) if len(sys.argv) > 1 else 4851
    uvicorn.run(FakeOwnerApi().app, host="127.0.0.1", port=port, log_level="warning")
