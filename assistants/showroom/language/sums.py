"""How a sum is asked for: of all cars of a kind («общая стоимость всех белых GLE», «если скупить все гелики
разом, какая сумма получится?»), of ends that are named one by one («самый дешёвый GLA и самая дешёвая ешка,
сколько за обе?»), of cars that were told («сколько за обе?»).

Knows that a list of all of them («покажите все сразу») is none. Refuses to know cars.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_ALL = r"\b(?:все|всех|весь|вся|всю)\b(?! (?:равно|же|таки|еще|это|этот|время|ли|вместе с)\b)"
_SOME = r"\b(?:дв[ае]|двух|тр(?:и|ех)|четыре|четырех|об[ае])\b"
_AT_ONCE = (
    r"\b(?:разом|сразу|вместе(?: взят\w+)?|скопом|оптом|целиком|гуртом|чохом"
    r"|в (?:общей )?сумме|суммарно)\b"
)
_BUY = (
    r"\b(?:(?:с|вы|за|рас)?куп(?:ить|лю|им|и)|скуп\w+|забра(?:ть|в)|забер\w+|взять|возьм\w+|приобре\w+"
    r"|брать|беру)\b"
)
_PAY = r"\b(?:отда\w+|плат\w+|заплат\w+|заплач\w+|выло[жж]\w+|потрат\w+|потрач\w+)"
_COMES_TO = (
    r"(?:обойд|обход|встан|выйд|выход|выль|получ|будет|понадоб|потреб|потян|тян|состав|нужн|надо|потрат|потрач"
    r"|отда|запла)\w*"
)
_MONEY = re.compile(
    rf"\b(?:сколько|почем|сумм\w+|цен\w*|стоимост\w*|стоит|стоят|стоить|денег|рублей)\b|{_PAY}|\bобойд"
)
_HOW_MUCH = re.compile(
    rf"\bсколько (?:[\w-]+ ){{0,2}}(?:денег|рублей|миллионов|стоит|стоить|{_COMES_TO})|\bво сколько\b"
    rf"|\bпочем\b|\bкак\w+ (?:\w+ )?сумм\w+|\b(?:сколько|{_COMES_TO} сколько)\W*$|\bсколько {_PAY[2:]}"
)
_SUM = re.compile(
    r"\b(?:общ|суммарн|совокупн)\w+ (?:стоимост|цен|сумм)\w*"
    r"|\bв сумме\b|\bсуммарно\b|\bсумм\w+ (?:всех|цен|стоимост)\w*|\bна какую (?:общую )?сумму\b"
    r"|\bсколько (?:вместе|в сумме) (?:\w+ ){0,2}сам\w+\b|\bсколько\b.*\bза об[ае]\b|\bпочем\b.*\bза об[ае]\b"
    rf"|\b(?:сложи\w*|просуммир\w*|суммиру\w*)\b[^.?!]*(?:{_ALL}|\bцен\w*|\bстоимост\w*)"
    rf"|\bкак\w+ (?:\w+ )?сумм\w+\b[^.?!]*{_ALL}|{_ALL}[^.?!]*\bкак\w+ (?:\w+ )?сумм\w+"
    rf"|\bсколько (?:\w+ )?всего (?:\w+ )?(?:стоят|стоить|{_COMES_TO})[^.?!]*{_ALL}"
    r"|\bсколько (?:\w+ ){0,2}?(?:стоит|стоить) весь (?:\w+ )?(?:автопарк|парк|запас|склад|ассортимент)\b"
    rf"|(?:{_PAY}|\b(?:сколько|почем)(?: \w+)?) за {_ALL} (?!с\b|про\b)\w"
)
_TOGETHER = re.compile(
    rf"{_SOME}.*\b(?:вместе|разом|в сумме|суммарно)\b|{_ALL}.*{_AT_ONCE}|{_AT_ONCE} (?:\w+ ){{0,2}}?{_ALL}"
)
# «Покажите все сразу», «есть все вместе?»: a list.
_LISTS = re.compile(
    r"\b(?:пока[жз]\w*|перечисл\w*|вывед\w*|скинь\w*|пришл\w*|спис\w+|есть|какие|глян\w*|посмотр\w*)\b"
)
_BOUGHT = re.compile(rf"{_BUY} (?:[\w-]+ ){{0,3}}?(?:все|весь|всю)\b(?! (?:равно|же|таки|еще|это|этот)\b)")
# «Две машины на 10 миллионов в сумме»: the sum is set, which cars make it up nobody reckons.
_SET = re.compile(
    r"\b(?:миллион\w*|млн|тыс\w*|лям\w*|руб\w*)\.? (?:в сумме|суммарно|вместе|на (?:двоих|обе|оба|две))\b"
)
# What may be said in asking for it, and tells of no car.
_WORDS = re.compile(
    rf"{_AT_ONCE}|{_BUY}|{_PAY}|\b{_COMES_TO}|\bсумм\w+|\b(?:общ|суммарн|совокупн)\w+|\bсложи\w*|\bсуммиру\w*"
    r"|\b(?:по|под|рас)?счита\w+|\bприкин\w+|\bзапас\w*|\b(?:авто)?парк\w*|\bденег\b"
)

_SUM_OF_ENDS = re.compile(
    r"\bвместе\b|\bразом\b|\bсразу\b|\bсумм\w+|\bитог\w*|\bсложи\w*|\bсложен\w*|\bприбав\w+|\bплюс\b|\+"
    r"|\bза (?:вс[еюё] )?(?:об[ае]|обоих|обеих|двоих|двух|два|две|три|трех|троих|все|всех|пару)\b"
    r"|\bна (?:двоих|обе|оба|все)\b|\bобщ\w+ (?:цен|стоим|чек|счет|бюджет)\w*"
)
# Asked of a sum as of one price.
_HOW_MUCH_OF_ENDS = re.compile(
    rf"\bсколько (?:[\w-]+ ){{0,2}}(?:денег|{_COMES_TO})|\b(?:во|на) ?сколько\b.*\b{_COMES_TO}"
)
# «Сколько за обе?», «вместе сколько?», «итого?» behind cars that were told.
_BOTH_TOLD = re.compile(
    r"^\W*(?:(?:а|и|ну|так) )*(?:(?:сколько|почем)\b.*\bза (?P<both>об[ае]|обоих|обеих)"
    r"|вместе (?:сколько|почем)|сколько вместе|итого(?: сколько)?|сколько итого)\W*$"
)
_SO_MANY = {"об": 2, "дв": 2, "тр": 3, "четыр": 4, "пят": 5}
_THOSE_TOGETHER = re.compile(
    r"\b(?P<count>об[ае]|обоих|обеих|две|два|двух|три|трех|четыре|четырех|пять|пяти|их)\b"
    r"(?=.*\b(?:вместе|разом|сразу|в сумме|суммарно|сумм\w+|готовить|итого)\b)"
    r"|\b(?:вместе|разом|в сумме|суммарно|сумм\w+) (?:\w+ ){0,2}(?P<after>об[ае]|обоих|обеих|двух|трех|их)\b"
)


@dataclass(frozen=True)
class SumOfEnds:
    """`said` are the words that ask for a sum; empty where it is asked as of one price."""

    said: str


def asks_sum_of_all(spelling: str) -> bool:
    """Whether the sum of all cars that it names is asked for."""
    if _SET.search(spelling):
        return False
    gathered = _TOGETHER.search(spelling) and (_MONEY.search(spelling) or not _LISTS.search(spelling))
    bought = _BOUGHT.search(spelling) and _HOW_MUCH.search(spelling)
    return bool(_SUM.search(spelling) or gathered or bought)


def words_of_a_sum(spelling: str) -> tuple[str, ...]:
    """The words by which it is asked for; none where it is not."""
    if not asks_sum_of_all(spelling):
        return ()
    return tuple(match.group().strip() for match in _WORDS.finditer(spelling))


def sum_of_ends(spelling: str) -> SumOfEnds | None:
    """Whether a sum may be asked for, if several ends are named; whether they are is not looked at."""
    if (summed := _SUM_OF_ENDS.search(spelling)) is not None:
        return SumOfEnds(summed.group())
    return SumOfEnds("") if _HOW_MUCH_OF_ENDS.search(spelling) else None


def asks_sum_of_told(spelling: str) -> bool:
    """«Сколько за обе вместе?», «вместе сколько?»: of the cars that were told, and not of a kind."""
    return bool(_THOSE_TOGETHER.search(spelling) or _BOTH_TOLD.search(spelling))


def how_many_summed(spelling: str) -> int:
    """Of how many cars that were told the sum is asked for: of two where no number is said, 0 where «их»."""
    if (match := _THOSE_TOGETHER.search(spelling)) is not None:
        said = match["count"] or match["after"]
    else:
        both = _BOTH_TOLD.search(spelling)
        said = (both["both"] if both is not None else None) or "оба"
    return next((number for stem, number in _SO_MANY.items() if said.startswith(stem)), 0)
