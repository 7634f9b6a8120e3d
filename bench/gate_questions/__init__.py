"""The questions that the showroom's gate is fitted on, and where each belongs.

The labelled questions of the dev split and the paraphrases of the tests; questions of everyday life, one
`[topic]` after another in the `.txt` beside this (their file is their world): what visitors ask any salon,
what is no salon's business, and what is merely said; and the questions of a salon's own knowledge, half of
it taken out. What lies in `held_out/` and `strangers/` is asked, and never fitted on. Knows files. Refuses to
read the locked split and to know embeddings.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from core.knowledge import KnowledgeSource
from core.spec import ASSISTANTS_FOLDER
from jobs.evaluation.sets import Expect, Kind, Split, read_set

SALON = "showroom"
ASKED = Path(__file__).parents[2] / "tests" / "assistants" / SALON / "questions"
HELD_OUT = Path(__file__).parent / "held_out"
STRANGERS = Path(__file__).parent / "strangers"
"""Questions of authors who had seen nothing of the project, nor of what is fitted on."""
EVERY = 3
"""So many questions taken out of a knowledge are there for each that is asked."""
_KINDS = (Kind.SALON, Kind.CARS, Kind.FOREIGN, Kind.SMALL_TALK)


@dataclass(frozen=True)
class Asked:
    """One question with where it belongs. `sources` are the passages that answer it, None where nobody has
    said which. What is of one `topic` is left out of a fit together.
    """

    text: str
    world: str
    topic: str
    sources: frozenset[str] | None = None


def labelled() -> Iterator[Asked]:
    """What people wrote who had not seen the knowledge's own questions. Follow-ups are left out."""
    found = read_set(ASSISTANTS_FOLDER / SALON, Split.DEV, _KINDS)
    firsts = {dialogue.rows[0].id for dialogue in found.dialogues()}
    for row in found.rows:
        if row.id in firsts and (world := _world(row.kind, row.expect)) is not None:
            sources = row.sources if Expect.FACT in row.expect else frozenset()
            yield Asked(row.question, world, row.question, sources)
    for line in (ASKED / "paraphrases.jsonl").read_text("utf-8").splitlines():
        entry = json.loads(line)
        yield Asked(entry["question"], "salon", entry["question"], frozenset(entry["ids"]))
    for text in (ASKED / "foreign.txt").read_text("utf-8").splitlines():
        yield Asked(text, "foreign", text)


def _world(kind: Kind, expect: frozenset[Expect]) -> str | None:
    if expect & {Expect.FACT, Expect.NO_FACT}:
        return "salon" if kind in (Kind.SALON, Kind.CARS) else None
    return "foreign" if Expect.OFF_TOPIC in expect else "small_talk" if Expect.SMALL_TALK in expect else None


def everyday() -> Iterator[Asked]:
    """What is asked every day, of no salon in particular. Without what is held out."""
    yield from questions_in(Path(__file__).parent)


def questions_in(folder: Path) -> Iterator[Asked]:
    """The questions of a folder's files, each file a world."""
    for path in sorted(folder.glob("*.txt")):
        topic = ""
        for line in path.read_text("utf-8").splitlines():
            if line.startswith("["):
                topic = f"{path.stem}: {line.strip('[]')}"
            elif line:
                yield Asked(line, path.stem, topic)


def halves(source: KnowledgeSource) -> Iterator[tuple[KnowledgeSource, list[Asked]]]:
    """The source without one half of its questions, and some of that half."""
    for taken in (0, 1):
        asked = [
            Asked(question, "salon", question, frozenset({passage.id}))
            for passage in source.passages
            for question in passage.questions[taken::2]
        ]
        asked += [Asked(question, "foreign", question) for question in source.foreign[taken::2]]
        asked += [
            Asked(phrase, "small_talk", phrase)
            for talk in source.small_talk
            for phrase in talk.phrases[taken::2]
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
