"""The order in which a list is wanted: «от самого дешёвого к самому дорогому», «сначала новые».

Knows how Russian asks for an order. Refuses to know «самый дешёвый», which asks for one car (`intents.py`).
"""

from __future__ import annotations

import re

from assistants.showroom.language.wish import Order

_ENDS = (
    (r"деш[её]в\w*|недорог\w*|доступн\w*|подешевле", Order.CHEAPEST, "price"),
    (r"дорог\w*|подороже", Order.DEAREST, "price"),
    (r"нов\w+|свеж\w+|молод\w+|посвежее|поновее", Order.NEWEST, "year"),
    (r"стар\w+|постарше", Order.OLDEST, "year"),
)
_BY = {
    ("price", "up"): Order.CHEAPEST, ("price", "down"): Order.DEAREST, ("year", "up"): Order.OLDEST,
    ("year", "down"): Order.NEWEST, ("mileage", "up"): Order.LEAST_MILEAGE,
    ("mileage", "down"): Order.MOST_MILEAGE,
}  # fmt: skip
_NAMES = (
    (r"цен\w+|стоимост\w+", "price"), (r"год\w*(?: выпуска)?|свежест\w+|возраст\w*", "year"),
    (r"пробег\w*", "mileage"),
)  # fmt: skip
_LOW = r"меньш\w+|наименьш\w+|мал\w+|маленьк\w+|низк\w+|минимальн\w+"
_HIGH = r"больш\w+|наибольш\w+|высок\w+|максимальн\w+"
_MOST = r"(?:сам\w+ (?:по цене )?)?"
_SORT = r"(?:,? ?(?:отсортиру\w+|сортиру\w+|упорядочи\w*|расположи\w*|разложи\w*|по порядку|в порядке|по))"


def sorted_by(text: str) -> tuple[str, Order | None]:
    """The question without the words that ask for an order, and the order."""
    for words, order, kind in _ENDS:
        others = "|".join(other for other, _, its in _ENDS if its == kind)
        for pattern in (
            rf",?\s*\bот {_MOST}(?:{words}) (?:к|до) {_MOST}(?:{others})\b",
            rf",?\s*\b(?:сначала|сперва|вперед|первыми) (?:те,? что )?{_MOST}(?:{words})\b",
            rf",?\s*\bначина\w* с(?:о)? {_MOST}(?:{words})\b",
        ):
            if match := re.search(pattern, text, re.IGNORECASE):
                return _cut(text, match), order
    for words, kind in _NAMES:
        if match := re.search(_from_end_to_end(words), text, re.IGNORECASE):
            return _cut(text, match), _BY[kind, "up" if match["low"] or match["low_"] else "down"]
        match = re.search(
            rf"{_SORT} (?:(?:в|по) )?(?P<way>возраст\w+|убыва\w+) (?:{words})"
            rf"|(?:отсортиру\w+|сортиру\w+|упорядочи\w*|расположи\w*|разложи\w*) (?:\w+ )?по (?:{words})",
            text,
            re.IGNORECASE,
        )
        if match:
            usual = "down" if kind == "year" else "up"
            way = "down" if (match["way"] or "").lower().startswith("убыва") else "up"
            return _cut(text, match), _BY[kind, way if match["way"] else usual]
    return text, None


def _from_end_to_end(words: str) -> str:
    """«От меньшего пробега к большему», «по цене от высокой к низкой»."""
    by, beside = rf"\bпо (?:{words}) ", rf" (?:{words})"
    way = rf"\bот (?:сам\w+ )?(?:(?P<low>{_LOW})|{_HIGH})"
    to = rf" (?:к|до) (?:сам\w+ )?(?:{_LOW}|{_HIGH})"
    low = way.replace("?P<low>", "?P<low_>")
    return rf",?\s*(?:{by}{way}{to}|{low}(?:{beside}{to}|{to}{beside}))"


def _cut(text: str, match: re.Match[str]) -> str:
    return f"{text[: match.start()]} {text[match.end() :]}".strip()
