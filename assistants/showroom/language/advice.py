"""Somebody else's advice that the visitor does not follow: «муж говорит бери дизель, а я хочу бензин».

Knows by grammar where an advice begins and ends, and what overrules it. An advice that nothing overrules is
the visitor's wish, and is left alone. Refuses to know cars: it is given where names of the stock stand.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistants.showroom.language.second_reading import clauses
from assistants.showroom.language.spans import Span
from assistants.showroom.language.tellings import pieces
from core.russian import grammemes, words

_ADVISES = re.compile(
    r"\b(?:говор(?:ит|ят|ила?|или)|твердит|твердят|сове[тч]\w+|рекоменду[ею]т|настаива[ею]т|угова[рж]\w+"
    r"|сказала?|сказали|уверя[ею]т|убежда[ею]т|пилит|заладила?|талдычит)\b"
)
_BUT_I = re.compile(r"\b(?:а|но|только)\W+(?:я|мне|мы|нам|у меня|сама?)\b(?! (?:и|тоже|также)\b)")


def overruled(spelling: str, things: Sequence[tuple[Span, str]]) -> list[Span]:
    """The pieces that say who advises what, where a wish of the visitor's own, of the same kind, stands
    against it; `things` are the names of the stock in the text, each with its kind.
    """
    spans = [span for span, _ in things]
    parts = [piece for clause in clauses(spelling) for piece in pieces(spelling, clause, spans)]
    found: list[Span] = []
    for place, piece in enumerate(parts):
        verb = _ADVISES.search(spelling, *piece)
        against = _BUT_I.search(spelling, piece[1])
        if verb is None or against is None or not _is_of_another(spelling[piece[0] : verb.start()]):
            continue
        end = next((part[1] for part in parts[place:] if any(_in(span, part) for span in spans)), piece[1])
        end = min(end, against.start())
        advised = {kind for span, kind in things if _in(span, (piece[0], end))}
        wished = {kind for (start, _), kind in things if start > against.start()}
        if advised & wished:
            found.append((piece[0], end))
    return found


def _is_of_another(text: str) -> bool:
    """«Муж», «все вокруг»: who advises is not the visitor."""
    said = words(text)
    if {"я", "мы"} & {*said}:
        return False
    return any(word in ("все", "они", "он", "она") or {"anim", "nomn"} <= grammemes(word) for word in said)


def _in(span: Span, piece: Span) -> bool:
    return piece[0] <= span[0] < piece[1]
