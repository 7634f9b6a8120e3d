"""Greedy answers through the whole server are those of the bare engine, token by token, alone and in a crowd.

The bare engine is llama.cpp called directly: one slot, no drafts, none of our parameters. Where prompts and
tokens of several dialogues are computed in one batch, sums are made in another order, and of two tokens that
are nearly equally likely the other may win: so in a crowd a share of the answers may part from the bare
engine's, each after a beginning in common.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from inference_container.engines.llama_cpp import LlamaCppEngine
from inference_container.http_face.app import build_app
from inference_container.weights import Catalogue, WeightsError, verified_folder
from tests.inference_container.test_http_contract import events, wait_ready

pytestmark = pytest.mark.model

MODELS_DIR = Path(__file__).parents[2] / ".attendant/models"
CROWD = 4
MAX_TOKENS = 24
SYSTEM = "You are the assistant of a car dealership. Be brief and polite."
QUESTIONS = (
    "Name three colours of cars.",
    "Why do people buy a diesel?",
    "Tell me about winter tyres.",
    "What is a hybrid car?",
    "How long does a test drive take?",
    "Repeat: red car, blue car, red car, blue car, red car.",
    "Write a greeting for a visitor.",
    "Which papers does one need to buy a car?",
)


def body(question: str) -> dict[str, Any]:
    messages = [{"role": "system", "content": SYSTEM}, {"role": "user", "content": question}]
    return {"messages": messages, "max_tokens": MAX_TOKENS, "temperature": 0}


@pytest.fixture(scope="module")
def weights() -> Path:
    entry = Catalogue.read().get("smollm2-135m-instruct")
    try:
        return verified_folder(entry, MODELS_DIR) / entry.files[0].name
    except WeightsError as error:
        pytest.skip(str(error))


@pytest.fixture(scope="module")
def bare(weights: Path) -> dict[str, list[str]]:
    """What llama.cpp alone says: the text of each token."""
    import xllamacpp

    parameters = xllamacpp.CommonParams()
    parameters.model.path, parameters.n_parallel, parameters.n_ctx = str(weights), 1, 1024
    parameters.cpuparams.n_threads = parameters.cpuparams_batch.n_threads = 1
    parameters.ui, parameters.verbosity = False, 1
    server = xllamacpp.Server(parameters)

    def answer(question: str) -> list[str]:
        chunks: list[Any] = []
        server.handle_chat_completions(
            {**body(question), "stream": True}, lambda chunk: chunks.append(chunk) or False
        )
        return pieces(chunks)

    return {question: answer(question) for question in QUESTIONS}


@pytest.fixture(scope="module")
def client(weights: Path) -> Iterator[TestClient]:
    engine = LlamaCppEngine(
        model="tiny", weights=weights, context_tokens=512, parallel=CROWD, prefix_homes=1, threads=1
    )
    with TestClient(build_app(engine, parallel=CROWD)) as client:
        wait_ready(client)
        yield client


def pieces(chunks: list[Any]) -> list[str]:
    return [
        text
        for chunk in chunks
        for choice in chunk.get("choices", ())
        if (text := choice["delta"].get("content"))
    ]


def through_the_server(client: TestClient, question: str) -> list[str]:
    response = client.post("/v1/chat/completions", content=json.dumps({**body(question), "stream": True}))
    return pieces(events(response.text))


def test_one_at_a_time(client: TestClient, bare: dict[str, list[str]]) -> None:
    assert all(len(tokens) > 2 for tokens in bare.values())
    assert {question: through_the_server(client, question) for question in QUESTIONS} == bare


def test_whole_answers_are_the_streamed_ones(client: TestClient, bare: dict[str, list[str]]) -> None:
    for question in QUESTIONS[:2]:
        answer = client.post("/v1/chat/completions", json=body(question)).json()
        assert answer["choices"][0]["message"]["content"] == "".join(bare[question])


def test_in_a_crowd(client: TestClient, bare: dict[str, list[str]]) -> None:
    with ThreadPoolExecutor(CROWD) as callers:
        found = dict(
            zip(QUESTIONS, callers.map(lambda each: through_the_server(client, each), QUESTIONS), strict=True)
        )
    parted = [question for question in QUESTIONS if found[question] != bare[question]]
    assert len(parted) <= len(QUESTIONS) // 4, parted
    assert all(found[question][0] == bare[question][0] for question in parted)
