"""Transactions that DynamoDB cancels: which refusal is an answer, and which is tried again."""

from __future__ import annotations

from typing import Any

import pytest
from botocore.exceptions import ClientError

from lambdas.adapters import conditions
from lambdas.adapters.conditions import ATTEMPTS, write_together

WRITES = [{"Put": {}}, {"Update": {}}]


class Table:
    """Cancels the first transactions for these reasons, one a transaction."""

    def __init__(self, *reasons: str) -> None:
        self.reasons = list(reasons)
        self.calls = 0

    def transact_write_items(self, **_: Any) -> None:
        self.calls += 1
        if self.reasons:
            codes = [{"Code": "None"}, {"Code": self.reasons.pop(0)}]
            answer: Any = {"Error": {"Code": "TransactionCanceledException"}, "CancellationReasons": codes}
            raise ClientError(answer, "TransactWriteItems")


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(conditions, "_step_aside", lambda _attempt: None)


@pytest.mark.parametrize(
    "reason", ["TransactionConflict", "ThrottlingError", "ProvisionedThroughputExceeded"]
)
def test_what_passes_by_itself_is_tried_again(reason: str) -> None:
    table = Table(reason, reason)
    assert write_together(table, WRITES) is None
    assert table.calls == 3


def test_what_does_not_pass_is_raised_in_the_end() -> None:
    table = Table(*["ThrottlingError"] * (ATTEMPTS + 1))
    with pytest.raises(ClientError):
        write_together(table, WRITES)
    assert table.calls == ATTEMPTS


def test_a_failed_condition_is_an_answer() -> None:
    table = Table("ConditionalCheckFailed")
    assert write_together(table, WRITES) == (False, True)
    assert table.calls == 1


def test_anything_else_is_raised_at_once() -> None:
    table = Table("ValidationError")
    with pytest.raises(ClientError):
        write_together(table, WRITES)
    assert table.calls == 1
