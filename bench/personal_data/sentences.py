"""Labelled sentences: `{имя:…}` and `{адрес:…}` must be found, `{?:…}` may be.

The optional ones are public figures. `dev.txt` may be looked at by whoever works on the mechanism, `test.txt`
only as a sum.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parent
KINDS = ("имя", "адрес")
OPTIONAL = "?"
_MARK = re.compile(r"\{(имя|адрес|\?):([^{}]*)\}")

Span = tuple[str, int, int]


@dataclass(frozen=True)
class Sentence:
    text: str
    marked: tuple[Span, ...]


def read(part: str) -> Iterator[Sentence]:
    for line in (FOLDER / f"{part}.txt").read_text(encoding="utf-8").splitlines():
        text, at, marked = "", 0, []
        for match in _MARK.finditer(line):
            text += line[at : match.start()]
            marked.append((match[1], len(text), len(text) + len(match[2])))
            text += match[2]
            at = match.end()
        yield Sentence(text + line[at:], tuple(marked))


@dataclass
class Score:
    """Of one kind: found (more than half of it), false, missed, and how many have the very borders."""

    found: int = 0
    false: int = 0
    missed: int = 0
    exact: int = 0

    @property
    def precision(self) -> float:
        return self.found / max(1, self.found + self.false)

    @property
    def recall(self) -> float:
        return self.found / max(1, self.found + self.missed)

    @property
    def f1(self) -> float:
        return 2 * self.precision * self.recall / max(1e-9, self.precision + self.recall)

    def add(self, kind: str, marked: tuple[Span, ...], answered: list[Span]) -> None:
        wanted = [span for span in marked if span[0] == kind]
        given = [span for span in answered if span[0] == kind]
        allowed = [*wanted, *(span for span in marked if span[0] == OPTIONAL)]
        for span in wanted:
            hit = any(_overlap(span, other) * 2 > span[2] - span[1] for other in given)
            self.found += hit
            self.missed += not hit
            self.exact += span in given
        self.false += sum(not any(_overlap(span, other) for other in allowed) for span in given)


def _overlap(one: Span, other: Span) -> int:
    return max(0, min(one[2], other[2]) - max(one[1], other[1]))
