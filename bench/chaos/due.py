"""What is due to a question, as the ledger carries it, and whether a text pays it.

    state   answered | refused            text    the sentence of a refusal
    mark    the probe's name of the question, which every answer of the probe opens with
    says    what may follow the opening; None where a real model speaks
    rests   what may be said instead while the breaker keeps calls from the model
    facts   the ids of the facts that a real assistant cites; its words are its own affair

Refuses to know what came before and after (`checker.py`).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from bench.chaos.probe.flow import WITHOUT_MODEL

OPENING = re.compile(r"(\S+) after (.+?)\.(?: (.*))?", re.DOTALL)
RESTING = "model_resting"
Due = Mapping[str, Any]


def opened_by(text: str) -> tuple[str, str, str] | None:
    """Mark, mark before it, and the rest of an answer of the probe."""
    found = OPENING.fullmatch(text)
    return None if found is None else (found[1], found[2], found[3] or "")


def fault_of_draft(due: Due, text: str) -> str | None:
    """The rule that a growing text breaks."""
    if due["state"] != "answered":
        return "let_through"
    if due["mark"] is None:
        return None
    opened = opened_by(text)
    if opened is None or opened[0] != due["mark"]:
        return "foreign_draft"
    says = due["says"]
    fits = says is None or any(each.startswith(opened[2]) for each in says)
    return None if fits else "foreign_draft"


def fault_of_end(due: Due, view: Mapping[str, Any], apology: str) -> str | None:
    """The rule that the end of a question breaks."""
    state, text, reason = view["state"], view["text"], view["reason"]
    if state == "failed":
        return _of_failure(due, text, reason, apology)
    if text == apology:
        return "apology_as_answer"
    if state == "refused" and reason == RESTING and text == due.get("rests"):
        return None
    if state != due["state"]:
        return "let_through" if due["state"] == "refused" else "refused_wrongly"
    if state == "refused":
        return None if text == due["text"] else "foreign_refusal"
    return _of_answer(due, view)


def _of_failure(due: Due, text: str, reason: str | None, apology: str) -> str | None:
    if due.get("at_once"):
        return "not_refused"
    if text != apology:
        return "failed_without_apology"
    return None if reason in {"error", "dead_lettered"} else "unknown_reason"


def _of_answer(due: Due, view: Mapping[str, Any]) -> str | None:
    if due["mark"] is None:
        return None if sorted(view["facts"]) == sorted(due["facts"]) else "foreign_facts"
    opened = opened_by(view["text"])
    if opened is None or opened[0] != due["mark"]:
        return "foreign_answer"
    rest, says = opened[2], due["says"]
    if says is not None and rest not in says:
        return "foreign_answer"
    without_model = "model_unavailable" if rest == WITHOUT_MODEL else None
    return None if view["reason"] == without_model else "unknown_reason"
