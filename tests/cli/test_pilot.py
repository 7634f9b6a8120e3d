"""`attendant pilot` from the command line, against the API in memory."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

HEAD = "id;asked_at;dialogue;question;operator_answer\n"


@pytest.fixture
def support(tmp_path: Path) -> Path:
    path = tmp_path / "support.csv"
    rows = "".join(f"q{n};02.10.2026 9:{n:02};d{n // 2};Вопрос {n}?;Ответ {n}\n" for n in range(6))
    path.write_bytes((HEAD + rows).encode("cp1251"))
    return path


def shadow(attendant, support: Path, tmp_path: Path, *words: str):
    output = str(tmp_path / "out")
    return attendant("pilot", "shadow", str(support), "--output", output, "--pace", "6000/min", *words)


def test_from_questions_to_marks(attendant, api, support: Path, tmp_path: Path) -> None:
    done = shadow(attendant, support, tmp_path, "--blind", "--raters", "2")
    assert done.exit_code == 0, done.stderr
    assert "6 questions of 3 dialogues, 0 without an answer" in done.stdout
    assert api.erased == api.sessions == ["s0", "s1", "s2"]
    again = shadow(attendant, support, tmp_path, "--blind", "--raters", "2")
    assert again.exit_code == 0
    assert len(api.turns) == 6
    sheets = []
    for rater in (1, 2):
        path = tmp_path / "out" / f"sheet-rater-{rater}.csv"
        rows = list(csv.DictReader(path.open(encoding="utf-8-sig")))
        for row in rows:
            told = {"a": row["a"], "b": row["b"]}
            row |= {
                f"mark_{side}": "5" if text.startswith("Ответ на") else "3" for side, text in told.items()
            }
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(rows[0]))
            writer.writeheader()
            writer.writerows(rows)
        sheets.append(str(path))
    told = attendant("pilot", "marks", *sheets, "--key", str(tmp_path / "out" / "sheet-key.json"))
    assert told.exit_code == 0, told.stderr
    assert "assistant              5.00" in told.stdout
    assert "preferred in 3 of 3 dialogues" in told.stdout
    assert "alpha (interval): 1.000" in told.stdout


def test_limits_are_waited_for_and_refusals_are_rows(attendant, api, support: Path, tmp_path: Path) -> None:
    api.moods = ["full", "broken", "fine", "invalid"]
    done = shadow(attendant, support, tmp_path)
    assert done.exit_code == 0, done.stderr
    assert "1 without an answer" in done.stdout
    assert "(ответа нет)" in (tmp_path / "out" / "sheet-rater-1.csv").read_text("utf-8-sig")


def test_a_line_that_is_down_is_a_sentence(attendant, api, support: Path, tmp_path: Path) -> None:
    api.moods = ["fine"] * 3 + ["broken"] * 4
    broken = shadow(attendant, support, tmp_path)
    assert broken.exit_code == 1
    assert "the same command goes on from here" in broken.stderr
    assert api.erased == api.sessions
    assert shadow(attendant, support, tmp_path).exit_code == 0


def test_a_broken_file_is_a_sentence(attendant, tmp_path: Path) -> None:
    path = tmp_path / "support.csv"
    path.write_bytes(b"\xff\xfe\x00")
    refused = shadow(attendant, path, tmp_path)
    assert refused.exit_code == 2
    assert "Traceback" not in refused.stderr
    assert "save it as" in refused.stderr
