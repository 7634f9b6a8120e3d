"""A bound of the dialogue that is taken back by its number: «от пяти миллионов уже не нужно», «не обязательно
2024», «забудьте про 8 млн».

Knows which words take back and which refuse («дороже 8 млн не надо» stays a bound). Refuses to know a bound
that is taken back by its kind («цена не важна», `releases.py`).
"""

from __future__ import annotations

import re

from assistants.showroom.language.wish import Wish
from core.quantities import Quantity, quantities
from core.russian import normalise

# The ends of a bound, how far one may be from its number («дешевле 8 млн»), how `releases.py` is told that it
# does not matter, and how the other end is told again.
_BOUNDS = (
    (("price_from", "price_to"), ("", "rub"), 1, "цена любая", ("от {} рублей", "до {} рублей")),
    (("year_from", "year_to"), ("", "year"), 0, "год любой", ("с {} года", "до {} года")),
    (("mileage_from", "mileage_to"), ("", "km"), 1, "пробег любой", ("пробег от {} км", "пробег до {} км")),
)
_KIND = r"(?:цен\w+|бюджет\w*|сумм\w+|пробег\w*|год\w*)"
_SIDE = (
    r"(?:от|до|за|в пределах|в районе|дороже|дешевле|больше|меньше|выше|ниже|новее|старше|моложе|свежее"
    r"|именно|ровно|не (?:дороже|дешевле|больше|меньше|более|менее|выше|ниже|новее|старше|раньше|позже))"
)
_LED = rf"(?:{_KIND} )?(?:{_SIDE}(?: чем)?(?: за)? )?(?:{_KIND} )?"
_NO_MORE = r"(?:уже|больше|теперь|тогда)"
_FORGET = (
    r"(?:забудь(?:те)?|забудем|забыли|забыть|забей(?:те)?)(?: (?:про|о|об|на))?"
    r"|(?:сним\w+|убер\w+|убира\w+|убрать|отмен\w+|сброс\w+|отброс\w+)"
    r"(?: (?:услови\w+|ограничени\w+|лимит\w*|фильтр\w*|порог\w*|планк\w+|требовани\w+))?"
    r"(?: (?:про|о|об|на|в|по))?"
    r"|без (?:ограничени\w+|лимит\w*|услови\w+|порог\w*|планк\w+)(?: (?:про|на|в|по))?"
)
_NEEDLESS = r"не ?(?:обязат\w+|принципиал\w+|важ\w+|критич\w+|актуал\w+|существен\w+)"
_BEFORE = re.compile(
    rf"(?:(?:{_FORGET}|{_NEEDLESS}|{_NO_MORE} не (?:нуж\w+|над[оа])|не (?:нуж\w+|над[оа]) {_NO_MORE})"
    r",? (?:чтобы? )?(?:был\w? )?|(?P<plain>не (?:нуж\w+|над[оа]) (?=от |до )))"
    rf"{_LED}$"
)
_AMIDST = r"(?:(?:мне|нам|это|тут|здесь|все|же|вообще|в общем|в принципе|как-то|совсем) )*"
_BEHIND = re.compile(
    rf"[\s,—–-]*(?:рубл\w+ |год\w*(?: выпуска)? |пробег\w* )?{_AMIDST}"
    rf"(?:(?:{_NO_MORE} )?{_AMIDST}{_NEEDLESS}"
    rf"|{_NO_MORE} {_AMIDST}не (?:нуж\w+|над[оа])|не (?:нуж\w+|над[оа]) {_NO_MORE}"
    rf"|(?:я |мы )?{_AMIDST}(?:погоряч|загну|переборщ|перегну|размечта)\w+"
    r"|(?:снима|убира|отменя)\w+|убер\w+|отбой|(?P<plain>не (?:нуж\w+|над[оа])))\b"
)
_SETS_END = re.compile(r"\b(?:от|до) $")
_LEADS = re.compile(rf"\b{_LED}$")
# «От десяти миллионов не надо, любые», «… все ешки покажите»: the bound is taken back, and nothing refused.
_ALL = re.compile(r"\b(?:люб(?:ой|ая|ое|ую|ые|ых)|все|всех|вообще)\b")


def with_bounds_taken_back(question: str, before: Wish | None) -> str:
    """The question with «цена любая» in the place of what takes back the bound of `before`; itself where
    nothing does.
    """
    spelling = normalise(question)
    if before is None or not before.bounds or len(spelling) != len(question):
        return question
    for number in quantities(spelling):
        said = _told_before(number, before)
        span = _taken_back(number, spelling) if said is not None else None
        if span is not None:
            return f"{question[: span[0]]}{said}{question[span[1] :]}"
    return question


def _told_before(number: Quantity, before: Wish) -> str | None:
    """What to say of the bound of which this number is an end."""
    for ends, units, off, said, again in _BOUNDS:
        told = [(getattr(before, end), form) for end, form in zip(ends, again, strict=True)]
        told = [(value, form) for value, form in told if value is not None]
        kept = [form.format(value) for value, form in told if abs(value - number.value) > off]
        if number.unit in units and len(kept) < len(told):
            return ", ".join((said, *kept))
    return None


def _taken_back(number: Quantity, spelling: str) -> tuple[int, int] | None:
    lead = spelling[: number.start]
    before, behind = _BEFORE.search(lead), _BEHIND.match(spelling, number.end)
    all_meant = _ALL.search(spelling, number.end) is not None
    if before is not None and (before["plain"] is None or all_meant):
        return before.start(), number.end
    if behind is None or (behind["plain"] is not None and not (_SETS_END.search(lead) or all_meant)):
        return None
    led = _LEADS.search(lead)
    return led.start() if led is not None else number.start, behind.end()
