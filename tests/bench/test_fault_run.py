"""The parts of a fault run that need no stack: the schedule, the plan, whom to kill, the report."""

from __future__ import annotations

import os
import subprocess
import sys
from collections import Counter

import pytest

from bench.chaos.checker import check
from bench.chaos.environments import environments
from bench.chaos.mischief import ALL, FOR_A_REAL_MODEL
from bench.chaos.questions import ALL_AT_ONCE, BREAKER, CALM, DEADLY, Plan, SalonQuestion, Sentences, schedule
from bench.chaos.report import as_text, report
from tests.bench.books import Life, write_book
from tests.cli.embedded_cloud.conftest import eventually

SENTENCES = Sentences(off_topic="Не моё дело.", sealed="Об этом не говорят.", resting="Отдыхаю.")
SALON = SalonQuestion("salon", "Есть ли C 180?", {"state": "answered", "mark": None, "facts": ["VIN1"]})


def plan(turns: int = 500, seed: int = 7, faults: tuple[str, ...] = ALL) -> Plan:
    return Plan(schedule(turns, faults, seed), seed, SENTENCES, scripted=True, salons=[SALON])


def visits(of: Plan) -> list:
    return list(iter(of.next, None))


def test_each_fault_has_a_time_alone_and_one_with_all_the_others() -> None:
    phases = schedule(5000, ALL, 7)
    assert [phase.name for phase in phases][:2] == [CALM, DEADLY]
    together, breaker = phases[-2:]
    assert (together.name, set(together.faults)) == (ALL_AT_ONCE, set(ALL) - {BREAKER})
    assert (breaker.name, breaker.faults) == (BREAKER, (BREAKER,))
    assert sorted(phase.name for phase in phases[1:-2]) == sorted(set(ALL) - {BREAKER})
    assert all(phase.faults == (phase.name,) for phase in phases[1:-2])
    assert sum(phase.turns for phase in phases) == 5000
    assert {p.name for p in schedule(9, ALL, 7)} == {p.name for p in phases}
    assert [p.name for p in schedule(5000, ALL, 8)] != [p.name for p in phases]
    assert [p.name for p in schedule(10, (), 7)] == [CALM]
    assert [p.name for p in schedule(10, ("api_killed",), 7)] == [CALM, "api_killed"]


def test_a_real_model_has_no_scripted_moods() -> None:
    assert "model_killed" in FOR_A_REAL_MODEL
    assert not {"model_hangs", DEADLY} & set(FOR_A_REAL_MODEL)


def test_all_questions_are_asked_once_and_the_seed_says_which() -> None:
    asked = [question for visit in visits(plan()) for stretch in visit.stretches for question in stretch]
    marks = [question.due["mark"] for question in asked if question.due["mark"] is not None]
    kinds = Counter(question.kind for question in asked)
    assert len(asked) == 500
    assert len(set(marks)) == len(marks)
    assert set(kinds) == {"model", "fact", "fragile", "aside", "sealed", "salon", "deadly"}
    assert visits(plan()) == visits(plan()) != visits(plan(seed=8))


def test_deadly_questions_are_asked_while_deadly_words_are_on() -> None:
    found = [
        visit.phase.name
        for visit in visits(plan(4000))
        for stretch in visit.stretches
        for question in stretch
        if question.kind == "deadly"
    ]
    assert set(found) == {DEADLY, ALL_AT_ONCE}


@pytest.mark.parametrize("older_than_seconds", [0.0, 0.5])
def test_only_environments_of_that_function_below_that_process_are_found(older_than_seconds: float) -> None:
    def environment(name: str) -> subprocess.Popen[bytes]:
        place = f"/tmp/ministack-lambda-attendant-local-{name}-x1/_worker.py"
        return subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)", place])

    running = {name: environment(name) for name in ("answer-probe", "answer-salon", "api")}
    try:

        def found(function: str) -> set[int]:
            return set(environments(os.getpid(), function, older_than_seconds=older_than_seconds))

        answering = {running["answer-probe"].pid, running["answer-salon"].pid}
        assert eventually(lambda: found("answer-") == answering and found("api") == {running["api"].pid}, 5)
        assert not set(environments(running["api"].pid, "answer-"))
        assert not set(environments(os.getpid(), "answer-", older_than_seconds=1e9))
    finally:
        for process in running.values():
            process.kill()
            process.wait()


def test_the_report_counts_what_became_of_the_questions() -> None:
    book = write_book([[Life(), Life("model", end="failed"), Life(dead_letters=1)], [Life("sealed")]])
    book[0].update(at_once=2, model="scripted", faults=[])
    told = report(check(book))
    assert told["ok"]
    assert told["all"]["outcomes"] == {"answered": 1, "apology": 1, "redriven": 1, "refused": 1}
    assert told["brought_back"] == 1
    assert "violations: 0" in as_text(told)

    cut = report(check(book[:-1]))
    assert (cut["ok"], cut["violations"]) == (False, {"no_end": 1})
    assert "no_end" in as_text(cut)
