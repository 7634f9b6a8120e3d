"""Phones, bank cards, SNILS, INN and passports: what a run of digits is.

Knows check digits, lengths and groupings, and which words speak for which number. What has a check digit is
taken whenever it is right; what has none needs a shape of its own or a word beside it. Refuses prices: a
window of groups that reads as an amount of money or as years is none of these unless a word says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from core.personal_data.digits import Chain, Group, chains
from core.personal_data.folding import Folded
from core.personal_data.kinds import Candidate, Kind

SHORTEST, LONGEST = 6, 19
_SAID = {
    Kind.PASSPORT: re.compile(r"паспорт|сери[яюией]|загран|удостоверени|документ"),
    Kind.SNILS: re.compile(r"снилс|страхов\w* (?:номер|свидетельств)"),
    Kind.INN: re.compile(r"\bинн\b"),
    Kind.CARD: re.compile(r"\bкарт(?:а|ы|у|е|ой|очк\w+)\b|\bcard\b|\bvisa\b|\bмир\b|mastercard|сбер|\bпан\b"),
    Kind.PHONE: re.compile(
        r"\bт(?:ел)?\b|телефон|\bмоб|сотов|звон|набер|наби?ра|ватсап|вотсап|вацап|whats|telegram|телеграм|viber|вайбер"
        r"|\bсвяз|трубк|\bсмс\b|\bномер\w*\b"
    ),
}
_PHONE_BY_NAME = re.compile(r"\bтел\b|телефон|\bмоб|сотов|звон|набер|наби?ра|whats|ватсап|вотсап")
_NEIGHBOURS = re.compile(r"375|380|37[1-4]|99[2-68]|49|33|44|39|34|90|86|97[12]")
_WITH_A_CITY = {(3, 3, 2, 2), (3, 3, 4), (3, 7), (4, 2, 2, 2)}
_EXTENSION = re.compile(r"[\s,.;(]*(?:доб(?:авочный)?|вн(?:утр\w*)?|ext)[\s.:]*(\d{1,5})\)?")
_YEAR = re.compile(r"(?:19|20)\d\d")
_SNILS_WITHOUT_CHECK = 1_001_998
_ALONE, _SHAPED, _SAID_SO = 1, 2, 4


@dataclass(frozen=True, slots=True)
class _Window:
    """Some neighbouring groups of a chain."""

    groups: tuple[Group, ...]
    plus: bool
    before: str
    after: str

    @property
    def digits(self) -> str:
        return "".join(group.digits for group in self.groups)

    @property
    def sizes(self) -> tuple[int, ...]:
        return tuple(len(group.digits) for group in self.groups)

    def said(self, kind: Kind) -> bool:
        return _said_kind(self.before, self.after) is kind


@lru_cache(maxsize=1024)
def _said_kind(before: str, after: str) -> Kind | None:
    """What the word nearest before speaks for, or one after where none stands before."""
    nearest, at = None, 0
    for kind, words in _SAID.items() if before else ():
        ends = max((match.end() for match in words.finditer(before)), default=0)
        nearest, at = (kind, ends) if ends > at else (nearest, at)
    if nearest is None and after:
        return next((kind for kind, words in _SAID.items() if words.search(after)), None)
    return nearest


def numbers(folded: Folded) -> Iterator[Candidate]:
    for chain in chains(folded, at_least=SHORTEST):
        at = 0
        while at < len(chain.groups):
            best = max(_readings(chain, at), key=lambda each: each[0], default=None)
            if best is None:
                at += 1
                continue
            _, kind, to = best
            groups = chain.groups[at:to]
            yield _candidate(folded, kind, groups)
            at = to


def _candidate(folded: Folded, kind: Kind, groups: tuple[Group, ...]) -> Candidate:
    start, end = groups[0].start, groups[-1].end
    digits = "".join(group.digits for group in groups)
    if kind is Kind.PHONE:
        while start and folded.text[start - 1] in "+(":
            start -= 1
        extension = _EXTENSION.match(folded.lower, end)
        end = extension.end() if extension else end
        return Candidate(kind, start, end, digits[-10:])
    return Candidate(kind, start, end, digits)


def _readings(chain: Chain, at: int) -> Iterator[tuple[tuple[int, int], Kind, int]]:
    """(how sure and how long, what, up to which group) for every window that begins at this group."""
    length = 0
    for to in range(at + 1, len(chain.groups) + 1):
        length += len(chain.groups[to - 1].digits)
        if length > LONGEST:
            return
        if length < SHORTEST:
            continue
        window = _Window(
            chain.groups[at:to],
            plus=chain.plus if at == 0 else "+" in chain.groups[at].gap,
            before=chain.before if at == 0 else "",
            after=chain.after if to == len(chain.groups) else "",
        )
        for kind, sure in _kinds(window):
            yield (sure, length), kind, to


def _kinds(window: _Window) -> Iterator[tuple[Kind, int]]:
    phone = _phone(window)
    if phone:
        yield Kind.PHONE, phone + _SAID_SO * window.said(Kind.PHONE)
    for kind, holds in ((Kind.CARD, is_card), (Kind.SNILS, is_snils), (Kind.INN, is_inn)):
        if holds(window.digits):
            said = window.said(kind)
            if said or not _is_amount(window):
                yield kind, _SAID_SO * said + (_SHAPED if _shaped(kind, window) else _ALONE)
    passport = _passport(window)
    if passport:
        yield Kind.PASSPORT, passport


def is_card(digits: str) -> bool:
    """Luhn over 13 to 19 digits that begin as those of the payment systems do."""
    if not 13 <= len(digits) <= 19 or digits[0] not in "23456":
        return False
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (1 + place % 2)
        total += value - 9 * (value > 9)
    return total % 10 == 0


def is_snils(digits: str) -> bool:
    """Eleven digits with their control number; the oldest numbers carry none and are not recognised."""
    if len(digits) != 11 or int(digits[:9]) <= _SNILS_WITHOUT_CHECK:
        return False
    total = sum(int(digit) * weight for digit, weight in zip(digits, range(9, 0, -1), strict=False))
    return total % 101 % 100 == int(digits[9:])


def is_inn(digits: str) -> bool:
    """Ten digits of an organisation or twelve of a person, with their control digits."""
    if not int(digits):
        return False
    if len(digits) == 10:
        return _control(digits, (2, 4, 10, 3, 5, 9, 4, 6, 8)) == digits[9]
    if len(digits) == 12:
        eleventh = _control(digits, (7, 2, 4, 10, 3, 5, 9, 4, 6, 8))
        twelfth = _control(digits, (3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8))
        return eleventh + twelfth == digits[10:]
    return False


def _control(digits: str, weights: tuple[int, ...]) -> str:
    return str(sum(int(digit) * weight for digit, weight in zip(digits, weights, strict=False)) % 11 % 10)


def _shaped(kind: Kind, window: _Window) -> bool:
    if kind is Kind.CARD:
        return window.sizes in {(4, 4, 4, 4), (16,), (4, 6, 5), (4, 4, 4, 4, 3), (4, 4, 4, 4, 2)}
    if kind is Kind.SNILS:
        return window.sizes == (3, 3, 3, 2)
    return window.sizes == (12,)


def _phone(window: _Window) -> int:
    """How surely this is a phone: 0 for not at all."""
    digits, length = window.digits, len(window.digits)
    if window.plus:
        return _SHAPED * (length == 11 if digits[0] == "7" else 9 <= length <= 15)
    if length <= 7:
        return _ALONE * _is_local_phone(window)
    forms = (
        length == 11 and digits[0] in "78" and digits[1] in "34689" and not _is_amount(window),
        length == 11 and digits[:2] == "77",
        length == 10 and digits[0] == "9" and not _is_amount(window),
        length == 10 and digits[0] in "3489" and window.sizes in _WITH_A_CITY,
        11 <= length <= 13 and _NEIGHBOURS.match(digits) and window.said(Kind.PHONE),
        length == 14 and digits.startswith("810"),
    )
    return _SHAPED * any(forms)


def _is_local_phone(window: _Window) -> bool:
    """A number without its city: by its shape, shorter and unusual ones only beside a word."""
    named = _PHONE_BY_NAME.search(window.before) is not None
    dashed = all(group.gap == "-" for group in window.groups[1:])
    if window.sizes == (3, 2, 2):
        return named or dashed
    return named and (window.sizes in {(3, 4), (7,)} or (window.sizes == (2, 2, 2) and dashed))


def _passport(window: _Window) -> int:
    length, said = len(window.digits), window.said(Kind.PASSPORT)
    if length == 9:
        return _SAID_SO * (said and window.sizes in {(2, 7), (9,)})
    if length != 10:
        return 0
    if said:
        return _SAID_SO
    series = "".join(group.digits for group in window.groups[:-1])
    shaped = window.sizes in {(4, 6), (2, 2, 6)} and not _YEAR.fullmatch(series)
    return _SHAPED * shaped


def _is_amount(window: _Window) -> bool:
    """«4 690 000», «4 690 000 – 5 890 000», «4690000-5890000», «2023 4690000», «2021 2022 2023»."""
    groups = window.groups
    if any(group.spoken for group in groups):
        return False
    if len(groups) > 1 and all(_YEAR.fullmatch(group.digits) for group in groups):
        return True
    if len(groups) > 1 and _YEAR.fullmatch(groups[0].digits):
        groups = groups[1:]
        if len(groups) == 1:
            return 5 <= len(groups[0].digits) <= 8
    parts: list[list[Group]] = []
    for group in groups:
        if parts and _goes_on_in_thousands(parts[-1], group):
            parts[-1].append(group)
        else:
            parts.append([group])
    ranged = len(parts) == 2 and "-" in parts[1][0].gap
    return len(parts) <= 2 and all(_one_amount(part, plain=ranged) for part in parts)


def _goes_on_in_thousands(part: list[Group], group: Group) -> bool:
    """Up to a milliard, unless it is a round sum."""
    if group.gap not in {" ", "."} or len(group.digits) != 3:
        return False
    return group.digits == "000" or sum(len(each.digits) for each in part) <= 6


def _one_amount(part: list[Group], *, plain: bool) -> bool:
    """`plain`: a group of its own may be an amount, as in a range."""
    sizes, first = [len(group.digits) for group in part], part[0].digits
    if first.startswith("0"):
        return False
    if len(sizes) == 1:
        return plain and 5 <= sizes[0] <= 8 and first.endswith("000" if sizes[0] == 8 else "0")
    return sizes[0] <= 3 and sum(sizes) >= 5
