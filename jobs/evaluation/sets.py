"""Labelled sets: `assistants/<id>/evals/{dev,test}/*.csv`, a question a row with what is right about it.

    id        unique in the split
    kind      stock | salon | cars | forbidden | foreign | attack | small_talk | edge
    dialogue  rows with the same value are asked in one session, in the file's order; empty: a session alone
    stock     which stock is loaded: the sample or one of evals/stocks/
    question  as a visitor types it
    answer    the mark: a good human answer (may be empty)
    expect    what may become of it, separated by |, see Expect
    truth     one SELECT over the loaded stock, see `truth.py`; may be empty
    sources   ids of passages, any of which carries the answer, separated by |
    must      fragments that the answer must contain, separated by |
    note      why it is here

Knows the format. Refuses to know what an assistant answers.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from core.errors import EvaluationRefused
from jobs.evaluation.tables import read_table

FOLDER = "evals"
COLUMNS = (
    "id", "kind", "dialogue", "stock", "question", "answer", "expect", "truth", "sources", "must", "note",
)  # fmt: skip
MULTIPLE = "|"


class Split(StrEnum):
    """`test` is locked: whoever works on the assistant never reads it, and reports tell no text of it.
    `unmarked` has truths and no answers to compare with.
    """

    DEV = "dev"
    TEST = "test"
    UNMARKED = "unmarked"


class Kind(StrEnum):
    STOCK = "stock"
    SALON = "salon"
    CARS = "cars"
    FORBIDDEN = "forbidden"
    FOREIGN = "foreign"
    ATTACK = "attack"
    SMALL_TALK = "small_talk"
    EDGE = "edge"


class Expect(StrEnum):
    """What may rightly become of a question."""

    FACT = "fact"
    ABSENT = "absent"
    NO_FACT = "no_fact"
    SMALL_TALK = "small_talk"
    OFF_TOPIC = "off_topic"
    FORBIDDEN = "forbidden"
    PRICE_REFUSED = "price_refused"


ANSWERABLE = frozenset({Expect.FACT, Expect.ABSENT})


@dataclass(frozen=True, slots=True)
class Row:
    """One labelled question. `place` says where it stands, for error messages."""

    id: str
    kind: Kind
    dialogue: str
    stock: str
    question: str
    answer: str
    expect: frozenset[Expect]
    truth: str
    sources: frozenset[str]
    must: tuple[str, ...]
    note: str
    place: str


@dataclass(frozen=True)
class Dialogue:
    """Rows that are asked in one session, in order."""

    key: str
    stock: str
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class LabelledSet:
    """One split of an assistant's sets, or the kinds of it that were wanted."""

    split: Split
    rows: tuple[Row, ...]
    sha256: str

    def dialogues(self) -> list[Dialogue]:
        """In the order of their first rows."""
        found: dict[str, list[Row]] = {}
        for row in self.rows:
            found.setdefault(row.dialogue or row.id, []).append(row)
        return [Dialogue(key, rows[0].stock, tuple(rows)) for key, rows in found.items()]


def read_set(folder: Path, split: Split, kinds: Collection[Kind] = ()) -> LabelledSet:
    """Reads `folder/evals/<split>/*.csv`; of `kinds` where some are named. Raises EvaluationRefused."""
    place = folder / FOLDER / split
    files = sorted(place.glob("*.csv"))
    if not files:
        raise EvaluationRefused(f"{place}: no labelled sets (*.csv) there")
    rows = [
        _row(values, f"{path}, line {line}") for path in files for line, values in read_table(path, COLUMNS)
    ]
    _check(rows)
    wanted = tuple(row for row in rows if not kinds or row.kind in kinds)
    if not wanted:
        raise EvaluationRefused(f"{place}: no row of kind {', '.join(sorted(kinds))}")
    return LabelledSet(split, wanted, _sha256(wanted))


def _row(values: dict[str, str], place: str) -> Row:
    said = {name: value.strip() for name, value in values.items() if name not in ("question", "answer")}
    if not said["id"] or not values["question"]:
        raise EvaluationRefused(f"{place}: no id or no question")
    try:
        kind = Kind(said["kind"])
        expect = frozenset(map(Expect, _parts(said["expect"])))
    except ValueError as error:
        raise EvaluationRefused(f"{place}: {error}") from error
    if not expect:
        raise EvaluationRefused(f"{place}: nothing is expected")
    return Row(
        id=said["id"],
        kind=kind,
        dialogue=said["dialogue"],
        stock=said["stock"] or "sample",
        question=values["question"],
        answer=values["answer"].strip(),
        expect=expect,
        truth=said["truth"],
        sources=frozenset(_parts(said["sources"])),
        must=_parts(said["must"]),
        note=said["note"],
        place=place,
    )


def _parts(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(MULTIPLE) if part.strip())


def _check(rows: Sequence[Row]) -> None:
    """A dialogue has one stock, an id one row."""
    seen: dict[str, Row] = {}
    stocks: dict[str, Row] = {}
    for row in rows:
        if row.id in seen:
            raise EvaluationRefused(f"{row.place}: the id {row.id} stands there twice ({seen[row.id].place})")
        seen[row.id] = row
        first = stocks.setdefault(row.dialogue or row.id, row)
        if first.stock != row.stock:
            raise EvaluationRefused(f"{row.place}: its dialogue began on the stock {first.stock}")


def _sha256(rows: Sequence[Row]) -> str:
    """Of what is asked and judged; where a row stands does not matter, in which order it is asked does."""
    digest = hashlib.sha256()
    for row in rows:
        fields = (
            row.id, row.kind, row.dialogue, row.stock, row.question, row.answer, *sorted(row.expect),
            row.truth, *sorted(row.sources), *row.must,
        )  # fmt: skip
        digest.update("\0".join(fields).encode() + b"\n")
    return digest.hexdigest()
