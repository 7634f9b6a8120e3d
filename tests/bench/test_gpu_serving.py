"""The pure parts of the GPU bench: what is asked, how times become paces, gaps, agreement and the page."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from bench.gpu_serving import report, work
from bench.gpu_serving.agreement import Agreement, agreement
from bench.gpu_serving.idle import idle_share, kernel_spans
from bench.gpu_serving.report import DRY, Results, Row
from bench.gpu_serving.work import Heard, Pace, Question

# What is asked


def asked(**more) -> list[Question]:
    size = {
        "count": 40,
        "shared_tokens": 30,
        "own_tokens": 5,
        "answer_tokens": 100,
        "vocabulary": 500,
        **more,
    }
    return work.questions(**size)


def test_questions_share_a_beginning_and_nothing_else():
    questions = asked()
    assert len({question.prompt[:30] for question in questions}) == 1
    assert len({question.prompt[30:] for question in questions}) == 40
    assert {len(question.prompt) for question in questions} == {35}
    assert all(1 <= token < 500 for question in questions for token in question.prompt)


def test_answers_differ_in_length_and_every_way_gets_the_same():
    lengths = [question.answer_tokens for question in asked()]
    assert min(lengths) >= 50
    assert max(lengths) <= 150
    assert len(set(lengths)) > 10
    assert asked() == asked()


def test_static_batches_keep_the_order_and_leave_nobody_out():
    questions = asked(count=7)
    batches = work.static_batches(questions, 3)
    assert [len(batch) for batch in batches] == [3, 3, 1]
    assert [question for batch in batches for question in batch] == questions


def test_the_context_of_a_dialogue_is_its_prompt_and_half_of_its_answer():
    assert work.context_tokens([Question((1,) * 10, 20), Question((1,) * 10, 40)]) == 25


# Paces


def test_decoding_together_counts_only_while_all_are_under_way():
    first = Heard(0.0, (1.0, 2.0, 3.0, 4.0))
    second = Heard(0.0, (2.0, 2.5, 3.0, 3.5, 6.0))
    together = work.pace([first, second])
    # Between the second's first token at 2 and the first's last at 4: 3.0, 4.0 and 2.5, 3.0, 3.5.
    assert together.decode_tokens_per_second == pytest.approx(5 / 2)
    assert (together.tokens, together.seconds, together.first_token_seconds) == (9, 6.0, 1.5)
    assert together.tokens_per_second == pytest.approx(1.5)


def test_answers_that_never_ran_together_have_no_pace_of_decoding():
    assert work.pace([Heard(0, (1.0, 2.0)), Heard(0, (3.0, 4.0))]).decode_tokens_per_second is None


def test_in_turn_the_first_token_is_the_prompts_and_the_pauses_between_answers_are_nobodys():
    in_turn = work.one_by_one([Heard(0.0, (2.0, 3.0, 4.0)), Heard(10.0, (11.0, 12.0))])
    assert in_turn.decode_tokens_per_second == pytest.approx(3 / 3)
    assert in_turn.seconds == pytest.approx(6.0)
    assert in_turn.first_token_seconds == pytest.approx(1.5)


# Gaps


def test_gaps_are_what_no_kernel_covers():
    assert idle_share([(0, 2), (1, 3), (6, 10)]) == pytest.approx(0.3)
    assert idle_share([(6, 10), (0, 10), (1, 2)]) == 0
    assert idle_share([]) is None


def test_a_trace_gives_what_ran_on_the_gpu(tmp_path: Path):
    events = [
        {"cat": "kernel", "ts": 5, "dur": 2},
        {"cat": "gpu_memcpy", "ts": 9, "dur": 1},
        {"cat": "cpu_op", "ts": 0, "dur": 100},
        {"cat": "kernel", "ts": 20, "dur": 0},
        {"ph": "M", "name": "process_name"},
    ]
    trace = tmp_path / "trace.json"
    trace.write_text(json.dumps({"traceEvents": events}))
    assert kernel_spans(trace) == [(5, 7), (9, 10)]


# Agreement


def test_agreement_counts_whole_answers_and_the_text_before_they_part():
    assert agreement(["раз два", "abcd"], ["раз два", "abXY"]) == Agreement(2, 1, pytest.approx(9 / 11))
    assert agreement(["abc"], ["ab"]).text_share == pytest.approx(2 / 3)
    assert agreement([""], [""]) == Agreement(1, 1, 1.0)


# What is told

ALONE = Row(way="engine, plain", in_flight=1, pace=Pace(3, 300, 6.0, 0.1, 80.0), roofline=100.0)
BUSY = Row(
    way="engine, plain",
    in_flight=50,
    pace=Pace(50, 5000, 10.0, 0.4, 350.0),
    roofline=1000.0,
    idle_by_kernels=0.25,
)
STATIC = Row(way="generate, static batches of 16", in_flight=16, pace=Pace(50, 5000, 20.0, None, None))
RESULTS = Results(
    is_dry=False,
    machine="a GPU",
    model="a model",
    command="python -m bench.gpu_serving --gpu h100",
    versions={"torch": "1"},
    rows=[ALONE, BUSY, STATIC],
    agreement={"alone": Agreement(8, 8, 1.0)},
)


def test_a_page_tells_shares_of_the_roofline_and_dashes_for_what_was_not_measured():
    page = report.as_page(RESULTS)
    assert "| engine, plain | 1 | 3 | 50.0 | 80.0 | 100.0 | 80% | 0.100 | - | - |" in page
    assert "| 350.0 | 1,000.0 | 35% | 0.400 | 25% | - |" in page
    assert "| generate, static batches of 16 | 16 | 50 | 250.0 | - | - | - | - | - | - |" in page
    assert "| alone | 8 of 8 | 100.0% |" in page
    assert "DRY" not in page


def test_a_dry_run_is_called_one_everywhere(tmp_path: Path):
    data, page = report.write(replace(RESULTS, is_dry=True), tmp_path)
    assert data.name == "gpu-serving-dry-run.json"
    assert json.loads(data.read_text())["dry_run"] == DRY
    text = page.read_text()
    assert text.startswith("# Serving on a GPU: DRY RUN")
    assert text.count(DRY) == text.count("\n|---") == 2


def test_a_run_on_a_gpu_is_a_file_of_its_own(tmp_path: Path):
    data, page = report.write(RESULTS, tmp_path)
    assert (data.name, page.name) == ("gpu-serving.json", "gpu-serving.md")
    first = json.loads(data.read_text())["rows"][0]
    assert (first["tokens_per_second"], first["share_of_roofline"]) == (50.0, 0.8)


def test_a_way_that_broke_off_is_told():
    assert "**engine, ahead broke off with x.**" in report.as_page(
        replace(RESULTS, failed={"engine, ahead": "x"})
    )


def test_missed_targets_are_named_and_so_are_those_without_a_figure():
    assert report.missed(RESULTS) == ["in flight: 35% of the roofline, 40% are wanted"]
    assert report.missed(replace(RESULTS, rows=[STATIC])) == [
        "alone: not measured",
        "in flight: not measured",
    ]
