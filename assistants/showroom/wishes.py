"""What a question wished for, as it is counted: models, colours and the highest price in the salon's words.

Knows a reading's wish. Refuses names that only the visitor has written: those may be a person's.
"""

from __future__ import annotations

from assistants.showroom.desk.wording import named
from assistants.showroom.language.lexicon import Lexicon
from assistants.showroom.language.wish import Wish
from core.dialogue import Wished


def wished(wish: Wish, lexicon: Lexicon) -> Wished:
    """Of this question alone, not of those before it."""
    foreign = tuple(brand for brand in wish.brands if brand not in lexicon.own_brands)
    runs = [named(Wish(models=(run,)), lexicon) for run in wish.models if lexicon.names_a_model(run)]
    classes = () if runs else lexicon.label("class", wish.classes)
    return Wished(
        models=tuple(dict.fromkeys((*runs, *classes, *lexicon.label("brand", foreign)))),
        colors=tuple(dict.fromkeys(lexicon.label("color", wish.colors))),
        budget_rub=wish.price_to,
    )
