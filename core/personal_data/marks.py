"""E-mail addresses, VINs and licence plates: letters and digits in a fixed form.

Knows the forms in both alphabets and their spaced spellings. Refuses to know whose car it is: a VIN that the
salon publishes itself is sorted out by `published`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from core.personal_data.digits import said_after, said_before
from core.personal_data.folding import Folded
from core.personal_data.kinds import Candidate, Kind

_AT = r"\s{0,2}(?:@|[(\[{]\s?(?:at|собака)\s?[)\]}]|\s(?:собака|собачка|at)\s)\s{0,2}"
_DOT = r"(?:\.|\s\.\s?|\s?[(\[{](?:dot|точка)[)\]}]\s?|\s(?:точка|dot)\s)"
_LABEL = r"[^\W_](?:[\w-]{0,62}[^\W_])?"
_EMAIL = re.compile(
    rf"(?<![\w.+-])[\w+-]{{1,64}}(?:(?:\.|\sточка\s)[\w+-]{{1,64}}){{0,6}}{_AT}"
    rf"{_LABEL}(?:{_DOT}{_LABEL}){{0,4}}{_DOT}[^\W\d_]{{2,24}}(?![\w-])"
)

_VIN_SIGN = "[A-HJ-NPR-Z0-9]"
_VIN = re.compile(rf"(?<![^\W_]){_VIN_SIGN}{{17}}(?![^\W_])")
_VIN_TYPED = re.compile(r"(?<![^\W_])[A-Z0-9]{17}(?![^\W_])")
_VIN_SPACED = re.compile(r"(?<![^\W_])(?=([A-Z0-9](?:[ .\-]{0,2}[A-Z0-9]){16})(?![^\W_]))")
_VIN_SAID = re.compile(r"\bvin\b|\bвин\b|вин-?код|vin-?код|кузов|\bбин\b")
_VIN_VALUES = dict(zip("ABCDEFGHJKLMNPRSTUVWXYZ", map(int, "12345678123457923456789"), strict=True))
_VIN_WEIGHTS = (8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2)
_VIN_TYPING = str.maketrans("OQI", "001")

_L = "[ABEKMHOPCTYX]"
_REGION = r"(?:[1279]\d\d|0[1-9]|[1-9]\d)"
_RUS = r"(?:\s?(?:RUS|РУС))?"
_PLATE = re.compile(rf"(?<![^\W_]){_L}\s?\d{{3}}\s?{_L}{{2}}\s?{_REGION}{_RUS}(?![^\W_])")
_PLATE_SPELLED = re.compile(
    rf"(?<![^\W_]){_L}[\s-]?\d{{3}}[\s-]?{_L}[\s-]?{_L}(?:[\s/|-]{{0,3}}{_REGION})?{_RUS}(?![^\W_])"
)
_PLATE_OTHER = re.compile(
    rf"(?<![^\W_])(?:{_L}{{2}}\s?\d{{3,4}}|\d{{4}}\s?{_L}{{2}})\s?{_REGION}{_RUS}(?![^\W_])"
)
_PLATE_SAID = re.compile(
    r"\bг(?:ос|рз)\b|гос\.?\s?(?:номер|знак)|госномер|\bномер\w*\b|регистрацион|\bгрз\b|автобус|такси|мотоцикл|прицеп|\bмашин[аыуе]\b"
)


def emails(folded: Folded) -> Iterator[Candidate]:
    if "@" not in folded.text and not re.search(r"собак|собач|\bat\b", folded.lower):
        return
    for match in _EMAIL.finditer(folded.lower):
        yield Candidate(Kind.EMAIL, *match.span(), re.sub(r"\s", "", match.group()))


def vins(folded: Folded) -> Iterator[Candidate]:
    """Seventeen signs in one piece; in pieces where the check digit is right or a word says so."""
    for match in _VIN_TYPED.finditer(folded.latin):
        vin = match.group().translate(_VIN_TYPING)
        if is_vin(vin):
            yield Candidate(Kind.VIN, *match.span(), vin)
    for match in _VIN_SPACED.finditer(folded.latin):
        vin = re.sub(r"[ .\-]", "", match[1]).translate(_VIN_TYPING)
        said = _VIN_SAID.search(said_before(folded, match.start()))
        if len(vin) < len(match[1]) and is_vin(vin) and (said or has_check_digit(vin)):
            yield Candidate(Kind.VIN, *match.span(1), vin)


def is_vin(text: str) -> bool:
    """Seventeen of its signs, the last four of them digits, some of the others letters."""
    letters = sum(char.isalpha() for char in text)
    if not _VIN.fullmatch(text) or not text[-4:].isdecimal() or not letters:
        return False
    return 2 <= letters <= 13 or has_check_digit(text)


def has_check_digit(vin: str) -> bool:
    """Whether the ninth sign is the control digit, as North America and China demand it."""
    values = (_VIN_VALUES[char] if char.isalpha() else int(char) for char in vin)
    rest = sum(value * weight for value, weight in zip(values, _VIN_WEIGHTS, strict=True)) % 11
    return vin[8] == ("X" if rest == 10 else str(rest))


def plates(folded: Folded) -> Iterator[Candidate]:
    for pattern in (_PLATE, _PLATE_OTHER, _PLATE_SPELLED):
        for match in pattern.finditer(folded.latin):
            typed = folded.text[match.start() : match.end()]
            if (pattern is not _PLATE_SPELLED and _obvious(match.group(), typed)) or _named(folded, match):
                yield Candidate(Kind.PLATE, *match.span(), re.sub(r"[\s/|-]|RUS$", "", match.group()))


def _obvious(plate: str, typed: str) -> bool:
    """Letters and digits in one piece, or in capitals: «с 200 км 77» is a distance."""
    return not re.search(r"\s", plate[:6]) or typed.isupper()


def _named(folded: Folded, match: re.Match[str]) -> bool:
    said = said_before(folded, match.start()) + " " + said_after(folded, match.end())
    return _PLATE_SAID.search(said) is not None
