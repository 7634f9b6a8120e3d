"""What the owner's function may do of itself is what an owner's morning makes it do, and nothing else."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from tests.bench.test_idle_grants import TOUCHED
from tests.infra.conftest import Deployment
from tests.infra.test_functions import listed, statements

IN_MEMORY = {
    "s3:GetObject snapshot",
    *(f"s3:GetObject {table}" for table in ("callbacks", "sessions", "turns")),
    "lambda:InvokeFunction itself",
}
"""In the test of the morning; on a deployed stack `bench.idle_grants` makes it ask for these too."""
USED_BY_AWS = ("logs:", "xray:", "kms:", "sqs:SendMessage", "s3:ListBucket")
TABLE = re.compile(r"FnGetAtt(Dialogues|Control|Audit)[0-9A-F]{8}")
INDEX = re.compile(r"/index/(\w+)")
OBJECTS = re.compile(r"/(\w+)(?:\.json|/\*)\"")


def test_the_function_may_what_a_morning_makes_it_do(deployment: Deployment) -> None:
    assert set(granted(deployment)) == TOUCHED | IN_MEMORY


def granted(deployment: Deployment) -> Iterator[str]:
    for name, statement in statements(deployment):
        if name.startswith("OwnersPage"):
            for action in listed(statement["Action"]):
                if not action.startswith(USED_BY_AWS):
                    yield from (
                        f"{action} {place(json.dumps(each))}" for each in listed(statement["Resource"])
                    )


def place(resource: str) -> str:
    """As the test of the morning names it."""
    if table := TABLE.search(resource):
        index = INDEX.search(resource)
        return table[1].lower() + (f"/{index[1]}" if index else "")
    objects = OBJECTS.search(resource)
    return objects[1] if objects else "itself" if "-owner" in resource else resource
