"""What the export is told by its environment. Refuses defaults for what infra must decide."""

from __future__ import annotations

from collections.abc import Mapping

from pydantic import BaseModel, ConfigDict, Field


class Settings(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")

    dialogues_table: str = Field(alias="DIALOGUES_TABLE", min_length=1)
    audit_table: str = Field(alias="AUDIT_TABLE", min_length=1)
    published_bucket: str = Field(alias="PUBLISHED_BUCKET", min_length=1)
    analytics_bucket: str = Field(alias="ANALYTICS_BUCKET", min_length=1)
    namespace: str = Field(alias="POWERTOOLS_METRICS_NAMESPACE", default="Attendant")
    service: str = Field(alias="POWERTOOLS_SERVICE_NAME", default="dialogue_export")
    log_level: str = Field(alias="LOG_LEVEL", default="INFO")

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> Settings:
        """Raises pydantic.ValidationError that names the variable."""
        return cls.model_validate(dict(environment))
