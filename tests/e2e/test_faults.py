"""What breaks in mid-load, and that no question is lost or answered twice."""

from __future__ import annotations

import json

from cli.conversation import new_message_id
from core.dialogue import Reply, TurnState
from lambdas.adapters.dialogue_table import DialogueTable
from lambdas.adapters.turn_queue import TurnQueue
from lambdas.adapters.unfinished_turns import DEAD_LETTERED, UnfinishedTurns
from tests.e2e.conftest import SALON, until


def test_the_model_server_is_killed_and_started_again_in_mid_load(attendant):
    told = attendant.json(
        "loadtest",
        SALON,
        *("--rate", "30/min", "--duration", "40s", "--kill-model-after", "10s", "--model-down-for", "10s"),
    )
    load = told["steady"]
    assert load["ok"], load
    assert load["questions"] == 20
    assert not load["trouble"], load
    assert told["model_server"]["back_after_seconds"] >= 10


def test_a_burst_is_answered_or_told_to_wait_and_nothing_is_lost(attendant):
    """How fast is for `attendant loadtest` to say: it says no where the machine has other work as well."""
    done = attendant("loadtest", SALON, "--burst", "16", "--json", check=False)
    told = json.loads(done.stdout)
    for burst in (told["cold"], told["warm"]):
        assert burst["questions"] == 16
        assert sum(burst["first_was"].values()) == 16, burst
        assert set(burst["first_was"]) <= {"answer", "notice"}, burst
        assert set(burst["states"]) <= {"answered", "refused"}, burst
        assert not any(burst[wrong] for wrong in ("lost", "twice", "trouble", "shed")), burst


def test_a_dead_lettered_turn_rings_and_is_brought_back(attendant, api, deployment):
    mappings = deployment.client("lambda").list_event_source_mappings(
        FunctionName=deployment.output("AnswerFunctionShowroom")
    )["EventSourceMappings"]
    (mapping,) = mappings
    switch(deployment, mapping["UUID"], on=False)
    try:
        dialogue, message_id = api.open(SALON), new_message_id()
        dialogue.send(message_id, "Есть ли C 180?", wait_seconds=0)
        bury(deployment, dialogue.session_id, message_id)
        failed = dialogue.poll(message_id, wait_seconds=0)
        assert (failed.state, failed.reason) == ("failed", DEAD_LETTERED)
    finally:
        switch(deployment, mapping["UUID"], on=True)
    assert until(lambda: dead_letter_alarm(deployment) == "ALARM", 120), dead_letter_alarm(deployment)
    assert "1 brought back" in attendant("turns", "redrive", SALON).stdout
    answered = until(lambda: (seen := dialogue.poll(message_id, wait_seconds=10)).final and seen, 60)
    assert answered.state == "answered"
    assert "C 180" in answered.text


def switch(deployment, mapping: str, *, on: bool) -> None:
    deployment.client("lambda").update_event_source_mapping(UUID=mapping, Enabled=on)


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
