"""Which passages may be told: what the salon published is believed, but not whatever it says.

A passage may have been copied from anywhere. One that gives orders to the assistant, speaks of a forbidden
topic or, being about cars, names a sum of money (prices are the stock's), a telephone or a link (the FAQ has
those) is neither shown nor put before the model. Knows the rules. Refuses to know how passages are found.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from core.claims import claims
from core.guard import contacts
from core.knowledge import Passage
from core.topics import CompiledPolicy, Verdict, compile_policy, screen

ATTACKS = Path(__file__).parent / "attacks.toml"


@cache
def read_attacks() -> CompiledPolicy:
    """Orders to the assistant: refused in a visitor's mouth, not believed in a passage."""
    return compile_policy(tomllib.loads(ATTACKS.read_text(encoding="utf-8")))


def doubts(passage: Passage, policy: CompiledPolicy) -> tuple[str, ...]:
    """Why the passage is not told, in words for whoever published it; empty where it is."""
    judges = (policy, read_attacks())
    found = [
        f"«{verdict.matched}» ({verdict.topic})"
        for text in (passage.title, passage.text)
        for verdict in judged(text, judges)
    ]
    if passage.models:
        found += ["a sum of money beside a car: prices come from the stock"] * tells_a_sum(passage.text)
        found += [
            f"{contact} beside a car: telephones and links are for the FAQ"
            for contact in contacts(passage.text)
        ]
    return tuple(found)


def judged(text: str, policies: Iterable[CompiledPolicy]) -> Iterator[Verdict]:
    """The refusals, in the policies' order."""
    verdicts = (screen(text, policy) for policy in policies)
    return (verdict for verdict in verdicts if not verdict.allowed)


def tells_a_sum(text: str) -> bool:
    return any(claim.kind == "rub" for claim in claims(text))
