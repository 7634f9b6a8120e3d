"""CSV files as people save them: what is read, and what is refused in one sentence."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.errors import EvaluationRefused
from jobs.evaluation import spreadsheets
from jobs.evaluation.spreadsheets import read_rows

TEXT = "id;Вопрос\r\n1;Сколько стоит «GLC»?\r\n\r\n2;Есть ли тест-драйв?\r\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1251", "utf-16"])
@pytest.mark.parametrize("separator", [";", ",", "\t"])
def test_what_spreadsheets_save_is_read(tmp_path: Path, encoding: str, separator: str) -> None:
    path = tmp_path / "saved.csv"
    path.write_bytes(TEXT.replace(";", separator).encode(encoding))
    rows = list(read_rows(path, ("id", "вопрос")))
    assert [row.values["вопрос"] for row in rows] == ["Сколько стоит «GLC»?", "Есть ли тест-драйв?"]
    assert rows[1].place == f"{path}, line 4"


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "is empty"),
        (b" \n\n", "is empty"),
        (b"id,question\n1,\xd0\x9f\xd1\x80\xd0\xb8\xd0\n", "line 2: is neither UTF-8 nor Windows-1251"),
        (b"id,question\n1,\x80\x81\x82\n", "line 2: is neither UTF-8 nor Windows-1251"),
        (b"PK\x03\x04id,question", "line 1: holds a control character; is it a CSV file"),
        (b"id,text\n1,x\n", "line 1: no column question"),
        (b"text\nx\n", "line 1: no columns id, question"),
        (b"id,question,id\n1,x,2\n", "the column id stands there twice"),
        (b"id,question\n1,one, two\n", "line 2: 3 values for 2 columns; put quotes"),
    ],
)
def test_what_cannot_be_read_is_refused(tmp_path: Path, data: bytes, said: str) -> None:
    path = tmp_path / "saved.csv"
    path.write_bytes(data)
    with pytest.raises(EvaluationRefused, match=said):
        list(read_rows(path, ("id", "question")))


def test_a_file_that_is_not_there_and_one_that_is_too_large(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(EvaluationRefused, match="No such file"):
        list(read_rows(tmp_path / "none.csv", ()))
    monkeypatch.setattr(spreadsheets, "LARGEST_BYTES", 10)
    path = tmp_path / "large.csv"
    path.write_bytes(b"id,question\n")
    with pytest.raises(EvaluationRefused, match="are the most: split it"):
        list(read_rows(path, ()))
