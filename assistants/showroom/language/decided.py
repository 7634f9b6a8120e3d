"""Alternatives of which a later sentence says the one: «белые или чёрные есть? Беру чёрную».

Knows where sentences end. Refuses to know what is named.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from assistants.showroom.language.naming import Atom, Mention

_QUESTION = re.compile(r"[^.!?…]*\bили\b[^.!?…]*\?")
_ASKED_AGAIN = re.compile(r"\?|\b(?:не|или|кроме|без)\b")
_RATHER = re.compile(
    r"[,.;—–-]\s*(?:(?:тогда|уж|все-таки|все же|может|а|наверное|пожалуй)\s+)*"
    r"лучше(?:\s+(?:уж|тогда|бы|в|на))*\s+$"
)
_KINDS = ("body", "color", "fuel")


def behind_a_choice(spelling: str) -> int | None:
    """Where the sentence ends that asks for one thing or another, if a statement follows it."""
    asked = _QUESTION.match(spelling)
    if asked is None or _ASKED_AGAIN.search(spelling, asked.end()):
        return None
    return asked.end()


def settled(mentions: Sequence[Mention], row: Sequence[Atom], spelling: str) -> list[Mention]:
    """Those things of which no later sentence wants but some: of «седан или универсал? Нужен универсал» the
    second is wanted alone.
    """
    edge = behind_a_choice(spelling)
    if edge is None:
        return _preferred(mentions, row, spelling)
    kept = list(mentions)
    for kind in _KINDS:
        asked = {each.term.id for each in mentions if _is(each, kind) and row[each.start].start < edge}
        said = {each.term.id for each in mentions if _is(each, kind) and row[each.start].start >= edge}
        if said and said < asked:
            kept = [each for each in kept if not _is(each, kind) or each.term.id in said]
    return kept


def _preferred(mentions: Sequence[Mention], row: Sequence[Atom], spelling: str) -> list[Mention]:
    """«Белый маркий, лучше чёрный»: of one kind what is preferred takes the place of what is named before."""
    kept = list(mentions)
    for kind in (*_KINDS, "class"):
        each = [mention for mention in kept if _is(mention, kind)]
        for first, second in pairwise(each):
            between = spelling[row[first.end - 1].end : row[second.start].start]
            if _RATHER.search(between) and not _ASKED_AGAIN.search(between):
                kept = [other for other in kept if not _is(other, kind) or other.start >= second.start]
    return kept


def _is(mention: Mention, kind: str) -> bool:
    return mention.term.kind == kind
