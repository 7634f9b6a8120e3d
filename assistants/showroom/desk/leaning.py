"""The wish of the dialogue, changed by a question that leans on it: «а в чёрном?», «только AMG», «остальные».

Knows which questions lean. Refuses to know whether one is about the stock at all (`asking.py`).
"""

from __future__ import annotations

import re
from dataclasses import replace

from assistants.showroom.desk.also_accepted import also_accepted
from assistants.showroom.desk.staying_ends import kept_end
from assistants.showroom.desk.triggers import TRIGGERS
from assistants.showroom.language import phrases
from assistants.showroom.language.intents import Ask
from assistants.showroom.language.reading import Reading
from assistants.showroom.language.releases import OTHERS
from assistants.showroom.language.wish import NAMES, Order, Wish

ORDERS = {
    "cheaper": Order.CHEAPEST, "dearer": Order.DEAREST, "newer": Order.NEWEST, "older": Order.OLDEST,
}  # fmt: skip
_WHOLE = re.compile(r"\bкакие \w+(?: у вас)? (?:есть|имеются|в наличии|стоят)\b")
OTHER_KIND = re.compile(
    r"\b(?:друг|ин)(?:ом|ой|ого|ых|ие|им|ое)\w* (?P<kind>цвет|окрас|расцвет|кузов|топлив|двигател|мотор)\w*"
)
_KINDS_SAID = {
    "цвет": ("color", "colors"), "окрас": ("color", "colors"), "расцвет": ("color", "colors"),
    "кузов": ("body", "bodies"), "топлив": ("fuel", "fuels"), "двигател": ("fuel", "fuels"),
    "мотор": ("fuel", "fuels"),
}  # fmt: skip
# «А GLE 300 d какой-нибудь есть?»: whichever it is, what was said before does not hold.
_WHICHEVER = re.compile(
    r"\b(?:как(?:ой|ая|ое|ие|ую)|хоть как(?:ой|ая|ие))[- ]?нибудь\b|\bхоть как(?:ой|ая|ие|ую)\b"
    r"|\bлюб(?:ой|ая|ую|ые)\b(?! \w*(?:цвет|год|кузов|цен|бюджет|пробег|двиг|мотор))"
)
_RESTRICTS = re.compile(r"\b(?:только|лишь|исключительно|именно|одни)\b")
_NOT_WANTED = re.compile(rf"\bне {phrases.UNWANTED}")
_TOO = re.compile(r"\b(?:тоже|также)\b")


def of_another_kind(reading: Reading, before: Wish, spelling: str) -> Wish | None:
    """«А в другом цвете?»: the wish before, without the colours that it had."""
    match = OTHER_KIND.search(spelling)
    if match is None or reading.wish.narrows:
        return None
    kind, field = next(names for stem, names in _KINDS_SAID.items() if match["kind"].startswith(stem))
    values = getattr(before, field)
    if not values:
        return before.without("order", "limit")
    denied = tuple(f"{kind}:{value}" for value in values)
    kept = before.without(field, "finishes", "order", "limit")
    return kept.model_copy(update={"excluded": tuple(dict.fromkeys((*before.excluded, *denied)))})


def _too(wish: Wish, before: Wish, spelling: str) -> Wish:
    """«И белые тоже» behind «чёрные уберите»: what is said of the one holds for the other."""
    kinds = {pair.split(":", 1)[0] for pair in before.excluded}
    names = {kind: field for kind, field in _KINDS_SAID.values() if kind in kinds}
    said = {kind: getattr(wish, field) for kind, field in names.items() if getattr(wish, field)}
    if not said or not _TOO.search(spelling) or any(getattr(before, names[kind]) for kind in said):
        return wish
    denied = tuple(f"{kind}:{value}" for kind, values in said.items() for value in values)
    return wish.without(*(names[kind] for kind in said)).model_copy(
        update={"excluded": (*wish.excluded, *denied)}
    )


def _others(wish: Wish, before: Wish, spelling: str) -> Wish:
    """«Остальные внедорожники» behind «GLC»: those that are no GLC."""
    if not OTHERS.search(spelling) or wish.names_a_car or not wish.without("excluded").narrows:
        return wish
    denied = (
        *(f"class:{name}" for name in before.classes), *(f"model:{run}" for run in before.models),
    )  # fmt: skip
    return wish.model_copy(update={"excluded": tuple(dict.fromkeys((*wish.excluded, *denied)))})


def leaning(reading: Reading, before: Wish, spelling: str) -> Wish | None:
    """The wish before, changed by a question that leans on it; None where it stands alone."""
    rest = _without_its_number(reading, before)
    follows = reading.follows or rest != reading.wish
    reading = replace(reading, wish=_others(rest, before, spelling), follows=follows)
    names = reading.wish.names_a_car
    before = before.without(*(name for name in reading.released if name not in NAMES or not names))
    said, before = also_accepted(reading.wish, before, spelling)
    accepted, reading = said != reading.wish, replace(reading, wish=said)
    if (reading.released or accepted) and not reading.wish.narrows:
        return before
    anew = _WHICHEVER.search(spelling) or phrases.GOES_BACK.search(spelling)  # «вернёмся к CLS»
    if names and reading.relative is None and anew:
        return None
    reading = replace(reading, wish=_too(reading.wish, before, spelling))
    if reading.wish.narrows:
        opens = bool(phrases.LEANS.search(spelling)) or _only_names(reading, before, spelling)
        within = reading.within or _joins_a_line(reading.wish, before)
        restricts = within and _RESTRICTS.search(spelling) is not None  # «покажите мне только AMG»
        if reading.wish.bodies and _WHOLE.search(spelling) and not within:
            return None
        follows = reading.follows or reading.lacks_subject
        leans = follows and (opens or not reading.wish.names_a_car)
        refuses = not reading.wish.names_a_car and _refuses(reading.wish, spelling)
        leans = leans or accepted or restricts or refuses
        leans = leans or _picks_from(reading, before) or _swaps(reading.wish, before)
        leans = leans and not reading.renewed
        then = before.then(reading.wish, within=within)
        return kept_end(then, reading, before, spelling) if leans else None
    order = ORDERS.get(reading.relative or "") if reading.follows else None
    if order is not None:
        return before.model_copy(update={"order": order})
    return before if _asks_again(reading) else None


def _refuses(wish: Wish, spelling: str) -> bool:
    """«Седаны не нужны, только внедорожники» is said of what was spoken of."""
    return bool(wish.excluded) and _NOT_WANTED.search(spelling) is not None


def _without_its_number(reading: Reading, before: Wish) -> Wish:
    """«Самый дешёвый из 53-х» behind «GLE 53»: of those, and not of all cars of that number."""
    said = reading.wish
    led = any(reading.row[place - 1].text in ("из", "среди") for place in reading.car_places if place)
    numbers = led and said.named() == Wish(words=said.words) and "".join(said.words).isdigit()
    runs = [run.lower().split() for run in (*before.models, *before.absent)]
    held = bool(runs) and all({*said.words} <= {*run} for run in runs)
    return said.without("words") if numbers and held else said


def _swaps(wish: Wish, before: Wish) -> bool:
    """«GLA она не хочет, давайте CLA» behind «GLA или CLA до 5 млн»: one car in the place of another."""
    refused = any({*getattr(before, name)} & wish.ruled_out(name) for name in ("classes", "models"))
    return refused and wish.names_a_car


def _picks_from(reading: Reading, before: Wish) -> bool:
    """«Из GLB самый дешёвый?», where GLB, or no car by name, was spoken of; «самый дорогой из гибридов» of
    hybrids.
    """
    wish, kind = reading.wish.without("order"), reading.wish.fuels or reading.wish.bodies
    if (
        kind
        and {*kind} <= {*before.fuels, *before.bodies}
        and wish == Wish(fuels=wish.fuels, bodies=wish.bodies)
    ):
        among = any(atom.text in ("из", "среди") for atom in reading.row)
        return among and reading.wish.order is not None
    led = any(reading.row[place - 1].text in ("из", "среди") for place in reading.car_places if place)
    spoken_of = {*reading.wish.classes} <= {*before.classes} if before.names_a_car else True
    return led and bool(reading.wish.classes) and spoken_of


def _only_names(reading: Reading, before: Wish, spelling: str) -> bool:
    """«A-класс» behind «гибриды до 6 млн», «AMG» behind «CLS»: which of them."""
    narrows = not before.names_a_car or _joins_a_line(reading.wish, before)
    return narrows and reading.ask is Ask.LIST and not TRIGGERS.search(spelling)


def _joins_a_line(wish: Wish, before: Wish) -> bool:
    """«Только AMG» behind «CLS», «а ешки?» behind «AMG до 13 млн»: a line of models, which no class is, and
    a class name one car together.
    """
    return (wish.names_a_line and before.names_classes) or (wish.names_classes and before.names_a_line)


def _asks_again(reading: Reading) -> bool:
    """«а сколько стоит?», «какие есть цвета?», «сколько таких?»: the wish stays, another thing is asked."""
    asks = reading.follows and reading.ask in (Ask.PRICE, Ask.VALUES, Ask.COUNT)
    return asks and (reading.within or not reading.cars_meant)
