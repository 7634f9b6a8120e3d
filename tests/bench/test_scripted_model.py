"""The scripted model as the platform's own client meets it: its words are known, each mood is a fault."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bench.chaos import scripted_model
from bench.chaos.probe.flow import DEADLY
from bench.chaos.scripted_model import LAST_WORDS, Script, Server, said
from core.errors import ModelUnavailable, NoModelSlot
from core.model import ChatMessage, ChatRequest
from lambdas.adapters.model_endpoint import HttpModel

Ask = Callable[..., str]


@pytest.fixture
def moods(tmp_path: Path) -> Path:
    return tmp_path / "moods.json"


@pytest.fixture
def ask(moods: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Ask]:
    monkeypatch.setattr(scripted_model, "SENTENCE_SECONDS", 0)
    server = Server(0, Script(moods, seed=7))
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    model = HttpModel(f"http://127.0.0.1:{server.server_address[1]}", "scripted")

    def asked(text: str, seconds: float = 5.0) -> str:
        messages = (ChatMessage(role="system", content="x"), ChatMessage(role="user", content=text))
        request = ChatRequest(messages=messages, max_tokens=9, timeout_seconds=seconds)
        return "".join(delta.text for delta in model.stream(request))

    yield asked
    server.shutdown()
    server.server_close()


def test_it_says_what_is_known_beforehand(ask) -> None:
    assert ask("model q1x1") == said("q1x1") != said("q1x2")
    assert ask("fragile q1x1") == ask("deadly q1x1") == said("q1x1")
    assert ask("Справка: Открыто с 9. И до 21.\nВопрос: когда?") == "Справка: Открыто с 9. И до 21."


@pytest.mark.parametrize(
    ("mood", "error"),
    [
        ("hang", ModelUnavailable),
        ("drip", ModelUnavailable),
        ("error", ModelUnavailable),
        ("broken", ModelUnavailable),
        ("cut", ModelUnavailable),
        ("busy", NoModelSlot),
    ],
)
def test_each_mood_is_a_fault(ask, moods, mood, error) -> None:
    moods.write_text(json.dumps({mood: 1}))
    with pytest.raises(error):
        ask("model q1x1", 1.5)
    moods.unlink()
    assert ask("model q1x1") == said("q1x1")


def test_deadly_words_are_for_deadly_questions_while_they_are_wished_for(ask, moods) -> None:
    moods.write_text(json.dumps({"deadly": 1}))
    assert (ask("deadly q1x1"), ask("model q1x1")) == (LAST_WORDS, said("q1x1"))
    assert LAST_WORDS == DEADLY


def test_a_share_is_hit_and_the_seed_says_which(moods) -> None:
    moods.write_text(json.dumps({"hang": 0.2, "cut": 0.3}))

    def run(seed: int) -> list[str | None]:
        script = Script(moods, seed)
        return [script.of(f"model q{number}")[1] for number in range(400)]

    hit = run(7)
    assert hit == run(7) != run(8)
    assert 50 < hit.count("hang") < 110
    assert 85 < hit.count("cut") < 155
