"""A finer word means the cars whose value says it, a broad one all that say its own; what the stock has not
is denied beside what comes nearest.
"""

from __future__ import annotations

import pytest

from tests.assistants.showroom.conftest import Salon, car, told

ROWS = [
    car("G1", "GLA 250 4MATIC", "GLA-Class", "кроссовер", 2022, "бензин", "графитовый", 30_500, 4_550_000),
    car("G2", "B 200 d", "B-Class", "хэтчбек", 2020, "дизель", "селенитово-серый", 52_900, 2_640_000),
    car("G3", "C 200", "C-Class", "седан", 2021, "бензин", "серый", 40_000, 3_400_000),
    car("R1", "B 180", "B-Class", "хэтчбек", 2018, "бензин", "бордовый", 84_300, 1_990_000),
    car("R2", "E 200", "E-Class", "седан", 2022, "бензин", "красный гиацинт", 20_000, 5_990_000),
    car("B1", "C 300", "C-Class", "кабриолет", 2021, "бензин", "тёмно-синий", 26_800, 4_690_000),
    car("B2", "SL 500", "SL-Class", "родстер", 2014, "бензин", "синий", 68_900, 4_190_000),
    car("S1", "GLS 400 d", "GLS-Class", "внедорожник", 2022, "дизель", "чёрный обсидиан", 30_000, 9_900_000),
    car("S2", "GLE 450", "GLE-Class", "внедорожник", 2022, "бензин", "чёрный матовый", 9_000, 9_100_000),
]
KEPT_APART = {
    "Есть что-нибудь в графитовом цвете?": ["G1"], "графит есть?": ["G1"], "серые машины": ["G2", "G3"],
    "селенитово-серые какие?": ["G2"], "бордовая есть?": ["R1"], "бордо есть?": ["R1"],
    "красные покажите": ["R2"], "красный гиацинт": ["R2"], "Синие машины покажите": ["B1", "B2"],
    "тёмно-синяя есть?": ["B1"], "темно синий или бордовый": ["B1", "R1"], "чёрный обсидиан": ["S1"],
    "чёрные какие?": ["S1", "S2"], "чёрный матовый": ["S2"], "не тёмно-синие C-класса": ["G3"],
    "кабриолеты есть?": ["B1"], "родстеры есть?": ["B2"], "кабриолет или родстер": ["B1", "B2"],
    "с открытым верхом": ["B1", "B2"], "кроссоверы есть?": ["G1"], "паркетник до 5 млн": ["G1"],
    "внедорожники какие?": ["S1", "S2"], "джип дизельный": ["S1"],
}  # fmt: skip
BROAD = [
    car("R", "C 200", "C-Class", "седан", 2021, "бензин", "красный", 40_000, 3_400_000),
    car("W", "GLA 200", "GLA-Class", "внедорожник", 2021, "бензин", "белый металлик", 40_000, 3_600_000),
    car("K", "SL 500", "SL-Class", "кабриолет", 2021, "бензин", "синий", 40_000, 7_600_000),
    car("V", "V 250 d", "V-Class", "минивэн", 2021, "дизель", "бежевый", 40_000, 6_600_000),
]
NEAREST = {
    "бордовая есть?": "C 200", "вишнёвый цвет есть?": "C 200", "тёмно-синий до 9 млн": "SL 500",
    "золотистая машина есть?": "V 250 d", "белый бриллиант есть?": "GLA 200",
}  # fmt: skip
SYNONYMS = {
    "кроссовер до 4 млн": ["W"], "паркетник есть?": ["W"], "микроавтобус есть?": ["V"],
    "белый металлик": ["W"], "родстер есть?": ["K"],
    "с открытой крышей": ["K"], "беж есть?": ["V"], "голубая есть?": ["K"],
}  # fmt: skip


@pytest.fixture(scope="module")
def salon() -> Salon:
    salon = Salon()
    salon.stock(ROWS, [])
    return salon


@pytest.fixture(scope="module")
def broad() -> Salon:
    salon = Salon()
    salon.stock(BROAD, [])
    return salon


@pytest.mark.parametrize("asked", KEPT_APART)
def test_what_the_stock_keeps_apart_is_kept_apart(salon: Salon, asked: str) -> None:
    assert told(salon.ask(asked)) == KEPT_APART[asked]


@pytest.mark.parametrize("asked", NEAREST)
def test_a_shade_that_is_not_there_is_denied_beside_the_nearest(broad: Salon, asked: str) -> None:
    reply = broad.ask(asked)
    assert reply.reason == "not_in_stock", reply.text
    assert f"1. {NEAREST[asked]}:" in reply.text


@pytest.mark.parametrize("asked", SYNONYMS)
def test_where_the_stock_has_one_word_all_names_mean_it(broad: Salon, asked: str) -> None:
    assert told(broad.ask(asked)) == SYNONYMS[asked]
