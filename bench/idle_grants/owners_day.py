"""What owners bring to the LOCAL stack: a morning at their page, over files of yesterday and of long ago.

Whoever signs in is new each time. What is published is rolled back. Refuses to know visitors (`scenario.py`)
and grants.
"""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from pathlib import Path
from typing import Any

from bench.idle_grants.stage import Stage
from cli.conversation import Rejected, new_message_id
from cli.owners import OwnerAccounts, new_password
from core.dialogue import Callback, Consent, Session, Turn, TurnState
from core.spec import iso_duration
from lambdas.adapters.dialogues import Dialogues
from lambdas.adapters.erasures import Erasures
from lambdas.adapters.parquet_files import write_parquet
from lambdas.adapters.partitions import Partitions
from lambdas.adapters.turns import Turns

KEPT, LONG_PAST = timedelta(days=30), timedelta(days=400)
TOPIC = {"id": "a_day", "phrases": ["лунный трактор"], "reply": "Об этом я не говорю."}
ENTRY = {"id": "a_day", "kind": "faq", "title": "Где парковка?", "text": "Рядом с салоном.", "questions": []}
NUMBERS = ("today", "trends", "wishes", "unanswered", "dialogues", "dialogues.csv", "callbacks")


def a_day_past_the_retention(stage: Stage) -> None:
    """Its files are there still, and a dialogue of it was erased: so the next export looks at it."""
    then, deployment = datetime.now(UTC) - LONG_PAST, stage.deployment
    partitions = Partitions(deployment.client("s3"), deployment.output("AnalyticsBucket"))
    with tempfile.TemporaryDirectory() as folder:
        for table, file in write_parquet((), Path(folder)).items():
            partitions.replace(table, stage.spec.id, then.date(), file.path)
    erasures = Erasures(deployment.client("dynamodb"), deployment.output("AuditTable"))
    erasures.note(_opened(stage, then))


def a_dialogue_of_yesterday(stage: Stage) -> None:
    """With a question and a request to be called back, so that each table of analytics has a file of it."""
    then = datetime.now(UTC) - timedelta(days=1)
    session = _opened(stage, then)
    dialogues = Dialogues(stage.table)
    dialogues.open(session)
    Turns(stage.table).accept(
        session.model_copy(update={"sequence": 1}),
        Turn(
            session_id=session.session_id,
            message_id=new_message_id(),
            assistant=stage.spec.id,
            sequence=1,
            question="Где у вас парковка?",
            state=TurnState.FAILED,
            created_at=then,
            expires_at=session.expires_at,
            attempt=1,
        ),
    )
    dialogues.request_callback(
        Callback(
            callback_id=new_message_id(),
            session_id=session.session_id,
            assistant=stage.spec.id,
            name="Анна",
            phone="+79110000000",
            created_at=then,
            expires_at=session.expires_at,
        )
    )


def _opened(stage: Stage, then: datetime) -> Session:
    return Session(
        session_id=new_message_id(),
        assistant=stage.spec.id,
        token_sha256="0" * 64,
        consent=Consent(storage=True, text_version="1", given_at=then),
        created_at=then,
        last_activity_at=then,
        expires_at=then + KEPT,
    )


@dataclass(frozen=True)
class OwnersPage:
    """Whoever has signed in."""

    stage: Stage
    token: str

    def call(self, method: str, path: str, **request: Any) -> Any:
        headers = {"Authorization": f"Bearer {self.token}"}
        answer = self.stage.api.call(method, f"/v1/owner{path}", headers=headers, **request)
        in_json = answer.headers.get("content-type") == "application/json"
        return answer.json() if in_json and answer.content else answer.text

    def of(self, method: str, path: str, **request: Any) -> Any:
        return self.call(method, f"/{self.stage.spec.id}/{path}", **request)


def an_owners_morning(stage: Stage) -> None:
    page = OwnersPage(stage, _signed_in(stage))
    page.call("GET", "/me")
    for numbers in NUMBERS:
        page.of("GET", numbers)
    page.of("GET", f"dialogues/{page.of('GET', 'dialogues')['dialogues'][0]['session_id']}")
    _work_on_a_callback(page)
    policy = page.of("GET", "documents/policy")["value"]
    page.of("POST", "policy/test", json={"policy": policy, "text": "Почём лунный трактор?"})
    page.of("POST", "policy/replay", json={"policy": policy, "days": 2})
    _publish(page, "policy", lambda value: {"topics": [*value["topics"], TOPIC]})
    _publish(page, "knowledge", lambda value: {"passages": [*value["passages"], ENTRY]})
    _publish(page, "settings", lambda value: value | {"retention": iso_duration(KEPT)})
    page.call("POST", "/sign-out")


def _signed_in(stage: Stage) -> str:
    email, password = f"{new_message_id().lower()}@example.com", new_password()
    cognito = stage.deployment.client("cognito-idp")
    OwnerAccounts(cognito, stage.deployment.output("OwnerPool")).set_password(email, password)
    answer = stage.api.call("POST", "/v1/owner/sign-in", json={"email": email, "password": password})
    return str(answer.json()["access_token"])


def _work_on_a_callback(page: OwnersPage) -> None:
    """Once from a state in which it is not: then it is looked at."""
    waiting = page.of("GET", "callbacks")["callbacks"][0]
    path = f"callbacks/{waiting['session_id']}/{waiting['callback_id']}"
    status = 0
    try:
        page.of("PATCH", path, json={"state": "no_answer", "note": "", "expected_state": "done"})
    except Rejected as refused:
        status = refused.status
    assert status == HTTPStatus.CONFLICT, status
    page.of("PATCH", path, json={"state": "done", "note": "", "expected_state": "waiting"})


def _publish(page: OwnersPage, kind: str, change: Any) -> None:
    """And back again. Another retention makes the function call itself, both times."""
    place = f"documents/{kind}"
    seen = page.of("GET", place)
    body = {"expected_version": seen["version"], "value": change(seen["value"])}
    published = page.of("PUT", place, json=body)["version"]
    page.of("GET", f"{place}/versions/{seen['version']}")
    page.of("GET", f"{place}/history")
    page.of("POST", f"{place}/rollback", json={"version": seen["version"], "expected_version": published})
