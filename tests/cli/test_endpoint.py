"""The operator's words about the endpoint, against the whole breaker in memory."""

from __future__ import annotations

import io
import json
from datetime import timedelta

import pytest
from botocore.exceptions import ClientError
from typer.testing import CliRunner

from cli import endpoint
from cli.deployment import Deployment
from cli.endpoint import Operator
from cli.failures import CommandFailed
from cli.main import app
from infra.restart_states import restart_states
from tests.fakes.breaker import LATENCY, TOKENS, FakeBreaker
from tests.fakes.state_machine import Execution

DEFINITION = restart_states(
    function_arn="arn:f", again_after_seconds=15, step_seconds=55, longest_seconds=3_600
)
ROLE = "arn:aws:iam::111122223333:role/attendant-test-operator"
OUTPUTS = {"OperatorRoleArn": ROLE, "EndpointBreakerFunction": "breaker"}


class Function:
    """Lambda with the breaker behind it."""

    def __init__(self, breaker: FakeBreaker) -> None:
        self.breaker = breaker
        self.fails = False

    def invoke(self, **request) -> dict:
        if self.fails:
            return {"FunctionError": "Unhandled", "Payload": io.BytesIO(b'{"errorType": "StoreAway"}')}
        assert request["FunctionName"] == "breaker"
        answer = self.breaker.desk.handle(json.loads(request["Payload"]))
        return {"Payload": io.BytesIO(json.dumps(answer).encode())}


class Roles:
    """STS of an account in which `who` calls."""

    def __init__(self, who: str, *, refuses: bool = False) -> None:
        self.who, self.refuses = who, refuses
        self.sessions: list[dict] = []

    def get_caller_identity(self) -> dict:
        return {"Arn": self.who}

    def assume_role(self, **request) -> dict:
        if self.refuses:
            raise ClientError({"Error": {"Code": "AccessDenied"}}, "AssumeRole")
        self.sessions.append(request)
        return {"Credentials": {"AccessKeyId": "ASIA", "SecretAccessKey": "s", "SessionToken": "t"}}


@pytest.fixture
def breaker() -> FakeBreaker:
    return FakeBreaker()


@pytest.fixture
def anna(breaker: FakeBreaker) -> Operator:
    return Operator("anna", Function(breaker), "breaker")


def deployment(roles: Roles, endpoint: str | None = None) -> Deployment:
    made = Deployment(dict(OUTPUTS), endpoint)
    made._clients["sts"] = roles
    return made


@pytest.mark.parametrize(
    ("arn", "who"),
    [
        ("arn:aws:iam::111122223333:user/anna", "anna"),
        ("arn:aws:sts::111122223333:assumed-role/Admin/anna@example.ru", "anna@example.ru"),
        ("arn:aws:iam::111122223333:root", "root"),
    ],
)
def test_the_role_is_taken_under_the_callers_name(monkeypatch, arn, who):
    monkeypatch.setenv("AWS_DEFAULT_REGION", "eu-central-1")
    roles = Roles(arn)
    someone = endpoint.operator(deployment(roles))
    assert roles.sessions == [{"RoleArn": ROLE, "RoleSessionName": who}]
    assert (someone.who, someone.function) == (who, "breaker")
    taken = someone.lambda_._request_signer._credentials
    assert (taken.access_key, taken.token) == ("ASIA", "t")


def test_in_an_embedded_cloud_the_machine_says_who_it_is(monkeypatch):
    monkeypatch.setenv("LOGNAME", "борис k")
    roles = Roles("arn:aws:iam::000000000000:root")
    assert endpoint.operator(deployment(roles, "http://127.0.0.1:1")).who == "борис-k"


def test_who_is_in_the_role_already_stays_in_it(monkeypatch):
    monkeypatch.setenv("AWS_DEFAULT_REGION", "eu-central-1")
    roles = Roles("arn:aws:sts::111122223333:assumed-role/attendant-test-operator/anna")
    assert endpoint.operator(deployment(roles)).who == "anna"
    assert roles.sessions == []


def test_who_may_not_take_the_role_is_told_so():
    with pytest.raises(CommandFailed, match="may not take the role Operator") as caught:
        endpoint.operator(deployment(Roles("arn:aws:iam::1:user/anna", refuses=True)))
    assert caught.value.way_out


def test_a_closed_breaker(anna, breaker):
    breaker.tick()
    assert endpoint.status_lines(anna.ask("status")) == [
        "closed",
        "capacity awake, 1 of 1 copies ready, 4 calls at once",
        "alarms: none rings",
    ]


def test_an_open_breaker_says_why_and_what_to_run(anna, breaker):
    breaker.ring(TOKENS)
    text = "\n".join(endpoint.status_lines(anna.ask("status")))
    for part in (
        "open since 2026-11-23 09:00:00 UTC",
        TOKENS,
        "by alarm",
        "capacity stopped",
        "(quiet by 2026-11-23 10:00:00 UTC at the latest)",
        "attendant endpoint restart --wait",
    ):
        assert part in text


def test_half_open_shows_its_calls(anna, breaker):
    shut(breaker)
    restart = endpoint.restart(anna)
    for name in ("raise_capacity", "check_health", "golden_questions", "half_open"):
        breaker.step(name, restart)
    breaker.states.probe(ok=True)
    assert "1 well, 0 failed, 2 more let through" in "\n".join(endpoint.status_lines(anna.ask("status")))


def test_muted_alarms_are_said_so(anna, breaker):
    assert "MUTED" not in "\n".join(endpoint.status_lines(anna.ask("status")))
    breaker.alarms.silenced = True
    assert "MUTED" in endpoint.status_lines(anna.ask("status"))[-1]


def test_alarms_that_cannot_be_seen_are_said_so(anna, breaker):
    breaker.alarms.broken = True
    assert endpoint.status_lines(anna.ask("status"))[-1] == "alarms: CloudWatch cannot be asked"


def shut(breaker: FakeBreaker) -> None:
    breaker.ring(LATENCY)
    breaker.alarms.names.clear()
    breaker.clock.advance(600)


def test_stopping_and_stopping_again(anna):
    assert endpoint.stop(anna, "new image").startswith("stopped: 0 copies, on-call is told")
    assert "it was open already" in endpoint.stop(anna, "new image")


def test_every_command_is_recorded_with_who_and_what(anna, breaker):
    anna.ask("status")
    endpoint.stop(anna, "new image")
    breaker.clock.advance(1)
    endpoint.restart(anna)
    breaker.clock.advance(1)
    records = anna.ask("history", limit=20)["history"]
    assert [(each["actor"], each["action"]) for each in records] == [
        ("anna", "history"),
        ("anna", "restart"),
        ("anna", "stop"),
        ("anna", "status"),
    ]
    line = endpoint.history_lines(records)[2]
    assert "closed -> open" in line
    assert "operator; new image" in line


def refused(anna: Operator) -> CommandFailed:
    with pytest.raises(CommandFailed) as caught:
        endpoint.restart(anna)
    assert caught.value.way_out
    return caught.value


def test_a_restart_is_refused_in_words(anna, breaker):
    assert "nothing to restart" in refused(anna).sentence
    breaker.ring(TOKENS)
    assert f"{TOKENS} (quiet by 2026-11-23 10:00:00 UTC at the latest)" in refused(anna).sentence
    breaker.clock.advance(7_200)
    assert "its cause is still there" in refused(anna).sentence
    breaker.alarms.names.clear()
    first = endpoint.restart(anna)
    assert first in refused(anna).sentence


def waiting(breaker: FakeBreaker) -> tuple[list[str], object]:
    """What was told, and a pause in which the state machine goes on."""
    executions: dict[str, Execution] = {}

    def pause(_seconds: float) -> None:
        for restart in breaker.machine.started:
            executions.setdefault(restart, Execution(DEFINITION, restart))
        for execution in executions.values():
            execution.advance(breaker.desk.handle, breaker.clock.advance)

    return [], pause


def test_waiting_until_it_is_closed(anna, breaker):
    shut(breaker)
    told, pause = waiting(breaker)
    endpoint.restart_and_wait(anna, told.append, pause)
    assert [line.partition(",")[0] for line in told] == ["open", "open", "open", "half_open", "closed"]
    assert "warming" in told[1]


def test_waiting_tells_when_it_is_open_again(anna, breaker):
    shut(breaker)
    breaker.questions.wrong = ("salon/stock",)
    told, pause = waiting(breaker)
    with pytest.raises(CommandFailed, match="salon/stock"):
        endpoint.restart_and_wait(anna, told.append, pause)


def test_waiting_begins_with_alarms_that_fall_quiet_by_themselves(anna, breaker):
    breaker.clock.now += timedelta(days=3_650)  # the command's own clock is the machine's
    breaker.ring(TOKENS)
    told, goes_on = waiting(breaker)
    pauses = 0

    def pause(seconds: float) -> None:
        nonlocal pauses
        pauses += 1
        if pauses == 3:
            breaker.alarms.names.clear()
        goes_on(seconds)

    endpoint.restart_and_wait(anna, told.append, pause)
    assert told[0].startswith("waiting for alarms to fall quiet")
    assert told[-1].startswith("closed")


def test_waiting_for_nothing_is_refused_like_anything_else(anna):
    with pytest.raises(CommandFailed, match="nothing to restart"):
        endpoint.restart_and_wait(anna, print)


def test_a_function_that_fails_is_told_by_its_kind(anna):
    anna.lambda_.fails = True
    with pytest.raises(CommandFailed, match="StoreAway") as caught:
        anna.ask("status")
    assert "endpoint_breaker" in caught.value.way_out


@pytest.mark.parametrize("words", [("status",), ("stop", "--reason", "x"), ("restart",), ("history",)])
def test_without_a_stack_every_command_says_so(words, tmp_path):
    result = CliRunner().invoke(app, ["endpoint", *words, "--home", f"{tmp_path}/home"])
    assert result.exit_code == 1
    assert "attendant up" in result.stderr


def test_a_stop_needs_a_reason():
    assert CliRunner().invoke(app, ["endpoint", "stop"]).exit_code == 2
