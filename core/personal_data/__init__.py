"""Personal data in a text, and the text without it: `mask(text)`.

Phones, e-mail, passports, SNILS, INN, bank cards, VINs, licence plates, names and addresses, however they
are spelled; a sign of `Kind` stands where each of them was. What the salon publishes itself (its phone, its
address, the VINs of its stock) is nobody's secret: `published` lets it stand. A masked text stays as it is
when it is masked again, and `mask` raises nothing for any `str`. Refuses to know where texts come from, and
never logs or keeps one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from core.personal_data.addresses import addresses, places
from core.personal_data.folding import Folded, fold
from core.personal_data.kinds import Candidate, Found, Kind
from core.personal_data.marks import emails, plates, vins
from core.personal_data.names import names
from core.personal_data.numbers import numbers

__all__ = ["NOTHING_PUBLISHED", "Found", "Kind", "Masked", "Published", "mask"]

_FINDERS = (emails, vins, plates, numbers, addresses, names)
"""In the order of their word where two of them want the same place."""


@dataclass(frozen=True, slots=True)
class Masked:
    """`found` tells kinds and places in the text that was given, never what stood there."""

    text: str
    found: tuple[Found, ...] = ()


@dataclass(frozen=True, slots=True)
class Published:
    """Items that stand in texts for everybody: masked nowhere."""

    items: frozenset[tuple[Kind, str]] = frozenset()

    @classmethod
    def by(cls, texts: Iterable[str]) -> Published:
        """What the salon says itself: its pages, answers, the VINs of its stock."""
        return cls(frozenset(pair for text in texts for pair in _published_in(fold(text))))

    def has(self, candidate: Candidate) -> bool:
        if candidate.kind is Kind.ADDRESS:
            said = set(candidate.key.split())
            return any(kind is Kind.ADDRESS and said <= set(key.split()) for kind, key in self.items)
        return (candidate.kind, candidate.key) in self.items


NOTHING_PUBLISHED = Published()


def mask(text: str, published: Published = NOTHING_PUBLISHED) -> Masked:
    """The text with a sign in the place of every personal item.

    Looked at again until nothing more is found: what is left may read differently without its neighbours.
    """
    found: list[Found] = []
    while more := list(_found(text, found, published)):
        found += more
    found.sort(key=lambda each: each.start)
    pieces, at = [], 0
    for each in found:
        pieces += [text[at : each.start], each.kind.sign]
        at = each.end
    return Masked("".join([*pieces, text[at:]]), tuple(found))


def _found(text: str, found: list[Found], published: Published) -> Iterator[Found]:
    folded = fold(text, ((each.start, each.end) for each in found))
    for candidate in _candidates(folded):
        if not published.has(candidate):
            yield Found(candidate.kind, *folded.original(candidate.start, candidate.end))


def _candidates(folded: Folded) -> Iterator[Candidate]:
    taken: list[tuple[int, int]] = []
    for finder in _FINDERS:
        for candidate in finder(folded):
            if all(candidate.end <= start or end <= candidate.start for start, end in taken):
                taken.append((candidate.start, candidate.end))
                yield candidate


def _published_in(folded: Folded) -> Iterator[tuple[Kind, str]]:
    """An address may be said with the town that its text names elsewhere."""
    for candidate in _candidates(folded):
        if candidate.kind is Kind.ADDRESS:
            yield candidate.kind, " ".join([candidate.key, *places(folded)])
        else:
            yield candidate.kind, candidate.key
