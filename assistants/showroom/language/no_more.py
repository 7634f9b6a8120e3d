"""What repeats the sum that bounds the price: «до трёх миллионов … больше не потяну».

Knows how Russian says that no more is paid, in a clause of its own. Refuses to know the sum (`bounds.py`),
and the same words right behind it (`spoken_sums.py`).
"""

from __future__ import annotations

import re

from assistants.showroom.language.spans import Span

_PAYS = (
    r"(?:(?:по)?тян|вытя[нг]|осил|вытащ|готов|дам\b|дадим\b|мо[гж]|смо[гж]|хват|(?:по)?трат|потрач|плани"
    r"|рассчит|заплат|плач|позвол|получ|влез|впис|хочу\b|хотим\b|хотел|хочется)\w*"
)
_WHO = r"(?:уже|точно|мы|я|нам|мне|нас|у нас|у меня|просто|увы|к сожалению|пока|никак|все равно|все|денег)"
_END = r"(?=\s*(?:[.,;!…)]|$))"
# «До пяти есть один, больше нет?» asks for others.
_CLAUSE = re.compile(
    rf"(?:(?<=[.,;!?…)])|(?<=[—–-]))\s*(?:(?:а|и|но|{_WHO}) )*(?:больше|дороже|выше|свыше|более)(?: {_WHO})*"
    rf" (?:не {_PAYS}(?: \w+ть(?:ся)?)?|нет|нету|никак)(?: {_WHO})*{_END}"
)


def no_more(spelling: str, *, capped: bool) -> list[Span]:
    """Where a clause says no more than that the upper bound of the price is one; `capped`: one is set."""
    return [match.span() for match in _CLAUSE.finditer(spelling)] if capped else []
