"""`attendant transcripts`: a file of questions becomes a page of the documentation.

Knows the page's form. A line `---` in the file begins a new dialogue; the questions between two such lines
are asked in one session, so that follow-ups can be shown.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from cli.asking import open_dialogue
from cli.conversation import Attendant, Message, Rejected, Unreachable, talking_to
from cli.failures import CommandFailed
from cli.questions import read_questions

NEW_DIALOGUE = "---"
TIMEOUT_SECONDS = 180.0


def write(url: str, assistant: str | None, file: Path, output: Path) -> None:
    """Asks and writes. Raises CommandFailed when the API cannot be reached."""
    dialogues = group([line.text for line in read_questions(file) if line.error is None])
    if not dialogues:
        raise CommandFailed(f"{file} holds no question", exit_code=2)
    with talking_to(url) as api:
        who = assistant or str(api.assistants()[0]["id"])
        parts = [_dialogue(api, who, questions) for questions in dialogues]
        health = api.health()
    output.parent.mkdir(parents=True, exist_ok=True)
    output.write_text("\n".join([_head(who, file, output, health), *parts]), encoding="utf-8")
    print(f"{sum(map(len, dialogues))} questions, {output}")


def group(lines: Sequence[str]) -> list[list[str]]:
    """Questions by dialogue. Without a separator each question is a dialogue of its own."""
    if NEW_DIALOGUE not in lines:
        return [[line] for line in lines]
    groups: list[list[str]] = [[]]
    for line in lines:
        if line == NEW_DIALOGUE:
            groups.append([])
        else:
            groups[-1].append(line)
    return [questions for questions in groups if questions]


def _dialogue(api: Attendant, assistant: str, questions: Sequence[str]) -> str:
    dialogue = open_dialogue(api, assistant)
    parts = []
    for question in questions:
        began = time.monotonic()
        try:
            message = dialogue.ask(question, lambda _piece: None, timeout_seconds=TIMEOUT_SECONDS)
        except (Rejected, Unreachable) as error:
            raise CommandFailed(f"a question got no answer: {error}", "attendant status") from error
        parts.append(_exchange(question, message, time.monotonic() - began))
        print(f"  {message.state:<9} {time.monotonic() - began:5.1f} s  {question}")
    return "\n".join([*parts, "---", ""])


def _exchange(question: str, message: Message, seconds: float) -> str:
    titles = "; ".join(dict.fromkeys(str(source["title"]) for source in message.sources))
    why = f", {message.reason}" if message.reason else ""
    versions = ", ".join(f"{name} `{value}`" for name, value in message.versions.items() if value)
    quoted = "\n".join(f"> {line}".rstrip() for line in message.text.strip().splitlines())
    told = f"*{message.state}{why}, {seconds:.1f} s{'; ' + titles if titles else ''}*"
    return f"**{question}**\n\n{quoted}\n\n{told}  \n{versions}\n"


def _head(assistant: str, file: Path, output: Path, health: dict[str, Any]) -> str:
    snapshot = next((a.get("snapshot") or {} for a in health["assistants"] if a["id"] == assistant), {})
    stock = f", stock exported {snapshot['exported_at']}" if snapshot.get("exported_at") else ""
    return (
        f"# Transcripts: {assistant}\n\n"
        f"Written {datetime.now(UTC):%Y-%m-%d %H:%M} UTC by"
        f" `attendant transcripts {assistant} --file {file} --output {output}`{stock}. Nothing is edited.\n"
    )
