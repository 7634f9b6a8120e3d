"""Every word that changes which cars are asked for is held by a reading or asked about."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistants.showroom.language.lexicon import Lexicon
from assistants.showroom.language.reading import Reading, read
from assistants.showroom.language.wish import Condition, Order
from tests.assistants.showroom.conftest import Salon, car, told

LEXICON = Lexicon(
    {
        "color": [{"id": "white", "shown": "белый"}, {"id": "black", "shown": "чёрный"}],
        "fuel": [
            {"id": "diesel", "shown": "дизель"},
            {"id": "petrol", "shown": "бензин", "names": ["бензиновый"]},
            {"id": "hybrid", "shown": "гибрид"},
        ],
        "body": [{"id": "sedan", "shown": "седан"}, {"id": "coupe", "shown": "купе"}],
        "model_class": [{"id": "GLC"}, {"id": "GLE"}],
    },
    None,
)
THINGS = {"белый": "color:white", "дизель": "fuel:diesel", "седан": "body:sedan", "GLC": "class:GLC"}


def _read(question: str) -> Reading:
    return read(question, LEXICON, 2026)


@given(
    st.sampled_from(["не", "кроме", "без", "исключая", "помимо", "вместо", "взамен", "ни"]),
    st.sampled_from(["", "в ", "на ", "хочу ", "этот ", "тот самый ", "учёта ", "нужен ", "вон тот "]),
    st.sampled_from(sorted(THINGS)),
    st.sampled_from(["что есть", "покажите машины"]),
)
def test_what_is_denied_is_never_wanted_in_silence(denial: str, between: str, thing: str, asks: str) -> None:
    reading = _read(f"{asks} {denial} {between}{thing}")
    wish = reading.wish
    wanted = {*wish.colors, *wish.fuels, *wish.bodies, *wish.classes}
    asked_about = reading.denials or reading.unheld
    assert asked_about or THINGS[thing] in wish.excluded or not wanted


@given(
    st.sampled_from(["дороже", "больше", "свыше", "выше"]),
    st.integers(2, 30),
    st.sampled_from(["не потяну", "не предлагать", "не надо", "не рассматриваю", "точно не хочу"]),
)
def test_a_bound_that_is_denied_from_behind(above: str, millions: int, refusal: str) -> None:
    wish = _read(f"седан, {above} {millions} млн {refusal}").wish
    assert (wish.price_from, wish.price_to) == (None, millions * 1_000_000)


@given(st.integers(1, 9), st.integers(10, 30))
def test_bounds_that_exclude_each_other_are_asked_about(low: int, high: int) -> None:
    assert _read(f"дешевле {low} млн или дороже {high} млн").unheld


@pytest.mark.parametrize(
    "question",
    [
        "не подскажете, седаны есть?",
        "не только белый, но и чёрный",
        "седан не дороже 5 млн и не старше 2020 года",
        "седан до 5 млн, дороже не надо",
        "дизель всё-таки не хочу, седан",
        "новые не предлагать, седан",
        "седан без пробега",
        "пять миллионов есть, какой седан взять не дороже?",
        "ни дизель, ни купе не нужны",
        "ни одна не нравится, а седан до 4 млн?",
    ],
)
def test_denials_that_are_held_or_deny_nothing(question: str) -> None:
    assert not _read(question).denials


@pytest.mark.parametrize(
    ("question", "fields"),
    [
        ("не в чёрном и не в белом цвете", {"excluded": ("color:black", "color:white")}),
        ("не хочу дизель, бензин — что есть", {"excluded": ("fuel:diesel", "fuel:petrol")}),
        ("без учёта GLC, седан", {"bodies": ("sedan",), "excluded": ("class:GLC",)}),
        ("купе или седан, без разницы", {"bodies": ("coupe", "sedan")}),
        ("белый, неважно какой кузов", {"colors": ("white",)}),
        ("седан новый или с пробегом", {"bodies": ("sedan",)}),
        ("не обязательно новый седан", {"bodies": ("sedan",)}),
        ("седан в новом кузове", {"bodies": ("sedan",)}),
        ("седан новее прошлого года", {"bodies": ("sedan",), "year_from": 2026}),
        ("пробег примерно 90 тысяч", {"mileage_from": 81_000, "mileage_to": 99_000}),
        ("седан, пробег перевалил за сто тысяч", {"bodies": ("sedan",), "mileage_from": 100_000}),
        ("седан по цене 5 590 000", {"bodies": ("sedan",), "price_from": 5_590_000, "price_to": 5_590_000}),
        ("первый до 4 млн", {"price_to": 4_000_000}),
        ("седан, больше 50 тысяч пробега не надо", {"bodies": ("sedan",), "mileage_to": 50_000}),
        ("кто из седанов меньше всего стоит", {"bodies": ("sedan",), "order": Order.CHEAPEST}),
        ("новые не дороже 5 млн", {"condition": Condition.NEW, "price_to": 5_000_000}),
        (
            "седан 2023 года и новее, не дизель",
            {"bodies": ("sedan",), "year_from": 2023, "excluded": ("fuel:diesel",)},
        ),
        ("дизель, гибрид", {"fuels": ("diesel", "hybrid")}),
        ("бензиновый гибрид", {"fuels": ("hybrid",)}),
        ("седан, цвет неважно, GLC", {"bodies": ("sedan",), "classes": ("GLC",)}),
        ("седан, не ездивший", {"bodies": ("sedan",), "condition": Condition.NEW}),
    ],
)
def test_what_is_held(question: str, fields: dict[str, object]) -> None:
    wish = _read(question).wish.model_dump(exclude_defaults=True)
    wish = {name: tuple(sorted(value)) if isinstance(value, tuple) else value for name, value in wish.items()}
    assert wish == fields


@pytest.mark.parametrize(
    "question",
    [
        "самый дешёвый из самых новых седанов",
        "самый высокий седан",
        "добавлю миллион, седан",
    ],
)
def test_what_is_asked_about(question: str) -> None:
    assert _read(question).unheld


STOCK = [
    car("L1", "GLC 200 4MATIC", "GLC-Class", "внедорожник", 2021, "бензин", "чёрный", 30_000, 4_000_000),
    car("L2", "GLC 300 4MATIC", "GLC-Class", "внедорожник", 2023, "бензин", "чёрный", 0, 7_000_000),
    car("L3", "GLE 350 d 4MATIC", "GLE-Class", "внедорожник", 2024, "дизель", "белый", 500, 8_000_000),
    car("S1", "E 200", "E-Class", "седан", 2023, "бензин", "белый", 0, 6_000_000),
    car("S2", "E 350 d", "E-Class", "седан", 2022, "дизель", "серый", 15_000, 5_500_000),
]


@pytest.fixture
def stocked(salon: Salon) -> Salon:
    salon.stock(STOCK, [])
    return salon


def test_a_number_of_several_models_is_of_every_class(stocked: Salon) -> None:
    assert sorted(told(stocked.ask("какие 350-е есть?"))) == ["L3", "S2"]
    assert told(stocked.talk("седаны есть?", "только 350-е")) == ["S2"]


def test_the_next_question_completes_a_first_one_that_was_asked_back(stocked: Salon) -> None:
    reply = stocked.talk("седан не самый дорогой", "до 5,7 млн")
    assert told(reply) == ["S2"]


def test_the_car_that_was_told_before(stocked: Salon) -> None:
    said = ("самый дешёвый GLC?", "а самый дешёвый GLE?", "вернёмся к тому GLC, какой у него пробег?")
    assert "30 000 км" in stocked.talk(*said).text
    assert "2021" in stocked.talk(*said, "и год какой?").text


def test_both_together(stocked: Salon) -> None:
    said = ("самый дешёвый GLC?", "а самый дешёвый GLE?", "сколько за обе вместе?")
    assert "12 000 000 ₽" in stocked.talk(*said).text
    assert "11 500 000 ₽" in stocked.talk("седаны есть?", "сколько эти две в сумме?").text


@pytest.mark.parametrize(
    ("said", "cars"),
    [
        (("внедорожники до 9 млн", "та, что белая, сколько стоит?"), ["L3"]),
        (("GLC есть?", "не обязательно чёрные, а белые внедорожники"), ["L3"]),
        (("GLC есть?", "а остальные внедорожники?"), ["L3"]),
        (("седаны до 5,7 млн", "накину ещё полмиллиона"), ["S1", "S2"]),
    ],
)
def test_what_leans_on_what_was_said(stocked: Salon, said: tuple[str, ...], cars: list[str]) -> None:
    assert sorted(told(stocked.talk(*said))) == cars


@pytest.mark.parametrize("question", ["та белая ещё есть?", "каждая машина дороже 5 млн?"])
def test_what_nobody_holds_is_asked_back(stocked: Salon, question: str) -> None:
    assert stocked.ask(question).reason == "clarify"
