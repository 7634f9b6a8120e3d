"""Questions about options and what they cost, answered from the rows of `trim_option`.

Knows how an option is named. Refuses to know cars in stock beyond the models that a question means.
"""

from __future__ import annotations

from collections.abc import Sequence

from assistants.showroom.desk import rendering
from assistants.showroom.desk.stock import select
from assistants.showroom.language.lexicon import Lexicon
from assistants.showroom.language.naming import atoms
from assistants.showroom.language.reading import Reading
from assistants.showroom.language.wish import Wish
from core.facts import Snapshot, TrimOption
from core.russian import lemma


def asks_options(reading: Reading, question: str, snapshot: Snapshot | None) -> bool:
    """Whether the question is about options: it says so, or names one that the salon prices."""
    if snapshot is None or not snapshot.options:
        return False
    return reading.options or bool(_named(question, snapshot))


def find_options(
    reading: Reading, question: str, shown: Sequence[str], snapshot: Snapshot, lexicon: Lexicon
) -> tuple[list[TrimOption], str]:
    """The options that answer, and the sentence that tells them.

    Where the car has none such, those of other models are told as such.
    """
    models = _models(reading.wish, shown, lexicon)
    named = _named(question, snapshot)
    kept = [
        option for option in (named or snapshot.options) if not models or _same_model(option.model, models)
    ]
    if kept:
        return kept, rendering.trim_options(kept)
    text = "Для этого автомобиля такой опции в данных салона нет."
    if named:
        text += f" {rendering.trim_options(named)}"
    return named, f"{text}\n{rendering.CALLBACK}"


def _models(wish: Wish, shown: Sequence[str], lexicon: Lexicon) -> set[str]:
    if wish.names_a_car and not wish.absent:
        plain = Wish(classes=wish.classes, models=wish.models, words=wish.words, brands=wish.brands)
        return {car.model for car in select(plain, lexicon).cars}
    return {car.model for car in lexicon.cars if car.vin in shown}


def _named(question: str, snapshot: Snapshot) -> list[TrimOption]:
    """Options whose own words the question has."""
    said = {lemma(atom.text) for atom in atoms(question)}
    named = []
    for option in snapshot.options:
        wanted = {lemma(atom.text) for atom in atoms(option.option)}
        if wanted and wanted <= said:
            named.append(option)
    return named


def _same_model(name: str, models: set[str]) -> bool:
    wanted = [atom.text for atom in atoms(name)]
    return any([atom.text for atom in atoms(model)] == wanted for model in models)
