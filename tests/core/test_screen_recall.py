"""How many disguised phrases the screen finds, family by family, and how many honest messages it spares.

The policy is made of dictionary words that nobody chose. Families of `HELD_OUT` were written before they were
measured for the first time and decided nothing about tables, those of `BY_ANOTHER` by somebody else; what is
wrong in the mechanism itself was mended after that.
"""

from __future__ import annotations

import random
import tomllib
from functools import cache
from pathlib import Path

import pytest

from core.russian import inflections, words
from core.spec import ASSISTANTS_FOLDER, all_specs
from core.topics import CompiledPolicy, compile_policy, screen
from tests.core.clean_messages import clean_messages
from tests.core.disguises import HELD_OUT, SEEN, Disguise
from tests.core.disguises_of_another import BY_ANOTHER

PHRASES_A_FAMILY = 30
CARRIERS = ("{}", "Подскажите: {}?", "А у вас {} есть?", "Есть ли GLC 300, и {}", "хочу узнать {} сегодня")
OF_A_FAMILY, OF_ALL = 0.95, 0.995


@cache
def phrases() -> tuple[str, ...]:
    """Nouns, verbs and adjectives drawn from the dictionary, alone and by twos."""
    return tuple((Path(__file__).parent / "dictionary_phrases.txt").read_text("utf-8").splitlines())


@cache
def policy() -> CompiledPolicy:
    return compile_policy({"topics": [{"id": "a", "phrases": phrases(), "reply": "Нет."}]})


def found(disguise: Disguise, chance: random.Random) -> list[bool]:
    verdicts = []
    for phrase in chance.sample(phrases(), PHRASES_A_FAMILY):
        form = " ".join(chance.choice(sorted(inflections(word))) for word in words(phrase))
        text = chance.choice(CARRIERS).format(disguise(form, chance))
        verdicts.append(not screen(text, policy()).allowed)
    return verdicts


@pytest.mark.parametrize("families", [SEEN, HELD_OUT, BY_ANOTHER], ids=["seen", "held out", "by another"])
def test_disguises_are_read_through(families: dict[str, Disguise]) -> None:
    chance = random.Random(7)
    verdicts = {name: found(disguise, chance) for name, disguise in families.items()}
    shares = {name: sum(row) / len(row) for name, row in verdicts.items()}
    weak = {name: share for name, share in shares.items() if share < OF_A_FAMILY}
    assert not weak
    every = [verdict for row in verdicts.values() for verdict in row]
    assert sum(every) / len(every) >= OF_ALL


@pytest.mark.parametrize("spec", list(all_specs()), ids=lambda spec: spec.id)
def test_honest_messages_pass(spec) -> None:
    policy = compile_policy(tomllib.loads((ASSISTANTS_FOLDER / spec.id / "topics.toml").read_text("utf-8")))
    messages = clean_messages()
    refused = [text for text in messages if not screen(text, policy).allowed]
    assert len(refused) / len(messages) <= 0.001
