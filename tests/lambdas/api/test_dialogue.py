"""Sessions: opened, guarded, ended, erased, rated, called back."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from core.dialogue import drawn
from core.errors import StoreAway
from core.facts import DocumentKind
from core.spec import Capability
from lambdas.api.tokens import new_session_id, token_sha256
from tests.fakes.dialogues import FakeGifts
from tests.fakes.platform import FakePlatform, Visitor
from tests.fakes.specs import owner, spec

NIGHT = datetime(2026, 11, 23, 20, 0, tzinfo=UTC)  # 23:00 in Moscow
CALLBACK = {"name": "Иван", "phone": "+7 (900) 123-45-67"}


def code(answer: Any) -> tuple[int, str]:
    return answer.status_code, answer.json()["error"]["code"]


def fields(answer: Any) -> dict[str, str]:
    return {wrong["field"]: wrong["message"] for wrong in answer.json()["error"]["fields"]}


def test_opening_tells_what_a_visitor_must_know(visitor: Visitor) -> None:
    opened = visitor.opened
    assert opened["greeting"] == "Здравствуйте!"
    assert (opened["retention"], opened["idle_timeout"]) == ("P90D", "PT30M")
    assert opened["office"]["open"] is True
    assert opened["office"]["closes_at"] == "2026-11-23T21:00:00+03:00"
    assert opened["office"]["hours"]["mon"] == ["09:00", "21:00"]
    assert opened["callbacks"] == {"available": True}
    assert opened["terms"] == {
        "version": "2026-11-01",
        "storage": "Храним.",
        "training": "Учим.",
        "link": None,
    }


def test_only_the_hash_of_a_token_is_kept(platform: FakePlatform, visitor: Visitor) -> None:
    kept = platform.store.sessions[visitor.session_id]
    assert kept.token_sha256 == token_sha256(visitor.opened["token"])
    assert visitor.opened["token"] not in kept.model_dump_json()
    assert len({platform.open().session_id for _ in range(20)}) == 20


def test_both_consents_are_kept_with_text_version_and_time(platform: FakePlatform) -> None:
    consent = {"storage": True, "training": True, "text_version": "2026-11-01"}
    opened = platform.client.post("/v1/tester/sessions", json={"consent": consent}).json()
    kept = platform.store.sessions[opened["session_id"]].consent
    assert (kept.storage, kept.training, kept.text_version) == (True, True, "2026-11-01")
    assert kept.given_at == platform.clock()


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"consent": {"storage": False}}, "consent.storage"),
        ({"consent": {"storage": "yes"}}, "consent.storage"),
        ({"consent": {"storage": 1}}, "consent.storage"),
        ({"consent": {}}, "consent.storage"),
        ({"consent": {"storage": True, "text_version": "old"}}, "consent.text_version"),
        ({"consent": {"storage": True, "extra": 1}}, "consent.extra"),
        ({"consent": None}, "consent"),
        ({}, "consent"),
        ([], "body"),
        ("text", "body"),
    ],
)
def test_without_consent_there_is_no_session(platform: FakePlatform, body: Any, field: str) -> None:
    answer = platform.client.post("/v1/tester/sessions", json=body)
    assert code(answer) == (422, "invalid_input")
    assert field in fields(answer)
    assert not platform.store.sessions


def test_the_guard_at_the_door(platform: FakePlatform, visitor: Visitor) -> None:
    path = visitor.path + "/messages/m1"
    assert code(platform.client.get(path)) == (401, "token_required")
    assert code(platform.client.get(path, headers={"Authorization": "Basic x"})) == (401, "token_required")
    other = platform.open()
    assert code(platform.client.get(path, headers=other.headers)) == (403, "foreign_token")
    unknown = path.replace(visitor.session_id, "unknown")
    assert code(platform.client.get(unknown, headers=visitor.headers)) == (404, "not_found")
    assert code(platform.client.get("/v1/nobody/sessions/x/messages/y")) == (404, "not_found")
    assert platform.client.get(path).headers["www-authenticate"] == "Bearer"


def test_the_door_comes_before_the_fields(platform: FakePlatform, visitor: Visitor) -> None:
    answer = platform.client.post(visitor.path + "/messages", json={"text": 1})
    assert code(answer) == (401, "token_required")


def test_a_session_of_one_assistant_is_unknown_to_another() -> None:
    platform = FakePlatform(spec(), spec("second"))
    visitor = platform.open()
    visitor.path = visitor.path.replace("tester", "second")
    assert code(visitor.ask()) == (404, "not_found")


def test_an_expired_session_is_unknown(platform: FakePlatform, visitor: Visitor) -> None:
    platform.clock.advance(timedelta(days=90).total_seconds())
    assert code(visitor.read()) == (404, "not_found")
    assert code(visitor.ask()) == (404, "not_found")


def test_retention_follows_the_owners_settings(platform: FakePlatform) -> None:
    settings = owner(retention=timedelta(minutes=1)).model_dump_json().encode()
    platform.documents.put("tester", DocumentKind.SETTINGS, settings, "v2")
    visitor = platform.open()
    assert visitor.opened["retention"] == "PT1M"
    visitor.ask(wait_seconds=0)
    platform.clock.advance(59)
    assert visitor.read().status_code == 202
    platform.clock.advance(2)
    assert code(visitor.read()) == (404, "not_found")


@pytest.mark.parametrize(("share", "asked"), [(0.0, 0), (1.0, 40)])
def test_the_owner_says_how_many_are_asked_for_nps(platform: FakePlatform, share: float, asked: int) -> None:
    settings = owner(nps_share=share).model_dump_json().encode()
    platform.documents.put("tester", DocumentKind.SETTINGS, settings, "v2")
    assert sum(platform.open().opened["ask_nps"] for _ in range(40)) == asked


def test_who_is_asked_for_nps_stays_so() -> None:
    ids = [new_session_id() for _ in range(4_000)]
    asked = [drawn(id_, 0.3) for id_ in ids]
    assert asked == [drawn(id_, 0.3) for id_ in ids]
    assert 0.25 < sum(asked) / len(asked) < 0.35
    assert all(drawn(id_, 0.6) for id_, was in zip(ids, asked, strict=True) if was)


def test_who_collects_no_ratings_asks_for_no_nps() -> None:
    platform = FakePlatform(spec(capabilities={Capability.INVENTORY}, nps_share=1.0))
    assert platform.open().opened["ask_nps"] is False


def test_the_whole_terms_are_where_the_owner_says(platform: FakePlatform) -> None:
    terms = owner().terms.model_copy(update={"link": "https://salon.example/terms"})
    platform.documents.put(
        "tester", DocumentKind.SETTINGS, owner(terms=terms).model_dump_json().encode(), "v2"
    )
    assert platform.open().opened["terms"]["link"] == "https://salon.example/terms"
    (shown,) = platform.client.get("/v1/assistants").json()["assistants"]
    assert shown["terms"]["link"] == "https://salon.example/terms"


def test_an_ended_dialogue_takes_no_questions_but_can_be_read_and_rated(visitor: Visitor) -> None:
    visitor.ask(wait_seconds=0)
    ended = visitor.call("POST", "/end")
    assert ended.status_code == 200
    assert visitor.call("POST", "/end").json() == ended.json()
    assert code(visitor.ask(message_id="m2")) == (409, "dialogue_ended")
    assert visitor.ask(wait_seconds=0).status_code == 202  # a repeated send of what was accepted
    assert visitor.read().status_code == 202
    assert visitor.call("POST", "/rating", json={"csat": 10}).status_code == 200


def test_idleness_ends_a_dialogue(platform: FakePlatform, visitor: Visitor) -> None:
    platform.clock.advance(29 * 60)
    assert visitor.ask(wait_seconds=0).status_code == 202
    platform.clock.advance(30 * 60 + 1)
    assert code(visitor.ask(message_id="m2")) == (409, "dialogue_ended")
    assert visitor.read().status_code == 202


def test_erasure(platform: FakePlatform, visitor: Visitor) -> None:
    visitor.ask(wait_seconds=0)
    erased = visitor.call("DELETE")
    assert (erased.status_code, erased.content) == (204, b"")
    assert code(visitor.read()) == (404, "not_found")
    assert code(visitor.call("DELETE")) == (404, "not_found")
    assert not platform.store.turns
    assert platform.erasures.sessions == [visitor.session_id]


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"csat": 0}, "csat"),
        ({"csat": 11}, "csat"),
        ({"csat": "5"}, "csat"),
        ({"csat": 5.5}, "csat"),
        ({"csat": True}, "csat"),
        ({"csat": 10**400}, "csat"),
        ({}, "csat"),
        ({"csat": 5, "nps": 11}, "nps"),
        ({"csat": 5, "comment": "x" * 2001}, "comment"),
        ({"csat": 5, "comment": "a\x00b"}, "comment"),
    ],
)
def test_wrong_ratings(visitor: Visitor, body: Any, field: str) -> None:
    answer = visitor.call("POST", "/rating", json=body)
    assert code(answer) == (422, "invalid_input")
    assert field in fields(answer)


def test_the_last_rating_counts(platform: FakePlatform, visitor: Visitor) -> None:
    visitor.call("POST", "/rating", json={"csat": 2})
    visitor.call("POST", "/rating", json={"csat": 9, "nps": 10, "comment": "Спасибо"})
    kept = platform.store.ratings[visitor.session_id]
    assert (kept.csat, kept.nps, kept.comment) == (9, 10, "Спасибо")


def test_a_campaign_that_has_codes_gives_one_a_dialogue(platform: FakePlatform) -> None:
    platform.store.gifts_left = {"autumn": ["A-1", "A-2"], "spring": ["S-1"]}
    first, second, late = (platform.open(campaign="autumn") for _ in range(3))
    others = (platform.open(), platform.open(campaign="winter"), platform.open(campaign=None))
    codes = [
        visitor.call("POST", "/rating", json={"csat": csat}).json()["gift_code"]
        for visitor in (first, second, late, *others)
        for csat in (3, 9)
    ]
    assert codes == ["A-1", "A-1", "A-2", "A-2", *[None] * 8]
    assert platform.store.sessions[first.session_id].campaign == "autumn"
    assert "A-1" not in repr(platform.telemetry.lines)


@pytest.mark.parametrize("campaign", ["", "a b", "a#b", "осень", "a" * 65, "a\n", 5, ["a"]])
def test_wrong_campaigns(platform: FakePlatform, campaign: Any) -> None:
    body = {"consent": {"storage": True}, "campaign": campaign}
    answer = platform.client.post("/v1/tester/sessions", json=body)
    assert code(answer) == (422, "invalid_input")
    assert set(fields(answer)) == {"campaign"}
    assert not platform.store.sessions


def test_a_rating_is_kept_though_no_gift_can_be_given(
    platform: FakePlatform, monkeypatch: pytest.MonkeyPatch
) -> None:
    platform.store.gifts_left = {"autumn": ["A-1"]}
    visitor = platform.open(campaign="autumn")

    def away(*_: Any) -> None:
        raise StoreAway

    with monkeypatch.context() as patch:
        patch.setattr(FakeGifts, "give", away)
        assert code(visitor.call("POST", "/rating", json={"csat": 9})) == (503, "unavailable")
    assert platform.store.ratings[visitor.session_id].csat == 9
    assert visitor.call("POST", "/rating", json={"csat": 9}).json()["gift_code"] == "A-1"


def test_a_callback_in_working_hours(platform: FakePlatform, visitor: Visitor) -> None:
    first = visitor.call("POST", "/callbacks", json=CALLBACK)
    assert first.status_code == 201
    assert (first.json()["state"], first.json()["message"]) == ("waiting", "Перезвоним.")
    assert visitor.call("POST", "/callbacks", json=CALLBACK).json() == first.json()
    assert len(platform.store.callbacks) == 1


def test_a_callback_at_night_is_refused_unless_the_owner_wants_it(platform: FakePlatform) -> None:
    platform.clock.now = NIGHT
    visitor = platform.open()
    assert visitor.opened["callbacks"] == {"available": False}
    assert visitor.opened["office"]["opens_at"] == "2026-11-24T09:00:00+03:00"
    refused = visitor.call("POST", "/callbacks", json=CALLBACK)
    assert code(refused) == (409, "office_closed")
    assert refused.json()["error"]["message"] == "Закрыто."
    settings = owner(callbacks_outside_hours=True).model_dump_json().encode()
    platform.documents.put("tester", DocumentKind.SETTINGS, settings, "v2")
    assert visitor.call("POST", "/callbacks", json=CALLBACK).status_code == 201


@pytest.mark.parametrize("phone", ["", "12345", "позвоните мне", "+7 900 123-45-67 доб. 2", "1" * 31, "+"])
def test_wrong_phones(visitor: Visitor, phone: str) -> None:
    answer = visitor.call("POST", "/callbacks", json=CALLBACK | {"phone": phone})
    assert code(answer) == (422, "invalid_input")
    assert set(fields(answer)) == {"phone"}


def test_what_an_assistant_cannot_do_is_not_found() -> None:
    platform = FakePlatform(spec(capabilities={Capability.INVENTORY}))
    visitor = platform.open()
    assert code(visitor.call("POST", "/callbacks", json=CALLBACK)) == (404, "not_found")
    assert code(visitor.call("POST", "/rating", json={"csat": 5})) == (404, "not_found")
    assert visitor.opened["callbacks"] == {"available": False}
