"""Text out of bytes: whole characters, and never a part of a stop string."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inference_container.engines.spoken_text import SpokenText


def said(chunks: list[bytes], *stop: str) -> tuple[list[str], bool]:
    spoken = SpokenText(stop)
    pieces = [spoken.hear(chunk) for chunk in chunks]
    return [*pieces, spoken.rest()], spoken.stopped


def test_a_character_comes_whole_or_not_at_all() -> None:
    car = "🚗".encode()
    assert said([car[:1], car[1:3], car[3:], car[:2]]) == (["", "", "🚗", "", ""], False)


def test_what_is_no_text_is_left_out() -> None:
    assert said([b"a\xff", b"b\xd0", b"c"]) == (["a", "b", "c", ""], False)


@pytest.mark.parametrize(
    ("chunks", "stop", "text"),
    [
        (["one", " two"], ["e t"], "on"),
        (["one", " two"], ["e x"], "one two"),
        (["\n", "\n", "User:"], ["\n\n"], ""),
        (["aab"], ["ab"], "a"),
        (["aa", "b"], ["ab"], "a"),
        (["a long", " stop"], ["stop", "long"], "a "),
        (["ends in st"], ["stop"], "ends in st"),
    ],
)
def test_it_ends_before_a_stop_string(chunks: list[str], stop: list[str], text: str) -> None:
    pieces, stopped = said([chunk.encode() for chunk in chunks], *stop)
    assert "".join(pieces) == text
    assert stopped is (text != "".join(chunks))


def test_nothing_is_said_after_it() -> None:
    assert said([b"a.", b"b"], ".") == (["a", "", ""], True)


@given(
    st.text(alphabet="abФ🚗", max_size=30),
    st.lists(st.text(alphabet="abФ🚗", min_size=1, max_size=4), max_size=3),
)
def test_however_it_is_cut_it_says_what_stands_before_the_first_stop(text: str, stop: list[str]) -> None:
    bytewise, _ = said([bytes([byte]) for byte in text.encode()], *stop)
    # The stop that is complete first ends it; of several that end together, the one that began first.
    ends = [(text.index(one) + len(one), text.index(one)) for one in stop if one in text]
    assert "".join(bytewise) == (text[: min(ends)[1]] if ends else text)
