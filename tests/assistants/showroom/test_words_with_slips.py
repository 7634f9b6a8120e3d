"""Slips in numbers and short names, colours that are part of a name, and where a car was seen."""

from __future__ import annotations

import pytest

from assistants.showroom.language.number_slips import with_number_words
from core.number_words import spelled
from core.quantities import quantities
from core.russian import is_known
from tests.assistants.showroom.conftest import Salon, car, told

STOCK = [
    car("B1", "GLB 220 d 4MATIC", "GLB-Class", "внедорожник", 2020, "дизель", "красный", 76_700, 3_590_000),
    car("B2", "GLB 200", "GLB-Class", "внедорожник", 2022, "бензин", "бежевый", 0, 4_050_000),
    car("B3", "GLB 250 4MATIC", "GLB-Class", "внедорожник", 2021, "бензин", "серебристый", 9_000, 4_450_000),
    car("G1", "G 500", "G-Class", "внедорожник", 2023, "бензин", "чёрный", 0, 22_550_000),
    car("G2", "G 500", "G-Class", "внедорожник", 2021, "бензин", "красный", 37_400, 17_490_000),
    car("E1", "E 200", "E-Class", "седан", 2022, "бензин", "чёрный", 20_000, 5_500_000),
    car("E2", "E 220 d 4MATIC", "E-Class", "седан", 2023, "дизель", "белый", 0, 7_500_000),
    car("V1", "V 250 d", "V-Class", "минивэн", 2022, "дизель", "белый", 0, 9_000_000),
    car("X1", "X 250 d 4MATIC", "X-Class", "пикап", 2019, "дизель", "чёрный", 51_000, 3_900_000),
]


@pytest.fixture(scope="module")
def salon() -> Salon:
    salon = Salon()
    salon.stock(STOCK)
    return salon


CARDINALS = [
    "одиннадцать", "двенадцать", "тринадцать", "четырнадцать", "пятнадцать", "шестнадцать",
    "семнадцать", "восемнадцать", "девятнадцать", "двадцать", "тридцать", "пятьдесят",
    "шестьдесят", "семьдесят", "восемьдесят", "девяносто", "двести", "триста",
    "четыреста", "пятьсот", "шестьсот", "семьсот", "восемьсот", "девятьсот",
]  # fmt: skip
SLIPS = (("ь", ""), ("дц", "ц"), ("нн", "н"), ("тьс", "тс"), ("е", "и"), ("о", "а"))  # fmt: skip


@pytest.mark.parametrize(("right", "wrong"), SLIPS)
def test_a_number_word_with_a_slip_is_that_number(right: str, wrong: str) -> None:
    tried = [(word, word.replace(right, wrong, 1)) for word in CARDINALS if right in word]
    assert tried
    for word, slipped in tried:
        if is_known(slipped) or slipped in spelled():
            continue
        mended = with_number_words(f"глб {slipped} д")
        assert [number.value for number in quantities(mended)][:1] == [spelled()[word][0]], (slipped, mended)


@pytest.mark.parametrize(
    "word", ["стоимасть", "седанн", "дведь", "тысича", "пятнитса", "семейка", "третьяков"]
)
def test_what_is_no_number_stays(word: str) -> None:
    assert with_number_words(f"белый {word} есть?") == f"белый {word} есть?"


@pytest.mark.parametrize("number", ["двести двацать", "двесте двадцеть", "двести дватцать"])
def test_a_designation_in_words_with_a_slip(salon: Salon, number: str) -> None:
    assert told(salon.ask(f"мерседес глб {number} д красный")) == ["B1"]


@pytest.mark.parametrize(
    ("question", "cars"),
    [
        ("чёрный седн есть?", ["E1"]), ("чрный седан", ["E1"]), ("бежвый GLB есть?", ["B2"]),
        ("пикп чёрный", ["X1"]), ("белый дизль седан", ["E2"]), ("бензн GLB бежевый есть?", ["B2"]),
        ("ешка подержаная есть?", ["E1"]), ("GLB подержаный серебристый есть?", ["B3"]),
        ("ало это салон да вот мне нужен гелендваген пятисотый черного цвета есть такой", ["G1"]),
    ],
)  # fmt: skip
def test_a_short_name_with_a_letter_dropped(salon: Salon, question: str, cars: list[str]) -> None:
    assert told(salon.ask(question)) == cars


PROPER = [
    "по золотому кольцу", "к Белому морю", "на Чёрное море", "у Красной площади", "в Серебряном бору",
    "до Золотых ворот", "по Зелёному проспекту", "на Красную поляну", "к Чёрной речке", "в Синие горы",
    "на Серебряные пруды",
]  # fmt: skip


@pytest.mark.parametrize("place", PROPER)
@pytest.mark.parametrize(
    "question", ["нужен V-класс, возить туристов {}. имеется?", "V-класс есть? Возим гостей {}"]
)
def test_a_colour_in_the_name_of_a_place_is_none_of_a_car(salon: Salon, question: str, place: str) -> None:
    reply = salon.ask(question.format(place))
    assert told(reply) == ["V1"], reply.text
    assert "цвет" not in reply.text


@pytest.mark.parametrize("word", ["седан", "внедорожник", "машина", "вариант", "цвет"])
@pytest.mark.parametrize("color", ["чёрный", "белый", "красный"])
def test_a_colour_of_a_car_is_one(salon: Salon, color: str, word: str) -> None:
    ending = {"машина": "ая"}.get(word, color[-2:])
    reply = salon.ask(f"{color[:-2]}{ending} {word} есть?")
    body = word if word in ("седан", "внедорожник") else ""
    wanted = [row["vin"] for row in STOCK if row["color"] == color and body in row["body"]]
    assert told(reply) == sorted(wanted), reply.text


@pytest.mark.parametrize(
    "seen",
    ["Видела у вас на сайте", "на вашем сайте видел", "увидели в объявлении", "Ваше объявление:"],
)
@pytest.mark.parametrize("asked", ["красный GLB, ещё есть?", "красный глб, какая цена?"])
def test_where_a_car_was_seen_is_no_criterion(salon: Salon, seen: str, asked: str) -> None:
    reply = salon.ask(f"{seen} {asked}")
    assert told(reply) == ["B1"], reply.text
    assert "Не учтено" not in reply.text


@pytest.mark.parametrize("denied", ["не нужен", "ни к чему", "не надо", "без надобности", "не требуется"])
@pytest.mark.parametrize("where", ["", "мне ", "мне в городе ", "нам "])
def test_the_other_drive_is_denied_along(salon: Salon, where: str, denied: str) -> None:
    assert told(salon.ask(f"ешка седан на заднем приводе, полный {where}{denied}")) == ["E1"]
    assert told(salon.ask(f"ешка с полным приводом нужна, задний {where}{denied}")) == ["E2"]
