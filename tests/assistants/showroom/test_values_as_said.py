"""Drive, mileage, condition, years and colours in visitors' own words, held against the rows."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import product

import pytest

from tests.assistants.showroom.conftest import Row, Salon, car

Holds = Callable[[Row], bool]

_MODELS = (
    ("CLA 200", "CLA", "седан"), ("CLA 250 4MATIC", "CLA", "универсал"),
    ("AMG CLA 45 S 4MATIC+", "CLA", "седан"), ("E 300", "E-Class", "купе"),
    ("E 450 4MATIC", "E-Class", "купе"), ("E 220 d 4MATIC", "E-Class", "универсал"),
    ("GLC 200 4MATIC", "GLC", "внедорожник"), ("AMG GLC 63 S 4MATIC+", "GLC", "внедорожник"),
)  # fmt: skip
_STATES = (
    (2019, "белый", 61_000, 3_900_000), (2021, "чёрный", 24_000, 5_100_000),
    (2022, "серебристый", 0, 7_200_000), (2024, "коричневый", 0, 9_400_000),
)  # fmt: skip
_ROWS = [
    car(f"W1K{number:014d}", model, group, body, year, "дизель" if " d " in model else "бензин", color, *rest)
    for number, ((model, group, body), (year, color, *rest)) in enumerate(product(_MODELS, _STATES), 1)
]


@pytest.fixture(scope="module")
def salon() -> Salon:
    salon = Salon()
    salon.stock(_ROWS)
    return salon


def _of(group: str, holds: Holds = lambda row: True) -> Holds:
    return lambda row: row["class_name"] == group and holds(row)


def _driven_by_all(row: Row) -> bool:
    return "4MATIC" in row["model"]


def _tells(salon: Salon, question: str, holds: Holds) -> None:
    """The answer counts and lists the cars of which `holds` is true, all of them and no other."""
    reply = salon.ask(question)
    wanted = {row["vin"] for row in _ROWS if holds(row)}
    told = {fact.id for fact in reply.facts if fact.kind == "stock"}
    counted = re.search(r"В наличии (\d+) ", reply.text)
    assert wanted, "a case without a car shows nothing"
    assert told, reply.text
    assert told <= wanted, reply.text
    assert (int(counted.group(1)) if counted else len(told)) == len(wanted), reply.text


@pytest.mark.parametrize("drive", ["4MATIC", "4matic", "4 matic", "4матик", "полным приводом 4MATIC"])
@pytest.mark.parametrize(
    ("question", "holds"),
    [
        ("{} с {} есть?", _of("CLA", _driven_by_all)),
        ("{} с {}", _of("GLC")),
        ("Подскажите {} с {}, почём?", _of("E-Class", _driven_by_all)),
        (
            "какие {} с {} до 6 млн",
            _of("CLA", lambda row: _driven_by_all(row) and row["price_rub"] <= 6_000_000),
        ),
    ],
)
def test_a_preposition_is_no_letter_of_a_name(question: str, holds: Holds, drive: str, salon: Salon) -> None:
    group = next(row["class_name"] for row in _ROWS if holds(row))
    _tells(salon, question.format(group, drive), holds)


@pytest.mark.parametrize("question", ["CLA 45 S 4MATIC", "CLA 45 с 4MATIC", "CLA 45 S с 4MATIC есть?"])
def test_the_letter_behind_a_number_is_one(question: str, salon: Salon) -> None:
    _tells(salon, question, lambda row: "CLA 45" in row["model"])


@pytest.mark.parametrize("nought", ["ноль", "нуль", "0", "0 км", "ноль километров"])
@pytest.mark.parametrize(
    "question",
    ["CLA, пробег {}", "Мне CLA с пробегом ровно {}", "ищу CLA, пробегом в {}", "CLA с пробегом {}, есть?"],
)
def test_a_mileage_of_nought_is_a_number(question: str, nought: str, salon: Salon) -> None:
    _tells(salon, question.format(nought), _of("CLA", lambda row: row["mileage_km"] == 0))


def test_a_mileage_above_nought_stays_one(salon: Salon) -> None:
    _tells(salon, "CLA с пробегом", _of("CLA", lambda row: row["mileage_km"] > 0))
    _tells(salon, "CLA, пробег не ноль", _of("CLA", lambda row: row["mileage_km"] > 0))


_YEARS = {year for year, *_ in _STATES}


@pytest.mark.parametrize("year", sorted(_YEARS))
@pytest.mark.parametrize(
    "question",
    [
        "E-класс, но не {} год", "E-класс интересует, кроме {}-го года", "E-класс, {} не предлагать",
        "E-класс, {}-й отпадает", "E-класс не {} года выпуска есть?", "E-класс до 20 млн, не {}",
    ],
)  # fmt: skip
def test_a_year_that_is_not_wanted(question: str, year: int, salon: Salon) -> None:
    _tells(salon, question.format(year), _of("E-Class", lambda row: row["year"] != year))


@pytest.mark.parametrize("years", [(2019, 2022), (2019, 2024), (2022, 2019), (2021, 2024), (2021, 2022)])
@pytest.mark.parametrize(
    "question",
    [
        "CLA {} или {} года", "CLA {} либо {} года выпуска есть?", "CLA — мне подойдёт и {}-й, и {}-й",
        "CLA: либо {}-й, либо {}-й год", "CLA, {} / {}", "CLA {} и {} годов",
    ],
)  # fmt: skip
def test_any_of_two_years(question: str, years: tuple[int, int], salon: Salon) -> None:
    first, last = years
    for said in (years, (first % 100, last % 100) if "год" in question else years):
        _tells(salon, question.format(*said), _of("CLA", lambda row: row["year"] in years))


def test_several_years_are_ruled_out_and_listed(salon: Salon) -> None:
    _tells(salon, "CLA кроме 2019, 2021 и 2022 годов есть?", _of("CLA", lambda row: row["year"] == 2024))
    _tells(salon, "CLA 2019, 2021 или 2024 года", _of("CLA", lambda row: row["year"] != 2022))
    _tells(salon, "CLA с 2019 и по 2022", _of("CLA", lambda row: row["year"] <= 2022))


def test_the_next_question_replaces_the_years(salon: Salon) -> None:
    def cars(*turns: str) -> str:
        return salon.talk(*turns).text

    assert "2019 или 2024 год" in cars("CLA 2019 или 2024 года", "а белые?")
    replaced = cars("CLA 2019 или 2024 года", "а 2022?")
    assert "2022 год" in replaced
    assert "не учтены" not in replaced
    denied = cars("CLA 2022 года", "а не 2022?")
    assert "год — не 2022" in denied
    assert "не учтены" not in denied
    assert "не 2022" not in cars("CLA, но не 2022 год", "а год не важен")


_NEW, _DRIVEN = (lambda row: row["mileage_km"] == 0), (lambda row: row["mileage_km"] > 0)


@pytest.mark.parametrize(
    ("question", "holds"),
    [
        ("CLA только новые или есть подержанные? Нужна подержанная", _DRIVEN),
        ("CLA продаёте только новыми, или и бэушные бывают? Беру бэушную", _DRIVEN),
        ("CLA: совсем новый или уже поездивший? Поездивший предпочту", _DRIVEN),
        ("CLA с пробегом или новые? Интересуют новые", _NEW),
        ("CLA новые или с пробегом?", lambda row: True),
        ("CLA белые или чёрные держите? Беру чёрную", lambda row: row["color"] == "чёрный"),
        ("CLA белые есть или только чёрные? Лучше белую", lambda row: row["color"] == "белый"),
        ("CLA седан или универсал? Нужен универсал", lambda row: row["body"] == "универсал"),
        ("CLA белые или чёрные? До 5 млн", lambda row: row["color"] == "белый"),
    ],
)
def test_what_is_said_after_a_choice_decides(question: str, holds: Holds, salon: Salon) -> None:
    _tells(salon, question, _of("CLA", holds))


@pytest.mark.parametrize(
    ("question", "holds"),
    [
        ("{} CLA есть?", lambda row: row["color"] != "белый"),
        ("какие CLA у вас {}", lambda row: row["color"] != "белый"),
        ("CLA не дороже 8 млн, {}", lambda row: row["color"] != "белый" and row["price_rub"] <= 8_000_000),
    ],
)
@pytest.mark.parametrize("denied", ["небелые", "Небелые", "не белые"])
def test_a_denial_grown_together_with_its_word(
    question: str, holds: Holds, denied: str, salon: Salon
) -> None:
    _tells(salon, question.format(denied), _of("CLA", holds))


def test_other_values_grown_together_with_a_denial(salon: Salon) -> None:
    _tells(salon, "небензиновый E-класс есть?", _of("E-Class", lambda row: row["fuel"] == "дизель"))
    _tells(salon, "неполноприводный CLA", _of("CLA", lambda row: not _driven_by_all(row)))
    _tells(salon, "недорогой неновый CLA", _of("CLA", _DRIVEN))


@pytest.mark.parametrize("said", ["6ти", "6-ти", "6"])
@pytest.mark.parametrize("unit", ["миллионов", "млн"])
@pytest.mark.parametrize(
    "question", ["E-класс дешевле {} {}", "E-класс, бюджет до {} {}", "E-класс от 4х до {} {}"]
)
def test_a_sum_keeps_its_case_ending(question: str, said: str, unit: str, salon: Salon) -> None:
    low = 4_000_000 if "от 4х" in question else 0
    holds = _of("E-Class", lambda row: low <= row["price_rub"] < 6_000_000)
    _tells(salon, question.format(said, unit), holds)


@pytest.mark.parametrize(
    ("question", "shown"),
    [
        ("коричневенькие есть?", "цвет — коричневый"), ("цвета капучино есть?", "цвет — бежевый"),
        ("айвори есть?", "цвет — бежевый"), ("голубенькая есть?", "цвет — синий"),
        ("вэны есть?", "кузов — минивэн"), ("на газу есть?", "топливо — газ"),
        ("на метане есть?", "топливо — газ"), ("гелендос есть?", "G-класс"),
    ],
)  # fmt: skip
def test_values_have_everyday_names(salon: Salon, question: str, shown: str) -> None:
    assert f"({shown})" in salon.ask(question).text.partition("\n")[0]


@pytest.mark.parametrize(
    "question", ["угостите кофе с молоком?", "капучино у вас есть?", "кофейный автомат есть?"]
)
def test_a_drink_is_no_colour(salon: Salon, question: str) -> None:
    reply = salon.ask(question)
    assert "бежев" not in reply.text
    assert "коричнев" not in reply.text


@pytest.mark.parametrize(
    "told",
    [
        "у нас серебряная свадьба", "коричневый чемодан в багажник влезет", "в чёрную пятницу приедем",
        "живём на белой горе", "сын получил серебряную медаль",
    ],
)  # fmt: skip
def test_a_colour_of_something_else_is_none_of_the_car(salon: Salon, told: str) -> None:
    _tells(salon, f"{told}. Какие GLC есть?", _of("GLC"))


@pytest.mark.parametrize("behind", ["металлик", "универсал", "вариант"])
def test_a_colour_before_a_word_of_cars_is_of_the_car(salon: Salon, behind: str) -> None:
    reply = salon.ask(f"белый {behind} есть?")
    assert "цвет — белый" in reply.text


@pytest.mark.parametrize("without", ["делать нечего", "никуда", "не предлагайте", "у нас не проехать"])
def test_what_one_cannot_do_without_is_wanted(salon: Salon, without: str) -> None:
    _tells(salon, f"без полного привода {without}. E-класс есть?", _of("E-Class", _driven_by_all))


def test_nearly_new_is_not_new(salon: Salon) -> None:
    _tells(salon, "почти новые CLA есть?", _of("CLA", lambda row: row["mileage_km"] > 0))


@pytest.mark.parametrize("no_more", ["больше тратить не готов", "больше не могу", "больше не дам"])
def test_a_sum_that_nobody_goes_beyond_bounds_from_above(salon: Salon, no_more: str) -> None:
    _tells(
        salon, f"на руках 6 млн, {no_more}. Какие GLC есть?", _of("GLC", lambda row: row["price_rub"] <= 6e6)
    )


@pytest.mark.parametrize("liked", ["понравился", "коллега хвалит", "жена влюбилась в"])
def test_what_is_liked_is_wished_for(salon: Salon, liked: str) -> None:
    _tells(salon, f"{liked} GLC. Какие у вас есть?", _of("GLC"))
