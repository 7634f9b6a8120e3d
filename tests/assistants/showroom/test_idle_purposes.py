"""What a visitor spares or learns by the answer is no criterion; what names a thing may be one."""

from __future__ import annotations

from itertools import product

import pytest

from assistants.showroom.language.purposes import idle_purposes
from tests.assistants.showroom.conftest import Salon, car, told

ROWS = [
    car("E1", "E 300", "E-Class", "седан", 2019, "бензин", "белый", 40_000, 4_000_000),
    car("E2", "E 220 d", "E-Class", "седан", 2021, "дизель", "чёрный", 120_000, 5_000_000),
    car("S1", "S 500 4MATIC", "S-Class", "седан", 2022, "бензин", "чёрный", 0, 15_500_000),
]
WISHES = {
    "ешки до 6 млн есть": ["E1", "E2"],
    "у каких машин пробег больше 100 тысяч": ["E2"],
    "есть эски": ["S1"],
}
PURPOSES = (
    "чтобы не переплачивать", "чтоб не переплачивать за бренд", "чтобы потом не жалеть",
    "чтобы деньги не тратить", "чтоб знать что не брать", "чтобы знать, что не брать",
    "чтобы понимать, сколько копить",
    "чтобы понять, на что рассчитывать", "чтобы представлять", "чтобы мне не ошибиться",
)  # fmt: skip
JOINTS = ("{}, {}", "{}? {}", "{} {}")
CRITERIA = (
    "чтобы не белую",
    "чтобы не брать белую",
    "чтобы не дизель",
    "чтобы не старше 2020",
    "чтобы ездила",
)


@pytest.fixture(scope="module")
def salon() -> Salon:
    salon = Salon()
    salon.stock(ROWS)
    return salon


@pytest.mark.parametrize(("wish", "purpose", "joint"), [*product(WISHES, PURPOSES, JOINTS)])
def test_what_it_is_for_is_left_aside(salon: Salon, wish: str, purpose: str, joint: str) -> None:
    reply = salon.ask(joint.format(wish, purpose))
    assert told(reply) == WISHES[wish], reply.text


@pytest.mark.parametrize("said", CRITERIA)
def test_what_names_a_thing_is_no_purpose(said: str) -> None:
    assert idle_purposes(said) == []


@pytest.mark.parametrize("said", PURPOSES)
def test_a_purpose_is_found_whole(said: str) -> None:
    assert [said[slice(*span)] for span in idle_purposes(said)] == [said.removesuffix("))")]


@pytest.mark.parametrize("purpose", ["для дачи", "для семьи", "для работы"])
def test_a_car_that_is_described_is_asked_for_whatever_it_is_for(salon: Salon, purpose: str) -> None:
    assert told(salon.ask(f"E-class дизель {purpose}")) == ["E2"]
    assert told(salon.ask(f"седан бензин {purpose}")) == ["E1", "S1"]
