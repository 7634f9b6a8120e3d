"""«Другие цвета она не признаёт», «другие не предлагать»: beside what is wanted this refuses the others.

Knows how Russian refuses all others of a kind. Refuses to know which values are wanted: it is told which
kinds are named; where nothing of the kind is, the words stay, to be asked about.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from assistants.showroom.language import phrases

_OTHER = r"(?:друг(?:ой|ая|ое|ие|ого|их|ую|ом|им)|ин(?:ой|ая|ое|ые|ого|ых|ую)|остальн\w+)"
_OF_OTHERS = rf"(?:на |в |с |про )?{_OTHER}"
_KINDS = {
    "color": r"(?:цвет|окрас|расцветк|колер)\w*",
    "body": r"кузов\w*",
    "fuel": r"(?:топлив|двигател|мотор)\w*",
}
_SAID = r"(?: (?!(?:есть|или|нет|лучше)\b)[а-я]+){0,3}?"  # who refuses, and how
# Not what leaves them open, and not what asks whether there are any.
_REFUSES = (
    r"не (?!обязател|против|принципиал|важн|критичн|только|помеша|хуже|плох|остал|быва|име|найд|ожид|вид|был"
    r"|буд|сто[ия]|завез|приве|прода|появ|подвез)(?:надо|\w{4,})\b(?![^.!,;]*\?)"
)
_ANY = re.compile(rf"\b{_OTHER} не {phrases.UNWANTED}\w*\b(?![^.!,;]*\?)")


_OTHERS = {
    kind: re.compile(rf"\b(?:{_OF_OTHERS} {words}{_SAID} {_REFUSES}|{_REFUSES}{_SAID} {_OF_OTHERS} {words})")
    for kind, words in _KINDS.items()
}


def others_refused(spelling: str, named: Collection[str]) -> Iterator[tuple[int, int]]:
    """Where all others are refused of the kinds that are `named` as wanted."""
    for kind, refused in _OTHERS.items():
        if kind in named:
            yield from (match.span() for match in refused.finditer(spelling))
    if named:
        yield from (match.span() for match in _ANY.finditer(spelling))
