"""What the API function is told by its environment. Refuses defaults for what infra must decide."""

from __future__ import annotations

from pydantic import Field, Json

from lambdas.adapters.function_settings import FunctionSettings


class Settings(FunctionSettings):
    dialogues_table: str = Field(alias="DIALOGUES_TABLE", min_length=1)
    control_table: str = Field(alias="CONTROL_TABLE", min_length=1)
    audit_table: str = Field(alias="AUDIT_TABLE", min_length=1)
    published_bucket: str = Field(alias="PUBLISHED_BUCKET", min_length=1)
    queue_urls: Json[dict[str, str]] = Field(alias="QUEUE_URLS")
    waiting_limit: int = Field(alias="WAITING_LIMIT", ge=0)
    backlog_limit: int = Field(alias="BACKLOG_LIMIT", ge=1)
    answer_deadline_seconds: float = Field(alias="ANSWER_DEADLINE_SECONDS", gt=1)
    site_origins: Json[tuple[str, ...]] = Field(alias="SITE_ORIGINS", default=())
    site_url: str = Field(alias="SITE_URL", default="")
    verified_sender: str = Field(alias="VERIFIED_SENDER", default="")
    breaker_function: str = Field(alias="BREAKER_FUNCTION", default="")
