"""What every assistant has on its first day: settings, policy and knowledge published, a source database.

Reads the assistants' folders, seeds through the same adapters as the platform. What an owner has published
stays as it is; what still says what was seeded follows the folder. Refuses to know any assistant by name.
"""

from __future__ import annotations

import csv
import fcntl
import hashlib
import json
import sqlite3
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from core.errors import ManifestError
from core.facts import Car, DocumentKind, TrimOption
from core.flow import Embedder
from core.knowledge import KNOWLEDGE_SCHEMA, KnowledgeSource, compile_knowledge, read_folder
from core.spec import AssistantSpec
from lambdas.adapters.documents import Documents

AUTHOR = "seed"
SAMPLE_TYPES: Mapping[str, type[Car | TrimOption]] = {
    "available_product": Car,
    "trim_option": TrimOption,
}


class KnowledgeCompiler:
    """Compiles knowledge once: what is compiled is kept in `folder`, under the sha256 of what it is made of.

    Compiling takes 20 ms a sentence, so it can go on beside a deploy: threads and processes that share the
    folder take turns, and the next one finds it done.
    """

    def __init__(self, folder: Path, embedder: Callable[[], Embedder]) -> None:
        self._folder = folder
        self._embedder = cache(lambda: OncePerQuestion(embedder()))

    def compiled(self, knowledge: KnowledgeSource) -> bytes:
        path = self._folder / f"{knowledge_digest(knowledge)}.json"
        self._folder.mkdir(parents=True, exist_ok=True)
        with (self._folder / "compiling.lock").open("w") as turn:
            fcntl.flock(turn, fcntl.LOCK_EX)
            if not path.exists():
                fresh = path.with_suffix(".new")
                fresh.write_bytes(compile_knowledge(knowledge, self._embedder()))
                fresh.replace(path)
            return path.read_bytes()


class OncePerQuestion:
    """An embedder that computes no question twice: salons have many in common."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder
        self._vectors: dict[str, Sequence[float]] = {}

    def embed_query(self, text: str) -> Sequence[float]:
        if text not in self._vectors:
            self._vectors[text] = self._embedder.embed_query(text)
        return self._vectors[text]

    def embed_passages(self, texts: Sequence[str]) -> list[Sequence[float]]:
        return self._embedder.embed_passages(texts)


def knowledge_digest(knowledge: KnowledgeSource) -> str:
    """sha256 of the source and of the schema that it is compiled to."""
    return hashlib.sha256(f"{KNOWLEDGE_SCHEMA}\n{knowledge.model_dump_json()}".encode()).hexdigest()


def seed_documents(
    spec: AssistantSpec, documents: Documents, compiler: KnowledgeCompiler
) -> list[DocumentKind]:
    """Publishes what the assistant's folder holds and only seeding has published so far.

    Gives back the kinds that it did publish. Raises ManifestError for a file that cannot be read.
    """
    return [
        first.kind
        for first in first_documents(spec, compiler)
        if documents.seed(
            spec.id,
            first.kind,
            first.make,
            rows=first.rows,
            schema=first.schema,
            author=AUTHOR,
            source=first.source,
        )
    ]


@dataclass(frozen=True)
class FirstDocument:
    """A document as the assistant's folder has it. `source` is the sha256 of what it is made of."""

    kind: DocumentKind
    schema: str
    rows: int
    source: str
    make: Callable[[], bytes]


def first_documents(spec: AssistantSpec, compiler: KnowledgeCompiler) -> Iterator[FirstDocument]:
    """Every document that the assistant's folder holds. Raises ManifestError."""
    yield _plain(DocumentKind.SETTINGS, spec.owner.model_dump(mode="json"), rows=1)
    policy = spec.folder / "topics.toml"
    if policy.exists():
        topics = _toml(policy)
        yield _plain(DocumentKind.POLICY, topics, rows=len(topics.get("topics", ())))
    knowledge = read_folder(spec.folder)
    if knowledge.passages:
        yield FirstDocument(
            DocumentKind.KNOWLEDGE,
            schema=KNOWLEDGE_SCHEMA,
            rows=len(knowledge.passages),
            source=knowledge_digest(knowledge),
            make=lambda: compiler.compiled(knowledge),
        )


def _plain(kind: DocumentKind, value: Any, *, rows: int) -> FirstDocument:
    data = json.dumps(value, ensure_ascii=False, sort_keys=True).encode()
    digest = hashlib.sha256(data).hexdigest()
    return FirstDocument(kind, schema=f"{kind.value}/1", rows=rows, source=digest, make=lambda: data)


def _toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ManifestError(f"{path}: {error}") from error


def sample_database(spec: AssistantSpec, folder: Path) -> str | None:
    """Builds `folder/<id>.sqlite` of the assistant's sample/*.csv; gives back its SQLAlchemy URL.

    None when there is no sample. A database that is there stays: it may have been edited by hand to see the
    next answer follow.
    """
    tables = [path for name in SAMPLE_TYPES if (path := spec.folder / "sample" / f"{name}.csv").exists()]
    if not tables:
        return None
    database = folder / f"{spec.id}.sqlite"
    if not database.exists():
        folder.mkdir(parents=True, exist_ok=True)
        fresh = database.with_suffix(".new")
        fresh.unlink(missing_ok=True)
        with sqlite3.connect(fresh) as connection:
            for table in tables:
                _create(connection, table.stem, SAMPLE_TYPES[table.stem], _csv_rows(table))
        connection.close()
        fresh.replace(database)
    return f"sqlite:///{database.resolve()}"


def _create(
    connection: sqlite3.Connection,
    view: str,
    row_type: type[Car | TrimOption],
    rows: Iterator[dict[str, str]],
) -> None:
    """A table `<view>_row` and the view over it, as a dealership's own database would have them."""
    columns = {
        name: "INTEGER" if field.annotation is int else "TEXT"
        for name, field in row_type.model_fields.items()
    }
    described = ", ".join(f"{name} {type_} NOT NULL" for name, type_ in columns.items())
    names, marks = ", ".join(columns), ", ".join(f":{name}" for name in columns)
    connection.execute(f"CREATE TABLE {view}_row ({described})")
    connection.execute(f"CREATE VIEW {view} AS SELECT {names} FROM {view}_row")  # noqa: S608 - our own names
    values = (row_type.model_validate(row).model_dump() for row in rows)
    insert = f"INSERT INTO {view}_row ({names}) VALUES ({marks})"  # noqa: S608 - our own names
    connection.executemany(insert, values)


def _csv_rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def source_url(spec: AssistantSpec, given: str | None, sample: str | None) -> str | None:
    """The assistant's source: `given` ("URL" for all, "assistant=URL" for one) or its sample."""
    if given is None:
        return sample
    name, separator, url = given.partition("=")
    if separator and "://" not in name:
        return url if name == spec.id else sample
    return given
