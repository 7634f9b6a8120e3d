"""The model server keeps to its OpenAPI document, whatever is sent: no 5xx, no answer that it does not know.

Schemathesis makes the requests out of the document, right ones and wrong ones. The engine is scripted.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from hypothesis import given, settings
from schemathesis import GenerationMode
from starlette.testclient import TestClient

from inference_container.engines.scripted import Script, ScriptedEngine
from inference_container.http_face.app import build_app
from tests.conformance import CONFORMANCE
from tests.inference_container.test_embeddings import FakeEmbedder
from tests.inference_container.test_http_contract import wait_ready

APP = build_app(
    ScriptedEngine(model="tiny", script=Script(answer="Да, один автомобиль.")),
    embedder=FakeEmbedder(),
    switchable=True,
    max_body_bytes=1 << 16,
)
SCHEMA = schemathesis.openapi.from_dict(APP.openapi())
OPERATIONS = {found.ok().label: found.ok() for found in SCHEMA.get_all_operations()}
MODELS = {"POST /v1/embeddings": "fake-e5"}


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    with TestClient(APP, raise_server_exceptions=False) as client:
        wait_ready(client)
        yield client


def tried() -> Iterator[tuple[str, GenerationMode]]:
    for label, operation in OPERATIONS.items():
        yield label, GenerationMode.POSITIVE
        if operation.body:
            yield label, GenerationMode.NEGATIVE


def test_every_path_is_tried() -> None:
    assert set(OPERATIONS) == {
        "GET /ping",
        "GET /metrics",
        "GET /v1/models",
        "GET /capacity",
        "PUT /capacity",
        "POST /invocations",
        "POST /v1/chat/completions",
        "POST /v1/embeddings",
    }


@pytest.mark.parametrize(("label", "mode"), list(tried()))
def test_the_document_is_kept(client: TestClient, label: str, mode: GenerationMode) -> None:
    @settings(max_examples=settings.default.max_examples // (2 if OPERATIONS[label].body else 20))
    @given(case=OPERATIONS[label].as_strategy(generation_mode=mode))
    def ask(case: Any) -> None:
        APP.state.service.set_copies(1)
        if mode is GenerationMode.POSITIVE:
            case.headers.pop("X-Timeout-Seconds", None)  # a time that is up is a 504, and tested as such
            if isinstance(case.body, dict) and "model" in case.body:
                case.body["model"] = MODELS.get(label, "tiny")
        asked = case.as_transport_kwargs(base_url="http://testserver")
        del asked["cookies"]
        response = client.request(
            **{"content" if name == "data" else name: each for name, each in asked.items()}
        )
        case.validate_response(response, checks=CONFORMANCE)

    ask()
