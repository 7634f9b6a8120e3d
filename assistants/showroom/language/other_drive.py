"""The drive that is not wanted beside the one that is: «на заднем приводе, полный мне не нужен».

Knows that who wants one drive and denies the other says the same twice. Refuses to know which cars have
which.
"""

from __future__ import annotations

import re

from assistants.showroom.language import phrases
from assistants.showroom.language.spans import Span

_ALL, _ONE = r"полн\w+", r"(?:задн|передн)\w+"
_NOT_NEEDED = (
    r"(?:не (?:нуж\w+|надо|обязател\w+|требует\w+|интерес\w+|хоч\w+|хот\w+|треба|пригодит\w+)"
    rf"|{phrases.OF_NO_USE}|лишний|излишн\w+)"
)
_DENIED = (
    r"[^.!?]*?\b(?P<denied>{other}(?! привод)(?:,? (?:мне|нам|тут|здесь|уже|вообще|там|точно|совсем"
    rf"|(?:в|на|по|для|зимой|летом)(?: \w+)?)){{{{0,3}}}} {_NOT_NEEDED})"
)
_SIGNS = tuple(
    re.compile(rf"\b{wanted}(?: \w+)? привод\w*" + _DENIED.format(other=rf"\b{other}"))
    for wanted, other in ((_ONE, _ALL), (_ALL, _ONE))
)


def other_drive_denied(spelling: str) -> list[Span]:
    """Where the other drive is denied that nobody asked for."""
    return [match.span("denied") for sign in _SIGNS for match in sign.finditer(spelling)]
