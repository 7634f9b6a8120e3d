"""A value that is corrected while it is said: «седан чёрный нет белый», «дизель, нет, бензин».

Knows which two values of one kind have nothing but the correction between them. Refuses to know what else of
a question is taken back (`asides.py`), and years (`corrected_years.py`).
"""

from __future__ import annotations

import re
from itertools import pairwise

from assistants.showroom.language.lexicon import Lexicon
from assistants.showroom.language.mentions import is_stray
from assistants.showroom.language.naming import atoms
from core.russian import may_be_genitive, normalise

_KINDS = ("color", "fuel", "body")
_CORRECTS = re.compile(
    r"[\s,.…—–-]*\b(?:ой |ах |тьфу )?(?:нет|не-а)\b[\s,.…—–-]*"
    r"(?:(?:лучше|давайте|пусть|ой|уж) )*(?:(?:в|на) )?"
)
# «Не чёрный, нет, белый», «чёрный или синий, нет, белый»: what holds then is open.
_LED = re.compile(r"\b(?:не|ни|без|кроме|и|или|да|либо|нет)[\s,]*$")


def with_corrected_values(text: str, lexicon: Lexicon) -> str:
    """The text with the value alone that holds after all."""
    spelling = normalise(text)
    if len(spelling) != len(text) or "не" not in spelling:
        return text
    row = atoms(spelling)
    for kind in _KINDS:
        named = sorted(
            (row[each.start].start, row[each.end - 1].end, each.term.id)
            for each in lexicon.names[kind].find(row) if not is_stray(row, each)
        )  # fmt: skip
        for (start, end, value), (behind, stop, other) in pairwise(named):
            between = spelling[end:behind]
            denied = between.endswith("нет ") and may_be_genitive(
                spelling[behind:stop]
            )  # «белый, нет чёрного?»
            if value == other or denied or _LED.search(spelling, 0, start):
                continue
            if _CORRECTS.fullmatch(between):
                return with_corrected_values(f"{text[:start]}{text[behind:]}", lexicon)
    return text
