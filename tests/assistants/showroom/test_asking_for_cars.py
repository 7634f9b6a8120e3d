"""Whoever asks for a car gets cars, whatever story stands around it; what he dislikes is refused, what denies
no car is left out and told, and what is asked about cars is not taken for it.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict
from itertools import product
from typing import Any

import pytest

from assistants.showroom.language.advice import overruled
from assistants.showroom.language.idle_denials import idle_denials
from assistants.showroom.language.requests import asks_for_cars
from core.dialogue import Reply
from core.russian import normalise
from jobs.generate_stock import draw_stock, read_catalogue
from tests.assistants.showroom.conftest import Salon

Row = dict[str, Any]

STORIES = (
    "собака большая, в старую машину уже не помещаемся", "за модой не гонимся", "улицу у нас не чистят",
    "с соседом не соревнуемся", "велосипеды в багажник не входят", "если не сейчас, то когда",
    "один раз живём, не два", "нам не до жиру", "ни пуха ни пера", "больше ни-ни", "за понты не цепляемся",
)  # fmt: skip
REFUSALS = (
    "не люблю я эти {0} да {1}", "терпеть не могу {0} и {1}", "надоели мне все эти {0} да {1}",
    "ненавижу {0} и {1}", "не перевариваю {0} и {1}", "не выношу я эти ваши {0} и {1}",
    "не хочу я эти {0} да {1}", "видеть не могу {0} и {1}",
)  # fmt: skip
COLOURS = (("чёрные", "белые"), ("серые", "чёрные"), ("белые", "серые"))
GENERAL = ("собаку в {0} не загонишь", "тёщу в {0} не усадишь", "коляску в {0} не запихнёшь")


@pytest.fixture(scope="module")
def rows() -> list[Row]:
    cars = draw_stock(read_catalogue(), seed=17, cars=160).cars
    return [json.loads(json.dumps(asdict(each), default=str)) for each in cars]


def _shows(reply: Reply, rows: list[Row], meets: Callable[[Row], bool]) -> bool:
    truth = {row["vin"] for row in rows if meets(row)}
    shown = {fact.id for fact in reply.facts if fact.kind == "stock"}
    assert len(truth) > 1
    return reply.reason is None and shown <= truth and f"{len(truth)} автомоб" in reply.text


def _things(spelling: str, *names: str) -> list[tuple[int, int]]:
    return [(at, at + len(name)) for name in names if (at := spelling.find(normalise(name))) >= 0]


@pytest.mark.parametrize("story", STORIES)
def test_a_denial_of_no_car_changes_no_answer(salon: Salon, rows: list[Row], story: str) -> None:
    salon.stock(rows)
    told = story[:1].upper() + story[1:]
    for question in (
        f"{told}. Какие седаны есть?",
        f"Какие седаны есть? {told}.",
        f"{story} какие седаны есть",
    ):
        reply = salon.ask(question)
        assert _shows(reply, rows, lambda row: row["body"] == "седан"), (question, reply.text)


@pytest.mark.parametrize(("said", "colours"), list(product(REFUSALS, COLOURS)))
def test_what_is_disliked_is_refused(
    salon: Salon, rows: list[Row], said: str, colours: tuple[str, str]
) -> None:
    salon.stock(rows)
    refused = tuple(name[:4] for name in colours)
    dislike = said.format(*colours)
    for question in (f"Какие седаны есть? {dislike}", f"{dislike}, какие седаны есть?"):
        reply = salon.ask(question)
        assert _shows(
            reply,
            rows,
            lambda row: row["body"] == "седан" and not row["color"].lower().startswith(refused),
        ), (question, reply.text)


@pytest.mark.parametrize("said", ["надоели пробки", "терпеть не могу ждать", "устал от ремонта"])
def test_what_is_disliked_and_no_car_refuses_none(salon: Salon, rows: list[Row], said: str) -> None:
    salon.stock(rows)
    reply = salon.ask(f"Какие седаны есть? {said}")
    assert "не седан" not in reply.text
    assert reply.reason in (None, "clarify")


@pytest.mark.parametrize("said", GENERAL)
def test_what_is_said_of_everybody_is_told(salon: Salon, rows: list[Row], said: str) -> None:
    salon.stock(rows)
    for question in (f"Нужен внедорожник, {said.format('седан')}. Что есть?",):
        reply = salon.ask(question)
        assert _shows(reply, rows, lambda row: row["body"] == "внедорожник"), (question, reply.text)


@pytest.mark.parametrize("closing", ["и ни копейкой больше", "и ни рублём больше", "и ни рубля сверху"])
def test_a_bound_is_said_again(salon: Salon, rows: list[Row], closing: str) -> None:
    salon.stock(rows)
    reply = salon.ask(f"Внедорожник до 12 млн {closing}. Что есть?")
    assert _shows(reply, rows, lambda row: row["body"] == "внедорожник" and row["price_rub"] <= 12_000_000), (
        reply.text
    )


@pytest.mark.parametrize("who", ["муж говорит", "сын твердит", "все советуют", "зять настаивает"])
def test_an_advice_that_is_overruled_sets_nothing(salon: Salon, rows: list[Row], who: str) -> None:
    salon.stock(rows)
    reply = salon.ask(f"{who} бери дизель, а я хочу бензин. Какие внедорожники есть?")
    assert _shows(reply, rows, lambda row: row["body"] == "внедорожник" and row["fuel"] == "бензин"), (
        reply.text
    )


def test_an_advice_that_nothing_stands_against_is_the_wish() -> None:
    spelling = normalise("сын твердит бери дизель только мне обязательно седан какие есть")
    kinds = {"дизель": "fuel", "седан": "body"}
    things = [(span, kinds[spelling[slice(*span)]]) for span in _things(spelling, *kinds)]
    assert overruled(spelling, things) == []
    assert overruled(spelling.replace("седан", "бенз"), [(things[0][0], "fuel"), (things[1][0], "fuel")])


@pytest.mark.parametrize(
    ("said", "strange"),
    [
        ("ищем седан внуков четверо есть у вас такие", ("внуков", "четверо")),
        ("сосед взял и намучился с розеткой мне нужен седан есть такой", ("намучился", "розеткой")),
        ("седан присматриваем лыжи возить какие есть", ("лыжи",)),
        ("велосипеды в багажник не входят из седан что есть", ("велосипеды", "багажник", "входят")),
    ],
)
def test_a_story_around_leaves_a_request_one(said: str, strange: tuple[str, ...]) -> None:
    assert asks_for_cars(normalise(said), _things(said, "седан"), strange)


@pytest.mark.parametrize(
    ("said", "strange"),
    [
        ("чем седан лучше", ()),
        ("хочу седан, какой у него расход?", ("расход",)),
        ("интересует седан, сколько там мест?", ("мест",)),
        ("есть ли смысл брать седан", ("смысл",)),
        ("нужен седан в кредит", ("кредит",)),
        ("есть ли у седан подогрев?", ("подогрев",)),
        ("что такое седан", ()),
    ],
)
def test_a_question_about_cars_is_no_request(said: str, strange: tuple[str, ...]) -> None:
    assert not asks_for_cars(normalise(said), _things(said, "седан"), strange)


@pytest.mark.parametrize(
    "said",
    [
        "не воспринимаю я седан", "седан не рассматриваем", "не хотим седан", "седан не предлагать",
        "нужен седан чтобы не ездил", "не катаный седан", "седан никогда не переваривали",
    ],
)  # fmt: skip
def test_what_may_deny_a_car_is_not_left_out(said: str) -> None:
    spelling = normalise(said)
    assert idle_denials(spelling, _things(spelling, "седан")) == []


@pytest.mark.parametrize(
    "question",
    [
        "от скольки {0} начинается", "от какой цены начинаются {0}", "почём у вас начинаются {0}",
        "с какой суммы идут {0}", "от скольких стартуют {0}", "по чем начинаются {0}", "с какой цены {0}",
    ],
)  # fmt: skip
def test_where_prices_begin(salon: Salon, rows: list[Row], question: str) -> None:
    salon.stock(rows)
    least = min(row["price_rub"] for row in rows if row["body"] == "седан")
    reply = salon.ask(question.format("седаны"))
    assert f"Цены от {least:,}".replace(",", " ") in reply.text.replace("\u00a0", " "), reply.text


def test_who_chases_no_fashion_may_want_a_driven_car(salon: Salon, rows: list[Row]) -> None:
    salon.stock(rows)
    reply = salon.ask("за модой не гонимся обкатанная машина нас вполне устроит какие седаны есть")
    assert _shows(reply, rows, lambda row: row["body"] == "седан" and row["mileage_km"] > 0), reply.text


def test_who_takes_what_is_advised_too_wants_both(salon: Salon, rows: list[Row]) -> None:
    salon.stock(rows)
    reply = salon.ask("Жена говорит бери белый, но я и чёрный возьму. Седаны есть?")
    assert _shows(
        reply, rows, lambda row: row["body"] == "седан" and row["color"].lower().startswith(("бел", "чёрн"))
    ), reply.text


def test_an_option_by_its_everyday_name_is_not_said_to_be_left_out(salon: Salon, rows: list[Row]) -> None:
    model = next(row["model"] for row in rows if row["body"] == "седан")
    salon.stock(rows, [{"model": model, "option": "Панорамная крыша", "price_rub": 217_000}])
    reply = salon.ask(f"сколько стоит люк на {model}?")
    assert "217 000 ₽" in reply.text.replace("\u00a0", " ")
    assert "Не учтено" not in reply.text


PRICED_STORIES = (
    "Сравниваю цены по городу", "Сравниваем предложения дилеров", "Увидел на улице, влюбился",
    "Жена который месяц уговаривает", "Обзваниваю салоны", "Друзья посоветовали к вам заехать",
)  # fmt: skip


@pytest.mark.parametrize(
    ("story", "asked"),
    list(
        product(
            PRICED_STORIES,
            (
                "Самый дешёвый CLE у вас почём?",
                "Почём самый дешёвый CLE?",
                "По какой цене самый дешёвый CLE?",
            ),
        )
    ),
)
def test_the_price_of_a_class_is_asked_of_the_stock(
    salon: Salon, rows: list[Row], story: str, asked: str
) -> None:
    salon.stock(rows)
    least = min(row["price_rub"] for row in rows if row["class_name"] == "CLE")
    reply = salon.ask(f"{story}. {asked}")
    assert reply.reason is None
    assert f"{least:,} ₽".replace(",", " ") in reply.text.replace("\u00a0", " "), reply.text


@pytest.mark.parametrize(
    "question",
    [
        "Увидела на улице {0}, влюбилась) по какой цене она у вас?",
        "Увидел вчера на парковке {0}, загорелся. Почём он у вас?",
        "Увидела на улице {0}, влюбилась. Почём она у вас?",
    ],
)
def test_the_price_of_it_is_asked_of_the_stock(salon: Salon, rows: list[Row], question: str) -> None:
    salon.stock(rows)
    truth = {row["vin"] for row in rows if row["class_name"] == "CLE"}
    reply = salon.ask(question.format("CLE"))
    shown = {fact.id for fact in reply.facts if fact.kind == "stock"}
    assert reply.reason is None
    assert shown, reply.text
    assert shown <= truth, reply.text


@pytest.mark.parametrize(
    ("said", "things", "strange"),
    [
        ("почем зимние шины на glc", ("glc",), {"шины"}),
        ("увидела glc, влюбилась. почем резина?", ("glc",), {"резина"}),
        ("сколько лет glc живет без ремонта?", ("glc",), {"ремонта"}),
    ],
)
def test_the_price_of_another_thing_asks_for_no_cars(
    said: str, things: tuple[str, ...], strange: set[str]
) -> None:
    spelling = normalise(said)
    assert not asks_for_cars(spelling, _things(spelling, *things), strange)


@pytest.mark.parametrize(
    "question", ["{0}-и в наличии какие?", "Какие {0}-и есть?", "{0}-е в наличии какие?", "{0}-и покажите"]
)
@pytest.mark.parametrize("number", ["63", "53", "43"])
def test_a_number_of_several_cars(salon: Salon, rows: list[Row], question: str, number: str) -> None:
    salon.stock(rows)
    truth = {row["vin"] for row in rows if number in row["model"].split()}
    reply = salon.ask(question.format(number))
    shown = {fact.id for fact in reply.facts if fact.kind == "stock"}
    assert truth
    assert shown, reply.text
    assert shown <= truth, reply.text


SOUGHT = ("{} ищу", "{} хочу", "{} нужен", "{} ищем", "{} хочется")
STORIES_BEHIND = (
    "Коляску возить и лыжи, у нас трое внуков", "Кота катать к ветеринару", "Мне 61 и мне уже можно",
    "Мне семьдесят, и я ещё вожу",
    "Тёщу возить на вокзал, у неё два чемодана",
)  # fmt: skip


@pytest.mark.parametrize(("sought", "story"), list(product(SOUGHT, STORIES_BEHIND)))
@pytest.mark.parametrize("body", ["седан", "внедорожник"])
def test_who_names_the_thing_first_seeks_it_too(
    salon: Salon, rows: list[Row], sought: str, story: str, body: str
) -> None:
    salon.stock(rows)
    reply = salon.ask(f"{sought.format(body.capitalize())}. {story}")
    assert _shows(reply, rows, lambda row: row["body"] == body), reply.text


@pytest.mark.parametrize(
    ("said", "strange"),
    [
        ("седан хочу помыть", ("помыть",)),
        ("седан хочется перекрасить", ("перекрасить",)),
        ("седан хочу сдать в ремонт", ("ремонт",)),
        ("седан нужен в кредит", ("кредит",)),
        ("седан хочу, какой у него расход?", ("расход",)),
        ("седан хочу. мне можно в лизинг?", ("лизинг",)),
        ("седан хочу. можно с собакой приехать", ("собакой",)),
    ],
)
def test_what_is_to_be_done_to_it_is_no_request(said: str, strange: tuple[str, ...]) -> None:
    assert not asks_for_cars(normalise(said), _things(said, "седан"), strange)
