"""Equipment that the salon does not list: told not to be in its data, never another option or a passage."""

from __future__ import annotations

from itertools import product

import pytest

from core.dialogue import Reply
from tests.assistants.showroom.conftest import Row, Salon, car, told

CARS = [
    car("A1", "A 200", "A-Class", "хэтчбек", 2021, "бензин", "белый", 20_000, 3_000_000),
    car("E1", "E 200", "E-Class", "седан", 2022, "бензин", "белый", 0, 6_000_000),
    car("S1", "GLS 580 4MATIC", "GLS-Class", "внедорожник", 2023, "бензин", "чёрный", 0, 17_000_000),
    car("S2", "GLS 450 d 4MATIC", "GLS-Class", "внедорожник", 2021, "дизель", "серый", 30_000, 12_000_000),
    car("V1", "V 250 d", "V-Class", "минивэн", 2022, "дизель", "чёрный", 0, 8_000_000),
    car("X1", "X 250 d 4MATIC", "X-Class", "пикап", 2019, "дизель", "белый", 40_000, 4_000_000),
]
LISTED = "Подогрев руля"
# How each is called in a question («с …», «стоит …»), and as the salon says it.
THINGS = {
    "Массаж задних сидений": ("массажем задних сидений", "массаж задних сидений"),
    "Третий ряд сидений": ("третьим рядом", "третий ряд"),
    "Столик в салоне": ("столиком", "столик в салоне"),
    "Защитная крышка кузова": ("крышкой кузова", "крышка кузова"),
    "Подогрев сидений": ("подогревом сидений", "подогрев сидений"),
    "Вентиляция сидений": ("вентиляцией сидений", "вентиляция сидений"),
    "Карбоновый пакет": ("карбоновым пакетом", "карбоновый пакет"),
    "Пакет AMG Line": ("пакетом AMG Line", "AMG Line"),
    "Фары DIGITAL LIGHT": ("фарами digital light", "фары digital light"),
    "Камера кругового обзора": ("камерой 360", "камера 360"),
    "Пневмоподвеска": ("пневмоподвеской", "пневма"),
    "Аудиосистема Burmester": ("бурместером", "Burmester"),
    "Фаркоп": ("фаркопом", "фаркоп"),
    "Панорамная крыша": ("панорамой", "панорама"),
}
NAMED = ("A 200", "E-класс", "глс", "V 250 d", "X класс")
WITH = (
    "Сколько выйдет {0} с {1}?", "{0} с {1} почём?", "Можно взять {0} с {1}?", "{0} с {1} можно?",
    "Сколько будет стоить {0}, если с {1}?", "{0} вместе с {1} итого сколько?",
)  # fmt: skip
OF_IT = ("Сколько стоит {1} на {0}?", "{1} на {0} почём?", "Какая доплата за {1} на {0}?")
BEHIND = ("а с {0} сколько выйдет?", "а с {0}?", "с {0} сколько получится?", "А если с {0}, сколько?")
ASKED_AS_SUCH = ("что такое {0}?", "Чем хорош {0}?", "зачем нужен {0} на GLS?", "Расскажите про {0} у GLS")


def _rows(*options: str) -> list[Row]:
    return [
        {"model": model, "option": option, "price_rub": 50_000}
        for model in dict.fromkeys(row["model"] for row in CARS)
        for option in options
    ]


@pytest.fixture(scope="module")
def bare() -> Salon:
    """A salon that lists the heated wheel alone."""
    salon = Salon()
    salon.stock(CARS, _rows(LISTED))
    return salon


@pytest.fixture(scope="module")
def full() -> Salon:
    """A salon that lists all of it, as its database calls it."""
    salon = Salon()
    salon.stock(CARS, _rows(LISTED, *THINGS))
    return salon


def _is_denied(reply: Reply, thing: str) -> None:
    assert reply.reason == "not_in_stock", reply.text
    assert thing.lower() in reply.text.lower(), reply.text
    assert LISTED not in reply.text
    assert not any(fact.kind in ("calculation", "option") for fact in reply.facts)


@pytest.mark.parametrize(("asked", "named"), list(product(WITH, NAMED)))
def test_a_car_with_what_is_not_listed_has_no_sum(bare: Salon, asked: str, named: str) -> None:
    for thing, (had, _) in THINGS.items():
        _is_denied(bare.ask(asked.format(named, had)), thing)


@pytest.mark.parametrize(("asked", "named"), list(product(OF_IT, NAMED)))
def test_what_is_not_listed_has_no_price(bare: Salon, asked: str, named: str) -> None:
    for thing, (_, plain) in THINGS.items():
        _is_denied(bare.ask(asked.format(named, plain)), thing)


@pytest.mark.parametrize("asked", WITH)
def test_the_same_words_are_a_sum_where_it_is_listed(full: Salon, asked: str) -> None:
    for thing, (had, _) in THINGS.items():
        reply = full.ask(asked.format("V 250 d", had))
        assert "8 050 000" in reply.text.replace("\u00a0", " "), reply.text
        assert thing in reply.text


@pytest.mark.parametrize("opening", ["Есть E-класс?", "V 250 d покажите", "Самый дешёвый GLS"])
@pytest.mark.parametrize("asked", BEHIND)
def test_behind_cars_it_is_told_not_to_be_there(bare: Salon, opening: str, asked: str) -> None:
    for thing, (had, _) in THINGS.items():
        _is_denied(bare.talk(opening, asked.format(had)), thing)


@pytest.mark.parametrize("opening", ["Есть красный GLS?", "Кабриолет есть?", "Есть GLE 450?"])
@pytest.mark.parametrize("asked", [*BEHIND, "сколько стоит на него {1}?"])
def test_of_a_car_that_is_not_there_there_is_no_sum(
    bare: Salon, full: Salon, opening: str, asked: str
) -> None:
    for salon, (had, plain) in product((bare, full), THINGS.values()):
        question = asked.format(had, plain)
        reply = salon.talk(opening, question)
        assert "Такого автомобиля сейчас нет в наличии" in reply.text, reply.text
        assert not any(fact.kind == "calculation" for fact in reply.facts)
        after = salon.talk(opening, question, "и итого с машиной?")
        assert "Такого автомобиля сейчас нет в наличии" in after.text, after.text


@pytest.mark.parametrize("asked", ASKED_AS_SUCH)
@pytest.mark.parametrize("thing", ["AMG Line", "третий ряд", "Burmester", "массаж задних сидений"])
def test_what_it_is_and_is_good_for_is_no_question_on_the_stock(bare: Salon, asked: str, thing: str) -> None:
    assert "в данных салона" not in bare.ask(asked.format(thing)).text


@pytest.mark.parametrize(
    "question",
    [
        "какие машины у вас можно заказать с {}?", "к каким машинам из наличия можно взять {}?",
        "На какие машины ставят {}? сколько стоит",
    ],
)  # fmt: skip
def test_which_cars_can_have_it(bare: Salon, full: Salon, question: str) -> None:
    had = "массажем задних сидений" if "с {}" in question else "массаж задних сидений"
    _is_denied(bare.ask(question.format(had)), "Массаж задних сидений")
    assert "Массаж задних сидений — 50" in full.ask(question.format(had)).text


@pytest.mark.parametrize("thing", ["третий ряд", "столик в салоне", "массаж задних сидений"])
def test_what_a_story_tells_of_is_not_asked_for(bare: Salon, full: Salon, thing: str) -> None:
    for salon in (bare, full):
        reply = salon.ask(f"У нас старый паджеро, там {thing} - слёзы. Есть у вас GLS?")
        assert {fact.id for fact in reply.facts if fact.kind == "stock"} == {"S1", "S2"}, reply.text


@pytest.mark.parametrize(
    ("named", "there"),
    [("V 250", "V 250 d"), ("GLS 450", "GLS 450 d"), ("E 200 4MATIC", "E 200"), ("E 200 e", "E 200")],
)
@pytest.mark.parametrize("asked", ["{0} с {1} сколько выйдет?", "Сколько стоит {2} на {0}?"])
def test_another_engine_or_drive_is_another_car(full: Salon, named: str, there: str, asked: str) -> None:
    reply = full.ask(asked.format(named, "панорамой", "панорама"))
    assert "Такого автомобиля сейчас нет в наличии" in reply.text, reply.text
    assert not any(fact.kind == "calculation" for fact in reply.facts), there


def test_an_option_by_another_name_is_the_same_equipment(salon: Salon) -> None:
    salon.stock(CARS, _rows("Панорамный люк", "Камера 360"))
    for had, listed in (("панорамной крышей", "Панорамный люк"), ("круговой камерой", "Камера 360")):
        assert f"{listed} — 50" in salon.ask(f"E 200 с {had} сколько выйдет?").text


PLUS = [
    car("Q1", "EQE 350 4MATIC", "EQE", "внедорожник", 2023, "электро", "белый", 0, 9_000_000),
    car("Q2", "EQS 450+", "EQS", "лифтбек", 2023, "электро", "чёрный", 0, 11_000_000),
    car("Q3", "EQS 450 4MATIC", "EQS", "внедорожник", 2023, "электро", "белый", 0, 12_000_000),
]


@pytest.mark.parametrize(
    "asked", ["{} с панорамой сколько выйдет?", "Сколько стоит панорама на {}?", "{} есть?"]
)
def test_a_plus_is_another_car(salon: Salon, asked: str) -> None:
    models = [str(row["model"]) for row in PLUS]
    salon.stock(
        PLUS, [{"model": model, "option": "Панорамная крыша", "price_rub": 200_000} for model in models]
    )
    denied = salon.ask(asked.format("EQE 350+"))
    assert denied.reason == "not_in_stock"
    assert "EQE 350+" in denied.text
    meant = salon.ask(asked.format("eqs 450+"))
    assert "EQS 450+: " in meant.text
    assert "4MATIC" not in meant.text
    assert "EQE 350 4MATIC" in salon.ask(asked.format("EQE 350")).text


@pytest.mark.parametrize(
    "asked", ["{} плюс пневма и бурместер, посчитайте", "{} плюс фаркоп и столик, итого?"]
)
@pytest.mark.parametrize("named", ["самый дешёвый E 200", "A 200", "GLE 450"])
def test_several_that_are_not_listed_make_no_sum(bare: Salon, asked: str, named: str) -> None:
    reply = bare.ask(asked.format(named))
    assert reply.reason == "not_in_stock", reply.text


@pytest.mark.parametrize(
    ("bound", "vins"), [("дешевле 15 млн", ["S2"]), ("до 20 млн", ["S1", "S2"]), ("до 10 млн", [])]
)
def test_the_cars_that_can_have_it_keep_their_bound(full: Salon, bound: str, vins: list[str]) -> None:
    reply = full.ask(f"На каких GLS есть в опциях массаж задних сидений? Только {bound}")
    assert "Массаж задних сидений — 50" in reply.text
    assert told(reply) == vins, reply.text


def test_the_price_is_that_of_the_car_picked(salon: Salon) -> None:
    salon.stock(CARS, [{"model": "V 250 d", "option": "Столик в салоне", "price_rub": 90_000}])
    reply = salon.talk("Какие дизели есть?", "самый дорогой из них почём?", "столик на него сколько стоит?")
    assert reply.reason == "not_in_stock", reply.text
    reply = salon.talk("Какие дизели есть?", "столик на них сколько стоит?")
    assert "90 000" in reply.text.replace("\u00a0", " "), reply.text


def test_the_sum_is_asked_for_behind_a_story(full: Salon) -> None:
    story = "Дочке на окончание института присмотрели A 200, она мечтает о панораме."
    assert "3 050 000" in full.ask(f"{story} Какая будет цена вместе с крышей?").text.replace("\u00a0", " ")


@pytest.mark.parametrize("asked", ["нужен {} с {}, до 20 млн", "Какие {} с {} до 20 млн?"])
@pytest.mark.parametrize(("named", "vin"), [("GLS", "S1"), ("V-класс", "V1")])
def test_cars_without_what_was_wanted_with_them_are_told_so(
    bare: Salon, full: Salon, asked: str, named: str, vin: str
) -> None:
    for thing, (had, _) in THINGS.items():
        if "пакет" in had or "360" in had:  # «пакет» asks of options, a number beside a sum is asked back
            continue
        lacking = bare.ask(asked.format(named, had))
        assert "Такой опции в данных салона для них нет" in lacking.text, lacking.text
        assert thing in lacking.text
        having = full.ask(asked.format(named, had))
        assert "для них нет" not in having.text
        assert vin in told(having), having.text


ALIKE = Salon()
ALIKE.stock(
    [
        car("L1", "GLS 450 d 4MATIC", "GLS", "внедорожник", 2026, "дизель", "чёрный", 0, 19_900_000),
        car("L2", "GLC 300 4MATIC", "GLC", "внедорожник", 2026, "бензин", "белый", 0, 9_750_000),
        car("L3", "GLE 450 d 4MATIC", "GLE", "внедорожник", 2026, "дизель", "чёрный", 0, 16_490_000),
        car("L4", "S 450 d 4MATIC Long", "S-Class", "седан", 2025, "дизель", "чёрный", 0, 22_300_000),
        car("L5", "E 200", "E-Class", "седан", 2026, "бензин", "белый", 0, 9_390_000),
    ],
    [
        {"model": model, "option": option, "price_rub": price}
        for model, option, price in (
            ("GLS 450 d 4MATIC", "Пакет для холодной погоды", 76_000),
            ("GLS 450 d 4MATIC", "Четырёхместный салон", 310_000),
            ("GLC 300 4MATIC", "Подогрев рулевого колеса", 36_000),
            ("GLE 450 d 4MATIC", "Аудиосистема Burmester 3D", 236_000),
            ("S 450 d 4MATIC Long", "Аудиосистема Burmester 4D", 795_000),
            ("S 450 d 4MATIC Long", "Холодильник в задней части салона", 129_000),
            ("E 200", "Подогрев передних и задних сидений", 64_000),
        )
    ],
)


@pytest.mark.parametrize(
    ("asked", "price"),
    [
        ("Сколько доплатить за холодильник в GLS?", ""),
        ("холодильник на GLS сколько стоит", ""),
        ("Почём холодильник?", "129 000"),
        ("сколько стоит пакет для холодной погоды", "76 000"),
        ("есть пакет холодная погода на GLS?", "76 000"),
        ("сколько стоит четырёхзонный климат на GLS", ""),
        ("сколько за подогрев сидений на GLC 300", ""),
        ("сколько за подогрев руля на GLC 300", "36 000"),
        ("почем подогрев руля в E 200", ""),
        ("почем подогрев сидений в E 200", "64 000"),
        ("подогрев рулевого на GLC 300 сколько стоит?", "36 000"),
    ],
)
def test_what_merely_begins_alike_is_another_thing(asked: str, price: str) -> None:
    text = ALIKE.ask(asked).text.replace("\u00a0", " ")
    assert "Не учтено" not in text
    if price:
        assert f"— {price} ₽" in text
        assert text.count("₽") == 1, text
    else:
        assert "такой опции в данных салона нет" in text
        assert "₽" not in text


@pytest.mark.parametrize(
    "asked", ["почем {} на {}", "{} на {} сколько стоит?", "Сколько доплатить за {} в {}?"]
)
@pytest.mark.parametrize(
    ("named", "price"),
    [
        *((name, "795 000") for name in ("бурместер 4д", "Burmester 4D")),
        *((name, "795 000") for name in ("бурмейстер 4 дэ", "бурместер четыре д", "Бурместер 4-д")),
        *((name, "236 000") for name in ("бурместер 3д", "Burmester 3Д")),
        *((name, "236 000") for name in ("бурмистер три д", "Бурмейстер 3-d", "музыку бурместер 3д")),
    ],
)
def test_how_many_dimensions_a_sound_has_is_no_car(asked: str, named: str, price: str) -> None:
    having, lacking = ("S 450 d", "GLE 450 d") if price == "795 000" else ("GLE 450 d", "S 450 d")
    text = ALIKE.ask(asked.format(named, having)).text.replace("\u00a0", " ")
    assert f"— {price} ₽" in text, text
    assert "Не учтено" not in text
    text = ALIKE.ask(asked.format(named, lacking)).text
    assert "такой опции в данных салона нет" in text, text
    assert "₽" not in text
    assert "Не учтено" not in text
