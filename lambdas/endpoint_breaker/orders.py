"""What the function can be asked for: alarm notifications, the minute, operators' commands, restart's steps.

Knows the shapes and refuses every other. Refuses to know what is done about them.
"""

from __future__ import annotations

import json
from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, TypeAdapter

Actor = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=120)]
Reason = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=500)]


class _Order(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Tick(_Order):
    command: Literal["tick"]


class Wake(_Order):
    """From the API, when somebody opens the widget of a sleeping endpoint."""

    command: Literal["wake"]
    actor: Actor = "visitor"


class Stop(_Order):
    command: Literal["stop"]
    actor: Actor
    reason: Reason


class RestartOrder(_Order):
    command: Literal["restart"]
    actor: Actor


class Status(_Order):
    """Without an actor nobody looks but a command that waits for something: nothing to be recorded."""

    command: Literal["status"]
    actor: Actor | None = None


class History(_Order):
    command: Literal["history"]
    actor: Actor
    limit: int = Field(default=20, ge=1, le=200)


Command = Tick | Wake | Stop | RestartOrder | Status | History


class Step(_Order):
    """Of the state machine. `told` is what the step before it said."""

    step: Literal[
        "raise_capacity", "check_health", "golden_questions", "half_open", "watch", "close", "give_up"
    ]
    restart: str = Field(min_length=1)
    told: dict[str, Any] = Field(default_factory=dict)


class AlarmNotice(BaseModel):
    """What CloudWatch says in SNS when an alarm changes its state."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    name: str = Field(alias="AlarmName")
    state: str = Field(alias="NewStateValue")
    figures: str = Field(alias="NewStateReason", default="")
    changed_at: datetime = Field(alias="StateChangeTime")


_commands: TypeAdapter[Command] = TypeAdapter(Annotated[Command, Field(discriminator="command")])


def read(event: dict[str, Any]) -> tuple[AlarmNotice, ...] | Command | Step:
    """Raises pydantic.ValidationError or KeyError for an event that is none of these."""
    if "Records" in event:
        return tuple(
            AlarmNotice.model_validate(json.loads(record["Sns"]["Message"])) for record in event["Records"]
        )
    if "step" in event:
        return Step.model_validate(event)
    return _commands.validate_python(event)
