"""Side-by-side sheets: the operator's answer and the assistant's to the same question, to be marked 0 to 5.

Blind, they stand under A and B, drawn for every question; `sheet-key.json`, which raters do not get, tells
which is which. The draw follows from the file of questions, so writing the sheets again changes none that is
handed out already. A sheet is a CSV for a spreadsheet and a page with buttons that saves the same columns.
Dialogues come in an order of each rater's own, the questions of one stay together. Refuses to read marks.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from itertools import groupby
from pathlib import Path
from string import Template

from jobs.evaluation.agreement import HIGHEST, LOWEST
from jobs.evaluation.sheets import KEY_FILE, shuffled
from jobs.evaluation.spreadsheets import disarmed
from jobs.pilot.questions import SupportQuestion
from jobs.pilot.shadow import ShadowAnswer

OPERATOR, ASSISTANT = "operator", "assistant"
BLIND = ("a", "b")
OPEN = (OPERATOR, ASSISTANT)
NO_ANSWER = "(ответа нет)"
_TITLES = {"a": "A", "b": "B", OPERATOR: "Оператор", ASSISTANT: "Помощник"}


def _part(name: str) -> str:
    return Path(__file__).with_name(name).read_text(encoding="utf-8")


_PAGE = Template(_part("sheet.html"))


@dataclass(frozen=True)
class Pair:
    """One row of a sheet. `left` tells whose answer stands first; the texts are by whose they are."""

    item: str
    id: str
    dialogue: str
    question: str
    texts: Mapping[str, str]
    left: str

    @property
    def sides(self) -> tuple[str, str]:
        return OPEN if self.left == OPERATOR else (ASSISTANT, OPERATOR)


def write_sheets(
    dialogues: Sequence[Sequence[SupportQuestion]],
    answers: Mapping[str, ShadowAnswer],
    folder: Path,
    *,
    blind: bool,
    raters: int,
    seed: str,
) -> list[Path]:
    """The files, for each rater a CSV and a page; blind, the key stands beside them."""
    pairs = list(_pairs(dialogues, answers, blind=blind, seed=seed))
    if blind:
        key = {p.item: {"id": p.id, "dialogue": p.dialogue, "a": p.left} for each in pairs for p in each}
        (folder / KEY_FILE).write_text(json.dumps(key, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    columns = BLIND if blind else OPEN
    paths = []
    for rater in range(1, raters + 1):
        rows = [pair for each in shuffled(pairs, f"{seed}/{rater}") for pair in each]
        path = folder / f"sheet-rater-{rater}.csv"
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            csv.writer(file).writerows(_table(rows, columns))
        path.with_suffix(".html").write_text(_page(rows, columns, path.name), encoding="utf-8")
        paths += [path, path.with_suffix(".html")]
    return paths


def _pairs(
    dialogues: Sequence[Sequence[SupportQuestion]],
    answers: Mapping[str, ShadowAnswer],
    *,
    blind: bool,
    seed: str,
) -> Iterator[list[Pair]]:
    number = 0
    for name, dialogue in enumerate(dialogues, 1):
        pairs = []
        for question in dialogue:
            number += 1
            left = shuffled(OPEN, f"{seed}/{question.id}")[0] if blind else OPERATOR
            answer = answers[question.id]
            texts = {OPERATOR: question.operator_answer, ASSISTANT: answer.text or NO_ANSWER}
            pairs.append(Pair(f"{number:05d}", question.id, str(name), question.question, texts, left))
        yield pairs


def _table(rows: Sequence[Pair], columns: tuple[str, str]) -> Iterator[Sequence[str]]:
    marks = [f"mark_{column}" for column in columns]
    yield ("item", "dialogue", "question", *columns, *marks, "better", "comment")
    for pair in rows:
        texts = (disarmed(pair.texts[side]) for side in pair.sides)
        yield (pair.item, pair.dialogue, disarmed(pair.question), *texts, "", "", "", "")


def _page(rows: Sequence[Pair], columns: tuple[str, str], name: str) -> str:
    body = []
    for dialogue, pairs in groupby(rows, key=lambda pair: pair.dialogue):
        body += [f"<h2>Диалог {dialogue}</h2>", *(_fieldset(pair, columns) for pair in pairs)]
    return _PAGE.substitute(
        style=_part("sheet.css"),
        script=_part("sheet.js"),
        lowest=LOWEST,
        highest=HIGHEST,
        file=escape(name),
        columns=" ".join(columns),
        rows="\n".join(body),
    )


def _fieldset(pair: Pair, columns: tuple[str, str]) -> str:
    marks = [(str(mark), str(mark)) for mark in range(LOWEST, HIGHEST + 1)]
    answers = "".join(
        f'<section><h3>{_TITLES[column]}</h3><p class="said">{escape(pair.texts[side])}</p>'
        f"{_choice(pair.item, f'mark_{column}', 'Оценка', marks)}</section>"
        for column, side in zip(columns, pair.sides, strict=True)
    )
    options = [*((column, _TITLES[column]) for column in columns), ("same", "одинаково")]
    return (
        f'<fieldset data-item="{pair.item}" data-dialogue="{pair.dialogue}">'
        f"<legend>{escape(pair.question)}</legend>"
        f'<div class="answers">{answers}</div>{_choice(pair.item, "better", "Лучше", options)}'
        f'<label class="comment">Замечание <input name="{pair.item}:comment" maxlength="1000"></label>'
        "</fieldset>"
    )


def _choice(item: str, name: str, said: str, options: Sequence[tuple[str, str]]) -> str:
    buttons = "".join(
        f'<label><input type="radio" name="{item}:{name}" value="{value}"> {escape(title)}</label>'
        for value, title in options
    )
    return f'<div class="choice" role="radiogroup" aria-label="{said}"><span>{said}:</span>{buttons}</div>'
