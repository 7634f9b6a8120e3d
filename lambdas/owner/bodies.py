"""The bodies that come in from the owner's page, as the OpenAPI document shows them.

How strict they are says `lambdas/http_boundary/bodies.py`. What a document may say is checked where it is
published (`publishing.py`). Refuses to know what is answered.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field

from lambdas.http_boundary.bodies import Readable, StrictBody

Email = Annotated[Readable, Field(min_length=3, max_length=254)]
Password = Annotated[Readable, Field(min_length=1, max_length=256)]
Token = Annotated[Readable, Field(min_length=1, max_length=8_192)]
Version = Annotated[Readable, Field(min_length=1, max_length=100)]


class SignIn(StrictBody):
    email: Email
    password: Password = Field(repr=False)


class NewPassword(StrictBody):
    """The answer to the challenge `new_password`."""

    email: Email
    session: Token = Field(repr=False)
    new_password: Password = Field(repr=False)


class Refresh(StrictBody):
    refresh_token: Token = Field(repr=False)


class PublishDocument(StrictBody):
    """`expected_version` is the version that the author saw; "seed" where nothing was published yet."""

    expected_version: Version
    value: dict[str, Any]


class RollBack(StrictBody):
    """`version` is published once more, over `expected_version`."""

    version: Version
    expected_version: Version


class TestPolicy(StrictBody):
    __test__ = False  # pytest would take the name for its own

    policy: dict[str, Any]
    text: Readable = Field(min_length=1, max_length=2_000)


class ReplayPolicy(StrictBody):
    policy: dict[str, Any]
    days: int = Field(default=30, ge=1, le=90)


CallbackStateName = Literal["waiting", "done", "no_answer"]


class ChangeCallback(StrictBody):
    """`expected_state` is the state that was seen: two people at one list do not undo each other."""

    state: CallbackStateName
    note: Readable = Field(default="", max_length=1_000)
    expected_state: CallbackStateName
