"""Cars that are said to have been driven: «которая каталась», «уже ездила», «не бегала».

Knows who may be the subject of the verb. Refuses to know which cars those are.
"""

from __future__ import annotations

import re

from assistants.showroom.language.phrases import DRIVES
from core.russian import lemma

_PAST = r"\w+л(?:а|о|и|ась|ся|ось|ись)?"
# «Я уже ездил на GLE» is the visitor.
_SAID = re.compile(
    r"(?<!\bя )(?<!\bмы )\b(?:что|котор\w+|кто|она|он|они|уже|или|либо)(?: (?P<no>не|ни разу не))?"
    rf" (?:(?:уже|еще|немного|чуть|хоть раз) )?(?P<verb>{_PAST})\b(?! (?:на|по|за|к|у|с|мы|я)\b)"
    rf"|\b(?P<late>{_PAST}) уже\b"
)


def said_to_drive(spelling: str) -> list[tuple[tuple[int, int], bool]]:
    """Where it is said, and whether it says that the car was driven or was not."""
    return [
        (match.span(), match["no"] is None)
        for match in _SAID.finditer(spelling)
        if lemma(match["verb"] or match["late"]) in DRIVES
    ]
