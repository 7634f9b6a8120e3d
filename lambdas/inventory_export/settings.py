"""What the inventory export is told by its environment.

Refuses to know the database's URL: that stays in Secrets Manager and is fetched on every run, so that a
changed password needs no deploy.
"""

from __future__ import annotations

from pydantic import Field, Json

from lambdas.adapters.function_settings import FunctionSettings


class Settings(FunctionSettings):
    """`source_secrets` maps an assistant's id to the ARN of the secret that holds its source's URL."""

    published_bucket: str = Field(alias="PUBLISHED_BUCKET", min_length=1)
    source_secrets: Json[dict[str, str]] = Field(alias="SOURCE_SECRETS")
