"""Which cars a question for the passages names."""

from __future__ import annotations

from datetime import timedelta

import pytest

from assistants.showroom.desk.stock_desk import StockDesk
from assistants.showroom.language.lexicon import Lexicon
from core.knowledge import read_folder
from core.spec import ASSISTANTS_FOLDER


@pytest.fixture(scope="module")
def desk() -> StockDesk:
    vocabulary = read_folder(ASSISTANTS_FOLDER / "showroom").vocabulary
    return StockDesk(None, Lexicon(vocabulary, None), None, timedelta(hours=1))


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
def test_prepositions_name_no_class(desk: StockDesk, question: str, classes: set[str]) -> None:
    assert desk.classes_named(question) == classes
