"""Which cars a question for the passages names."""

from __future__ import annotations

import pytest

from assistants.showroom.desk.for_passages import classes_named
from assistants.showroom.language.lexicon import Lexicon
from core.knowledge import read_folder
from core.spec import ASSISTANTS_FOLDER


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    vocabulary = read_folder(ASSISTANTS_FOLDER / "showroom").vocabulary
    return Lexicon(vocabulary, None)


@pytest.mark.parametrize(
    ("question", "classes"),
    [
        ("Сколько мест в глц и есть ли третий ряд?", {"GLC"}),
        ("Стоит ли прыгать с цешки на ешку, а не ждать?", {"C", "E"}),
        ("Что в салоне шумит, а что нет?", set()),
        ("Чем C 200 отличается от S 450?", {"C", "S"}),
        ("чем хорош V-класс", {"V"}),
    ],
)
def test_prepositions_name_no_class(lexicon: Lexicon, question: str, classes: set[str]) -> None:
    assert classes_named(question, lexicon) == classes
