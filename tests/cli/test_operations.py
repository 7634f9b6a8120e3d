"""The operator's commands against AWS in memory: retention, redrive, exports, logs, doctor."""

from __future__ import annotations

import io
import json
from datetime import UTC, datetime, timedelta

import boto3
import pytest
from moto import mock_aws
from typer.testing import CliRunner

from cli import operations, redrive, retention
from cli.deployment import Deployment, flatten
from cli.doctor import concurrency
from cli.endpoint import caller
from cli.failures import CommandFailed
from cli.main import app
from core.dialogue import Consent, Reply, Session, Turn, TurnState
from core.facts import DocumentKind
from core.spec import all_specs
from lambdas.adapters.dialogue_table import DialogueTable
from lambdas.adapters.dialogues import Dialogues
from lambdas.adapters.items import BY_ASSISTANT_DAY
from lambdas.adapters.owners_audit import OwnersAudit, subject_of
from lambdas.adapters.turn_queue import TurnQueue
from lambdas.adapters.turns import Turns
from lambdas.adapters.unfinished_turns import DEAD_LETTERED, UnfinishedTurns
from tests.fakes.aws import make_audit_table

NOW = datetime.now(UTC).replace(microsecond=0)
SPEC = next(iter(all_specs()))
TABLE = "dialogues"


class Canned:
    """A client that gives back what it was given, and remembers what it was asked."""

    def __init__(self, **answers) -> None:
        self.answers = answers
        self.asked: list[dict] = []

    def __getattr__(self, name):
        def call(**arguments):
            self.asked.append({"call": name, **arguments})
            return self.answers[name]

        return call


@pytest.fixture
def deployment():
    with mock_aws():
        made = Deployment({"DialoguesTable": TABLE, "PublishedBucket": "published", "AuditTable": "audit"})
        for service in ("s3", "sqs", "sts", "dynamodb", "logs", "secretsmanager"):
            made._clients[service] = boto3.client(service, region_name="us-east-1")
        made.client("s3").create_bucket(Bucket="published")
        made.client("s3").put_bucket_versioning(
            Bucket="published", VersioningConfiguration={"Status": "Enabled"}
        )
        make_audit_table(made.client("dynamodb"))
        made.client("dynamodb").create_table(
            TableName=TABLE,
            BillingMode="PAY_PER_REQUEST",
            KeySchema=[
                {"AttributeName": "session_id", "KeyType": "HASH"},
                {"AttributeName": "item", "KeyType": "RANGE"},
            ],
            AttributeDefinitions=[
                {"AttributeName": "session_id", "AttributeType": "S"},
                {"AttributeName": "item", "AttributeType": "S"},
                {"AttributeName": "assistant_day", "AttributeType": "S"},
                {"AttributeName": "created_at", "AttributeType": "S"},
            ],
            GlobalSecondaryIndexes=[
                {
                    "IndexName": BY_ASSISTANT_DAY,
                    "Projection": {"ProjectionType": "ALL"},
                    "KeySchema": [
                        {"AttributeName": "assistant_day", "KeyType": "HASH"},
                        {"AttributeName": "created_at", "KeyType": "RANGE"},
                    ],
                }
            ],
        )
        for output, queue in ((f"QueueUrl{SPEC.title}", "q"), (f"DeadLetterQueueUrl{SPEC.title}", "d")):
            made.outputs[output] = made.client("sqs").create_queue(
                QueueName=f"{queue}.fifo", Attributes={"FifoQueue": "true"}
            )["QueueUrl"]
        yield made


def open_session(deployment, session_id: str, assistant: str = SPEC.id) -> Session:
    session = Session(
        session_id=session_id,
        assistant=assistant,
        token_sha256="x",
        consent=Consent(storage=True, text_version="1", given_at=NOW),
        created_at=NOW,
        last_activity_at=NOW,
        expires_at=NOW + timedelta(days=90),
    )
    Dialogues(DialogueTable(deployment.client("dynamodb"), TABLE)).open(session)
    return session


def expiries(deployment) -> dict[str, int]:
    found = deployment.client("dynamodb").scan(TableName=TABLE)["Items"]
    return {item["session_id"]["S"]: int(item["expires_at"]["N"]) for item in found}


def publish_settings(deployment) -> None:
    settings = SPEC.owner.model_dump_json().encode()
    documents = deployment.documents()
    documents.publish(SPEC.id, DocumentKind.SETTINGS, settings, rows=1, schema="settings/1", author="seed")


def test_retention_is_shown_and_changed_and_older_dialogues_re_stamped(deployment):
    publish_settings(deployment)
    open_session(deployment, "s1")
    open_session(deployment, "s2", assistant="somebody_else")
    assert retention.show(deployment, SPEC.id) == "P90D"
    assert retention.change(deployment, SPEC.id, "P30D", pause=lambda _: None) == 1
    assert retention.show(deployment, SPEC.id) == "P30D"
    stamped = expiries(deployment)
    assert stamped["s1"] == int((NOW + timedelta(days=30)).timestamp())
    assert stamped["s2"] == int((NOW + timedelta(days=90)).timestamp())
    newest, first = deployment.documents().history(SPEC.id, DocumentKind.SETTINGS)
    assert [newest.author, first.author] == [caller(deployment), "seed"]
    (told,) = OwnersAudit(deployment.client("dynamodb"), "audit").of(
        subject_of(SPEC.id, DocumentKind.SETTINGS)
    )
    assert (told.actor, told.action) == (caller(deployment), "publish")
    assert (told.before, told.after) == (first.version, newest.version)
    assert told.detail == "retention: P90D → P30D"


def test_what_the_audit_could_not_be_told_is_done_and_said(deployment, capsys):
    publish_settings(deployment)
    open_session(deployment, "s1")
    deployment.outputs["AuditTable"] = "nowhere"
    assert retention.change(deployment, SPEC.id, "P30D", pause=lambda _: None) == 1
    assert retention.show(deployment, SPEC.id) == "P30D"
    assert "the audit could not be told" in capsys.readouterr().err


@pytest.mark.parametrize("duration", ["soon", "P0D", "-P1D", ""])
def test_no_duration(deployment, duration):
    publish_settings(deployment)
    with pytest.raises(CommandFailed) as caught:
        retention.change(deployment, SPEC.id, duration)
    assert caught.value.exit_code == 2
    assert retention.show(deployment, SPEC.id) == "P90D"


def test_an_assistant_without_settings(deployment):
    with pytest.raises(CommandFailed, match="no settings"):
        retention.show(deployment, "nobody")


def test_stamps_by_the_old_settings_are_found_on_the_second_round(deployment):
    def meanwhile(_seconds: float) -> None:
        open_session(deployment, "late")

    publish_settings(deployment)
    open_session(deployment, "early")
    assert retention.change(deployment, SPEC.id, "PT1H", pause=meanwhile) == 2
    assert set(expiries(deployment).values()) == {int((NOW + timedelta(hours=1)).timestamp())}


def bury_a_turn(deployment) -> Turn:
    table = DialogueTable(deployment.client("dynamodb"), TABLE)
    session = open_session(deployment, "s1").model_copy(update={"sequence": 1})
    turn = Turn(
        session_id="s1",
        message_id="m1",
        assistant=SPEC.id,
        sequence=1,
        question="Есть?",
        state=TurnState.QUEUED,
        created_at=NOW,
        expires_at=NOW + timedelta(days=90),
        attempt=1,
    )
    Turns(table).accept(session, turn)
    reply = Reply(state=TurnState.FAILED, text="Извините", reason=DEAD_LETTERED)
    assert UnfinishedTurns(table).bury(turn, reply)
    urls = {SPEC.id: deployment.output(f"DeadLetterQueueUrl{SPEC.title}")}
    TurnQueue(deployment.client("sqs"), {}, urls).bury(turn)
    return turn


def messages(deployment, output: str) -> list[dict]:
    url = deployment.output(f"{output}{SPEC.title}")
    answer = deployment.client("sqs").receive_message(QueueUrl=url, MaxNumberOfMessages=10, WaitTimeSeconds=0)
    return answer.get("Messages", [])


def test_a_dead_lettered_turn_is_queued_again_once(deployment):
    bury_a_turn(deployment)
    assert redrive.redrive(deployment, SPEC.id)[SPEC.id].sent == 1
    assert redrive.sentence(redrive.redrive(deployment, None)[SPEC.id]) == "0 brought back"
    (message,) = messages(deployment, "QueueUrl")
    assert json.loads(message["Body"])["message_id"] == "m1"
    stored = Turns(DialogueTable(deployment.client("dynamodb"), TABLE)).get("s1", "m1")
    assert stored is not None
    assert (stored.state, stored.attempt, stored.reply) == (TurnState.QUEUED, 2, None)


def test_a_dead_letter_of_an_erased_dialogue_goes_away(deployment):
    bury_a_turn(deployment)
    Dialogues(DialogueTable(deployment.client("dynamodb"), TABLE)).erase("s1")
    assert redrive.redrive(deployment, None)[SPEC.id].dropped == 1
    assert messages(deployment, "DeadLetterQueueUrl") == []


def test_redriving_somebody_unknown(deployment):
    with pytest.raises(CommandFailed, match=SPEC.id):
        redrive.redrive(deployment, "nobody")


def exporting(answer: dict, error: str | None = None) -> Deployment:
    invoked = {"Payload": io.BytesIO(json.dumps(answer).encode()), "FunctionError": error}
    made = Deployment({"InventoryExportFunction": "export", "SourceSecretSalon": "secret"})
    made._clients["lambda"] = Canned(invoke=invoked)
    return made


def test_an_export_is_invoked_with_the_operators_word():
    made = exporting({"state": "published", "rows": 3})
    assert operations.export_inventory(made, "salon", accept_shrink=True)["rows"] == 3
    payload = json.loads(made.client("lambda").asked[0]["Payload"])
    assert payload == {"assistant": "salon", "accept_shrink": True}


def test_a_refused_export_says_why_and_the_way_out():
    made = exporting({"state": "refused", "reason": "shrunk", "detail": "1 after 9", "kept_version": "v"})
    with pytest.raises(CommandFailed) as caught:
        operations.export_inventory(made, "salon", accept_shrink=False)
    assert "the old snapshot stays" in caught.value.sentence
    assert "--accept-shrink" in caught.value.way_out


def test_a_crashed_export_points_to_the_logs():
    with pytest.raises(CommandFailed) as caught:
        operations.export_inventory(exporting({"errorType": "X"}, "Unhandled"), "salon", accept_shrink=False)
    assert "attendant logs" in caught.value.way_out


def test_an_assistant_without_a_stock_is_told_before_anything_is_asked():
    made = exporting({"state": "published", "rows": 3})
    with pytest.raises(CommandFailed, match="'salom'"):
        operations.export_inventory(made, "salom", accept_shrink=False)
    with pytest.raises(CommandFailed, match="'salom'"):
        operations.set_source(made, "salom", "sqlite:////a.db")
    with pytest.raises(CommandFailed, match="empty"):
        operations.set_source(made, "salon", " ")
    assert not made.client("lambda").asked


@pytest.mark.parametrize("given", ["nonsense", "mysql://h/d", "sqlite:///none.db", "salon=sqlite://", ""])
def test_a_source_that_cannot_be_one_is_told_before_anything_starts(given, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(CommandFailed, match="--source") as caught:
        operations.usable_source(given)
    assert "sqlite:////path/to/stock.db" in caught.value.way_out


def test_a_source_that_may_be_one_is_taken(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "stock.db").touch()
    assert operations.usable_source(None) is None
    assert operations.usable_source("salon=sqlite:///stock.db") == f"salon=sqlite:///{tmp_path}/stock.db"
    assert operations.usable_source("postgres://h/d?sslmode=require") == "postgres://h/d?sslmode=require"


@pytest.mark.parametrize(
    ("given", "absolute"),
    [
        ("sqlite:///stock.db", True),
        ("salon=sqlite:///a/b.db", True),
        ("sqlite:////a.db", False),
        ("postgres://h/d", False),
    ],
)
def test_the_path_of_a_source_is_made_absolute(given, absolute, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    told = operations.absolute_source(given)
    assert (told != given) is absolute
    assert not absolute or f":///{tmp_path}/" in told


def test_log_lines_of_all_functions_in_their_order(deployment):
    deployment.outputs.update({"ApiFunction": "api-fn", f"AnswerFunction{SPEC.title}": "answer-fn"})
    client = deployment.client("logs")
    start = datetime.now(UTC) - timedelta(minutes=1)
    for name, offset in (("api-fn", 2), ("answer-fn", 1)):
        group = f"/aws/lambda/{name}"
        client.create_log_group(logGroupName=group)
        client.create_log_stream(logGroupName=group, logStreamName="s")
        stamp = int((start + timedelta(seconds=offset)).timestamp() * 1_000)
        events = [{"timestamp": stamp, "message": f"{name} says\n"}]
        client.put_log_events(logGroupName=group, logStreamName="s", logEvents=events)
    told = list(operations.logs(deployment, None, start, follow=False))
    assert [line.split()[-2] for line in told] == ["answer-fn", "api-fn"]
    assert f"answer_{SPEC.id}" in told[0]
    assert len(list(operations.logs(deployment, "api", start, follow=False))) == 1
    with pytest.raises(CommandFailed, match="no function"):
        list(operations.logs(deployment, "nothing", start, follow=False))


@pytest.mark.parametrize(("limit", "ok"), [(1000, True), (10, False)])
def test_the_accounts_concurrency_against_what_is_deployed(limit, ok):
    made = Deployment({"ApiFunction": "api", "AnswerFunctionA": "a", "AnswerFunctionB": "b"})
    made._clients["lambda"] = Canned(
        get_function_configuration={"Environment": {"Variables": {"WAITING_LIMIT": "200"}}},
        list_event_source_mappings={"EventSourceMappings": [{"ScalingConfig": {"MaximumConcurrency": 40}}]},
        get_account_settings={"AccountLimit": {"ConcurrentExecutions": limit}},
    )
    finding = concurrency(made)
    assert finding.ok is ok
    assert "300 needed" in finding.found


def test_outputs_of_all_stacks_are_one():
    assert flatten({"one": {"A": "1"}, "two": {"B": "2"}}) == {"A": "1", "B": "2"}


@pytest.mark.parametrize(
    "words",
    [
        ("export-inventory", "salon"),
        ("turns", "redrive"),
        ("retention", "salon"),
        ("logs",),
        ("model", "kill"),
        ("status",),
    ],
)
def test_without_a_stack_every_command_says_so(words, tmp_path):
    result = CliRunner().invoke(app, [*words, "--home", f"{tmp_path}/home"])
    assert result.exit_code == 1
    assert "attendant up" in result.stderr
    assert "Traceback" not in result.output
