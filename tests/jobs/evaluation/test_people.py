"""Human marks: Krippendorff's own example, sheets that go to a spreadsheet and come back."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from core.errors import EvaluationRefused
from jobs.evaluation.agreement import agreed, alpha
from jobs.evaluation.sheets import KEY_FILE, read_marks, write_sheets

# "Computing Krippendorff's Alpha-Reliability" (2011), section C: four observers, twelve units, marks missing.
A = [1, 2, 3, 3, 2, 1, 4, 1, 2, None, None, None]
B = [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, None, 3]
C = [None, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, None]
D = [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, None]
ANSWERS = [(f"id-{n}", f"Вопрос {n}?", f"Ответ {n}; с точкой, и запятой") for n in range(20)]


def test_the_papers_own_example() -> None:
    items = [[mark for mark in unit if mark is not None] for unit in zip(A, B, C, D, strict=True)]
    assert alpha(items) == pytest.approx(0.849, abs=0.0005)


@pytest.mark.parametrize(
    ("items", "value"),
    [([[1, 1], [5, 5]], 1.0), ([[0, 5], [5, 0]], -0.5), ([[3, 3], [3, 3]], None), ([[1], [2]], None)],
)
def test_edges(items: list[list[float]], value: float | None) -> None:
    assert alpha(items) == (value if value is None else pytest.approx(value))


def test_raters_are_told_apart() -> None:
    found = agreed({"one": {"1": 5, "2": 3}, "two": {"1": 5, "2": 2, "3": 1}})
    assert (found.items, found.marks, found.same) == (2, 5, 0.5)
    assert found.mean_by_rater == {"one": 4.0, "two": pytest.approx(8 / 3)}


def test_sheets_are_blind_and_each_has_its_order(tmp_path: Path) -> None:
    one, two = write_sheets(ANSWERS, tmp_path, raters=2, seed="set")
    rows = [list(csv.DictReader(path.open(encoding="utf-8-sig"))) for path in (one, two)]
    assert [set(row) for row in rows[0][:1]] == [{"item", "question", "answer", "mark", "comment"}]
    assert sorted(row["item"] for row in rows[0]) == sorted(row["item"] for row in rows[1])
    assert [row["item"] for row in rows[0]] != [row["item"] for row in rows[1]]
    assert "id-" not in one.read_text("utf-8-sig")
    assert (tmp_path / KEY_FILE).read_text("utf-8").count("id-") == len(ANSWERS)


def test_a_question_is_no_formula(tmp_path: Path) -> None:
    (sheet,) = write_sheets(
        [("id", '=HYPERLINK("http://evil.example")', "@SUM(1)")], tmp_path, raters=1, seed="s"
    )
    (row,) = csv.DictReader(sheet.open(encoding="utf-8-sig"))
    assert row["question"].startswith("'=")
    assert row["answer"].startswith("'@")


def test_what_a_spreadsheet_saved_is_read(tmp_path: Path) -> None:
    path = tmp_path / "marked.csv"
    path.write_bytes(
        "item;question;answer;mark;comment\r\n1;Вопрос;Ответ;4,5;да\r\n2;В;О;;\r\n".encode("cp1251")
    )
    assert read_marks(path) == {"0001": 4.5}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("item,mark\n1,6\n", "line 2: 6 is not between 0 and 5"),
        ("item,mark\n1,хорошо\n", "line 2: 'хорошо' is no mark"),
        ("item,points\n1,5\n", "line 1: no column mark"),
        ("item,mark\n1,\n", "no answer in it is marked"),
    ],
)
def test_marks_that_are_none(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "marked.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(EvaluationRefused, match=said):
        read_marks(path)
