"""What bodies have in common: how strict those that come in are, and the one shape of an error.

What comes in is strict: no unknown fields, no conversions, no NUL and no lone surrogates. Refuses to know any
route.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict
from pydantic_core import PydanticCustomError

# One address in ASCII, as SES takes it: no list, no name before it, no second line.
EMAIL = (
    r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
    r"@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z][A-Za-z0-9-]*[A-Za-z0-9]"
)


def _readable(text: str) -> str:
    if "\x00" in text or any("\ud800" <= char <= "\udfff" for char in text):
        raise PydanticCustomError("visitor", "Текст содержит недопустимые символы.")
    return text


def _told(text: str) -> str:
    if not any(char.isprintable() and not char.isspace() for char in text):
        raise PydanticCustomError("visitor", "Заполните это поле.")
    return text


Readable = Annotated[str, AfterValidator(_readable)]
Told = Annotated[str, AfterValidator(_readable), AfterValidator(_told)]


class StrictBody(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


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
