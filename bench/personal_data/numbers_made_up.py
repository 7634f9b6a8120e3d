"""Valid bank cards, SNILS and INN made up, in sentences and in the spellings that people use.

Knows nothing of the mechanism: the check digits are computed here from their own definitions.
"""

from __future__ import annotations

import random

KINDS = ("cards", "SNILS", "INN of people", "INN of firms")
_AROUND = (
    "{}",
    "Вот: {}",
    "{}, спасибо",
    "Запишите {} и перезвоните",
    "Машина за 5 490 000, данные {}",
    "Мой: {}.",
)
_SEPARATORS = (" ", "-", "", "\u00a0", ".")
_GROUPS = {
    "cards": ((4, 4, 4, 4), (16,)),
    "SNILS": ((3, 3, 3, 2), (11,)),
    "INN of people": ((12,), (4, 4, 4)),
    "INN of firms": ((10,),),
}
_WIDE = str.maketrans("0123456789", "０１２３４５６７８９")


def spelled(kind: str, chance: random.Random, count: int) -> list[tuple[str, int, int]]:
    """Texts with the place of the number in each."""
    texts = []
    for _ in range(count):
        number = _number(kind, chance)
        groups, at = [], 0
        for size in chance.choice(_GROUPS[kind]):
            groups.append(number[at : at + size])
            at += size
        written = _typed(chance.choice(_SEPARATORS).join(groups), chance)
        before, _, after = chance.choice(_AROUND).partition("{}")
        texts.append((before + written + after, len(before), len(before) + len(written)))
    return texts


def _typed(text: str, chance: random.Random) -> str:
    """One in ten with full-width digits, one in ten with invisible signs."""
    way = chance.random()
    return text.translate(_WIDE) if way < 0.1 else "\u200b".join(text) if way < 0.2 else text


def _number(kind: str, chance: random.Random) -> str:
    def digits(count: int) -> str:
        return "".join(chance.choices("0123456789", k=count))

    if kind == "cards":
        return _with_luhn(chance.choice(("2200", "4276", "5469", "5536", "4111")) + digits(11))
    if kind == "SNILS":
        body = f"{chance.randint(2_000_000, 999_999_999):09d}"
        total = sum(int(digit) * (9 - place) for place, digit in enumerate(body)) % 101 % 100
        return f"{body}{total:02d}"
    if kind == "INN of firms":
        body = f"{chance.randint(1, 99):02d}" + digits(7)
        return body + _control(body, (2, 4, 10, 3, 5, 9, 4, 6, 8))
    body = f"{chance.randint(1, 99):02d}" + digits(8)
    body += _control(body, (7, 2, 4, 10, 3, 5, 9, 4, 6, 8))
    return body + _control(body, (3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8))


def _control(body: str, weights: tuple[int, ...]) -> str:
    return str(sum(int(digit) * weight for digit, weight in zip(body, weights, strict=True)) % 11 % 10)


def _with_luhn(body: str) -> str:
    total = 0
    for place, digit in enumerate(reversed(body)):
        doubled = int(digit) * (2 - place % 2)
        total += doubled - 9 * (doubled > 9)
    return body + str(-total % 10)
