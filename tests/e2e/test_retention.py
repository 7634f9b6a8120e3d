"""A retention of half a minute: the dialogue is unreadable after it, and gone from the table."""

from __future__ import annotations

import time

import pytest

from cli.conversation import Rejected
from tests.e2e.conftest import SALON, SECOND_SALON, until

RETENTION_SECONDS = 30
DAY_SECONDS = 86_400


@pytest.fixture
def half_a_minute(attendant):
    before = attendant("retention", SECOND_SALON).stdout.strip()
    yield lambda: attendant("retention", SECOND_SALON, f"PT{RETENTION_SECONDS}S")
    attendant("retention", SECOND_SALON, before)
    assert attendant("retention", SECOND_SALON).stdout.strip() == before


def items(deployment, session_id: str) -> list:
    return deployment.client("dynamodb").query(
        TableName=deployment.output("DialoguesTable"),
        KeyConditionExpression="session_id = :id",
        ExpressionAttributeValues={":id": {"S": session_id}},
    )["Items"]


def test_a_dialogue_is_forgotten_when_its_time_is_over(api, deployment, half_a_minute):
    dialogue = api.open(SECOND_SALON)
    message = dialogue.ask("Есть ли Coolray?", lambda _: None, timeout_seconds=60)
    assert items(deployment, dialogue.session_id)
    began = time.monotonic()
    half_a_minute()
    now = time.time()
    stamped = items(deployment, dialogue.session_id)
    assert all(int(item["expires_at"]["N"]) <= now + RETENTION_SECONDS + 1 for item in stamped)
    time.sleep(max(0.0, RETENTION_SECONDS + 2 - (time.monotonic() - began)))
    with pytest.raises(Rejected) as forgotten:
        dialogue.poll(message.message_id, wait_seconds=0)
    assert forgotten.value.status == 404
    assert until(lambda: not items(deployment, dialogue.session_id), 120, step=2)


def test_the_owners_page_carries_it_over_to_what_is_kept(api, deployment, owner):
    dialogue = api.open(SALON)
    dialogue.ask("Есть ли GLC?", lambda _: None, timeout_seconds=60)

    def days_left() -> set[int]:
        stamped = items(deployment, dialogue.session_id)
        return {round((int(item["expires_at"]["N"]) - time.time()) / DAY_SECONDS) for item in stamped}

    was = days_left()
    with owner.settings(retention="P30D"):
        assert until(lambda: days_left() == {30}, 60)
    assert until(lambda: days_left() == was, 60)
