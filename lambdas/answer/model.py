"""Which model is asked: the one that the settings name. The only place that knows both kinds."""

from __future__ import annotations

from core.model import ModelClient
from lambdas.adapters.clients import aws_client
from lambdas.adapters.model_endpoint import HttpModel
from lambdas.adapters.model_token import ModelToken
from lambdas.adapters.sagemaker_model import SageMakerModel
from lambdas.answer.settings import ModelKind, Settings

SILENCE_SECONDS = 20.0
"""How long the endpoint may say nothing; its first words take the longest."""


def model_client(settings: Settings) -> ModelClient:
    if settings.model_kind is ModelKind.SAGEMAKER:
        runtime = aws_client("sagemaker-runtime", read_seconds=SILENCE_SECONDS, attempts=1)
        return SageMakerModel(
            runtime, settings.model_endpoint_name, settings.model_component_name, settings.model_name
        )
    token = None
    if settings.model_secret_arn:
        token = ModelToken(aws_client("secretsmanager"), settings.model_secret_arn)
    return HttpModel(settings.model_url, settings.model_name, token=token)
