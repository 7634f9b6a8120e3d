"""Whether a question changes the calculation before: «а на три года?», «а по GLC?», «а если взять EQA?».

Knows the Russian of going on. Refuses to know which cars are meant (`case.py`), and to calculate.
"""

from __future__ import annotations

import re

from assistants.showroom.costs.case import WORDS_OF_A_FOLLOW_UP, Case
from assistants.showroom.costs.summing import adds_more, keeps_one
from assistants.showroom.language.intents import Ask
from core.russian import words

_ASKS_STOCK = re.compile(r"\bесть\b|\bналич|\bскольк\w*|\bкак(?:ой|ая|ие)\b|\bтак(?:ой|ом|ая|ие)\b")


def follows(case: Case) -> bool:
    """The calculation before with something changed."""
    said = words(case.question)
    if case.before is None or len(said) > WORDS_OF_A_FOLLOW_UP or case.asked.insists:
        return False
    if (
        case.asked.terms.named
        or case.changed.changes
        or (case.options and (adds_more(case.spelling) or keeps_one(case.spelling)))
    ):
        return True
    if case.before.budget_rub is not None and _names_another(case):
        return True
    return case.opens_on and (case.asked.terms.loan or (_names_only_a_car(case) and bool(case.cars)))


def _names_another(case: Case) -> bool:
    """«А если взять самый дешёвый EQA?» behind what is left of a budget with a GLC."""
    reading, asks = case.reading, case.reading.residue or _ASKS_STOCK.search(case.spelling)
    opens = case.opens_on and not asks and reading.relative is None
    return opens and case.wish.narrows and reading.ask is Ask.LIST


def _names_only_a_car(case: Case) -> bool:
    reading, wish = case.reading, case.wish
    asks = reading.ask is not Ask.LIST or reading.relative is not None or reading.residue
    return wish.names_a_car and wish == wish.named() and not asks and not _ASKS_STOCK.search(case.spelling)
