"""`attendant pilot` from the command line, against the API in memory."""

from __future__ import annotations

import csv
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from cli import pilot_report
from cli.deployment import Deployment
from tests.fakes.aws import client, make_bucket
from tests.jobs.conftest import aws, dynamodb

__all__ = ["aws", "dynamodb"]

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


CONFIG = """
[pilot]
assistant = "showroom"
salon = "Звезда"
first_day = 2026-11-10
last_day = 2026-11-11
answer_seconds = 10

[targets]
stress_answered_in_time = { at_least = 0.9 }

[runs]
loadtest = "load.json"
"""
LOAD = {
    "questions": 200,
    "promise_seconds": 10.0,
    "answered_in_time": 198,
    "within_10_seconds": 1.0,
    "lost": [],
    "twice": [],
    "answer_seconds": {"p95": 8.0},
}


@pytest.fixture
def deployed(dynamodb: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    s3 = client("s3")
    make_bucket(s3)
    outputs = {"DialoguesTable": "dialogues", "ControlTable": "control", "PublishedBucket": "published"}
    made = Deployment(outputs, _clients={"dynamodb": dynamodb, "s3": s3})
    monkeypatch.setattr(pilot_report, "find", lambda *_: made)


def report(attendant, tmp_path: Path, config: str):
    (tmp_path / "pilot.toml").write_text(config, encoding="utf-8")
    output = str(tmp_path / "out" / "report.html")
    return attendant("pilot", "report", "--config", str(tmp_path / "pilot.toml"), "--output", output)


def test_a_report_is_one_file(attendant, deployed, tmp_path: Path) -> None:
    (tmp_path / "load.json").write_text(json.dumps({"steady": LOAD}))
    done = report(attendant, tmp_path, CONFIG)
    assert done.exit_code == 0, done.stderr
    assert "stress_answered_in_time          reached      0.99" in done.stdout
    page = (tmp_path / "out" / "report.html").read_text("utf-8")
    assert "Пилот помощника: Звезда" in page
    assert f"{datetime.now(UTC):%Y}" in page


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("load.json", "none.json"), "No such file"),
        (('"showroom"', '"nobody"'), "there is no assistant nobody"),
        (("first_day = 2026-11-10", "first_day = 2026-12-10"), "last_day is before first_day"),
    ],
)
def test_a_report_that_cannot_be(attendant, deployed, tmp_path: Path, change: tuple, said: str) -> None:
    refused = report(attendant, tmp_path, CONFIG.replace(*change))
    assert refused.exit_code == 2
    assert said in refused.stderr
    assert "Traceback" not in refused.stderr
    assert not (tmp_path / "out").exists()
