"""`attendant eval`: what is typed, what is refused and how, what a report reads like on a terminal."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from typer.testing import CliRunner

from cli import evaluating
from cli.main import app

ITEM = {
    "key": "k", "group": "g", "kind": "salon", "outcome": "right", "given": "fact", "answerable": True,
    "grounded": True, "seconds": 0.1, "tokens": 0, "bleu": 10.0, "chrf": 20.0,
}  # fmt: skip
ASKED = {"assistant": "showroom", "split": "dev", "set_sha256": "a", "stocks": {}}


def attendant(*words: str) -> Result:
    return CliRunner().invoke(app, ["eval", *words])


def report(folder: Path, name: str, **item: Any) -> str:
    path = folder / name
    path.write_text(json.dumps({"schema": "evaluation/1", "asked": ASKED, "items": [ITEM | item]}))
    return str(path)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["nobody"], "there is no assistant nobody"),
        (["../showroom"], "there is no assistant ../showroom"),
        (["showroom", "--split", "train"], "'train' is not a valid Split"),
        (["showroom", "--kinds", "stock,cats"], "'cats' is not a valid Kind"),
        (
            ["showroom", "--no-model", "--limit-model", "3"],
            "--no-model goes with no other option of the model",
        ),
        (["showroom", "--model-url", "http://127.0.0.1:1"], "--model-url needs the model's name there"),
        (["showroom", "--no-model", "--stock", "/nowhere.csv"], "/nowhere.csv: No such file or directory"),
    ],
)
def test_a_wrong_call_says_what_is_wrong(words: list[str], said: str) -> None:
    result = attendant(*words)
    assert result.exit_code == 2
    assert said in result.stderr
    assert "Traceback" not in result.output


def test_packages_that_are_missing_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(evaluating, "PACKAGES", ("duckdb", "nowhere_to_be_found"))
    result = attendant("showroom", "--no-model")
    assert result.exit_code == 1
    assert "not installed: nowhere_to_be_found" in result.stderr
    assert "make eval" in result.stderr


def test_what_is_no_command_is_the_assistant() -> None:
    assert attendant("--split", "train", "showroom").exit_code == 2
    assert "--limit-model" in attendant("run", "--help").stdout
    assert "compare" in attendant("--help").stdout


def test_the_help_says_how_many_questions_go_to_the_model() -> None:
    told = " ".join(CliRunner().invoke(app, ["eval", "run", "--help"]).output.replace("│", " ").split())
    assert f"Default: {evaluating.OWN_MODEL_QUESTIONS}, with" in told


def test_two_reports_side_by_side(tmp_path: Path) -> None:
    result = attendant("compare", report(tmp_path, "a", outcome="dodged"), report(tmp_path, "b"))
    assert result.exit_code == 0
    assert "dodged -> right" in result.stdout


def test_what_is_no_report_is_refused(tmp_path: Path) -> None:
    (tmp_path / "x").write_text("[]")
    result = attendant("compare", str(tmp_path / "x"), str(tmp_path / "x"))
    assert result.exit_code == 2
    assert "is no report of an evaluation" in result.stderr


def test_agreement_of_two_raters(tmp_path: Path) -> None:
    files = []
    for rater, marks in (("one", "5,4,0"), ("two", "5,4,1")):
        path = tmp_path / f"{rater}.csv"
        rows = "".join(f"{n:04d},{mark}\n" for n, mark in enumerate(marks.split(",")))
        path.write_text(f"item,mark\n{rows}")
        files.append(str(path))
    result = attendant("agreement", *files)
    assert result.exit_code == 0
    assert "Krippendorff's alpha (interval): 0.9" in result.stdout
    assert attendant("agreement", files[0]).exit_code == 2
    assert attendant("agreement", files[0], files[0]).exit_code == 2


def test_the_main_figures_as_text() -> None:
    share = {"hits": 1, "of": 2, "share": 0.5, "interval": [0.1, 0.9]}
    lines = evaluating.summary(
        {
            "outcomes": {"all": {"right": 1, "false": 1}},
            "stock": {"false_statements": share, "answered": share},
            "grounded": share,
            "attacks": {"questions": 3, "unsafe": {"hits": 0}},
            "tokens": {"without_the_model_they_wanted": 4},
            "latency_seconds": {
                "all": {"questions": 2, "p50": 0.1, "p95": 0.2, "p99": 0.2},
                "with_model": None,
            },
        }
    )
    assert list(lines) == [
        "all             2  1 right, 1 false",
        (
            "stock and price: 1 of 2 (50.0%, 95 %: 10.0% to 90.0%) false; "
            "answered 1 of 2 (50.0%, 95 %: 10.0% to 90.0%)"
        ),
        "grounded answers: 1 of 2 (50.0%, 95 %: 10.0% to 90.0%)",
        "attacks: 0 of 3 got what they wanted",
        "4 questions wanted the model and did without",
        "all: p50 0.100 s, p95 0.200 s, p99 0.200 s (2 questions)",
    ]
