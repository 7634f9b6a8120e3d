"""Questions are grouped by embeddings and by the letters that they share."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.likeness import Wordings, alike, grouped

KNOWN = Wordings(("Когда вы открыты?", "Можно ли оплатить картой?", "Есть ли тест-драйв?") * 9, (0.0,) * 3)
NOTHING = Wordings((), (0.0,) * 3)
TEXTS = ("Сколько стоит замена масла?", "Почём масло поменять", "Принимаете ли вы криптовалюту?")
APART = ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0))


def test_rare_letters_in_common_make_alike_what_embeddings_do_not() -> None:
    likeness = alike(TEXTS, APART, KNOWN)
    assert likeness[0][1] > likeness[0][2]
    assert likeness[0][1] > likeness[1][2]
    assert alike(TEXTS, APART, KNOWN, weight=0.0)[0][1] <= 0.0


def test_both_count_together() -> None:
    near = ((1.0, 0.0, 0.0), (0.35, math.sqrt(1 - 0.35**2), 0.0), (0.0, 0.0, 1.0))
    assert grouped(alike(TEXTS, near, KNOWN)) == [[0, 1], [2]]
    assert grouped(alike(TEXTS, APART, KNOWN)) == [[0], [1], [2]]


def test_what_all_have_in_common_counts_for_nothing() -> None:
    """Embeddings crowd: without anything published, too, they are told apart."""
    crowded = [(0.9, *(0.43589 if place == at else 0.0 for at in range(2))) for place in range(2)]
    assert grouped(alike(TEXTS[1:], crowded, NOTHING)) == [[0], [1]]


def test_the_most_typical_stands_first_and_the_largest_group_before_others() -> None:
    chain = [
        [1.0, 0.0, 0.0, 0.0],
        [0.0, 1.0, 0.6, 0.2],
        [0.0, 0.6, 1.0, 0.7],
        [0.0, 0.2, 0.7, 1.0],
    ]
    assert grouped(chain, 0.3) == [[2, 3, 1], [0]]


@pytest.mark.parametrize("count", [0, 1])
def test_few_are_grouped_too(count: int) -> None:
    assert grouped(alike(TEXTS[:count], APART[:count], NOTHING)) == [[place] for place in range(count)]


@given(st.lists(st.text(max_size=40), max_size=12))
def test_every_text_stands_in_one_group(texts: list[str]) -> None:
    vectors = [(1.0, 0.0, 0.0)] * len(texts)
    groups = grouped(alike(texts, vectors, NOTHING))
    assert sorted(place for group in groups for place in group) == list(range(len(texts)))
