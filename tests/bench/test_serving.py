"""What the bench of the model server makes of its runs; the servers are made up."""

from __future__ import annotations

import json
import math
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from bench.serving import compare, figures, page, soak
from bench.serving.asking import Answer
from bench.serving.candidates import Candidate
from bench.serving.compare import Run
from bench.serving.process import DidNotStart, ServerProcess, Weight
from bench.serving.summary import joined, summary
from bench.serving.workload import Question, brief, question


def answer(key: str, seconds: float = 2.0, *, error: str = "", text: str = "да") -> Answer:
    return Answer(key, seconds, seconds / 2, prompt_tokens=750, completion_tokens=40, text=text, error=error)


def run(who: str, seconds: float, *answers: Answer, in_flight: int = 1, repeat: int = 0) -> Run:
    return Run(
        who=who, in_flight=in_flight, repeat=repeat, seconds=seconds, answers=answers or (answer("a"),)
    )


def told(*runs: Run) -> list[str]:
    found = list(figures.figures(runs))
    return figures.broken(found, list(figures.ratios(runs, found)))


def test_speed_counts_the_tokens_of_whole_answers() -> None:
    found = run("ours", 4.0, answer("a"), answer("b"), answer("c", error="status 503"))
    assert figures.speed(found) == 20
    (one,) = figures.figures([found])
    assert (one.asked, one.lost, one.repeats) == (3, 1, 1)


def test_who_is_lost_makes_the_slowest_endless() -> None:
    assert figures.slowest(run("ours", 1, answer("a", 1), answer("b", 1), answer("c", 3))) == 3
    assert figures.slowest(run("ours", 1, answer("a"), answer("b", error="x"))) == math.inf


@pytest.mark.parametrize(("count", "expected"), [(1, 1), (50, 50), (100, 99), (150, 149)])
def test_p99_of_few_is_the_highest(count: int, expected: float) -> None:
    assert figures.p99([float(number) for number in range(count, 0, -1)]) == expected


def test_ours_is_held_against_the_better_one_of_each_repeat() -> None:
    runs = [
        run(who, seconds, repeat=repeat)
        for repeat, all_seconds in enumerate([(2.0, 1.0, 4.0), (2.0, 4.0, 2.0), (2.0, 4.0, 4.0)])
        for who, seconds in zip(("ours", "llama.cpp", "OpenVINO GenAI"), all_seconds, strict=True)
    ]
    (ratio,) = figures.ratios(runs, list(figures.figures(runs)))
    assert ratio.speed == (1.0, 0.5, 2.0)


def test_what_slows_a_whole_repeat_says_nothing_of_anybody() -> None:
    runs = [
        run(who, slow, answer("a", slow * own), repeat=repeat)
        for repeat, slow in enumerate((1.0, 9.0, 1.0))
        for who, own in (("ours", 1.0), ("llama.cpp", 1.0))
    ]
    (ratio,) = figures.ratios(runs, list(figures.figures(runs)))
    assert ratio.first_token == ratio.first_token_p99 == ratio.whole_p99 == (1.0, 1.0, 1.0)


def test_without_a_peer_there_is_no_ratio() -> None:
    runs = [run("ours", 1), run("transformers", 9)]
    assert list(figures.ratios(runs, list(figures.figures(runs)))) == []


def test_what_is_kept_is_not_told() -> None:
    assert told(run("ours", 1.0), run("llama.cpp", 0.97), run("OpenVINO GenAI", 3.0)) == []


@pytest.mark.parametrize(
    ("ours", "word"),
    [
        (run("ours", 1.2), "of the speed"),
        (run("ours", 1, answer("a", 2.4)), "first token"),
        (run("ours", 1, answer("a"), answer("b"), answer("c", 2.4)), "p99 of the first token"),
        (run("ours", 1, answer("a"), answer("b", error="x")), "1 of 2 answers were lost"),
    ],
)
def test_what_is_not_kept_is_told(ours: Run, word: str) -> None:
    assert any(word in sentence for sentence in told(ours, run("llama.cpp", 1.0)))


def test_of_fifty_nobody_waits_long() -> None:
    waits = [answer(str(number), 2.0) for number in range(49)]
    starved = run("ours", 9, *waits, answer("last", 6.2), in_flight=50)
    assert any("slowest" in sentence for sentence in told(starved))
    assert told(run("ours", 9, *waits, answer("last", 5.9), in_flight=50)) == []


def test_texts_are_compared_by_question() -> None:
    runs = [
        run("ours", 1, answer("a", text="синий"), answer("b", text="красный")),
        run("llama.cpp", 1, answer("b", text="красная"), answer("a", text="синий")),
    ]
    (alike,) = figures.alike(runs)
    assert (alike.answers, alike.same) == (2, 1)
    assert alike.until == pytest.approx((1 + 5 / 7) / 2)


def test_each_question_has_a_part_of_its_own_behind_what_all_share() -> None:
    one, other = question("1"), question("2")
    assert one.messages[0] == other.messages[0]
    assert one.messages[1]["content"][:16] != other.messages[1]["content"][:16]
    assert question("1") == one
    assert brief("1") != brief("2")


@pytest.mark.parametrize("an_hour", [0.0, 7200.0])
def test_growth_is_the_slope_of_a_line(an_hour: float) -> None:
    points = [(5.0 * step, 1000 + an_hour / 3600 * 5 * step) for step in range(40)]
    assert soak._slope(points) * 3600 == pytest.approx(an_hour)


class Pretender(Candidate):
    """Answers everything after so many seconds a run."""

    def __init__(self, name: str, seconds: float) -> None:
        self.name, self._seconds = name, seconds

    def run(self, questions: Sequence[Question], *, in_flight: int, max_tokens: int) -> list[Answer]:
        time.sleep(self._seconds if max_tokens > 1 else 0)
        return [answer(each.key) for each in questions]

    @property
    def process(self) -> ServerProcess:
        raise NotImplementedError

    def weigh(self) -> Weight:
        return Weight(resident=1, peak=2, threads=1, files=1)

    def engine(self) -> str:
        return "none"

    def end(self) -> None:
        """Nothing runs."""


def compared(monkeypatch: pytest.MonkeyPatch, **plan: Any) -> compare.Measured:
    def absent(*_: Any) -> Candidate:
        raise DidNotStart("no such library")

    pretenders = {
        "ours": lambda *_: Pretender("ours", 0.05),
        "llama.cpp": lambda *_: Pretender("llama.cpp", 0.2),
        "OpenVINO GenAI": absent,
    }
    monkeypatch.setattr(compare, "STARTS", pretenders)
    asked = {
        "model": "x",
        "in_flight": [4],
        "repeats": 3,
        "threads": 1,
        "minutes": 1,
        "who": list(pretenders),
    }
    return compare.compare(compare.Plan(**asked | plan))


def test_who_is_too_slow_is_not_asked_again_and_who_is_absent_is_named(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    found = compared(monkeypatch)
    assert [each.who for each in found.runs] == ["ours", "llama.cpp", "ours", "ours"]
    assert [state["peak_bytes"] for state in found.states] == [2, 2]
    assert any("OpenVINO GenAI" in left and "no such library" in left for left in found.left_out)
    assert any("llama.cpp at 4 in flight after repeat 1: too slow" in left for left in found.left_out)


def test_when_the_time_is_over_what_was_measured_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    found = compared(monkeypatch, minutes=0.12 / 60)
    assert [each.who for each in found.runs] == ["ours"]
    assert "what was not finished when the time was over" in found.left_out


def measured(*in_flight: int, model: str = "tiny") -> dict[str, Any]:
    runs = [run(who, 2.0, in_flight=number) for who in ("ours", "llama.cpp") for number in in_flight]
    left_out = ["transformers: its environment is not installed"]
    return {
        "day": "2026-11-22",
        "machine": "2 cores",
        "command": f"python -m bench.serving compare {in_flight}",
        "model": model,
        "threads": 2,
        "shared_tokens": 520,
        "answer_tokens": 48,
        **summary(compare.Measured(runs, [], left_out)),
    }


def test_parts_keep_the_neighbours_of_each_repeat() -> None:
    slow, quick = measured(4), measured(4)
    for each in slow["runs"]:
        each["seconds"] *= 10
    both = joined([slow, quick])
    (ratio,) = both["ratios"]
    assert ratio["speed"] == (1.0, 1.0, 1.0)
    assert {each["repeats"] for each in both["figures"]} == {2}
    assert both["command"].count("bench.serving compare") == 2


def test_parts_of_two_models_are_not_put_together() -> None:
    with pytest.raises(ValueError, match="one model"):
        joined([measured(4), measured(4, model="another")])


def test_without_a_whole_answer_there_is_no_summary() -> None:
    lost = compare.Measured([run("ours", 1.0, answer("a", error="x"))], [], ["what was not finished"])
    with pytest.raises(ValueError, match="what was not finished"):
        summary(lost)


def test_the_page_says_what_was_measured_and_what_was_left_out(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        page.write(tmp_path, tmp_path / "page.md")
    (tmp_path / "serving-compare-crowd.json").write_text(json.dumps(measured(50)))
    (tmp_path / "serving-compare-one.json").write_text(json.dumps(measured(1)))
    written = tmp_path / "page.md"
    written.write_text("# Performance\n")
    page.write(tmp_path, written)
    page.write(tmp_path, written)
    text = written.read_text()
    assert text.count("## The model server beside bare engines") == 1
    assert "| 50 | ours |" in text
    assert "| 1 | ours |" in text
    assert "transformers: its environment is not installed" in text
    assert "For a T4" in text
    assert "callers leave" not in text  # nobody measured it
    assert (tmp_path / "serving.svg").read_text().startswith("<svg")


def test_a_repeat_that_was_lost_whole_leaves_the_figures_of_the_others() -> None:
    lost = run("ours", 1.0, answer("a", error="x"), repeat=1)
    (one,) = figures.figures([run("ours", 1.0), lost])
    assert (one.lost, one.first_token_median, one.whole_p99) == (1, 1.0, 2.0)
