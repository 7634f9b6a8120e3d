"""Who has a car that is named: «у мужа чёрная машина», «брат на дизеле», «моя GLA», «… 2005 года».

Knows how Russian says that somebody has something. Refuses to know what else is told of it (`tellings.py`),
and when a visitor speaks of his own car without saying that he has it (`asides.py`).
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile

from assistants.showroom.language import phrases
from assistants.showroom.language.word_roles import Word
from core.quantities import quantities
from core.russian import grammemes, is_known, lemma

# What may stand beside a car that somebody has.
_APPOSED = phrases.YEAR | phrases.MILEAGE | {
    "тысяча", "тыс", "км", "километр", "г", "гв", "в", "выпуск", "го", "й", "под", "за", "уже", "около", "с",
    "ей", "ему", "лето",
}  # fmt: skip
_MINE = frozenset({"мой", "моя", "мое", "наш", "наша", "наше"})
# «Пацаны, гелик на дизеле есть?»: they are spoken to.
_ADDRESSED = frozenset(
    {"пацаны", "мужики", "ребята", "друзья", "парни", "девушки", "девочки", "коллеги", "господа", "товарищи",
     "братцы", "люди", "народ"}
)  # fmt: skip
_BETWEEN = ("ADVB", "PRCL", "CONJ", "VERB", "ADJF", "NPRO", "PREP")


def somebody_has(row: Sequence[Word]) -> bool:
    """«У мужа чёрная машина», «у соседа есть седан», «брат на дизеле»: somebody has it."""
    for place in range(len(row)):
        if is_owner(row, place):
            behind = row[behind_owner(row, place) :]
        elif _is_subject(row, place):
            behind = row[place + 1 :]
        else:
            continue
        if any(each.thing for each in row[:place]) and behind and behind[-1].text == "есть":
            return all(each.part in _BETWEEN for each in behind[:-1])  # «купе у меня уже есть»
        between = takewhile(lambda each: not each.thing, behind)
        return all(each.part in _BETWEEN or lemma(each.text) in phrases.YEAR for each in between)
    return False


def _is_subject(row: Sequence[Word], place: int) -> bool:
    """«Брат на дизеле», «моя GLA»."""
    if place == 0 and row[place].text in _MINE:
        return any(each.thing for each in row)
    if place == 0 and row[place].text in _ADDRESSED:
        return False
    return row[place].is_nominative_person and any(each.text == "на" for each in row[place:])


def is_owner(row: Sequence[Word], place: int) -> bool:
    """«У» before a person who is not the salon."""
    if row[place].text != "у":
        return False
    for word in row[place + 1 : place + 3]:
        tags = grammemes(word.text)
        if word.thing or "2per" in tags or word.text in ("вас", "вам"):
            return False
        if "NPRO" in tags or ("anim" in tags and is_known(word.text)):
            return True
    return False


def behind_owner(row: Sequence[Word], place: int) -> int:
    """The place behind the owner: «у мужа», «у моего мужа»."""
    second = row[place + 1 : place + 2]
    person = bool(second) and bool({"NPRO", "anim"} & grammemes(second[0].text))
    return place + (2 if person else 3)


def is_apposed(row: Sequence[Word], text: str) -> bool:
    """«… старая ешка, 2005 года, пробег 120 тысяч, жалко»: how old the car is that somebody has."""
    return bool(quantities(text)) and all(
        word.text[0].isdigit() or word.part == "NUMR" or lemma(word.text) in _APPOSED for word in row
    )
