"""A value that is corrected while it is said: «седан чёрный нет белый», «дизель, нет, бензин», and one in
another's place: «вместо чёрного белый».

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
_SIGNS = re.compile(r"не|вместо|взамен|заместо")
_INSTEAD = r"(?:вместо|взамен|заместо) (?:эт\w+ )?(?:цвета )?"
_IN_PLACE_OF = re.compile(rf"[\s,]*\b{_INSTEAD}")
_LED_INSTEAD = re.compile(rf"\b{_INSTEAD}$")
_BEFORE_IT = re.compile(r"[\s,—–-]*(?:(?:а|и|лучше|хочу|давайте|нужен|нужна|можно|есть|бы|в|на) )*")
# «Не чёрный, нет, белый», «чёрный или синий, нет, белый»: what holds then is open.
_LED = re.compile(r"\b(?:не|ни|без|кроме|и|или|да|либо|нет)[\s,]*$")


def with_corrected_values(text: str, lexicon: Lexicon) -> str:
    """The text with the value alone that holds after all."""
    spelling = normalise(text)
    if len(spelling) != len(text) or not _SIGNS.search(spelling):
        return text
    row = atoms(spelling)
    for kind in _KINDS:
        named = sorted(
            (row[each.start].start, row[each.end - 1].end, each.term.id)
            for each in lexicon.names[kind].find(row) if not is_stray(row, each)
        )  # fmt: skip
        for (start, end, value), (behind, stop, other) in pairwise(named):
            between, led = spelling[end:behind], _LED_INSTEAD.search(spelling, 0, start)
            if value != other and led is not None and _BEFORE_IT.fullmatch(between):  # «вместо чёрного белый»
                return f"{text[: led.start()]}{text[behind:]}"
            if value != other and _IN_PLACE_OF.fullmatch(between):  # «белый вместо чёрного»
                return f"{text[:end]}{text[stop:]}"
            denied = between.endswith("нет ") and may_be_genitive(
                spelling[behind:stop]
            )  # «белый, нет чёрного?»
            if value == other or denied or _LED.search(spelling, 0, start):
                continue
            if _CORRECTS.fullmatch(between):
                return with_corrected_values(f"{text[:start]}{text[behind:]}", lexicon)
    return text
