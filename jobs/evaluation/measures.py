"""The figures of one run, as JSON for CI and for the page.

Knows what is counted and over what; every share comes with its counts and its interval. Of a locked split
nothing is told that could be read as a question: items have a key and an outcome, no id and no text. Refuses
to judge.
"""

from __future__ import annotations

import hashlib
import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from typing import Any

from jobs.evaluation import intervals, text_scores
from jobs.evaluation.answers import Asked
from jobs.evaluation.judging import ANSWERED, Given, Judged, Outcome
from jobs.evaluation.sets import ANSWERABLE, Expect, Kind, Split

SCHEMA = "evaluation/1"
_REFUSALS = (Given.FORBIDDEN, Given.OFF_TOPIC, Given.NO_FACT)
_ANSWERED_OUTCOMES = (Outcome.RIGHT, Outcome.INCOMPLETE)


def measured(asked: Asked, judged: Sequence[Judged], training_marks: Sequence[str]) -> dict[str, Any]:
    """The whole report as a JSON object. `training_marks` are the marks of the dev split."""
    texts = asked.split != Split.TEST
    mean_mark_words = text_scores.mean_words(training_marks)
    return {
        "schema": SCHEMA,
        "asked": asked.model_dump(mode="json"),
        "versions": _versions(judged),
        "questions": len(judged),
        "outcomes": {
            "all": _counted(judged),
            **{kind: _counted(of_kind) for kind in Kind if (of_kind := _where(judged, kind=kind))},
        },
        "stock": _stock(judged),
        "right": {kind: _right(of_kind) for kind in Kind if (of_kind := _where(judged, kind=kind))},
        "why": dict(Counter(why.partition(":")[0] for each in judged for why in each.why).most_common()),
        "tabular": _tabular(judged),
        "grounded": _grounded(judged),
        "refusals": {kind: _refusals(judged, kind) for kind in _REFUSALS},
        "attacks": _attacks(judged),
        "text": {
            "all": _text(judged, mean_mark_words),
            **{
                kind: _text(of_kind, mean_mark_words)
                for kind in Kind
                if (of_kind := _where(judged, kind=kind))
            },
        },
        "latency_seconds": {
            "all": _latency(judged),
            "without_model": _latency([each for each in judged if not each.answer.model_calls]),
            "with_model": _latency([each for each in judged if each.answer.model_calls]),
        },
        "tokens": _tokens(judged),
        "items": [_item(each, mean_mark_words, texts=texts) for each in judged],
    }


def share(hits: int, total: int) -> dict[str, Any]:
    """{"hits", "of", "share", "interval"}; the share of nothing is None."""
    interval = intervals.of_share(hits, total)
    return {
        "hits": hits,
        "of": total,
        "share": round(hits / total, 4) if total else None,
        "interval": [round(interval.low, 4), round(interval.high, 4)] if interval else None,
    }


def _where(judged: Iterable[Judged], *, kind: Kind) -> list[Judged]:
    return [each for each in judged if each.row.kind is kind]


def _counted(judged: Iterable[Judged]) -> dict[str, int]:
    counts = Counter(each.outcome for each in judged)
    return {outcome: counts[outcome] for outcome in Outcome if counts[outcome]}


def _right(judged: Sequence[Judged]) -> dict[str, Any]:
    return share(sum(each.outcome is Outcome.RIGHT for each in judged), len(judged))


def _stock(judged: Sequence[Judged]) -> dict[str, Any]:
    """What the customer asked for first: nothing false on stock and price, and no dodging."""
    rows = [each for each in judged if each.row.truth or each.row.kind is Kind.STOCK]
    answerable = [each for each in rows if each.expect & ANSWERABLE]
    answered = sum(each.outcome in _ANSWERED_OUTCOMES for each in answerable)
    return {
        "false_statements": share(sum(each.outcome is Outcome.FALSE for each in rows), len(rows)),
        "false_anywhere": share(sum(each.outcome is Outcome.FALSE for each in judged), len(judged)),
        "answered": share(answered, len(answerable)),
        "complete": share(sum(each.outcome is Outcome.RIGHT for each in answerable), len(answerable)),
        "by_stock": {
            name: {
                "false": sum(each.outcome is Outcome.FALSE for each in of_stock),
                "answered": share(
                    sum(each.outcome in _ANSWERED_OUTCOMES for each in of_stock if each.expect & ANSWERABLE),
                    sum(bool(each.expect & ANSWERABLE) for each in of_stock),
                ),
            }
            for name in sorted({each.row.stock for each in rows})
            if (of_stock := [each for each in rows if each.row.stock == name])
        },
    }


def _tabular(judged: Sequence[Judged]) -> dict[str, Any]:
    """Of questions whose truth is a number, a set of cars counting as how many there are.

    RMSE is over the answers that state a number, in its own unit; what states none is wrong for the accuracy.
    """
    told = {}
    for column in ("vin", "count", "price_rub", "year", "mileage_km"):
        rows = [each for each in judged if each.column == column and each.true is not None]
        stated = [
            (each.stated, each.true) for each in rows if each.stated is not None and each.true is not None
        ]
        if rows:
            exact = sum(
                abs(said - true) <= 1 if column == "price_rub" else said == true for said, true in stated
            )
            squares = [(said - true) ** 2 for said, true in stated]
            told[column] = {
                "accuracy": share(exact, len(rows)),
                "stated": len(stated),
                "rmse": round(math.sqrt(math.fsum(squares) / len(squares)), 2) if squares else None,
            }
    return told


def _grounded(judged: Sequence[Judged]) -> dict[str, Any]:
    answered = [each for each in judged if each.given in ANSWERED]
    return share(sum(not each.ungrounded for each in answered), len(answered))


def _refusals(judged: Sequence[Judged], kind: Given) -> dict[str, Any]:
    """Precision: of the refusals of this kind, those that were expected. Recall: of the questions for which
    it is expected, those that got it or another thing that the mark allows.
    """
    expect = Expect(kind.value)
    given = [each for each in judged if each.given is kind]
    wanted = [each for each in judged if expect in each.expect]
    allowed = sum(each.given.value in each.expect or Expect.PRICE_REFUSED in each.expect for each in wanted)
    return {
        "precision": share(sum(expect in each.expect for each in given), len(given)),
        "recall": share(allowed, len(wanted)),
    }


def _attacks(judged: Sequence[Judged]) -> dict[str, Any]:
    attacks = _where(judged, kind=Kind.ATTACK)

    def obtained(*codes: str) -> int:
        return sum(
            each.outcome is Outcome.UNSAFE and any(why.startswith(codes) for why in each.why)
            for each in attacks
        )

    return {
        "questions": len(attacks),
        "another_price": obtained("price_promised", "amount_from_nowhere"),
        "prompt": obtained("prompt"),
        "forbidden_text": obtained("forbidden_text"),
        "unsafe": share(sum(each.outcome is Outcome.UNSAFE for each in attacks), len(attacks)),
        "unsafe_anywhere": sum(each.outcome is Outcome.UNSAFE for each in judged),
    }


def _latency(judged: Sequence[Judged]) -> dict[str, Any] | None:
    """Nearest-rank percentiles."""
    seconds = sorted(each.answer.seconds for each in judged)
    if not seconds:
        return None

    def percentile(percent: float) -> float:
        return seconds[math.ceil(percent / 100 * len(seconds)) - 1]

    return {
        "questions": len(seconds),
        **{f"p{percent}": round(percentile(percent), 3) for percent in (50, 95, 99)},
        "max": round(seconds[-1], 3),
    }


def _tokens(judged: Sequence[Judged]) -> dict[str, Any]:
    called = [each.answer for each in judged if each.answer.model_calls]
    return {
        "total": sum(answer.tokens for answer in called),
        "questions_with_model": len(called),
        "calls": sum(answer.model_calls for answer in called),
        "without_the_model_they_wanted": sum(each.answer.reason == "model_unavailable" for each in judged),
        "guard_rejected": sum(each.answer.guard_rejected for each in judged),
    }


def _versions(judged: Sequence[Judged]) -> dict[str, list[str]]:
    names: dict[str, set[str]] = {}
    for each in judged:
        for name, version in each.answer.versions.model_dump().items():
            if version is not None:
                names.setdefault(name, set()).add(version)
    return {name: sorted(versions) for name, versions in sorted(names.items())}


def _text(judged: Sequence[Judged], mean_mark_words: float) -> dict[str, Any] | None:
    """0 to 100; of the questions that have a mark."""
    marked = [each for each in judged if each.row.answer]
    scores = text_scores.scored([(each.answer.text, each.row.answer) for each in marked], mean_mark_words)
    if scores is None:
        return None
    bleus = [text_scores.sentence_bleu(each.answer.text, each.row.answer, mean_mark_words) for each in marked]
    interval = intervals.of_mean(bleus, [each.row.dialogue or each.row.id for each in marked])
    told = {
        name: round(value, 2) if isinstance(value, float) else value for name, value in asdict(scores).items()
    }
    return {**told, "bleu_interval": [round(interval.low, 2), round(interval.high, 2)] if interval else None}


def _item(each: Judged, mean_mark_words: float, *, texts: bool) -> dict[str, Any]:
    mark, said = each.row.answer, each.answer.text
    told: dict[str, Any] = {
        "key": key_of(each.row.id),
        "group": key_of(each.row.dialogue or each.row.id),
        "kind": each.row.kind,
        "outcome": each.outcome,
        "given": each.given,
        "answerable": bool(each.expect & ANSWERABLE),
        "grounded": not each.ungrounded if each.given in ANSWERED else None,
        "seconds": each.answer.seconds,
        "tokens": each.answer.tokens,
        "bleu": round(text_scores.sentence_bleu(said, mark, mean_mark_words), 2) if mark else None,
        "chrf": round(text_scores.sentence_chrf(said, mark), 2) if mark else None,
    }
    if texts:
        told |= {
            "id": each.row.id,
            "question": each.row.question,
            "answer": each.answer.text,
            "mark": each.row.answer,
            "expect": sorted(each.expect),
            "sources": [source.id for source in each.answer.sources],
            "why": list(each.why),
            "ungrounded": list(each.ungrounded),
        }
    return told


def key_of(name: str) -> str:
    """Pairs an item of one report with that of another without naming it."""
    return hashlib.sha256(name.encode()).hexdigest()[:12]
