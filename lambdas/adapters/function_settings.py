"""What every function is told by its environment. Refuses defaults for what infra must decide.

A function adds its own variables in its `settings.py`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Self

from pydantic import BaseModel, ConfigDict, Field


class FunctionSettings(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")

    namespace: str = Field(alias="POWERTOOLS_METRICS_NAMESPACE", min_length=1)
    service: str = Field(alias="POWERTOOLS_SERVICE_NAME", min_length=1)
    log_level: str = Field(alias="LOG_LEVEL", default="INFO")

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> Self:
        """Raises pydantic.ValidationError that names the variable."""
        return cls.model_validate(dict(environment))
