"""Who may come in, with which token, and how often anybody may try."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.errors import SignInRefused
from lambdas.adapters.sign_in_tries import TRIES
from lambdas.owner.access import BELIEVED, REMEMBERED, KnownTokens
from tests.fakes.clock import FakeClock
from tests.fakes.owner_platform import EMAIL, PASSWORD, FakeOwners, OwnerPlatform

BEHIND = (
    ("GET", "/me"),
    ("POST", "/sign-out"),
    ("GET", "/tester/today"),
    ("GET", "/tester/dialogues"),
    ("GET", "/tester/dialogues.csv"),
    ("GET", "/tester/callbacks"),
    ("GET", "/tester/documents/policy"),
    ("PUT", "/tester/documents/policy"),
    ("POST", "/tester/documents/policy/rollback"),
    ("POST", "/tester/policy/test"),
    ("POST", "/tester/policy/replay"),
    ("GET", "/nobody/today"),
)


def sign_in(platform: OwnerPlatform, email: str = EMAIL, password: str = PASSWORD):
    return platform.call("POST", "/sign-in", json={"email": email, "password": password}, headers={})


def test_a_password_opens_the_page(platform: OwnerPlatform) -> None:
    platform.headers = {}
    answer = sign_in(platform)
    assert answer.status_code == 200
    assert set(answer.json()) == {"access_token", "expires_in", "refresh_token"}
    platform.headers = {"Authorization": f"Bearer {answer.json()['access_token']}"}
    me = platform.read("/me").json()
    assert me["email"] == EMAIL
    assert me["assistants"][0] == {"id": "tester", "name": "Тест", "time_zone": "Europe/Moscow"}


def test_a_wrong_password_and_an_unknown_address_are_the_same(platform: OwnerPlatform) -> None:
    wrong, unknown = sign_in(platform, password="guess"), sign_in(platform, email="no@example.ru")
    assert wrong.status_code == unknown.status_code == 401
    told = [answer.json()["error"] | {"request_id": ""} for answer in (wrong, unknown)]
    assert told[0] == told[1]
    assert told[0]["code"] == "sign_in_refused"


def test_guessing_is_limited_for_an_address_and_for_it_alone(platform: OwnerPlatform) -> None:
    for _ in range(TRIES):
        assert sign_in(platform, password="guess").status_code == 401
    refused = sign_in(platform)
    assert refused.status_code == 429
    assert refused.json()["error"]["code"] == "too_many_sign_ins"
    assert 0 < int(refused.headers["Retry-After"]) <= 900
    assert sign_in(platform, email=f" {EMAIL.upper()}").status_code == 429
    assert sign_in(platform, email="other@example.ru").status_code == 401
    platform.clock.advance(900)
    assert sign_in(platform).status_code == 200


def test_a_temporary_password_has_to_be_changed(platform: OwnerPlatform) -> None:
    platform.owners.temporary.add(EMAIL)
    challenge = sign_in(platform).json()
    assert challenge["challenge"] == "new_password"
    body = {"email": EMAIL, "session": challenge["session"], "new_password": "short"}
    weak = platform.call("POST", "/sign-in/new-password", json=body)
    assert (weak.status_code, weak.json()["error"]["fields"][0]["field"]) == (422, "new_password")
    forged = platform.call("POST", "/sign-in/new-password", json=body | {"session": "guess"})
    assert forged.status_code == 401
    done = platform.call("POST", "/sign-in/new-password", json=body | {"new_password": "New-Horse-77-Long"})
    assert done.status_code == 200
    assert sign_in(platform, password="New-Horse-77-Long").status_code == 200


@pytest.mark.parametrize(("method", "path"), BEHIND)
@pytest.mark.parametrize("token", ["", "Bearer nobodys", "Basic b3duZXI6cGFzcw==", "Bearer " + "x" * 9_000])
def test_nothing_is_shown_without_a_token_that_counts(platform, method, path, token) -> None:
    platform.headers = {"Authorization": token} if token else {}
    answer = platform.call(method, path, json={} if method in ("PUT", "POST") else None)
    assert answer.status_code == 401
    assert answer.json()["error"]["code"] == "sign_in_required"
    assert answer.headers["WWW-Authenticate"] == "Bearer"


def test_a_token_taken_back_counts_no_more(platform: OwnerPlatform) -> None:
    """At once where it was taken back; elsewhere within a minute."""
    elsewhere = KnownTokens(platform.owners, platform.clock)
    token = platform.headers["Authorization"].removeprefix("Bearer ")
    elsewhere.owner(token)
    assert platform.call("POST", "/sign-out").status_code == 204
    assert platform.read("/me").status_code == 401
    assert elsewhere.owner(token).email == EMAIL
    platform.clock.advance(BELIEVED.total_seconds())
    assert platform.owners.owner(token) is None
    with pytest.raises(Exception, match="sign_in_required"):
        elsewhere.owner(token)


def test_a_page_full_of_numbers_asks_once_whose_the_token_is(platform: OwnerPlatform) -> None:
    for _ in range(5):
        assert platform.read("/tester/today").status_code == 200
    assert platform.owners.asked == 1


def test_no_more_tokens_are_remembered_than_have_room() -> None:
    owners = FakeOwners(FakeClock())
    tokens = KnownTokens(owners, owners.clock)
    for _ in range(REMEMBERED + 10):
        tokens.owner(owners.given(EMAIL).access_token)
    assert len(tokens._known) == REMEMBERED


def test_a_refreshed_token_counts_and_a_guessed_one_does_not(platform: OwnerPlatform) -> None:
    fresh = platform.call("POST", "/refresh", json={"refresh_token": f"refresh-{EMAIL}"})
    assert fresh.status_code == 200
    guessed = platform.call("POST", "/refresh", json={"refresh_token": "guess"})
    assert (guessed.status_code, guessed.json()["error"]["code"]) == (401, "sign_in_required")


def test_when_accounts_do_not_answer_it_is_said(platform: OwnerPlatform) -> None:
    platform.owners.away = True
    assert sign_in(platform).status_code == 503
    platform.owners.away, platform.owners.slow_down = False, True
    assert sign_in(platform).status_code == 429


@settings(max_examples=30)
@given(secret=st.text("abcdefghijklmnopqrstuvwxyzABCDEF0123456789-!", min_size=14, max_size=40))
def test_neither_password_nor_token_is_in_any_log_line(secret: str) -> None:
    """Nor in what the caller is told, right or wrong."""
    owners = FakeOwners(FakeClock())
    app = _platform_of(owners)
    owners.passwords[EMAIL] = secret
    answers = [
        app.call("POST", "/sign-in", json={"email": EMAIL, "password": secret + "x"}),
        app.call("POST", "/sign-in", json={"email": secret * 9, "password": secret}),
        app.call("POST", "/sign-in", json={"email": EMAIL, "password": [secret]}),
        app.call("POST", "/refresh", json={"refresh_token": secret}),
        app.call("GET", "/me", headers={"Authorization": f"Bearer {secret}"}),
        app.call("POST", "/sign-in/new-password", json={"email": EMAIL, "session": secret, "x": secret}),
    ]
    assert all(400 <= answer.status_code < 500 for answer in answers)
    signed = app.call("POST", "/sign-in", json={"email": EMAIL, "password": secret})
    assert signed.status_code == 200
    lines = json.dumps(app.telemetry.lines, default=str)
    said = "".join(answer.text for answer in answers)
    for hidden in (secret, signed.json()["access_token"], signed.json()["refresh_token"]):
        assert hidden not in lines
        assert hidden not in said


class Unlimited:
    def count(self, email: str) -> None: ...


def _platform_of(owners: FakeOwners) -> OwnerPlatform:
    """Without any store."""
    from fastapi.testclient import TestClient

    from lambdas.owner.app import create_app
    from lambdas.owner.services import Services
    from tests.fakes.telemetry import FakeTelemetry

    platform = OwnerPlatform.__new__(OwnerPlatform)
    platform.telemetry, platform.headers = FakeTelemetry(), {}
    nothing = dict.fromkeys(
        ("documents", "dialogues", "metrics", "endpoint", "awake", "rates", "audit", "later", "embedder")
    )
    app = create_app(
        Services(
            specs={},
            owners=owners,
            tries=Unlimited(),
            telemetry=platform.telemetry,
            clock=owners.clock,
            **nothing,  # type: ignore[arg-type]
        )
    )
    platform.client = TestClient(app, raise_server_exceptions=False)
    return platform


def test_errors_carry_nothing_that_was_typed() -> None:
    assert str(SignInRefused("NotAuthorizedException")) == "NotAuthorizedException"
