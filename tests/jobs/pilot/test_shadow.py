"""A shadow run against an assistant in memory: nothing twice, nothing left behind, blind sheets."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from core.errors import EvaluationRefused
from jobs.evaluation.sheets import KEY_FILE
from jobs.pilot import shadow
from jobs.pilot.questions import SupportQuestion, read_questions
from jobs.pilot.shadow import Journal, ShadowAnswer
from jobs.pilot.sheets import write_sheets

HEAD = "id,asked_at,dialogue,question,operator_answer\n"
ROWS = (
    "q1,2026-10-02 09:30,d1,Есть ли GLC?,Да\n"
    "q2,2026-10-02 09:31,d1,А цвет?,Белый\n"
    "q3,02.10.2026 9:40,,Где вы?,В Москве\n"
    "q4,2026-10-02 09:32,d1,Цена?,Спросите по +7 916 123-45-67\n"
)


@dataclass
class FakeDesk:
    """`dies_at` is the question at which the process is killed; sessions know what was asked in them."""

    dies_at: str | None = None
    rudely: bool = False
    asked: dict[str, list[str]] = field(default_factory=dict)
    erased: list[str] = field(default_factory=list)

    def open(self) -> FakeOpen:
        session_id = f"s{len(self.asked)}"
        self.asked[session_id] = []
        return FakeOpen(self, session_id)

    def erase(self, session_id: str, token: str) -> None:
        if self.rudely:
            raise KeyboardInterrupt  # killed: nothing is tidied up
        assert token == f"token-{session_id}"
        self.erased.append(session_id)


@dataclass
class FakeOpen:
    desk: FakeDesk
    session_id: str

    @property
    def token(self) -> str:
        return f"token-{self.session_id}"

    def answer(self, question_id: str, text: str) -> ShadowAnswer:
        if question_id == self.desk.dies_at:
            raise KeyboardInterrupt
        self.desk.asked[self.session_id].append(question_id)
        return ShadowAnswer(
            id=question_id, state="answered", reason=None, text=f"Помощник про {text}", seconds=0.1
        )


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "support.csv"
    path.write_text(HEAD + ROWS, encoding="utf-8")
    return path


@pytest.fixture
def ask(file: Path, tmp_path: Path) -> Callable[[FakeDesk], Journal]:
    def go(desk: FakeDesk) -> Journal:
        journal = Journal.open(tmp_path / "out", shadow.described(file, "salon"))
        dialogues = read_questions(file)
        shadow.run(dialogues, desk, journal, pause_seconds=0, tell=lambda *_: None, sleep=lambda _: None)
        return journal

    return go


def test_a_dialogue_is_a_session_that_is_erased(ask) -> None:
    desk = FakeDesk()
    journal = ask(desk)
    assert desk.asked == {"s0": ["q1", "q2", "q4"], "s1": ["q3"]}
    assert desk.erased == ["s0", "s1"]
    assert set(journal.answers) == {"q1", "q2", "q3", "q4"}
    assert ask(desk).answers == journal.answers
    assert len(desk.asked) == 2


@pytest.mark.parametrize("rudely", [False, True])
def test_a_run_that_was_broken_off_goes_on(ask, tmp_path: Path, rudely: bool) -> None:
    broken = FakeDesk(dies_at="q4", rudely=rudely)
    with pytest.raises(KeyboardInterrupt):
        ask(broken)
    with (tmp_path / "out" / shadow.FILE).open("a") as file:
        file.write('{"dialogue": "d1", "ans')  # the pen fell
    desk = FakeDesk(asked={"s0": []})
    journal = ask(desk)
    assert desk.asked == {"s0": [], "s1": ["q1", "q2", "q4"], "s2": ["q3"]}
    assert desk.erased == (["s0"] if rudely else []) + ["s1", "s2"]
    assert len(journal.answers) == 4
    lines = (tmp_path / "out" / shadow.FILE).read_text("utf-8").splitlines()
    assert sum('"dialogue"' in line for line in lines) == 2


def test_another_file_is_another_run(ask, file: Path) -> None:
    ask(FakeDesk())
    file.write_text(HEAD + ROWS.replace("Где вы", "Где"), encoding="utf-8")
    with pytest.raises(EvaluationRefused, match="name another --output"):
        ask(FakeDesk())


def test_what_is_personal_is_masked_before_it_is_sent(file: Path) -> None:
    dialogue, _ = read_questions(file)
    assert "916" not in dialogue[2].operator_answer


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ("", "has a header and no question"),
        ("q1,2026-10-02,,Где?,Там\nq1,2026-10-02,,Где?,Там\n", "line 3: the id 'q1' is that of line 2"),
        ("q1,2026-13-02,,Где?,Там\n", "line 2: asked_at '2026-13-02' is no moment"),
        ("q1,,,Где?,Там\n", "line 2: asked_at is empty"),
        ("q1,2026-10-02,,,Там\n", "line 2: question is empty"),
        ("q1,2026-10-02,d,Где?,Там\nq2,2026-10-01,d,А?,Б\n", "line 3: asked_at is before that of line 2"),
    ],
)
def test_rows_that_are_none(tmp_path: Path, rows: str, said: str) -> None:
    path = tmp_path / "support.csv"
    path.write_text(HEAD + rows, encoding="utf-8")
    with pytest.raises(EvaluationRefused, match=re.escape(said)):
        read_questions(path)


def rows_of(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(path.open(encoding="utf-8-sig")))


def sheets(folder: Path, count: int = 40, **options) -> list[Path]:
    dialogues: list[list[SupportQuestion]] = []
    for number in range(count):
        pair = [
            SupportQuestion(f"q{number}.{step}", f"d{number}", None, f"В {number}?", f"О {number}.{step}")
            for step in range(2)
        ]
        dialogues.append(pair)
    answers = {
        q.id: ShadowAnswer(
            id=q.id, state="answered", reason=None, text=f"<script>П {q.id}</script>", seconds=1
        )
        for dialogue in dialogues
        for q in dialogue
    }
    return write_sheets(dialogues, answers, folder, seed="s", **options)


def test_an_open_sheet_stands_side_by_side(tmp_path: Path) -> None:
    table, page = sheets(tmp_path, blind=False, raters=1)
    row = rows_of(table)[0]
    assert row["operator"].startswith("О ")
    assert row["assistant"].startswith("<script>П ")
    assert not (tmp_path / KEY_FILE).exists()
    assert "<script>П" not in page.read_text("utf-8")


def test_a_blind_sheet_tells_nothing(tmp_path: Path) -> None:
    one, page, two, _ = sheets(tmp_path, blind=True, raters=2)
    key = json.loads((tmp_path / KEY_FILE).read_text("utf-8"))
    rows = rows_of(one)
    assert list(rows[0]) == [
        "item",
        "dialogue",
        "question",
        "a",
        "b",
        "mark_a",
        "mark_b",
        "better",
        "comment",
    ]
    for row in rows:
        assert row["a"].startswith("О ") == (key[row["item"]]["a"] == "operator")
    left = sum(entry["a"] == "operator" for entry in key.values())
    assert 20 < left < 60
    assert [row["item"] for row in rows] != [row["item"] for row in rows_of(two)]
    for text in (one.read_text("utf-8-sig"), page.read_text("utf-8")):
        assert not re.search(r"operator|assistant|Оператор|Помощник", text)
    before = one.read_bytes(), (tmp_path / KEY_FILE).read_bytes()
    sheets(tmp_path, blind=True, raters=2)
    assert before == (one.read_bytes(), (tmp_path / KEY_FILE).read_bytes())
