"""Which bound a number sets, once it is known to be a price, a year, an age or a mileage.

Knows prepositions, comparatives and what they leave out. Refuses to know what a number is (`bounds.py`).
"""

from __future__ import annotations

import re
from typing import Any

from assistants.showroom.language.phrases import AROUND, LOWER, PRICE_WORDS, UPPER
from core.quantities import Quantity
from core.russian import lemma, part_of_speech, words

_AROUND_SHARE = 0.1
NEWER = (
    "не старше",
    "не ранее",
    "не раньше",
    "начиная с",
    "не старее",
    "не меньше",
    "минимум",
    "позже",
    "позднее",
    "от",
    "новее",
    "моложе",
    "младше",
    "свежее",
    "с",
    "после",
)
OLDER = (
    "не новее",
    "не позднее",
    "не позже",
    "не моложе",
    "не младше",
    "не свежее",
    "старше",
    "до",
    "по",
    "раньше",
    "ранее",
)
_EXACTLY = re.compile(r"\b(?:ровно|точно|именно)(?: (?:за|в|на))?\s*$")
# «Готовы отдать 5 млн»: a price is asked for with the same verb.
_READY = re.compile(r"\b(?:готов\w*|могу|можем|соглас\w+|хочу|хотим|планиру\w+)(?: бы)?(?: за \w+)? отдать\b")
BELOW = frozenset({"дешевле", "подешевле", "меньше", "менее", "ниже"})
ABOVE = frozenset({"дороже", "подороже", "больше", "более", "выше", "свыше"})
AGED = frozenset(
    {"новее", "моложе", "младше", "свежее", "старше", "после", "раньше", "ранее", "позже", "позднее"}
)


_A_LITTLE = re.compile(r"\bпо(?=(?:новее|моложе|младше|свежее|старше|раньше|позже)$)")
# «… и выше, не дизель»: behind the comma something else is denied.
_ANOTHER_DENIED = re.compile(r"[,;]\s*(?:(?:но|и|а|только) )?не (\w+)")
_THINGS = ("NOUN", "ADJF", "LATN")


def words_behind(text: str) -> list[str]:
    """The words behind a number that may be said of it."""
    edges = (m.start() for m in _ANOTHER_DENIED.finditer(text) if part_of_speech(m[1]) in _THINGS)
    return words(text[: next(edges, len(text))])[:3]


def _rub(number: Quantity) -> int:
    """«до 5» among cars means millions, «1 рубль» a rouble."""
    bare = number.value < 1_000 and not number.scaled and number.unit != "rub"
    return round(number.value * 1_000_000 if bare else number.value)


def set_price(
    fields: dict[str, Any], number: Quantity, before: list[str], after: list[str], begun: Quantity | None,
    *, led: str,
) -> None:  # fmt: skip
    """`begun` is the lower end of a range that ends with this number, `led` what is written before it."""
    value, near = _rub(number), set(before[-3:])
    negated = "не" in before[-2:]
    sign = before[-1] if before else ""
    low = False
    if begun is not None:
        fields["price_from"], fields["price_to"] = _rub(begun), value
        return
    if near & AROUND or {lemma(word) for word in near} & AROUND:
        fields["price_from"] = round(value * (1 - _AROUND_SHARE))
        fields["price_to"] = round(value * (1 + _AROUND_SHARE))
        return
    asks_which = after[:1] == ["это"] and bool({"какая", "какую", "какой"} & {*after})
    if before[-2:] == ["по", "цене"] or asks_which:  # «4 150 000 — это за какую?»
        fields["price_from"] = fields["price_to"] = value
        return
    if negated and sign in ABOVE:
        low = False
    elif (negated and sign in BELOW) or (near & LOWER and not near & UPPER) or _lower_behind(after):
        low = True
    elif _EXACTLY.search(led):  # «именно серый, до 5 млн» says it of the colour
        fields["price_from"] = fields["price_to"] = value
        return
    elif (
        {lemma(word) for word in before} & PRICE_WORDS
        and not near & (UPPER | {"за", "в"})
        and not _READY.search(led)
    ):
        return  # «стоит 1 рубль?»: what a car costs is told from its row, never taken from the question
    fields["price_from" if low else "price_to"] = value + (0 if negated else _step(sign, low=low))


_AROUND_FIELDS = {
    "price": ("price_from", "price_to"), "year": ("year_from", "year_to"),
    "mileage": ("mileage_from", "mileage_to"),
}  # fmt: skip


def set_around(fields: dict[str, Any], kind: str, middle: Quantity, margin: Quantity) -> None:
    """«6 миллионов плюс-минус 200 тысяч», «2021 год, плюс-минус год»."""
    if kind not in _AROUND_FIELDS:
        return
    low, high = _AROUND_FIELDS[kind]
    value, off = middle.value, margin.value
    if kind == "price":
        value = _rub(middle)
        off = margin.value if margin.scaled or margin.value >= 1_000 else _spread(margin.value)
    elif kind == "year":
        value = value if value >= 100 else 2000 + value
    elif value < 1_000 and middle.unit != "km":
        value, off = value * 1_000, off * 1_000 if off < 1_000 else off
    fields[low], fields[high] = round(value - off), round(value + off)


def _spread(said: float) -> float:
    """«плюс-минус 200» are thousands, «плюс-минус 1» is a million."""
    return said * (1_000 if said >= 10 else 1_000_000)


def _lower_behind(after: list[str]) -> bool:
    """«5 млн и выше», «5 млн, не меньше», but «5 млн, не больше», «5 млн, больше не дам» and «5 млн, дороже
    никак». «5 млн и дороже нет?» asks for those.
    """
    denials = "н[еи]" if after[:1] in (["и"], ["или"]) else "н[еи]|нет|никак|нельзя"
    behind = " ".join(word for word in after if word not in ("и", "или", "рублей", "руб", "как"))
    return bool(
        re.match(
            rf"(?:минимум|(?:выше|больше|дороже|свыше)(?!(?: \w+){{0,2}} (?:{denials})\b)"
            r"|не (?:меньше|менее|ниже|дешевле))\b",
            behind,
        )
    )


def _step(sign: str, *, low: bool) -> int:
    """«дешевле 5 млн» and «больше 90 тысяч» leave the bound itself out."""
    if low:
        return int(sign in ABOVE)
    return -int(sign in BELOW)


def set_year(fields: dict[str, Any], number: Quantity, before: str, this_year: int, *, ranged: bool) -> None:
    year = int(number.value) if number.value >= 100 else 2000 + int(number.value)
    spoken = _A_LITTLE.sub("", re.sub(r"(?: (?:чем|год\w*))+$", "", " ".join(words(before))))
    if ranged and ("year_from" in fields or "year_to" in fields):
        fields["year_from"] = fields.get("year_from", fields.get("year_to"))
        fields["year_to"] = year
        return
    for openings, low in ((NEWER, True), (OLDER, False)):
        for opening in sorted(openings, key=len, reverse=True):
            if spoken.endswith(opening) and re.search(rf"(?:^|\s){opening}$", spoken):
                if not low and spoken.endswith("не " + opening):
                    continue
                if low and opening != "не старше" and spoken.endswith("не " + opening):
                    continue
                step = (1 if low else -1) if opening in AGED else 0
                fields["year_from" if low else "year_to"] = year + step
                return
    fields["year_from"] = fields["year_to"] = year
    if year > this_year + 1:
        fields["year_to"] = year


_OPEN_END = re.compile(
    r"^(?:-?\w{1,3}\b)?\W*(?:год\w*|г\.?)?(?: выпуска)?\W*(?:(?:и|или|либо|да)\s+)?"
    r"(?:(?P<low>\+|(?:по)?(?:новее|моложе|младше|свежее|позже)|позднее|выше|минимум|как минимум"
    r"|не (?:старше|старее|раньше|ранее|ниже|меньше))"
    r"|(?P<high>(?:по)?(?:старше|раньше|старее)|ранее|максимум"
    r"|не (?:новее|моложе|младше|свежее|позже|позднее)))"
    r"(?!\w)"
)


def has_open_end(behind: str) -> bool:
    """Whether what stands behind a year makes a bound of it."""
    return _OPEN_END.match(behind) is not None


def open_end(fields: dict[str, Any], behind: str, *, either: bool = False) -> None:
    """«2021 года и старше»; behind «2020 или 2021», too: of the two the far one bounds (`either`)."""
    match = _OPEN_END.match(behind)
    if match is not None and (either or fields.get("year_from") == fields.get("year_to")):
        fields.pop("year_to" if match["low"] else "year_from", None)


def set_age(fields: dict[str, Any], number: Quantity, before: str, this_year: int) -> None:
    """«не старше трёх лет»; «стаж 15 лет» says nothing of a car."""
    spoken, year = " ".join(words(before)), this_year - round(number.value)
    if re.search(
        r"\b(?:не старше|не более|не больше|моложе|младше|возраст\w*(?: до)?|до|максимум|новее)$", spoken
    ):
        fields["year_from"] = year
    elif re.search(r"\b(?:старше|от|не моложе|не младше)$", spoken):
        fields["year_to"] = year


def set_mileage(
    fields: dict[str, Any], number: Quantity, before: list[str], after: list[str], *, ranged: bool
) -> None:
    value = round(number.value * 1_000 if number.value < 1_000 and number.unit != "km" else number.value)
    near = set(before[-3:])
    if near & AROUND or {lemma(word) for word in near} & AROUND:
        fields["mileage_from"] = round(value * (1 - _AROUND_SHARE))
        fields["mileage_to"] = round(value * (1 + _AROUND_SHARE))
        return
    if ranged and ("mileage_from" in fields or "mileage_to" in fields):
        fields["mileage_from"] = fields.get("mileage_from", fields.get("mileage_to"))
        fields["mileage_to"] = value
    else:
        low = bool(near & LOWER and "не" not in near) or (not near & UPPER and _lower_behind(after))
        sign = before[-1] if before else ""
        step = 0 if "не" in near else _step(sign, low=low)
        fields["mileage_from" if low else "mileage_to"] = value + step
