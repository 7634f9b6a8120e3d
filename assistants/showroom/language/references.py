"""Words that point at something said before, and comparatives: each must have been taken by somebody.

Knows which words point and whether the wish that is run holds what they point at. Refuses to guess: what
nobody resolved is said back to the visitor.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistants.showroom.language import phrases
from assistants.showroom.language.intents import Ask
from assistants.showroom.language.reading import Reading
from assistants.showroom.language.spans import blanked
from assistants.showroom.language.wish import Order, Wish
from core.russian import grammemes, part_of_speech

_CASES = r"(?:ый|ой|ий|ая|ую|ое|ые|ого|его|ому|ему|ым|ем|ом|их|ей|ья|ье|ью|ьего)"
_A_CAR = r"(?:машин|авто|вариант|модел|экземпляр|тачк|предложен)"
_ORDINAL = re.compile(rf"\b(?:перв|втор|трет|четв[её]рт|пят|последн){_CASES}\b(?: (?P<behind>\w+))?")
_BESIDE = re.compile(
    rf"{_A_CAR}|дизел|бензин|гибрид|есть|сколько$|почем$|как(?:ой|ая|ого|ом|ие|им|ую)$|стоит$"
)
# «Из тех, что с пробегом» says itself which.
_AMONG = re.compile(
    r"\b(?:из|среди) (?:них|этих|тех(?!,? (?:что|котор))|показанных|перечисленных|двух|трех|четырех)\b"
    r"|\bиз (?:этой )?пары\b"
    r"|\b(?:т(?:от|а|у|ого|ой|ом)|так(?:ой|ая|ое|ие|ую|ого|их|им)) же\b"
    r"|\b(?:его|ее|их) же\b(?! прода| сда)"
    r"|\bт(?:от|а|у) (?!же\b|есть\b|что\b|котор|сам|факт|день|год|момент|случа)"
)
_IT = re.compile(r"\b(?:он|она|у него|у нее|у них|эт(?:от|а|у|ой|ого|ому) (?:машин|авто|вариант|модел)\w*)\b")
_THIS_CAR, _CARS = re.compile(rf"\b{phrases.THIS_CAR}"), re.compile(rf"\b{_A_CAR}|что[- ]нибудь")
_BOTH = re.compile(r"\b(?:обе|оба|обоих|обеих)\b|\bмежду (?:ними|этими)\b")
_PERSONS = frozenset({"мы", "вы", "они"})
_SAME_SUM = re.compile(r"\bт(?:е|ем|ех|от|ом|у|ой|а) же (?:деньг|бюджет|цен|сумм|стоимост)\w*")
_NEXT = re.compile(rf"\b(?:следующ|предыдущ)\w+(?= (?:за|после|по|{_A_CAR})|\W*$)")
_PRICED = re.compile(r"\b(?:по)?(?:дешевле|дороже)\b")
_AGED = re.compile(r"\b(?:по)?(?:новее|свежее|моложе|старше|старее)\b")
_DRIVEN = re.compile(r"\b(?:с )?(?:меньшим|большим) пробегом\b|\bпробег\w* (?:по)?(?:меньше|больше)\b(?! \d)")
_MILEAGE = (Order.LEAST_MILEAGE, Order.MOST_MILEAGE)


def pointed_in(spelling: str) -> str | None:
    """The ordinal that stands for a car: «второй в чёрном?», not «второй ряд» and not «первый раз»."""
    for match in _ORDINAL.finditer(spelling):
        behind = match["behind"]
        if behind is None or _BESIDE.match(behind) or part_of_speech(behind) not in ("NOUN", "NUMB", "ADVB"):
            return match.group().split()[0]
    return None


def ordinal_in(spelling: str) -> str:
    """The word that counts, whatever it counts."""
    match = _ORDINAL.search(spelling)
    return match.group().split()[0] if match is not None else spelling


def _is_a_person(word: str) -> bool:
    """«Белые» are no persons here, whatever the dictionary says."""
    noun = part_of_speech(word) == "NOUN" and "anim" in grammemes(word)
    return noun and not word.endswith(("ые", "ие", "ых", "ый", "ий"))


def _without_persons(spelling: str) -> str:
    """«Мы с женой оба учителя», «обе дочери водят»: both of them are no cars."""
    for match in _BOTH.finditer(spelling):
        before = re.split(r"[,.;:!?()—–]", spelling[: match.start()])[-1].split()
        behind = re.match(r"\s+([а-я]+)", spelling[match.end() :])
        subject = any(word in _PERSONS or _is_a_person(word) for word in before)
        acts = any(part_of_speech(word) in ("VERB", "INFN", "PRED") for word in before)
        counted = behind is not None and _is_a_person(behind[1])
        if counted or (subject and not acts):
            spelling = blanked(spelling, match.span())
    return spelling


def _means_cars(reading: Reading, spelling: str) -> bool:
    """Whether cars are spoken of, and not only «этой машины», which was to be named before."""
    rest = _THIS_CAR.sub(" ", spelling)
    return reading.cars_meant and (rest == spelling or _CARS.search(rest) is not None)


def asks_a_property(reading: Reading, spelling: str) -> bool:
    """«А пробег?», «какого он года?», «цена какая»: of what is spoken of, and nothing else is said."""
    if reading.wish.narrows or reading.residue or reading.unheld or reading.denials or reading.released:
        return False
    asks = reading.ask is Ask.DETAIL or (reading.ask is Ask.PRICE and reading.points)
    return asks and (reading.points or reading.follows) and not _means_cars(reading, spelling)


def unresolved(
    reading: Reading, spelling: str, wish: Wish, before: Sequence[Wish], *, chosen: bool
) -> tuple[str, ...]:
    """The words that point or compare and that the wish which is run does not hold; `before` are the wishes
    that the question may lean on, `chosen` that an ordinal was taken for a car named.
    """
    said, spelling = reading.wish, _without_persons(spelling)
    several = len((*said.classes, *said.models, *said.absent, *said.bodies)) > 1
    leans = any(wish != said or wish == each.then(said, within=reading.within) for each in before)
    alone = not leans and not (said.names_a_car or reading.of_a_kind)
    priced = wish.price_from is not None or wish.price_to is not None
    aged = wish.year_from is not None or wish.year_to is not None
    driven = wish.mileage_from is not None or wish.mileage_to is not None
    signs = (
        (phrases.GOES_BACK, not (reading.renewed or said.names_a_car)),
        (_AMONG, (not leans and bool(before)) or alone),
        (_IT, alone and said.order is None and not _means_cars(reading, spelling)),
        (_BOTH, not several),
        (_NEXT, True),
        (_SAME_SUM, not priced),
        (_PRICED, not priced and not several and wish.order is None),
        (_AGED, not aged and wish.order is None),
        (_DRIVEN, not driven and wish.order not in _MILEAGE),
    )
    pointing = [match.group() for sign, open_ in signs if open_ and (match := sign.search(spelling))]
    if before and said.narrows and not chosen and (ordinal := pointed_in(spelling)):
        pointing.append(ordinal)
    return tuple(pointing)
