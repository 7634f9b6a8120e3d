"""Books as a faultless run would write them: sessions of the probe, each life of a question a turn can have.

`Life` says what happens to a question, `write_book` makes the events. Nothing here knows the checker.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from bench.chaos.probe.flow import FIRST, WITHOUT_MODEL, opening
from bench.chaos.questions import BREAKER

APOLOGY, SEALED, ASIDE, RESTING = "Простите.", "Об этом не говорят.", "Не моё дело.", "Отдыхаю."
BEGAN = datetime(2026, 11, 21, 12, tzinfo=UTC)
Event = dict[str, Any]


@dataclass(frozen=True)
class Life:
    """`grows` tells for each worker, of which all but the last die, how many sentences were read meanwhile.

    `overlapping` repeats the question while the first request is under way.
    """

    kind: str = "model"
    end: str = "answered"
    grows: tuple[tuple[int, ...], ...] = ()
    dead_letters: int = 0
    repeats: int = 0
    overlapping: bool = False
    changed: bool = False
    shed: int = 0
    trouble: bool = False


def due(kind: str, mark: str) -> dict[str, Any]:
    if kind in {"sealed", "aside"}:
        text = SEALED if kind == "sealed" else ASIDE
        return {"state": "refused", "mark": mark, "text": text, "at_once": kind == "sealed"}
    if kind == "salon":
        return {"state": "answered", "mark": None, "facts": ["VIN1", "VIN2"]}
    rests = {"rests": RESTING} if kind == "fragile" else {}
    says = [""] if kind == "fact" else [f"{mark} is one. {mark} is two.", WITHOUT_MODEL]
    return {"state": "answered", "mark": mark, "says": says, **rests}


class Scribe:
    def __init__(self) -> None:
        self.events: list[Event] = []
        self.clock = 0.0

    def tick(self, seconds: float = 0.25) -> float:
        self.clock += seconds
        return self.clock

    def write(self, event: str, **values: Any) -> None:
        self.events.append({"event": event, "at": self.clock, **values})

    def moment(self) -> str:
        return (BEGAN + timedelta(seconds=self.tick())).isoformat()


def write_book(sessions: Sequence[Sequence[Life]]) -> list[Event]:
    scribe = Scribe()
    texts = {"probe": {"apology": APOLOGY}, "salon": {"apology": APOLOGY}}
    scribe.write("run", turns=sum(map(len, sessions)), seed=7, texts=texts)
    if any(life.kind == "fragile" and life.end == "without_model" for lives in sessions for life in lives):
        scribe.write("fault", name=BREAKER, what="opened")
    turns = [_Turn(scribe, s, t, life) for s, lives in enumerate(sessions) for t, life in enumerate(lives)]
    last: dict[str, str] = {}
    for turn in turns:
        turn.ask(last)
    while dead := [turn for turn in turns if turn.life.dead_letters > turn.deaths]:
        scribe.tick()
        for assistant in ("probe", "salon"):
            sent = sum(turn.assistant == assistant for turn in dead)
            scribe.write("redrive", assistant=assistant, sent=sent, dropped=0, unreadable=0)
        for turn in dead:
            turn.deaths += 1
            turn.die_or_end(last)
    for turn in turns:
        turn.view("last", **turn.shown)
    scribe.tick()
    scribe.write("end")
    return scribe.events


class _Turn:
    def __init__(self, scribe: Scribe, session: int, number: int, life: Life) -> None:
        self.scribe, self.life, self.number = scribe, life, number
        self.session, self.message = f"S{session}", f"m{session}.{number}"
        self.mark = f"q{session}x{number}"
        self.assistant = "salon" if life.kind == "salon" else "probe"
        self.due = due(life.kind, self.mark)
        self.created, self.revision, self.deaths = "", 0, 0
        self.shown: dict[str, Any] = {}

    @property
    def place(self) -> dict[str, str]:
        return {"session": self.session, "message": self.message}

    def ask(self, last: dict[str, str]) -> None:
        kind = {"kind": self.life.kind, "phase": "calm", "question": f"{self.life.kind} {self.mark}"}
        self.scribe.write(
            "asked", **self.place, number=self.number, assistant=self.assistant, due=self.due, **kind
        )
        for _ in range(self.life.shed):
            self.scribe.write("rejected", **self.place, via="post", status=429, code="too_many_requests")
        if self.life.trouble:
            self.scribe.write("trouble", **self.place, via="post", word="HTTP 503")
        self.created = self.scribe.moment()
        if not self.due.get("at_once"):
            self.view("post", state="queued")
            self._grow(last)
        self.die_or_end(last)
        if self.life.changed:
            self.scribe.write("changed", **self.place, status=409)
        for _ in range(self.life.repeats):
            self.view("post", **self.shown)

    def _grow(self, last: dict[str, str]) -> None:
        sentences = re.findall(r"[^.]+\.", self._answer(last) if self.due["state"] == "answered" else "")
        for place, reads in enumerate(self.life.grows):
            self.revision += 1
            after = 0
            for count in sorted(reads):
                piece = "".join(sentences[:count])[after:]
                self.view("poll", state="answering", text=piece, asked_after=after)
                after += len(piece)
            if place + 1 < len(self.life.grows):  # this worker died
                self.view("poll", state="queued", revision=self.revision + 1, asked_revision=self.revision)
                self.revision += 1

    def _answer(self, last: dict[str, str]) -> str:
        if self.life.kind == "salon":
            return "Есть GLC. Цена указана. Ждём."
        says = self.due.get("says", [""])
        said = says[-1] if self.life.end == "without_model" else says[0]
        return f"{opening(self.mark, last.get(self.session, FIRST))} {said}".strip()

    def die_or_end(self, last: dict[str, str]) -> None:
        died = self.deaths < self.life.dead_letters
        state, reason = ("failed", "dead_lettered") if died else self._state()
        answer = self._answer(last)
        if state == "answered" and self.life.kind != "salon":
            last[self.session] = self.mark
        refusal = RESTING if reason == "model_resting" else self.due.get("text")
        text = {"failed": APOLOGY, "refused": refusal, "answered": answer}[state]
        continues = state == "answered" and self.life.grows and not self.deaths
        self.revision += not continues
        facts = self.due.get("facts", []) if state == "answered" else []
        self.shown = {
            "state": state,
            "text": text,
            "reason": reason,
            "facts": facts,
            "finished_at": self.scribe.moment(),
        }
        began = self.scribe.tick()
        self.view("poll", **self.shown)
        if self.life.overlapping:  # a request that was sent before that one came back, and looked before it
            self.view("post", state="answering", revision=self.revision - 1, began=began - 0.5)

    def _state(self) -> tuple[str, str | None]:
        if self.due["state"] == "refused":
            return "refused", "forbidden:sealed" if self.due["at_once"] else "off_topic"
        if self.life.end == "failed":
            return "failed", "error"
        if self.life.kind == "fragile" and self.life.end == "without_model":
            return "refused", "model_resting"
        without = self.life.end == "without_model" and self.life.kind not in {"salon", "fact"}
        return "answered", "model_unavailable" if without else None

    def view(self, via: str, *, state: str, text: str = "", **more: Any) -> None:
        began = more.pop("began", None) or self.scribe.tick()
        final = state in {"answered", "refused", "failed"}
        revision = more.pop("revision", self.revision)
        asked_after = more.pop("asked_after", 0)
        self.scribe.write(
            "view",
            **self.place,
            via=via,
            status=200 if final else 202,
            began=began,
            ended=self.scribe.tick(),
            asked_after=asked_after,
            asked_revision=more.pop("asked_revision", revision),
            echo=self.message,
            state=state,
            text=text,
            offset=asked_after + len(text),
            revision=revision,
            created_at=self.created,
            **{"reason": None, "finished_at": None, "facts": [], **more},
        )
