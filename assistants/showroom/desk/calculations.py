"""Which calculation over the rows a question asks for: a comparison, a car as the bound, both extremes, a
count for each.

Knows the Russian of comparing. Refuses to know rows and to calculate.
"""

from __future__ import annotations

import re
from dataclasses import replace

from assistants.showroom.language import phrases
from assistants.showroom.language.how_many import how_many
from assistants.showroom.language.reading import Reading
from assistants.showroom.language.wish import Order
from core.russian import lemma, words

# «дешевле», «новее»: of what the cars are compared, and whether less of it is meant.
RELATIVES = {
    "дешевле": ("price", "less"), "подешевле": ("price", "less"),
    "выгоднее": ("price", "less"), "доступнее": ("price", "less"),
    "дороже": ("price", "more"), "подороже": ("price", "more"),
    "новее": ("year", "more"), "поновее": ("year", "more"), "свежее": ("year", "more"),
    "посвежее": ("year", "more"), "моложе": ("year", "more"), "помоложе": ("year", "more"),
    "младше": ("year", "more"), "помладше": ("year", "more"),
    "старше": ("year", "less"), "старее": ("year", "less"), "постарше": ("year", "less"),
}  # fmt: skip
# The order whose first car is that end.
FIRST_OF = {
    ("price", "less"): Order.CHEAPEST, ("price", "more"): Order.DEAREST,
    ("year", "more"): Order.NEWEST, ("year", "less"): Order.OLDEST,
    ("mileage", "less"): Order.LEAST_MILEAGE, ("mileage", "more"): Order.MOST_MILEAGE,
}  # fmt: skip
_UNDERSTOOD = frozenset(
    {
        "разница", "сравнить", "сравнение", "насколько", "средний", "среднее", "топ", "большой", "больший",
        "маленький", "меньший", "низкий", "высокий", "между", "тройка", "пятерка", "десятка", "пара",
        "следующий", "дальше", "далее", "остальной", "продолжить", "продолжать", "показанный",
        "перечисленный", "дешевизна", "дороговизна", "посчитать", "подсчитать", "сосчитать", "рассчитать",
        "вычислить", "прикинуть", "считать", "стартовый", "начальный", "исходный", "нижний", "старт",
        "начинаться", "стартовать",
    }
)  # fmt: skip
# Of what two prices do; «чем они отличаются» asks for no price.
_OF_A_DIFFERENCE = frozenset(
    {"отличаться", "отличие", "различаться", "расходиться", "разниться", "одни", "один", "другой"}
)
_SAYS_MONEY = re.compile(r"\b(?:цен|стои|стоя|рубл|ден[еь]г|сумм|деш|недорог|дорог|дороже)|ценник")
_DIFFER = r"(?:отлича|различа|расход|разн)\w*тся"
_DIFFERENCE = re.compile(
    r"на ?сколько|(?:посчита|рассчита|подсчита|вычисли)\w* (?:\w+ )?разниц|разниц\w*:"
    r"|^\W*(?:(?:а|и|ну|тогда)\W+)*между сам\w+ .+ и сам\w+|разниц\w* между"
    r"|между (?:ними|этими)\b.*разниц"
    rf"|{_DIFFER}\b.*\b(?:цен|стоим|ценник|деньг)|(?:цен|стоимост|ценник)\w*\b.*\b{_DIFFER}"
    r"|разниц\w* (?:\w+ ){0,2}?(?:цен|стоим|деньг|рубл)|(?:цен|стоим)\w*\b[^.?!]*\bразниц|сравн\w* .*цен"
    r"|сколько (?:\w+ )?(?:рубл\w*|денег|деньг\w*|миллион\w*|тысяч) (?:\w+ ){0,2}?"
    r"(?:разниц|между (?:ними|этими|сам))"
    r"|сколько (?:\w+ )?между (?:ними|этими двумя) (?:\w+ )?(?:рубл|ден[еь]г|цен|стоим)"
)
# «Самый дешёвый GLC и самый дешёвый GLE: какая разница?»: of two ends by price it is asked in money.
_END_BY_PRICE = r"\bсам\w+ (?:\w+ )?(?:деше|недорог|дорог|доступн|бюджетн)\w*"
_GAP = r"(?:(?<!без )\bразниц\w*(?! нет)|\bсколько (?:\w+ )?между ними\b)"
_BETWEEN_ENDS = re.compile(rf"{_END_BY_PRICE}.*{_GAP}|{_GAP}.*{_END_BY_PRICE}")
_ASKS_A_GAP = re.compile(_GAP)
_OF_OTHER_THINGS = re.compile(
    r"\b(?:в|во|по|между) (?:\w+ )?(?:год|возраст|пробег|километр|мощност|размер|габарит|двигател|мотор"
    r"|комплектац|оснащ|оборудов|характерист|поколен|багажник|расход)"
    r"|\bсколько (?:лет|год|км|километр|сил|лошад)"
)
# «Дороже не потянем», «дороже — нет»: a word that is denied compares with no car behind it.
_DENIED = re.compile(r"[\s—–-]*(?:(?:я|мы|мне|нам|уже|точно|пока|просто|уж)\s+)*(?:не|ни|нет|никак|нельзя)\b")
_PRICE_ENDS = re.compile(
    r"(?:цен|стоимост|ценник)\w* (?:\w+ ){0,2}?(ниже|выше|меньше|больше)\b"
    r"|\b(ниже|выше|меньше|больше) (?:\w+ )?(?:цен|стоимост|ценник)\w*"
)
_OF_WHICH = re.compile(r"\W*(?:(?:а|и|ну)\W+)?(?:у|на) (?:как(?:ой|ого)|котор(?:ой|ого)|кого)\b")
# «Топ 3 дешёвых», «две дорогие»: an end without its superlative.
_NEXT_TO_AN_END = re.compile(r"\bтоп\b|(?:\d|\w[аеихьмй]) (?:\w+ )?(?:дешев|дорог|недорог)\w+")


def residue_of(reading: Reading, spelling: str = "") -> tuple[str, ...]:
    """Words that were not understood, those of comparing put aside."""
    of_prices = is_difference(spelling) and (not reading.wish.names_a_car or _SAYS_MONEY.search(spelling))
    understood = _UNDERSTOOD | _OF_A_DIFFERENCE if of_prices else _UNDERSTOOD
    return tuple(word for word in reading.residue if lemma(word) not in understood and word not in understood)


def is_extremes(spelling: str) -> bool:
    """«Самый дешёвый и самый дорогой»."""
    said = {form for word in words(spelling) for form in (word, lemma(word))}
    cheap = bool(said & (phrases.CHEAP - {"дешевле", "подешевле"}))
    dear = bool(said & (phrases.DEAR - {"дороже", "подороже"}))
    return cheap and dear and bool(said & phrases.MOST)


def compared(spelling: str) -> str | None:
    """The attribute that several cars are compared by."""
    if re.search(r"пробег\w* (?:\w+ )?(?:меньше|больше)|(?:меньше|больше) пробег", spelling):
        return "mileage"
    if _PRICE_ENDS.search(spelling):
        return "price"
    asks_which = spelling.startswith(("что ", "кто ", "какой ", "какая ", "какое "))
    for word in words(spelling):
        if word in RELATIVES and (asks_which or not word.startswith("по")):
            return RELATIVES[word][0]
    return "price" if is_difference(spelling) else None


def direction(spelling: str) -> str:
    """Which end is asked for, «more» or «less» of what is compared; nothing where none is."""
    if is_difference(spelling):
        return ""
    if mileage := re.search(r"пробег\w* (?:\w+ )?(меньше|больше)|(меньше|больше) пробег", spelling):
        return "more" if "больше" in mileage.groups() else "less"
    if priced := _PRICE_ENDS.search(spelling):
        return "more" if {"выше", "больше"} & set(priced.groups()) else "less"
    return next((RELATIVES[word][1] for word in words(spelling) if word in RELATIVES), "")


def asks_of_which(spelling: str) -> bool:
    """«У какой цена ниже?»: of those that were compared or listed before."""
    return _OF_WHICH.match(spelling) is not None


def one_of_a_kind(spelling: str) -> Order | None:
    """«Какой майбах дороже?», nothing behind the word but by what: the order whose first is asked for."""
    match = re.fullmatch(
        rf"(?:а )?(?:как(?:ой|ая|ое)|котор(?:ый|ая|ое)) .*?\b({'|'.join(RELATIVES)})"
        r"(?: по (?:году(?: выпуска)?|возрасту|цене|стоимости))?\W*",
        spelling,
    )
    return FIRST_OF[RELATIVES[match.group(1)]] if match else None


def compared_pieces(spelling: str) -> list[str]:
    """What stands on both sides of the words that set compared cars apart."""
    return re.split(rf"[,:;]|\b(?:или|чем|либо|и|от|{'|'.join(RELATIVES)})\b", spelling)


def is_difference(spelling: str) -> bool:
    """«На сколько дороже», «разница в цене», «какая разница» of two ends by price."""
    between = _BETWEEN_ENDS.search(spelling) and not _OF_OTHER_THINGS.search(spelling)
    return bool(_DIFFERENCE.search(spelling) or between)


def asks_a_gap(spelling: str) -> bool:
    """«Сколько лет разницы?», whatever it is of: no count of cars answers it."""
    return _ASKS_A_GAP.search(spelling) is not None


def halves(spelling: str) -> tuple[str, str, str] | None:
    """«(есть чёрные) дешевле (C 180)»: what stands before and behind the word of comparing, and the word."""
    match = re.search(rf"\b({'|'.join(RELATIVES)})\b(?: по цене)?,?(?: чем)?", spelling)
    if match is None or match.group().endswith(",") or _DENIED.match(spelling, match.end()):
        return None  # «2021 и новее, E-класс»: a comma sets the car apart
    return spelling[: match.start()], match.group(1), spelling[match.end() :]


def with_limit(reading: Reading, spelling: str) -> Reading:
    """«Топ 3 дешёвых», «три самых дорогих»: the wish with how many of the first are wanted."""
    if reading.wish.order in (Order.LEAST_MILEAGE, Order.MOST_MILEAGE):
        unclear = tuple(part for part in reading.unclear if lemma(part) not in _UNDERSTOOD)
        reading = replace(reading, residue=residue_of(reading), unclear=unclear)
    said = how_many(spelling, reading.residue)
    order = reading.wish.order or (_order_of(spelling) if _NEXT_TO_AN_END.search(spelling) else None)
    if said is None or order is None:
        return reading
    count, counted = said
    wish, named = reading.wish.model_copy(update={"order": order, "limit": count}), {*words(counted)}
    return replace(
        reading,
        wish=wish,
        residue=tuple(word for word in residue_of(reading) if word not in named),
        unclear=tuple(part for part in reading.unclear if not {*words(part)} <= named),
        unheld=tuple(part for part in reading.unheld if not {*words(part)} <= named),
        unread=tuple(part for part in reading.unread if not {*words(part)} <= named),
        about_stock=True,
        cars_meant=True,
    )


def _order_of(spelling: str) -> Order | None:
    for word in words(spelling):
        meant = {lemma(word), word}
        for known, order in (
            (phrases.CHEAP, Order.CHEAPEST), (phrases.DEAR, Order.DEAREST),
            (phrases.NEW | phrases.FRESH, Order.NEWEST), (phrases.OLD, Order.OLDEST),
        ):  # fmt: skip
            if meant & known:
                return order
    return None
