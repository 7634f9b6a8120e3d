"""What the screen spares itself changes no verdict: phrases that lack a word, words that were met before."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from core import topics
from core.glass import Asked
from core.russian import inflections, words
from core.topics import UNREADABLE, CompiledPolicy, Verdict, compile_policy, screen
from tests.core.clean_messages import clean_messages
from tests.core.counted_calls import calls
from tests.core.disguises import HELD_OUT, SEEN
from tests.core.disguises_of_another import BY_ANOTHER

WORDS = (Path(__file__).parent / "dictionary_phrases.txt").read_text("utf-8").split()
FAMILIES = SEEN | HELD_OUT | BY_ANOTHER
EVERYDAY, CLEAN, A_FAMILY, TORN, PIECED = 40, 100, 1, 60, 400
LENGTH, CALLS_A_CHARACTER = 2_000, 2.5
BETWEEN = (" ", "", ", ", "-", "\n", " и ", " в а ", " - ", " вот такой ", "! а ", " раз два три ", " x y z ")
IN_TORN = (" ", "  ", "-", "-\n", "\n", ".", " . ", "\u200b", "", "*", " а ", "! ")


@cache
def everyday() -> list[str]:
    said = Counter(word for text in clean_messages() for word in set(words(text)))
    return [word for word, _ in said.most_common(EVERYDAY)]


def drawn(chance: random.Random, gap: int) -> Mapping[str, Any]:
    """Phrases of words that are said every day and of others, of one to four, and exceptions."""

    def phrases(count: int) -> list[str]:
        telling, often = [*WORDS, "hack", "prompt", "BMW", "12345"], everyday()
        rows = [[chance.choice(telling)] for _ in range(count)]
        for row in rows:
            for _ in range(chance.randint(0, 3)):
                row.insert(chance.randint(0, len(row)), chance.choice(chance.choice((telling, often))))
        return [*map(" ".join, rows), f"{often[0]} {often[-1]} {chance.choice(often)}"]

    topics = [
        {"id": f"t{number}", "phrases": phrases(60), "gap": gap, "reply": "Нет."}
        | ({"exceptions": [*phrases(6), chance.choice(WORDS)]} if number else {})
        for number in range(3)
    ]
    return {"topics": topics}


def said(phrase: str, chance: random.Random) -> str:
    """A phrase, some of its words disguised, torn, glued to others or with words in between."""
    told = [chance.choice(sorted(inflections(word))) for word in words(phrase)]
    for at, word in enumerate(told):
        way = chance.random()
        if way < 0.3:
            told[at] = chance.choice(list(FAMILIES.values()))(word, chance)
        elif way < 0.6:
            told[at] = torn(word, chance)
    before = chance.choice(("", "", chance.choice(WORDS), chance.choice(WORDS) + " "))
    return before + "".join(word + chance.choice(BETWEEN) for word in told)


def torn(word: str, chance: random.Random) -> str:
    between = chance.choice(IN_TORN)
    return "".join(
        letter * chance.choice((1, 1, 1, 3)) + (between if chance.random() < 0.6 else "") for letter in word
    )


def texts(policy: CompiledPolicy, chance: random.Random) -> list[str]:
    phrases = [phrase for topic in policy.policy.topics for phrase in (*topic.phrases, *topic.exceptions)]
    clean = clean_messages()
    hidden = [hide(chance.choice(phrases), chance) for hide in FAMILIES.values() for _ in range(A_FAMILY)]
    parts = [*hidden, *(said(chance.choice(phrases), chance) for _ in range(TORN))]
    return [
        *chance.sample(clean, CLEAN),
        *parts,
        *(" ".join((chance.choice(clean), part, chance.choice(clean))) for part in parts),
        *(" ".join(chance.sample(parts, 3)) for _ in range(TORN)),
    ]


def sparing_nothing(said: list[str], data: Mapping[str, Any], patch: pytest.MonkeyPatch) -> list[Verdict]:
    with patch.context() as patched:
        patched.setattr(Asked, "keep", lambda *_: None)
        patched.setattr(topics._Row, "may_go_on", lambda _, step: bool(step.next))
        patched.setattr(topics._Row, "beginnings", lambda _, root: frozenset(root.next))
        policy = compile_policy(data)
        patched.setattr(policy.belief._met, "_told", _Forgetful())
        return [screen(text, policy) for text in said]


class _Forgetful(dict):
    def __setitem__(self, key: object, value: object) -> None:
        """Keeps nothing."""


def pieced(said: list[str], chance: random.Random) -> list[str]:
    """The same pieces, a few in a row, beside others than they were met with, and some in capitals."""
    rows = [text.split(" ") for text in said]

    def run() -> str:
        row = chance.choice(rows)
        begin = chance.randrange(len(row))
        some = " ".join(row[begin : begin + chance.randint(1, 4)])
        return some.upper() if chance.random() < 0.1 else some

    return [
        chance.choice((" ", " ", "  ")).join(run() for _ in range(chance.randint(1, 12)))
        for _ in range(PIECED)
    ]


@pytest.mark.parametrize("gap", range(6))
def test_verdicts_are_the_same(gap: int, monkeypatch: pytest.MonkeyPatch) -> None:
    chance = random.Random(gap)
    data = drawn(chance, gap)
    policy = compile_policy(data)
    said = texts(policy, chance)
    said += pieced(said, chance)
    whole = sparing_nothing(said, data, monkeypatch)
    for _ in ("first met", "met again"):
        verdicts = [screen(text, policy) for text in said]
        pairs = zip(said, whole, verdicts, strict=True)
        assert not [text for text, one, other in pairs if one not in {UNREADABLE, other}]
    assert sum(not verdict.allowed for verdict in whole) > len(FAMILIES)


@pytest.mark.parametrize("space", [" ", "  ", "   "])
def test_where_a_message_ended_another_goes_on(space: str) -> None:
    """The end of a text is no space: «нарк» led nowhere there, and does here."""
    policy = compile_policy({"topics": [{"id": "a", "phrases": ["наркотики"], "reply": "Нет."}]})
    assert screen("вот нарк", policy).allowed
    assert not screen(f"купить нарк{space}отики", policy).allowed


def test_an_acronym_is_weak_where_it_is_written_in_capitals_alone() -> None:
    """«CUK» among small letters is a name, whatever was read of it in another message."""
    policy = compile_policy({"topics": [{"id": "a", "phrases": ["сук"], "reply": "Нет."}]})
    for _ in range(2):
        assert not screen("ты cyk такой", policy).allowed
        assert screen("ты CYK такой", policy).allowed


@pytest.mark.parametrize(
    "hidden", ["н а р к о т и к и", "н\nа\nр\nк\nо\nт\nи\nк\nи", "n a r k o t i k i", "н a p к о т и к и"]
)
def test_a_letter_that_stood_alone_is_found_in_a_row(hidden: str) -> None:
    """What was kept of it beside words says nothing of it beside letters, at either end of a message."""
    policy = compile_policy({"topics": [{"id": "a", "phrases": ["наркотики"], "reply": "Нет."}]})
    for letter in {*hidden.split()}:
        for text in (letter, f"вот {letter} есть у вас", f"есть {letter}", f"{letter} класс есть сейчас"):
            assert screen(text, policy).allowed
    for text in (hidden, f"вот {hidden}", f"{hidden} есть", f"вот {hidden} есть у вас"):
        assert not screen(text, policy).allowed
        assert not screen(text, policy).allowed


def test_a_letter_beside_words_is_not_looked_at_again() -> None:
    policy = compile_policy({"topics": [{"id": "a", "phrases": WORDS, "reply": "Нет."}]})
    text = "стоит ли E 200 d у вас дороже или C 180 с полным приводом"
    first, again = calls(text, policy), calls(text, policy)
    assert again < first / 2


def test_everyday_words_of_phrases_cost_little_where_the_others_are_not_said() -> None:
    chance = random.Random(1)
    phrases = [f"{chance.choice(everyday())} {word}" for word in WORDS]
    policy = compile_policy({"topics": [{"id": "a", "phrases": phrases, "reply": "Нет."}]})
    text = " ".join(clean_messages())[:LENGTH]
    assert screen(text, policy).allowed
    assert calls(text, policy) <= LENGTH * CALLS_A_CHARACTER
