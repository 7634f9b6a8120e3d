"""Whose a token is: Cognito is asked only about tokens that say that they are of this pool and client."""

from __future__ import annotations

from typing import Any

import pytest
from botocore.exceptions import ClientError, EndpointConnectionError
from hypothesis import given
from hypothesis import strategies as st

from core.errors import InvalidInput, SignInRefused, StoreAway, TooManySignIns
from lambdas.adapters.owner_pool import OwnerPool, PasswordExpected
from tests.fakes.clock import NOON, FakeClock
from tests.fakes.owner_platform import token_claiming

POOL, CLIENT = "eu-central-1_OURS", "our-client"
ISSUER = f"https://cognito-idp.eu-central-1.amazonaws.com/{POOL}"
OURS = {"iss": ISSUER, "client_id": CLIENT, "token_use": "access", "exp": int(NOON.timestamp()) + 60}


class FakeCognito:
    """Vouches for whatever it is shown, as it would for any pool of the region."""

    def __init__(self) -> None:
        self.shown: list[str] = []
        self.error: Exception | None = None
        self.answer: dict[str, Any] = {}

    def get_user(self, *, AccessToken: str) -> dict[str, Any]:  # noqa: N803 - Cognito's name
        self.shown.append(AccessToken)
        self._fail()
        return {"Username": "u", "UserAttributes": [{"Name": "email", "Value": "owner@example.ru"}]}

    def initiate_auth(self, **_: Any) -> dict[str, Any]:
        self._fail()
        return self.answer

    respond_to_auth_challenge = initiate_auth

    def _fail(self) -> None:
        if self.error is not None:
            raise self.error


def refusal(code: str) -> ClientError:
    return ClientError({"Error": {"Code": code, "Message": "what was typed"}}, "GetUser")


@pytest.fixture
def cognito() -> FakeCognito:
    return FakeCognito()


@pytest.fixture
def pool(cognito: FakeCognito) -> OwnerPool:
    return OwnerPool(cognito, pool_id=POOL, client_id=CLIENT, clock=FakeClock())


def test_a_token_of_ours_is_believed_when_cognito_vouches_for_it(pool, cognito) -> None:
    owner = pool.owner(token_claiming(**OURS))
    assert (owner.email, owner.until.timestamp()) == ("owner@example.ru", OURS["exp"])
    cognito.error = refusal("NotAuthorizedException")
    assert pool.owner(token_claiming(**OURS)) is None


@pytest.mark.parametrize(
    "other",
    [
        {"iss": ISSUER.replace("OURS", "THEIRS")},
        {"iss": POOL + "x"},
        {"client_id": "their-client"},
        {"token_use": "id"},
        {"exp": int(NOON.timestamp())},
        {"exp": "tomorrow"},
        {"exp": 10**30},
        {"exp": None},
    ],
)
def test_another_pools_or_an_old_token_is_not_even_shown(pool, cognito, other) -> None:
    assert pool.owner(token_claiming(**OURS | other)) is None
    assert cognito.shown == []


@given(st.text() | st.builds(".".join, st.lists(st.text(), min_size=3, max_size=3)))
def test_what_is_no_token_is_nobodys(text: str) -> None:
    cognito = FakeCognito()
    assert OwnerPool(cognito, pool_id=POOL, client_id=CLIENT, clock=FakeClock()).owner(text) is None
    assert cognito.shown == []


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("NotAuthorizedException", SignInRefused),
        ("UserNotFoundException", SignInRefused),
        ("InvalidParameterException", SignInRefused),
        ("TooManyRequestsException", TooManySignIns),
        ("InvalidPasswordException", InvalidInput),
        ("InternalErrorException", StoreAway),
    ],
)
def test_refusals_are_told_apart_and_repeat_nothing(pool, cognito, code, kind) -> None:
    cognito.error = refusal(code)
    with pytest.raises(kind) as raised:
        pool.sign_in("owner@example.ru", "secret")
    assert "typed" not in str(raised.value)
    assert raised.value.__cause__ is None


def test_a_lost_connection_is_an_absence(pool, cognito) -> None:
    cognito.error = EndpointConnectionError(endpoint_url="https://cognito")
    with pytest.raises(StoreAway):
        pool.owner(token_claiming(**OURS))


def test_challenges_that_nobody_here_can_answer_are_refused(pool, cognito) -> None:
    cognito.answer = {"ChallengeName": "NEW_PASSWORD_REQUIRED", "Session": "s"}
    assert pool.sign_in("owner@example.ru", "secret") == PasswordExpected("s")
    cognito.answer = {"ChallengeName": "SOFTWARE_TOKEN_MFA", "Session": "s"}
    with pytest.raises(SignInRefused):
        pool.sign_in("owner@example.ru", "secret")
