"""A topic that becomes live, and words that leave no trace: on the running stack, in its own stores."""

from __future__ import annotations

import gzip
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from cli.conversation import Rejected, new_message_id
from cli.deployment import Deployment
from tests.e2e.conftest import ROOT, SALON, SECOND_SALON, until

LIVE_SECONDS = 60
QUESTION = "Сдаёте ли вы лимузины напрокат?"
NEW_TOPIC = (
    '\n[[topics]]\nid = "rent"\nphrases = ["лимузин напрокат"]\nreply = "Прокатом мы не занимаемся."\n'
)
PLANTED = ("8 921 777-31-45", "planted.visitor@example.org", "4276 3800 1234 5679", "WDB2110611A654321")


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
    began = datetime.now(UTC) - timedelta(seconds=1)
    dialogue = api.open(SALON)
    said = f"Мой телефон {PLANTED[0]}, почта {PLANTED[1]}, карта {PLANTED[2]}, VIN {PLANTED[3]}."
    for question in (f"{said} Есть ли C 180?", f"Доступен ли тест-драйв в вашем салоне? {said}"):
        dialogue.ask(question, lambda _: None, timeout_seconds=120)
    path = f"/v1/{SALON}/sessions/{dialogue.session_id}"
    bearer = {"Authorization": f"Bearer {dialogue.token}"}
    assert http.post(f"{path}/rating", json={"csat": 9, "comment": said}, headers=bearer).status_code == 200

    own = [item for item in items(deployment) if dialogue.session_id in item]
    assert all(any(planted in item for item in own) for planted in PLANTED)
    assert not holding(item for item in items(deployment) if dialogue.session_id not in item)
    corpus = anonymous(deployment)
    assert "[телефон]" in corpus
    assert not holding([corpus])

    assert http.delete(path, headers=bearer).status_code == 204
    with pytest.raises(Rejected):
        dialogue.send(new_message_id(), "Вы здесь?", wait_seconds=0)
    time.sleep(3)  # what a worker would still write, and log lines on their way
    left = [item for item in items(deployment) if dialogue.session_id in item]
    assert [json.loads(item)["subject"]["S"] for item in left] == ["erasures"]
    assert not holding(items(deployment))
    assert not holding(log_lines(deployment, began))
    assert not holding(object_versions(deployment, began))
    assert not holding([anonymous(deployment)])


def holding(places: Any) -> list[str]:
    """Those in which anything planted stands, however its numbers are spaced."""
    return [
        place
        for place in places
        if any(planted in place or planted.replace(" ", "").replace("-", "") in place for planted in PLANTED)
    ]


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
    access = {
        "AWS_ENDPOINT_URL": str(deployment.endpoint),
        "AWS_DEFAULT_REGION": "us-east-1",
        "AWS_ACCESS_KEY_ID": "test",
        "AWS_SECRET_ACCESS_KEY": "test",
        "DIALOGUES_TABLE": deployment.output("DialoguesTable"),
        "PUBLISHED_BUCKET": deployment.output("PublishedBucket"),
    }
    words = ["-m", "jobs.anonymous_dialogues", "--assistant", SALON, "--days", "2", "--for", "analytics"]
    return subprocess.run(
        [sys.executable, *words],
        cwd=ROOT,
        env=os.environ | access,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    ).stdout
