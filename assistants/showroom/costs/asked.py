"""A question about what a purchase comes to, as far as it is about paying.

Knows the Russian of asking for a calculation. Refuses to know cars and what comes out.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistants.showroom.costs.amounts import Amounts, own_places
from assistants.showroom.costs.budget import read_budget
from assistants.showroom.costs.terms import Terms
from assistants.showroom.language.buyers import without_buyers
from assistants.showroom.language.spans import blanked
from core.russian import normalise

_LOAN = re.compile(r"\b(?:авто)?кредит\w*|ежемесячн\w*|\bв месяц\b|помесячн\w*|\bплатеж\w*|\bвзнос\w*")
_INSISTS = re.compile(
    r"посчита\w*|рассч[иеё]т\w*|расчет\w*|подсчита\w*|прикин\w*|калькул\w*|\bпосчит\w*|\bсосчита\w*"
)
_COMPUTES = re.compile(
    r"\bскольк\w*|\bплатеж\w*|\bплатить\b|\bдоплат\w*|\bдоплач\w*|\bитог\w*|\bвыйдет\b|\bвыходит\b|\bобойд\w+"
    r"|\bразниц\w+|\bвместе\b|\bкакой будет\b|\bкакая будет\b|\bв сумме\b"
)
_NOT_OURS = re.compile(r"\bлизинг\w*|\bрассрочк\w*|\bскидк\w*|\bскинет\w*|\bскидыва\w*")
_BLANKED = re.compile(
    rf"\bво? скольк\w*|{_LOAN.pattern}|{_INSISTS.pattern}|{_COMPUTES.pattern}"
    r"|\bперв(?:ый|ым|ого|ом|оначальн\w*)\b|\bвзнос\w*"
    r"|\bставк\w*|\bгодовых\b|\bсрок\w*|\bпроцент\w*|\bтрейд\W?ин\w*|\btrade\W?in\b|\bзачет\w*"
    r"|\bв придачу\b|\bвдобавок\b"
    r"|\bвн(?:ес|ос|ош)\w*|\bаванс\w*|\bналичн\w*|\bсразу\b|\bмесяц\w*|\bмес\b|\bдоплат\w*"
)


@dataclass(frozen=True)
class Asked:
    """A question as far as it is about paying.

    `wanted` is the question without its numbers and words of paying and without the visitor's own car: what
    is left says which car is meant. `computes` says that something is to be worked out, `insists` that it
    says so in so many words, `owns` that a car of the visitor's is spoken of, `below_zero` that a number was
    given with a minus, `of_what_is_left` that it is asked what is left of a budget or lacked.
    """

    terms: Terms
    wanted: str
    computes: bool
    insists: bool
    owns: bool
    below_zero: bool
    of_what_is_left: bool = False


def read_terms(question: str, before: Terms | None = None) -> Asked | None:
    """None where it asks for what is not calculated here: leasing, a discount, what a payment would buy."""
    spelling = without_buyers(normalise(question))
    if _NOT_OURS.search(spelling):
        return None
    left = read_budget(spelling, again=before is not None and before.budget_rub is not None)
    spelling = blanked(spelling, *left.spans) if left is not None else spelling
    numbers = Amounts(spelling)
    if numbers.is_payment:  # «не больше 50 тысяч в месяц» asks the other way round
        return None
    found = numbers.found
    if _LOAN.search(spelling):
        found["loan"] = True
    if numbers.traded:
        found["trade_in"] = True
    if left is not None and left.budget_rub is not None:
        found["budget_rub"] = left.budget_rub
    insists = bool(_INSISTS.search(spelling))
    return Asked(
        terms=Terms.model_validate(found),
        wanted=_wanted(spelling, numbers.spans),
        computes=insists or bool(_COMPUTES.search(spelling)),
        insists=insists,
        owns=any(own_places(spelling)),
        below_zero=numbers.below_zero,
        of_what_is_left=left is not None,
    )


def without_stray_term(asked: Asked) -> Asked:
    """«Тридцать лет в филармонии» is no term where nothing is said of paying in time."""
    terms = asked.terms
    pays = (terms.annual_percent, terms.first_percent, terms.first_rub, terms.principal_rub)
    if terms.loan or asked.insists or any(value is not None for value in pays):
        return asked
    return replace(asked, terms=terms.model_copy(update={"months": ()}))


def _wanted(spelling: str, spans: Sequence[tuple[int, int]]) -> str:
    """The question without what was read, and without the visitor's own car."""
    own = own_places(spelling)
    inside = {at for start, stop in spans for at in range(start, stop)}
    kept = "".join(" " if own[at] or at in inside else sign for at, sign in enumerate(spelling))
    return " ".join(_BLANKED.sub(" ", kept).split())
