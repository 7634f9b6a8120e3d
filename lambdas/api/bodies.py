"""The API's bodies that come in, as the OpenAPI document shows them.

How strict they are says `lambdas/http_boundary/bodies.py`. Refuses to know what is answered.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Field
from pydantic_core import PydanticCustomError

from core.dialogue import Thumb
from core.visits import STEPS_SECONDS
from lambdas.http_boundary.bodies import EMAIL, Readable, StrictBody, Told

PHONE_DIGITS = (10, 15)
EMAIL_CHARACTERS = 254
MESSAGE_ID = r"^[A-Za-z0-9_-]{1,64}$"


def _phone(text: str) -> str:
    digits = sum(char.isdecimal() for char in text)
    if not re.fullmatch(r"\+?[0-9 ()-]+", text) or not PHONE_DIGITS[0] <= digits <= PHONE_DIGITS[1]:
        raise PydanticCustomError("visitor", "Укажите телефон цифрами, например +7 900 123-45-67.")
    return text


Campaign = Annotated[str | None, Field(pattern=r"^[A-Za-z0-9_-]{1,64}$")]


class ConsentIn(StrictBody):
    """`storage` must be true, `training` is asked for apart from it; `text_version` is the one shown."""

    storage: bool
    training: bool = False
    text_version: Readable | None = Field(default=None, max_length=100)


class OpenSession(StrictBody):
    """`campaign` is that of the link which led the visitor here."""

    consent: ConsentIn
    campaign: Campaign = None


class CountVisit(StrictBody):
    """How long a page of the salon's was looked at, told when it is left."""

    seconds: int = Field(ge=0, le=STEPS_SECONDS[-1])
    used_assistant: bool
    campaign: Campaign = None


class AskQuestion(StrictBody):
    """`message_id` is the visitor's own name of the message: the same one again is the same message."""

    message_id: str = Field(pattern=MESSAGE_ID)
    text: Told = Field(
        description="1 to 2000 characters, unless the assistant has another limit", min_length=1
    )
    wait_seconds: float | None = Field(default=None, ge=0, le=25, allow_inf_nan=False)


class RateDialogue(StrictBody):
    csat: int = Field(ge=1, le=10)
    nps: int | None = Field(default=None, ge=0, le=10)
    comment: Readable = Field(default="", max_length=2_000)


def _thumb(thumb: Any) -> Any:
    """Strictness is for Python's types; a thumb in JSON is a text."""
    if isinstance(thumb, str) and thumb in set(Thumb):
        return Thumb(thumb)
    raise PydanticCustomError("visitor", "Здесь нужно up или down.")


class RateAnswer(StrictBody):
    thumb: Annotated[Thumb, BeforeValidator(_thumb)]
    reason: Readable = Field(default="", max_length=1_000)


class RequestCallback(StrictBody):
    name: Told = Field(max_length=100)
    phone: Annotated[Told, AfterValidator(_phone)] = Field(max_length=30)
    convenient_time: Readable = Field(default="", max_length=200)
    comment: Readable = Field(default="", max_length=1_000)


def _day(day: Any) -> Any:
    """Strictness is for Python's types; a date in JSON is a text."""
    try:
        return date.fromisoformat(day) if isinstance(day, str) and len(day) == 10 else _no_day(day)
    except ValueError:
        return _no_day(day)


def _no_day(_: Any) -> Any:
    raise PydanticCustomError("visitor", "Укажите день, например 2026-11-30.")


class BookTestDrive(StrictBody):
    """`booking_id` is the visitor's own name of the booking: the same one again is the same booking. `car` is
    a VIN or a model in stock; day and time are the salon's.
    """

    booking_id: str = Field(pattern=MESSAGE_ID)
    name: Told = Field(max_length=100)
    phone: Annotated[Told, AfterValidator(_phone)] = Field(max_length=30)
    car: Told = Field(max_length=100)
    day: Annotated[date, BeforeValidator(_day)]
    time: Readable = Field(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$", description="HH:MM")
    comment: Readable = Field(default="", max_length=1_000)


def _email(text: str) -> str:
    if len(text) > EMAIL_CHARACTERS or not re.fullmatch(EMAIL, text):
        raise PydanticCustomError("visitor", "Укажите адрес почты, например name@example.ru.")
    return text


class SendBrochure(StrictBody):
    """`brochure` is the id of a fact of kind `brochure`; `email` is used for this letter alone."""

    brochure: Readable = Field(max_length=64)
    email: Annotated[Readable, AfterValidator(_email)]
