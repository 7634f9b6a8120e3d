"""The sum of money that one has, where it is asked what is left of it or what it lacks: «сколько останется от
6 млн, если взять GLC?», «сколько добавить к 4 млн?».

Knows the Russian of both. Refuses to know cars, and a sum that only bounds their price («GLC до 5 млн»).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistants.showroom.language.purposes import idle_purposes
from assistants.showroom.language.spans import Span, blanked
from core.quantities import Quantity, quantities

_LEAST = 300_000
_HELD = (
    r"у (?:меня|нас|него|нее|них|мужа|жены|клиента)|на руках|в кармане|на счет[уе]|на карте"
    r"|име(?:ю|ем|я|ется|ются)|есть|бюджет\w*|сумм\w+|бабл\w+|деньг\w*|денег|денеж\w+|средств\w*|накопи\w*|накопл\w+|скопи\w*"
    r"|отлож\w+|располага\w+|собра\w+|выдел\w+|мо(?:и|их|ими|й|его|ем)|наш(?:и|их|ими|его|ем)?|свои\w*|эт(?:и|их|ой)|заначк\w+"
    r"|от|из|со?|ко?|при|против"
)
_BESIDE = (
    r"ровно|всего|только|лишь|где то|примерно|около|порядка|целых|сейчас|уже"
    r"|на (?:машину|авто|автомобиль|покупку)|составляет|в размере|вот|максимум|на|в|до|равен|у меня"
)
_LEAD = re.compile(
    rf"(?:\b(?:если|раз|пусть|допустим|предположим|скажем|при условии что)\s+)?"
    rf"(?:\b(?:{_HELD}|{_BESIDE})[\s:—–,-]+)*$"
)
_IS_HELD = re.compile(rf"\b(?:{_HELD})\b")
_TAIL = re.compile(
    r"[\s,]*(?:(?:руб\w*|р\b|₽)[.]?)?(?:[\s,]*\b(?:ровно|на руках|в кармане|есть|на счет[уе]|налич\w+"
    r"|(?:в )?бюджет\w*|у меня|у нас|накоплен\w*|отложен\w*|денег|имеется|потолок"
    r"|максимум|и ни рублем больше)\b)*"
)
_ON = (
    r"(?:\s+в (?:кармане|запасе|кошельке|остатке|кассе)"
    r"|\s+(?:на|для) (?:руках|счету|карте|каско|осаго|страх\w+|бензин|топливо|ремонт"
    r"|(?:зимн\w+ )?(?:резин|шин)\w+|отпуск|жизнь|еду|обслуживание|тюнинг|доп\w*|опции|расход\w*|прочее"
    r"|(?:все )?остальное|другое|мелочи))?"
)
_AMID = (
    r"(?:(?:у|меня|нас|мне|нам|денег|рублей|потом|еще|от|них|из|нее|этого|этой|суммы|него|итоге|в|на|руках|там|бы|же"
    r"|тогда|после|покупки|будет|нужно|надо|придется|необходимо|должен|должна|останется|мы|я|всего|ли|бюджета)\s+)*"
)
_SO_MUCH = r"(?:\bна )?\b(?:сколько|скок\w*|скольких|что|как(?:ую|ая|ова) сумм\w|как(?:ой|ая|ов|им))\b"
_LEFT = re.compile(
    r"\bостан(?:ет|ут)ся\b" + _ON + r"|\bостается\b" + _ON + r"|\bостат(?:ок|ка|ке|ком)\b"
    r"|\bсдач[аиу]\b(?! (?:авто|машин|мо|стар))"
    r"|\b(?:сколько|что то|что нибудь|чего) (?:\w+ )?(?:сверху|лишн\w+|в запасе|свободн\w+)\b"
    r"|\bсколько (?:\w+ ){0,2}сэконом\w+|(?<!плюс.)\bминус\b"
    r"|\bвы(?:честь|чти\w*|чтем)\b|\bотн(?:ять|ими\w*)\b"
)
_LACKED = re.compile(
    r"\bне (?:хвата\w+|хватит|достает|достанет)(?: до)?\b|\bнедоста(?:ет|ющ\w+|ч\w+)\b"
    rf"|{_SO_MUCH}\s+{_AMID}(?:доплат(?:ить|а)|доплачивать|добав(?:ить|лять)|докин(?:уть|ем)|(?:на|до|под)?копить"
    r"|доложить|добрать|добирать|занять|занимать|одолжить|найти|собрать|искать)\b(?: еще)?(?: до)?"
)
_ASKS = re.compile(rf"{_SO_MUCH}|\bхват(?:ит|ает)\b|\?|\bпосчита\w*|\bрассчита\w*")
# Said beside it, and of no car.
_ASIDE = re.compile(
    rf"{_SO_MUCH}\s+{_AMID}(?=\s|$|[?.,])|\bхват(?:ит|ает)(?: ли)?\b|\b(?:и|а) сколько\b"
    r"|\b(?:после|при|с учетом|за вычетом) (?:покупк\w+|приобретени\w+|оплат\w+)\b"
    r"|\bиз (?:этой суммы|этих денег)\b"
)
# An old car, or paying in time, makes it another sum; how many cars are left is no sum at all.
_OTHERWISE = re.compile(
    r"\bмо(?:й|я|ю|ей|его|ему|ем)\b(?! (?:бюджет|капитал|запас|лимит|потолок|сумм)\w*)"
    r"|\bсво(?:й|ю|я|ей|его)\b|\bтрейд|\btrade\b|\bобмен|\b(?:по)?меня(?:ю|ть|ем)\b|\bсда(?:м|ю|ть|дим)\b"
    r"|\bзачет|\bоцен|\bкредит|\bрассроч|\bлизинг|\bвзнос|\bвн(?:ес|ош)\w*|\bв месяц\b|\bскин\w*|\bскид\w*"
    r"|\bсколько (?:машин|авто|вариант|штук|экземпляр)\w*"
    r"|\bостан\w+ (?:\w+ )?(?:машин|авто|вариант|штук|экземпляр|гаранти)\w*"
)
# «У меня GLC за 3 млн, сколько доплатить до GLE?»: what a car costs, and no sum that one has.
_PRICED = re.compile(r"\b(?:за|дороже|дешевле|больше|более|ценой|стоит)\s+$")
# Behind a remainder that was told: «а от 8 миллионов?», «а если бюджет 5 млн?».
_AGAIN = re.compile(r"^\W*(?:(?:а|и|ну|тогда|если|бы)\W+)*$")
# «А от 4,5?»: of millions, as the sum before.
_SHORT = re.compile(
    r"^\W*(?:(?:а|и|ну|тогда|если) )*(?:от|из|с|бюджет\w*) (?P<millions>\d{1,2}(?:[.,]\d{1,2})?)\W*$"
)
# Without a sum: of the one that was said before.
_BARE = re.compile(
    rf"^\W*(?:(?:а|и|ну|так|тогда|хорошо|ладно|ок|отлично|класс|супер)\W+)*(?:и )?{_SO_MUCH}\s+{_AMID}$"
)


@dataclass(frozen=True)
class BudgetAsked:
    """`budget_rub` is None where no sum is said in this question; `spans` are the pieces that speak of it."""

    budget_rub: int | None
    spans: tuple[Span, ...]


def read_budget(spelling: str, *, again: bool) -> BudgetAsked | None:
    """None where it is not asked what is left or lacked; `again` says that this was told before."""
    if _OTHERWISE.search(spelling):
        return None
    held, span = _held(spelling)
    rest = blanked(spelling, span) if span is not None else spelling
    other = _another(spelling, rest, held, span) if again else None
    if other is not None:
        return other
    rest = blanked(rest, *idle_purposes(spelling))  # «чтобы понимать, сколько копить»
    asks = next((match for sign in (_LEFT, _LACKED) for match in sign.finditer(rest)), None)
    if asks is None or not _ASKS.search(spelling):
        return None
    if span is None:
        return BudgetAsked(None, (asks.span(),)) if _BARE.match(rest[: asks.start()]) else None
    if not _IS_HELD.search(spelling[slice(*span)]) and (asks.re is _LACKED or asks[0] == "остается"):
        return None
    spans = [match.span() for sign in (_LEFT, _LACKED) for match in sign.finditer(rest)]
    rest = blanked(rest, *spans)
    return BudgetAsked(held, (span, *spans, *(match.span() for match in _ASIDE.finditer(rest))))


def _another(spelling: str, rest: str, held: int | None, span: Span | None) -> BudgetAsked | None:
    """Nothing but another sum."""
    if span is not None and _AGAIN.match(rest[: span[0]]) and not rest[span[1] :].strip(" ?.!"):
        return BudgetAsked(held, (span,))
    if (short := _SHORT.match(spelling)) is None:
        return None
    return BudgetAsked(round(float(short["millions"].replace(",", ".")) * 1_000_000), (short.span(),))


def _held(spelling: str) -> tuple[int | None, Span | None]:
    """The one sum that somebody has, and where it is said."""
    sums = [
        (each, _span(each, spelling))
        for each in quantities(spelling)
        if _is_money(each) and not _PRICED.search(spelling[: each.start])
    ]
    held = [(each, span) for each, span in sums if _IS_HELD.search(spelling[span[0] : each.start])]
    chosen: Sequence[tuple[Quantity, Span]] = sums if len(sums) == 1 else held
    if len(chosen) != 1:
        return None, None
    (number, span) = chosen[0]
    return round(number.value), span


def _is_money(number: Quantity) -> bool:
    named = number.unit == "rub" or (number.unit == "" and (number.scaled or number.value >= _LEAST))
    return named and number.value >= _LEAST and not number.ordinal


def _span(number: Quantity, spelling: str) -> Span:
    lead, tail = _LEAD.search(spelling[: number.start]), _TAIL.match(spelling, number.end)
    return (lead.start() if lead else number.start), (tail.end() if tail else number.end)
