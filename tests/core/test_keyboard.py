"""What the same keys write in the other layout."""

from __future__ import annotations

import string

import pytest

from core.keyboard import typed_in_latin, typed_in_russian


@pytest.mark.parametrize("letter", string.ascii_lowercase)
def test_a_latin_letter_comes_back(letter: str) -> None:
    assert typed_in_latin(typed_in_russian(letter)) == letter


def test_names_come_back() -> None:
    assert typed_in_latin("мшещ") == "vito"
    assert typed_in_russian("{jxe ujkm") == "хочу голь"
