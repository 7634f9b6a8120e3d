"""CSV files as people save them: a byte order mark, semicolons, Windows-1251, UTF-16, columns in any order.

Knows what such a file looks like when it is broken and says which line it is, in one sentence. What it cannot
read for certain it refuses: a damaged UTF-8 file is never taken for Windows-1251. Refuses to know what the
columns mean.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from core.errors import EvaluationRefused

LARGEST_BYTES = 50_000_000
_FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")
_CYRILLIC_IN_UTF8 = re.compile(rb"(?:[\xd0\xd1][\x80-\xbf]){2}")
_CYRILLIC = re.compile("[А-яЁё]")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")


@dataclass(frozen=True)
class Row:
    """One line that is not blank, its values stripped. `place` is file and line, for who has to mend it."""

    place: str
    values: dict[str, str]

    def broken(self, why: str) -> EvaluationRefused:
        return EvaluationRefused(f"{self.place}: {why}")


def read_rows(path: Path, needed: Sequence[str]) -> Iterator[Row]:
    """Columns beyond those that are needed are given, too. Raises EvaluationRefused with file and line."""
    text = _text(path)
    rows = csv.reader(io.StringIO(text, newline=""), dialect=_dialect(text))
    try:
        header = [name.strip().lower() for name in next(rows, [])]
        _check_header(path, header, needed)
        line = rows.line_num + 1
        for values in rows:
            if any(value.strip() for value in values):
                if len(values) > len(header) and any(value.strip() for value in values[len(header) :]):
                    raise EvaluationRefused(
                        f"{path}, line {line}: {len(values)} values for {len(header)} columns; "
                        "put quotes around a text that holds the separator"
                    )
                padded = [*values, *[""] * len(header)]
                named = zip(header, padded, strict=False)
                yield Row(f"{path}, line {line}", {name: value.strip() for name, value in named})
            line = rows.line_num + 1
    except csv.Error as error:
        raise EvaluationRefused(f"{path}, line {rows.line_num}: {error}") from error


def disarmed(text: str) -> str:
    """A cell that begins like a formula would be run by a spreadsheet; what visitors write is no code."""
    return f"'{text}" if text.startswith(_FORMULA_SIGNS) else text


def _check_header(path: Path, header: Sequence[str], needed: Sequence[str]) -> None:
    if missing := [name for name in needed if name not in header]:
        columns = "columns" if len(missing) > 1 else "column"
        raise EvaluationRefused(f"{path}, line 1: no {columns} {', '.join(missing)}")
    if twice := sorted({name for name in header if name and header.count(name) > 1}):
        raise EvaluationRefused(f"{path}, line 1: the column {twice[0]} stands there twice")


def _dialect(text: str) -> type[csv.Dialect]:
    """By the separator that the header has most of."""
    header = text.partition("\n")[0]
    for separator in (";", "\t"):
        if header.count(separator) > header.count(","):
            return type("Separated", (csv.excel,), {"delimiter": separator})
    return csv.excel


def _text(path: Path) -> str:
    try:
        size = path.stat().st_size
        if size > LARGEST_BYTES:
            raise EvaluationRefused(
                f"{path}: {size / 1e6:.0f} MB; {LARGEST_BYTES / 1e6:.0f} MB are the most: split it"
            )
        data = path.read_bytes()
    except OSError as error:
        raise EvaluationRefused(f"{path}: {error.strerror or 'cannot be read'}") from error
    if not data.strip():
        raise EvaluationRefused(f"{path}: is empty")
    text = _decoded(path, data)
    if found := _CONTROL.search(text):
        line = text.count("\n", 0, found.start()) + 1
        raise EvaluationRefused(f"{path}, line {line}: holds a control character; is it a CSV file?")
    return text


def _decoded(path: Path, data: bytes) -> str:
    wide = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    try:
        return data.decode("utf-16" if wide else "utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        if not wide and not _CYRILLIC_IN_UTF8.search(data):
            try:
                text = data.decode("cp1251")
            except UnicodeDecodeError:
                text = ""
            if _CYRILLIC.search(text):
                return text
        raise EvaluationRefused(
            f"{path}, line {line}: is neither UTF-8 nor Windows-1251; save it as «CSV UTF-8»"
        ) from error
