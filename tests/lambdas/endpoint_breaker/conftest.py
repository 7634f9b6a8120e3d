"""The breaker on fakes, and a shut one."""

from __future__ import annotations

import pytest

from tests.fakes.breaker import LATENCY, FakeBreaker


@pytest.fixture
def breaker() -> FakeBreaker:
    return FakeBreaker()


@pytest.fixture
def shut(breaker: FakeBreaker) -> FakeBreaker:
    """An alarm has rung and is quiet again."""
    breaker.ring(LATENCY)
    breaker.alarms.names.clear()
    breaker.clock.advance(600)
    return breaker
