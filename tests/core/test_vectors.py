"""Vectors are compared as their products would say, and survive being packed."""

from __future__ import annotations

import random

import pytest

from core.vectors import DIMENSION, centred, cosines, mean_of, packed, unpacked


def drawn(seed: int, count: int) -> list[list[float]]:
    chance = random.Random(seed)
    return [[chance.gauss(0.02, 0.05) for _ in range(DIMENSION)] for _ in range(count)]


def test_cosines_are_products_of_unit_vectors() -> None:
    vectors = drawn(1, 40)
    mean = mean_of(vectors)
    placed = [centred(vector, mean) for vector in vectors]
    told = cosines(placed[0], placed)
    assert told == pytest.approx([sum(map(float.__mul__, placed[0], other)) for other in placed], abs=1e-12)
    assert told[0] == pytest.approx(1.0)
    assert min(told) < 0.0


def test_what_was_packed_is_packed_the_same_again() -> None:
    text = packed(drawn(2, 3))
    assert packed(unpacked(text)) == text
