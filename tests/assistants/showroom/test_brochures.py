"""Who asks for a brochure gets the links of the owner's list, and no other link."""

from __future__ import annotations

from typing import Any

import pytest

from assistants.showroom.brochures.asked import read_request
from core.brochures import Brochure, Brochures
from core.dialogue import Reply
from core.facts import DocumentKind
from core.guard import Evidence, uncovered
from tests.assistants.showroom.conftest import Salon, car

SITE = "https://salon.example"
LISTED = {
    "glc": ("GLC: комплектации", ("GLC",)),
    "gle": ("Каталог GLE", ("GLE",)),
    "e-200": ("E 200 коротко", ("E 200",)),
    "service": ("Прайс на сервис и запчасти", ()),
}
CARS = [
    car("V1", "GLE 450 4MATIC", "GLE-Class", "внедорожник", 2023, "бензин", "чёрный", 0, 13_700_000),
    car("V2", "C 180", "C-Class", "седан", 2022, "бензин", "белый", 10_000, 4_500_000),
    car("V3", "E 220 d 4MATIC", "E-Class", "седан", 2022, "дизель", "белый", 10_000, 6_500_000),
]


def listing(entries: dict[str, tuple[str, tuple[str, ...]]]) -> bytes:
    brochures = [
        Brochure(id=name, title=title, models=models, bytes=9, sha256="0" * 64)
        for name, (title, models) in entries.items()
    ]
    return Brochures(brochures=tuple(brochures)).model_dump_json().encode()


def opened(name: str = "showroom", entries: dict[str, Any] | None = None, **deployment: Any) -> Salon:
    salon = Salon(name, **({"site_url": SITE} | deployment))
    salon.stock(CARS)
    salon.put(DocumentKind.BROCHURES, listing(LISTED if entries is None else entries))
    return salon


@pytest.fixture(scope="module")
def salon() -> Salon:
    return opened()


def handed(reply: Reply) -> list[str]:
    return [fact.id for fact in reply.facts if fact.kind == "brochure"]


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("скиньте каталог на GLE", ["gle"]),
        ("Есть брошюра по глц?", ["glc"]),
        ("можно презентацию GLE в pdf", ["gle"]),
        ("Скинь пдф по ГЛЕ", ["gle"]),
        ("Скиньте прайс на GLE", ["gle"]),
        ("вышлите характеристики GLE 450 на e-mail", ["gle"]),
        ("буклет gle", ["gle"]),
        ("rfnfkju GLE", ["gle"]),
        ("Скиньте брошуру по GLE", ["gle"]),
        ("есть чё по GLE в пдф?", ["gle"]),
        ("хотелось бы получить проспект GLE", ["gle"]),
        ("Прайс-лист на GLC есть?", ["glc"]),
        ("Пришлите техническое описание GLC", ["glc"]),
        ("Пришлите GLE на почту ivan@example.ru", ["gle"]),
        ("дайте брошюру по ешке", ["e-200"]),
        ("каталог на E 200 есть?", ["e-200"]),
        ("брошюры по GLC и GLE скиньте", ["glc", "gle"]),
        ("есть брошюра?", list(LISTED)),
        ("Пришлите на почту", list(LISTED)),
        ("Вышлите прайс на запчасти", ["service"]),
    ],
)
def test_the_brochure_of_the_car_is_handed_out(salon: Salon, asked: str, expected: list[str]) -> None:
    reply = salon.ask(asked)
    assert sorted(handed(reply)) == sorted(expected), reply.text
    assert reply.reason is None
    for name in expected:
        assert f"{SITE}/brochures/showroom/{name}.pdf" in reply.text
    assert {source.id for source in reply.sources if source.kind == "brochure"} == set(expected)
    assert salon.published[-1] == reply.text


@pytest.mark.parametrize(
    "asked", ["каталог на гелик", "Брошюра E 220 d", "буклет по C 180", "каталог BMW X5"]
)
def test_of_another_car_it_says_so_and_shows_what_there_is(salon: Salon, asked: str) -> None:
    reply = salon.ask(asked)
    assert reply.reason == "no_brochure"
    assert "именно по этой модели у меня нет" in reply.text
    assert handed(reply) == list(LISTED)
    assert reply.offers == ("callback",)


def test_a_model_is_in_its_class_and_the_other_way_round() -> None:
    salon = opened(entries={"gle-450": ("GLE 450", ("GLE 450",)), "c": ("C-класс", ("C-класс",))})
    assert handed(salon.ask("скиньте каталог GLE")) == ["gle-450"]
    assert handed(salon.ask("скиньте каталог C 180")) == ["c"]
    assert salon.ask("скиньте каталог GLE 300").reason == "no_brochure"


def test_what_was_spoken_of_before_is_meant(salon: Salon) -> None:
    assert handed(salon.talk("Есть GLE?", "Пришлите брошюру на него")) == ["gle"]
    assert handed(salon.talk("Есть C 180?", "Скиньте каталог")) == list(LISTED)
    reply = salon.talk("Скиньте каталог GLE", "А сколько он стоит?")
    assert "13 700 000" in reply.text


def test_beside_another_question_both_are_answered(salon: Salon) -> None:
    reply = salon.ask("Сколько стоит GLE и можно ли получить каталог?")
    assert "13 700 000" in reply.text
    assert handed(reply) == ["gle"]
    assert reply.stock_as_of is not None
    assert salon.ask("Здравствуйте! Скиньте каталог GLE").text.startswith("Брошюра")


@pytest.mark.parametrize(
    "said",
    [
        "Сколько стоит GLE?",
        "Какой прайс на GLE?",
        "Есть ли GLC в вашем каталоге?",
        "Когда презентация нового GLE?",
        "Сделай презентацию",
        "Напиши мне каталог",
        "Каталог не открывается",
        "Спасибо за каталог",
        "На каком проспекте вы находитесь?",
        "Пришлите договор на почту",
        "Как с вами связаться по почте?",
        "Есть ли печатный каталог?",
        "Где посмотреть каталог машин в интернете?",
        "Не надо присылать мне брошюры",
        "Можно попасть на презентацию GLE?",
        "Отправьте информацию о кредите",
    ],
)
def test_other_questions_go_their_own_way(salon: Salon, said: str) -> None:
    assert handed(salon.ask(said)) == []


def test_what_no_brochure_is_about_is_left_to_others(salon: Salon) -> None:
    assert handed(salon.ask("Есть брошюра по кредиту?")) == []
    assert handed(salon.ask("Скиньте прайс на C 180")) == []


def test_the_owners_words_stay_beside_the_links(salon: Salon) -> None:
    reply = salon.ask("Пришлите брошюру")
    assert handed(reply) == list(LISTED)
    assert any(source.kind == "faq" for source in reply.sources)


@pytest.mark.parametrize(
    "empty", [{"site_url": ""}, {"entries": {}}], ids=["a deployment without a site", "an empty list"]
)
def test_without_brochures_the_faq_answers(empty: dict[str, Any]) -> None:
    reply = opened(**empty).ask("Пришлите брошюру")
    assert handed(reply) == []
    assert [source.kind for source in reply.sources] == ["faq"]


def test_a_salon_that_has_none_at_all_says_so() -> None:
    reply = opened("geely_volga", {}).ask("Скиньте каталог на монжаро")
    assert (reply.text.startswith("Брошюр у меня пока нет"), reply.reason) == (True, "no_brochure")
    assert reply.offers == ("callback",)
    assert opened("geely_volga", {}).ask("Скиньте прайс на монжаро").reason != "no_brochure"


def test_a_damaged_list_counts_as_none() -> None:
    salon = opened()
    salon.put(DocumentKind.BROCHURES, b'{"brochures": 7}', version="v2")
    assert handed(salon.ask("Пришлите брошюру")) == []


def test_letters_are_offered_where_they_are_sent() -> None:
    asked = "Пришлите каталог GLE на почту"
    by_link = opened().ask(asked)
    assert (by_link.offers, "Писем я не отправляю" in by_link.text) == ((), True)
    by_mail = opened(by_mail=True).ask(asked)
    assert (by_mail.offers, "укажите адрес" in by_mail.text) == (("brochure",), True)


def test_another_salon_has_its_own() -> None:
    salon = opened("geely_volga", {"monjaro": ("Каталог Monjaro", ("Monjaro",))})
    reply = salon.ask("Скиньте каталог на монжаро")
    assert handed(reply) == ["monjaro"]
    assert f"{SITE}/brochures/geely_volga/monjaro.pdf" in reply.text


def test_a_long_list_is_cut_and_says_so() -> None:
    salon = opened(entries={f"b{place}": (f"Каталог {place}", ()) for place in range(13)})
    reply = salon.ask("Есть брошюры?")
    assert len(handed(reply)) == 10
    assert "ещё 3" in reply.text


@pytest.mark.parametrize("site", [SITE, "http://127.0.0.1:8080"])
def test_the_guard_lets_through_this_link_and_no_other(site: str) -> None:
    reply = opened(site_url=site).ask("Скиньте каталог GLE")
    evidence = Evidence.of([reply.text])
    link = f"{site}/brochures/showroom/gle.pdf"
    assert uncovered(f"Каталог GLE: {link}", evidence) == ()
    for other in (f"{site}/brochures/showroom/gls.pdf", "https://evil.example/gle.pdf", f"{link}.exe"):
        assert uncovered(f"Каталог GLE: {other}", evidence)


def test_words_of_the_visitor_make_no_link(salon: Salon) -> None:
    reply = salon.ask("Скиньте каталог GLE с http://evil.example/gle.pdf")
    assert "evil" not in reply.text
    assert read_request("Скиньте каталог GLE") is not None
