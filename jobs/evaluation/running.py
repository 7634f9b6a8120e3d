"""One run: every dialogue of a labelled set is asked once, and its answers are kept at once.

Knows what a run depends on, and so when half a run may be gone on with. Refuses to judge and to know where
the model, the embedder and the published documents come from.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from core.facts import Document, DocumentKind
from core.flow import Embedder
from core.model import ModelClient
from core.spec import AssistantSpec
from jobs.evaluation.answers import AnswerBook, Asked
from jobs.evaluation.desk import ASKED_AT, Desk, RationedModel
from jobs.evaluation.sets import Dialogue, LabelledSet
from jobs.evaluation.stocks import Stock, find_stock

ROOT = Path(__file__).resolve().parents[2]
ANSWERING_CODE = ("core", "assistants", "lambdas/adapters")

Progress = Callable[[int, int], None]
"""Questions done and questions in all."""


@dataclass(frozen=True, kw_only=True)
class Assistant:
    """An assistant as it is to be asked: what is published, and what it works with."""

    spec: AssistantSpec
    published: Mapping[DocumentKind, Document]
    embedder: Embedder
    model: ModelClient


@dataclass(frozen=True, kw_only=True)
class Wish:
    """What is to be asked. `stock` stands in for every stock that the rows name."""

    labelled: LabelledSet
    kinds: tuple[str, ...] = ()
    stock: Stock | None = None
    model_limit: int | None = None
    resume: bool = False


def loaded_stocks(wish: Wish, folder: Path) -> dict[str, Stock]:
    """By the name that rows use; `folder` is the assistant's. Raises EvaluationRefused."""
    names = dict.fromkeys(row.stock for row in wish.labelled.rows)
    return {name: wish.stock or find_stock(folder, name, ASKED_AT.year) for name in names}


def run(
    wish: Wish, assistant: Assistant, stocks: Mapping[str, Stock], folder: Path, progress: Progress
) -> AnswerBook:
    """Asks what is not answered yet and keeps it in `folder`. A break-off leaves what was answered.

    Raises EvaluationRefused.
    """
    kept = assistant.published
    asked = Asked(
        assistant=assistant.spec.id,
        split=wish.labelled.split,
        kinds=wish.kinds,
        set_sha256=wish.labelled.sha256,
        stocks={name: stock.sha256 for name, stock in stocks.items()},
        folder_sha256=_sha256(*(kept[kind].manifest.sha256 for kind in sorted(kept))),
        code_sha256=code_sha256(ROOT),
        model=assistant.model.name,
        model_limit=wish.model_limit,
    )
    book = AnswerBook.open(folder, asked, resume=wish.resume)
    used = sum(1 for answer in book if answer.model_calls)
    ration = None if wish.model_limit is None else max(0, wish.model_limit - used)
    model = RationedModel(assistant.model, ration)
    desk = Desk(assistant.spec, assistant.published, assistant.embedder, model)
    done, total = 0, len(wish.labelled.rows)
    for dialogue in sorted(wish.labelled.dialogues(), key=_drawn):
        if not book.has(dialogue.key):
            book.keep(dialogue.key, desk.ask(dialogue, stocks[dialogue.stock]))
        done += len(dialogue.rows)
        progress(done, total)
    return book


def _drawn(dialogue: Dialogue) -> tuple[str, str]:
    """One stock after the other; within it an order that mixes the kinds, so that a rationed model is asked
    for some of each, always the same.
    """
    return dialogue.stock, _sha256(dialogue.key)


def code_sha256(root: Path) -> str:
    """Of every source file that has a say in an answer; evals and samples have none."""
    files = sorted(
        path
        for folder in ANSWERING_CODE
        for path in (root / folder).rglob("*")
        if path.suffix in (".py", ".md", ".toml")
    )
    return _sha256(*(hashlib.sha256(path.read_bytes()).hexdigest() for path in files))


def _sha256(*parts: str) -> str:
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()
