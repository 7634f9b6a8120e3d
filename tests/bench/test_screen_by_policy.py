"""Policies that the screen is timed under are what the page calls them."""

from __future__ import annotations

import random

from bench.screen_by_policy import fresh, of_phrases, p99, policies
from core.russian import words
from core.spec import all_specs
from core.topics import compile_policy
from tests.core.clean_messages import clean_messages

PHRASES = ["жираф", "морской конёк", "барсук", "лесная куница"]


def test_everyday_words_stand_in_every_second_phrase() -> None:
    drawn, beside, *assistants = policies(PHRASES, random.Random(1))
    assert drawn[1] == of_phrases(PHRASES)
    phrases = beside[1]["topics"][0]["phrases"]
    assert len(phrases) == len(PHRASES)
    put_in = [words(phrase)[0] for phrase in phrases[: len(PHRASES) // 2]]
    assert [phrase.split(" ", 1)[1] for phrase in phrases[: len(PHRASES) // 2]] == PHRASES[::2]
    said = [set(words(text)) for text in clean_messages()]
    assert all(sum(word in text for text in said) > len(said) / 100 for word in put_in)
    assert len(assistants) == len(list(all_specs()))


def test_every_policy_can_be_screened_by() -> None:
    for _, data in policies(PHRASES, random.Random(1)):
        assert compile_policy(data).phrases
    find = fresh(of_phrases(PHRASES))
    assert find("У вас есть жирафы?")
    assert not find("У вас есть GLC 300?")


def test_p99_is_what_one_in_a_hundred_exceeds() -> None:
    assert p99([*range(100, 0, -1)]) == 100
    assert p99([*range(1, 201)]) == 199
