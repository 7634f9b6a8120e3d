"""`attendant analytics`: the numbers of a deployment, the same that the owner's page shows."""

from __future__ import annotations

import io
import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from typer.testing import CliRunner

from cli import analytics
from cli.deployment import Deployment
from cli.failures import CommandFailed
from cli.main import app
from core.analytics.queries import query_names
from core.dialogue import TurnState
from lambdas.adapters import items
from tests.cli.test_operations import SPEC, Canned, deployment
from tests.fakes.dialogue_data import reply, session, turn

__all__ = ["deployment"]  # the fixture


@pytest.fixture
def talked(deployment: Deployment) -> Deployment:
    """One dialogue was opened a moment ago."""
    deployment.outputs["AnalyticsBucket"] = "analytics"
    deployment.client("s3").create_bucket(Bucket="analytics")
    now = datetime.now(UTC)
    opened = session("S1", now, assistant=SPEC.id, expires_at=now + timedelta(days=9))
    asked = turn(opened, state=TurnState.ANSWERED, finished_at=now, reply=reply("Не знаю", reason="no_fact"))
    for item in (items.session_item(opened), items.turn_item(asked)):
        deployment.client("dynamodb").put_item(TableName="dialogues", Item=items.to_wire(item))
    return deployment


@pytest.mark.parametrize("name", query_names())
def test_every_query_is_answered(talked: Deployment, name: str) -> None:
    assert analytics.query(talked, name, SPEC.id, 7).columns


def test_a_question_without_an_answer_is_found(talked: Deployment) -> None:
    (found,) = analytics.query(talked, "unanswered", SPEC.id, 1).each()
    assert (found["session_id"], found["question"]) == ("S1", "Есть ли C 180?")


def test_it_prints_a_table_and_json(talked: Deployment, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cli.deployment.find", lambda _home, _outputs=None: talked)
    printed = CliRunner().invoke(app, ["analytics", "query", "days", SPEC.id, "--days", "1"])
    head, row = printed.output.splitlines()
    assert head.split("\t")[:3] == ["local_day", "dialogues", "turns"]
    assert row.split("\t")[1:3] == ["1", "1"]
    told = CliRunner().invoke(app, ["analytics", "query", "days", SPEC.id, "--json"])
    assert json.loads(told.output)[0]["unanswered"] == 1


@pytest.mark.parametrize(("name", "assistant"), [("nonsense", SPEC.id), ("days", "nobody")])
def test_what_there_is_not_is_told_with_what_there_is(talked: Deployment, name: str, assistant: str) -> None:
    with pytest.raises(CommandFailed) as refused:
        analytics.query(talked, name, assistant, 7)
    assert "there are:" in refused.value.way_out


def test_files_that_do_not_answer_are_told(talked: Deployment) -> None:
    talked.outputs["AnalyticsBucket"] = "another"
    with pytest.raises(CommandFailed, match="do not answer"):
        analytics.query(talked, "days", SPEC.id, 7)


def exporting(payload: dict[str, Any], **answer: Any) -> Deployment:
    made = Deployment({"DialogueExportFunction": "export"})
    made._clients["lambda"] = Canned(invoke={"Payload": io.BytesIO(json.dumps(payload).encode()), **answer})
    return made


def test_an_export_is_called_and_told(monkeypatch: pytest.MonkeyPatch) -> None:
    done = exporting({"days": 3, "rows": {"turns": 5, "sessions": 2}, "left": 1})
    monkeypatch.setattr("cli.deployment.find", lambda _home, _outputs=None: done)
    told = CliRunner().invoke(app, ["analytics", "export", "--everything"])
    assert told.output == "3 days written: 2 of sessions, 5 of turns\n1 days are left to the next run\n"
    assert json.loads(done.client("lambda").asked[0]["Payload"]) == {"everything": True}


def test_a_failed_export_names_its_log() -> None:
    with pytest.raises(CommandFailed) as failed:
        analytics.export(exporting({"errorType": "StoreAway"}, FunctionError="Unhandled"), everything=False)
    assert "dialogue_export" in failed.value.way_out


def test_the_queries_are_listed() -> None:
    told = CliRunner().invoke(app, ["analytics", "list"])
    assert [line.split()[0] for line in told.output.splitlines()] == list(query_names())
