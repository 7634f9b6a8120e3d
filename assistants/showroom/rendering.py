"""Sentences about the stock, made of rows.

Every number and name in them comes from a row, a count of rows or the visitor's own bounds. Knows Russian
plurals and how prices and times are written. Refuses to know how rows were chosen, and asks no model.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from assistants.showroom.lexicon import Lexicon
from assistants.showroom.wish import Condition, Order, Wish
from core.facts import Car, TrimOption
from core.russian import plural

LISTED = 5
_MANY_MODELS = 20
_MONTHS = (
    "января", "февраля", "марта", "апреля", "мая", "июня", "июля", "августа", "сентября", "октября", "ноября",
    "декабря",
)  # fmt: skip
CLARIFY = "Уточните, пожалуйста, о какой модели речь: назову наличие и цену."
CALLBACK = "Оставьте заявку на обратный звонок — менеджер подскажет варианты."
NO_DATA = (
    "Сейчас у меня нет свежих данных о наличии и ценах, а называть старые не буду. "
    "Оставьте заявку на обратный звонок — менеджер проверит и ответит."
)
_SUPERLATIVES = {
    Order.CHEAPEST: "Самый доступный по цене вариант", Order.DEAREST: "Самый дорогой вариант",
    Order.NEWEST: "Самый новый по году выпуска вариант", Order.OLDEST: "Самый старый по году выпуска вариант",
    Order.LEAST_MILEAGE: "Вариант с самым маленьким пробегом",
}  # fmt: skip


def money(roubles: int) -> str:
    return f"{roubles:,}".replace(",", " ") + " ₽"


def kilometres(number: int) -> str:
    return f"{number:,}".replace(",", " ") + " км"


def cars_counted(number: int) -> str:
    return f"{number} {plural(number, 'автомобиль', 'автомобиля', 'автомобилей')}"


def as_of(moment: datetime, time_zone: str) -> str:
    local = moment.astimezone(ZoneInfo(time_zone))
    return f"{local:%H:%M} {local.day} {_MONTHS[local.month - 1]}"


def stamp(moment: datetime, time_zone: str) -> str:
    return f"По данным на {as_of(moment, time_zone)}."


def described(car: Car) -> str:
    """«C 180, 2023 год, чёрный, седан, бензин, новый — 5 490 000 ₽»."""
    mileage = "без пробега" if car.mileage_km == 0 else f"пробег {kilometres(car.mileage_km)}"
    details = [f"{car.year} год", _lower(car.color), _lower(car.body), _lower(car.fuel), mileage]
    return f"{car.model}: {', '.join(detail for detail in details if detail)} — {money(car.price_rub)}"


def _lower(text: str) -> str:
    """«Чёрный металлик» inside a sentence; names in Latin and «ДТ» keep their capitals."""
    text = text.strip()
    return text if text.isascii() or text[:2].isupper() else text[:1].lower() + text[1:]


def listed(cars: Sequence[Car], limit: int = LISTED) -> str:
    lines = [f"{number}. {described(car)}" for number, car in enumerate(cars[:limit], 1)]
    rest = len(cars) - limit
    if rest > 0:
        lines.append(f"И ещё {cars_counted(rest)}. Уточните цвет, год или бюджет — покажу подходящие.")
    return "\n".join(lines)


def criteria(wish: Wish, lexicon: Lexicon) -> str:
    """The visitor's criteria, said back: «C 180, чёрный, не дороже 5 000 000 ₽»."""
    parts = [
        *(_model_name(run, lexicon) for run in wish.models),
        *lexicon.label("brand", wish.brands),
        *(lexicon.label("class", wish.classes) if not wish.models else ()),
        *(_model_name(run, lexicon) for run in wish.words),
        *(said.upper() if said.isascii() else said for said in wish.absent),
        *([" или ".join(lexicon.label("body", wish.bodies))] if wish.bodies else ()),
        *([" или ".join(lexicon.label("color", wish.colors))] if wish.colors else ()),
        *([" или ".join(lexicon.label("fuel", wish.fuels))] if wish.fuels else ()),
        *lexicon.label("feature", wish.features),
        *(f"не {_denied(name, lexicon)}" for name in wish.excluded),
        *_bounds(wish),
    ]
    if wish.condition is not None:
        parts.append("новый" if wish.condition is Condition.NEW else "с пробегом")
    return ", ".join(part for part in parts if part)


def _denied(name: str, lexicon: Lexicon) -> str:
    kind, identity = name.split(":", 1)
    return _model_name(identity, lexicon) if kind == "model" else lexicon.label(kind, (identity,))[0]


def _model_name(run: str, lexicon: Lexicon) -> str:
    """The run as the stock writes it."""
    wanted = run.split()
    for model, parts in lexicon.models.items():
        for at in range(len(parts) - len(wanted) + 1):
            if list(parts[at : at + len(wanted)]) == wanted:
                return lexicon.written(model, at, at + len(wanted))
    return run.upper()


def _bounds(wish: Wish) -> list[str]:
    said = []
    if wish.price_from is not None and wish.price_to is not None:
        said.append(f"от {money(wish.price_from)} до {money(wish.price_to)}")
    elif wish.price_to is not None:
        strict = wish.price_to % 10 == 9
        said.append(f"дешевле {money(wish.price_to + 1)}" if strict else f"не дороже {money(wish.price_to)}")
    elif wish.price_from is not None:
        strict = wish.price_from % 10 == 1
        said.append(f"дороже {money(wish.price_from - 1)}" if strict else f"от {money(wish.price_from)}")
    if wish.year_from is not None and wish.year_from == wish.year_to:
        said.append(f"{wish.year_from} год")
    else:
        said += [f"с {wish.year_from} года"] if wish.year_from is not None else []
        said += [f"по {wish.year_to} год"] if wish.year_to is not None else []
    said += [f"пробег от {kilometres(wish.mileage_from)}"] if wish.mileage_from is not None else []
    said += [f"пробег до {kilometres(wish.mileage_to)}"] if wish.mileage_to is not None else []
    return said


def found(
    cars: Sequence[Car], wish: Wish, lexicon: Lexicon, *, asked_count: bool = False, restated: bool = False
) -> str:
    """An answer for one or more cars that hold every criterion; `restated` says the criteria even for one
    car.
    """
    about = criteria(wish, lexicon)
    if wish.order is not None:
        head = _SUPERLATIVES[wish.order] + (f" ({about})" if about else " в наличии")
        return f"{head}: {described(cars[0])}." if len(cars) == 1 else f"{head}:\n{listed(cars)}"
    if len(cars) == 1 and not asked_count:
        head = f"Да, есть в наличии ({about})." if restated and about else "Да, есть в наличии."
        return f"{head} {described(cars[0])}."
    head = f"В наличии {cars_counted(len(cars))}" + (f" ({about})" if about else "")
    return f"{head}:\n{listed(cars)}"


def priced(cars: Sequence[Car], wish: Wish, lexicon: Lexicon) -> str:
    if len(cars) == 1 or wish.order is not None:
        return found(cars, wish, lexicon).removeprefix("Да, есть в наличии. ")
    low, high = min(car.price_rub for car in cars), max(car.price_rub for car in cars)
    about = criteria(wish, lexicon)
    spread = f"цена {money(low)}" if low == high else f"цены от {money(low)} до {money(high)}"
    return (
        f"В наличии {cars_counted(len(cars))}"
        + (f" ({about})" if about else "")
        + f", {spread}:\n{listed(cars)}"
    )


def missing(wish: Wish, nearest: Sequence[Car], lexicon: Lexicon) -> str:
    """An honest no, with the nearest alternatives."""
    about = criteria(wish, lexicon)
    said = (
        f"Такого автомобиля сейчас нет в наличии ({about})."
        if about
        else "Такого автомобиля сейчас нет в наличии."
    )
    if nearest:
        said += f"\nБлижайшее из того, что есть:\n{listed(nearest)}"
    return f"{said}\n{CALLBACK}"


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


def values(cars: Sequence[Car], attribute: str, wish: Wish, lexicon: Lexicon) -> str:
    """The values of one attribute among the cars, with how many have each."""
    texts = Counter(_value(car, attribute, lexicon) for car in cars)
    if attribute == "model" and len(texts) > _MANY_MODELS:
        return overview(cars, lexicon)
    about = criteria(wish, lexicon)
    head = f"{_VALUE_HEADS[attribute]} в наличии" + (f" ({about})" if about else "")
    return f"{head}: " + ", ".join(f"{text} — {count}" for text, count in sorted(texts.items())) + "."


def _value(car: Car, attribute: str, lexicon: Lexicon) -> str:
    if attribute == "class":
        return _class_label(car, lexicon)
    raw = {"color": car.color, "body": car.body, "fuel": car.fuel, "year": str(car.year), "model": car.model}[
        attribute
    ]
    return raw if attribute == "model" else _lower(raw)


def detail(car: Car, attribute: str) -> str:
    """One attribute of one car."""
    said = {
        "price": f"стоит {money(car.price_rub)}",
        "year": f"{car.year} года выпуска",
        "color": f"цвет — {_lower(car.color)}",
        "body": f"кузов — {_lower(car.body)}",
        "fuel": f"топливо — {_lower(car.fuel)}",
        "mileage": "без пробега" if car.mileage_km == 0 else f"пробег — {kilometres(car.mileage_km)}",
        "class": f"класс — {car.class_name}",
        "model": f"модель — {car.model}",
        "vin": f"VIN {car.vin}",
    }[attribute]
    return f"{car.model} ({car.year} год, {_lower(car.color)}, {money(car.price_rub)}): {said}."


def trim_options(options: Sequence[TrimOption]) -> str:
    by_model: dict[str, list[TrimOption]] = {}
    for option in options:
        by_model.setdefault(option.model, []).append(option)
    lines = [
        f"{model}: " + ", ".join(f"{entry.option} — {money(entry.price_rub)}" for entry in entries)
        for model, entries in list(by_model.items())[:LISTED]
    ]
    return "Опции и цены:\n" + "\n".join(lines)


def unchecked(said: Sequence[str]) -> str:
    """What the data of the stock says nothing about."""
    said = ", ".join(f"«{words}»" for words in said)
    return f"Про {said} в данных о наличии сведений нет — это уточнит менеджер."
