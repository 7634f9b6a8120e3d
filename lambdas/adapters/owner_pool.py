"""Owners' accounts in Cognito: signing in, and whose a token is.

Knows which of Cognito's refusals is a wrong password and which is none of the owner's doing. Cognito judges
the token of any pool of the region, so a token is asked about only when it says that it is of this pool and
of this client; what it says is believed only after that. Refuses to keep a token or a password, and to know
what an owner may do.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError

from core.errors import FieldError, InvalidInput, SignInRefused, StoreAway, TooManySignIns
from lambdas.adapters.clock import Clock, from_seconds, utc_now

NEW_PASSWORD_REQUIRED = "NEW_PASSWORD_REQUIRED"  # noqa: S105 - the challenge's name
PASSWORD_RULE = "Не короче 14 знаков: большие и маленькие латинские буквы, цифры и знак вроде «-» или «!»."  # noqa: S105
WRONG = frozenset(
    {
        "NotAuthorizedException",
        "UserNotFoundException",
        "UserNotConfirmedException",
        "PasswordResetRequiredException",
        "CodeMismatchException",
        "ExpiredCodeException",
        "InvalidParameterException",
        "ForbiddenException",
    }
)
TOO_MANY = frozenset({"TooManyRequestsException", "LimitExceededException", "TooManyFailedAttemptsException"})
RETRY_AFTER_SECONDS = 60


@dataclass(frozen=True)
class SignedIn:
    access_token: str = field(repr=False)
    refresh_token: str = field(repr=False)
    expires_in: int


@dataclass(frozen=True)
class PasswordExpected:
    """The password was a temporary one: `session` is for setting another."""

    session: str = field(repr=False)


@dataclass(frozen=True)
class Owner:
    """`until` is when the token that told it runs out."""

    email: str
    until: datetime


class OwnerPool:
    """Every method raises StoreAway; those that sign in raise SignInRefused, TooManySignIns."""

    def __init__(self, cognito: Any, *, pool_id: str, client_id: str, clock: Clock = utc_now) -> None:
        self._cognito = cognito
        self._pool_id = pool_id
        self._client_id = client_id
        self._clock = clock

    def sign_in(self, email: str, password: str) -> SignedIn | PasswordExpected:
        with _told_apart():
            answer = self._cognito.initiate_auth(
                AuthFlow="USER_PASSWORD_AUTH",
                ClientId=self._client_id,
                AuthParameters={"USERNAME": email, "PASSWORD": password},
            )
        if answer.get("ChallengeName") == NEW_PASSWORD_REQUIRED:
            return PasswordExpected(answer["Session"])
        return _signed_in(answer)

    def new_password(self, email: str, session: str, password: str) -> SignedIn:
        """Raises InvalidInput for `new_password` too."""
        with _told_apart():
            answer = self._cognito.respond_to_auth_challenge(
                ClientId=self._client_id,
                ChallengeName=NEW_PASSWORD_REQUIRED,
                Session=session,
                ChallengeResponses={"USERNAME": email, "NEW_PASSWORD": password},
            )
        return _signed_in(answer)

    def refresh(self, refresh_token: str) -> SignedIn:
        with _told_apart():
            answer = self._cognito.initiate_auth(
                AuthFlow="REFRESH_TOKEN_AUTH",
                ClientId=self._client_id,
                AuthParameters={"REFRESH_TOKEN": refresh_token},
            )
        return _signed_in(answer, refresh_token)

    def sign_out(self, access_token: str) -> None:
        """Every token of this owner's, wherever they are signed in."""
        with _told_apart():
            self._cognito.global_sign_out(AccessToken=access_token)

    def owner(self, access_token: str) -> Owner | None:
        """None for a token that is not of this pool and client, ran out, or was taken back."""
        until = self._runs_out(access_token)
        if until is None:
            return None
        try:
            with _told_apart():
                answer = self._cognito.get_user(AccessToken=access_token)
        except SignInRefused:
            return None
        known = {each["Name"]: each["Value"] for each in answer["UserAttributes"]}
        return Owner(known.get("email", answer["Username"]), until)

    def _runs_out(self, token: str) -> datetime | None:
        """When, by its own word; None where it does not even claim to be one of ours."""
        claims = _claims(token)
        said = (
            str(claims.get("iss", "")).rpartition("/")[2],
            claims.get("client_id"),
            claims.get("token_use"),
        )
        seconds = claims.get("exp")
        if said != (self._pool_id, self._client_id, "access") or not isinstance(seconds, int):
            return None
        try:
            until = from_seconds(seconds)
        except (ValueError, OverflowError, OSError):
            return None
        return until if until > self._clock() else None


def _claims(token: str) -> dict[str, Any]:
    """What a token says, true or not; {} for what is no token."""
    parts = token.split(".")
    if len(parts) != 3 or not token.isascii():
        return {}
    try:
        said = json.loads(base64.urlsafe_b64decode(parts[1] + "=" * (-len(parts[1]) % 4)))
    except (ValueError, RecursionError):
        return {}
    return said if isinstance(said, dict) else {}


def _signed_in(answer: dict[str, Any], refresh_token: str = "") -> SignedIn:
    """Raises SignInRefused for a challenge that nobody here can answer."""
    result = answer.get("AuthenticationResult")
    if result is None:
        raise SignInRefused
    return SignedIn(
        result["AccessToken"], result.get("RefreshToken", refresh_token), int(result["ExpiresIn"])
    )


@contextmanager
def _told_apart() -> Iterator[None]:
    """Nothing of Cognito's message goes on: it may repeat what was typed."""
    try:
        yield
    except ClientError as error:
        code = str(error.response.get("Error", {}).get("Code", "unknown"))
        if code in WRONG:
            raise SignInRefused(code) from None
        if code in TOO_MANY:
            raise TooManySignIns(code, retry_after_seconds=RETRY_AFTER_SECONDS) from None
        if code == "InvalidPasswordException":
            raise InvalidInput(code, fields=(FieldError("new_password", PASSWORD_RULE),)) from None
        raise StoreAway(code) from None
    except BotoCoreError as error:
        raise StoreAway(type(error).__name__) from None
