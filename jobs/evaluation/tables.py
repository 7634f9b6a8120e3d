"""CSV files of an evaluation, read strictly: UTF-8 without a byte order mark, one header, every row whole.

Knows what a broken file looks like and says which line it is. Refuses to know what the columns mean.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from pathlib import Path

from core.errors import EvaluationRefused

_BYTE_ORDER_MARK = b"\xef\xbb\xbf"


def read_table(path: Path, columns: Sequence[str]) -> Iterator[tuple[int, dict[str, str]]]:
    """Each row with the number of its line in the file; columns may stand in any order.

    Raises EvaluationRefused that names the file and the line.
    """
    reader = csv.reader(io.StringIO(_text(path), newline=""), strict=True)
    try:
        header = next(reader)
        _check_header(path, header, columns)
        line = reader.line_num + 1
        for values in reader:
            if values and len(values) != len(header):
                raise _broken(path, line, f"{len(values)} values for {len(header)} columns")
            if values:
                yield line, dict(zip(header, values, strict=True))
            line = reader.line_num + 1
    except csv.Error as error:
        raise _broken(path, reader.line_num, str(error)) from error


def _text(path: Path) -> str:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise EvaluationRefused(f"{path}: {error.strerror or 'cannot be read'}") from error
    if data.startswith(_BYTE_ORDER_MARK):
        raise _broken(path, 1, "begins with a byte order mark; save it as UTF-8 without one")
    if b"\0" in data:
        raise _broken(path, _line_of(data, data.index(b"\0")), "holds a NUL byte")
    if not data.strip():
        raise EvaluationRefused(f"{path}: is empty")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise _broken(path, _line_of(data, error.start), "is not UTF-8") from error


def _line_of(data: bytes, at: int) -> int:
    return data.count(b"\n", 0, at) + 1


def _check_header(path: Path, header: Sequence[str], columns: Sequence[str]) -> None:
    if missing := [name for name in columns if name not in header]:
        raise _broken(path, 1, f"no column {', '.join(missing)}")
    if unknown := [name or "without a name" for name in header if name not in columns]:
        raise _broken(path, 1, f"unknown column {', '.join(unknown)}")
    if len(set(header)) != len(header):
        raise _broken(path, 1, "a column stands there twice")


def _broken(path: Path, line: int, why: str) -> EvaluationRefused:
    return EvaluationRefused(f"{path}, line {line}: {why}")
