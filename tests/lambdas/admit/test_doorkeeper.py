"""The doorkeeper: who comes in, when the tokens are read again, and what happens when they cannot be read."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import StoreAway
from lambdas.admit.doorkeeper import KEPT_SECONDS, READ_AGAIN_SECONDS, Doorkeeper
from tests.fakes.telemetry import FakeTelemetry


class FakeTokens:
    def __init__(self, *tokens: str) -> None:
        self.tokens = frozenset(tokens)
        self.away = False
        self.reads = 0

    def admitted(self) -> frozenset[str]:
        self.reads += 1
        if self.away:
            raise StoreAway
        return self.tokens


class Door:
    def __init__(self, *tokens: str) -> None:
        self.tokens = FakeTokens(*tokens)
        self.telemetry = FakeTelemetry()
        self.now = 1000.0
        self.keeper = Doorkeeper(self.tokens, telemetry=self.telemetry, clock=lambda: self.now)

    def admits(self, token: str) -> bool:
        return self.keeper.admits(token)


def test_whoever_sends_a_known_token_comes_in() -> None:
    door = Door("sent", "next")

    assert door.admits("sent")
    assert door.admits("next")


@given(st.text())
def test_nobody_else_does(token: str) -> None:
    assert not Door("sent-by-the-edge").admits(token)


def test_an_empty_secret_admits_nobody() -> None:
    assert not Door().admits("")


def test_the_tokens_are_read_once_in_five_minutes() -> None:
    door = Door("sent")
    for _ in range(3):
        door.admits("sent")
    assert door.tokens.reads == 1

    door.now += KEPT_SECONDS
    door.admits("sent")
    assert door.tokens.reads == 2


def test_an_unknown_token_has_them_read_again_but_not_by_every_guess() -> None:
    door = Door("sent")
    door.admits("sent")
    door.tokens.tokens = frozenset({"sent", "newer"})

    door.now += READ_AGAIN_SECONDS
    assert door.admits("newer")
    assert [door.admits(f"guess {n}") for n in range(5)] == [False] * 5
    assert door.tokens.reads == 2


def test_a_token_that_was_taken_back_is_refused_after_five_minutes() -> None:
    door = Door("leaked")
    door.admits("leaked")
    door.tokens.tokens = frozenset({"fresh"})
    assert door.admits("leaked")

    door.now += KEPT_SECONDS
    assert not door.admits("leaked")


def test_what_cannot_be_judged_is_an_error_and_no_refusal() -> None:
    """The gateway remembers a refusal for an hour: our own edge must not meet one."""
    door = Door("sent")
    door.tokens.away = True

    with pytest.raises(StoreAway):
        door.admits("sent")
    assert [event for event, _ in door.telemetry.alarms] == ["origin_token_unreadable"]

    door.tokens.away = False
    assert door.admits("sent")


def test_known_tokens_are_admitted_while_the_secret_is_away() -> None:
    door = Door("sent")
    door.admits("sent")
    door.tokens.away = True
    door.now += KEPT_SECONDS

    assert door.admits("sent")
    assert [event for event, _ in door.telemetry.alarms] == ["origin_token_unreadable"]
    door.now += READ_AGAIN_SECONDS
    with pytest.raises(StoreAway):
        door.admits("unknown")
