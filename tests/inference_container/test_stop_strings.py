"""Stop strings in pieces of text: whole, torn, and not quite."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inference_container.engines.stop_strings import StopStrings


def told(stops: tuple[str, ...], pieces: list[str]) -> tuple[str, bool]:
    answer = StopStrings(stops)
    text = "".join(answer.feed(piece) for piece in pieces)
    return text + answer.rest(), answer.found


@pytest.mark.parametrize(
    ("pieces", "text", "found"),
    [
        (["раз два", " три"], "раз ", True),
        (["раз дв", "а три"], "раз ", True),
        (["раз д", "в", "а"], "раз ", True),
        (["раз д", "ом"], "раз дом", False),
        (["раз дв"], "раз дв", False),
        (["дядва"], "дя", True),
        (["ддва", "ещё"], "д", True),
    ],
)
def test_a_stop_string_is_found_across_pieces_and_is_not_told(pieces, text, found):
    assert told(("два",), pieces) == (text, found)


def test_the_one_that_comes_first_counts():
    assert told(("три", "два"), ["раз два три"]) == ("раз ", True)


def test_without_stop_strings_nothing_is_held_back():
    assert StopStrings(()).feed("раз") == "раз"


def test_what_cannot_become_a_stop_string_is_told_at_once():
    assert StopStrings(("два",)).feed("раз д") == "раз "


@given(
    st.text("ab", max_size=30),
    st.lists(st.text("ab", min_size=1, max_size=3), max_size=3),
    st.integers(1, 4),
)
def test_pieces_tell_what_the_whole_text_tells(text, stops, size):
    pieces = [text[start : start + size] for start in range(0, len(text), size)]
    places = [text.find(stop) for stop in stops if stop in text]
    expected = text[: min(places)] if places else text
    # Of two stop strings the one that is complete first ends the answer: here that is never later.
    said, found = told(tuple(stops), pieces)
    assert found is bool(places)
    assert said.startswith(expected)
    assert len(said) - len(expected) < 3
