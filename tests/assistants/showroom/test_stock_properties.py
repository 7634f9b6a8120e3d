"""On any stock what is said equals a recomputation over its rows, and nothing is stated that no row holds."""

from __future__ import annotations

from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.guard import Evidence, uncovered
from tests.assistants.showroom.conftest import Salon, car, is_about_stock, told

Row = dict[str, Any]

MODELS = {
    "C-Class": ["C 180", "C 200 4MATIC", "C 300"],
    "E-Class": ["E 200", "E 220 d 4MATIC"], "GLC": ["GLC 300 4MATIC"],
    "GLE": ["GLE 350 d", "GLE 450"], "S": ["S 450", "S 500"],
    "Vesta": ["LADA Vesta"], "X5": ["BMW X5 xDrive30d"],
}  # fmt: skip
NAMES = {
    "C-Class": "C-класс",
    "E-Class": "ешка",
    "GLC": "глц",
    "GLE": "GLE",
    "S": "S-класс",
    "Vesta": "веста",
    "X5": "бмв х5",
}
COLORS = {
    "чёрный": ["чёрный", "Black", "Чёрный металлик"],
    "белый": ["белый", "Polar White"],
    "красный": ["Красный"],
}
BODIES = ["седан", "внедорожник", "универсал"]


@st.composite
def stocks(draw: st.DrawFn) -> list[Row]:
    rows = []
    for number in range(draw(st.integers(min_value=1, max_value=14))):
        name = draw(st.sampled_from(sorted(MODELS)))
        color = draw(st.sampled_from([shade for shades in COLORS.values() for shade in shades]))
        rows.append(
            car(
                f"VIN{number:03}", draw(st.sampled_from(MODELS[name])), name, draw(st.sampled_from(BODIES)),
                draw(st.integers(2018, 2026)), draw(st.sampled_from(["бензин", "дизель"])), color,
                draw(st.sampled_from([0, 0, 12_000, 48_500])), draw(st.integers(90, 3000)) * 10_000,
            )
        )  # fmt: skip
    return rows


def _said(rows: list[Row]) -> list[str]:
    """Everything that an answer may repeat: rows as they are, their classes, and counts of them."""
    texts = [
        f"{row['vin']}, {row['model']}, {row['class_name']}, {row['body']}, {row['year']} год, "
        f"{row['fuel']}, {row['color']}, пробег {row['mileage_km']} км, цена {row['price_rub']} рублей"
        for row in rows
    ]
    return [
        *texts,
        *(str(number) for number in range(len(rows) + 1)),
        *(f"{name}-класс" for name in "CESAVG"),
    ]


def _grounded(text: str, rows: list[Row], question: str) -> None:
    evidence = Evidence.of([*_said(rows), question, "Mercedes-Benz GLC GLE Vesta LADA BMW X5 Chery 4MATIC"])
    body = text.rsplit("По данным на", 1)[0]
    numbered = "\n".join(line.split(". ", 1)[-1] for line in body.split("\n"))
    for line in numbered.split("\n"):
        missing = [claim for claim in uncovered(line, evidence) if any(char.isdigit() for char in claim)]
        assert not missing, (missing, line)


RELAXED = settings(
    max_examples=settings.default.max_examples // 4,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@RELAXED
@given(rows=stocks(), name=st.sampled_from(sorted(NAMES)), color=st.sampled_from([None, *sorted(COLORS)]))
def test_class_and_colour(salon: Salon, rows: list[Row], name: str, color: str | None) -> None:
    question = f"Есть {color or ''} {NAMES[name]}?"
    salon.stock(rows)
    reply = salon.ask(question)
    wanted = [
        row for row in rows if row["class_name"] == name and (color is None or row["color"] in COLORS[color])
    ]
    assert is_about_stock(reply)
    assert (reply.reason == "not_in_stock") == (not wanted), reply.text
    assert set(told(reply)) <= {row["vin"] for row in wanted}, reply.text
    assert len(told(reply)) == min(5, len(wanted))
    _grounded(reply.text, rows, question)


@RELAXED
@given(rows=stocks(), low=st.integers(1, 15), width=st.integers(0, 15), body=st.sampled_from([None, *BODIES]))
def test_budget_and_body(salon: Salon, rows: list[Row], low: int, width: int, body: str | None) -> None:
    question = f"Какие {body or 'машины'} есть от {low} до {low + width} млн?"
    salon.stock(rows)
    reply = salon.ask(question)
    wanted = {
        row["vin"]
        for row in rows
        if low * 1_000_000 <= row["price_rub"] <= (low + width) * 1_000_000 and body in (None, row["body"])
    }
    assert is_about_stock(reply)
    assert set(told(reply)) <= wanted
    assert len(told(reply)) == min(5, len(wanted)), reply.text
    _grounded(reply.text, rows, question)


@RELAXED
@given(rows=stocks(), which=st.sampled_from(["самый дешёвый", "самый дорогой", "самый новый"]))
def test_superlatives(salon: Salon, rows: list[Row], which: str) -> None:
    salon.stock(rows)
    reply = salon.ask(f"Какой автомобиль у вас {which}?")
    if which == "самый новый":
        top = max(row["year"] for row in rows)
        wanted = {row["vin"] for row in rows if row["year"] == top}
    else:
        best = min if "дешёвый" in which else max
        top = best(row["price_rub"] for row in rows)
        wanted = {row["vin"] for row in rows if row["price_rub"] == top}
    assert set(told(reply)) <= wanted
    assert len(told(reply)) == min(5, len(wanted)), reply.text
    _grounded(reply.text, rows, which)


@RELAXED
@given(rows=stocks(), name=st.sampled_from(sorted(NAMES)))
def test_counts(salon: Salon, rows: list[Row], name: str) -> None:
    salon.stock(rows)
    reply = salon.ask(f"Сколько у вас {NAMES[name]} в наличии?")
    wanted = sum(row["class_name"] == name for row in rows)
    if wanted:
        assert f"В наличии {wanted} автомобил" in reply.text
    else:
        assert reply.reason == "not_in_stock"


@RELAXED
@given(rows=stocks(), year=st.integers(2017, 2027), fuel=st.sampled_from(["бензиновые", "дизельные"]))
def test_year_and_fuel(salon: Salon, rows: list[Row], year: int, fuel: str) -> None:
    question = f"Покажите {fuel} машины не старше {year} года"
    salon.stock(rows)
    reply = salon.ask(question)
    wanted = {row["vin"] for row in rows if row["year"] >= year and row["fuel"][:5] == fuel[:5]}
    assert set(told(reply)) <= wanted
    assert len(told(reply)) == min(5, len(wanted)), reply.text
    _grounded(reply.text, rows, question)


@RELAXED
@given(
    rows=stocks(),
    letters=st.sampled_from(["S", "X", "Q", "GLB", "CLS"]),
    number=st.sampled_from([45, 320, 560, 910]),
)
def test_a_model_that_is_not_there_is_never_confirmed(
    salon: Salon, rows: list[Row], letters: str, number: int
) -> None:
    salon.stock(rows)
    reply = salon.ask(f"Есть ли {letters} {number}?")
    assert reply.reason == "not_in_stock", reply.text
    assert "нет в наличии" in reply.text
    _grounded(reply.text, rows, f"{letters} {number}")


@RELAXED
@given(
    rows=stocks(),
    names=st.lists(st.sampled_from(["C-Class", "GLC", "GLE"]), min_size=2, max_size=2, unique=True),
)
def test_the_difference_of_two_cars(salon: Salon, rows: list[Row], names: list[str]) -> None:
    salon.stock(rows)
    reply = salon.ask(f"На сколько {NAMES[names[0]]} дороже, чем {NAMES[names[1]]}?")
    lows = [
        min((row["price_rub"] for row in rows if row["class_name"] == name), default=None) for name in names
    ]
    there = [low for low in lows if low is not None]
    assert (reply.reason == "not_in_stock") == (not there), reply.text
    if len(there) == 2 and there[0] != there[1]:
        assert f"разница — {abs(there[0] - there[1]):,} ₽".replace(",", " ") in reply.text
    assert {fact.values["price_rub"] for fact in reply.facts} >= set(there)


@RELAXED
@given(rows=stocks(), name=st.sampled_from(sorted(NAMES)))
def test_averages(salon: Salon, rows: list[Row], name: str) -> None:
    salon.stock(rows)
    reply = salon.ask(f"Какая средняя цена на {NAMES[name]}?")
    prices = [row["price_rub"] for row in rows if row["class_name"] == name]
    if prices:
        assert f"{round(sum(prices) / len(prices)):,} ₽".replace(",", " ") in reply.text
    else:
        assert reply.reason == "not_in_stock"


@RELAXED
@given(rows=stocks(), limit=st.integers(4, 15))
def test_a_list_goes_on_to_its_end(salon: Salon, rows: list[Row], limit: int) -> None:
    salon.stock(rows)
    reply = salon.ask(f"Какие машины есть до {limit} млн?")
    wish, seen = salon.memory["wish"], told(reply)
    while reply.facts and (reply := salon.ask("ещё", fresh=False)).facts and salon.memory["wish"] == wish:
        assert not set(told(reply)) & set(seen)
        seen += told(reply)
    wanted = [row["vin"] for row in rows if row["price_rub"] <= limit * 1_000_000]
    assert not wanted or sorted(seen) == sorted(wanted)
