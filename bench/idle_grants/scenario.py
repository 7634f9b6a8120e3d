"""What a day brings to the LOCAL stack, in some minutes: every way in which a function touches a resource.

Knows who does what. A step that fails is told and the next one goes on, since with a grant missing steps must
fail. Refuses to know grants.
"""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from functools import partial
from http import HTTPStatus
from typing import Any

import httpx

from bench.idle_grants.owners_day import (
    a_day_past_the_retention,
    a_dialogue_of_yesterday,
    an_owners_morning,
)
from bench.idle_grants.stage import SOME_QUESTION, Stage
from cli.conversation import Attendant, Dialogue, Rejected, new_message_id
from cli.deployment import Deployment
from cli.pilot_gifts import gifts_of
from core.dialogue import Turn, TurnState
from core.facts import DocumentKind
from core.spec import AssistantSpec, all_specs
from lambdas.adapters.dialogues import Dialogues
from lambdas.adapters.turns import Turns
from lambdas.adapters.unfinished_turns import UnfinishedTurns
from lambdas.answer.worker import MAX_CLAIMS
from lambdas.reconcile.reconciler import MAX_ATTEMPTS

ANSWER_SECONDS = 12
FOR_THE_MODEL = "Сколько по времени длится тест-драйв и нужно ли записываться?"
QUESTIONS = (SOME_QUESTION, "Доступен ли тест-драйв в вашем салоне?", FOR_THE_MODEL)


def play(deployment: Deployment, url: str) -> list[str]:
    """Everything once; gives back what failed, one line a step."""
    trouble: list[str] = []
    for spec in all_specs():
        stage = Stage(deployment, Attendant(url, attempts=1), spec)
        for step in STEPS:
            try:
                step(stage)
            except Exception as error:  # noqa: BLE001 - a missing grant fails anyhow
                trouble.append(f"{spec.id} {step.__name__}: {type(error).__name__} {error}"[:200])
    return trouble


def start_functions_afresh(deployment: Deployment) -> None:
    """New processes: what a function has cached would hide that it may not read it again."""
    functions = deployment.client("lambda")
    for page in functions.get_paginator("list_functions").paginate():
        for function in page["Functions"]:
            if function["FunctionName"].startswith("attendant-"):
                functions.update_function_configuration(
                    FunctionName=function["FunctionName"], Environment=function["Environment"]
                )


def a_visit(stage: Stage) -> None:
    dialogue = stage.api.open(stage.spec.id)
    for question in QUESTIONS:
        answer = dialogue.ask(question, lambda _piece: None, timeout_seconds=ANSWER_SECONDS)
        assert answer.state == "answered", answer.reason
        dialogue._call("PUT", f"/messages/{answer.message_id}/feedback", json={"thumb": "up"})  # noqa: SLF001
    dialogue._call("POST", "/rating", json={"csat": 9, "comment": "спасибо"})  # noqa: SLF001
    dialogue.end()
    dialogue._call("DELETE", "")  # noqa: SLF001


def an_answer_that_is_stopped(stage: Stage) -> None:
    dialogue = stage.api.open(stage.spec.id)
    asked = dialogue.send(new_message_id(), FOR_THE_MODEL, wait_seconds=0)
    dialogue._call("POST", f"/messages/{asked.message_id}/stop")  # noqa: SLF001


def a_visitor_of_a_campaign(stage: Stage) -> None:
    campaign, code = new_message_id(), secrets.token_hex(8).upper()
    gifts_of(stage.deployment).add(campaign, [code])
    (terms,) = (each["terms"] for each in stage.api.assistants() if each["id"] == stage.spec.id)
    consent = {"storage": True, "training": False, "text_version": terms["version"]}
    path = f"/v1/{stage.spec.id}/sessions"
    opened = stage.api.call("POST", path, json={"consent": consent, "campaign": campaign}).json()
    dialogue = Dialogue(stage.api, stage.spec.id, opened["session_id"], opened["token"])
    rated = dialogue._call("POST", "/rating", json={"csat": 10, "comment": ""}).json()  # noqa: SLF001
    assert rated["gift_code"] == code, rated


def a_brochure(stage: Stage) -> None:
    """By link, and by e-mail to somebody new; of a salon that has none both look at the list."""
    dialogue = stage.api.open(stage.spec.id)
    answer = dialogue.ask("Пришлите брошюру", lambda _piece: None, timeout_seconds=ANSWER_SECONDS)
    assert answer.state == "answered", answer.reason
    listed = next((fact["id"] for fact in answer.facts if fact["kind"] == "brochure"), None)
    wish = {"brochure": listed or "none", "email": f"{new_message_id()}@example.com"}
    try:
        status = dialogue._call("POST", "/brochures", json=wish).status_code  # noqa: SLF001
    except Rejected as refused:
        status = refused.status
    assert status == (HTTPStatus.CREATED if listed else HTTPStatus.NOT_FOUND), status


def a_page_that_was_left(stage: Stage) -> None:
    visit = {"seconds": 40, "used_assistant": True, "campaign": "none"}
    stage.api.call("POST", f"/v1/{stage.spec.id}/visits", json=visit)


def a_look_at_the_whole(stage: Stage) -> None:
    stage.api.health()
    stage.api.assistants()


def a_call_past_the_edge(stage: Stage) -> None:
    """With a token that nobody has sent before, so that the gateway asks the authorizer."""
    api = f"{stage.deployment.endpoint}/_aws/execute-api/{stage.deployment.output('ApiId')}/$default"
    refused = httpx.get(f"{api}/v1/health", headers={"x-origin-token": new_message_id()}, timeout=20)
    assert refused.status_code == HTTPStatus.FORBIDDEN, refused.status_code


def an_export(stage: Stage) -> None:
    if stage.spec.inventory is not None:
        assert stage.invoke("InventoryExportFunction", {"assistant": stage.spec.id})["state"] == "published"


def an_export_after_another_source(stage: Stage) -> None:
    """It looks back for its own last one, so that a change of the source hides no shrunk stock."""
    if stage.spec.inventory is None:
        return
    documents = stage.deployment.documents()
    now = documents.current(stage.spec.id, DocumentKind.SNAPSHOT)
    documents.publish(
        stage.spec.id,
        DocumentKind.SNAPSHOT,
        now.data,
        rows=now.manifest.rows,
        schema=now.manifest.schema_name,
        author="day",
        source="another",
        expected=now.manifest,
    )
    an_export(stage)


def dialogues_that_leave(stage: Stage) -> None:
    """One of them is said to go on after its day, so that it is looked for under its session."""
    today = datetime.now(UTC).date()
    session_id = next(Dialogues(stage.table).sessions_of(stage.spec.id, today))
    stage.deployment.client("dynamodb").update_item(
        TableName=stage.table.name,
        Key={"session_id": {"S": session_id}, "item": {"S": "session"}},
        UpdateExpression="SET callback_at = :later",
        ExpressionAttributeValues={":later": {"S": (today + timedelta(days=2)).isoformat()}},
    )
    assert stage.invoke("DialogueExportFunction", {})["days"]


def turns_that_nobody_took(stage: Stage) -> None:
    dialogue = stage.api.open(stage.spec.id)
    fresh, given_up = stage.stuck_turn(dialogue), stage.stuck_turn(dialogue)
    unfinished = UnfinishedTurns(stage.table)
    for _ in range(MAX_ATTEMPTS):
        given_up = unfinished.next_attempt(given_up) or given_up
    _age(stage, fresh, given_up)
    done = stage.invoke("ReconcileFunction", {})
    assert done["resent"].get(stage.spec.id), done
    assert done["buried"].get(stage.spec.id), done


def a_turn_that_kills_its_workers(stage: Stage) -> None:
    turn = stage.stuck_turn(stage.api.open(stage.spec.id))
    turns = Turns(stage.table)
    for _ in range(MAX_CLAIMS):
        turns.claim(turn.session_id, turn.message_id, 0.01)
        time.sleep(0.05)
    stage.queue.send(turn)
    _until(lambda: (now := turns.get(turn.session_id, turn.message_id)) and now.state is TurnState.FAILED)


def a_turn_that_another_worker_holds(stage: Stage) -> None:
    turn = stage.stuck_turn(stage.api.open(stage.spec.id))
    Turns(stage.table).claim(turn.session_id, turn.message_id, 2)
    stage.queue.send(turn)
    _until(lambda: (now := Turns(stage.table).get(turn.session_id, turn.message_id)) and now.state.final)


def a_shut_down_and_a_restart(stage: Stage) -> None:
    """Once, whoever's day it is. The steps are called by hand, so that nobody waits for the state machine; a
    restart is refused while an alarm rings, and the turns of an hour ago make one ring.
    """
    if stage.spec.id != next(iter(all_specs())).id:
        return
    call = partial(stage.invoke, "EndpointBreakerFunction")
    try:
        call({"command": "stop", "actor": "day", "reason": "a day"})
        told = call({"command": "stop", "actor": "day", "reason": "a second word"})
        assert told["state"] == "open", told
        _quiet(stage)
        restart = call({"command": "restart", "actor": "day"})["restart"]
        for step in ("raise_capacity", "check_health", "golden_questions", "half_open"):
            _quiet(stage)
            told = call({"step": step, "restart": restart})
            assert told["outcome"] in {"next", "wait"}, f"{step}: {told}"
        with ThreadPoolExecutor() as visitors:  # at once, since half open is over soon; it counts the calls
            list(visitors.map(partial(_asked_of_the_model, stage), all_specs()))
        assert call({"command": "history", "actor": "day"})["history"]
        call({"command": "tick"})
    finally:
        _closed_again(stage)


def _asked_of_the_model(stage: Stage, spec: AssistantSpec) -> None:
    dialogue = stage.api.open(spec.id)
    dialogue.ask(FOR_THE_MODEL, lambda _piece: None, timeout_seconds=ANSWER_SECONDS)


def _quiet(stage: Stage) -> None:
    """No critical alarm rings, for a moment: they are judged again within seconds."""
    status = stage.invoke("EndpointBreakerFunction", {"command": "status", "actor": "day"})
    for alarm in status["ringing"]:
        stage.deployment.client("cloudwatch").set_alarm_state(
            AlarmName=alarm["alarm"], StateValue="OK", StateReason="a day"
        )


def _closed_again(stage: Stage) -> None:
    """As on the first day: no item is a closed breaker, and the minute brings the copies back."""
    for key in ("breaker", "capacity#model"):
        stage.deployment.client("dynamodb").delete_item(
            TableName=stage.deployment.output("ControlTable"), Key={"key": {"S": key}}
        )
    stage.invoke("EndpointBreakerFunction", {"command": "tick"})


def _age(stage: Stage, *turns: Turn) -> None:
    """The reconciler counts from the last send."""
    for turn in turns:
        stage.deployment.client("dynamodb").update_item(
            TableName=stage.deployment.output("DialoguesTable"),
            Key={"session_id": {"S": turn.session_id}, "item": {"S": f"turn#{turn.message_id}"}},
            UpdateExpression="SET unfinished_since = :then",
            ExpressionAttributeValues={":then": {"S": turn.created_at.isoformat()}},
        )


def _until(happened: Callable[[], Any]) -> None:
    deadline = time.monotonic() + ANSWER_SECONDS
    while not happened():
        assert time.monotonic() < deadline, "it did not happen"
        time.sleep(0.2)


STEPS = (
    a_look_at_the_whole,
    a_call_past_the_edge,
    an_export,
    an_export_after_another_source,
    a_visit,
    an_answer_that_is_stopped,
    a_visitor_of_a_campaign,
    a_page_that_was_left,
    a_brochure,
    a_day_past_the_retention,
    a_dialogue_of_yesterday,
    dialogues_that_leave,
    an_owners_morning,
    turns_that_nobody_took,
    a_turn_that_kills_its_workers,
    a_turn_that_another_worker_holds,
    a_shut_down_and_a_restart,
)
