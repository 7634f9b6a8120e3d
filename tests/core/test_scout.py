"""Scouts hold back no word that the readers would find: with them and without them, verdicts are the same."""

from __future__ import annotations

import random
from collections.abc import Sequence
from functools import reduce
from pathlib import Path

import pytest

from core.effort import Effort
from core.outlines import END, Outlines, outline
from core.russian import inflections
from core.scout import Found, Scout
from core.topics import UNREADABLE, CompiledPolicy, compile_policy, screen
from core.word_index import Reader, State, WordIndex
from tests.core.clean_messages import clean_messages
from tests.core.counted_calls import calls
from tests.core.disguises import HELD_OUT, SEEN
from tests.core.disguises_of_another import BY_ANOTHER

PHRASES = (Path(__file__).parent / "dictionary_phrases.txt").read_text("utf-8").splitlines()
SIGNS = (
    "абвгдежзийклмнопрстуфхцчшщъыьэюяabcdefghijklmnopqrstuvwxyz0123456789@$!|(+*_-'. ,ʘ\u200b\u0301ёéñ№—αβ"
)
CLEAN, A_FAMILY, SPOILED = 600, 6, 900
LENGTH = 2_000
STEPS_A_CHARACTER, CALLS_WHEN_FIRST_MET, CALLS_WHEN_MET_AGAIN = 0.01, 12, 1


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


def test_scouts_change_no_verdict(monkeypatch: pytest.MonkeyPatch) -> None:
    said = texts()
    scouted = [screen(text, policy) for policy in (compiled(),) for text in said]
    monkeypatch.setattr(Scout, "read", lambda _, __, start, ___: Found(start, through=True, inside=()))
    plain = [screen(text, policy) for policy in (compiled(),) for text in said]
    differ = [
        text
        for text, one, other in zip(said, scouted, plain, strict=True)
        if one.allowed != other.allowed and other is not UNREADABLE
    ]
    assert not differ
    assert sum(not verdict.allowed for verdict in plain) > len(SEEN | HELD_OUT | BY_ANOTHER)


def test_an_outline_of_every_form_is_in_the_tree() -> None:
    index = WordIndex()
    for word in {word for phrase in PHRASES for word in phrase.split()}:
        index.add(word)
    tree = Outlines(index.stems()).whole.tree
    for word in {word for phrase in PHRASES for word in phrase.split()}:
        for form in inflections(word):
            assert END in reduce(lambda node, letter: node[letter], outline(form), tree), form


def reader_steps(texts: Sequence[str], monkeypatch: pytest.MonkeyPatch) -> int:
    """What readers had to work out for messages of which nothing was met before."""
    policy, taken, after = compiled(), list[str](), Reader.after

    def counted(self: Reader, state: State, char: str, effort: Effort) -> State | None:
        taken.append(char)
        return after(self, state, char, effort)

    monkeypatch.setattr(Reader, "after", counted)
    for text in texts:
        screen(text, policy)
    return len(taken)


def test_readers_are_seldom_asked_about_honest_messages(monkeypatch: pytest.MonkeyPatch) -> None:
    honest = clean_messages()[:CLEAN]
    assert reader_steps(honest, monkeypatch) <= sum(map(len, honest)) * STEPS_A_CHARACTER


def test_what_was_met_costs_next_to_nothing() -> None:
    policy = compiled()
    text = " ".join(clean_messages()[:CLEAN])[:LENGTH]
    first, again = calls(text, policy), calls(text, policy)
    assert first <= LENGTH * CALLS_WHEN_FIRST_MET
    assert again <= LENGTH * CALLS_WHEN_MET_AGAIN
