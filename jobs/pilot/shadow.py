"""A shadow run: support questions go to the running assistant, a dialogue in a session of its own.

Every dialogue is opened, asked to its end and erased; each step is a line of `shadow.jsonl`, written at once.
A run that was broken off goes on with the first dialogue that has no end: what is left of its session is
erased and it is asked anew from its first question, because an answer depends on what was said before. So no
answer stands there twice and no session stays behind. Questions are sent at a steady pace that leaves the
endpoint to the visitors. Refuses to know HTTP and to judge answers.
"""

from __future__ import annotations

import hashlib
import json
import os
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from pydantic import BaseModel, ConfigDict, ValidationError

from core.errors import EvaluationRefused
from core.personal_data import mask
from jobs.pilot.questions import SupportQuestion

FILE = "shadow.jsonl"
Progress = Callable[[int, int], None]
"""Takes the questions that are done and those of the file."""


class ShadowAnswer(BaseModel):
    """What the assistant said to one question, masked as the operator's answer is."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    state: str
    reason: str | None
    text: str
    seconds: float


class OpenDialogue(Protocol):
    """A session of the tool's own. Both raise whatever the line to the API raises."""

    @property
    def session_id(self) -> str: ...

    @property
    def token(self) -> str: ...

    def answer(self, question_id: str, text: str) -> ShadowAnswer: ...


class Desk(Protocol):
    """Where the assistant is. `erase` may be asked for a session that is gone."""

    def open(self) -> OpenDialogue: ...

    def erase(self, session_id: str, token: str) -> None: ...


@dataclass
class Journal:
    """What `shadow.jsonl` holds. `unerased` are sessions and tokens, worth nothing once erased."""

    path: Path
    answers: dict[str, ShadowAnswer] = field(default_factory=dict)
    unerased: dict[str, str] = field(default_factory=dict)

    @classmethod
    def open(cls, folder: Path, run: dict[str, str]) -> Journal:
        """Goes on with the run of that folder. Raises EvaluationRefused where it is another one."""
        journal = cls(folder / FILE)
        lines = list(_whole_lines(journal.path))
        if not lines:
            folder.mkdir(parents=True, exist_ok=True)
            journal.path.touch(mode=0o600)
            journal.write({"run": run})
            return journal
        if lines[0].get("run") != run:
            raise EvaluationRefused(
                f"{journal.path}: of another file of questions or another assistant; name another --output"
            )
        for line in lines[1:]:
            journal._read(line)
        return journal

    def write(self, line: dict[str, Any]) -> None:
        with self.path.open("a", encoding="utf-8") as file:
            file.write(json.dumps(line, ensure_ascii=False) + "\n")
            file.flush()
            os.fsync(file.fileno())
        self._read(line)

    def _read(self, line: dict[str, Any]) -> None:
        if opened := line.get("opened"):
            self.unerased[opened["session_id"]] = opened["token"]
        elif "erased" in line:
            self.unerased.pop(line["erased"], None)
        elif "dialogue" in line:
            try:
                answers = [ShadowAnswer.model_validate(each) for each in line["answers"]]
            except (ValidationError, KeyError, TypeError) as error:
                raise EvaluationRefused(f"{self.path}: a line of it is not of a shadow run") from error
            self.answers |= {answer.id: answer for answer in answers}


def run(
    dialogues: Sequence[Sequence[SupportQuestion]],
    desk: Desk,
    journal: Journal,
    *,
    pause_seconds: float,
    tell: Progress,
    sleep: Callable[[float], None] = time.sleep,
) -> None:
    """Asks what has no answer yet."""
    _erase_rest(desk, journal)
    total = sum(map(len, dialogues))
    tell(len(journal.answers), total)
    for dialogue in dialogues:
        if dialogue[0].id in journal.answers:
            continue
        opened = desk.open()
        journal.write({"opened": {"session_id": opened.session_id, "token": opened.token}})
        try:
            answers = []
            for question in dialogue:
                answers.append(_masked(opened.answer(question.id, question.question)))
                tell(len(journal.answers) + len(answers), total)
                sleep(pause_seconds)
            journal.write({"dialogue": dialogue[0].dialogue, "answers": [a.model_dump() for a in answers]})
        finally:  # also when it is broken off: nothing of it stays behind
            _erase_rest(desk, journal)


def described(path: Path, assistant: str) -> dict[str, str]:
    """What tells one run from another."""
    return {"questions_sha256": hashlib.sha256(path.read_bytes()).hexdigest(), "assistant": assistant}


def _erase_rest(desk: Desk, journal: Journal) -> None:
    for session_id, token in list(journal.unerased.items()):
        desk.erase(session_id, token)
        journal.write({"erased": session_id})


def _masked(answer: ShadowAnswer) -> ShadowAnswer:
    return answer.model_copy(update={"text": mask(answer.text).text})


def _whole_lines(path: Path) -> Iterator[dict[str, Any]]:
    """Half a line at the end is what a run was writing when it died: it is cut off."""
    if not path.exists():
        return
    whole = 0
    with path.open("rb") as file:
        for number, data in enumerate(file, 1):
            if not data.endswith(b"\n"):
                break
            try:
                line = json.loads(data)
            except ValueError as error:
                raise EvaluationRefused(f"{path}, line {number}: not a line of a shadow run") from error
            whole += len(data)
            yield line
    with path.open("r+b") as file:
        file.truncate(whole)
