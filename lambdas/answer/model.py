"""Which model is asked: the one that the settings name, or the candidate that is tried beside it.

The only place that knows both kinds. A candidate is another component of the same SageMaker endpoint, or
another model of the same server.
"""

from __future__ import annotations

from core.model import ModelClient
from lambdas.adapters.clients import aws_client
from lambdas.adapters.model_endpoint import HttpModel
from lambdas.adapters.model_token import ModelToken
from lambdas.adapters.sagemaker_model import SageMakerModel
from lambdas.adapters.variants import Variants, VariedModel
from lambdas.answer.settings import ModelKind, Settings

SILENCE_SECONDS = 20.0
"""How long the endpoint may say nothing; its first words take the longest."""


def model_client(settings: Settings, variants: Variants) -> ModelClient:
    if settings.model_kind is ModelKind.SAGEMAKER:
        runtime = aws_client("sagemaker-runtime", read_seconds=SILENCE_SECONDS, attempts=1)

        def component(name: str) -> ModelClient:
            return SageMakerModel(runtime, settings.model_endpoint_name, name, settings.model_name)

        return VariedModel(component(settings.model_component_name), component, variants)
    token = None
    if settings.model_secret_arn:
        token = ModelToken(aws_client("secretsmanager"), settings.model_secret_arn)

    def named(name: str) -> ModelClient:
        return HttpModel(settings.model_url, name, token=token)

    return VariedModel(named(settings.model_name), named, variants)
