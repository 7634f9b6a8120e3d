"""Side by side in one run: our server, llama.cpp's own and OpenVINO GenAI bare; transformers after them.

For each number in flight each of the three is started, warmed and then asked the same questions in turn,
repeat after repeat, in another order each time: what disturbs the machine disturbs all. Transformers is asked
in a part of its own at the end: it is no measure of ours, and would take most of the time. Everything ends
within `minutes`: repeats are left out first, and what was begun then is thrown away.
Refuses to know what the figures mean (`figures`) and how they look (`page`).
"""

from __future__ import annotations

import signal
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import Any, NoReturn

from bench.serving.asking import Answer
from bench.serving.candidates import Candidate, LlamaCpp, OpenVino, Ours, Transformers
from bench.serving.process import DidNotStart
from bench.serving.workload import Question, brief, question

ANSWER_TOKENS = 48
SHARED_TOKENS = 520
"""Of the prompt that all share, in Qwen2.5's tokens; SmolLM2 has one more."""
QUESTIONS: Mapping[int, int] = {1: 4}
"""Of one repeat, by how many are in flight; as many as in flight for every other number."""
SHARE = {1: 0.10, 4: 0.13, 10: 0.20, 50: 0.57}
"""Of the time, roughly as the slowest of them needs it."""
FOR_TRANSFORMERS = 0.12
TOO_SLOW = 2.0
"""Times what the fastest took: whoever needed more is not asked again, and the time goes to the others."""
PEER_SLOTS = 10
"""llama.cpp's own server has no use for more on a few cores: each computes the shared prompt for itself."""


@dataclass(frozen=True, kw_only=True)
class Plan:
    model: str
    in_flight: Sequence[int]
    repeats: int
    threads: int
    minutes: float
    who: Sequence[str]


@dataclass(frozen=True, kw_only=True)
class Run:
    """One repeat of one candidate. `seconds` from the first question to the last answer."""

    who: str
    in_flight: int
    repeat: int
    seconds: float
    answers: Sequence[Answer]


@dataclass
class Measured:
    """All runs; what the processes had; who was left out and why."""

    runs: list[Run] = field(default_factory=list)
    states: list[dict[str, Any]] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)

    def told(self) -> dict[str, Any]:
        runs = [{**vars(run), "answers": [each.told() for each in run.answers]} for run in self.runs]
        return {"runs": runs, "states": self.states, "left_out": self.left_out}


Start = Callable[[str, int, int], Candidate]


def _llama_cpp(model: str, in_flight: int, threads: int) -> Candidate:
    return LlamaCpp(model, in_flight, threads, slots=min(in_flight, PEER_SLOTS))


STARTS: Mapping[str, Start] = {"ours": Ours, "llama.cpp": _llama_cpp, "OpenVINO GenAI": OpenVino}


class OutOfTime(Exception):
    """The minutes are over."""


def compare(plan: Plan) -> Measured:
    """Ends in time, whatever hangs: what was measured until then is told."""
    found = Measured()
    signal.signal(signal.SIGALRM, _out_of_time)
    signal.setitimer(signal.ITIMER_REAL, plan.minutes * 60)
    try:
        _all_of(plan, found)
    except OutOfTime:
        found.left_out.append("what was not finished when the time was over")
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
    return found


def _out_of_time(_number: int, _frame: object) -> NoReturn:
    raise OutOfTime


def _all_of(plan: Plan, found: Measured) -> None:
    began = time.monotonic()
    third = Transformers.name in plan.who
    seconds = plan.minutes * 60 * (1 - FOR_TRANSFORMERS if third else 1)
    whole = sum(SHARE.get(number, 0.3) for number in plan.in_flight)
    end = began
    for number in plan.in_flight:
        end += seconds * SHARE.get(number, 0.3) / whole
        _together(plan, number, end, found)
    if third:
        _apart(plan, began + plan.minutes * 60, found)


def _together(plan: Plan, in_flight: int, end: float, found: Measured) -> None:
    with ExitStack() as undo:
        here = list(_started(plan, in_flight, found, undo))
        asked = list(here)
        took: dict[str, float] = {}
        for repeat in range(plan.repeats):
            if repeat and time.monotonic() + sum(took[each.name] for each in asked) > end:
                found.left_out.append(f"at {in_flight} in flight the repeats from {repeat + 1} on: no time")
                break
            for place in range(len(asked)):
                found.runs.append(_run(asked[(place + repeat) % len(asked)], in_flight, repeat))
                took[found.runs[-1].who] = found.runs[-1].seconds
            for slow in [each for each in asked if took[each.name] > TOO_SLOW * min(took.values())]:
                if slow.name == Ours.name:
                    continue
                asked.remove(slow)
                if repeat + 1 < plan.repeats:
                    found.left_out.append(
                        f"{slow.name} at {in_flight} in flight after repeat {repeat + 1}: too slow"
                    )
        for each in here:
            weight = each.weigh()
            state = next(
                one for one in found.states if (one["who"], one["in_flight"]) == (each.name, in_flight)
            )
            state.update(peak_bytes=weight.peak, engine=each.engine())


def _started(plan: Plan, in_flight: int, found: Measured, undo: ExitStack) -> Iterator[Candidate]:
    for name in (name for name in STARTS if name in plan.who):
        began = time.monotonic()
        try:
            candidate = STARTS[name](plan.model, in_flight, plan.threads)
        except DidNotStart as error:
            found.left_out.append(
                f"{name}: it did not start ({(str(error).splitlines() or ['no word'])[-1]})"
            )
            continue
        undo.callback(candidate.end)
        ready = time.monotonic()
        lost = _warm(candidate, in_flight)
        say(f"{name} at {in_flight} in flight: started and warm")
        found.states.append(
            {
                "who": name,
                "in_flight": in_flight,
                "start_seconds": ready - began,
                "warm_up_seconds": time.monotonic() - ready,
                "warm_up_lost": lost,
            }
        )
        yield candidate


def _warm(candidate: Candidate, in_flight: int) -> int:
    """A server that has been up for a while: the shared prompt was read by as many as will be in flight."""
    asked = []
    for number in range(in_flight):
        shared, _ = question("warm").messages
        (own,) = brief(f"warm {number}").messages
        asked.append(Question(f"warm {number}", (shared, own)))
    return sum(bool(each.error) for each in candidate.run(asked, in_flight=in_flight, max_tokens=1))


def _run(candidate: Candidate, in_flight: int, repeat: int) -> Run:
    asked = [question(f"{repeat}-{number}") for number in range(QUESTIONS.get(in_flight, in_flight))]
    began = time.monotonic()
    answers = candidate.run(asked, in_flight=in_flight, max_tokens=ANSWER_TOKENS)
    seconds = time.monotonic() - began
    say(f"{candidate.name} at {in_flight} in flight, repeat {repeat + 1}: {seconds:.1f} s")
    return Run(who=candidate.name, in_flight=in_flight, repeat=repeat, seconds=seconds, answers=answers)


def _apart(plan: Plan, end: float, found: Measured) -> None:
    """One repeat of each number, as long as what is left of the time is enough for it."""
    name = Transformers.name
    began = time.monotonic()
    try:
        candidate = Transformers(plan.model, max(plan.in_flight), plan.threads)
    except DidNotStart as error:
        found.left_out.append(f"{name}: {(str(error).splitlines() or ['it did not start'])[-1]}")
        return
    try:
        ready = time.monotonic()
        _warm(candidate, 1)
        state = {"who": name, "start_seconds": ready - began, "warm_up_seconds": time.monotonic() - ready}
        each = 0.0
        for number in plan.in_flight:
            if time.monotonic() + each * QUESTIONS.get(number, number) > end:
                found.left_out.append(f"{name} at {number} in flight: no time")
                break
            found.runs.append(_run(candidate, number, 0))
            each = found.runs[-1].seconds / len(found.runs[-1].answers)
            weight = candidate.weigh()
            found.states.append({**state, "in_flight": number, "peak_bytes": weight.peak, "engine": name})
    finally:
        candidate.end()


def say(text: str) -> None:
    print(f"{time.strftime('%H:%M:%S')}  {text}", file=sys.stderr, flush=True)
