"""Questions that people asked the support, with the operators' answers: a CSV file of the salon's.

    id               unlike any other in the file
    asked_at         2026-10-02 09:30 or 02.10.2026 9:30; orders the questions of a dialogue
    dialogue         which questions belong together; left empty, the question stands alone
    question
    operator_answer

Personal data is masked while it is read, so nothing of this package ever holds a visitor's name or phone.
Refuses to know what is asked with them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from core.errors import EvaluationRefused
from core.personal_data import mask
from jobs.evaluation.spreadsheets import Row, read_rows
from jobs.pilot.moments import moment_of

COLUMNS = ("id", "asked_at", "dialogue", "question", "operator_answer")
MOST_QUESTIONS = 20_000


@dataclass(frozen=True)
class SupportQuestion:
    """One row, masked."""

    id: str
    dialogue: str
    asked_at: datetime
    question: str
    operator_answer: str


def read_questions(path: Path) -> list[list[SupportQuestion]]:
    """The dialogues in the order of their first rows. Raises EvaluationRefused with file and line."""
    lines: dict[str, str] = {}
    dialogues: dict[str, list[SupportQuestion]] = {}
    for row in read_rows(path, COLUMNS):
        question = _question(row)
        if question.id in lines:
            raise row.broken(f"the id {question.id!r} is that of {lines[question.id]}")
        lines[question.id] = row.place.rpartition(", ")[2]
        if len(lines) > MOST_QUESTIONS:
            raise EvaluationRefused(f"{path}: more than {MOST_QUESTIONS} questions; split it")
        dialogue = dialogues.setdefault(question.dialogue, [])
        if dialogue and question.asked_at < dialogue[-1].asked_at:
            raise row.broken(
                f"asked_at is before that of {lines[dialogue[-1].id]}, and both are of dialogue "
                f"{question.dialogue!r}; sort the file by asked_at"
            )
        dialogue.append(question)
    if not dialogues:
        raise EvaluationRefused(f"{path}: has a header and no question")
    return list(dialogues.values())


def _question(row: Row) -> SupportQuestion:
    for column in ("id", "question", "operator_answer"):
        if not row.values[column]:
            raise row.broken(f"{column} is empty")
    values = row.values
    return SupportQuestion(
        id=values["id"],
        dialogue=values["dialogue"] or f"alone:{values['id']}",
        asked_at=moment_of(row, "asked_at", UTC),
        question=mask(values["question"]).text,
        operator_answer=mask(values["operator_answer"]).text,
    )
