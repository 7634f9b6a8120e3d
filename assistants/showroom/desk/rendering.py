"""Sentences about the stock, made of rows.

Every number and name in them comes from a row, a count of rows or the visitor's own bounds. Knows Russian
plurals and how prices and times are written. Refuses to know how rows were chosen, and asks no model.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from assistants.showroom.desk.wording import cars_counted, criteria, kilometres, lowered, money
from assistants.showroom.language.lexicon import Lexicon
from assistants.showroom.language.wish import Order, Wish
from core.facts import Car, TrimOption
from core.russian import plural

LISTED = 5
_MANY_MODELS = 20
_MONTHS = (
    "января", "февраля", "марта", "апреля", "мая", "июня", "июля", "августа", "сентября", "октября", "ноября",
    "декабря",
)  # fmt: skip
CLARIFY = "Уточните, пожалуйста, о какой модели речь: назову наличие и цену."
SAY_ALL = (
    "Боюсь, прошлое уточнение я понял не до конца. Скажите, пожалуйста, целиком, какой автомобиль нужен: "
    "модель, цвет, год, бюджет."
)
CALLBACK = "Оставьте заявку на обратный звонок — менеджер подскажет варианты."
NO_DATA = (
    "Сейчас у меня нет свежих данных о наличии и ценах, а называть старые не буду. "
    "Оставьте заявку на обратный звонок — менеджер проверит и ответит."
)
_UNCHECKED, _BEFORE = "Не учтено: ", "Прежние условия не учтены: "
_SUPERLATIVES = {
    Order.CHEAPEST: ("Самый доступный по цене вариант", "Самые доступные по цене варианты"),
    Order.DEAREST: ("Самый дорогой вариант", "Самые дорогие варианты"),
    Order.NEWEST: ("Самый новый по году выпуска вариант", "Самые новые по году выпуска варианты"),
    Order.OLDEST: ("Самый старый по году выпуска вариант", "Самые старые по году выпуска варианты"),
    Order.LEAST_MILEAGE: ("Вариант с самым маленьким пробегом", "Варианты с самым маленьким пробегом"),
    Order.MOST_MILEAGE: ("Вариант с самым большим пробегом", "Варианты с самым большим пробегом"),
}  # fmt: skip


_SORTED = {
    Order.CHEAPEST: "сначала дешёвые", Order.DEAREST: "сначала дорогие",
    Order.NEWEST: "сначала новые по году", Order.OLDEST: "сначала старые по году",
    Order.LEAST_MILEAGE: "сначала с маленьким пробегом", Order.MOST_MILEAGE: "сначала с большим пробегом",
}  # fmt: skip


def as_of(moment: datetime, time_zone: str) -> str:
    local = moment.astimezone(ZoneInfo(time_zone))
    return f"{local:%H:%M} {local.day} {_MONTHS[local.month - 1]}"


def stamp(moment: datetime, time_zone: str) -> str:
    return f"По данным на {as_of(moment, time_zone)}."


def described(car: Car) -> str:
    """«C 180, 2023 год, чёрный, седан, бензин, новый — 5 490 000 ₽»."""
    said = [f"{car.year} год", lowered(car.color), lowered(car.body), lowered(car.fuel), _mileage(car)]
    return f"{car.model}: {', '.join(value for value in said if value)} — {money(car.price_rub)}"


def listed(cars: Sequence[Car], limit: int = LISTED) -> str:
    lines = [f"{number}. {described(car)}" for number, car in enumerate(cars[:limit], 1)]
    rest = len(cars) - limit
    if rest > 0:
        lines.append(
            f"И ещё {cars_counted(rest)}. Скажите «ещё» — покажу остальные — или уточните цвет, год, бюджет."
        )
    return "\n".join(lines)


def found(cars: Sequence[Car], wish: Wish, lexicon: Lexicon, *, asked_count: bool = False) -> str:
    """An answer for one or more cars that hold every criterion; the criteria are always said."""
    if wish.order is not None:
        return leading(cars, wish, lexicon)
    if len(cars) == 1 and not asked_count:
        return f"Да, есть в наличии{_about(wish, lexicon, one=True)}. {described(cars[0])}."
    return f"В наличии {cars_counted(len(cars))}{_about(wish, lexicon)}:\n{listed(cars)}"


def leading(cars: Sequence[Car], wish: Wish, lexicon: Lexicon) -> str:
    """The cars that come first in the wish's order, one or several."""
    head = superlative(cars, wish, lexicon)
    if len(cars) == 1:
        return f"{head}: {described(cars[0])}."
    return f"{head}:\n{listed(cars, max(LISTED, wish.limit or 0))}"


def superlative(cars: Sequence[Car], wish: Wish, lexicon: Lexicon) -> str:
    """«Самый доступный по цене вариант (GLC, цвет — белый)»."""
    one, many = _SUPERLATIVES[wish.order or Order.CHEAPEST]
    single = len(cars) == 1
    return f"{one if single else many}{_about(wish, lexicon, one=single) or ' в наличии'}"


def _about(wish: Wish, lexicon: Lexicon, *, one: bool = False) -> str:
    said = [criteria(wish, lexicon, one=one)]
    said += [_SORTED[wish.sorting]] if wish.sorting is not None and not one else []
    return f" ({', '.join(filter(None, said))})" if any(said) else ""


def priced(cars: Sequence[Car], wish: Wish, lexicon: Lexicon) -> str:
    if wish.order is not None:
        return leading(cars, wish, lexicon)
    if len(cars) == 1:
        about = _about(wish, lexicon, one=True)
        return f"В наличии {cars_counted(1)}{about}. {described(cars[0])}."
    prices = spread([car.price_rub for car in cars])
    return (
        f"В наличии {cars_counted(len(cars))}{_about(wish, lexicon)}. {prices.capitalize()}:\n{listed(cars)}"
    )


def spread(prices: Sequence[int]) -> str:
    """«цены от … до …»."""
    low, high = min(prices), max(prices)
    return f"цена {money(low)}" if low == high else f"цены от {money(low)} до {money(high)}"


def missing(wish: Wish, nearest: Sequence[Car], lexicon: Lexicon) -> str:
    """An honest no, with the nearest alternatives, or with what there is at all."""
    said = missing_by(wish, lexicon)
    if nearest:
        said += f"\nБлижайшее из того, что есть:\n{listed(nearest)}"
    elif lexicon.cars:
        said += f"\n{overview(lexicon.cars, lexicon)}"
    return f"{said}\n{CALLBACK}"


def missing_by(wish: Wish, lexicon: Lexicon) -> str:
    return f"Такого автомобиля сейчас нет в наличии{_about(wish, lexicon, one=True)}."


def no_such_place(cars: Sequence[Car]) -> str:
    return f"Такого по счёту автомобиля нет: показано {len(cars)}.\n{listed(cars)}"


def but_alone(wish: Wish, alone: str, lexicon: Lexicon) -> str:
    """There is none such by all that was said, and there is by the last question alone."""
    return f"{missing_by(wish, lexicon)}\nЕсли прежние условия не важны: {alone}"


def unmet(options: Sequence[Wish], lexicon: Lexicon) -> str:
    """Which of several named cars there is none of."""
    return "Сейчас нет в наличии: " + "; ".join(criteria(option, lexicon) for option in options) + "."


def overview(cars: Sequence[Car], lexicon: Lexicon) -> str:
    """The whole stock by class."""
    low = min(cars, key=lambda car: car.price_rub)
    counts = Counter(_class_label(car, lexicon) for car in cars)
    classes = ", ".join(f"{name} — {count}" for name, count in sorted(counts.items()))
    return (
        f"Сейчас в наличии {cars_counted(len(cars))}: {classes}. Цены начинаются от {money(low.price_rub)} "
        f"({low.model}, {low.year} год). Назовите класс, цвет или бюджет — подберу варианты."
    )


def _class_label(car: Car, lexicon: Lexicon) -> str:
    names = lexicon.label("class", sorted(lexicon.profiles[car.vin]["class"]))
    return names[-1] if names else car.class_name


_VALUE_HEADS = {
    "color": "Цвета", "body": "Кузова", "fuel": "Топливо", "year": "Годы выпуска", "class": "Классы",
    "model": "Модели",
}  # fmt: skip


def values(
    cars: Sequence[Car], attribute: str, wish: Wish, lexicon: Lexicon, *, counted: bool = False
) -> str:
    """The values of one attribute among the cars, with how many have each."""
    texts = Counter(_value(car, attribute, lexicon) for car in cars)
    if attribute == "model" and len(texts) > _MANY_MODELS:
        return overview(cars, lexicon)
    head = f"{_VALUE_HEADS[attribute]} в наличии{_about(wish, lexicon)}"
    if counted:
        total = f"{len(texts)} {plural(len(texts), 'вариант', 'варианта', 'вариантов')}"
        return f"{head}: {', '.join(sorted(texts))}. Всего {total}."
    return f"{head}: " + ", ".join(f"{text} — {count}" for text, count in sorted(texts.items())) + "."


def _value(car: Car, attribute: str, lexicon: Lexicon) -> str:
    if attribute == "class":
        return _class_label(car, lexicon)
    raw = {"color": car.color, "body": car.body, "fuel": car.fuel, "year": str(car.year), "model": car.model}[
        attribute
    ]
    return raw if attribute == "model" else lowered(raw)


def detail(car: Car, attribute: str) -> str:
    """One attribute of one car."""
    said = {
        "price": f"стоит {money(car.price_rub)}",
        "year": f"{car.year} года выпуска",
        "color": f"цвет — {lowered(car.color)}",
        "body": f"кузов — {lowered(car.body)}",
        "fuel": f"топливо — {lowered(car.fuel)}",
        "mileage": "без пробега" if car.mileage_km == 0 else f"пробег — {kilometres(car.mileage_km)}",
        "class": f"класс — {car.class_name}",
        "model": f"модель — {car.model}",
        "vin": f"VIN {car.vin}",
    }[attribute]
    return f"{car.model} ({car.year} год, {lowered(car.color)}, {money(car.price_rub)}): {said}."


def details(cars: Sequence[Car], attribute: str, about: str = "") -> str:
    """One attribute of each car, under the criteria that chose them."""
    lines = [f"В наличии {cars_counted(len(cars))} ({about}):"] if about else []
    lines += [detail(car, attribute) for car in cars[:LISTED]]
    if len(cars) > LISTED:
        lines.append(f"И ещё {cars_counted(len(cars) - LISTED)}: скажите «ещё» — покажу остальные.")
    return "\n".join(lines)


def table(cars: Sequence[Car]) -> str:
    """Price, year and mileage of the cars side by side, and which of them leads in each."""
    lines = [
        f"{number}. {car.model} — {money(car.price_rub)}, {car.year} год, {_mileage(car)}"
        for number, car in enumerate(cars, 1)
    ]
    measures: tuple[tuple[str, Callable[[Car], int], Callable[..., int]], ...] = (
        ("Дешевле всех", lambda car: car.price_rub, min),
        ("Новее всех", lambda car: car.year, max),
        ("Меньше всех пробег", lambda car: car.mileage_km, min),
    )
    for head, value, best in measures:
        edge = best(value(car) for car in cars)
        leads = [f"№ {number}" for number, car in enumerate(cars, 1) if value(car) == edge]
        if len(leads) < len(cars):
            lines.append(f"{head}: {', '.join(leads)}.")
    return "\n".join(["Сравнение показанных автомобилей:", *lines])


def _mileage(car: Car) -> str:
    return "без пробега" if car.mileage_km == 0 else f"пробег {kilometres(car.mileage_km)}"


def without_options(names: Sequence[str]) -> str:
    """Of cars that are told though none of them has what was wanted with them; nothing where nothing was."""
    return f"Такой опции в данных салона для них нет: {', '.join(names)}. Без неё:\n" if names else ""


def trim_options(options: Sequence[TrimOption]) -> str:
    by_model: dict[str, list[TrimOption]] = {}
    for option in options:
        by_model.setdefault(option.model, []).append(option)
    lines = [
        f"{model}: " + ", ".join(f"{entry.option} — {money(entry.price_rub)}" for entry in entries)
        for model, entries in list(by_model.items())[:LISTED]
    ]
    return "Опции и цены:\n" + "\n".join(lines)


def not_understood(said: Sequence[str], wish: Wish, lexicon: Lexicon) -> str:
    """Instead of a list that might not be what is meant, with what was understood beside it."""
    said, about = ", ".join(f"«{words}»" for words in said), criteria(wish, lexicon)
    understood = f" Остальное понял так: {about}." if about else ""
    return (
        f"Не уверен, что верно понял условие {said}.{understood} "
        "Скажите, пожалуйста, иначе, какой автомобиль нужен."
    )


def unresolved(said: Sequence[str], wish: Wish, lexicon: Lexicon) -> str:
    """Asks what a word points at, with what was understood beside it."""
    pointing, about = ", ".join(f"«{words}»" for words in said), criteria(wish, lexicon)
    understood = f"Понял так: {about}. " if about else ""
    return f"{understood}Уточните, пожалуйста, о каком автомобиле речь, когда вы говорите {pointing}?"


def without_before(dropped: str) -> str:
    """Criteria of the dialogue that the answer does not hold."""
    return f"{_BEFORE}{dropped}."


def unchecked(said: Sequence[str]) -> str:
    """Words that the answer does not take into account."""
    said = ", ".join(f"«{words}»" for words in said)
    return f"{_UNCHECKED}{said} — если это важно, уточните у менеджера."


def leaves_out(text: str) -> bool:
    """Whether an answer says that it does not take everything into account."""
    return text.startswith((_BEFORE, _UNCHECKED))
