"""DynamoDB that throttles and loses answers: only while the file says so, and only what it says."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from typing import Any

import boto3
import pytest
from botocore.config import Config
from botocore.exceptions import ClientError

from cli.embedded_cloud.emulator_process import ACCOUNT, REGION
from tests.cli.embedded_cloud.conftest import Emulator
from tests.cli.embedded_cloud.test_emulator_extension import TABLE, unique


@pytest.fixture
def table(emulator: Emulator) -> str:
    return emulator.deploy(unique("faulty"), {"Table": TABLE})["Table"]


@pytest.fixture
def suffer(emulator: Emulator) -> Iterator[Callable[..., None]]:
    file = emulator.home / "faults.json"

    def write(fault: str, operations: dict[str, float], seconds: float = 30, **more: Any) -> None:
        wish = {"until": time.time() + seconds, "operations": operations, "fault": fault, **more}
        file.write_text(json.dumps(wish))

    yield write
    file.unlink(missing_ok=True)


def put(emulator: Emulator, table: str, key: str = "k") -> None:
    emulator.client("dynamodb").put_item(
        TableName=table, Item={"id": {"S": key}}, ConditionExpression="attribute_not_exists(id)"
    )


def keys(emulator: Emulator, table: str) -> set[str]:
    return {item["id"]["S"] for item in emulator.client("dynamodb").scan(TableName=table)["Items"]}


def code(caught: pytest.ExceptionInfo[ClientError]) -> str:
    return str(caught.value.response["Error"]["Code"])


def test_a_throttled_write_is_refused_and_not_done(emulator, table, suffer) -> None:
    suffer("throttled", {"PutItem": 1})
    with pytest.raises(ClientError) as caught:
        put(emulator, table)

    assert code(caught) == "ProvisionedThroughputExceededException"
    assert keys(emulator, table) == set()


def test_a_lost_answer_was_done_all_the_same(emulator, table, suffer) -> None:
    suffer("lost", {"PutItem": 1})
    with pytest.raises(ClientError) as caught:
        put(emulator, table)

    assert code(caught) == "InternalServerError"
    assert keys(emulator, table) == {"k"}


def test_a_throttled_transaction_is_cancelled_with_its_reasons(emulator, table, suffer) -> None:
    suffer("throttled", {"TransactWriteItems": 1})
    writes = [{"Put": {"TableName": table, "Item": {"id": {"S": key}}}} for key in "ab"]
    with pytest.raises(ClientError) as caught:
        emulator.client("dynamodb").transact_write_items(TransactItems=writes)

    assert code(caught) == "TransactionCanceledException"
    assert [r["Code"] for r in caught.value.response["CancellationReasons"]] == ["ThrottlingError", "None"]
    assert keys(emulator, table) == set()


def test_only_the_named_tables_and_operations_suffer(emulator, table, suffer) -> None:
    suffer("throttled", {"PutItem": 1, "TransactWriteItems": 1}, tables=["another"])
    put(emulator, table)
    suffer("throttled", {"GetItem": 1}, tables=[table])
    put(emulator, table, "k2")

    with pytest.raises(ClientError):
        emulator.client("dynamodb").get_item(TableName=table, Key={"id": {"S": "k"}})
    assert keys(emulator, table) == {"k", "k2"}


def test_about_the_asked_share_suffers_and_it_ends_by_itself(emulator, table, suffer) -> None:
    dynamodb = boto3.client(
        "dynamodb",
        region_name=REGION,
        endpoint_url=emulator.url,
        aws_access_key_id=ACCOUNT,
        aws_secret_access_key="test",
        config=Config(retries={"total_max_attempts": 1}),
    )

    def refused() -> int:
        count = 0
        for _ in range(100):
            try:
                dynamodb.scan(TableName=table)
            except ClientError:
                count += 1
        return count

    suffer("throttled", {"Scan": 0.3}, seconds=10, seed=7)
    over = time.time() + 10
    assert 15 <= refused() <= 45
    assert time.time() < over

    time.sleep(max(0, over - time.time()))
    assert refused() == 0


@pytest.mark.parametrize("text", ["", "[]", "{", '{"until": "never"}'])
def test_a_file_that_cannot_be_read_is_no_fault(emulator, table, suffer, text) -> None:
    (emulator.home / "faults.json").write_text(text)
    put(emulator, table)
    assert keys(emulator, table) == {"k"}
