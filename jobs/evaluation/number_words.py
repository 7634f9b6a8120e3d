"""Russian number words in every case, as the judge reads them.

Knows single words and what each counts. Refuses to know how they join (`amounts.py`), and to ask
`core.number_words`, which may be wrong in its own way.
"""

from __future__ import annotations

from functools import lru_cache

_IN_SOFT_SIGN = (
    (5, "пят"), (6, "шест"), (7, "сем"), (9, "девят"), (10, "десят"), (11, "одиннадцат"), (12, "двенадцат"),
    (13, "тринадцат"), (14, "четырнадцат"), (15, "пятнадцат"), (16, "шестнадцат"), (17, "семнадцат"),
    (18, "восемнадцат"), (19, "девятнадцат"), (20, "двадцат"), (30, "тридцат"),
)  # fmt: skip
_DIGITS = (
    (5, "пять", "пяти"), (6, "шесть", "шести"), (7, "семь", "семи"), (8, "восемь", "восьми"),
    (9, "девять", "девяти"),
)  # fmt: skip


@lru_cache(maxsize=1)
def spelled() -> dict[str, float]:
    """Every case of the number words; a multiplier stands for itself."""
    table: dict[str, float] = {}

    def put(value: float, words: str) -> None:
        table.update(dict.fromkeys(words.split(), value))

    put(1, "один одна одно одного одной одну одному одним одном")
    put(2, "два две двух двум двумя")
    put(3, "три трех трем тремя")
    put(4, "четыре четырех четырем четырьмя")
    put(8, "восемь восьми восемью")
    put(40, "сорок сорока")
    put(90, "девяносто девяноста")
    put(100, "сто ста")
    put(200, "двести двухсот двумстам")
    put(300, "триста трехсот тремстам")
    put(400, "четыреста четырехсот четыремстам")
    put(1.5, "полтора полторы полутора")
    for value, stem in _IN_SOFT_SIGN:
        put(value, f"{stem}ь {stem}и {stem}ью")
    for digit, first, other in _DIGITS:
        put(digit * 100, f"{first}сот {other}сот {other}стам")
        if digit < 9:
            put(digit * 10, f"{first}десят {other}десяти")
    return table
