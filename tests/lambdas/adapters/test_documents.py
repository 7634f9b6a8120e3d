"""Published documents: all of the old version or all of the new one, one winner, a history."""

from __future__ import annotations

import json
import threading
from typing import Any

import pytest
from botocore.exceptions import EndpointConnectionError

from core.errors import DocumentDamaged, DocumentMissing, PublicationConflict, StoreAway
from core.facts import DocumentKind, Manifest
from lambdas.adapters.documents import AssistantDocuments, Documents
from tests.fakes.clock import FakeClock

SNAPSHOT = DocumentKind.SNAPSHOT
KEY = "tester/snapshot.json"
NAMED = {"rows": 1, "schema": "test/1", "author": "anna"}


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def documents(s3: Any, clock: FakeClock) -> Documents:
    return Documents(s3, "published", clock=clock, monotonic=clock.monotonic, pause=clock.advance)


def publish(documents: Documents, data: bytes, expected: Manifest | None = None) -> Manifest:
    return documents.publish("tester", SNAPSHOT, data, **NAMED, expected=expected)


def test_what_was_published_is_current(documents: Documents, clock: FakeClock) -> None:
    manifest = publish(documents, b'{"cars": []}')
    document = documents.current("tester", SNAPSHOT)
    assert document.manifest == manifest
    assert document.json_value() == {"cars": []}
    assert (manifest.exported_at, manifest.author, manifest.previous) == (clock(), "anna", None)
    assert AssistantDocuments(documents, "tester").current(SNAPSHOT) == document


def test_nothing_published_is_missing(documents: Documents) -> None:
    for read in (documents.current, documents.manifest):
        with pytest.raises(DocumentMissing):
            read("tester", SNAPSHOT)
    with pytest.raises(DocumentMissing):
        list(documents.history("tester", SNAPSHOT))


def test_a_new_version_is_seen_within_seconds(s3: Any, documents: Documents, clock: FakeClock) -> None:
    first = publish(documents, b"1")
    reader = Documents(s3, "published", clock=clock, monotonic=clock.monotonic)
    assert reader.current("tester", SNAPSHOT).data == b"1"
    publish(documents, b"2", first)
    clock.advance(4.9)
    assert reader.current("tester", SNAPSHOT).data == b"1"
    clock.advance(0.2)
    assert reader.current("tester", SNAPSHOT).data == b"2"


def test_a_conflict_changes_nothing(documents: Documents) -> None:
    first = publish(documents, b"1")
    second = publish(documents, b"2", first)
    for expected in (None, first):
        with pytest.raises(PublicationConflict):
            publish(documents, b"3", expected)
    assert documents.manifest("tester", SNAPSHOT) == second


def test_of_many_writers_exactly_one_wins_each_round(documents: Documents) -> None:
    current = publish(documents, b"0")
    for number in range(3):
        winners: list[Manifest] = []

        def write(
            writer: int, seen: Manifest = current, round_: int = number, won: list[Manifest] = winners
        ) -> None:
            try:
                won.append(publish(documents, f"{round_}{writer}".encode(), seen))
            except PublicationConflict:
                return

        threads = [threading.Thread(target=write, args=(writer,)) for writer in range(5)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(winners) == 1
        current = winners[0]
        assert documents.manifest("tester", SNAPSHOT) == current


def test_the_history_holds_what_was_current_and_nothing_else(documents: Documents, clock: FakeClock) -> None:
    first = publish(documents, b"1")
    clock.advance(1)
    with pytest.raises(PublicationConflict):
        publish(documents, b"lost")
    second = publish(documents, b"2", first)
    assert list(documents.history("tester", SNAPSHOT)) == [second, first]
    assert list(documents.history("tester", SNAPSHOT, limit=1)) == [second]
    assert documents.version("tester", SNAPSHOT, first.version).data == b"1"


def test_damaged_data_is_told_and_never_served(s3: Any, documents: Documents) -> None:
    publish(documents, b'{"cars": []}')
    stored = s3.get_object(Bucket="published", Key=KEY)["Body"].read()
    s3.put_object(Bucket="published", Key=KEY, Body=stored.replace(b"[]", b"[1]"))
    with pytest.raises(DocumentDamaged):
        documents.current("tester", SNAPSHOT)


@pytest.mark.parametrize("body", [b"{}", b"", b"not json", b'{"manifest":{},"predecessor":null,\n"data":1}'])
def test_a_damaged_manifest_is_told(s3: Any, documents: Documents, body: bytes) -> None:
    s3.put_object(Bucket="published", Key=KEY, Body=body)
    for read in (documents.current, documents.manifest):
        with pytest.raises(DocumentDamaged):
            read("tester", SNAPSHOT)


def versions(s3: Any) -> list[dict[str, Any]]:
    return s3.list_object_versions(Bucket="published").get("Versions", [])


def test_who_loses_leaves_nothing_and_what_counts_is_the_newest(s3: Any, documents: Documents) -> None:
    first = publish(documents, b"1")
    for _ in range(3):
        with pytest.raises(PublicationConflict):
            publish(documents, b"lost")
    publish(documents, b"2", first)
    assert {version["Key"] for version in versions(s3)} == {KEY}
    newest, overwritten = sorted(versions(s3), key=lambda version: not version["IsLatest"])
    assert (newest["IsLatest"], overwritten["IsLatest"]) == (True, False)


def test_the_history_ends_where_the_store_kept_no_more(
    s3: Any, documents: Documents, clock: FakeClock
) -> None:
    first = publish(documents, b"1")
    clock.advance(1)
    second = publish(documents, b"2", first)
    clock.advance(1)
    third = publish(documents, b"3", second)
    (oldest,) = [v for v in versions(s3) if not v["IsLatest"] and first.version.encode() in stored(s3, v)]
    s3.delete_object(Bucket="published", Key=KEY, VersionId=oldest["VersionId"])
    assert list(documents.history("tester", SNAPSHOT)) == [third, second]
    assert documents.version("tester", SNAPSHOT, second.version).data == b"2"
    with pytest.raises(DocumentMissing):
        documents.version("tester", SNAPSHOT, first.version)


def stored(s3: Any, version: dict[str, Any]) -> bytes:
    text: bytes = s3.get_object(Bucket="published", Key=KEY, VersionId=version["VersionId"])["Body"].read()
    return text.partition(b'"previous"')[0]


def test_the_same_data_again_is_a_version_of_its_own(s3: Any, documents: Documents, clock: FakeClock) -> None:
    """An unchanged stock was looked at again: it is fresher than it was, and the reader has to see that."""
    first = publish(documents, b"1")
    reader = Documents(s3, "published", clock=clock, monotonic=clock.monotonic)
    reader.current("tester", SNAPSHOT)
    clock.advance(60)
    second = publish(documents, b"1", first)
    assert reader.current("tester", SNAPSHOT).manifest == second
    with pytest.raises(PublicationConflict):
        publish(documents, b"1", first)


def test_an_object_is_one_json_with_its_manifest_on_the_first_line(s3: Any, documents: Documents) -> None:
    data = '{\n"name": "Ока",\n"data": {"data": 1}}'.encode()
    manifest = publish(documents, data)
    text = s3.get_object(Bucket="published", Key=KEY)["Body"].read().decode()
    assert json.loads(text)["data"] == json.loads(data)
    assert manifest.version in text.splitlines()[0]
    assert documents.current("tester", SNAPSHOT).data == data


class AnswersGetLost:
    """S3 behind a line that loses the first answer to a put, so that the client library puts again."""

    def __init__(self, s3: Any) -> None:
        self._s3 = s3

    def __getattr__(self, name: str) -> Any:
        return getattr(self._s3, name)

    def put_object(self, **request: Any) -> Any:
        self._s3.put_object(**request)
        return self._s3.put_object(**request)


def test_a_publication_whose_answer_was_lost_is_no_conflict(s3: Any, documents: Documents) -> None:
    first = publish(documents, b"1")
    second = publish(Documents(AnswersGetLost(s3), "published"), b"2", first)
    assert documents.manifest("tester", SNAPSHOT) == second
    assert len(versions(s3)) == 2


def test_seeding_follows_its_source_until_somebody_else_publishes(documents: Documents) -> None:
    def seed(data: bytes, source: str) -> Manifest | None:
        return documents.seed(
            "tester", SNAPSHOT, lambda: data, rows=1, schema="test/1", author="seed", source=source
        )

    assert seed(b"1", "folder 1") is not None
    assert seed(b"1", "folder 1") is None
    second = seed(b"2", "folder 2")
    assert documents.current("tester", SNAPSHOT).data == b"2"
    publish(documents, b"3", second)
    assert seed(b"4", "folder 4") is None
    assert documents.current("tester", SNAPSHOT).data == b"3"


def test_while_the_store_is_away_the_copy_at_hand_is_served(
    documents: Documents, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(documents, b"1")
    documents.current("tester", SNAPSHOT)

    def away(**_: Any) -> None:
        raise EndpointConnectionError(endpoint_url="s3")

    monkeypatch.setattr(documents._s3, "get_object", away)
    clock.advance(60)
    assert documents.current("tester", SNAPSHOT).data == b"1"
    with pytest.raises(StoreAway):
        documents.current("other", SNAPSHOT)
