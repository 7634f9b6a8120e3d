"""One spelling, dictionary forms, inflections and plurals."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.russian import inflections, lemma, normalise, plural, tokens


@pytest.mark.parametrize(
    ("written", "normal"),
    [
        ("Ёжик", "ежик"),
        ("при\u200bвет", "привет"),
        ("вз\u0336рыв", "взрыв"),
        ("и\u0306од", "йод"),
        ("Ｃ１８０", "c180"),
        ("a\ud800b", "a b"),
        ("Café", "cafe"),
    ],
)
def test_normalise(written: str, normal: str) -> None:
    assert normalise(written) == normal


def test_a_dictionary_form_is_inflected_as_itself_only() -> None:
    forms = inflections("банка")
    assert {"банки", "банку", "банкой"} <= forms
    assert "банк" not in forms
    assert "банком" not in forms


def test_verbs_come_with_their_participles() -> None:
    assert {"взорвали", "взорванный", "взорву"} <= inflections("взорвать")


def test_lemma_ignores_latin_and_digits() -> None:
    assert lemma("glc") == "glc"
    assert lemma("180") == "180"
    assert lemma("машины") == "машина"


@pytest.mark.parametrize(
    ("number", "word"),
    [
        (1, "автомобиль"),
        (2, "автомобиля"),
        (5, "автомобилей"),
        (11, "автомобилей"),
        (21, "автомобиль"),
        (112, "автомобилей"),
    ],
)
def test_plural(number: int, word: str) -> None:
    assert plural(number, "автомобиль", "автомобиля", "автомобилей") == word


@given(st.text(alphabet=st.characters(codec=None), max_size=200))
def test_any_text_has_tokens(text: str) -> None:
    spelling = normalise(text)
    assert all(spelling[token.start : token.end] == token.text for token in tokens(text))


def test_a_letter_without_a_name_is_no_reason_to_fall() -> None:
    assert lemma("машина\U00017000").startswith("машина")
