"""How a wish and single values are said: «GLC, цвет — чёрный, не дороже 5 000 000 ₽».

Knows Russian plurals and how prices, distances and criteria are written. A value of the vocabulary or the
stock is said as it stands there, beside the name of what it is a value of, so that any word fits. Refuses to
know which cars were found.
"""

from __future__ import annotations

from collections.abc import Callable

from assistants.showroom.desk.alternatives import ENGINE_LETTERS, alternatives, of_its_fuel
from assistants.showroom.language.lexicon import Lexicon
from assistants.showroom.language.naming import place_of
from assistants.showroom.language.wish import Condition, Wish
from core.russian import plural

_EXCEPT = {
    "color": "цвет — не",
    "body": "кузов — не",
    "fuel": "топливо — не",
    "year": "год — не",
    "feature": "не",
}


def money(roubles: int) -> str:
    return f"{roubles:,}".replace(",", " ") + " ₽"


def kilometres(number: int) -> str:
    return f"{number:,}".replace(",", " ") + " км"


def cars_counted(number: int) -> str:
    return f"{number} {plural(number, 'автомобиль', 'автомобиля', 'автомобилей')}"


def counted_over(number: int) -> str:
    """How many cars a number was computed from."""
    return f"посчитано по {number} {plural(number, 'автомобилю', 'автомобилям', 'автомобилям')} в наличии"


def lowered(text: str) -> str:
    """«Чёрный металлик» inside a sentence; names in Latin and «ДТ» keep their capitals."""
    text = text.strip()
    return text if text.isascii() or text[:2].isupper() else text[:1].lower() + text[1:]


def criteria(wish: Wish, lexicon: Lexicon, *, one: bool = False) -> str:
    """The visitor's criteria, said back; `one` where a single car is meant («новый», not «новые»)."""
    parts = [
        " или ".join(named(option, lexicon) for option in alternatives(wish, lexicon)),
        _any_of("кузов — ", "body", wish.bodies, lexicon),
        " ".join((_any_of("цвет — ", "color", wish.colors, lexicon), *map(_finish, wish.finishes))),
        _any_of("топливо — ", "fuel", wish.fuels, lexicon),
        *lexicon.label("feature", wish.features),
        *(_denied(name, lexicon) for name in wish.excluded if name not in _gaps(wish)),
        *_bounds(wish),
    ]
    if wish.condition is not None:
        fresh = "новый" if one else "новые"
        parts.append(fresh if wish.condition is Condition.NEW else "с пробегом")
    return ", ".join(part for part in parts if part)


def in_brackets(wish: Wish, lexicon: Lexicon) -> str:
    """The criteria as they follow what they are said of; "" where there are none."""
    said = criteria(wish, lexicon)
    return f" ({said})" if said else ""


def named(option: Wish, lexicon: Lexicon) -> str:
    """One of the cars that a wish names."""
    classes = lexicon.label("class", [name for name in option.classes if not _begins(name, option.models)])
    brands = lexicon.label("brand", option.brands)
    runs = [_model_name(run, lexicon) for run in (*option.models, *option.words)]
    said = [_absent_name(name) for name in option.absent]
    if not any(" " not in name or any(sign.isdigit() for sign in name) for name in said) and said:
        brands = []
    classes = [" или ".join(classes)] if classes else []
    names = [*(brand for brand in brands if not any(brand in run for run in runs)), *classes, *runs, *said]
    return " ".join((*names, *(f"VIN {vin}" for vin in option.vins)))


def _begins(name: str, models: tuple[str, ...]) -> bool:
    """Whether a class is the letters that a model begins with: E of «e 200», not Maybach of «gls 600»."""
    return any(run.startswith(name.lower()) for run in models)


def part_label(part: Wish, whole: Wish, lexicon: Lexicon) -> str:
    """What parts one of several compared wishes from the others: «GLC», «чёрный»."""
    for kind, name in (("color", "colors"), ("body", "bodies"), ("fuel", "fuels")):
        if getattr(part, name) and getattr(part, name) != getattr(whole, name):
            return " или ".join(lexicon.label(kind, getattr(part, name)))
    own = part.named().model_copy(update={"fuels": part.fuels if _fuels_differ(whole, lexicon) else ()})
    return criteria(own, lexicon)


def _fuels_differ(whole: Wish, lexicon: Lexicon) -> bool:
    """«GLS 450 бензин или 450 d»: the fuel is of one of the cars that are named."""
    options = alternatives(whole, lexicon)
    return any(not of_its_fuel(option, options, whole).fuels for option in options)


def _finish(stem: str) -> str:
    return "матовый" if stem == "матов" else stem


def _any_of(head: str, kind: str, ids: tuple[str, ...], lexicon: Lexicon) -> str:
    return head + " или ".join(lexicon.label(kind, ids)) if ids else ""


def _denied(name: str, lexicon: Lexicon) -> str:
    kind, identity = name.split(":", 1)
    said = _model_name(identity, lexicon) if kind == "model" else lexicon.label(kind, (identity,))[0]
    return f"{_EXCEPT.get(kind, 'кроме')} {said}"


def _absent_name(said: str) -> str:
    """As the visitor wrote it; in small Latin letters it gets capitals."""
    if said != said.lower() or not said.isascii():
        return said
    first, *rest = (
        word.upper() if len(word) < 4 or any(sign.isdigit() for sign in word) else word.capitalize()
        for word in said.split()
    )
    return " ".join((first, *(word.lower() if word.lower() in ENGINE_LETTERS else word for word in rest)))


def _model_name(run: str, lexicon: Lexicon) -> str:
    """The run as the stock writes it."""
    wanted = run.split()
    for model, parts in lexicon.models.items():
        at = place_of(wanted, parts)
        if at is not None:
            return lexicon.written(model, at, at + len(wanted))
    return run.upper()


def _bounds(wish: Wish) -> list[str]:
    said = []
    if wish.price_from is not None and wish.price_from == wish.price_to:
        said.append(f"за {money(wish.price_from)}")
    else:
        said += _span(wish.price_from, wish.price_to, money, ("не дороже", "дешевле", "дороже"))
    if _gaps(wish) or (wish.year_from is not None and wish.year_from == wish.year_to):
        *others, last = map(str, _years(wish))
        said.append(" или ".join(part for part in (", ".join(others), last) if part) + " год")
    elif wish.year_from is not None and wish.year_to is not None:
        said.append(f"с {wish.year_from} по {wish.year_to} год")
    else:
        said += [f"с {wish.year_from} года"] if wish.year_from is not None else []
        said += [f"по {wish.year_to} год"] if wish.year_to is not None else []
    mileage = _span(wish.mileage_from, wish.mileage_to, kilometres, ("до", "меньше", "больше"))
    return [*said, *(["пробег " + " и ".join(mileage)] if mileage else [])]


def _years(wish: Wish) -> list[int]:
    """Every year that is wanted, where both ends are said."""
    if wish.year_from is None or wish.year_to is None:
        return []
    return [year for year in range(wish.year_from, wish.year_to + 1) if year not in wish.other_years]


def _gaps(wish: Wish) -> frozenset[str]:
    """The years that are ruled out between the first and the last: the others are told instead."""
    years = _years(wish)
    return frozenset(f"year:{year}" for year in wish.other_years if years and years[0] < year < years[-1])


def _span(
    low: int | None, high: int | None, written: Callable[[int], str], names: tuple[str, str, str]
) -> list[str]:
    """Both ends, an end that is left out itself as «дешевле 5 000 000 ₽»."""
    at_most, below, above = names
    strict_low, strict_high = low is not None and low % 10 == 1, high is not None and high % 10 == 9
    if low is not None and high is not None and not (strict_low or strict_high):
        return [f"от {written(low).removesuffix(' км')} до {written(high)}"]
    said = []
    if low is not None:
        said.append(f"{above} {written(low - 1)}" if strict_low else f"от {written(low)}")
    if high is not None:
        said.append(f"{below} {written(high + 1)}" if strict_high else f"{at_most} {written(high)}")
    return said
