"""`attendant ask`: one question, a file of them, or a dialogue on the terminal.

Knows how an answer is printed and what its JSON holds. A refusal or an apology is an answer too: the exit
code is 1 only when the API could not be reached.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from cli.conversation import Attendant, Dialogue, Message, Rejected, Unreachable, talking_to
from cli.failures import CommandFailed
from cli.questions import clean, read_questions


def ask_one(url: str, assistant: str, question: str, *, as_json: bool, timeout_seconds: float) -> None:
    """Raises CommandFailed when the API cannot be reached or has no such assistant."""
    with talking_to(url) as api:
        dialogue = open_dialogue(api, assistant)
        result = asked(dialogue, clean(question), _show(as_json=as_json), timeout_seconds)
        _print_result(result, as_json=as_json)
    if result["state"] == "unreachable":
        raise CommandFailed(result["error"]["message"], "attendant status")


def ask_file(url: str, assistant: str, file: Path, *, as_json: bool, timeout_seconds: float) -> None:
    """Each question in a session of its own; a bad line is told and the next one asked."""
    unreachable = 0
    with talking_to(url) as api:
        open_dialogue(api, assistant)  # says at once that the address or the name is wrong
        for line in read_questions(file):
            if line.error is not None:
                result = without_answer("unreadable", "bad_line", line.error)
            else:
                if not as_json:
                    print(f"\n> {line.text}")
                result = _in_a_session_of_its_own(api, assistant, line.text, as_json, timeout_seconds)
            unreachable += result["state"] == "unreachable"
            _print_result({"question": line.text, **result}, as_json=as_json)
    if unreachable:
        raise CommandFailed(f"{unreachable} questions did not reach the API", "attendant status")


def talk(url: str, assistant: str, *, as_json: bool, timeout_seconds: float) -> None:
    """A dialogue: one session, a question a line, until the end of the input."""
    terminal = sys.stdin.isatty()
    with talking_to(url) as api:
        dialogue = open_dialogue(api, assistant)
        while True:
            try:
                question = input("> " if terminal else "").strip()
            except (EOFError, KeyboardInterrupt):
                break
            if question:
                result = asked(dialogue, question, _show(as_json=as_json), timeout_seconds)
                _print_result(result, as_json=as_json)


def open_dialogue(api: Attendant, assistant: str) -> Dialogue:
    try:
        return api.open(assistant)
    except Unreachable as error:
        raise CommandFailed(
            f"{error}.", "Is the stack up?  attendant up --detach; attendant status"
        ) from error
    except Rejected as error:
        raise CommandFailed(error.message, exit_code=2) from error


def asked(
    dialogue: Dialogue, question: str, show: Callable[[str], None], timeout_seconds: float
) -> dict[str, Any]:
    """Answer, sources, facts, state and the milliseconds that the asker waited for the last word."""
    started = time.monotonic()
    try:
        message = dialogue.ask(question, show, timeout_seconds=timeout_seconds)
    except Rejected as error:
        result = without_answer("rejected", error.code, error.message)
    except Unreachable as error:
        result = without_answer("unreachable", "unreachable", str(error))
    else:
        result = _answer(message)
    return {**result, "elapsed_ms": round((time.monotonic() - started) * 1_000)}


def without_answer(state: str, code: str, message: str) -> dict[str, Any]:
    error = {"code": code, "message": message}
    return {"answer": "", "sources": [], "facts": [], "state": state, "elapsed_ms": 0, "error": error}


def _answer(message: Message) -> dict[str, Any]:
    answer = {
        "answer": message.text,
        "sources": message.sources,
        "facts": message.facts,
        "state": message.state,
    }
    said = {"reason": message.reason, "notice": message.notice, "offers": message.offers}
    return answer | {name: value for name, value in said.items() if value}


def _in_a_session_of_its_own(
    api: Attendant, assistant: str, question: str, as_json: bool, timeout_seconds: float
) -> dict[str, Any]:
    try:
        dialogue = api.open(assistant)
    except (Rejected, Unreachable) as error:
        state = "rejected" if isinstance(error, Rejected) else "unreachable"
        return without_answer(state, getattr(error, "code", state), str(error))
    return asked(dialogue, question, _show(as_json=as_json), timeout_seconds)


def _show(*, as_json: bool) -> Callable[[str], None]:
    """Prints pieces as they come, where somebody watches."""
    if as_json:
        return lambda _piece: None
    return lambda piece: print(piece, end="", flush=True)


def _print_result(result: dict[str, Any], *, as_json: bool) -> None:
    if as_json:
        print(json.dumps(result, ensure_ascii=False), flush=True)
        return
    if "error" in result:
        print(result["error"]["message"])
        return
    if "notice" in result:
        print(f"\n  {result['notice']}", end="")
    said = [result["state"], f"{result['elapsed_ms'] / 1_000:.1f} s"]
    titles = ", ".join(dict.fromkeys(source["title"] for source in result["sources"]))
    offers = f"offered: {', '.join(result['offers'])}" if "offers" in result else ""
    print(f"\n  [{'; '.join(filter(None, (', '.join(said), titles, offers)))}]")
