"""Marked side-by-side sheets, unblinded: means, what was preferred, how far the raters agree.

Means have the percentile bootstrap over dialogues (`jobs/evaluation/intervals.py`). What is preferred has the
sign test: W. J. Dixon, A. M. Mood, "The Statistical Sign Test", JASA 41 (1946). Several raters and several
questions of one dialogue are not independent, so each dialogue has one vote, the sign of the sum over both;
ties are left out, and their number is told. Raters agree as by Krippendorff's alpha. Refuses to say why an
answer was liked.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean
from typing import Any

from pydantic import TypeAdapter, ValidationError
from scipy import stats

from core.errors import EvaluationRefused
from jobs.evaluation import intervals
from jobs.evaluation.agreement import Agreement, agreed
from jobs.evaluation.sheets import mark_of
from jobs.evaluation.spreadsheets import Row, read_rows
from jobs.pilot.sheets import ASSISTANT, BLIND, OPEN, OPERATOR

_SAME = {"same", "одинаково", "равны", "="}
_LETTERS = {"а": "a", "в": "b", "б": "b", "оператор": OPERATOR, "помощник": ASSISTANT}
"""Cyrillic letters that look like the Latin ones, and the words of the page."""
_Key = TypeAdapter(dict[str, dict[str, str]])


@dataclass(frozen=True)
class Judgement:
    """One rater on one question. `preferred` is +1 for the assistant, -1 for the operator, None unsaid."""

    rater: str
    item: str
    dialogue: str
    operator: float | None
    assistant: float | None
    preferred: int | None


@dataclass(frozen=True)
class Mean:
    value: float
    interval: intervals.Interval


@dataclass(frozen=True)
class Marked:
    """`difference` is assistant minus operator; preferences count dialogues, `p` is of the sign test."""

    raters: int
    questions: int
    dialogues: int
    operator: Mean | None
    assistant: Mean | None
    difference: Mean | None
    assistant_preferred: int
    operator_preferred: int
    same: int
    share: intervals.Interval | None
    p: float | None
    agreement: Agreement


def unblinded(paths: Sequence[Path], key_path: Path | None) -> Marked:
    """Without a key the sheets name operator and assistant themselves. Raises EvaluationRefused."""
    key = None if key_path is None else _read_key(key_path)
    given = [judgement for path in paths for judgement in _read(path, key)]
    if not given:
        raise EvaluationRefused(f"{', '.join(map(str, paths))}: no answer in it is marked")
    return marked(given)


def marked(given: Sequence[Judgement]) -> Marked:
    both = [(g, g.operator, g.assistant) for g in given if g.operator is not None and g.assistant is not None]
    dialogues = [judgement.dialogue for judgement, _, _ in both]
    votes = _votes(given)
    won, lost = sum(vote > 0 for vote in votes.values()), sum(vote < 0 for vote in votes.values())
    by_rater: dict[str, dict[str, float]] = {}
    for judgement, operator, assistant in both:
        told = by_rater.setdefault(judgement.rater, {})
        told |= {f"{judgement.item}/{OPERATOR}": operator, f"{judgement.item}/{ASSISTANT}": assistant}
    return Marked(
        raters=len({judgement.rater for judgement in given}),
        questions=len({judgement.item for judgement in given}),
        dialogues=len({judgement.dialogue for judgement in given}),
        operator=_mean([operator for _, operator, _ in both], dialogues),
        assistant=_mean([assistant for _, _, assistant in both], dialogues),
        difference=_mean([assistant - operator for _, operator, assistant in both], dialogues),
        assistant_preferred=won,
        operator_preferred=lost,
        same=len(votes) - won - lost,
        share=intervals.of_share(won, won + lost),
        p=float(stats.binomtest(won, won + lost).pvalue) if won + lost else None,
        agreement=agreed(by_rater),
    )


def _votes(given: Sequence[Judgement]) -> dict[str, int]:
    votes: dict[str, int] = {}
    for judgement in given:
        if judgement.preferred is not None:
            votes[judgement.dialogue] = votes.get(judgement.dialogue, 0) + judgement.preferred
    return votes


def _mean(values: Sequence[float], dialogues: Sequence[str]) -> Mean | None:
    interval = intervals.of_mean(values, dialogues)
    return None if interval is None else Mean(fmean(values), interval)


def _read_key(path: Path) -> Mapping[str, Mapping[str, str]]:
    try:
        key = _Key.validate_python(json.loads(path.read_text(encoding="utf-8")))
    except OSError as error:
        raise EvaluationRefused(f"{path}: {error.strerror or 'cannot be read'}") from error
    except (ValueError, ValidationError) as error:
        raise EvaluationRefused(f"{path}: is no key of side-by-side sheets") from error
    if any(entry.keys() != {"id", "dialogue", "a"} or entry["a"] not in OPEN for entry in key.values()):
        raise EvaluationRefused(f"{path}: is no key of side-by-side sheets")
    return key


def _read(path: Path, key: Mapping[str, Mapping[str, str]] | None) -> Iterator[Judgement]:
    columns = OPEN if key is None else BLIND
    seen: set[str] = set()
    for row in read_rows(path, ("item", *(f"mark_{column}" for column in columns), "better")):
        item = row.values["item"].zfill(5)
        if item in seen:
            raise row.broken(f"the item {item} stands there twice")
        seen.add(item)
        if key is not None and item not in key:
            raise row.broken(f"the key has no item {item}; is it that of this sheet?")
        judgement = _judgement(row, str(path), item, columns, None if key is None else key[item])
        if judgement.operator is not None or judgement.preferred is not None:
            yield judgement


def _judgement(
    row: Row, rater: str, item: str, columns: tuple[str, str], entry: Mapping[str, str] | None
) -> Judgement:
    sides = OPEN if entry is None or entry["a"] == OPERATOR else (ASSISTANT, OPERATOR)
    whose = dict(zip(columns, sides, strict=True))
    marks = {whose[column]: mark_of(row, f"mark_{column}") for column in columns}
    if (marks[OPERATOR] is None) != (marks[ASSISTANT] is None):
        raise row.broken("one of the two answers has no mark")
    dialogue = row.values.get("dialogue") or item if entry is None else entry["dialogue"]
    return Judgement(rater, item, dialogue, marks[OPERATOR], marks[ASSISTANT], _preferred(row, whose, marks))


def _preferred(row: Row, whose: Mapping[str, str], marks: Mapping[str, Any]) -> int | None:
    """As it was said; where nothing was said, by the marks."""
    said = row.values["better"].lower()
    said = _LETTERS.get(said, said)
    if said in whose:
        return 1 if whose[said] == ASSISTANT else -1
    if said in _SAME:
        return 0
    if said:
        raise row.broken(f"better {said!r} is none of {', '.join(whose)} and same")
    if marks[OPERATOR] is None:
        return None
    return int(marks[ASSISTANT] > marks[OPERATOR]) - int(marks[ASSISTANT] < marks[OPERATOR])
