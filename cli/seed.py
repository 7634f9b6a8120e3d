"""What every assistant has on its first day: settings, policy and knowledge published, a source database.

Reads the assistants' folders, seeds through the same adapters as the platform. What is published already
stays as its owner left it. Refuses to know any assistant by name.
"""

from __future__ import annotations

import csv
import json
import sqlite3
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from core.errors import ManifestError
from core.facts import Car, DocumentKind, TrimOption
from core.spec import AssistantSpec
from lambdas.adapters.documents import Documents

AUTHOR = "seed"
SAMPLE_TYPES: Mapping[str, type[Car | TrimOption]] = {
    "available_product": Car,
    "trim_option": TrimOption,
}


def seed_documents(spec: AssistantSpec, documents: Documents) -> list[DocumentKind]:
    """Publishes what nobody has published yet; gives back the kinds that it did publish.

    Raises ManifestError for a file of the assistant that cannot be read.
    """
    seeded = []
    for kind, (value, rows) in first_documents(spec).items():
        data = json.dumps(value, ensure_ascii=False, sort_keys=True).encode()
        schema = f"{kind.value}/1"
        if documents.seed(spec.id, kind, data, rows=rows, schema=schema, author=AUTHOR) is not None:
            seeded.append(kind)
    return seeded


def first_documents(spec: AssistantSpec) -> dict[DocumentKind, tuple[Any, int]]:
    """(value, rows) of every document that the assistant's folder holds."""
    found: dict[DocumentKind, tuple[Any, int]] = {
        DocumentKind.SETTINGS: (spec.owner.model_dump(mode="json"), 1),
    }
    policy = spec.folder / "topics.toml"
    if policy.exists():
        topics = _toml(policy)
        found[DocumentKind.POLICY] = (topics, _rows(topics))
    knowledge = _knowledge(spec.folder / "knowledge")
    if knowledge:
        found[DocumentKind.KNOWLEDGE] = (knowledge, _rows(knowledge))
    return found


def _knowledge(folder: Path) -> dict[str, Any]:
    """All files of the folder as one document: tables by name, lists of one name joined in path order."""
    joined: dict[str, Any] = {}
    for path in sorted(folder.rglob("*.toml")):
        for name, value in _toml(path).items():
            if isinstance(value, list):
                joined.setdefault(name, []).extend(value)
            elif name in joined:
                raise ManifestError(f"{path}: [{name}] is in another file too")
            else:
                joined[name] = value
    return joined


def _toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ManifestError(f"{path}: {error}") from error


def _rows(document: Mapping[str, Any]) -> int:
    return sum(len(value) for value in document.values() if isinstance(value, list))


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
