"""Seeding publishes what nobody has published, follows the folder, and leaves the owner's own alone."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import boto3
import pytest
from moto import mock_aws

from cli.seed import AUTHOR, KnowledgeCompiler, sample_database, seed_documents, source_url
from core.facts import DocumentKind
from core.knowledge import Knowledge, read_folder
from core.spec import AssistantSpec, all_specs
from lambdas.adapters.documents import Documents

BUCKET = "published"


class FlatEmbedder:
    """Every text lies in the same direction; counts how often it was asked."""

    def __init__(self) -> None:
        self.asked = 0

    def embed_query(self, _text: str) -> Sequence[float]:
        self.asked += 1
        return [1.0, *[0.0] * 383]

    def embed_passages(self, texts: Sequence[str]) -> list[Sequence[float]]:
        return [self.embed_query(text) for text in texts]


@pytest.fixture
def documents() -> Iterator[Documents]:
    with mock_aws():
        s3 = boto3.client(
            "s3", region_name="us-east-1", aws_access_key_id="test", aws_secret_access_key="test"
        )
        s3.create_bucket(Bucket=BUCKET)
        s3.put_bucket_versioning(Bucket=BUCKET, VersioningConfiguration={"Status": "Enabled"})
        yield Documents(s3, BUCKET)


@pytest.fixture
def compiler(tmp_path: Path) -> KnowledgeCompiler:
    return KnowledgeCompiler(tmp_path / "compiled", FlatEmbedder)


@pytest.fixture(params=[spec.id for spec in all_specs()])
def spec(request: pytest.FixtureRequest) -> AssistantSpec:
    return next(each for each in all_specs() if each.id == request.param)


def test_the_first_time_everything_is_published_and_readable(
    spec: AssistantSpec, documents: Documents, compiler: KnowledgeCompiler
) -> None:
    seeded = seed_documents(spec, documents, compiler)
    assert set(seeded) == {DocumentKind.SETTINGS, DocumentKind.POLICY, DocumentKind.KNOWLEDGE}
    assert Knowledge.of(documents.current(spec.id, DocumentKind.KNOWLEDGE)).lemmas
    settings = documents.current(spec.id, DocumentKind.SETTINGS).json_value()
    assert type(spec.owner).model_validate(settings) == spec.owner


def test_the_second_time_nothing_happens(
    spec: AssistantSpec, documents: Documents, compiler: KnowledgeCompiler
) -> None:
    seed_documents(spec, documents, compiler)
    assert seed_documents(spec, documents, compiler) == []


def test_knowledge_is_compiled_once(spec: AssistantSpec, tmp_path: Path) -> None:
    embedder = FlatEmbedder()
    compiler = KnowledgeCompiler(tmp_path, lambda: embedder)
    first = compiler.compiled(read_folder(spec.folder))
    asked = embedder.asked
    assert asked > 0
    again = KnowledgeCompiler(tmp_path, lambda: embedder).compiled(read_folder(spec.folder))
    assert (again, embedder.asked) == (first, asked)


def test_who_comes_while_it_is_compiled_waits_and_finds_it_done(spec: AssistantSpec, tmp_path: Path) -> None:
    asked: list[int] = []
    knowledge = read_folder(spec.folder)
    for folder, visitors in ((tmp_path / "one", 1), (tmp_path / "two", 2)):
        embedder = FlatEmbedder()
        compilers = [KnowledgeCompiler(folder, lambda shared=embedder: shared) for _ in range(visitors)]
        with ThreadPoolExecutor(visitors) as at_once:
            made = list(at_once.map(lambda compiler: compiler.compiled(knowledge), compilers))
        assert len(set(made)) == 1
        asked.append(embedder.asked)
    assert asked[0] == asked[1]


def test_a_question_of_two_salons_is_embedded_once(tmp_path: Path) -> None:
    asked: list[str] = []

    class Listening(FlatEmbedder):
        def embed_query(self, text: str) -> Sequence[float]:
            asked.append(text)
            return super().embed_query(text)

        def embed_passages(self, texts: Sequence[str]) -> list[Sequence[float]]:
            return [FlatEmbedder.embed_query(self, text) for text in texts]

    compiler = KnowledgeCompiler(tmp_path, Listening)
    for spec in all_specs():
        compiler.compiled(read_folder(spec.folder))
    assert len(asked) == len(set(asked))


def test_a_changed_folder_is_followed_until_the_owner_publishes(
    spec: AssistantSpec, documents: Documents, compiler: KnowledgeCompiler
) -> None:
    seed_documents(spec, documents, compiler)
    owner = spec.owner.model_copy(update={"callbacks_outside_hours": True})
    changed = spec.model_copy(update={"owner": owner})
    assert seed_documents(changed, documents, compiler) == [DocumentKind.SETTINGS]

    current = documents.manifest(spec.id, DocumentKind.SETTINGS)
    own = json.dumps(spec.owner.model_dump(mode="json")).encode()
    kept = documents.publish(
        spec.id, DocumentKind.SETTINGS, own, rows=1, schema="settings/1", author="owner", expected=current
    )
    assert current.author == AUTHOR
    assert seed_documents(changed, documents, compiler) == []
    assert documents.manifest(spec.id, DocumentKind.SETTINGS) == kept


def test_what_was_changed_and_put_back_follows_the_folder_again(
    spec: AssistantSpec, documents: Documents, compiler: KnowledgeCompiler
) -> None:
    seed_documents(spec, documents, compiler)
    for days in (30, spec.owner.retention.days):
        settings = spec.owner.model_copy(update={"retention": timedelta(days=days)})
        edited = documents.publish(
            spec.id,
            DocumentKind.SETTINGS,
            settings.model_dump_json().encode(),
            rows=1,
            schema="settings/1",
            author="owner",
            expected=documents.manifest(spec.id, DocumentKind.SETTINGS),
        )
        texts = spec.owner.texts.model_copy(update={"greeting": f"Добрый день! ({days})"})
        changed = spec.model_copy(update={"owner": spec.owner.model_copy(update={"texts": texts})})
        if days == 30:
            assert seed_documents(changed, documents, compiler) == []
            assert documents.manifest(spec.id, DocumentKind.SETTINGS) == edited
    assert seed_documents(changed, documents, compiler) == [DocumentKind.SETTINGS]
    now = documents.version(
        spec.id, DocumentKind.SETTINGS, documents.manifest(spec.id, DocumentKind.SETTINGS).version
    )
    assert now.json_value()["texts"]["greeting"] == texts.greeting
    assert seed_documents(changed, documents, compiler) == []


def test_the_sample_database_has_the_view_and_stays_when_it_is_there(
    spec: AssistantSpec, tmp_path: Path
) -> None:
    url = sample_database(spec, tmp_path)
    assert url is not None
    with sqlite3.connect(tmp_path / f"{spec.id}.sqlite") as connection:
        assert connection.execute("SELECT count(*) FROM available_product").fetchone()[0] > 0
        connection.execute("DELETE FROM available_product_row")
    connection.close()
    assert sample_database(spec, tmp_path) == url
    with sqlite3.connect(tmp_path / f"{spec.id}.sqlite") as connection:
        assert connection.execute("SELECT count(*) FROM available_product").fetchone()[0] == 0
    connection.close()


def test_which_source_an_assistant_reads(spec: AssistantSpec) -> None:
    assert source_url(spec, None, "sqlite:///sample") == "sqlite:///sample"
    assert source_url(spec, "sqlite:////x.db", "sqlite:///sample") == "sqlite:////x.db"
    assert source_url(spec, f"{spec.id}=sqlite:////x.db", "s") == "sqlite:////x.db"
    assert source_url(spec, "another=sqlite:////x.db", "s") == "s"
    assert source_url(spec, "postgresql://u:p@h/d?a=b", "s") == "postgresql://u:p@h/d?a=b"
