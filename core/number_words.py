"""The words of Russian numbers: what each form counts, multiplies or measures.

Knows every form of every number word, of the multipliers and of the units. Refuses to know how they join
(`quantities.py`).
"""

from __future__ import annotations

from functools import lru_cache

from core.russian import inflections

_SMALL = {
    "ноль": 0, "нуль": 0, "один": 1, "два": 2, "три": 3, "четыре": 4, "пять": 5, "шесть": 6, "семь": 7,
    "восемь": 8,
    "девять": 9, "десять": 10, "одиннадцать": 11, "двенадцать": 12, "тринадцать": 13, "четырнадцать": 14,
    "пятнадцать": 15, "шестнадцать": 16, "семнадцать": 17, "восемнадцать": 18, "девятнадцать": 19,
    "двадцать": 20, "тридцать": 30, "сорок": 40, "пятьдесят": 50, "шестьдесят": 60, "семьдесят": 70,
    "восемьдесят": 80, "девяносто": 90, "сто": 100, "двести": 200, "триста": 300, "четыреста": 400,
    "пятьсот": 500, "шестьсот": 600, "семьсот": 700, "восемьсот": 800, "девятьсот": 900,
}  # fmt: skip
_ORDINALS = {
    "первый": 1, "второй": 2, "третий": 3, "четвертый": 4, "пятый": 5, "шестой": 6, "седьмой": 7,
    "восьмой": 8,
    "девятый": 9, "десятый": 10, "одиннадцатый": 11, "двенадцатый": 12, "тринадцатый": 13,
    "четырнадцатый": 14, "пятнадцатый": 15, "шестнадцатый": 16, "семнадцатый": 17, "восемнадцатый": 18,
    "девятнадцатый": 19, "двадцатый": 20, "тридцатый": 30, "сороковой": 40, "пятидесятый": 50,
    "шестидесятый": 60, "семидесятый": 70, "восьмидесятый": 80, "девяностый": 90, "сотый": 100,
    "двухсотый": 200, "трехсотый": 300, "четырехсотый": 400, "пятисотый": 500, "шестисотый": 600,
}  # fmt: skip
_COUNTED = {
    "пятерка": 5, "шестерка": 6, "семерка": 7, "восьмерка": 8, "девятка": 9, "десятка": 10, "десяток": 10,
    "двадцатка": 20, "тридцатка": 30, "полтинник": 50, "полтос": 50, "сотня": 100, "сотка": 100, "пара": 2,
    "тройка": 3,
}  # fmt: skip
"""Nouns for a number: «до полтинника тысяч», «за сотню тысяч»."""
_OTHER = {"полтора": 1.5, "полторы": 1.5, "полутора": 1.5, "оба": 2, "обе": 2}
_MULTIPLIERS = {"тысяча": 1e3, "миллион": 1e6, "миллиард": 1e9, "лимон": 1e6, "тыща": 1e3}
SHORT_MULTIPLIERS = {
    "млн": 1e6, "мил": 1e6, "миль": 1e6, "млрд": 1e9, "тыс": 1e3, "тыщ": 1e3, "кк": 1e6, "kk": 1e6,
    "mln": 1e6,
}  # fmt: skip
GLUED_MULTIPLIERS = {"к": 1e3, "k": 1e3, "м": 1e6, "m": 1e6, "т": 1e3, "л": None}
GENITIVES = frozenset({"тысяч", "миллионов", "лямов", "лимонов", "мультов", "тыщ", "тыс", "млн"})
LEADS_TO_A_NUMBER = frozenset(
    {
        "до", "за", "в", "на", "от", "с", "под", "около", "максимум", "минимум", "не", "больше", "дороже",
        "этак", "-", "–", "—",
    }
)  # fmt: skip
_HALVES = {"полмиллиона": 5e5, "полмиллиард": 5e8, "полтысячи": 500.0, "полмлн": 5e5}
_UNITS = {
    "rub": {"₽", "руб", "р", "рубль", "rub", "rur"},
    "km": {"км", "километр", "km"},
    "percent": {"%", "процент"},
    "year": {"год", "г", "гг", "годов"},
}


@lru_cache(maxsize=1)
def spelled() -> dict[str, tuple[float, str]]:
    """Every form of every number word -> (value, kind), kind being small, ordinal or multiplier."""
    table: dict[str, tuple[float, str]] = {}
    for words, kind in (
        (_MULTIPLIERS, "multiplier"), (_ORDINALS, "ordinal"), (_COUNTED, "noun"), (_SMALL, "small"),
    ):  # fmt: skip
        for word, value in words.items():
            table.update(dict.fromkeys(inflections(word), (float(value), kind)))
    table.update({word: (float(value), "small") for word, value in _OTHER.items()})
    table.update({word: (value, "multiplier") for word, value in SHORT_MULTIPLIERS.items()})
    table.update(dict.fromkeys(_slang(), (1e6, "multiplier")))
    table.update({word: (value, "half") for word, value in _HALVES.items()})
    return table


@lru_cache(maxsize=1)
def hundreds() -> frozenset[str]:
    """What so many hundreds are counted by: «девять сотен»; «сотка» is a hundred thousands as often."""
    return inflections("сотня")


def _slang() -> list[str]:
    """A million as it is called among friends."""
    stems = ("лям", "лямчик", "мульт", "мультик", "миллиончик", "мильон")
    return [stem + ending for stem in stems for ending in ("", "а", "ов", "ы", "и", "ам", "ах", "у")]


@lru_cache(maxsize=1)
def unit_forms() -> dict[str, str]:
    return {form: unit for unit, words in _UNITS.items() for word in words for form in inflections(word)}


@lru_cache(maxsize=1)
def multiplied() -> dict[str, float]:
    """The genitives of the multipliers."""
    table = {"миллионов": 1e6, "миллиона": 1e6, "тысяч": 1e3, "тысячи": 1e3, "тыщ": 1e3, "лимонов": 1e6}
    return {**table, **{word: 1e6 for word in _slang() if word.endswith(("ов", "а"))}}
