"""Questions about options and what they cost, answered from the rows of `trim_option`.

Knows what is asked of options. Refuses to know how they are named (`option_names.py`) and cars in stock
beyond the models that a question means.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import replace

from assistants.showroom.desk import rendering
from assistants.showroom.desk.alternatives import alternatives, bears
from assistants.showroom.desk.calculations import is_difference
from assistants.showroom.desk.memory import Talk
from assistants.showroom.desk.option_names import GENERIC, apposed_words, named_options
from assistants.showroom.desk.stock import ordered, select
from assistants.showroom.desk.wording import criteria, money
from assistants.showroom.language.intents import Ask
from assistants.showroom.language.lexicon import Lexicon
from assistants.showroom.language.naming import name_parts
from assistants.showroom.language.phrases import SERVICES
from assistants.showroom.language.reading import Reading
from assistants.showroom.language.second_reading import clauses
from assistants.showroom.language.wish import NAMES, Order, Wish
from core.facts import Car, Snapshot, TrimOption
from core.russian import lemma, normalise, part_of_speech, words

_EXPLAINED = re.compile(
    r"^(?:а )?(?:как|чем|зачем|почему|когда) |что такое|что да[ею]т|в чем |отлич|работа|ремонт|слома|замен"
    r"|почин|чист|мыть|мойк|ухаж|менять|шумит|скрип|гаранти"
)
_ALL_TOGETHER = re.compile(
    r"\bвместе\b|\bв сумме\b|\bитог\w*|\bвсех? сразу\b|\bза все\b|\bвсе опции\b|\bсуммарно\b"
)
_BOTH = re.compile(r"\bоб[ае]\b|\b(?:эти|этих|эту?) (?:две|двух|пару)\b|\bих (?:обе|вместе)\b")
_WHICH = ("какие", "каких", "каким", "какой", "какую", "какому", "какая")
_WHICH_CARS = re.compile(
    r"\b(?:как(?:ие|их|им|ой|ую|ая|ому)|скольк\w*) (?:\w+ ){0,3}?(?:машин|авто|модел)|\bна каки[ех]\b"
    r"|\b(?:у|для) каких\b|\bк каким\b"
    r"|\b(?:есть|покажи\w*) (?:\w+ ){0,2}?(?:машин|авто|модел|что)"
)
_IS_THERE = re.compile(
    r"\bесть\b|\bможно\b|\bставит|\bстоит\b|\bбыва|\bдоступ|\bпредусмотр|\bимеется\b|\bид[её]т\b"
)
_PRICED = re.compile(r"\b(?:почем|сколько|стои|цен|доплат|доплач)")
_REPAIRED = re.compile(r"ремонт|слома|замен|почин|чист|мойк|менять")
_ON_THE_GO = "ходу"  # «на ходу» asks for no «запас хода»
_LEADS: dict[Order | None, tuple[Callable[..., int], str]] = {
    Order.DEAREST: (max, "Самая дорогая опция"),
    Order.CHEAPEST: (min, "Самая доступная по цене опция"),
}


def asks_options(reading: Reading, question: str, snapshot: Snapshot | None, lexicon: Lexicon) -> bool:
    """Whether the question is about options: it says so, or names one that the salon prices."""
    if snapshot is None or not snapshot.options:
        return False
    spelling = normalise(question)
    if _REPAIRED.search(spelling) or (_EXPLAINED.search(spelling) and not _PRICED.search(spelling)):
        return False
    if reading.options:
        return True
    named = named_options(reading, snapshot, lexicon)
    beside = _beside_the_price(spelling, named.said)
    if asks_whether(spelling) or _PRICED.search(spelling):
        beside |= apposed_words(reading, named.said)
    topics = {*reading.residue} - named.said - beside
    if not named.options or any(part_of_speech(word) == "NOUN" for word in topics):
        return False  # «в кредит», «тест-драйв» beside an option: that is what the question is about
    asked = _without(reading.wish, named.said)
    if any(value for name, value in asked.without(*NAMES) if name != "features"):
        return False
    left = {word for word in reading.residue if part_of_speech(word) not in ("VERB", "INFN")}
    return asked.names_a_car or reading.points or left <= named.said


def _beside_the_price(spelling: str, said: frozenset[str]) -> frozenset[str]:
    """What other clauses tell where one asks what an option costs: «Под переговоры. Какая доплата за столик?»
    What they ask, and the salon's services, are still asked about.
    """
    each = [spelling[start:end] for start, end in clauses(spelling)]
    if not any(said & {*words(text)} and _PRICED.search(text) for text in each):
        return frozenset()
    told = (words(text) for text in each if not said & {*words(text)} and "?" not in text)
    return frozenset(
        word for text in told for word in text if lemma(word) not in SERVICES or word == _ON_THE_GO
    )


def find_options(
    reading: Reading, talk: Talk, snapshot: Snapshot, lexicon: Lexicon
) -> tuple[list[TrimOption], str]:
    """The options that answer, and the sentence that tells them.

    Where the car has none such, those of other models are told as such.
    """
    named = named_options(reading, snapshot, lexicon)
    wish = _without(reading.wish, named.said)
    models = _models(wish, talk, snapshot, lexicon)
    both = not named.options and len(talk.options) == 2 and _BOTH.search(_said(reading))
    wanted = named.options or tuple(row for row in snapshot.options if not both or row.option in talk.options)
    kept = [option for option in wanted if models is None or _same_model(option.model, models)]
    if kept and reading.options and wish.order in _LEADS:
        return _leading(kept, wish.order)
    if kept:
        text = rendering.trim_options(kept)
        models = {option.model for option in kept}
        if len(models) == 1 and reading.ask is Ask.COUNT:
            text = f"Опций в данных салона — {len(kept)}. {text}"
        if len(models) == 1 and len(kept) > 1 and _ALL_TOGETHER.search(_said(reading)):
            text += f"\nВсе вместе — {money(sum(option.price_rub for option in kept))}."
        if len(kept) == len(models) == 2 and is_difference(_said(reading)):
            text += f"\nРазница — {money(abs(kept[0].price_rub - kept[1].price_rub))}."
        return kept, text if named.exact else f"Именно такой опции в данных салона нет. {text}"
    if models is not None and not models:
        return [], _of_no_car(wish, named.options, lexicon)
    if not named.options:
        about = criteria(wish.named(), lexicon) or "этого автомобиля"
        return [], f"Таких опций нет: для {about} в данных салона ничего не указано.\n{rendering.CALLBACK}"
    about = criteria(wish.named(), lexicon)
    which = f"этого автомобиля ({about})" if about else "этого автомобиля"
    text = f"Для {which} такой опции в данных салона нет. У других моделей она есть."
    return [], f"{text}\n{rendering.CALLBACK}"


def _of_no_car(wish: Wish, options: Sequence[TrimOption], lexicon: Lexicon) -> str:
    """Of a car that is neither in stock nor in the list of options."""
    about = criteria(wish.named(), lexicon)
    if not about:
        return rendering.CLARIFY
    names = ", ".join(dict.fromkeys(option.option for option in options))
    lacks = f"такой опции для него в данных салона нет: {names}" if names else "опций для него в данных нет"
    return f"Такого автомобиля сейчас нет в наличии ({about}), и {lacks}.\n{rendering.CALLBACK}"


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
    """The one option that a question names, whichever models have it."""
    names = {option.option for option in named_options(reading, snapshot, lexicon).options}
    return next(iter(names)) if len(names) == 1 else None


def beside(
    reading: Reading, models: Sequence[str], snapshot: Snapshot, lexicon: Lexicon
) -> tuple[list[TrimOption], tuple[str, ...]]:
    """Options that a question about cars names as well, for these models, and what stays unclear of it."""
    named = named_options(reading, snapshot, lexicon)
    unclear = tuple(part for part in reading.unclear if not named.said & {*words(part)})
    return [option for option in named.options if _same_model(option.model, {*models})], unclear


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
    return _without(reading.wish, named_options(reading, snapshot, lexicon).said)


def asks_whether(spelling: str) -> bool:
    """«Есть Burmester?», «можно фаркоп?»"""
    return _IS_THERE.search(spelling) is not None


def asks_which_cars(reading: Reading) -> bool:
    """«На какие машины ставят панораму?», «на какие GLS?»: which cars may have an option."""
    if not reading.wish.names_a_car:
        return _WHICH_CARS.search(_said(reading)) is not None
    first = min(reading.car_places, default=0)
    return first > 0 and reading.row[first - 1].text in _WHICH


def cars_with(
    rows: Sequence[TrimOption], reading: Reading, snapshot: Snapshot, lexicon: Lexicon
) -> tuple[Car, ...]:
    """The cars whose models can have the options, where the question asks which cars those are."""
    if not asks_which_cars(reading):
        return ()
    models = {row.model for row in rows}
    meant = select(car_meant(reading, snapshot, lexicon).named(), lexicon).cars
    return tuple(ordered((car for car in meant if _same_model(car.model, models)), None))


def _leading(options: Sequence[TrimOption], order: Order | None) -> tuple[list[TrimOption], str]:
    choose, head = _LEADS[order]
    edge = choose(option.price_rub for option in options)
    leads = [option for option in options if option.price_rub == edge]
    said = "; ".join(f"{option.option} ({option.model})" for option in leads)
    return leads, f"{head}: {said} — {money(edge)}."


def _without(wish: Wish, said: frozenset[str]) -> Wish:
    """The wish without names that are an option's words: «Burmester» is no model."""
    if not said:
        return wish
    update = {
        name: tuple(value for value in getattr(wish, name) if not {*words(value)} <= said | {"amg"})
        for name in ("words", "absent")
    }
    update["models"] = tuple(value for value in wish.models if not {*words(value)} <= said)
    return wish.model_copy(update=update)


def lacking(
    reading: Reading, models: Collection[str], snapshot: Snapshot | None, lexicon: Lexicon
) -> tuple[str, ...]:
    """Options that the question names and other models have, but none of these."""
    if snapshot is None or not snapshot.options or not models:
        return ()
    met = named_options(reading, snapshot, lexicon).by_option
    lacked = []
    for model in models:
        rows = (words for row, words in met.items() if _same_model(row.model, {model}))
        own = frozenset[str]().union(*rows)
        lacked.append(dict.fromkeys(row.option for row, words in met.items() if words - own))
    return tuple(name for name in lacked[0] if all(name in each for each in lacked))


def _models(wish: Wish, talk: Talk, snapshot: Snapshot, lexicon: Lexicon) -> set[str] | None:
    """Models that are meant; None where no car is. Of a car that is not in stock, its own options alone."""
    if not wish.names_a_car and talk.failed is not None and talk.failed.names_a_car:
        wish = talk.failed
    if not wish.names_a_car and not talk.shown and talk.wish is not None and talk.wish.names_a_car:
        wish = talk.wish
    if not wish.names_a_car:
        return {car.model for car in lexicon.cars if car.vin in talk.shown} or None
    plain = wish.named()
    stocked = plain.narrows and not plain.absent
    found = {car.model for car in select(plain, lexicon).cars} if stocked else set()
    if stocked and not found:  # «V 250» where all are V 250 d
        named = alternatives(plain, lexicon)
        found = {
            car.model for car in lexicon.cars if any(bears(car, one, lexicon, lettered=True) for one in named)
        }
    for name in wish.absent:
        parts = {*name_parts(name)}
        found |= {row.model for row in snapshot.options if parts <= {*name_parts(row.model)}}
    return found


def _said(reading: Reading) -> str:
    return " ".join(atom.text for atom in reading.row)


def _same_model(name: str, models: set[str]) -> bool:
    return any(name_parts(model) == name_parts(name) for model in models)
