"""`attendant loadtest` as a command: which loads are run, with which fault, and how the report reads.

Knows the command's wishes. Refuses to send anything itself (`loadtest.py`) and to judge (`load_ledger.py`).
"""

from __future__ import annotations

import json
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cli.conversation import Rejected, Unreachable, talking_to
from cli.durations import rate_of, seconds_of
from cli.failures import CommandFailed
from cli.loadtest import Load, own_host_only, run_load, steady
from cli.questions import read_questions
from core.spec import ASSISTANTS_FOLDER

PAUSE_BETWEEN_BURSTS_SECONDS = 5


@dataclass(frozen=True, kw_only=True)
class Wish:
    """The options of the command as they were typed."""

    url: str
    home: str
    assistant: str | None
    rate: str | None
    duration: str
    burst: int | None
    cold: bool
    file: Path | None
    kill_model_after: str | None
    model_down_for: str
    i_own_this_host: bool
    as_json: bool


def run(wish: Wish) -> None:
    """Raises CommandFailed also when the promise did not hold."""
    if (wish.rate is None) == (wish.burst is None):
        raise CommandFailed("name one load", "--rate 10/min --duration 5m, or --burst 50", exit_code=2)
    own_host_only(wish.url, i_own_this_host=wish.i_own_this_host)
    assistant = wish.assistant or only_assistant(wish.url)
    questions = _questions(wish, assistant)
    if wish.burst is not None:
        report = _bursts(wish, assistant, questions, wish.burst)
    else:
        starts = steady(rate_of(wish.rate or ""), seconds_of(wish.duration))
        with _fault(wish) as fault:
            report = {"steady": run_load(wish.url, Load(assistant, questions, starts), _tell)}
        report |= fault
    report = {"assistant": assistant, **report}
    print(json.dumps(report, ensure_ascii=False) if wish.as_json else _table(report))
    judged = report.get("steady") or report.get("warm") or report["cold"]
    if not judged["ok"]:
        raise CommandFailed("the promise did not hold: see the figures above")


def _bursts(wish: Wish, assistant: str, questions: list[str], burst: int) -> dict[str, Any]:
    """The first burst meets functions that may be cold; the second one is the figure."""
    load = Load(assistant, questions, [0.0] * burst)
    _tell("first burst (functions may be cold)")
    if wish.cold:
        with _fault(wish) as fault:
            cold = run_load(wish.url, load, _tell)
        return {"cold": cold} | fault
    cold = run_load(wish.url, load, _tell)
    time.sleep(PAUSE_BETWEEN_BURSTS_SECONDS)
    _tell("second burst (warm)")
    with _fault(wish) as fault:
        warm = run_load(wish.url, load, _tell)
    return {"cold": cold, "warm": warm} | fault


@contextmanager
def _fault(wish: Wish) -> Iterator[dict[str, Any]]:
    """Kills the model server while the load runs and starts it again; yields what it did, filled in later."""
    done: dict[str, Any] = {}
    if wish.kill_model_after is None:
        yield done
        return
    from cli.stack import kill_model  # noqa: PLC0415  only this option needs the embedded cloud

    after, down = seconds_of(wish.kill_model_after), seconds_of(wish.model_down_for)
    trouble: list[Exception] = []

    def kill_and_start() -> None:
        try:
            time.sleep(after)
            _tell(f"killing the model server, {after:.0f} s after the start")
            away = kill_model(wish.home, down)
            _tell(f"the model server is back after {away:.1f} s")
            done["model_server"] = {"killed_after_seconds": after, "back_after_seconds": round(away, 1)}
        except Exception as error:  # noqa: BLE001  told below, in the thread that can
            trouble.append(error)

    saboteur = threading.Thread(target=kill_and_start)
    saboteur.start()
    try:
        yield done
    finally:
        saboteur.join()
        if trouble:
            raise trouble[0]


def only_assistant(url: str) -> str:
    try:
        with talking_to(url) as api:
            return str(api.assistants()[0]["id"])
    except (Unreachable, Rejected, IndexError) as error:
        raise CommandFailed(f"{url} names no assistant", "attendant status") from error


def _questions(wish: Wish, assistant: str) -> list[str]:
    """The file's questions, or those of the assistant's evals."""
    if wish.file is not None:
        found = [line.text for line in read_questions(wish.file) if line.error is None]
    else:
        path = ASSISTANTS_FOLDER / assistant / "evals.jsonl"
        lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
        found = [json.loads(line)["question"] for line in lines if line.strip()]
    if not found:
        raise CommandFailed(f"there are no questions for {assistant}", "name some: --file FILE", exit_code=2)
    return found


def _tell(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


def _table(report: dict[str, Any]) -> str:
    lines = [f"assistant {report['assistant']}"]
    for name in ("cold", "warm", "steady"):
        if name in report:
            lines += [f"{name}: {'the promise held' if report[name]['ok'] else 'THE PROMISE DID NOT HOLD'}"]
            lines += [
                f"  {figure:<24}{_figure(value)}" for figure, value in report[name].items() if figure != "ok"
            ]
    if "model_server" in report:
        lines.append(f"model server: {_figure(report['model_server'])}")
    return "\n".join(lines)


def _figure(value: Any) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{name} {part}" for name, part in value.items()) or "none"
    if isinstance(value, list):
        return ", ".join(map(str, value)) or "none"
    return str(value)
