"""`attendant pilot shadow`: the file of questions, the API of a deployment, the sheets that come out.

Knows the line to the API: its limits are waited for, its refusals become a row of the sheet. Refuses to know
how a run goes on and what a sheet looks like (`jobs/pilot`).
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from cli.conversation import Attendant, Dialogue, Rejected, Unreachable, talking_to
from cli.durations import rate_of
from cli.embedded_cloud.processes import hold
from cli.failures import CommandFailed
from jobs.pilot import shadow
from jobs.pilot.questions import read_questions
from jobs.pilot.sheets import write_sheets

LONGEST_WAIT_SECONDS = 60.0
WAITS = 20
GOES_ON = "the same command goes on from here"


@dataclass(frozen=True, kw_only=True)
class ShadowWish:
    """The options of the command as they were typed."""

    url: str
    assistant: str
    file: Path
    output: Path
    pace: str
    blind: bool
    raters: int
    timeout_seconds: float


@dataclass(frozen=True)
class ApiDesk:
    """`jobs.pilot.shadow.Desk` over HTTP."""

    api: Attendant
    assistant: str
    timeout_seconds: float

    def open(self) -> ApiDialogue:
        return ApiDialogue(self.api.open(self.assistant), self.timeout_seconds)

    def erase(self, session_id: str, token: str) -> None:
        try:
            Dialogue(self.api, self.assistant, session_id, token).erase()
        except Rejected as error:
            if error.status != 404:  # gone already: that is what was wanted
                raise


@dataclass(frozen=True)
class ApiDialogue:
    dialogue: Dialogue
    timeout_seconds: float

    @property
    def session_id(self) -> str:
        return self.dialogue.session_id

    @property
    def token(self) -> str:
        return self.dialogue.token

    def answer(self, question_id: str, text: str) -> shadow.ShadowAnswer:
        """What the API will not take, or answers too late, is an answer that there is none."""
        for _ in range(WAITS):
            began = time.monotonic()
            try:
                message = self.dialogue.ask(text, lambda _: None, timeout_seconds=self.timeout_seconds)
            except Rejected as error:
                if error.status == 429:
                    time.sleep(min(error.retry_after_seconds or 1.0, LONGEST_WAIT_SECONDS))
                    continue
                return _none(question_id, "rejected", error.code, began)
            except Unreachable as error:
                if error.trouble != "late":
                    raise
                return _none(question_id, "late", None, began)
            seconds = round(time.monotonic() - began, 3)
            return shadow.ShadowAnswer(
                id=question_id, state=message.state, reason=message.reason, text=message.text, seconds=seconds
            )
        raise Unreachable("the API is busy and takes no more questions", "busy")


def run(wish: ShadowWish) -> None:
    """Raises CommandFailed, EvaluationRefused."""
    dialogues = read_questions(wish.file)
    pause_seconds = 1 / rate_of(wish.pace)
    wish.output.mkdir(parents=True, exist_ok=True)
    lock = hold(wish.output)
    if lock is None:
        raise CommandFailed(f"another shadow run writes into {wish.output}", "wait for it")
    journal = shadow.Journal.open(wish.output, shadow.described(wish.file, wish.assistant))
    try:
        with lock, talking_to(wish.url) as api, _bar() as bar:
            _awake(api)
            desk = ApiDesk(api, wish.assistant, wish.timeout_seconds)
            shadow.run(dialogues, desk, journal, pause_seconds=pause_seconds, tell=bar)
    except KeyboardInterrupt as error:
        raise CommandFailed(
            f"broken off; what was answered is in {journal.path}", GOES_ON, exit_code=130
        ) from error
    except Unreachable as error:
        raise CommandFailed(f"{error}; what was answered is in {journal.path}", GOES_ON) from error
    except Rejected as error:
        raise CommandFailed(error.message, exit_code=2) from error
    seed = hashlib.sha256(wish.file.read_bytes()).hexdigest()
    for path in write_sheets(
        dialogues, journal.answers, wish.output, blind=wish.blind, raters=wish.raters, seed=seed
    ):
        print(path)
    without = sum(answer.state not in ("answered", "refused") for answer in journal.answers.values())
    print(f"{len(journal.answers)} questions of {len(dialogues)} dialogues, {without} without an answer")


def _awake(api: Attendant) -> None:
    """An assistant that rests tells less than it can: no run worth marking."""
    state = api.health().get("breaker", {}).get("state", "closed")
    if state != "closed":
        raise CommandFailed(f"the assistant rests (breaker {state})", "attendant endpoint status")


@contextmanager
def _bar() -> Iterator[shadow.Progress]:
    console = Console(stderr=True)
    columns = (TextColumn("asked"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task("asked", total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)


def _none(question_id: str, state: str, reason: str | None, began: float) -> shadow.ShadowAnswer:
    seconds = round(time.monotonic() - began, 3)
    return shadow.ShadowAnswer(id=question_id, state=state, reason=reason, text="", seconds=seconds)
