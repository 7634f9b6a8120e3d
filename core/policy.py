"""A policy of forbidden topics as its owner writes it (`topics.toml`):

    [[topics]]
    id = "weapons"                       # latin, unique
    title = "Оружие"                     # optional, for people
    phrases = ["купить оружие", "бомба"] # any inflection of every word, in this order, whole words only
    reply = "Об этом я не говорю."       # what the visitor reads instead of an answer
    exceptions = ["бомба для ванны"]     # optional: an exception that shares a word with a hit undoes it
    gap = 2                              # optional: words that may stand between two words of a phrase
    enabled = true                       # optional
    samples = [{ text = "Где купить бомбу?", allowed = false }]   # optional: the policy's own regression

Knows the schema and says in the owner's terms what is wrong. Refuses to know how phrases are found
(`core.topics`) and where a policy is kept (`lambdas/adapters`).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from core.errors import PolicyBroken
from core.russian import words

POLICY_SCHEMA = "policy/1"


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Sample(_Strict):
    """A text and what the policy must say about it."""

    text: str
    allowed: bool


class Topic(_Strict):
    """One forbidden topic. `gap` counts the words that may stand between neighbouring words of a phrase."""

    id: str = Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$")
    title: str = ""
    phrases: tuple[str, ...] = Field(min_length=1)
    reply: str = Field(min_length=1)
    exceptions: tuple[str, ...] = ()
    samples: tuple[Sample, ...] = ()
    gap: int = Field(default=2, ge=0, le=10)
    enabled: bool = True

    @field_validator("phrases", "exceptions")
    @classmethod
    def _have_words(cls, phrases: tuple[str, ...]) -> tuple[str, ...]:
        for phrase in phrases:
            if not words(phrase):
                raise ValueError(f"phrase {phrase!r} has no word in it")
        return phrases


class Policy(_Strict):
    """All topics of one assistant, as the owner writes them."""

    topics: tuple[Topic, ...]

    @model_validator(mode="after")
    def _ids_differ(self) -> Policy:
        ids = [topic.id for topic in self.topics]
        if twice := {name for name in ids if ids.count(name) > 1}:
            raise ValueError(f"topic id used twice: {', '.join(sorted(twice))}")
        return self


def read_policy(data: Mapping[str, Any]) -> Policy:
    """Raises PolicyBroken that names the topic and the field."""
    try:
        return Policy.model_validate(data)
    except ValidationError as error:
        raise PolicyBroken("; ".join(_where(fault, data) for fault in error.errors())) from error


def policy_json(policy: Policy) -> bytes:
    """The published document."""
    return json.dumps(policy.model_dump(mode="json"), ensure_ascii=False, sort_keys=True).encode()


def _where(fault: Any, data: Any) -> str:
    """«topics[2] "weapons".phrases: ...»: the place in the owner's terms."""
    place, value = "", data
    for part in fault["loc"]:
        place += f"[{part}]" if isinstance(part, int) else (f".{part}" if place else str(part))
        try:
            value = value[part]
        except (KeyError, IndexError, TypeError):
            value = None
        if isinstance(part, int) and isinstance(value, Mapping) and isinstance(value.get("id"), str):
            place += f' "{value["id"]}"'
    return f"{place or 'policy'}: {fault['msg']}"
