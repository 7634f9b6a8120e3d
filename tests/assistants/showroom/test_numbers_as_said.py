"""Numbers and words of quantity as they are said: years of two digits, sums, what has been driven.

The expected cars come from the rows by the plain meaning of each piece; pieces are combined.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import product
from typing import Any

import pytest

from tests.assistants.showroom.conftest import Salon, car, told

ROWS = [
    car("E1", "E 220 d", "E-Class", "седан", 2020, "дизель", "чёрный", 48_900, 4_850_000),
    car("E2", "E 220 d 4MATIC", "E-Class", "универсал", 2022, "дизель", "белый", 35_700, 6_190_000),
    car("E3", "E 200", "E-Class", "седан", 2022, "бензин", "белый", 0, 6_500_000),
    car("E4", "E 300 e", "E-Class", "седан", 2023, "гибрид", "серый", 0, 8_000_000),
    car("L1", "GLC 220 d 4MATIC", "GLC-Class", "внедорожник", 2023, "дизель", "чёрный", 12_000, 5_500_000),
    car("L2", "GLC 300 4MATIC", "GLC-Class", "внедорожник", 2024, "бензин", "белый", 0, 7_400_000),
    car("S1", "GLS 400 d 4MATIC", "GLS-Class", "внедорожник", 2022, "дизель", "серый", 60_000, 9_800_000),
    car("S2", "GLS 450 4MATIC", "GLS-Class", "внедорожник", 2024, "бензин", "чёрный", 0, 14_000_000),
    car("A1", "A 200", "A-Class", "хэтчбек", 2022, "бензин", "красный", 0, 3_400_000),
]
Row = Mapping[str, Any]


@pytest.fixture(scope="module")
def salon() -> Salon:
    salon = Salon()
    salon.stock(ROWS, [])
    return salon


def _vins(*tests: Callable[[Row], bool]) -> list[str]:
    return sorted(row["vin"] for row in ROWS if all(test(row) for test in tests))


def _year(low: int, high: int = 2100) -> Callable[[Row], bool]:
    return lambda row: low <= row["year"] <= high


THINGS: dict[str, Callable[[Row], bool]] = {
    "седан": lambda row: row["body"] == "седан",
    "е класс": lambda row: row["class_name"] == "E-Class",
    "внедорожник дизель": lambda row: row["body"] == "внедорожник" and row["fuel"] == "дизель",
}
YEARS = {
    "22г": _year(2022, 2022), "22 г": _year(2022, 2022), "22 г.в.": _year(2022, 2022),
    "22г.": _year(2022, 2022),
    "22-23г": _year(2022, 2023), "22-23 г.в.": _year(2022, 2023), "22-23 годов": _year(2022, 2023),
    "22 и новее": _year(2022), "22 или моложе": _year(2022), "22 и старше": _year(0, 2022),
}  # fmt: skip


@pytest.mark.parametrize(("thing", "year"), [*product(THINGS, YEARS)])
def test_a_year_of_two_digits(salon: Salon, thing: str, year: str) -> None:
    reply = salon.ask(f"{thing} {year}")
    assert told(reply) == _vins(THINGS[thing], YEARS[year]), reply.text


FOLLOWING = {
    "а 22 и новее?": _year(2022), "а 22?": _year(2022, 2022), "а 22-23?": _year(2022, 2023),
    "а с 22?": _year(2022), "ну а 22 есть?": _year(2022, 2022), "а 22 или 23?": _year(2022, 2023),
}  # fmt: skip


@pytest.mark.parametrize(("thing", "follow"), [*product(THINGS, FOLLOWING)])
def test_a_follow_up_that_opens_with_its_year(salon: Salon, thing: str, follow: str) -> None:
    """«А» is no letter of a designation there."""
    reply = salon.talk(f"{thing} есть?", follow)
    assert told(reply) == _vins(THINGS[thing], FOLLOWING[follow]), reply.text


@pytest.mark.parametrize("said", ["а 200", "а200", "A 200", "a200"])
def test_a_letter_before_three_digits_stays_a_designation(salon: Salon, said: str) -> None:
    assert told(salon.ask(f"{said} есть?")) == ["A1"]


def test_a_number_alone_where_sums_were_spoken_of_is_a_sum(salon: Salon) -> None:
    reply = salon.talk("внедорожник до 8 млн есть?", "а 20?")
    assert told(reply) == ["L1", "L2", "S1", "S2"]


SUMS = (
    "шесть с половиной максимум", "6,5 максимум", "6.5 потолок", "шесть с половиной край",
    "шесть с половиной не больше", "в пределах шести с половиной", "в пределах 6,5",
    "до шести с половиной", "за шесть с половиной", "дам шесть с половиной",
    "бюджет 6,5 млн и ни копейкой больше", "6,5 млн и ни рублём больше", "до 6,5 млн, и точка",
    "отложено ровно 6,5 млн", "у нас ровно 6,5 млн", "на руках ровно шесть с половиной миллионов",
    "накопили ровно 6,5 млн", "бюджет ровно 6,5 млн", "у нас ровно 6 500 000 рублей",
    "6,5 млн, больше ни копейки", "у нас ровно 6 500 000, больше ни рубля",
)  # fmt: skip


@pytest.mark.parametrize(("sum_", "before"), [*product(SUMS, [True, False])])
def test_a_sum_bounds_from_above(salon: Salon, sum_: str, before: bool) -> None:
    reply = salon.ask(f"{sum_}, е класс" if before else f"е класс, {sum_}")
    assert told(reply) == ["E1", "E2", "E3"], reply.text
    assert "Не учтено" not in reply.text


@pytest.mark.parametrize("said", ["ровно за 6 500 000", "ровно 6 500 000 рублей стоит"])
def test_what_a_car_costs_exactly_is_no_bound(salon: Salon, said: str) -> None:
    assert told(salon.ask(f"е класс есть {said}?")) == ["E3"]


@pytest.mark.parametrize("said", ["внуку пять с половиной", "прицеп два с половиной метра"])
def test_a_half_of_something_else_is_no_sum(salon: Salon, said: str) -> None:
    assert "5 500 000 ₽)" not in salon.ask(f"{said}, нужен седан").text


def _driven(row: Row) -> bool:
    return bool(row["mileage_km"])


def _undriven(row: Row) -> bool:
    return not row["mileage_km"]


DRIVEN = {
    "катаный": _driven, "катанный": _driven, "обкатанный": _driven, "объезженный": _driven,
    "с накатом": _driven,
    "некатаный": _undriven, "не катаный": _undriven, "некатанный": _undriven, "неезженный": _undriven,
    "необкатанный": _undriven, "непользованный": _undriven, "нулёвый": _undriven, "с нуля": _undriven,
    "без наката": _undriven, "не бывший в употреблении": _undriven,
}  # fmt: skip


@pytest.mark.parametrize(("thing", "said"), [*product(["седан", "е класс"], DRIVEN)])
def test_what_has_been_driven(salon: Salon, thing: str, said: str) -> None:
    for question in (f"{thing} {said}", f"нужен {thing}, {said}"):
        reply = salon.ask(question)
        assert told(reply) == _vins(THINGS[thing], DRIVEN[said]), (question, reply.text)


@pytest.mark.parametrize(
    "asked",
    [
        "который из них с меньшим пробегом", "а с меньшим пробегом который?", "у какой пробег поменьше",
        "у которого пробег ниже?", "где километраж меньше?", "у кого накат меньше?", "какая меньше бегала?",
        "где пробег самый маленький", "какой из них меньше всех проехал",
    ],
)  # fmt: skip
def test_the_least_driven_of_those_before(salon: Salon, asked: str) -> None:
    assert told(salon.talk("дизельные внедорожники есть?", asked)) == ["L1"]


@pytest.mark.parametrize("asked", ["что поновее из них", "какой из них новей?", "который новее?"])
def test_the_newest_of_those_before(salon: Salon, asked: str) -> None:
    assert told(salon.talk("дизельные внедорожники есть?", asked)) == ["L1"]


@pytest.mark.parametrize(
    ("said", "vins"),
    [
        ("пдс 220 в какие есть", "L1"), ("пдс 220 в есть?", "L1"), ("пдс220в почём", "L1"),
        ("пдс 220в", "L1"),
        ("пдс 300 в белом есть?", "L2"), ("пдс 300 в наличии?", "L2"), ("пдс 300 у вас есть?", "L2"),
    ],
)  # fmt: skip
def test_a_letter_in_the_other_layout(salon: Salon, said: str, vins: str) -> None:
    assert told(salon.ask(said)) == [vins]


REFUSED = (
    "но не 220", "кроме 220", "только не 220-й", "но не 220 d", "не 220",
    "кроме 220 и 43", "ни 220, ни 43",
)  # fmt: skip


@pytest.mark.parametrize("said", REFUSED)
def test_a_number_refused_beside_its_class(salon: Salon, said: str) -> None:
    assert told(salon.ask(f"глц {said}")) == ["L2"]
    assert told(salon.ask(f"е класс 22 года и новее, {said}")) == ["E3", "E4"]


def test_a_refused_number_that_nobody_has_keeps_all(salon: Salon) -> None:
    assert told(salon.ask("глц, но не 400 d")) == ["L1", "L2"]
    assert told(salon.ask("глс, но не 350")) == ["S1", "S2"]


def test_a_number_of_something_else_is_no_model(salon: Salon) -> None:
    assert "кроме" not in salon.ask("е класс не 220 сил").text


BOUGHT = (
    "берём сразу 3 машины, {}", "нужно две штуки, {}", "хотим купить пять машин, {}", "{}, 4 шт",
    "закупаем четыре штуки, {}", "нужны три одинаковых, {}", "возьмём сразу две, {}",
)  # fmt: skip


@pytest.mark.parametrize(("wording", "thing"), [*product(BOUGHT, THINGS)])
def test_how_many_are_bought_narrows_nothing(salon: Salon, wording: str, thing: str) -> None:
    reply = salon.ask(wording.format(thing))
    assert told(reply) == _vins(THINGS[thing]), reply.text


@pytest.mark.parametrize("count", ["2", "два", "три", "5", "пять"])
def test_a_count_before_what_is_bought(salon: Salon, count: str) -> None:
    assert told(salon.ask(f"возьмём {count} белых универсала")) == ["E2"]


def test_what_is_alike_in_something_is_no_count(salon: Salon) -> None:
    assert not told(salon.ask("два одинаковых по цене седана есть?"))


AGES = (
    "мне шестьдесят четыре года", "нам с женой под шестьдесят", "мне уже за семьдесят", "нам обоим по 60",
    "мы с мужем обоим уже под шестьдесят", "маме скоро 70", "тестю семьдесят два года",
    "мужу под пятьдесят", "жене стукнуло пятьдесят пять",
)  # fmt: skip


@pytest.mark.parametrize("age", AGES)
def test_an_age_in_words_says_nothing_of_the_car(salon: Salon, age: str) -> None:
    for question in (f"{age}, нужен белый универсал", f"{age} хочу белый универсал"):
        assert told(salon.ask(question)) == ["E2"], question


def test_an_age_before_its_person(salon: Salon) -> None:
    assert told(salon.ask("двадцать пять мне, хочу белый универсал")) == ["E2"]


FAR = (
    "двести километров в одну сторону", "до работы сорок километров", "езжу каждый день сто километров",
    "в год накатываю тридцать тысяч километров", "дача за двести километров", "200 км в одну сторону до дачи",
    "мотаемся 150 км в день", "проезжаю по тысяче километров в неделю",
)  # fmt: skip


@pytest.mark.parametrize("far", FAR)
def test_how_far_somebody_drives_is_no_mileage(salon: Salon, far: str) -> None:
    reply = salon.ask(f"{far}, какие дизельные внедорожники есть?")
    assert told(reply) == ["L1", "S1"], reply.text


@pytest.mark.parametrize("far", ["двести километров в одну сторону", "сто километров в день"])
def test_a_distance_in_the_clause_of_the_request(salon: Salon, far: str) -> None:
    assert told(salon.ask(f"покажите дизельные внедорожники мы мотаемся {far}")) == ["L1", "S1"]


@pytest.mark.parametrize(
    "lived",
    ["тридцать лет в филармонии", "пятый год езжу на камри", "десятый год вожу такси", "сорок лет за рулём"],
)
def test_a_length_of_time_is_no_year_and_no_term(salon: Salon, lived: str) -> None:
    assert told(salon.ask(f"{lived}, какие белые универсалы есть?")) == ["E2"]


def test_what_sets_a_mileage_still_does(salon: Salon) -> None:
    assert told(salon.ask("дизельные внедорожники до двадцати тысяч километров")) == ["L1"]
    assert told(salon.ask("дизельные внедорожники, пробег не больше 20 тысяч км")) == ["L1"]


def test_what_nobody_minds_is_not_set_aside(salon: Salon) -> None:
    """«Не боимся подержанных» wants no new car alone."""
    assert "новый" not in salon.ask("за модой не гонимся, обкатанный седан").text


DRIVEN_SO_FAR = ("пробег не больше 40 тысяч км", "пробег до 40 тысяч", "с пробегом до 40 тыс км")
BOUNDED = ("до 6 миллионов", "до 6 млн", "не дороже 6 миллионов рублей", "до шести миллионов")


@pytest.mark.parametrize(("driven", "money", "joint"), [*product(DRIVEN_SO_FAR, BOUNDED, (" и ", ", ", " "))])
def test_a_sum_behind_a_mileage_is_a_price(salon: Salon, driven: str, money: str, joint: str) -> None:
    reply = salon.ask(f"машины: {driven}{joint}{money}")
    few = _vins(lambda row: row["mileage_km"] <= 40_000 and row["price_rub"] <= 6_000_000)
    used = _vins(lambda row: 0 < row["mileage_km"] <= 40_000 and row["price_rub"] <= 6_000_000)
    assert told(reply) in (few, used), reply.text


THREE_AND_MORE = {
    "двух": 2, "трех": 3, "трёх": 3, "четырех": 4, "четырёх": 4, "пяти": 5, "шести": 6, "семи": 7,
    "восьми": 8, "девяти": 9, "десяти": 10, "одиннадцати": 11, "двенадцати": 12,
}  # fmt: skip
NO_MATTER = (
    "пробег не важен",
    "пробег не интересует",
    "пробег не имеет значения",
    "цвет не важен",
    "год не важен",
)


@pytest.mark.parametrize(("word", "beside"), [*product(THREE_AND_MORE, ("", *NO_MATTER))])
def test_millions_in_the_genitive_bound(salon: Salon, word: str, beside: str) -> None:
    reply = salon.ask(f"ищу что-нибудь до {word} миллионов рублей" + (f", {beside}" if beside else ""))
    cheap = _vins(lambda row: row["price_rub"] <= THREE_AND_MORE[word] * 1_000_000)
    if not cheap:
        assert reply.reason == "not_in_stock", reply.text
    elif len(cheap) > 5:
        assert f"В наличии {len(cheap)} " in reply.text, reply.text
    else:
        assert told(reply) == cheap, reply.text


@pytest.mark.parametrize(
    "asked",
    [
        "Просим указать общее количество {}", "укажите число {}", "сколько всего {}",
        "сколько в общей сложности {}", "в каком количестве есть {}", "кол-во {} сообщите",
        "предоставьте количество {} на складе",
    ],
)  # fmt: skip
def test_a_count_is_asked_for_in_other_words(salon: Salon, asked: str) -> None:
    reply = salon.ask(asked.format("дизельных автомобилей"))
    assert told(reply) == _vins(lambda row: row["fuel"] == "дизель"), reply.text
