"""The bucket of analytics: whole objects by table, assistant and day."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from core.errors import StoreAway
from lambdas.adapters.partitions import Partitions
from tests.fakes.aws import REGION

DAY, NEXT = date(2026, 11, 22), date(2026, 11, 23)


@pytest.fixture
def partitions(s3: Any) -> Partitions:
    s3.create_bucket(Bucket="analytics", CreateBucketConfiguration={"LocationConstraint": REGION})
    return Partitions(s3, "analytics")


def test_a_partition_is_replaced_listed_fetched_and_removed(partitions: Partitions, tmp_path: Path) -> None:
    for day, text in ((NEXT, "new"), (DAY, "old"), (DAY, "newer")):
        (tmp_path / "made").write_text(text)
        partitions.replace("turns", "salon", day, tmp_path / "made")
    partitions.replace("turns", "salon_2", DAY, tmp_path / "made")
    partitions.replace("sessions", "salon", DAY, tmp_path / "made")
    first, second = partitions.of("turns", "salon")
    assert (first.day, second.day) == (DAY, NEXT)
    assert partitions.fetch(first, tmp_path / "here")
    assert (tmp_path / "here").read_text() == "newer"
    partitions.remove("turns", "salon", DAY)
    partitions.remove("turns", "salon", DAY)
    assert [each.day for each in partitions.of("turns", "salon")] == [NEXT]


def test_what_is_not_that_version_any_more_is_not_fetched(partitions: Partitions, tmp_path: Path) -> None:
    (tmp_path / "made").write_text("old")
    partitions.replace("turns", "salon", DAY, tmp_path / "made")
    (listed,) = partitions.of("turns", "salon")
    (tmp_path / "made").write_text("new")
    partitions.replace("turns", "salon", DAY, tmp_path / "made")
    assert not partitions.fetch(listed, tmp_path / "here")
    partitions.remove("turns", "salon", DAY)
    assert not partitions.fetch(listed, tmp_path / "here")
    assert not (tmp_path / "here").exists()


def test_a_bucket_that_does_not_answer_is_a_store_that_is_away(s3: Any, tmp_path: Path) -> None:
    away = Partitions(s3, "nowhere")
    (tmp_path / "made").write_text("x")
    with pytest.raises(StoreAway):
        list(away.of("turns", "salon"))
    with pytest.raises(StoreAway):
        away.replace("turns", "salon", DAY, tmp_path / "made")
