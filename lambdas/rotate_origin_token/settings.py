"""What the rotation is told by its environment. Refuses defaults for what infra must decide."""

from __future__ import annotations

from pydantic import Field

from lambdas.adapters.function_settings import FunctionSettings


class Settings(FunctionSettings):
    distribution_id: str = Field(alias="DISTRIBUTION_ID", min_length=1)
    api_health_url: str = Field(alias="API_HEALTH_URL", pattern="^https://")
