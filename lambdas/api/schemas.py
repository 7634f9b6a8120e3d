"""The API's bodies, in and out, as the OpenAPI document shows them.

What comes in is strict: no unknown fields, no conversions, no NUL and no lone surrogates. What goes out leaks
nothing of a stored item that is not named here.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field
from pydantic_core import PydanticCustomError

PHONE_DIGITS = (10, 15)
EMAIL_CHARACTERS = 254
# One address in ASCII, as SES takes it: no list, no name before it, no second line.
EMAIL = (
    r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
    r"@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z][A-Za-z0-9-]*[A-Za-z0-9]"
)
MESSAGE_ID = r"^[A-Za-z0-9_-]{1,64}$"


def _readable(text: str) -> str:
    if "\x00" in text or any("\ud800" <= char <= "\udfff" for char in text):
        raise PydanticCustomError("visitor", "Текст содержит недопустимые символы.")
    return text


def _told(text: str) -> str:
    if not any(char.isprintable() and not char.isspace() for char in text):
        raise PydanticCustomError("visitor", "Заполните это поле.")
    return text


def _phone(text: str) -> str:
    digits = sum(char.isdecimal() for char in text)
    if not re.fullmatch(r"\+?[0-9 ()-]+", text) or not PHONE_DIGITS[0] <= digits <= PHONE_DIGITS[1]:
        raise PydanticCustomError("visitor", "Укажите телефон цифрами, например +7 900 123-45-67.")
    return text


Readable = Annotated[str, AfterValidator(_readable)]
Told = Annotated[str, AfterValidator(_readable), AfterValidator(_told)]


class _In(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class ConsentIn(_In):
    """`storage` must be true, `training` is asked for apart from it; `text_version` is the one shown."""

    storage: bool
    training: bool = False
    text_version: Readable | None = Field(default=None, max_length=100)


class OpenSession(_In):
    consent: ConsentIn


class AskQuestion(_In):
    """`message_id` is the visitor's own name of the message: the same one again is the same message."""

    message_id: str = Field(pattern=MESSAGE_ID)
    text: Told = Field(
        description="1 to 2000 characters, unless the assistant has another limit", min_length=1
    )
    wait_seconds: float | None = Field(default=None, ge=0, le=25, allow_inf_nan=False)


class RateDialogue(_In):
    csat: int = Field(ge=1, le=10)
    nps: int | None = Field(default=None, ge=0, le=10)
    comment: Readable = Field(default="", max_length=2_000)


class RequestCallback(_In):
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


class BookTestDrive(_In):
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


class SendBrochure(_In):
    """`brochure` is the id of a fact of kind `brochure`; `email` is used for this letter alone."""

    brochure: Readable = Field(max_length=64)
    email: Annotated[Readable, AfterValidator(_email)]


class OfficeView(BaseModel):
    """`opens_at` is the next opening while closed, `closes_at` the closing while open."""

    open: bool
    opens_at: datetime | None
    closes_at: datetime | None
    time_zone: str
    hours: dict[str, tuple[str, str]]


class TermsView(BaseModel):
    version: str
    storage: str
    training: str


class CallbacksView(BaseModel):
    available: bool


class BrochuresView(BaseModel):
    by_email: bool = Field(description="whether sendBrochure is offered; links are in answers anyway")


class AssistantView(BaseModel):
    id: str
    name: str
    language: str
    greeting: str
    capabilities: list[str]
    retention: str
    terms: TermsView
    office: OfficeView


class AssistantsView(BaseModel):
    assistants: list[AssistantView]


class SessionView(BaseModel):
    """`token` is shown this once. Durations are ISO 8601."""

    session_id: str
    token: str
    assistant: str
    greeting: str
    retention: str
    idle_timeout: str
    office: OfficeView
    callbacks: CallbacksView
    brochures: BrochuresView
    terms: TermsView


class SourceView(BaseModel):
    kind: str
    id: str
    title: str


class FactView(BaseModel):
    kind: str
    id: str
    values: dict[str, Any]


class VersionsView(BaseModel):
    model: str | None
    prompt: str | None
    policy: str | None
    snapshot: str | None
    knowledge: str | None


class MessageView(BaseModel):
    """One question and its answer.

    `text` is what can be read from code point `after` on, `offset` is the next `after`. When `revision`
    changes, the text was begun anew: ask again with `after=0`. `notice` is what to tell the visitor beside
    the text: that the answer takes its time or, of a finished one, that the assistant rests or wakes up.
    """

    message_id: str
    state: str = Field(
        description="queued | answering | answered | refused | failed; the last three are final"
    )
    text: str
    offset: int
    revision: int
    notice: str | None
    offers: list[str] = Field(description="forms that fit the answer: callback, test_drive, brochure")
    sources: list[SourceView]
    facts: list[FactView]
    stock_as_of: datetime | None
    reason: str | None
    created_at: datetime
    finished_at: datetime | None
    elapsed_ms: int | None
    versions: VersionsView


class EndedView(BaseModel):
    ended_at: datetime


class RatedView(BaseModel):
    rated_at: datetime


class LetterView(BaseModel):
    letter_id: str
    state: str = Field(description="sent | sending (another request does it this moment)")
    message: str


class CallbackView(BaseModel):
    callback_id: str
    state: str
    message: str


class BreakerView(BaseModel):
    state: str
    since: datetime | None
    reason: str | None


class SnapshotView(BaseModel):
    version: str | None
    exported_at: datetime | None
    age_seconds: int | None
    fresh: bool


class AssistantHealthView(BaseModel):
    id: str
    snapshot: SnapshotView | None = Field(description="null for an assistant without a stock")


class CapacityView(BaseModel):
    status: str = Field(description="awake | warming | asleep | stopped")
    changed_at: datetime | None


class HealthView(BaseModel):
    state: str = Field(description="ok | degraded (a stock is too old) | warming | resting (the model)")
    breaker: BreakerView
    capacity: CapacityView
    assistants: list[AssistantHealthView]


class FieldErrorView(BaseModel):
    field: str
    message: str


class ErrorView(BaseModel):
    code: str
    message: str
    fields: list[FieldErrorView]
    request_id: str


class ErrorBody(BaseModel):
    error: ErrorView
