"""A stand-in for the front door: the built pages and `/v1` by the HTTP contract, all in memory.

Knows the contract and lets a test say how the next answer comes: in parts, late, refused, or not at all.
Refuses to know anything of assistants. Run it alone to look at the widget:
`make web && python tests/web/fake_api.py 4850`, then open http://127.0.0.1:4850.
"""

from __future__ import annotations

import asyncio
import secrets
import sys
import threading
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

DIST = Path(__file__).resolve().parents[2] / "web" / "dist"
NOTICE = "Ваш запрос обрабатывается, ожидайте ответа"
GREETING = "Здравствуйте! Я виртуальный помощник салона «{}». Расскажу, что есть в наличии и сколько стоит."
TERMS = {
    "version": "2026-11-01",
    "storage": "Я согласен на хранение переписки на срок, указанный в начале диалога.",
    "training": "Я согласен, чтобы обезличенная переписка помогала улучшать ответы помощника.",
}
CARS = tuple(
    {
        "kind": "stock",
        "id": vin,
        "values": {
            "model": model,
            "class_name": "GLC",
            "body": "внедорожник",
            "year": year,
            "fuel": "бензин",
            "color": color,
            "mileage_km": mileage_km,
            "price_rub": price_rub,
        },
    }
    for vin, model, year, color, mileage_km, price_rub in (
        ("WDC1", "GLC 200 4MATIC", 2024, "чёрный", 12_400, 7_290_000),
        ("WDC2", "GLC 300 4MATIC", 2023, "белый", 0, 8_150_000),
    )
)
STOCK_SOURCE = {"kind": "stock", "id": "stock", "title": "Наличие и цены салона"}


@dataclass
class Script:
    """How one question is answered: `parts` one after another, `pause_seconds` apart, then `state`.

    No more than `allowed` parts come until the test allows more.
    """

    parts: tuple[str, ...] = ("Да, в наличии три автомобиля.",)
    pause_seconds: float = 0.0
    state: str = "answered"
    reason: str | None = None
    sources: tuple[dict[str, str], ...] = ()
    stock_as_of: str | None = None
    notice: str | None = None
    waiting: str = NOTICE
    offers: tuple[str, ...] = ()
    facts: tuple[dict[str, Any], ...] = ()
    allowed: int = 100
    begun_anew: tuple[str, ...] = ()  # a worker crashed after `parts`; the next one says this instead


@dataclass
class FakeTurn:
    text: str
    script: Script
    created_at: datetime
    visible: str = ""
    revision: int = 0
    done: bool = False
    stopped: bool = False
    feedback: dict[str, Any] | None = None


@dataclass
class FakeSession:
    token: str
    assistant: str
    consent: dict[str, Any]
    turns: dict[str, FakeTurn] = field(default_factory=dict)
    posts: list[str] = field(default_factory=list)
    ended: bool = False
    campaign: str | None = None
    rating: dict[str, Any] | None = None
    callbacks: list[dict[str, Any]] = field(default_factory=list)
    letters: list[dict[str, Any]] = field(default_factory=list)


class Refusal(Exception):
    """An error body by the contract. `retry` is the number of seconds of Retry-After, 0 for none."""

    def __init__(
        self, status: int, code: str, message: str, fields: tuple[dict[str, str], ...] = (), retry: int = 0
    ) -> None:
        super().__init__(code)
        self.body = {"error": {"code": code, "message": message, "fields": list(fields), "request_id": "r-1"}}
        self.status = status
        self.headers = {"Retry-After": str(retry)} if retry else {}


class FakeApi:
    """The state of the fake, open to tests: sessions, `scripts` by question, `refusals` of the next
    questions, `form_refusals` of the next forms, `feedback_seconds` that the next thumbs take.

    `hosts` are pages of somebody else's that embed the widget: path -> (HTML, headers). `seen` is every call.
    """

    def __init__(self, site: Path = DIST) -> None:
        self._site = site
        self.hosts: dict[str, tuple[str, dict[str, str]]] = {}
        self.seen: list[str] = []
        self.visits: list[dict[str, Any]] = []
        self.office_open = True
        self.ask_nps = True
        self.idle_timeout = "PT30M"
        self.terms_link: str | None = None
        self.gift_code: str | None = None
        self.sessions: dict[str, FakeSession] = {}
        self.scripts: dict[str, Script] = {}
        self.refusals: list[Refusal] = []
        self.form_refusals: list[Refusal] = []
        self.feedback_seconds: list[float] = []
        self.assistants = [("showroom", "Северная Звезда"), ("second", "Вторая Звезда")]
        self.callbacks_available = True
        self.app = Starlette(routes=self._routes(), exception_handlers={Refusal: self._refuse})

    def script(self, question: str, script: Script) -> Script:
        self.scripts[question] = script
        return script

    def only_session(self) -> FakeSession:
        (session,) = self.sessions.values()
        return session

    def _routes(self) -> list[Route | Mount]:
        base = "/v1/{assistant}/sessions"
        own = base + "/{session_id}"
        return [
            Route("/v1/assistants", self._assistants),
            Route(base, self._open, methods=["POST"]),
            Route(own, self._erase, methods=["DELETE"]),
            Route(own + "/messages", self._ask, methods=["POST"]),
            Route(own + "/messages/{message_id}", self._read),
            Route(own + "/messages/{message_id}/stop", self._stop, methods=["POST"]),
            Route(own + "/messages/{message_id}/feedback", self._feedback, methods=["PUT"]),
            Route(own + "/end", self._end, methods=["POST"]),
            Route(own + "/rating", self._rate, methods=["POST"]),
            Route(own + "/callbacks", self._call_back, methods=["POST"]),
            Route(own + "/test-drives", self._call_back, methods=["POST"]),
            Route(own + "/brochures", self._send_brochure, methods=["POST"]),
            Route("/v1/{assistant}/visits", self._visit, methods=["POST"]),
            Route("/hosts/{name}", self._host),
            Mount("/", StaticFiles(directory=self._site, html=True)),
        ]

    @staticmethod
    async def _refuse(_: Request, refusal: Exception) -> Response:
        assert isinstance(refusal, Refusal)
        return JSONResponse(refusal.body, status_code=refusal.status, headers=refusal.headers)

    async def _host(self, request: Request) -> Response:
        html, headers = self.hosts[request.path_params["name"]]
        return HTMLResponse(html, headers=headers)

    async def _visit(self, request: Request) -> Response:
        self.visits.append(await request.json())
        return Response(status_code=204)

    async def _assistants(self, _: Request) -> Response:
        return JSONResponse({"assistants": [self._about(id_, name) for id_, name in self.assistants]})

    def _about(self, id_: str, name: str) -> dict[str, Any]:
        return {
            "id": id_,
            "name": name,
            "language": "ru",
            "greeting": GREETING.format(name),
            "capabilities": ["inventory", "callbacks", "ratings", "test_drives"],
            "terms": self._terms(),
            "retention": "P90D",
            "office": self._office(),
        }

    def _terms(self) -> dict[str, Any]:
        return TERMS | {"link": self.terms_link}

    def _office(self) -> dict[str, Any]:
        now = datetime.now(UTC)
        return {
            "open": self.office_open,
            "opens_at": (now + timedelta(hours=9)).isoformat(),
            "closes_at": (now + timedelta(minutes=1)).isoformat(),
            "time_zone": "Europe/Moscow",
            "hours": {},
        }

    async def _open(self, request: Request) -> Response:
        given = await request.json()
        consent = given["consent"]
        if consent.get("storage") is not True:
            raise Refusal(422, "invalid_input", "Нужно согласие на хранение диалога.")
        session_id, token = secrets.token_urlsafe(16), secrets.token_urlsafe(16)
        assistant = request.path_params["assistant"]
        self.sessions[session_id] = FakeSession(token, assistant, consent, campaign=given.get("campaign"))
        name = dict(self.assistants)[assistant]
        body = {
            "session_id": session_id,
            "token": token,
            "assistant": assistant,
            "greeting": GREETING.format(name),
            "retention": "P90D",
            "idle_timeout": self.idle_timeout,
            "office": self._office(),
            "callbacks": {"available": self.callbacks_available},
            "brochures": {"by_email": True},
            "terms": self._terms(),
            "ask_nps": self.ask_nps,
        }
        return JSONResponse(body, status_code=201)

    def _session(self, request: Request) -> FakeSession:
        self.seen.append(f"{request.method} {request.url.path}")
        session = self.sessions.get(request.path_params["session_id"])
        if session is None:
            raise Refusal(404, "not_found", "Такого диалога нет, либо срок его хранения истёк.")
        if request.headers.get("authorization") != f"Bearer {session.token}":
            raise Refusal(403, "foreign_token", "Этот диалог открыт с другим токеном.")
        return session

    async def _ask(self, request: Request) -> Response:
        session = self._session(request)
        body = await request.json()
        session.posts.append(body["message_id"])
        if self.refusals:
            raise self.refusals.pop(0)
        if session.ended:
            raise Refusal(409, "dialogue_ended", "Этот диалог завершён. Пожалуйста, начните новый.")
        known = session.turns.get(body["message_id"])
        if known is None:
            script = self.scripts.get(body["text"], Script())
            known = FakeTurn(body["text"], script, datetime.now(UTC))
            session.turns[body["message_id"]] = known
            threading.Thread(target=self._answer, args=(known,), daemon=True).start()
        elif known.text != body["text"]:
            raise Refusal(409, "message_changed", "Сообщение с этим номером уже принято с другим текстом.")
        return self._message(body["message_id"], known, 0)

    @staticmethod
    def _answer(turn: FakeTurn) -> None:
        """In a thread of its own: a worker goes on while the front door is away."""
        shown = 0
        for revision, parts in enumerate((turn.script.parts, turn.script.begun_anew)):
            for number, part in enumerate(parts):
                while shown >= turn.script.allowed and not turn.stopped:  # a test allows more
                    time.sleep(0.02)
                if turn.stopped:
                    break
                shown += 1
                time.sleep(turn.script.pause_seconds)
                turn.visible = part if number == 0 else turn.visible + part
                turn.revision = revision
        turn.done = True

    async def _read(self, request: Request) -> Response:
        session = self._session(request)
        message_id = request.path_params["message_id"]
        turn = session.turns.get(message_id)
        if turn is None:
            raise Refusal(404, "not_found", "Такого сообщения нет.")
        after, revision = int(request.query_params.get("after", 0)), request.query_params.get("revision")
        ticks = int(50 * float(request.query_params.get("wait_seconds", 0)))
        for _ in range(ticks):
            if turn.done or len(turn.visible) > after or revision not in (None, str(turn.revision)):
                break
            await asyncio.sleep(0.02)
        same = revision in (None, str(turn.revision))
        return self._message(message_id, turn, after if same else 0)

    async def _stop(self, request: Request) -> Response:
        message_id = request.path_params["message_id"]
        turn = self._session(request).turns[message_id]
        turn.stopped = not turn.done
        return self._message(message_id, turn, 0)

    async def _feedback(self, request: Request) -> Response:
        turn = self._session(request).turns[request.path_params["message_id"]]
        given = await request.json()
        await asyncio.sleep(self.feedback_seconds.pop(0) if self.feedback_seconds else 0)
        turn.feedback = given
        return JSONResponse({"rated_at": datetime.now(UTC).isoformat()})

    def _message(self, message_id: str, turn: FakeTurn, after: int) -> Response:
        text, script = turn.visible, turn.script
        unsaid = turn.stopped and not text
        growing = "answering" if text else "queued"
        body = {
            "message_id": message_id,
            "state": ("refused" if unsaid else script.state) if turn.done else growing,
            "text": text[after:],
            "offset": len(text),
            "revision": turn.revision,
            "notice": script.notice if turn.done else script.waiting,
            "offers": list(script.offers) if turn.done else [],
            "sources": list(script.sources) if turn.done else [],
            "facts": list(script.facts) if turn.done else [],
            "stock_as_of": script.stock_as_of if turn.done else None,
            "reason": ("stopped" if unsaid else script.reason) if turn.done else None,
            "feedback": turn.feedback,
            "created_at": turn.created_at.isoformat(),
            "finished_at": None,
            "elapsed_ms": None,
            "versions": {},
        }
        if turn.done:
            return JSONResponse(body)
        return JSONResponse(body, status_code=202, headers={"Retry-After": "1"})

    async def _end(self, request: Request) -> Response:
        self._session(request).ended = True
        return JSONResponse({"ended_at": datetime.now(UTC).isoformat()})

    async def _rate(self, request: Request) -> Response:
        self._session(request).rating = await request.json()
        return JSONResponse({"rated_at": datetime.now(UTC).isoformat(), "gift_code": self.gift_code})

    async def _call_back(self, request: Request) -> Response:
        session, body = self._session(request), await request.json()
        if self.form_refusals:
            raise self.form_refusals.pop(0)
        if not self.callbacks_available:
            raise Refusal(409, "office_closed", "Заявки на обратный звонок принимаются в рабочие часы.")
        if "000" in body["name"]:
            wrong = {"field": "name", "message": "Имя похоже на число."}
            raise Refusal(422, "invalid_input", "Проверьте, пожалуйста, заполнение полей.", (wrong,))
        session.callbacks.append(body)
        answer = {"callback_id": "c-1", "state": "waiting", "message": "Спасибо! Заявка принята."}
        return JSONResponse(answer, status_code=201)

    async def _send_brochure(self, request: Request) -> Response:
        session, body = self._session(request), await request.json()
        if "@" not in body["email"]:
            wrong = {"field": "email", "message": "Укажите адрес почты, например name@example.ru."}
            raise Refusal(422, "invalid_input", "Проверьте, пожалуйста, заполнение полей.", (wrong,))
        session.letters.append(body)
        answer = {"letter_id": "l-1", "state": "sent", "message": "Отправили ссылку."}
        return JSONResponse(answer, status_code=201)

    async def _erase(self, request: Request) -> Response:
        self._session(request)
        del self.sessions[request.path_params["session_id"]]
        return Response(status_code=204)


if __name__ == "__main__":
    fake = FakeApi()
    price = "Самый доступный GLC — GLC 200 4MATIC 2024 года, 7 290 000\u00a0₽."
    for question in ("Что есть в наличии до 5 миллионов?", "Какая машина сейчас самая доступная?"):
        now = datetime.now(UTC).isoformat()
        fake.script(question, Script((price[:20], price[20:]), 1.0, sources=(STOCK_SOURCE,), stock_as_of=now))
    fake.script("Долго", Script(("Готово.",), pause_seconds=14.0))
    uvicorn.run(fake.app, host="127.0.0.1", port=int(sys.argv[1]), log_level="warning")
