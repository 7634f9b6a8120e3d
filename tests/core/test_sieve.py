"""The sieve holds back no word that the readers would find: with it and without it, verdicts are the same."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from core.sieve import Sieve
from core.topics import UNREADABLE, CompiledPolicy, compile_policy, screen
from tests.core.clean_messages import clean_messages
from tests.core.disguises import HELD_OUT, SEEN
from tests.core.disguises_of_another import BY_ANOTHER

PHRASES = (Path(__file__).parent / "dictionary_phrases.txt").read_text("utf-8").splitlines()
SIGNS = (
    "абвгдежзийклмнопрстуфхцчшщъыьэюяabcdefghijklmnopqrstuvwxyz0123456789@$!|(+*_-'. ,ʘ\u200b\u0301ёéñ№—αβ"
)
CLEAN, A_FAMILY, SPOILED = 600, 6, 900


def compiled() -> CompiledPolicy:
    phrases = [*PHRASES, "system prompt", "hack"]
    return compile_policy({"topics": [{"id": "a", "phrases": phrases, "reply": "Нет."}]})


def texts() -> list[str]:
    chance = random.Random(5)
    families = (SEEN | HELD_OUT | BY_ANOTHER).values()
    words = " ".join(PHRASES).split()
    disguised = [hide(chance.choice(PHRASES), chance) for hide in families for _ in range(A_FAMILY)]
    spoiled = [spoil(chance.sample(words, 3), chance) for _ in range(SPOILED)]
    return [*chance.sample(clean_messages(), CLEAN), *disguised, *spoiled]


def spoil(words: list[str], chance: random.Random) -> str:
    """Some characters of a row of words put in, taken out or doubled."""
    text = chance.choice((" ", "", ", ", "-")).join(words)
    for _ in range(chance.randint(1, 4)):
        place = chance.randrange(len(text))
        middle = chance.choice((chance.choice(SIGNS), " ", "", text[place] * 2))
        text = text[:place] + middle + text[place + chance.choice((0, 1)) :]
    return text


def test_the_sieve_changes_no_verdict(monkeypatch: pytest.MonkeyPatch) -> None:
    said = texts()
    sieved = [screen(text, policy) for policy in (compiled(),) for text in said]
    monkeypatch.setattr(Sieve, "read", lambda *_: (None, []))
    plain = [screen(text, policy) for policy in (compiled(),) for text in said]
    differ = [
        text
        for text, one, other in zip(said, sieved, plain, strict=True)
        if one.allowed != other.allowed and other is not UNREADABLE
    ]
    assert not differ
    assert sum(not verdict.allowed for verdict in plain) > len(SEEN | HELD_OUT | BY_ANOTHER)
