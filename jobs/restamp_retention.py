"""Re-stamps what is stored after the retention of an assistant has changed.

    python -m jobs.restamp_retention --table TABLE --assistant ID --retention P30D

Reads the whole table once, so it is a job and no function. Knows which items are sessions. Refuses to decide
how long anything is kept, and to bring back what has expired.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import boto3
from pydantic import TypeAdapter

from lambdas.adapters.dialogue_table import DialogueTable
from lambdas.adapters.dialogues import Dialogues
from lambdas.adapters.documents import RECHECK_SECONDS_OTHERWISE
from lambdas.adapters.items import SESSION

# functions that have not seen the new settings yet go on stamping by the old ones for so long
SETTLING_SECONDS = RECHECK_SECONDS_OTHERWISE + 2


def restamp(
    dynamodb: Any,
    table: str,
    assistant: str,
    retention: timedelta,
    *,
    pause: Callable[[float], None] = time.sleep,
) -> int:
    """How many items got another expiry. Goes over the table again once the new settings are known."""
    dialogues = Dialogues(DialogueTable(dynamodb, table))

    def once() -> int:
        return sum(dialogues.restamp(id_, retention) for id_ in session_ids(dynamodb, table, assistant))

    first = once()
    pause(SETTLING_SECONDS)
    return first + once()


def session_ids(dynamodb: Any, table: str, assistant: str) -> Iterator[str]:
    """Every session of one assistant that is still in the table."""
    pages = dynamodb.get_paginator("scan").paginate(
        TableName=table,
        FilterExpression="#item = :session AND assistant = :assistant",
        ExpressionAttributeNames={"#item": "item"},
        ExpressionAttributeValues={":session": {"S": SESSION}, ":assistant": {"S": assistant}},
        ProjectionExpression="session_id",
    )
    for page in pages:
        yield from (item["session_id"]["S"] for item in page["Items"])


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--table", required=True)
    parser.add_argument("--assistant", required=True)
    parser.add_argument("--retention", required=True, type=TypeAdapter(timedelta).validate_python)
    given = parser.parse_args()
    changed = restamp(boto3.client("dynamodb"), given.table, given.assistant, given.retention)
    print(f"{changed} items re-stamped")  # noqa: T201  the job's result


if __name__ == "__main__":
    main()
