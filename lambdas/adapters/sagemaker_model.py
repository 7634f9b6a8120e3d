"""The model behind a SageMaker endpoint with response streaming, as one of its inference components.

The payload is the same chat completion as over HTTP; only the carrier differs. Refuses to know slots and the
breaker.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError

from core.errors import ModelUnavailable
from core.model import ChatDelta, ChatRequest
from lambdas.adapters.chat_wire import deltas, request_body


class SageMakerModel:
    """`runtime` is a `sagemaker-runtime` client whose read timeout bounds the silence between two pieces."""

    def __init__(
        self,
        runtime: Any,
        endpoint: str,
        component: str,
        model: str,
        *,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._runtime = runtime
        self._endpoint = endpoint
        self._component = component
        self._model = model
        self._monotonic = monotonic

    @property
    def name(self) -> str:
        return self._model

    def stream(self, request: ChatRequest) -> Iterator[ChatDelta]:
        """Raises ModelUnavailable."""
        deadline = self._monotonic() + request.timeout_seconds
        try:
            answer = self._runtime.invoke_endpoint_with_response_stream(
                EndpointName=self._endpoint,
                InferenceComponentName=self._component,
                ContentType="application/json",
                Accept="text/event-stream",
                CustomAttributes=f"timeout_seconds={request.timeout_seconds:.3f}",
                Body=request_body(self._model, request),
            )
            body = answer["Body"]
            try:
                yield from deltas(self._lines(body, deadline), asked=self._model)
            finally:
                body.close()
        except (BotoCoreError, ClientError, OSError) as error:
            raise ModelUnavailable(type(error).__name__) from error

    def _lines(self, body: Any, deadline: float) -> Iterator[bytes]:
        rest = b""
        for event in body:
            if self._monotonic() > deadline:
                raise ModelUnavailable("the model's time is up")
            if "PayloadPart" not in event:
                raise ModelUnavailable("the endpoint broke the stream off")
            *whole, rest = (rest + event["PayloadPart"]["Bytes"]).split(b"\n")
            yield from whole
        if rest:
            yield rest
