"""Questions about options and what they cost, answered from the rows of `trim_option`.

Knows what is asked of options. Refuses to know how they are named (`option_names.py`) and cars in stock
beyond the models that a question means.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import replace

from assistants.showroom.desk import rendering
from assistants.showroom.desk.calculations import is_difference
from assistants.showroom.desk.equipment import GENERIC
from assistants.showroom.desk.memory import Talk
from assistants.showroom.desk.models_meant import Meant, is_one_of, models_meant, of_no_car
from assistants.showroom.desk.option_names import Named, named_options, without_option_words
from assistants.showroom.desk.options_asked import asks_which_cars, is_wanted_with, words_said
from assistants.showroom.desk.stock import ordered, select
from assistants.showroom.desk.wording import criteria, money
from assistants.showroom.language.intents import Ask
from assistants.showroom.language.lexicon import Lexicon
from assistants.showroom.language.naming import name_parts
from assistants.showroom.language.reading import Reading
from assistants.showroom.language.wish import Order, Wish
from core.facts import Car, Snapshot, TrimOption
from core.russian import words

_ALL_TOGETHER = re.compile(
    r"\bвместе\b|\bв сумме\b|\bитог\w*|\bвсех? сразу\b|\bза все\b|\bвсе опции\b|\bсуммарно\b"
)
BOTH = re.compile(
    r"\bоб(?:а|е|оих|еих|оими|еими)\b|\b(?:эти|этих|эту?) (?:две|двух|пару)\b|\bих (?:обе|вместе)\b"
)
_LEADS: dict[Order | None, tuple[Callable[..., int], str]] = {
    Order.DEAREST: (max, "Самая дорогая опция"),
    Order.CHEAPEST: (min, "Самая доступная по цене опция"),
}


def find_options(
    reading: Reading, talk: Talk, snapshot: Snapshot, lexicon: Lexicon
) -> tuple[list[TrimOption], str]:
    """The options that answer, and the sentence that tells them.

    Where the car has none such, those of other models are told as such.
    """
    named = named_options(reading, snapshot, lexicon)
    wish = without_option_words(reading.wish, named.said)
    meant = models_meant(wish, reading, talk, snapshot, lexicon)
    both = not named.options and len(talk.options) == 2 and BOTH.search(words_said(reading))
    wanted = named.options or tuple(row for row in snapshot.options if not both or row.option in talk.options)
    if named.unlisted and not named.options:
        wanted = ()
    kept = [option for option in wanted if meant.has(option.model)]
    if both and meant.gone is None and meant.models is not None:
        return _both_told(talk.options, kept)
    if kept and reading.options and wish.order in _LEADS:
        return _leading(kept, wish.order)
    if kept:
        return kept, "\n".join(_lines(kept, named, reading, meant, lexicon))
    asked = (*dict.fromkeys(option.option for option in named.options), *named.unlisted)
    if meant.gone is not None:
        return [], of_no_car(meant, asked, wanted, lexicon)
    if not asked:
        about = criteria(wish.named(), lexicon) or "этого автомобиля"
        return [], f"Таких опций нет: для {about} в данных салона ничего не указано.\n{rendering.CALLBACK}"
    return [], _lacked(named, meant, criteria(wish.named(), lexicon))


def _both_told(names: Sequence[str], rows: Sequence[TrimOption]) -> tuple[list[TrimOption], str]:
    """«А вместе эти две опции?»: what both come to, of each model that can have both."""
    own = {
        model: [row for row in rows if row.model == model] for model in dict.fromkeys(r.model for r in rows)
    }
    full = {model: of_it for model, of_it in own.items() if len(of_it) == len(names)}
    if not full:
        had = {row.option for row in rows}
        lacked = [name for name in names if name not in had] or names
        said = f"Такой опции для этого автомобиля в данных салона нет: {', '.join(lacked)}."
        return [], f"{said} Вместе их поэтому не посчитать.\n{rendering.CALLBACK}"
    told = [row for of_it in full.values() for row in of_it]
    lines = [rendering.trim_options(told)]
    for model, of_it in full.items():
        whose = f"{model}: все вместе" if len(full) > 1 else "Все вместе"
        lines.append(f"{whose} — {money(sum(row.price_rub for row in of_it))}.")
    return told, "\n".join(lines)


def _lines(
    kept: Sequence[TrimOption], named: Named, reading: Reading, meant: Meant, lexicon: Lexicon
) -> Iterator[str]:
    """The prices, what they come to together, and what of it there is none of."""
    text, models = rendering.trim_options(kept), {option.model for option in kept}
    if meant.gone is not None:
        yield rendering.missing_by(meant.gone, lexicon)
    if not named.exact:
        text = f"Именно такой опции в данных салона нет. {text}"
    elif len(models) == 1 and reading.ask is Ask.COUNT:
        text = f"Опций в данных салона — {len(kept)}. {text}"
    yield text
    if named.unlisted:
        yield f"Такой опции в данных салона нет: {', '.join(named.unlisted)}."
    elif len(models) == 1 and len(kept) > 1 and _ALL_TOGETHER.search(words_said(reading)):
        yield f"Все вместе — {money(sum(option.price_rub for option in kept))}."
    elif len(kept) == len(models) == 2 and is_difference(words_said(reading)):
        yield f"Разница — {money(abs(kept[0].price_rub - kept[1].price_rub))}."


def _lacked(named: Named, meant: Meant, about: str) -> str:
    """Of a car that there is, without what is asked for."""
    said = f"такой опции в данных салона нет: {', '.join(named.unlisted)}."
    if not named.options:
        whose = (
            ""
            if meant.models is None
            else f"Для этого автомобиля ({about}) "
            if about
            else "Для этого автомобиля "
        )
        text = f"{whose}{said}"
        return f"{text[0].upper()}{text[1:]}\n{rendering.CALLBACK}"
    which = f"этого автомобиля ({about})" if about else "этого автомобиля"
    text = f"Для {which} такой опции в данных салона нет. У других моделей она есть."
    return f"{text}\n{rendering.CALLBACK}"


def beside_options(reading: Reading, snapshot: Snapshot | None, lexicon: Lexicon) -> Reading:
    """The reading of a question about cars without what names their options: «AMG» of «AMG Line» is no car's,
    and what names an option was understood.
    """
    if snapshot is None or not snapshot.options:
        return reading
    named = named_options(reading, snapshot, lexicon)
    own = {part for option in named.options for part in name_parts(option.option)} & GENERIC
    update = {
        name: tuple(run for run in getattr(reading.wish, name) if run not in own)
        for name in ("models", "words")
    }
    rest = tuple(word for word in reading.residue if not (reading.wish.bounds and word in named.said))
    return replace(reading, wish=reading.wish.model_copy(update=update), residue=rest)


def option_asked(reading: Reading, snapshot: Snapshot, lexicon: Lexicon) -> str | None:
    """The one option that a question names, whichever models have it, or none."""
    named = named_options(reading, snapshot, lexicon)
    names = {*(option.option for option in named.options), *named.unlisted}
    return next(iter(names)) if len(names) == 1 else None


def beside(
    reading: Reading, models: Sequence[str], snapshot: Snapshot, lexicon: Lexicon
) -> tuple[list[TrimOption], tuple[str, ...]]:
    """Options that a question about cars names as well, for these models, and what stays unclear of it."""
    named = named_options(reading, snapshot, lexicon)
    unclear = tuple(part for part in reading.unclear if not named.said & {*words(part)})
    return [option for option in named.options if is_one_of(option.model, {*models})], unclear


def wanted_and_gone(
    reading: Reading, snapshot: Snapshot | None, lexicon: Lexicon
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Names of the options that the question names, and of those that it names as not wanted."""
    if snapshot is None or not snapshot.options:
        return (), ()
    named = named_options(reading, snapshot, lexicon)
    names = (*(option.option for option in named.options), *named.unlisted)
    return tuple(name for name in dict.fromkeys(names) if name not in named.gone), named.gone


def option_places(reading: Reading, snapshot: Snapshot | None, lexicon: Lexicon) -> tuple[int, ...]:
    """Where the words stand that name options."""
    if snapshot is None or not snapshot.options:
        return ()
    said = named_options(reading, snapshot, lexicon).said
    return tuple(place for place, atom in enumerate(reading.row) if atom.text in said)


def car_meant(reading: Reading, snapshot: Snapshot | None, lexicon: Lexicon) -> Wish:
    """The wish of a question that may name options as well, without their words."""
    if snapshot is None or not snapshot.options:
        return reading.wish
    return without_option_words(reading.wish, named_options(reading, snapshot, lexicon).said)


def cars_with(
    rows: Sequence[TrimOption], reading: Reading, snapshot: Snapshot, lexicon: Lexicon
) -> tuple[Car, ...]:
    """The cars whose models can have the options, where the question asks which cars those are."""
    if not asks_which_cars(reading):
        return ()
    models = {row.model for row in rows}
    meant = select(car_meant(reading, snapshot, lexicon), lexicon).cars
    return tuple(ordered((car for car in meant if is_one_of(car.model, models)), None))


def _leading(options: Sequence[TrimOption], order: Order | None) -> tuple[list[TrimOption], str]:
    choose, head = _LEADS[order]
    edge = choose(option.price_rub for option in options)
    leads = [option for option in options if option.price_rub == edge]
    said = "; ".join(f"{option.option} ({option.model})" for option in leads)
    return leads, f"{head}: {said} — {money(edge)}."


def wanted_and_lacking(
    reading: Reading, models: Collection[str], snapshot: Snapshot | None, lexicon: Lexicon
) -> tuple[str, ...]:
    """Options with which cars are asked for («GLB с третьим рядом до 5 млн») and that none of these has."""
    if snapshot is None or not snapshot.options:
        return ()
    said = named_options(reading, snapshot, lexicon).said
    wanted = bool(said) and is_wanted_with(words_said(reading), said)
    return lacking(reading, models, snapshot, lexicon) if wanted else ()


def with_all_named(
    reading: Reading, models: Collection[str], snapshot: Snapshot, lexicon: Lexicon
) -> dict[str, tuple[str, ...]]:
    """Those of the models that have everything that the question names, with what of it each has."""
    named = named_options(reading, snapshot, lexicon)
    wanted = frozenset[str]().union(*named.by_option.values())
    found = {}
    for model in models if not named.unlisted else ():
        own = {row: said for row, said in named.by_option.items() if is_one_of(row.model, {model})}
        if own and wanted <= frozenset[str]().union(*own.values()):
            found[model] = tuple(dict.fromkeys(row.option for row in own))
    return found


def lacking(
    reading: Reading, models: Collection[str], snapshot: Snapshot | None, lexicon: Lexicon
) -> tuple[str, ...]:
    """Options that the question names and none of these has, though other models may."""
    if snapshot is None or not snapshot.options or not models:
        return ()
    named = named_options(reading, snapshot, lexicon)
    met, lacked = named.by_option, []
    for model in models:
        rows = (words for row, words in met.items() if is_one_of(row.model, {model}))
        own = frozenset[str]().union(*rows)
        lacked.append(dict.fromkeys(row.option for row, words in met.items() if words - own))
    return (*(name for name in lacked[0] if all(name in each for each in lacked)), *named.unlisted)
