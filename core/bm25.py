"""Texts ranked by what they share with a question: BM25 over terms of any kind.

A score is a share (0..1) of the best that the question could reach, terms that no text has weighing as rare
ones, so scores of different questions compare. Refuses to know what a term is, beside `letters`: groups of
four that survive an ending, a slip of the hand and a word made of two.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from core.russian import words

_GROUP = 4


class Bm25:
    """Texts as bags of terms; made once, asked often."""

    def __init__(self, texts: Iterable[Iterable[str]], k1: float = 1.2, b: float = 0.6) -> None:
        bags = [Counter(terms) for terms in texts]
        lengths = [sum(bag.values()) for bag in bags]
        mean = sum(lengths) / max(1, len(bags)) or 1.0
        self._count = len(bags)
        self._unknown = math.log(1 + 2 * len(bags))
        holders: dict[str, list[int]] = defaultdict(list)
        for number, bag in enumerate(bags):
            for term in bag:
                holders[term].append(number)
        self._weights = {
            term: math.log(1 + (len(bags) - len(held) + 0.5) / (len(held) + 0.5))
            for term, held in holders.items()
        }
        self._gains: dict[str, list[tuple[int, float]]] = {
            term: [
                (
                    number,
                    bags[number][term] / (bags[number][term] + k1 * (1 - b + b * lengths[number] / mean)),
                )
                for number in held
            ]
            for term, held in holders.items()
        }

    def scores(self, question: Iterable[str]) -> list[float]:
        """One for each text, in their order."""
        asked = set(question)
        ceiling = sum(self._weights.get(term, self._unknown) for term in asked) or 1.0
        scores = [0.0] * self._count
        for term in asked & self._weights.keys():
            weight = self._weights[term] / ceiling
            for number, gain in self._gains[term]:
                scores[number] += weight * gain
        return scores


def letters(text: str) -> Sequence[str]:
    """Every four letters that stand together in a word; a word's edges count as letters."""
    edged = [f" {word} " for word in words(text)]
    return [word[at : at + _GROUP] for word in edged for at in range(max(1, len(word) - _GROUP + 1))]
