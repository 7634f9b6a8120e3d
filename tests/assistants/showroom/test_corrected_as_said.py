"""What is corrected while it is said holds as corrected; «тоже подойдёт» leaves both open; turns of speech
set nothing, and «минималка» is the cheapest.
"""

from __future__ import annotations

from itertools import product

import pytest

from tests.assistants.showroom.conftest import Salon, car, told

NEW = 0
STOCK = [
    car("A1", "GLA 200", "GLA-Class", "внедорожник", 2024, "бензин", "белый", NEW, 4_900_000),
    car("A2", "GLA 220 d 4MATIC", "GLA-Class", "внедорожник", 2021, "дизель", "чёрный", 40_000, 4_100_000),
    car("E1", "E 200", "E-Class", "седан", 2023, "бензин", "белый", NEW, 7_900_000),
    car("E2", "E 220 d 4MATIC", "E-Class", "седан", 2020, "дизель", "чёрный", 60_000, 5_300_000),
    car("E3", "AMG E 63 S 4MATIC+", "E-Class", "седан", 2022, "бензин", "серый", NEW, 15_300_000),
    car("E4", "E 450 4MATIC", "E-Class", "универсал", 2022, "бензин", "серый", 9_000, 9_300_000),
]


@pytest.fixture(scope="module")
def salon() -> Salon:
    salon = Salon()
    salon.stock(STOCK)
    return salon


_NO = (" нет ", ", нет, ", " — нет, ", ". Нет, ", ", ой нет, ")
_PAIRS = {
    ("чёрный", "белый"): ["E1"], ("белый", "чёрный"): ["E2"], ("дизель", "бензин"): ["E1", "E3", "E4"],
    ("бензин", "дизель"): ["E2"], ("седан", "универсал"): ["E4"],
}  # fmt: skip


@pytest.mark.parametrize(("no", "pair"), [*product(_NO, _PAIRS)])
def test_what_was_corrected_does_not_hold(salon: Salon, no: str, pair: tuple[str, str]) -> None:
    assert told(salon.ask(f"E-класс {pair[0]}{no}{pair[1]}")) == _PAIRS[pair]


@pytest.mark.parametrize("question", ["E-класс не чёрный, нет, белый", "E-класс белый, нет чёрного?"])
def test_a_denial_beside_is_no_correction(salon: Salon, question: str) -> None:
    assert "E1" in told(salon.ask(question))


_OTHER = ("тоже подойдёт", "тоже можно", "тоже рассмотрю", "тоже устроит")
_SAID = (("новый", "с пробегом"), ("с пробегом", "новый"), ("без пробега", "б/у"), ("б/у", "без пробега"))


@pytest.mark.parametrize(("other", "said"), [*product(_OTHER, _SAID)])
def test_what_will_do_too_leaves_both_open(salon: Salon, other: str, said: tuple[str, str]) -> None:
    assert told(salon.ask(f"GLA до 5 млн {said[0]}, {said[1]} {other}")) == ["A1", "A2"]


@pytest.mark.parametrize("question", ["новый GLA тоже есть?", "а новые GLA тоже покажите"])
def test_too_alone_leaves_nothing_open(salon: Salon, question: str) -> None:
    assert told(salon.ask(question)) == ["A1"]


_TURNS = (", ну вы поняли", ", но не за все деньги мира", ", сами понимаете", " не за бешеные деньги")


@pytest.mark.parametrize("turn", _TURNS)
@pytest.mark.parametrize(("asked", "vins"), [("E-класс не белый и не серый", ["E2"]), ("белый GLA", ["A1"])])
def test_a_turn_of_speech_sets_nothing(salon: Salon, asked: str, vins: list[str], turn: str) -> None:
    reply = salon.ask(f"{asked}{turn}")
    assert told(reply) == vins
    assert "Не учтено" not in reply.text


@pytest.mark.parametrize("name", ["GLA", "ешка"])
@pytest.mark.parametrize(
    "asked", ["сколько стоит минималка {0}?", "какая минималка по {0}", "{0} за минималку есть?"]
)
def test_the_least_is_the_cheapest(salon: Salon, asked: str, name: str) -> None:
    reply = salon.ask(asked.format(name))
    assert told(reply) == {"GLA": ["A2"], "ешка": ["E2"]}[name]
    assert "Не учтено" not in reply.text


@pytest.mark.parametrize("number", ["63", "шестьдесят третий"])
@pytest.mark.parametrize("too", ["", " тоже", " также"])
def test_a_number_refused_too_is_refused(salon: Salon, number: str, too: str) -> None:
    assert told(salon.ask(f"ешка кроме белых и чёрных, {number}{too} не надо")) == ["E4"]


@pytest.mark.parametrize("whom", ["пацаны", "мужики", "ребята", "народ"])
def test_who_is_spoken_to_drives_nothing(salon: Salon, whom: str) -> None:
    assert told(salon.ask(f"{whom} ешка на дизиле есть?")) == ["E2"]


def test_the_least_of_the_mileage_is_of_the_mileage(salon: Salon) -> None:
    assert told(salon.ask("минималка по пробегу ешка")) == ["E1", "E3"]


@pytest.mark.parametrize("said", ["можно и с пробегом", "с пробегом тоже подойдёт", "новый или с пробегом"])
def test_either_takes_back_what_was_said_before(salon: Salon, said: str) -> None:
    assert told(salon.talk("GLA новый есть?", f"а до 5 млн, {said}?")) == ["A1", "A2"]
