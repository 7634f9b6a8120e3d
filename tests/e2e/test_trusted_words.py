"""A topic that becomes live, and words that leave no trace: on the running stack, in its own stores."""

from __future__ import annotations

import gzip
import json
import re
import secrets
import time
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta

import pytest

from cli.conversation import Rejected, new_message_id
from cli.deployment import Deployment
from core.personal_data.numbers import is_card
from jobs.anonymous_dialogues import leaving
from lambdas.adapters.dialogue_table import DialogueTable
from lambdas.adapters.dialogues import Dialogues
from lambdas.adapters.published_words import PublishedWords
from tests.e2e.conftest import SALON, SECOND_SALON, until

LIVE_SECONDS = 60
QUESTION = "Сдаёте ли вы лимузины напрокат?"
NEW_TOPIC = (
    '\n[[topics]]\nid = "rent"\nphrases = ["лимузин напрокат"]\nreply = "Прокатом мы не занимаемся."\n'
)


def planted() -> tuple[str, ...]:
    """A telephone, an address, a card and a VIN that no earlier run has said."""
    dice = secrets.SystemRandom()
    seven = f"{dice.randrange(10**7):07}"
    return (
        f"8 921 {seven[:3]}-{seven[3:5]}-{seven[5:]}",
        f"planted.{seven}@example.org",
        _card(dice),
        f"WDB2110611A{dice.randrange(10**6):06}",
    )


def _card(dice: secrets.SystemRandom) -> str:
    first = f"427638001{dice.randrange(10**6):06}"
    return next(first + last for last in "0123456789" if is_card(first + last))


@pytest.fixture
def policy(attendant, deployment: Deployment) -> Iterator[str]:
    """The published topics as a file; the object itself is put back as it was."""
    s3, place = deployment.client("s3"), {"Bucket": deployment.output("PublishedBucket")}
    place["Key"] = f"{SECOND_SALON}/policy.json"
    before = s3.get_object(**place)["Body"].read()
    yield attendant("policy", "show", SECOND_SALON).stdout
    s3.put_object(**place, Body=before, ContentType="application/json")


def test_a_topic_is_seen_before_and_in_force_within_a_minute(attendant, ask, policy, tmp_path):
    def reason() -> str:
        return ask(QUESTION, SECOND_SALON).reason or ""

    def within(wanted: bool) -> bool:
        return until(lambda: reason().startswith("forbidden:") is wanted, LIVE_SECONDS, step=1)

    edited, broken = tmp_path / "topics.toml", tmp_path / "broken.toml"
    edited.write_text(policy + NEW_TOPIC, "utf-8")
    broken.write_text(edited.read_text("utf-8") + '[[topics]]\nid = "rent"\n', "utf-8")
    assert not reason().startswith("forbidden:")

    whose = ("--assistant", SECOND_SALON, "--days", "2")
    replayed = attendant.json("policy", "replay", str(edited), *whose)
    (change,) = [each for each in replayed["changes"] if each["topic"] == "rent"]
    assert change["change"] == "refused"
    assert QUESTION in change["examples"]
    assert attendant("policy", "replay", str(edited), *whose, "--fail", check=False).returncode == 1

    attendant("policy", "edit", SECOND_SALON, "--file", str(edited))
    assert within(True)
    assert attendant("policy", "edit", SECOND_SALON, "--file", str(broken), check=False).returncode == 2
    assert reason() == "forbidden:rent"
    attendant("policy", "rollback", SECOND_SALON)
    assert within(False)


def test_what_was_planted_is_in_the_dialogue_alone_and_gone_with_it(api, http, deployment):
    def holding(places: Iterable[str]) -> list[str]:
        """Those in which anything planted stands, however its digits are spaced."""
        sought = [spelling for item in things for spelling in (item, re.sub("[ -]", "", item))]
        return [place for place in places if any(spelling in place for spelling in sought)]

    began, things = datetime.now(UTC) - timedelta(seconds=1), planted()
    dialogue = api.open(SALON)
    said = "Мой телефон {}, почта {}, карта {}, VIN {}.".format(*things)
    path = f"/v1/{SALON}/sessions/{dialogue.session_id}"
    bearer = {"Authorization": f"Bearer {dialogue.token}"}
    for question in (f"{said} Есть ли C 180?", f"Доступен ли тест-драйв в вашем салоне? {said}"):
        answer = dialogue.ask(question, lambda _: None, timeout_seconds=120)
        thumb = {"thumb": "down", "reason": said}
        feedback = f"{path}/messages/{answer.message_id}/feedback"
        assert http.put(feedback, json=thumb, headers=bearer).status_code == 200
    assert http.post(f"{path}/rating", json={"csat": 9, "comment": said}, headers=bearer).status_code == 200

    held = holding(items(deployment))
    assert len(held) >= 3
    assert [item for item in held if dialogue.session_id not in item] == []
    corpus = anonymous(deployment)
    assert "[телефон]" in corpus
    assert holding([corpus]) == []

    assert http.delete(path, headers=bearer).status_code == 204
    with pytest.raises(Rejected):
        dialogue.send(new_message_id(), "Вы здесь?", wait_seconds=0)
    time.sleep(3)  # what a worker would still write, and log lines on their way
    left = [item for item in items(deployment) if dialogue.session_id in item]
    assert [json.loads(item)["subject"]["S"] for item in left] == ["erasures"]
    assert holding(items(deployment)) == []
    lines = list(log_lines(deployment, began))
    assert any("turn_ended" in line for line in lines)
    assert holding(lines) == []
    assert holding(object_versions(deployment, began)) == []


def items(deployment: Deployment) -> Iterator[str]:
    """Every item of every table."""
    dynamodb = deployment.client("dynamodb")
    for table in dynamodb.list_tables()["TableNames"]:
        for page in dynamodb.get_paginator("scan").paginate(TableName=table):
            yield from (json.dumps(item, ensure_ascii=False, default=str) for item in page["Items"])


def log_lines(deployment: Deployment, since: datetime) -> Iterator[str]:
    logs = deployment.client("logs")
    for page in logs.get_paginator("describe_log_groups").paginate():
        for group in page["logGroups"]:
            events = logs.get_paginator("filter_log_events").paginate(
                logGroupName=group["logGroupName"], startTime=int(since.timestamp() * 1000)
            )
            yield from (event["message"] for found in events for event in found["events"])


def object_versions(deployment: Deployment, since: datetime) -> Iterator[str]:
    """Every version of every object that was written since, in every bucket, the archive of logs included."""
    s3 = deployment.client("s3")
    for bucket in s3.list_buckets()["Buckets"]:
        name = bucket["Name"]
        for page in s3.get_paginator("list_object_versions").paginate(Bucket=name):
            for version in page.get("Versions", ()):
                if version["LastModified"] >= since:
                    key = {"Bucket": name, "Key": version["Key"], "VersionId": version["VersionId"]}
                    body = s3.get_object(**key)["Body"].read()
                    yield (gzip.decompress(body) if body[:2] == b"\x1f\x8b" else body).decode(
                        errors="replace"
                    )


def anonymous(deployment: Deployment) -> str:
    """What leaves the dialogues for whoever counts."""
    dialogues = Dialogues(DialogueTable(deployment.client("dynamodb"), deployment.output("DialoguesTable")))
    published, today = PublishedWords(deployment.documents()).of(SALON), datetime.now(UTC).date()
    return "\n".join(
        turn.model_dump_json()
        for day in (today - timedelta(days=1), today)
        for turn in leaving(dialogues, SALON, day, purpose="analytics", published=published)
    )
