"""What is wanted of the cars in a question: a list, a count, prices, the cheapest, the values of an
attribute.

Knows the Russian of asking. Refuses to know which cars are meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import StrEnum

from assistants.showroom.language import phrases
from assistants.showroom.language.condition import NEW_OR_DRIVEN
from assistants.showroom.language.wish import Order, Wish
from core.russian import part_of_speech


class Ask(StrEnum):
    """What is wanted of the cars: a list, a count, prices, the values of an attribute, one attribute of a
    car.
    """

    LIST = "list"
    COUNT = "count"
    PRICE = "price"
    VALUES = "values"
    DETAIL = "detail"


# «У самой дорогой»: the dictionary form of «самой» would be «сам».
_BIG = frozenset({"большой", "максимальный", "высокий", "наибольший", "больший"})
_SMALL = frozenset(
    {"маленький", "небольшой", "минимальный", "низкий", "малый", "наименьший", "меньший", "малое"}
)

SIZES = _BIG | _SMALL
_COMPARED = frozenset({"дешевле", "дороже", "новее", "свежее", "моложе", "младше", "старше", "старее"})
_SEVERAL = frozenset({"них", "этих", "двух", "трех", "четырех", "всех"})
# Singular: «какие из белых дешевле?» asks for more than one.
_ONE_OF_THEM = re.compile(r"как(?:ой|ая|ое|ого|ую)|котор(?:ый|ая|ое|ого|ой|ую)|кто|что")
_POINTED_TO = _SEVERAL | {"тех", "оба", "обоих", "обеих", "показанных", "вариантов", "машин", "и", "у", "за"}
_BEHIND_A_COMPARATIVE = frozenset({"по", "цене", "году", "стоит", "выйдет", "будет", "получится", "и"})
_NEW_ONES = frozenset({"новые", "новых", "новеньких", "новенькие"})  # «новых из них сколько?» has no first
_BOUNDED = re.compile(r"\d|год|г$|выпуск|млн|миллион|лям|тыс|руб|км|километр|пробег")
_OF_A_PRICE = frozenset({"высокий", "низкий", "низший", "максимальный", "минимальный"})


def superlatives(said: list[str], forms: list[str]) -> Iterator[Order]:
    """Every end that is asked for: «самый дешёвый из самых новых» has two."""
    orders = (
        (phrases.CHEAP, Order.CHEAPEST),
        (phrases.DEAR, Order.DEAREST),
        (phrases.FRESH | phrases.NEW | {"младше"}, Order.NEWEST),
        (phrases.OLD | {"старше"}, Order.OLDEST),
    )
    found = False
    for place, word in enumerate(said):
        most = _leads_in(said, forms, place)
        mileage = _by_mileage(said, place, most=most)
        if mileage is not None:
            yield mileage
            continue
        if word in _OF_A_PRICE and not _speaks_of_a_price(said, place):
            continue  # «самый высокий внедорожник» is no dear one
        if word.startswith("наи") or forms[place] in ("минимальная", "минимальную", "минимальной") or most:
            stem = word.removeprefix("наи")
            led = not found or bool({*said[max(0, place - 1) : place]} & phrases.MOST) or stem != word
            ends = [order for lexemes, order in orders if led and {word, forms[place], stem} & lexemes]
            found = found or bool(ends)  # «самый дешёвый новый» has one end
            yield from ends
    for form in forms:
        if match := _HIGHEST.fullmatch(form):
            yield next(order for name, order in _HIGHEST_OF.items() if match[name])
    if {"подешевле"} & set(forms):
        yield Order.CHEAPEST


def _speaks_of_a_price(said: list[str], place: int) -> bool:
    """«По самой низкой цене», «самая низкая»: no other thing is said to be high or low."""
    behind = said[place + 1] if place + 1 < len(said) else ""
    return bool(phrases.PRICE_WORDS & set(said)) or not behind or part_of_speech(behind) != "NOUN"


def _leads_in(said: list[str], forms: list[str], place: int) -> bool:
    """Whether a word is in the highest degree."""
    return (
        bool({*said[max(0, place - 2) : place]} & phrases.MOST)
        or forms[place].startswith(("наи", "само"))
        or bool({"всего", "всех"} & set(forms[place + 1 : place + 2]))
        or any(phrases.MOST_FORM.fullmatch(form) for form in forms[max(0, place - 1) : place])
        or _first_of_several(forms, place)
        or _compared_among(forms, place)
    )


def _first_of_several(forms: list[str], place: int) -> bool:
    """«Какой дешевле из новых?», «дешёвая из них»."""
    if forms[place + 1 : place + 2] != ["из"] or forms[place] in _NEW_ONES or _closes_a_bound(forms, place):
        return False
    return forms[place] in _COMPARED or bool(_SEVERAL & set(forms[place + 2 : place + 3]))


def _closes_a_bound(forms: list[str], place: int) -> bool:
    """«2023 года и новее из них сколько?»: no first is asked for."""
    return place > 1 and forms[place - 1] in ("и", "или") and bool(_BOUNDED.match(forms[place - 2]))


def _compared_among(forms: list[str], place: int) -> bool:
    """«Какая из белых дешевле?», «из красных какой новее?»: of cars told apart by what they are; «какая из
    них дешевле?» is asked of those shown.
    """
    led = next((at for at in range(place) if forms[at] in ("из", "среди")), None)
    if led is None or forms[place].removeprefix("по") not in _COMPARED or "или" in forms:
        return False
    if _closes_a_bound(forms, place):
        return False
    if not {*forms[place + 1 : place + 2]} <= _BEHIND_A_COMPARATIVE:
        return False  # «дешевле 6 млн», «новее этого»
    which = [word for word in forms[:place] if _ONE_OF_THEM.fullmatch(word)]
    return bool(which) and not {*forms[led + 1 : place]} <= {*which} | _POINTED_TO


def _by_mileage(said: list[str], place: int, *, most: bool) -> Order | None:
    word, near = said[place], {*said[max(0, place - 2) : place + 3]}
    if not near & phrases.MILEAGE and not (most and _speaks_of_mileage(said, place)):
        return None
    if word in _SMALL and (most or word in ("минимальный", "наименьший")):
        return Order.LEAST_MILEAGE
    if word in _BIG and (most or word in ("максимальный", "наибольший")):
        return Order.MOST_MILEAGE
    return None


def _speaks_of_mileage(said: list[str], place: int) -> bool:
    """«У какой с пробегом он самый маленький?»: no other thing is said to be small, and nothing else is
    spoken of that may be.
    """
    behind = said[place + 1] if place + 1 < len(said) else ""
    return bool(phrases.MILEAGE & set(said)) and (not behind or part_of_speech(behind) != "NOUN")


def least_or_most(spelling: str) -> Order | None:
    """«Максимальная цена», «последнего года выпуска», «самый накатанный»: said by another word."""
    return next((order for pattern, order in _ENDS if re.search(pattern, spelling)), None)


_HIGHEST = re.compile(
    r"(?P<cheap>дешевейш\w+)|(?P<dear>дорожайш\w+)|(?P<new>новейш\w+|свежайш\w+)|(?P<old>старейш\w+)"
)
_HIGHEST_OF = {
    "cheap": Order.CHEAPEST, "dear": Order.DEAREST, "new": Order.NEWEST, "old": Order.OLDEST,
}  # fmt: skip
_PRICES = r"(?:цен\w*|стоимост\w*|ценник\w*|прайс\w*|бюджет\w*)"
_YEARS, _MOST_YEAR = r"год\w*(?: выпуска)?", r"(?:сам\w+|наиболее)"
_WHICH_ONE = (
    r"\b(?:как(?:ой|ая|ое|ого)|котор(?:ый|ая|ое|ой|ого)|кого|кто|где|что из (?:них|этих))\b[^.,;!?]*?"
)
_DISTANCE = r"\b(?:пробег|накат|километраж)\w{0,2}"
_DRIVEN_SO_FAR = r"(?:про|на|по)?(?:еха|езди|ката|бега|шл|шел)\w*"
_ENDS = (
    (r"\bминималк\w+ по (?:пробег|километ)\w+", Order.LEAST_MILEAGE),
    (r"\b(?:в )?минималк\w+(?! (?:комплект|опци|по (?:пробег|километ|год)))", Order.CHEAPEST),
    (rf"\b(?:миним|наименьш)\w+ {_PRICES}|{_PRICES} минимальн\w+", Order.CHEAPEST),
    (rf"\b(?:максим|наибольш)\w+ {_PRICES}|{_PRICES} максимальн\w+", Order.DEAREST),
    (
        rf"\b(?:(?:сам\w+ )?последн|максим|наибольш|{_MOST_YEAR} поздн)\w+ {_YEARS}|{_YEARS} максим\w+",
        Order.NEWEST,
    ),
    (rf"\b(?:миним|наименьш|{_MOST_YEAR} ранн)\w+ {_YEARS}|{_YEARS} миним\w+", Order.OLDEST),
    (r"\b(?:наименее|сам\w+ не) ?накатан\w*|\bсам\w+ ненакатан\w*", Order.LEAST_MILEAGE),
    (r"\b(?:сам\w+|наиболее) (?:накатан|наезжен|укатан|пробежн|заезжен)\w*", Order.MOST_MILEAGE),
    (rf"{_WHICH_ONE}{_DISTANCE} (?:\w+ )?(?:по)?(?:меньше|ниже)\b(?! \d|,? чем)", Order.LEAST_MILEAGE),
    (rf"{_WHICH_ONE}{_DISTANCE} (?:\w+ )?(?:по)?(?:больше|выше)\b(?! \d|,? чем)", Order.MOST_MILEAGE),
    (rf"{_WHICH_ONE}\b(?:по)?меньше (?:\w+ )?{_DRIVEN_SO_FAR}", Order.LEAST_MILEAGE),
    (rf"{_WHICH_ONE}\b(?:по)?больше (?:\w+ )?{_DRIVEN_SO_FAR}", Order.MOST_MILEAGE),
    (rf"{_WHICH_ONE}\bс меньшим {_DISTANCE}|\bс меньшим {_DISTANCE} (?:котор|как)\w+", Order.LEAST_MILEAGE),
    (rf"{_WHICH_ONE}\bс большим {_DISTANCE}|\bс большим {_DISTANCE} (?:котор|как)\w+", Order.MOST_MILEAGE),
    (r"\bменьше (?:всего|всех) (?:сто[ия]|просят|цен)\w*|\bстоит меньше (?:всего|всех)", Order.CHEAPEST),
    (r"\bбольше (?:всего|всех) (?:сто[ия]|просят|цен)\w*|\bстоит больше (?:всего|всех)", Order.DEAREST),
    (r"\bменьше (?:всего|всех) (?:проехал|наездил|накатал|пробег)\w*", Order.LEAST_MILEAGE),
    (r"\bбольше (?:всего|всех) (?:проехал|наездил|накатал|пробег)\w*", Order.MOST_MILEAGE),
)


def relative_of(forms: list[str], wish: Wish) -> str | None:
    if wish.price_to is not None or wish.price_from is not None or wish.year_from is not None:
        return None
    for words, name in (
        ({"дешевле", "подешевле"}, "cheaper"),
        ({"дороже", "подороже"}, "dearer"),
        ({"новее", "поновее", "посвежее", "свежее", "помоложе", "моложе", "младше", "помладше"}, "newer"),
        ({"старее", "постарше", "старше"}, "older"),
        ({"другой", "другие", "еще", "другого"}, "other"),
    ):
        if words & set(forms) and not {"всего", "всех"} & set(forms):
            return name
    return None


# «с пробегом», «2022 года», «C-класс», «с мотором AMG» say which cars, not what is asked of them.
_CRITERIA = re.compile(
    r"\bс (?:двигател(?:ем|ями)|мотор(?:ом|чиком|ами)|движк(?:ом|ами))(?: от)? (?=[a-z]|амг\b)|"
    r"\b(?:с|без) пробег\w*|\b\d{4}(?:-?го)? ?г\w*|\w+-класс\w*"
    r"|\b(?:не )?(?:перв|втор|трет|четверт|пят|шест|седьм|восьм|девят|десят|котор)(?:ый|ой|ий) год\b"
    r"|\bпо (?:году(?: выпуска)?|возрасту|пробегу)\b"
)


# «А у неё пробег?», «год?»: nothing but the attribute, and of what.
_BARE_DETAIL = re.compile(
    r"\W*(?:(?:а|и|ну|так) )?(?:(?:у|на) (?:него|нее|них|этой|этого|той|того)(?: машины)? )?"
    r"(?:пробег|год(?: выпуска)?|цвет(?: кузова)?|(?:тип )?кузов\w?|двигатель|топливо|vin|вин|класс)"
    rf"(?: (?:у|на) (?:него|нее|них)| (?:у )?{phrases.THIS_CAR})?\W*"
)


# «От какой цены начинаются кабриолеты», «с какой суммы идут», «по чём стартуют».
_PRICES_BEGIN = re.compile(
    r"\bот скольк|\bсколько от\W*$|\bсколько от(?=\s*[?.!])"
    r"|\b(?:от|с) как(?:ой|их) (?:\w+ )?(?:цен|сумм|стоимост|денег|денеж)\w*|\bпо чем\b"
    r"|\b(?:откуда|с чего|от чего) (?:\w+ ){0,3}(?:начина|старту)\w+"
    r"|\b(?:начина|старту)\w+ (?:цен|стоимост)\w+"
    r"|\bнижн\w+ (?:цен\w+|планк\w+)|\b(?:стартов|начальн)\w+ цен\w+"
)


def ask_of(  # noqa: PLR0911 - the signs in their order, one return each
    said: list[str], spelling: str
) -> tuple[Ask, str | None]:
    """What is asked of the cars. «Какие цвета» wants values, «какого цвета» one car's detail."""
    loose = set(said)
    if re.search(
        r"сколько (?:\w+ ){0,2}(?:стои|обойд|будет стои|прос|хотите|хотят)"
        r"|сколько (?:\w+ )?(?:денег|денежек) (?:готов|надо|нужно|пригот|отда|за|на\b)"
        r"|сколько стоят|сколько (?:же )?за (?:него|нее|них|эт\w+)|почем|за сколько|какая цена|какова цена"
        r"|по какой (?:\w+ )?цене",
        spelling,
    ):
        return Ask.PRICE, "price"
    if _PRICES_BEGIN.search(spelling) or re.search(r"диапазон|\bвилк|разброс|границ|потолок", spelling):
        return Ask.PRICE, "price"
    if counted := _HOW_MANY_VALUES.search(spelling):
        return Ask.VALUES, "model" if counted["kinds"] else _attribute(counted["of"] or counted["more"])
    attribute = _attribute(_CRITERIA.sub(" ", spelling))
    if attribute is not None and re.search(r"\b(?:какие|каких|каким)\b", spelling):
        return Ask.VALUES, attribute
    if attribute is not None and re.search(
        r"\b(?:какой|какая|какое|какого|каков|какова|каком|vin|вин)\b", spelling
    ):
        return Ask.DETAIL, attribute
    either = bool(NEW_OR_DRIVEN.search(spelling)) and loose & {"он", "она", "оно", "этот"}
    if either or (attribute == "mileage" and "сколько" in loose):
        return Ask.DETAIL, "mileage"
    if attribute is not None and _BARE_DETAIL.fullmatch(spelling):
        return Ask.DETAIL, attribute
    if loose & {"сколько", "количество", "число"} or _WHICH_ARE_MORE.search(spelling):
        return Ask.COUNT, None
    if loose & phrases.PRICE_WORDS:
        return Ask.PRICE, "price"
    return Ask.LIST, None


_WHICH_ARE_MORE = re.compile(
    r"\b(?:чего|кого|каких) (?:(?!цен|стоим|прайс|пробег)\w+ ){0,3}?(?:больше|меньше)\b(?! \d)"
)
_HOW_MANY_VALUES = re.compile(
    r"\b(?:сколько|скольких|скольки)(?: (?:разн|различн|всего)\w*){0,2} "
    r"(?:(?:вариант|вид|тип)\w* )?(?P<of>цвет(?:ов|ах|а)|расцветок|расцветках|окрас\w+|кузов(?:ов|ах)"
    r"|топлив\w*)"
    r"|\b(?:сколько|скольких) (?:разных|различных) (?P<more>моделей|классов|кузовов)"
    r"|\bсколько (?:\w+ )?(?P<kinds>модификаци\w+|версий)"
)


def _attribute(spelling: str) -> str | None:
    return next((name for name, stem in phrases.ATTRIBUTES if re.search(stem, spelling)), None)
