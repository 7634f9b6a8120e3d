"""What breaks in mid-load, and that no question is lost or answered twice."""

from __future__ import annotations

import json

from cli.conversation import new_message_id
from core.dialogue import Reply, TurnState
from lambdas.adapters.dialogue_table import DialogueTable
from lambdas.adapters.turn_queue import TurnQueue
from lambdas.adapters.unfinished_turns import DEAD_LETTERED, UnfinishedTurns
from tests.e2e.conftest import SALON, until
from tests.e2e.deployed_worker import nobody_answers

# A busy machine starts sixteen functions for longer than a gateway waits: the same id is sent again then.
ASKED_AGAIN = {"ReadTimeout", "ConnectTimeout", "HTTP 504"}


def test_the_model_server_is_killed_and_started_again_in_mid_load(attendant):
    told = loadtest(
        attendant,
        *("--rate", "30/min", "--duration", "40s", "--kill-model-after", "10s", "--model-down-for", "10s"),
    )
    balanced(told["steady"], questions=20)
    assert told["model_server"]["back_after_seconds"] >= 10


def test_a_burst_is_answered_or_told_to_wait_and_nothing_is_lost(attendant):
    told = loadtest(attendant, "--burst", "16")
    balanced(told["cold"], questions=16)
    balanced(told["warm"], questions=16)


def loadtest(attendant, *words: str) -> dict:
    """What it measured, its own opinion of the speed aside: this machine may have other work as well."""
    return json.loads(attendant("loadtest", SALON, *words, "--json", check=False).stdout)


def balanced(load: dict, *, questions: int) -> None:
    assert (
        load["questions"] == sum(load["first_was"].values()) == sum(load["states"].values()) == questions
    ), load
    assert set(load["first_was"]) <= {"answer", "notice"}, load
    assert set(load["states"]) <= {"answered", "refused"}, load
    assert not any(load[wrong] for wrong in ("lost", "twice", "shed")), load
    assert set(load["trouble"]) <= ASKED_AGAIN, load


def test_a_dead_lettered_turn_rings_and_is_brought_back(attendant, api, deployment):
    with nobody_answers(deployment):
        dialogue, message_id = api.open(SALON), new_message_id()
        dialogue.send(message_id, "Есть ли C 180?", wait_seconds=0)
        bury(deployment, dialogue.session_id, message_id)
        failed = dialogue.poll(message_id, wait_seconds=0)
        assert (failed.state, failed.reason) == ("failed", DEAD_LETTERED)
    assert until(lambda: dead_letter_alarm(deployment) == "ALARM", 120), dead_letter_alarm(deployment)
    assert "1 brought back" in attendant("turns", "redrive", SALON).stdout
    answered = until(lambda: (seen := dialogue.poll(message_id, wait_seconds=10)).final and seen, 60)
    assert answered.state == "answered"
    assert "C 180" in answered.text


def bury(deployment, session_id: str, message_id: str) -> None:
    turns = UnfinishedTurns(DialogueTable(deployment.client("dynamodb"), deployment.output("DialoguesTable")))
    turn = turns.get(session_id, message_id)
    assert turn is not None
    assert turns.bury(turn, Reply(state=TurnState.FAILED, text="Простите.", reason=DEAD_LETTERED))
    urls = {SALON: deployment.output("DeadLetterQueueUrlShowroom")}
    TurnQueue(deployment.client("sqs"), {}, urls).bury(turn)


def dead_letter_alarm(deployment) -> str:
    queue = deployment.output("DeadLetterQueueUrlShowroom").rpartition("/")[2]
    for alarm in deployment.client("cloudwatch").describe_alarms()["MetricAlarms"]:
        if queue in {each["Value"] for each in alarm["Dimensions"]}:
            return alarm["StateValue"]
    return "there is no such alarm"
