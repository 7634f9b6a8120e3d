"""The settings of the inventory export, read once from the environment.

Knows the names of the variables. Refuses to know the database's URL: that stays in Secrets Manager and is
fetched on every run, so that a changed password needs no deploy.
"""

from __future__ import annotations

import json
from collections.abc import Mapping

from pydantic import BaseModel, ConfigDict, Field


class Settings(BaseModel):
    """`source_secrets` maps an assistant's id to the ARN of the secret that holds its source's URL."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    published_bucket: str = Field(min_length=1)
    source_secrets: dict[str, str]
    metrics_namespace: str = "Attendant"
    service: str = "inventory_export"
    log_level: str = "INFO"
    connect_timeout_seconds: int = Field(default=10, ge=1)
    statement_timeout_seconds: int = Field(default=120, ge=1)

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> Settings:
        """Raises pydantic.ValidationError or ValueError when a variable is missing or damaged."""
        return cls(
            published_bucket=environment.get("PUBLISHED_BUCKET", ""),
            source_secrets=json.loads(environment.get("SOURCE_SECRETS", "{}")),
            metrics_namespace=environment.get("POWERTOOLS_METRICS_NAMESPACE", "Attendant"),
            service=environment.get("POWERTOOLS_SERVICE_NAME", "inventory_export"),
            log_level=environment.get("LOG_LEVEL", "INFO"),
        )
