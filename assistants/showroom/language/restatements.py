"""What a name says already, said again: «C 300 de, именно de, не просто e», «C 200 и с 4MATIC, и без».

Knows the letters that close a designation, and that one with another letter is another car. Refuses what may
be compared («с 4MATIC или без, что дешевле?») and letters of no designation.
"""

from __future__ import annotations

import re

_LETTERS = {"д": "d", "е": "e", "де": "de"}
_LETTER = r"[«\"'`]?(?P<{}>de|d|e|де|д|е)[»\"'`]?(?![\w-])(?!\s*(?:класс|class|\d))"
_DESIGNATION = re.compile(
    r"(?<![\w-])[a-zа-я]{1,3}[\s-]?\d{2,3}(?:\s?(?P<letter>de|d|e|де|д|е))?(?![\w-])(?!\s*(?:млн|тыс|лям|руб))",
    re.IGNORECASE,
)
_SAID_AGAIN = re.compile(
    r"[\s,.;:!?()—–-]*(?:\b(?:а|и|но|которые|который|что|только|чтоб\w*|это)\s+)*"
    rf"\b(?:именно\s+(?:с\s+)?(?:букв\w+\s+)?{_LETTER.format('own')}"
    r"|(?:именно\s+)?(?:не|без)\s+(?:просто\s+|только\s+|со?\s+)?(?:(?:букв|индекс|литер|приставк)\w*\s+)?"
    rf"{_LETTER.format('other')})",
    re.IGNORECASE,
)
_DRIVE = r"(?:4\s?(?:matic|матик\w*)|полн\w+\s+привод\w*)"
_EITHER_DRIVE = re.compile(
    rf",?\s*(?:(?:если\s+)?счита\w+\s+)?(?:(?:и|как|хоть|можно)\s+)*\bс\s+{_DRIVE}\s*,?\s*(?:так\s+)?"
    rf"(?:и|или|хоть|можно)\s+без(?:\s+(?:него|нее|неё|{_DRIVE}))?(?=\s*(?:[,.;!?)]|$))",
    re.IGNORECASE,
)
_COMPARED = re.compile(r"дешевле|дороже|разниц|отлич|лучше|сравн", re.IGNORECASE)


def without_restatements(text: str) -> str:
    """The text without them, where a designation says which letter it has."""
    if not _COMPARED.search(text):
        text = _EITHER_DRIVE.sub("", text)
    own = {_letter(match["letter"]) for match in _DESIGNATION.finditer(text)}

    def bare(match: re.Match[str]) -> str:
        same, other = match["own"], match["other"]
        again = _letter(same) in own if same else _letter(other) not in own
        return "" if own and again else match[0]

    return _SAID_AGAIN.sub(bare, text)


def _letter(said: str | None) -> str:
    low = (said or "").lower()
    return _LETTERS.get(low, low)
