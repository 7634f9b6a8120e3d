"""No text makes the screen work more than so many steps a character, whatever it is written to do."""

from __future__ import annotations

import random
from itertools import cycle, islice
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.effort import LEAST_STEPS, STEPS_A_CHARACTER, Effort, Exhausted
from core.topics import UNREADABLE, compile_policy, screen
from tests.core.counted_calls import calls

LONGEST = 2_000
CALLS_A_STEP = 10
"""How many calls, Python's own among them, one counted step may stand for."""
PHRASES = (Path(__file__).parent / "dictionary_phrases.txt").read_text("utf-8").splitlines()
POLICY = {"topics": [{"id": "a", "phrases": PHRASES, "reply": "Нет."}]}
AMBIGUOUS = "nuymbpghrcswizxjqtlvd1340!|@$()/\\'`^&<>+*#ʘ\u200bьbиaoe .-_"
LOOK = str.maketrans("авекмнорстухип", "abekmhopctyxun")


def filled(pattern: str) -> str:
    return "".join(islice(cycle(pattern), LONGEST))


def at_random(seed: int, alphabet: str) -> str:
    return "".join(random.Random(seed).choices(alphabet, k=LONGEST))


def calls_of_a_first(text: str) -> int:
    """How many calls a verdict takes where nothing of it is kept from another message."""
    return calls(text, compile_policy(POLICY))


def allowed(text: str) -> int:
    return max(LEAST_STEPS, STEPS_A_CHARACTER * len(text))


HOSTILE = {
    "spaced, four readings a letter": filled("n "),
    "quoted": filled("'n"),
    "blots": filled("на**"),
    "a letter that is none": filled("".join(PHRASES).translate(LOOK).replace("o", "ʘ")),
    "every ambiguous sign": at_random(1, AMBIGUOUS),
    "letters of many readings": at_random(2, "nuymbpghrcswizx "),
    "phrases in look-alikes, spaced": filled(" ".join("".join(PHRASES).translate(LOOK))),
    "phrases glued": filled("".join(PHRASES).replace(" ", "")),
    "phrases without vowels": filled("*".join(part[:2] for part in PHRASES)),
    "underscores": "н " + "_" * 190 + PHRASES[0][1:],
    "one letter": filled("н"),
    "ligature of eighteen letters": filled("\ufdfa"),
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_no_hostile_text_costs_more_than_it_may(text: str) -> None:
    assert calls_of_a_first(text) <= CALLS_A_STEP * allowed(text)


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 1_000_000), st.text(alphabet=AMBIGUOUS + "аеиоукнрст", min_size=2, max_size=30))
def test_no_mixture_of_signs_does(seed: int, alphabet: str) -> None:
    text = at_random(seed, alphabet)
    assert calls_of_a_first(text) <= CALLS_A_STEP * allowed(text)


def test_what_cannot_be_read_through_is_refused() -> None:
    policy = compile_policy(POLICY)
    assert screen(at_random(1, AMBIGUOUS), policy) is UNREADABLE
    assert screen("Есть ли чёрный GLC?", policy).allowed


def test_effort_ends() -> None:
    effort = Effort(1)
    effort.spend(LEAST_STEPS)
    with pytest.raises(Exhausted):
        effort.spend(1)
