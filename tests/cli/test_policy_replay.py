"""`attendant policy replay`: what would change is told, nobody is named, nothing is published."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from cli import deployment as deployments
from cli.deployment import Deployment
from cli.main import app
from cli.policy_replay import EXAMPLES, replayed, shown
from core.dialogue import Session
from core.facts import DocumentKind
from core.knowledge import KnowledgeSource, Passage, compile_knowledge
from core.policy_comparison import Change
from core.spec import ASSISTANTS_FOLDER, read_spec
from core.standing_policy import InForce
from core.topics import compile_policy
from lambdas.adapters.dialogue_table import DialogueTable
from lambdas.adapters.turns import Turns
from tests.assistants.showroom.conftest import BagEmbedder
from tests.cli import test_operations as commands
from tests.cli.test_operations import SPEC, deployment
from tests.fakes.dialogue_data import session, turn

__all__ = ["deployment"]  # the fixture

OLD = {"topics": [{"id": "food", "phrases": ["борщ"], "reply": "Нет."}]}
NEW = """
[[topics]]
id = "food"
phrases = ["борщ", "блины"]
reply = "Нет."

[[topics]]
id = "credit"
phrases = ["ставка по кредиту"]
reply = "О кредите расскажет менеджер."
"""


def ask(deployment: Deployment, last: Session, *questions: str, days_ago: int = 0) -> Session:
    """Whatever a turn has become, it is a question that was asked."""
    turns = Turns(DialogueTable(deployment.client("dynamodb"), commands.TABLE))
    for question in questions:
        last = last.model_copy(update={"sequence": last.sequence + 1})
        asked_at = datetime.now(UTC) - timedelta(days=days_ago)  # midnight may have come since the import
        turns.accept(last, turn(last, f"m{last.sequence}", question=question, created_at=asked_at))
    return last


def publish(deployment: Deployment, topics: object, assistant: str = SPEC.id) -> None:
    data = json.dumps(topics).encode()
    deployment.documents().publish(
        assistant, DocumentKind.POLICY, data, rows=1, schema="policy/1", author="anna"
    )


@pytest.fixture
def attendant(deployment: Deployment, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(deployments, "find", lambda *_: deployment)

    def say(*words: str, text: str = NEW, assistant: str = SPEC.id) -> Result:
        (tmp_path / "topics.toml").write_text(text, "utf-8")
        whose = ("--assistant", assistant) if assistant else ()
        return CliRunner().invoke(app, ["policy", "replay", str(tmp_path / "topics.toml"), *whose, *words])

    return say


@pytest.fixture
def asked(deployment: Deployment) -> Deployment:
    publish(deployment, OLD)
    last = commands.open_session(deployment, "S1")
    last = ask(deployment, last, "Есть ли C 180?", "Рецепт борща", "Как печь блины?", "Борщ и блины")
    last = ask(
        deployment, last, "Какая ставка по кредиту? Мой телефон 8 921 123-45-67", "Блинов бы", days_ago=3
    )
    ask(deployment, last, "Где блины?", days_ago=9)
    return deployment


def test_what_would_be_refused_is_told_with_topic_words_and_masked_examples(asked, attendant) -> None:
    told = attendant("--days", "7")
    assert told.exit_code == 0, told.output
    assert "6 questions of 7 days, 3 judged otherwise" in told.stdout
    assert "newly refused: 3" in told.stdout
    assert "food: 2  «блины» 2" in told.stdout
    assert "credit: 1  «ставка по кредиту» 1" in told.stdout
    assert "Как печь блины?" in told.stdout
    assert "Какая ставка по кредиту? Мой телефон [телефон]" in told.stdout
    assert "123-45-67" not in told.output
    assert "борща" not in told.stdout


def test_what_would_be_answered_again_and_what_gets_another_reply(asked, attendant) -> None:
    free = attendant("--days", "1", text="topics = []")
    assert "no longer refused: 2" in free.stdout
    assert "food: 2  «борщ» 2" in free.stdout
    other = attendant("--days", "1", text=NEW.replace('"Нет."', '"Об этом — нет."'))
    assert "refused with another reply: 2" in other.stdout
    assert "newly refused: 1" in other.stdout


def test_a_change_fails_only_who_asked_for_that(asked, attendant) -> None:
    same = '[[topics]]\nid = "food"\nphrases = ["борщ"]\nreply = "Нет."'
    assert attendant("--fail").exit_code == 1
    assert attendant("--fail", text=same).exit_code == 0
    assert ", 0 judged otherwise" in attendant(text=same).stdout


def test_as_json_a_line_an_assistant(asked, attendant) -> None:
    told = [json.loads(line) for line in attendant("--json", assistant="").stdout.splitlines()]
    (mine,) = [each for each in told if each["assistant"] == SPEC.id]
    assert mine["questions"] == 7
    assert {(each["change"], each["topic"]) for each in mine["changes"]} == {
        ("refused", "food"),
        ("refused", "credit"),
    }


def test_passages_that_would_fall_silent_are_named(asked, attendant) -> None:
    spec = read_spec(ASSISTANTS_FOLDER / "showroom")
    said = {"cafe": "Угощаем блинами.", "hours": "Мы открыты каждый день."}
    source = KnowledgeSource(
        passages=tuple(Passage(id=id_, kind="faq", title="Салон", text=text) for id_, text in said.items())
    )
    publish(asked, OLD, spec.id)
    data = compile_knowledge(source, BagEmbedder())
    asked.documents().publish(
        spec.id, DocumentKind.KNOWLEDGE, data, rows=2, schema="knowledge/1", author="anna"
    )
    told = attendant("--fail", assistant=spec.id)
    assert told.exit_code == 1
    assert "passages not told any more: 1\n    cafe: «блины» (food)" in told.stdout


def test_nothing_was_asked_yet(deployment: Deployment, attendant) -> None:
    publish(deployment, OLD)
    told = attendant()
    assert told.exit_code == 0
    assert "0 questions of 30 days, 0 judged otherwise" in told.stdout


def test_nothing_is_published(asked, attendant) -> None:
    before = asked.documents().manifest(SPEC.id, DocumentKind.POLICY)
    attendant()
    assert asked.documents().manifest(SPEC.id, DocumentKind.POLICY) == before


@pytest.mark.parametrize(
    ("text", "said"),
    [("[[topics]", "is not TOML"), ("[[topics]]\nid = 'x'", "phrases"), ("topic = 1", "topic")],
)
def test_a_broken_policy_is_not_run(asked, attendant, text: str, said: str) -> None:
    told = attendant(text=text)
    assert told.exit_code == 2
    assert said in told.stderr
    assert told.stdout == ""


def test_a_policy_whose_samples_fail_is_run_and_that_is_said(asked, attendant) -> None:
    told = attendant(text=f"{NEW}samples = [{{ text = 'Сколько стоит?', allowed = false }}]")
    assert told.exit_code == 0
    assert "1 of its own samples fail" in told.stderr


def test_what_is_published_is_damaged(asked, attendant) -> None:
    key = f"{SPEC.id}/policy.json"
    asked.client("s3").put_object(Bucket="published", Key=key, Body=b"garbage")
    told = attendant()
    assert told.exit_code == 1
    assert "policy rollback" in told.stderr


def test_nobodys_dialogues(asked, attendant) -> None:
    assert attendant(assistant="nobody").exit_code == 2


def test_an_example_is_one_line_that_no_terminal_obeys() -> None:
    assert shown("\x1b[2Jблины\r\nи\u202e борщ\u0000") == "[2Jблины и борщ"
    assert len(shown("блины " * 200)) <= 160


def test_of_any_number_of_questions_a_few_are_kept() -> None:
    class Many:
        def turns_of(self, _assistant, _day):
            return (turn(session(), question=f"Блины номер {number}") for number in range(2_000))

    read: list[tuple[int, int]] = []
    old = InForce("v1", compile_policy({"topics": []}))
    new = compile_policy({"topics": [{"id": "food", "phrases": ["блины"], "reply": "Нет."}]})
    told = replayed(Many(), SPEC.id, old, new, 2, lambda done, asked: read.append((done, asked)))
    (tally,) = told.of(Change.REFUSED).values()
    assert (tally.questions, len(tally.examples)) == (4_000, EXAMPLES)
    assert read == [(1, 2_000), (2, 4_000)]
