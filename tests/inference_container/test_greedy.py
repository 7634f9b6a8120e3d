"""Greedy answers through the whole server are those of the bare engine, token by token, alone and in a crowd.

Where prompts and tokens of several dialogues are computed in one batch, sums are made in another order, and
of two tokens that are nearly equally likely the other may win: so in a crowd a share of the answers may part
from the bare engine's, each after a beginning in common.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from bench.serving.workload import chatml
from inference_container.engines.choice import ENGINES, cpu_engine_class
from inference_container.http_face.app import build_app
from tests.inference_container.test_http_contract import events, wait_ready

pytestmark = pytest.mark.model

ROOT = Path(__file__).parents[2]
Answers = dict[str, list[str]]
"""What a bare engine says to each question: the text of each token, or all of it."""
Both = tuple[TestClient, Answers]
"""Our server, and what its engine says alone."""
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


@pytest.fixture(scope="module", params=ENGINES)
def both(request: pytest.FixtureRequest, smollm2: Path) -> Iterator[Both]:
    alone = {"llama_cpp": llama_cpp_alone, "openvino": openvino_alone}[request.param](smollm2)
    engine = cpu_engine_class(request.param)(
        model="tiny", weights=smollm2, context_tokens=512, parallel=CROWD, prefix_homes=1, threads=1
    )
    with TestClient(build_app(engine, parallel=CROWD)) as client:
        wait_ready(client, seconds=120)
        yield client, alone


def llama_cpp_alone(weights: Path) -> Answers:
    """The binding called directly: one slot, no drafts, none of our parameters."""
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


def openvino_alone(weights: Path) -> Answers:
    """The pipeline of the bench, one question at a time; its process prints whole texts."""
    prompts = [(question, chatml(tuple(body(question)["messages"]))) for question in QUESTIONS]
    order = json.dumps({"in_flight": 1, "max_tokens": MAX_TOKENS, "prompts": prompts})
    command = [
        sys.executable,
        "-m",
        "bench.serving.peers.openvino",
        "--weights",
        str(weights),
        "--threads",
        "1",
    ]
    done = subprocess.run(
        command, cwd=ROOT, input=order, capture_output=True, text=True, timeout=200, check=True
    )
    told = next(line for line in done.stdout.splitlines() if line.startswith('{"answers"'))
    return {answer["key"]: [answer["text"]] for answer in json.loads(told)["answers"]}


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


def as_told(alone: Answers, pieces: list[str]) -> list[str]:
    """Token by token where the bare engine told tokens, the text where it told the text."""
    return pieces if any(len(each) > 1 for each in alone.values()) else ["".join(pieces)]


def test_one_at_a_time(both: Both) -> None:
    client, alone = both
    assert all(len("".join(said)) > 10 for said in alone.values())
    found = {question: as_told(alone, through_the_server(client, question)) for question in QUESTIONS}
    assert found == alone


def test_whole_answers_are_the_streamed_ones(both: Both) -> None:
    client, alone = both
    for question in QUESTIONS[:2]:
        answer = client.post("/v1/chat/completions", json=body(question)).json()
        assert answer["choices"][0]["message"]["content"] == "".join(alone[question])


def test_in_a_crowd(both: Both) -> None:
    client, alone = both
    with ThreadPoolExecutor(CROWD) as callers:
        said = callers.map(lambda each: through_the_server(client, each), QUESTIONS)
        found = {question: "".join(pieces) for question, pieces in zip(QUESTIONS, said, strict=True)}
    parted = [question for question in QUESTIONS if found[question] != "".join(alone[question])]
    assert len(parted) <= len(QUESTIONS) // 4, parted
    assert all(found[question][:4] == "".join(alone[question])[:4] for question in parted)
