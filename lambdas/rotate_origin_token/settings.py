"""What the rotation is told by its environment. Refuses defaults for what infra must decide."""

from __future__ import annotations

from collections.abc import Mapping

from pydantic import BaseModel, ConfigDict, Field


class Settings(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")

    distribution_id: str = Field(alias="DISTRIBUTION_ID", min_length=1)
    api_health_url: str = Field(alias="API_HEALTH_URL", pattern="^https://")
    namespace: str = Field(alias="POWERTOOLS_METRICS_NAMESPACE", default="Attendant")
    service: str = Field(alias="POWERTOOLS_SERVICE_NAME", default="rotate_origin_token")
    log_level: str = Field(alias="LOG_LEVEL", default="INFO")

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> Settings:
        """Raises pydantic.ValidationError that names the variable."""
        return cls.model_validate(dict(environment))
