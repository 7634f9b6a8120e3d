"""What an assistant knows beside its stock, as its folder holds it.

`knowledge/*.toml` have tables `[[faq]]` (id, question, also, answer, offer), `[[passage]]` (id, title, text,
models), `[[small_talk]]` (id, phrases, reply) and `[[foreign]]` (questions that are none of the assistant's
business); vocabularies lie beside that folder. Knows files. Refuses to know embeddings and search
(`core.knowledge`).
"""

from __future__ import annotations

import tomllib
from collections import Counter
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from core.errors import ManifestError

VOCABULARY_FILES = ("vocabulary.toml", "brands.toml", "equipment.toml")


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Passage(_Strict):
    """One thing that is known. `kind` is the file it came from: faq, legend, cars...; a FAQ has questions.

    `offer` is the form that fits it (`test_drive`).
    """

    id: str
    kind: str
    title: str
    text: str
    questions: tuple[str, ...] = ()
    models: tuple[str, ...] = ()
    offer: Literal["test_drive"] | None = None


class SmallTalk(_Strict):
    """What is answered without any fact: greetings, thanks, who are you."""

    id: str
    phrases: tuple[str, ...] = Field(min_length=1)
    reply: str = Field(min_length=1)


class KnowledgeSource(_Strict):
    """Everything that is compiled into the published document."""

    passages: tuple[Passage, ...]
    small_talk: tuple[SmallTalk, ...] = ()
    foreign: tuple[str, ...] = ()
    vocabulary: dict[str, list[dict[str, Any]]] = Field(default_factory=dict)


def read_folder(folder: Path) -> KnowledgeSource:
    """Reads an assistant's folder. Raises ManifestError that names the file and what is wrong in it."""
    passages: list[Passage] = []
    talk: list[SmallTalk] = []
    foreign: list[str] = []
    for path in sorted((folder / "knowledge").glob("*.toml")):
        data = _toml(path)
        try:
            passages += [_faq(entry) for entry in data.pop("faq", [])]
            passages += [Passage(kind=path.stem, **entry) for entry in data.pop("passage", [])]
            talk += [SmallTalk(**entry) for entry in data.pop("small_talk", [])]
            foreign += [question for entry in data.pop("foreign", []) for question in entry["questions"]]
        except (ValidationError, TypeError, KeyError) as error:
            raise ManifestError(f"{path}: {error}") from error
        if data:
            raise ManifestError(f"{path}: unknown tables {', '.join(sorted(data))}")
    ids = Counter(passage.id for passage in passages)
    if twice := [name for name, count in ids.items() if count > 1]:
        raise ManifestError(f"{folder}: passage ids used twice: {', '.join(twice)}")
    vocabulary: dict[str, list[dict[str, Any]]] = {}
    for name in VOCABULARY_FILES:
        if (folder / name).exists():
            for kind, entries in _toml(folder / name).items():
                vocabulary.setdefault(kind, []).extend(entries)
    return KnowledgeSource(
        passages=tuple(passages), small_talk=tuple(talk), foreign=tuple(foreign), vocabulary=vocabulary
    )


def _toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ManifestError(f"{path}: {error}") from error


def _faq(entry: dict[str, Any]) -> Passage:
    return Passage(
        id=entry["id"],
        kind="faq",
        title=entry["question"],
        text=entry["answer"],
        questions=(entry["question"], *entry.get("also", ())),
        models=tuple(entry.get("models", ())),
        offer=entry.get("offer"),
    )
