"""What the export is told by its environment. Refuses defaults for what infra must decide."""

from __future__ import annotations

from pydantic import Field

from lambdas.adapters.function_settings import FunctionSettings


class Settings(FunctionSettings):
    dialogues_table: str = Field(alias="DIALOGUES_TABLE", min_length=1)
    audit_table: str = Field(alias="AUDIT_TABLE", min_length=1)
    published_bucket: str = Field(alias="PUBLISHED_BUCKET", min_length=1)
    analytics_bucket: str = Field(alias="ANALYTICS_BUCKET", min_length=1)
