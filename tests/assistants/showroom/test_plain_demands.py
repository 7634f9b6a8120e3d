"""Whoever plainly demands cars of the stock gets them, whatever he tells beside it: no passage on a word of
his story comes before them. What is asked about cars is not taken for a demand.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from itertools import product
from typing import Any

import pytest

from assistants.showroom.language.reactions import without_reactions
from assistants.showroom.language.references import _without_persons
from assistants.showroom.language.requests import asks_for_cars, is_told
from core.dialogue import Reply
from core.russian import inflections, normalise
from jobs.generate_stock import draw_stock, read_catalogue
from tests.assistants.showroom.conftest import Salon

Row = dict[str, Any]

STORIES = (
    "Добрый день, возим детскую хоккейную команду, клюшки, сумки, родители.",
    "Здравствуйте, я из отдела снабжения завода, собираем предложения.", "Расход пугает, если честно.",
    "У племянника зарядка прямо возле дома стоит, очень удобно.", "Зимой у нас гололёд, дороги не чистят.",
    "Гараж у нас узкий, парковка во дворе тесная.", "Страховка нынче дорогая, ремонт тоже.",
    "Я юрист, веду дела нескольких компаний.", "Мы с женой оба учителя, деньги копили долго.",
    "Открываем гостиницу на побережье, будем встречать гостей.", "Багажник для нас важен, коляска большая.",
)  # fmt: skip
DEMANDS = (
    "Какие GLC у вас сейчас в продаже?", "Сколько у вас всего GLC?", "Интересуют белые GLC. Продаёте такие?",
    "Какие GLC предлагаете?", "Посчитайте, сколько GLC в наличии", "GLC у вас продаются?",
    "Какие GLC можно посмотреть?", "Можно узнать, какие у вас GLC?", "Назовите три самых дешёвых GLC",
    "Дайте, пожалуйста, список всех GLC.",
)  # fmt: skip


@pytest.fixture(scope="module")
def rows() -> list[Row]:
    cars = draw_stock(read_catalogue(), seed=5, cars=200).cars
    return [json.loads(json.dumps(asdict(each), default=str)) for each in cars]


def _shown(reply: Reply) -> list[str]:
    return [fact.id for fact in reply.facts if fact.kind == "stock"]


@pytest.mark.parametrize("demand", DEMANDS)
def test_a_story_ahead_changes_no_demand(salon: Salon, rows: list[Row], demand: str) -> None:
    salon.stock(rows)
    alone = _shown(salon.ask(demand))
    assert alone
    for story in STORIES:
        reply = salon.ask(f"{story} {demand}")
        assert _shown(reply) == alone, (story, reply.text)
        assert "passage" not in {fact.kind for fact in reply.facts}, (story, reply.text)


@pytest.mark.parametrize(
    "asked",
    [
        "Принято. А из них белые?", "Надо же. А белые?", "Записала, благодарю. А белые из них?",
        "Муж рядом, кивает. А белые есть?", "Ничего себе! А белые?",
        "Расход пугает, если честно. А белые из них?",
        "У нас ещё прицеп с досками. А белые есть?", "Впечатляет. И белые есть?",
    ],
)  # fmt: skip
def test_what_is_said_to_an_answer_breaks_no_dialogue(salon: Salon, rows: list[Row], asked: str) -> None:
    salon.stock(rows)
    white = {
        row["vin"] for row in rows if row["class_name"] == "GLC-Class" and row["color"].startswith("белый")
    }
    reply = salon.talk("Какие GLC есть?", asked)
    assert white
    assert {*_shown(reply)} <= white, reply.text
    assert f"{len(white)} авто" in reply.text, reply.text


@pytest.mark.parametrize(
    "said",
    [
        "Цвет любой. А седан?", "Белый не нужен. А чёрный?", "Только новые. А седан?",
        "Подешевле бы. А седан?",
        "Покажите другие. А седан?", "Сколько стоит? А седан?", "Интересует кредит. А седан?",
        "Любой год. И седан?",
    ],
)  # fmt: skip
def test_what_sets_a_criterion_is_no_reaction(said: str) -> None:
    assert without_reactions(said, lambda _: False, lambda _: False) == said


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("А 2021 года и новее из них сколько?", lambda row: row["year"] >= 2021),
        ("А сколько из тех, что 2021 года и новее?", lambda row: row["year"] >= 2021),
        ("А 2021 года или старше из них есть?", lambda row: row["year"] <= 2021),
    ],
)
def test_a_comparative_that_closes_a_bound_is_no_end(
    salon: Salon, rows: list[Row], question: str, names: Any
) -> None:
    salon.stock(rows)
    truth = {row["vin"] for row in rows if row["class_name"] == "GLC-Class" and names(row)}
    reply = salon.talk("Какие GLC есть?", question)
    assert len(truth) > 1
    assert {*_shown(reply)} <= truth
    assert f"{len(truth)} авто" in reply.text, reply.text


@pytest.mark.parametrize(
    "asked",
    [
        "лыжи возить. седан или хэтчбек?", "зимой чистят плохо: седан или внедорожник?", "седан сколько жрет",
        "какой расход у седанов?", "седаны бывают с лыжами?", "сколько лыж влезет в седан?",
        "какие лыжи есть к седанам?",
        "седан хорошо держит лыжи?", "лыжи в седан войдут? как думаете",
    ],
)  # fmt: skip
def test_what_is_asked_about_cars_is_no_demand(asked: str) -> None:
    strange = {"лыжи", "лыж", "лыжами", "чистят", "плохо", "расход", "жрет", "хэтчбек", "войдут"}
    things = [(asked.index("седан"), asked.index("седан") + 5)]
    assert not asks_for_cars(asked, things, strange)


@pytest.mark.parametrize(
    "said", ["у нас прицеп.", "ремонт нынче дорогой.", "дороги тут чистят редко.", "отец водит всю жизнь."]
)
def test_a_statement_asks_for_nothing(said: str) -> None:
    assert is_told(said, (0, len(said)))


@pytest.mark.parametrize(
    "said", ["нужна страховка.", "расскажите о кредите.", "интересует лизинг.", "где вы находитесь."]
)
def test_a_request_is_no_statement(said: str) -> None:
    assert not is_told(said, (0, len(said)))


@pytest.mark.parametrize(
    ("said", "points"),
    [
        ("мы с женой оба учителя, хотим glc", False), ("обе дочери водят", False),
        ("родители оба на пенсии", False),
        ("оба сколько стоят?", True), ("обе белые?", True), ("мы берем оба", True),
        ("муж спрашивал, оба новые?", True),
    ],
)  # fmt: skip
def test_both_of_the_family_are_no_cars(said: str, points: bool) -> None:
    kept = _without_persons(normalise(said))
    assert any(word in kept for word in ("оба", "обе")) is points


@pytest.mark.parametrize(("word", "form"), list(product(["фаркоп"], ["фаркопа", "фаркопом", "фаркопов"])))
def test_a_word_of_no_dictionary_is_inflected_as_it_stands(word: str, form: str) -> None:
    assert form in inflections(word)


@pytest.mark.parametrize(
    "said",
    [
        "Дизельные мне ни к чему", "Дизель без надобности", "Дизельные не по мне", "Дизель брать боюсь",
        "На дизель пока страшно пересаживаться", "Дизель нам уже незачем", "На дизель не решаюсь перейти",
    ],
)  # fmt: skip
def test_what_is_of_no_use_or_feared_is_refused(salon: Salon, rows: list[Row], said: str) -> None:
    salon.stock(rows)
    others = [row for row in rows if row["class_name"] == "GLC-Class" and row["fuel"] != "дизель"]
    reply = salon.ask(f"{said}. Какие GLC есть?")
    assert len(others) > 1
    assert f"{len(others)} авто" in reply.text, reply.text


@pytest.mark.parametrize("said", ["Большая машина ни к чему", "Спортивная версия мне уже не по возрасту"])
def test_what_the_stock_does_not_know_is_of_no_use_and_told_so(
    salon: Salon, rows: list[Row], said: str
) -> None:
    salon.stock(rows)
    reply = salon.ask(f"{said}. Какие GLC есть?")
    assert _shown(reply) == _shown(salon.ask("Какие GLC есть?")), reply.text
    assert "Не учтено" in reply.text
    assert salon.ask("Новая ни к чему. Какие GLC есть?").reason == "clarify"


@pytest.mark.parametrize(
    "said",
    [
        "Продали дачу, и на машину отложили от семи до восьми миллионов. Нужен внедорожник. Что есть?",
        "Продаём гараж, на покупку выделили от 7 до 8 млн. Нужны внедорожники. Какие есть?",
    ],
)
def test_money_put_by_bounds_the_price_though_something_is_sold(
    salon: Salon, rows: list[Row], said: str
) -> None:
    salon.stock(rows)
    reply = salon.ask(said)
    assert _shown(reply) == _shown(salon.ask("Какие внедорожники есть от 7 до 8 млн?")), reply.text
    assert _shown(reply)


@pytest.mark.parametrize(
    ("said", "plain"),
    [
        ("Все AMG с индексом 43, класс не важен", "AMG 43"), ("AMG с цифрой 43 есть?", "AMG 43"),
        ("Покажите все 300-е, с любыми буквами и любого класса", "Покажите все 300-е"),
        ("300-е есть? Буквы не важны", "300-е есть?"),
    ],
)  # fmt: skip
def test_a_number_is_called_an_index_and_its_letters_left_open(
    salon: Salon, rows: list[Row], said: str, plain: str
) -> None:
    salon.stock(rows)
    reply = salon.ask(said)
    assert _shown(reply) == _shown(salon.ask(plain)), reply.text


def test_such_as_were_named_last_are_asked_for(salon: Salon, rows: list[Row]) -> None:
    salon.stock(rows)
    alone = _shown(salon.ask("Какие E-классы есть?"))
    for question in (
        "Бензин всё дорожает, цены кусаются. Присматриваюсь к E-классу. Есть такие?",
        "Сосед на белом ездит. Интересуют E-классы. Продаёте такие?",
    ):
        assert _shown(salon.ask(question)) == alone, question
