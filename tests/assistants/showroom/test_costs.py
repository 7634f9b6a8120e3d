"""What a purchase comes to: options, the old car, a loan. Every number is computed and cited."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistants.showroom.costs.asked import read_terms
from assistants.showroom.costs.loan import Loan, share
from core.dialogue import Reply
from core.facts import DocumentKind
from core.quantities import quantities
from core.spec import CreditTerms
from tests.assistants.showroom.conftest import Salon, car

CARS = [
    car("K1", "C 180", "C-Class", "седан", 2023, "бензин", "чёрный", 0, 5_490_000),
    car("K2", "E 200", "E-Class", "седан", 2022, "бензин", "белый", 12_000, 6_000_000),
    car("K3", "GLC 300 4MATIC", "GLC", "внедорожник", 2023, "бензин", "белый", 0, 8_000_000),
    car("K4", "GLC 300 4MATIC", "GLC", "внедорожник", 2024, "дизель", "серый", 0, 9_000_000),
]
OPTIONS = [
    {"model": "C 180", "option": "Панорамная крыша", "price_rub": 185_000},
    {"model": "C 180", "option": "Подогрев руля", "price_rub": 32_000},
    {"model": "E 200", "option": "Пакет AMG Line", "price_rub": 320_000},
]
OWNERS = CreditTerms(annual_percent=Decimal("19.9"), months=(12, 84), least_first_percent=Decimal(20))


@pytest.fixture
def desk(salon: Salon) -> Salon:
    """A salon whose owner names no rate."""
    salon.stock(CARS, OPTIONS)
    return _with_credit(salon, None)


def _with_credit(salon: Salon, credit: CreditTerms | None) -> Salon:
    settings = salon.spec.owner.model_copy(update={"credit": credit})
    version = "rate" if credit else "no rate"
    salon.put(DocumentKind.SETTINGS, settings.model_dump_json().encode(), version=version)
    return salon


def calculations(reply: Reply) -> list[dict[str, Any]]:
    return [fact.values for fact in reply.facts if fact.kind == "calculation"]


@pytest.mark.parametrize(
    ("principal", "percent", "months", "payment"),
    [
        (9_000, "11.75", 36, 298),  # MATLAB's payper: 297.8553
        (30_000, "11", 300, 294),  # Omnis' ann(): 294.03
        (2_000, "6", 48, 47),  # R's capitalR: 46.97006
        (1_200, "0", 12, 100),
        (1, "0", 360, 0),
    ],
)
def test_the_payment_is_that_of_other_peoples_calculators(
    principal: int, percent: str, months: int, payment: int
) -> None:
    assert Loan(principal, Decimal(percent), months).payment_rub == payment


@given(
    st.integers(min_value=100_000, max_value=60_000_000),
    st.decimals(min_value=0, max_value=60, places=2),
    st.integers(min_value=1, max_value=120),
)
def test_the_last_payment_ends_the_debt(principal: int, percent: Decimal, months: int) -> None:
    loan, debt, rate = Loan(principal, percent, months), Decimal(principal), percent / 1200
    for _ in range(months):
        debt += debt * rate - loan.payment_rub
    grown = sum((1 + rate) ** month for month in range(months))
    assert abs(debt) <= Decimal("0.51") * grown  # half a rouble a month, with its interest
    assert loan.interest_rub >= 0


def test_shares_are_rounded_half_up() -> None:
    assert share(1_001, Decimal(50)) == 501
    assert share(5_490_000, Decimal("12.5")) == 686_250


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Кредит на три года с первым взносом в полтора миллиона", {"months": (36,), "first_rub": 1_500_000}),
        ("взнос 30 процентов, срок 60 мес.", {"months": (60,), "first_percent": Decimal(30)}),
        ("в кредит под 17,9% годовых", {"annual_percent": Decimal("17.9")}),
        ("кредит на полтора года, внесу миллион двести", {"months": (18,), "first_rub": 1_200_000}),
        ("на 3, 5 или 7 лет в кредит", {"months": (36, 60, 84)}),
        ("сдам свою за 900 тысяч, сколько доплатить за C 180", {"trade_in_rub": 900_000}),
        ("сколько доплатить за C 180, моей дают два миллиона", {"trade_in_rub": 2_000_000}),
        ("без первого взноса на полгода в кредит", {"months": (6,), "first_percent": Decimal(0)}),
        ("возьму 3 млн в кредит на год", {"months": (12,), "principal_rub": 3_000_000}),
        ("C 180 2022 года не старше 3 лет в кредит", {}),
        ("продам через 2 года, а кредит?", {}),
    ],
)  # fmt: skip
def test_terms_are_read_in_digits_and_in_words(question: str, expected: dict[str, Any]) -> None:
    asked = read_terms(question)
    assert asked is not None
    flags = ("loan", "trade_in", "options")
    named = {name: value for name, value in asked.terms if value not in (None, ()) and name not in flags}
    assert named == expected


def test_a_loan_at_the_visitors_rate(desk: Salon) -> None:
    reply = desk.ask("Посчитайте кредит на C 180 на 5 лет с первым взносом 20%, ставка 18%")
    assert calculations(reply) == [
        {
            "price_rub": 5_490_000, "first_percent": 20.0, "first_rub": 1_098_000, "borrowed_rub": 4_392_000,
            "annual_percent": 18.0, "months": 60, "years": 5, "payment_rub": 111_528,
            "interest_rub": 2_299_680,
        }
    ]  # fmt: skip
    assert "111 528 ₽" in reply.text
    assert "Расчёт предварительный" in reply.text
    assert [source.kind for source in reply.sources] == ["stock", "calculation"]


def test_without_a_rate_there_is_no_payment(desk: Salon) -> None:
    reply = desk.ask("Посчитайте кредит на C 180 на 5 лет, взнос миллион")
    assert "придумывать её не буду" in reply.text
    assert "в кредит пойдёт 4 490 000 ₽" in reply.text
    assert "ежемесячный платёж —" not in reply.text
    assert "payment_rub" not in calculations(reply)[0]
    assert "ежемесячный платёж —" in desk.ask("а под 20%?", fresh=False).text


def test_the_owners_rate_is_named_as_his(desk: Salon) -> None:
    _with_credit(desk, OWNERS)
    reply = desk.ask("Посчитай кредит на C 180 на 3 года")
    assert "19,9 % годовых" in reply.text
    assert "Ставку для примера указал салон." in reply.text
    assert calculations(reply)[0]["first_percent"] == 20.0
    theirs = desk.ask("а под 15%?", fresh=False)
    assert "15 % годовых" in theirs.text
    assert "указал салон" not in theirs.text
    assert "от 20 % цены" in desk.ask("Посчитай кредит на C 180 на 3 года без первого взноса").text


def test_what_changes_and_what_stays_in_a_dialogue(desk: Salon) -> None:
    desk.ask("Кредит на C 180 на 5 лет под 18%, взнос 1 млн, сколько в месяц?")
    assert calculations(desk.ask("а на три года?", fresh=False))[0]["months"] == 36
    third = calculations(desk.ask("а если взнос 40 процентов?", fresh=False))[0]
    assert (third["first_percent"], third["months"]) == (40.0, 36)
    other = calculations(desk.ask("а по E 200?", fresh=False))[0]
    assert (other["price_rub"], other["months"], other["first_percent"]) == (6_000_000, 36, 40.0)
    assert not calculations(desk.ask("а чёрные GLC есть?", fresh=False))


def test_a_car_shown_before_is_meant(desk: Salon) -> None:
    assert len(calculations(desk.talk("Есть C 180?", "посчитай на него кредит на 2 года под 20%"))) == 1
    second = calculations(desk.talk("Какие GLC есть?", "посчитай кредит на второй на год под 10%"))
    assert [sums["price_rub"] for sums in second] == [9_000_000]


@pytest.mark.parametrize(
    "question",
    [
        "у меня E 200 2019 за 2,5 млн, сколько доплатить за C 180?",
        "У меня E 200 2019 года за 2,5 млн. Сколько доплатить за C 180?",
        "Сколько доплачивать за C 180, если мою ешку оценят в два с половиной миллиона?",
        "Обменяю E 200 на C 180, за свою хочу 2 500 000, доплата какая?",
        "Хочу сдать Камри за 2,5 миллиона и взять C 180, какая доплата?",
    ],
)
def test_the_old_car_is_taken_off(desk: Salon, question: str) -> None:
    reply = desk.ask(question)
    assert calculations(reply) == [{"price_rub": 5_490_000, "trade_in_rub": 2_500_000, "rest_rub": 2_990_000}]
    assert "с ваших слов" in reply.text
    assert [fact.id for fact in reply.facts if fact.kind == "stock"] == ["K1"]


def test_what_the_old_car_is_worth_is_not_guessed(desk: Salon) -> None:
    reply = desk.ask("Хочу сдать E 200 2019 и взять C 180, сколько доплачивать?")
    assert "покажет оценка" in reply.text
    assert calculations(reply) == [{"price_rub": 5_490_000}]
    assert "разница в вашу пользу — 510 000 ₽" in desk.ask("а если оценят в 6 млн?", fresh=False).text


def test_options_are_added(desk: Salon) -> None:
    reply = desk.ask("Сколько стоит C 180 с панорамой и подогревом руля?")
    assert "С опциями (Панорамная крыша — 185 000 ₽, Подогрев руля — 32 000 ₽) — 5 707 000 ₽." in reply.text
    assert calculations(reply) == [{"price_rub": 5_490_000, "total_rub": 5_707_000}]
    credit = calculations(desk.ask("а в кредит на год под 12%?", fresh=False))[0]
    assert (credit["total_rub"], credit["months"]) == (5_707_000, 12)
    assert not calculations(desk.ask("Сколько стоит панорама на C 180?"))


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("Кредит на C 180 на 0 месяцев под 10%, сколько платить?", "Срок кредита — от 1 до 360 месяцев"),
        ("Кредит на C 180 на 90 лет под 10%, сколько платить?", "Срок кредита — от 1 до 360 месяцев"),
        ("Кредит на C 180 на 5 лет, взнос 200%", "от 0 до 100 % цены"),
        ("Кредит на C 180 на 5 лет под 400%", "процентах годовых, от 0 до 100"),
        ("Кредит на C 180 на 5 лет, взнос -500 тысяч", "не бывают меньше нуля"),
        ("Кредит на C 180 на минус 5 лет под 10%", "не бывают меньше нуля"),
        ("Кредит на C 180 на 5 лет под 10%, взнос 7 млн", "покрывает всю сумму 5 490 000 ₽"),
        ("Посчитай кредит на 5 лет под 10%", "Назовите, пожалуйста, модель или цену"),
        ("Посчитай кредит на Камри на 5 лет под 10%", "Такого автомобиля сейчас нет в наличии"),
    ],
)
def test_what_cannot_be_calculated_is_said_politely(desk: Salon, question: str, said: str) -> None:
    reply = desk.ask(question)
    assert said in reply.text
    assert "ежемесячный платёж —" not in reply.text


@pytest.mark.parametrize(
    "question",
    [
        "Можно ли взять GLC в кредит?",
        "Какие документы нужны для кредита на GLC на 5 лет?",
        "Выдаёте кредит на 7 лет?",
        "Есть ли рассрочка на 2 года на C 180?",
        "Какая будет скидка на C 180 при кредите на 5 лет?",
        "Сколько стоит оценка в трейд-ин?",
        "Есть ли C 180 до 6 млн?",
        "Сколько стоит GLC 300?",
        "Какие цвета C 180 есть?",
        "Что сейчас последнее в наличии?",
        "Покажите последний",
        "Зачем доплачивать за S-класс, когда есть E-класс?",
    ],
)
def test_other_questions_are_not_calculated(desk: Salon, question: str) -> None:
    assert not calculations(desk.ask(question))


@given(
    price=st.integers(min_value=500_000, max_value=50_000_000),
    first=st.integers(min_value=0, max_value=99),
    months=st.integers(min_value=1, max_value=360),
    rate=st.decimals(min_value=0, max_value=60, places=1),
)
def test_every_number_that_is_said_is_cited(
    _salon: Salon,  # noqa: PT019 - hypothesis wants a fixture of the session
    price: int,
    first: int,
    months: int,
    rate: Decimal,
) -> None:
    _salon.stock([car("K1", "C 180", "C-Class", "седан", 2023, "бензин", "чёрный", 0, price)])
    _with_credit(_salon, None)
    said = f"Кредит на C 180 на {months} мес. под {rate}%, взнос {first}%, сколько платить?"
    reply = _salon.ask(said)
    cited = {abs(float(value)) for values in calculations(reply) for value in values.values()}
    cited |= {180.0, 2023.0}
    told = re.sub(r"По данным на .*", "", reply.text)
    assert {number.value for number in quantities(told) if not number.ordinal} <= cited, reply.text
    if first:
        assert calculations(reply)[0]["borrowed_rub"] == price - share(price, Decimal(first))


WITH_OPTIONS = (
    "а с {}?", "сколько с {} выйдет?", "а с {} сколько?", "сколько он с {}?", "и почём он с {}?",
    "а если с {}?", "сколько будет стоить с {}?", "с {} во сколько обойдётся?", "итого с {}?",
)  # fmt: skip


@pytest.mark.parametrize("question", WITH_OPTIONS)
@pytest.mark.parametrize("first", ["Сколько стоит C 180?", "Есть C 180?", "Какой самый дешёвый C-класс?"])
@pytest.mark.parametrize(
    ("option", "sums"), [("панорамой", ["5 675 000 ₽"]), ("подогревом руля", ["5 522 000 ₽"])]
)
def test_an_option_is_added_to_the_car_that_was_told(
    desk: Salon, first: str, question: str, option: str, sums: list[str]
) -> None:
    reply = desk.talk(first, question.format(option))
    assert all(each in reply.text for each in sums), reply.text


def test_of_the_cars_told_those_that_can_have_it_are_summed_up_the_least_first(desk: Salon) -> None:
    reply = desk.talk("какие седаны есть?", "а с панорамой сколько?")
    assert "5 675 000 ₽" in reply.text
    assert "E 200" not in reply.text


@pytest.mark.parametrize(
    "question", ["а панорама сколько?", "сколько стоит панорама?", "какие с панорамой есть?"]
)
def test_an_option_that_nothing_adds_is_no_sum(desk: Salon, question: str) -> None:
    assert not calculations(desk.talk("Сколько стоит C 180?", question))
