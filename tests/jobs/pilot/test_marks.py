"""Marked sheets come back: unblinded, counted by dialogue, refused where they are broken."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from core.errors import EvaluationRefused
from jobs.pilot.marks import Judgement, marked, unblinded

HEAD = "item;dialogue;question;a;b;mark_a;mark_b;better;comment\n"
KEY = {
    "00001": {"id": "q1", "dialogue": "1", "a": "operator"},
    "00002": {"id": "q2", "dialogue": "1", "a": "assistant"},
    "00003": {"id": "q3", "dialogue": "2", "a": "assistant"},
}


def test_sides_are_told_apart(tmp_path: Path) -> None:
    sheet, key = tmp_path / "one.csv", tmp_path / "key.json"
    rows = "1;1;В;х;у;2;5;;\n00002;1;В;х;у;4,5;3;А;\n3;2;В;х;у;1;5;одинаково;\n"
    sheet.write_bytes((HEAD + rows).encode("cp1251"))
    key.write_text(json.dumps(KEY))
    found = unblinded([sheet], key)
    assert found.operator.value == pytest.approx((2 + 3 + 5) / 3)
    assert found.assistant.value == pytest.approx((5 + 4.5 + 1) / 3)
    assert (found.assistant_preferred, found.operator_preferred, found.same) == (1, 0, 1)


def test_the_sign_test_and_its_interval() -> None:
    given = [
        Judgement("r", f"{n}", f"d{n}", 2.0, 4.0 if n < 16 else 1.0, 1 if n < 16 else -1) for n in range(20)
    ]
    found = marked(given)
    assert found.p == pytest.approx(0.01181793, abs=1e-7)  # 2 * P(X >= 16), X ~ B(20, 1/2): 12392 / 2**20
    assert found.share.low == pytest.approx(0.5840, abs=1e-4)
    assert found.share.high == pytest.approx(0.9193, abs=1e-4)
    assert found.difference.value == pytest.approx(16 / 20 * 2 - 4 / 20)


def test_raters_of_one_dialogue_have_one_vote() -> None:
    given = [Judgement(f"r{r}", "1", "d", 1.0, 5.0, 1) for r in range(10)]
    assert marked(given).assistant_preferred == 1
    assert marked(given).p == 1.0


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ("9;1;В;х;у;2;5;;\n", "line 2: the key has no item 00009"),
        ("1;1;В;х;у;2;5;;\n1;1;В;х;у;2;5;;\n", "line 3: the item 00001 stands there twice"),
        ("1;1;В;х;у;2;;;\n", "line 2: one of the two answers has no mark"),
        ("1;1;В;х;у;2;7;;\n", "line 2: 7 is not between 0 and 5"),
        ("1;1;В;х;у;2;5;лучше;\n", "line 2: better 'лучше' is none of a, b and same"),
        ("1;1;В;х;у;;;;\n", "no answer in it is marked"),
    ],
)
def test_marks_that_are_none(tmp_path: Path, rows: str, said: str) -> None:
    sheet, key = tmp_path / "one.csv", tmp_path / "key.json"
    sheet.write_text(HEAD + rows, encoding="utf-8")
    key.write_text(json.dumps(KEY))
    with pytest.raises(EvaluationRefused, match=re.escape(said)):
        unblinded([sheet], key)


def test_a_key_that_is_none(tmp_path: Path) -> None:
    sheet, key = tmp_path / "one.csv", tmp_path / "key.json"
    sheet.write_text(HEAD, encoding="utf-8")
    for text in ("{", '{"0001": "q1"}', '{"1": {"id": "q", "dialogue": "d", "a": "me"}}'):
        key.write_text(text)
        with pytest.raises(EvaluationRefused, match="is no key of side-by-side sheets"):
            unblinded([sheet], key)
