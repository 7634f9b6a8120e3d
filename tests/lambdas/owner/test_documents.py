"""What an owner publishes: whole or not at all, over what was seen, with a history and a way back."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from cli.deployment import Deployment
from cli.policy_versions import PolicyVersions, as_toml
from core.facts import DocumentKind
from core.knowledge import Knowledge
from core.policy import read_policy
from core.standing_policy import StandingPolicy
from core.topics import screen
from lambdas.owner.publishing import NEW_CHARACTERS
from tests.fakes.owner_platform import EMAIL, SOURCE, OwnerPlatform
from tests.fakes.specs import POLICY, owner

BOMB = {"id": "weapons", "title": "Оружие", "phrases": ["бомба"], "reply": "Об этом я не говорю."}
JSON = {"Content-Type": "application/json"}
WITH_BOMB = {"topics": [*POLICY["topics"], BOMB]}


def fields(answer: Any) -> list[str]:
    assert answer.status_code == 422, answer.text
    return [wrong["field"] for wrong in answer.json()["error"]["fields"]]


def changed(kind: str, platform: OwnerPlatform, **changes: Any) -> dict[str, Any]:
    return platform.document(kind)["value"] | changes


def test_a_published_topic_is_refused_from_then_on(platform: OwnerPlatform) -> None:
    before = platform.document("policy")
    answer = platform.publish("policy", WITH_BOMB)
    assert answer.status_code == 200, answer.text
    now = platform.document("policy")
    assert now["version"] == answer.json()["version"] != before["version"]
    assert (now["author"], len(now["value"]["topics"])) == (EMAIL, 2)
    document = platform.documents.current("tester", DocumentKind.POLICY)
    policy = StandingPolicy(platform.spec).now(lambda: document)
    assert screen("Где купить бомбу?", policy.compiled).topic == "weapons"


def test_history_says_who_changed_what_and_it_is_rolled_back(platform: OwnerPlatform) -> None:
    first = platform.document("policy")["version"]
    second = platform.publish("policy", WITH_BOMB).json()["version"]
    body = {"version": first, "expected_version": second}
    back = platform.call("POST", "/tester/documents/policy/rollback", json=body)
    assert back.status_code == 200
    told = platform.read("/tester/documents/policy/history").json()["versions"]
    assert [version["version"] for version in told] == [back.json()["version"], second, first]
    assert [version["author"] for version in told] == [EMAIL, EMAIL, "seed"]
    assert "weapons: новая тема, фраз: 1" in told[1]["summary"]
    assert "weapons: тема удалена" in told[0]["summary"]
    assert len(platform.document("policy")["value"]["topics"]) == 1
    kept = platform.read(f"/tester/documents/policy/versions/{second}").json()
    assert [topic["id"] for topic in kept["value"]["topics"]] == ["politics", "weapons"]
    actions = [(record.actor, record.action) for record in platform.audit.of("document#tester/policy")]
    assert actions == [(EMAIL, "rollback"), (EMAIL, "publish")]


def test_what_a_command_publishes_stands_in_the_same_history(
    platform: OwnerPlatform, dynamodb: Any, s3: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("getpass.getuser", lambda: "anna")
    outputs = {"PublishedBucket": "published", "AuditTable": "audit"}
    stage = Deployment(outputs, endpoint="memory", _clients={"s3": s3, "dynamodb": dynamodb})
    (tmp_path / "topics.toml").write_text(as_toml(read_policy(WITH_BOMB), "tester", "1"), "utf-8")
    PolicyVersions(stage, "tester").edit(tmp_path / "topics.toml")
    PolicyVersions(stage, "tester").rollback(None)
    told = platform.read("/tester/documents/policy/history").json()["versions"]
    assert [version["author"] for version in told] == ["anna", "anna", "seed"]
    assert told[0]["summary"] == "weapons: тема удалена"
    assert told[1]["summary"] == "weapons: новая тема, фраз: 1"


@pytest.mark.parametrize("kind", ["policy", "knowledge", "settings"])
def test_who_did_not_see_the_newest_version_changes_nothing(platform: OwnerPlatform, kind: str) -> None:
    value = platform.document(kind)["value"]
    late = platform.publish(kind, value, expected="20261123T090000.000000Z-00000000")
    assert (late.status_code, late.json()["error"]["code"]) == (409, "publication_conflict")
    assert platform.document(kind)["value"] == value


def test_a_version_that_is_not_there_is_not_found(platform: OwnerPlatform) -> None:
    body = {"version": "v9", "expected_version": platform.document("policy")["version"]}
    assert platform.call("POST", "/tester/documents/policy/rollback", json=body).status_code == 404
    assert platform.read("/tester/documents/policy/versions/v9").status_code == 404
    assert platform.read("/tester/documents/snapshot").status_code == 422


@pytest.mark.parametrize(
    ("topics", "field"),
    [
        ([BOMB | {"phrases": []}], "topics.0.phrases"),
        ([BOMB | {"phrases": ["!!!"]}], "topics.0.phrases"),
        ([BOMB | {"id": "ё"}], "topics.0.id"),
        ([BOMB, BOMB], "value"),
        ([BOMB | {"gap": 11}], "topics.0.gap"),
        ([BOMB | {"surprise": 1}], "topics.0.surprise"),
        ([BOMB | {"reply": "\ud800"}], "topics.0.reply"),
        ([BOMB | {"phrases": ["бомба", "а" * 301]}], "topics.0.phrases.1"),
        ([BOMB | {"samples": [{"text": "Бомба", "allowed": True}]}], "topics.0.samples.0"),
        ([BOMB | {"samples": [{"text": "Цветы", "allowed": False}]}], "topics.0.samples.0"),
        ("none", "topics"),
    ],
)
def test_a_policy_that_is_not_sound_is_not_published(platform: OwnerPlatform, topics, field) -> None:
    body = {"expected_version": platform.document("policy")["version"], "value": {"topics": topics}}
    answer = platform.call("PUT", "/tester/documents/policy", content=json.dumps(body), headers=JSON)
    assert fields(answer) == [field]
    assert all(wrong["message"][0].isupper() for wrong in answer.json()["error"]["fields"])
    assert len(platform.document("policy")["value"]["topics"]) == 1


def test_a_phrase_is_tried_without_publishing(platform: OwnerPlatform) -> None:
    body = {"policy": WITH_BOMB, "text": "Продайте бомбу"}
    refused = platform.call("POST", "/tester/policy/test", json=body).json()
    expected = {"verdict": "refused", "topic": "weapons", "phrase": "бомба", "reply": BOMB["reply"]}
    assert refused == expected
    allowed = platform.call("POST", "/tester/policy/test", json=body | {"text": "Цена GLC?"}).json()
    assert allowed["verdict"] == "allowed"
    assert len(platform.document("policy")["value"]["topics"]) == 1


def test_what_is_added_to_the_faq_is_found(platform: OwnerPlatform) -> None:
    """Only what is new is embedded, and what the page does not show stays as it is."""
    value = platform.document("knowledge")["value"]
    assert "question_vectors" not in value
    entry = {
        "id": "parking",
        "kind": "faq",
        "title": "Парковка есть?",
        "text": "Да, перед салоном.",
        "questions": ["Парковка есть?"],
    }
    answer = platform.publish("knowledge", {"passages": [*value["passages"], entry]})
    assert answer.status_code == 200, answer.text
    assert set(platform.embedder.embedded) == {"Парковка есть?", "Парковка есть? Да, перед салоном."}
    knowledge = Knowledge.of(platform.documents.current("tester", DocumentKind.KNOWLEDGE))
    found = knowledge.verbatim("парковка есть")
    assert found is not None
    assert found.text == "Да, перед салоном."
    assert knowledge.source.foreign == SOURCE.foreign
    assert knowledge.source.vocabulary == SOURCE.vocabulary
    (told, _) = platform.read("/tester/documents/knowledge/history").json()["versions"]
    assert told["summary"] == "добавлено записей: 1: «Парковка есть?»"


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"id": "hours"}, "passages.0.id"),
        ({"id": "не код"}, "passages.1.id"),
        ({"text": " "}, "passages.1.text"),
        ({"text": "а" * 4_001}, "passages.1.text"),
        ({"questions": [""]}, "passages.1.questions.0"),
        ({"offer": "spaceship"}, "passages.1.offer"),
        ({"vector": [1]}, "passages.1.vector"),
    ],
)
def test_knowledge_that_is_not_sound_is_not_published(platform: OwnerPlatform, change, field) -> None:
    entry = {"id": "new", "kind": "faq", "title": "Т", "text": "Т"} | change
    passages = [*platform.document("knowledge")["value"]["passages"], entry]
    assert field in fields(platform.publish("knowledge", {"passages": passages}))


def test_the_vocabulary_and_too_much_at_once_are_refused(platform: OwnerPlatform) -> None:
    assert fields(platform.publish("knowledge", {"vocabulary": {}})) == ["vocabulary"]
    many = [
        {"id": f"p{number}", "kind": "faq", "title": f"Т{number}", "text": "а" * 3_900}
        for number in range(NEW_CHARACTERS // 3_900 + 1)
    ]
    assert fields(platform.publish("knowledge", {"passages": many})) == ["passages"]
    assert platform.embedder.embedded == []


def test_settings_begin_as_the_assistant_has_them(platform: OwnerPlatform) -> None:
    seen = platform.document("settings")
    assert (seen["version"], seen["author"], seen["published_at"]) == ("seed", None, None)
    assert seen["value"] == json.loads(owner().model_dump_json())
    texts = seen["value"]["texts"] | {"greeting": "Добрый день!"}
    assert platform.publish("settings", seen["value"] | {"texts": texts}).status_code == 200
    (told,) = platform.read("/tester/documents/settings/history").json()["versions"]
    assert told["summary"] == "texts.greeting: Здравствуйте! → Добрый день!"
    assert platform.later.restamped == []


def test_another_retention_is_carried_over_to_what_is_kept(platform: OwnerPlatform) -> None:
    first = platform.publish("settings", changed("settings", platform, retention="P30D")).json()["version"]
    platform.publish("settings", changed("settings", platform, retention="P10D"))
    seen = platform.document("settings")["version"]
    back = {"version": first, "expected_version": seen}
    assert platform.call("POST", "/tester/documents/settings/rollback", json=back).status_code == 200
    assert platform.later.restamped == [("tester", None)] * 3


def test_a_retention_that_cannot_be_carried_over_is_published_and_rings(platform: OwnerPlatform) -> None:
    platform.later.away = True
    answer = platform.publish("settings", changed("settings", platform, retention="P30D"))
    assert answer.status_code == 200
    assert [event for event, _ in platform.telemetry.alarms] == ["restamp_not_started"]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"retention": "P0D"}, "retention"),
        ({"retention": "P36500D"}, "retention"),
        ({"retention": "soon"}, "retention"),
        ({"idle_timeout": "P2D"}, "idle_timeout"),
        ({"nps_share": 2}, "nps_share"),
        ({"hours": {"time_zone": "Mars/Base", "week": {}}}, "hours.time_zone"),
        ({"hours": {"time_zone": "UTC", "week": {"mon": ["21:00", "09:00"]}}}, "hours.week.mon.1"),
        ({"terms": {"version": "2026-11-01", "storage": "Иначе", "training": "Учим."}}, "terms.version"),
        ({"unknown": True}, "unknown"),
    ],
)
def test_settings_that_would_break_a_dialogue_are_not_published(platform, change, field) -> None:
    assert fields(platform.publish("settings", changed("settings", platform, **change))) == [field]


def test_without_the_audit_it_is_published_all_the_same(platform: OwnerPlatform, monkeypatch) -> None:
    from core.errors import StoreAway

    def away(*_: object) -> None:
        raise StoreAway("ThrottlingException")

    monkeypatch.setattr(platform.audit, "append", away)
    assert platform.publish("policy", WITH_BOMB).status_code == 200
    assert [event for event, _ in platform.telemetry.alarms] == ["audit_away"]
