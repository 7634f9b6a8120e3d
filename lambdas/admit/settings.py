"""What the authorizer is told by its environment. Refuses defaults for what infra must decide."""

from __future__ import annotations

from pydantic import Field

from lambdas.adapters.function_settings import FunctionSettings


class Settings(FunctionSettings):
    origin_token_secret: str = Field(alias="ORIGIN_TOKEN_SECRET", min_length=1)
