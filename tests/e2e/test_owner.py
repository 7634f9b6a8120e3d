"""The local owner edits a topic, sees it refused, rolls it back; the FAQ changes the next answer."""

from __future__ import annotations

import getpass
from collections.abc import Callable, Iterator
from typing import Any

import httpx
import pytest

from cli.deployment import home_folder
from tests.e2e.conftest import HOME, SALON, until
from tests.e2e.deployed_owner import Owner

IN_FORCE_SECONDS = 60
TOPIC = {
    "id": "e2e_topic",
    "phrases": ["лунный трактор"],
    "reply": "О лунных тракторах мы не говорим.",
    "samples": [{"text": "Почём лунный трактор?", "allowed": False}],
}


@pytest.fixture
def put_back(owner: Owner) -> Iterator[Owner]:
    before = {kind: owner.document(kind) for kind in ("policy", "knowledge")}
    yield owner
    for kind, document in before.items():
        if owner.document(kind)["value"] != document["value"]:
            owner.roll_back(kind, document["version"])


def test_the_password_is_for_the_homes_user_alone(http: httpx.Client) -> None:
    assert (home_folder(HOME) / "owner.json").stat().st_mode & 0o777 == 0o600


def test_a_topic_is_edited_refused_and_rolled_back(put_back: Owner, ask: Callable[..., Any]) -> None:
    owner, seen = put_back, put_back.document("policy")
    owner.publish("policy", {"topics": [*seen["value"]["topics"], TOPIC]})

    def refused() -> bool:
        return bool(ask("Сколько стоит лунный трактор?").text == TOPIC["reply"])

    assert until(refused, IN_FORCE_SECONDS, step=2)
    owner.roll_back("policy", seen["version"])
    assert until(lambda: not refused(), IN_FORCE_SECONDS, step=2)
    history = owner.call("GET", f"/{SALON}/documents/policy/history").json()["versions"]
    assert "e2e_topic" in history[0]["summary"]


def test_what_a_command_publishes_stands_in_the_history(put_back: Owner, attendant: Any) -> None:
    owner, seen = put_back, put_back.document("policy")
    owner.publish("policy", {"topics": [*seen["value"]["topics"], TOPIC]})
    attendant("policy", "rollback", SALON, "--version", seen["version"])
    newest = owner.call("GET", f"/{SALON}/documents/policy/history").json()["versions"][0]
    assert newest["author"] == getpass.getuser()
    assert newest["summary"] == "e2e_topic: тема удалена"


def test_what_is_added_to_the_faq_is_the_next_answer(put_back: Owner, ask: Callable[..., Any]) -> None:
    question, answer = "Можно ли прийти к вам с собакой?", "Да, с собакой на поводке пускаем."
    passages = put_back.document("knowledge")["value"]["passages"]
    entry = {"id": "e2e_dogs", "kind": "faq", "title": question, "text": answer, "questions": [question]}
    put_back.publish("knowledge", {"passages": [*passages, entry]})
    assert until(lambda: "на поводке" in ask(question).text, IN_FORCE_SECONDS, step=2)


def test_every_page_answers(owner: Owner) -> None:
    for path in ("today", "trends", "wishes", "dialogues", "dialogues.csv", "unanswered", "callbacks"):
        answer = owner.call("GET", f"/{SALON}/{path}")
        assert answer.status_code == 200, f"{path}: {answer.text}"


def test_a_token_forged_or_taken_back_opens_nothing(signed_in: Callable[[], Owner]) -> None:
    owner = signed_in()
    assert owner.call("GET", "/me").status_code == 200
    head, _, _ = owner.tokens["access_token"].rpartition(".")
    real, owner.tokens["access_token"] = owner.tokens["access_token"], f"{head}.Zm9yZ2Vk"
    assert owner.call("GET", "/me").status_code == 401
    owner.tokens["access_token"] = real
    assert owner.call("POST", "/sign-out").status_code == 204
    assert until(lambda: owner.call("GET", "/me").status_code == 401, 70, step=2)
