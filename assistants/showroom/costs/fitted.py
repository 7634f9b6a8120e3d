"""What options come to on the models that can have them all.

Knows names of options and their prices. Refuses to know which of them a question names (`case.py`).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from core.facts import TrimOption


def fitted(
    named: Mapping[str, Iterable[str]], carried: Collection[str], rows: Iterable[TrimOption]
) -> dict[str, int]:
    """The models that can have what is named of each and what is carried from before, and what it costs."""
    prices = {(row.model, row.option): row.price_rub for row in rows}
    wanted = {model: {*own, *carried} for model, own in named.items()}
    return {
        model: sum(prices[model, option] for option in options)
        for model, options in wanted.items()
        if all((model, option) in prices for option in options)
    }
