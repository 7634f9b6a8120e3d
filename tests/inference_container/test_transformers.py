"""transformers' continuous batching behind the protocol, against a stand-in of its names.

`make transformers-engine` runs the engine with the real package and records the names.
"""

from __future__ import annotations

import asyncio
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from inference_container.__main__ import read_settings
from inference_container.engines import EngineFailed, GenerationRequest, Message, Piece, transformers
from inference_container.engines.transformers import QUIET, TransformersEngine
from inference_container.engines.transformers_wish import Wish
from inference_container.errors import BadRequest, PromptTooLong
from tests.fakes.transformers_package import NAMES, FakeTransformers

ROOT = Path(__file__).parents[2]


@pytest.fixture
def fake(monkeypatch) -> FakeTransformers:
    for name in QUIET:
        monkeypatch.setenv(name, "")  # so that the test's end takes back what loading sets
        monkeypatch.delenv(name)
    monkeypatch.setattr(transformers, "ALIVE_SECONDS", 0.05)
    return FakeTransformers().install(monkeypatch)


def unloaded(**more) -> TransformersEngine:
    return TransformersEngine(
        model="m", folder=Path("/m"), **{"context_tokens": 64, "parallel": 4, "prefix_homes": 2, **more}
    )


@pytest.fixture
def engine(fake) -> TransformersEngine:
    engine = unloaded()
    engine.load()
    fake.asked.clear()
    return engine


def request(text: str = "Есть ли C 180?", **more) -> GenerationRequest:
    return GenerationRequest(messages=(Message("user", text),), **{"max_tokens": 8, **more})


async def collect(engine: TransformersEngine, asked: GenerationRequest) -> list[Piece]:
    return [piece async for piece in engine.stream(asked)]


def ask(engine: TransformersEngine, asked: GenerationRequest) -> list[Piece]:
    return asyncio.run(collect(engine, asked))


def test_an_answer_comes_in_pieces_with_its_counts_at_the_end(engine, fake):
    pieces = ask(engine, request())
    assert [piece.text for piece in pieces] == ["раз", " два", " три", ""]
    assert pieces[-1] == Piece(finish_reason="stop", prompt_tokens=6, cached_tokens=3, completion_tokens=4)
    assert not fake.cancelled  # it has left by itself: its place is not waited for
    assert not fake.active
    assert not fake.handlers


def test_an_answer_that_is_cut_says_so(engine):
    last = ask(engine, request(max_tokens=2))[-1]
    assert (last.text, last.finish_reason, last.completion_tokens) == (" два", "length", 2)


def test_a_stop_string_ends_the_request_and_is_not_told(fake):
    fake.words += (" слово",) * 1000
    engine = unloaded(context_tokens=2000)
    engine.load()
    pieces = ask(engine, request(stop=("а т",), max_tokens=1000))
    assert "".join(piece.text for piece in pieces) == "раз дв"
    assert (pieces[-1].finish_reason, pieces[-1].completion_tokens) == ("stop", 3)
    assert fake.cancelled
    assert not fake.active


def test_what_was_asked_for_travels_with_the_request(engine, fake):
    ask(engine, request(temperature=0.5, top_p=0.9, seed=-1))
    (asked,) = fake.asked
    assert (asked.wish.temperature, asked.wish.top_p, asked.wish.seed) == (0.5, 0.9, -1)
    assert (asked.max_new_tokens, asked.streaming, asked.wish.matcher) == (8, True, None)


def test_without_a_seed_two_requests_have_different_ones(engine, fake):
    ask(engine, request(temperature=1.0))
    ask(engine, request(temperature=1.0))
    first, second = fake.asked
    assert first.wish.seed != second.wish.seed


def test_a_schema_is_followed_or_refused(engine, fake):
    ask(engine, request(json_schema={"type": "string"}))
    ask(engine, request(json_schema={}))
    assert [matcher.schema for matcher in fake.matchers] == [{"type": "string"}, {"type": "object"}]
    with pytest.raises(BadRequest):
        ask(engine, request(json_schema={"type": "nonsense"}))
    assert len(fake.asked) == 2


def test_an_answer_that_has_left_its_schema_is_a_failure(engine, fake):
    async def lose() -> None:
        stream = engine.stream(request(json_schema={}))
        await anext(stream)
        fake.matchers[0].lost = True
        async for _ in stream:
            pass

    with pytest.raises(EngineFailed, match="schema"):
        asyncio.run(lose())


def test_an_engine_that_runs_ahead_takes_no_schema(fake):
    engine = unloaded(batching={"use_async_batching": True})
    engine.load()
    assert fake.batching.use_async_batching is True
    with pytest.raises(BadRequest):
        ask(engine, request(json_schema={}))


def test_the_answer_ends_where_the_context_ends(engine, fake):
    ask(engine, request("слово " * 58, max_tokens=50))
    assert fake.asked[0].max_new_tokens == 4


def test_too_long_a_prompt_is_refused_before_it_is_sent(engine, fake):
    with pytest.raises(PromptTooLong):
        ask(engine, request("слово " * 62))
    assert not fake.asked
    assert ask(engine, request("слово " * 61))


def test_roles_that_the_template_refuses_are_the_callers_fault(engine, fake):
    with pytest.raises(BadRequest, match="roles"):
        ask(engine, GenerationRequest(messages=(Message("assistant", "x"),), max_tokens=1))
    assert not fake.asked


def test_who_leaves_has_left_when_closing_returns(engine, fake):
    async def leave() -> None:
        stream = engine.stream(request())
        await anext(stream)
        assert fake.active
        await stream.aclose()
        assert not fake.active
        assert not fake.handlers

    asyncio.run(leave())


def test_who_is_cancelled_twice_has_left_all_the_same(engine, fake):
    async def leave() -> None:
        fake.words = ("слово",) * 1000

        async def listen() -> None:
            async for _ in engine.stream(request(max_tokens=1000)):
                pass

        listening = asyncio.create_task(listen())
        async with asyncio.timeout(5):
            while not fake.active:  # noqa: ASYNC110  the stand-in tells nobody
                await asyncio.sleep(0)
        listening.cancel()
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        listening.cancel()
        await asyncio.gather(listening, return_exceptions=True)
        await asyncio.sleep(0.1)
        assert not fake.active
        assert not fake.handlers

    asyncio.run(leave())


@pytest.mark.parametrize("where", ["fails_at", "dies_at"])
@pytest.mark.parametrize("number", [0, 2])
def test_a_failure_is_ours_and_repeats_nothing(engine, fake, where, number):
    setattr(fake, where, number)
    with pytest.raises(EngineFailed) as raised:
        ask(engine, request())
    assert "Есть" not in str(raised.value)


def test_a_thread_that_has_ended_takes_nothing_more(engine, fake):
    fake.is_alive = False
    with pytest.raises(EngineFailed, match="ended"):
        ask(engine, request())
    assert not fake.handlers


def test_memory_is_bounded_on_a_processor(engine, fake):
    # (4 places + 2 prefixes) x 2 pages of 32 tokens, and the part that the library keeps free.
    assert fake.batching.num_blocks == 15
    assert (fake.batching.max_requests_per_batch, fake.batching.use_async_batching) == (4, False)


def test_it_asks_nobody_outside_and_downloads_no_code(engine, fake):
    assert {name: os.environ[name] for name in QUIET} == QUIET
    assert fake.batching.auto_switch_to_flash is False


def test_a_cache_that_does_not_hold_one_dialogue_does_not_load(fake):
    fake.pages = 2  # 64 tokens, of which 15 % must stay free
    with pytest.raises(EngineFailed, match="64 tokens"):
        unloaded().load()
    assert fake.stopped


def test_a_model_that_cannot_be_loaded_is_a_sentence(fake):
    fake.load_failure = ValueError("/secret")
    with pytest.raises(EngineFailed, match="could not load m: ValueError"):
        unloaded().load()


def test_closing_stops_the_thread(engine, fake):
    engine.close()
    engine.close()
    assert fake.stopped.hard_stop is True


def test_the_engine_uses_names_that_the_package_has():
    managers = ("register_result_handler", "cancel_request", "is_running", "warmup", "start", "get_result")
    assert set(managers) <= set(NAMES["manager"])
    sets = {"input_queue", "cancel_queue", "output_router", "batch_processor", "logit_processor"}
    assert sets == set(NAMES["manager_sets"])
    assert {"active_requests", "waiting_requests"} == set(NAMES["scheduler_sets"])
    state = {"logit_processor_kwargs", "position_offset", "initial_tokens", "generated_tokens"}
    assert state <= set(NAMES["state"])
    assert {"check_kwargs", "fill_defaults", "prepare_tensor_args"} <= set(NAMES["processors"])


def test_the_version_is_one_everywhere():
    pins = (ROOT / "inference_container/requirements-transformers.txt").read_text()
    pinned = re.search(r"^transformers==(.+)$", pins, re.MULTILINE)
    assert pinned
    assert pinned[1] == NAMES["version"]


def test_it_can_be_chosen_and_is_not_imported_before():
    assert read_settings(["--engine", "transformers"], {}).engine == "transformers"
    code = (
        "import sys, inference_container.__main__ as m; "
        "print([n for n in sys.modules if 'transformers' in n or n == 'torch'])"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


# The wish


def wish(**more) -> Wish:
    return Wish(**{"prompt_tokens": 3, "temperature": 1.0, "top_p": 1.0, "seed": 7, **more})


def test_a_seed_draws_the_same_and_another_seed_another():
    points = [wish().point(place) for place in range(1000)]
    assert points == [wish().point(place) for place in range(1000)]
    assert points != [wish(seed=8).point(place) for place in range(1000)]
    assert all(0 <= point < 1 for point in points)
    assert 0.45 < sum(points) / len(points) < 0.55


def test_a_matcher_is_told_each_token_once():
    followed: list[list[int]] = []

    class Follower:
        def consume_tokens(self, tokens: list[int]) -> None:
            followed.append(tokens)

    asked = wish(matcher=Follower())
    asked.follow([1, 2, 3])
    asked.follow([1, 2, 3, 4])
    asked.follow([1, 2, 3, 4, 5, 6])
    assert followed == [[4], [5, 6]]
