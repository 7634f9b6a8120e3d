"""What is left of a budget, or what it lacks, behind the car that comes cheapest.

Knows whose budget holds on and which cars are told: one, or one of each that is named with «или». Refuses to
know how it is asked for (`budget.py`) and to calculate (`purchase.py`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistants.showroom.costs.asked import Asked
from assistants.showroom.costs.case import Case
from assistants.showroom.costs.terms import Terms
from assistants.showroom.desk import rendering
from assistants.showroom.desk.alternatives import alternatives
from assistants.showroom.desk.memory import Talk
from assistants.showroom.language.wish import NAMES, Order
from core.facts import Car

_OR = re.compile(r"\b(?:или|либо)\b")


def with_budget(asked: Asked, before: Terms | None, talk: Talk) -> tuple[Asked | None, Talk]:
    """Of the sum that was said before, where this question says none; it bounds no price then."""
    told = talk.wish.price_to if talk.wish is not None else None
    budget = asked.terms.budget_rub or (before.budget_rub if before is not None else None) or told
    if budget is None:
        return None, talk
    if talk.wish is not None:
        talk = replace(talk, wish=talk.wish.without("price_to"))
    return replace(asked, terms=asked.terms.model_copy(update={"budget_rub": budget})), talk


def is_of_several(case: Case) -> bool:
    """«Если возьму EQA и GLA»: what both come to nobody reckons."""
    return len(alternatives(case.wish, case.stock.lexicon)) > 1 and not _OR.search(case.spelling)


def cheapest(case: Case) -> tuple[Car, ...]:
    """The one that comes cheapest with all that is named; of cars named with «или» one of each."""
    named, found = alternatives(case.wish, case.stock.lexicon), []
    for name in named if len(named) > 1 else ():
        wish = case.wish.without(*NAMES).model_copy(update=name.named().model_dump(exclude_defaults=True))
        reading = replace(case.reading, wish=wish)
        found += sorted(replace(case, reading=reading).cars, key=case.sum_of)[:1]
    return tuple(dict.fromkeys(found)) or tuple(sorted(case.cars, key=case.sum_of)[:1])


def headed(lines: Sequence[str], shown: Sequence[Car], case: Case) -> list[str]:
    """The lines with what the one car is among those that are named: «Самый доступный по цене вариант»."""
    if len(shown) != 1 or not case.names_a_kind or case.option_places:
        return [*lines]
    wish = case.wish if case.wish.order else case.wish.model_copy(update={"order": Order.CHEAPEST})
    return [f"{rendering.superlative(shown, wish, case.stock.lexicon)}: {lines[0]}", *lines[1:]]
