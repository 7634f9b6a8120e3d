"""What an assistant is: `assistant.toml` read into types, and the settings that its owner may change later.

Knows the schema of the manifest and of the owner's settings. Refuses to know where either is stored, and any
assistant by name. Durations are ISO 8601 ("P90D"), times of day are local to `time_zone`.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Literal, Self
from zoneinfo import ZoneInfo

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    PlainSerializer,
    ValidationError,
    model_validator,
)

from core.errors import ManifestError

ASSISTANTS_FOLDER = Path(__file__).resolve().parent.parent / "assistants"
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


class Capability(StrEnum):
    """What an assistant may ask of the platform. Infra builds only what is asked for."""

    INVENTORY = "inventory"
    CALLBACKS = "callbacks"
    RATINGS = "ratings"
    TEST_DRIVES = "test_drives"


def _known_zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError) as error:
        raise ValueError(f"unknown time zone {name!r}") from error
    return name


def _positive(duration: timedelta) -> timedelta:
    if duration <= timedelta(0):
        raise ValueError("must be longer than nothing")
    return duration


def iso_duration(duration: timedelta) -> str:
    """ISO 8601 text of a duration, days first: 90 days is "P90D", 90 seconds "PT1M30S"."""
    seconds = int(duration.total_seconds())
    days, rest = divmod(seconds, 86_400)
    hours, rest = divmod(rest, 3_600)
    minutes, seconds = divmod(rest, 60)
    clock = "".join(f"{n}{unit}" for n, unit in ((hours, "H"), (minutes, "M"), (seconds, "S")) if n)
    return "P" + (f"{days}D" if days else "") + (f"T{clock}" if clock else "") if days or clock else "PT0S"


TimeZone = Annotated[str, AfterValidator(_known_zone)]
Duration = Annotated[
    timedelta, AfterValidator(_positive), PlainSerializer(iso_duration, return_type=str, when_used="json")
]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Hours(_Strict):
    """When people sit in the office: opening and closing by weekday, and days that differ from their weekday.

    A weekday that is not named is a day off. `holidays` close the whole day.
    """

    time_zone: TimeZone
    week: dict[Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"], tuple[time, time]]
    holidays: tuple[date, ...] = ()

    def today(self, now: datetime) -> tuple[datetime, datetime] | None:
        """Opening and closing of the local day of `now` (aware), or None on a day off."""
        local = now.astimezone(ZoneInfo(self.time_zone))
        span = self.week.get(WEEKDAYS[local.weekday()])  # type: ignore[call-overload]
        if span is None or local.date() in self.holidays:
            return None
        opens, closes = (datetime.combine(local.date(), moment, local.tzinfo) for moment in span)
        return opens, closes

    def is_open(self, now: datetime) -> bool:
        span = self.today(now)
        return span is not None and span[0] <= now < span[1]

    def next_opening(self, now: datetime) -> datetime | None:
        """The next opening strictly after `now`, within two weeks, or None."""
        for days in range(15):
            span = self.today(now + timedelta(days=days))
            if span is not None and span[0] > now:
                return span[0]
        return None


class Terms(_Strict):
    """What the visitor agrees to. The version is kept with every consent.

    `link` leads to the whole text: an https address, or a path on the platform's own site.
    """

    version: str = Field(min_length=1)
    storage: str = Field(min_length=1)
    training: str = Field(min_length=1)
    link: str | None = Field(default=None, max_length=500, pattern=r"^(https://[^/\\\s]|/[^/\\\s])[^\\\s]*$")


class Texts(_Strict):
    """Every sentence that the platform itself says to a visitor in the assistant's name."""

    greeting: str
    waiting: str = "Ваш запрос обрабатывается, ожидайте ответа"
    warming: str = (
        "Помощник просыпается, это займёт несколько минут. Пока он отвечает по готовым справкам, а остальные"
        " вопросы сохраняет и ответит на них, как только проснётся."
    )
    off_topic: str
    no_fact: str
    apology: str
    resting: str
    stopped: str = "Ответ остановлен. Вопрос можно задать снова."
    callback_accepted: str
    test_drive_accepted: str = (
        "Спасибо! Заявка на тест-драйв принята, менеджер перезвонит и подтвердит время."
    )
    brochure_sent: str = "Отправили ссылку на брошюру на указанный адрес."
    office_closed: str


class CreditTerms(_Strict):
    """What the owner lets a loan be calculated with: the rate of a year, the shortest and the longest term in
    months, the least first payment. It is an example, and a bank decides in the end.
    """

    annual_percent: Decimal = Field(ge=0, le=100)
    months: tuple[int, int] = (1, 120)
    least_first_percent: Decimal = Field(default=Decimal(0), ge=0, lt=100)

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if not 1 <= self.months[0] <= self.months[1]:
            raise ValueError("months: the shortest term comes first")
        return self


class OwnerSettings(_Strict):
    """What the owner may change at any time: seeded once from `[owner]`, a published document afterwards.

    `nps_share` is the share of dialogues that are asked whether they would recommend the salon.
    """

    retention: Duration = timedelta(days=90)
    idle_timeout: Duration = timedelta(minutes=30)
    callbacks_outside_hours: bool = False
    nps_share: float = Field(default=0.3, ge=0, le=1)
    hours: Hours
    terms: Terms
    texts: Texts
    credit: CreditTerms | None = None


class Inventory(_Strict):
    """Where the stock comes from and how old it may be before nobody calls it current."""

    view: str = "available_product"
    options_view: str = "trim_option"
    schedule_minutes: int = Field(default=15, ge=1)
    max_age: Duration = timedelta(hours=24)
    shrink_limit: float = Field(default=0.2, gt=0, le=1)


class Limits(_Strict):
    """Bounds of one dialogue; characters are Unicode code points, tokens are the model's."""

    message_characters: int = Field(default=2_000, ge=1)
    messages_per_minute: int = Field(default=20, ge=1)
    context_tokens: int = Field(default=2_048, ge=256)
    recent_turns: int = Field(default=3, ge=0)


class Generation(_Strict):
    """How the model is asked to phrase.

    A visitor who has waited `patience_seconds` since asking gets the facts in their own words instead.
    `adapter` is a LoRA adapter of the stage's own model; a stage without one asks the model that it is given.
    """

    max_tokens: int = Field(default=120, ge=1)
    temperature: float = Field(default=0.0, ge=0, le=2)
    patience_seconds: float = Field(default=8.0, gt=0)
    adapter: str | None = Field(default=None, pattern=r"^[a-z0-9][a-z0-9._-]{0,60}$")


class AssistantSpec(_Strict):
    """One assistant as its folder describes it.

    `flow` names the module whose `build(resources)` makes the flow, so that a second salon is a folder of
    data which points at the code of the first.
    """

    id: str = Field(pattern=r"^[a-z][a-z0-9_]{1,30}$")
    name: str
    language: str = "ru"
    flow: str = Field(pattern=r"^assistants(\.[a-z0-9_]+)+$")
    capabilities: frozenset[Capability] = frozenset()
    limits: Limits = Limits()
    generation: Generation = Generation()
    inventory: Inventory | None = None
    owner: OwnerSettings
    folder: Path = Field(exclude=True)

    @property
    def title(self) -> str:
        """PascalCase of the id, for names of resources and outputs."""
        return "".join(part.capitalize() for part in self.id.split("_"))

    def takes_callbacks(self, settings: OwnerSettings, now: datetime) -> bool:
        return Capability.CALLBACKS in self.capabilities and (
            settings.callbacks_outside_hours or settings.hours.is_open(now)
        )

    def takes_test_drives(self, settings: OwnerSettings, now: datetime) -> bool:
        """A test drive is agreed on by telephone, so it is asked for when a callback may be."""
        return Capability.TEST_DRIVES in self.capabilities and self.takes_callbacks(settings, now)


def read_spec(folder: Path) -> AssistantSpec:
    """Reads `folder/assistant.toml`. Raises ManifestError that names the file and the field."""
    path = folder / "assistant.toml"
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
        spec = AssistantSpec.model_validate({**data, "folder": folder})
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, ValidationError) as error:
        raise ManifestError(f"{path}: {error}") from error
    if spec.id != folder.name:
        raise ManifestError(f"{path}: id {spec.id!r} differs from the folder's name {folder.name!r}")
    if (Capability.INVENTORY in spec.capabilities) != (spec.inventory is not None):
        raise ManifestError(f"{path}: the capability `inventory` and the table [inventory] go together")
    return spec


def all_specs(folder: Path = ASSISTANTS_FOLDER) -> Iterator[AssistantSpec]:
    """Every assistant that has a folder with a manifest, by name."""
    for path in sorted(folder.glob("*/assistant.toml")):
        yield read_spec(path.parent)
