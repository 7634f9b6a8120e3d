"""What the reconciler is told by its environment. Refuses defaults for what infra must decide."""

from __future__ import annotations

from pydantic import Field, Json

from lambdas.adapters.function_settings import FunctionSettings


class Settings(FunctionSettings):
    dialogues_table: str = Field(alias="DIALOGUES_TABLE", min_length=1)
    control_table: str = Field(alias="CONTROL_TABLE", min_length=1)
    published_bucket: str = Field(alias="PUBLISHED_BUCKET", min_length=1)
    queue_urls: Json[dict[str, str]] = Field(alias="QUEUE_URLS")
    dead_letter_queue_urls: Json[dict[str, str]] = Field(alias="DEAD_LETTER_QUEUE_URLS")
