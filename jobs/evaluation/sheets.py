"""Marking sheets: what people fill in with 0 to 5, blind to model, kind and judgement, and reading them back.

A rater gets a file of their own in an order of their own; items have numbers that say nothing, and a key file
that raters do not get tells which is which. Written for spreadsheets (a byte order mark, formulas disarmed);
what a spreadsheet made of it on saving (semicolons, Windows-1251) is read as well. Refuses to compute
agreement.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import random
from collections.abc import Sequence
from pathlib import Path

from core.errors import EvaluationRefused
from jobs.evaluation.agreement import HIGHEST, LOWEST

COLUMNS = ("item", "question", "answer", "mark", "comment")
KEY_FILE = "sheet-key.json"
_FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")


def write_sheets(
    answers: Sequence[tuple[str, str, str]], folder: Path, *, raters: int, seed: str
) -> list[Path]:
    """`answers` are (id, question, answer). Gives back the raters' files; the key stands beside them."""
    numbered = list(answers)
    _draw(seed).shuffle(numbered)
    items = {f"{number:04d}": entry for number, entry in enumerate(numbered, 1)}
    key = {item: entry[0] for item, entry in items.items()}
    (folder / KEY_FILE).write_text(json.dumps(key, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    paths = []
    for rater in range(1, raters + 1):
        order = list(items)
        _draw(f"{seed}/{rater}").shuffle(order)
        path = folder / f"sheet-rater-{rater}.csv"
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(COLUMNS)
            for item in order:
                _, question, answer = items[item]
                writer.writerow((item, _disarmed(question), _disarmed(answer), "", ""))
        paths.append(path)
    return paths


def read_marks(path: Path) -> dict[str, float]:
    """Marks by item; what is left empty is not marked. Raises EvaluationRefused with file and line."""
    rows = csv.reader(io.StringIO(_text(path), newline=""), dialect=_Sniffed(path).dialect)
    header = [name.strip().lower() for name in next(rows, [])]
    if not {"item", "mark"} <= set(header):
        raise EvaluationRefused(f"{path}, line 1: no column item or mark")
    marks: dict[str, float] = {}
    for values in rows:
        row = dict(zip(header, values, strict=False))
        item, said = row.get("item", "").strip(), row.get("mark", "").strip().replace(",", ".")
        if not item or not said:
            continue
        marks[item.zfill(4)] = _mark(said, f"{path}, line {rows.line_num}")
    if not marks:
        raise EvaluationRefused(f"{path}: no answer in it is marked")
    return marks


class _Sniffed:
    """Which separator the file has."""

    def __init__(self, path: Path) -> None:
        header = _text(path).partition("\n")[0]
        self.dialect: type[csv.Dialect] = csv.excel
        for separator in (";", "\t"):
            if header.count(separator) > header.count(","):
                self.dialect = type("Separated", (csv.excel,), {"delimiter": separator})


def _text(path: Path) -> str:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise EvaluationRefused(f"{path}: {error.strerror or 'cannot be read'}") from error
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1251", errors="replace")


def _mark(said: str, place: str) -> float:
    try:
        mark = float(said)
    except ValueError as error:
        raise EvaluationRefused(f"{place}: {said!r} is no mark") from error
    if not LOWEST <= mark <= HIGHEST:
        raise EvaluationRefused(f"{place}: {said} is not between {LOWEST} and {HIGHEST}")
    return mark


def _disarmed(text: str) -> str:
    """A cell that begins like a formula would be run by a spreadsheet; what visitors write is no code."""
    return f"'{text}" if text.startswith(_FORMULA_SIGNS) else text


def _draw(seed: str) -> random.Random:
    return random.Random(hashlib.sha256(seed.encode()).hexdigest())  # noqa: S311 - an order, no secret
