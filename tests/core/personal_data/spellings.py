"""Valid numbers made up, and the many ways in which people type one."""

from __future__ import annotations

from hypothesis import strategies as st

SEPARATORS = (" ", "-", ".", "\u00a0", "  ", " - ", "–", "\u2009", "/")
FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")
BOLD = str.maketrans("0123456789", "𝟎𝟏𝟐𝟑𝟒𝟓𝟔𝟕𝟖𝟗")
INVISIBLE = ("\u200b", "\u200d", "\u00ad", "\u2060", "\u0336")

digits = st.text("0123456789", min_size=1)


def _digits(count: int) -> st.SearchStrategy[str]:
    return st.text("0123456789", min_size=count, max_size=count)


@st.composite
def cards(draw: st.DrawFn) -> str:
    prefix = draw(st.sampled_from(["2200", "2202", "4276", "5469", "3782", "6011", "4000", "5536"]))
    body = prefix + draw(_digits(draw(st.sampled_from([11, 11, 11, 10, 14]))))
    for last in "0123456789":
        doubled = [int(digit) * (1 + place % 2) for place, digit in enumerate(reversed(body + last))]
        if sum(value - 9 * (value > 9) for value in doubled) % 10 == 0:
            return body + last
    raise AssertionError


@st.composite
def snils(draw: st.DrawFn) -> str:
    number = draw(st.integers(1_002_000, 999_999_999))
    body = f"{number:09d}"
    total = sum(int(digit) * (9 - place) for place, digit in enumerate(body))
    control = total if total < 100 else total % 101
    return f"{body}{control % 100:02d}" if control != 101 else f"{body}00"


@st.composite
def inns(draw: st.DrawFn) -> str:
    region = f"{draw(st.integers(1, 99)):02d}"

    def control(number: str, weights: list[int]) -> str:
        return str(sum(int(n) * w for n, w in zip(number, weights, strict=True)) % 11 % 10)

    if draw(st.booleans()):
        body = region + draw(_digits(7))
        return body + control(body, [2, 4, 10, 3, 5, 9, 4, 6, 8])
    body = region + draw(_digits(8))
    body += control(body, [7, 2, 4, 10, 3, 5, 9, 4, 6, 8])
    return body + control(body, [3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8])


def mobiles() -> st.SearchStrategy[str]:
    return st.builds(lambda code, rest: f"9{code}{rest}", _digits(2), _digits(7))


@st.composite
def grouped(draw: st.DrawFn, number: str, *sizes: tuple[int, ...]) -> str:
    """The number in one of the groupings, or in one piece, with one separator throughout."""
    chosen = draw(st.sampled_from([sum_ for sum_ in sizes if sum(sum_) == len(number)] or [(len(number),)]))
    at, groups = 0, []
    for size in chosen:
        groups.append(number[at : at + size])
        at += size
    return draw(st.sampled_from(SEPARATORS)).join(groups)


@st.composite
def disguised(draw: st.DrawFn, text: str) -> str:
    way = draw(st.sampled_from(["plain", "wide", "bold", "invisible", "keycaps"]))
    if way == "wide":
        return text.translate(FULL_WIDTH)
    if way == "bold":
        return text.translate(BOLD)
    if way == "invisible":
        return draw(st.sampled_from(INVISIBLE)).join(text)
    if way == "keycaps":
        return "".join(f"{char}\ufe0f\u20e3" if char.isdecimal() else char for char in text)
    return text
