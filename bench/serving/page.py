"""The part of docs/performance.md about the model server, out of the files that the measurements left.

Knows Markdown. Refuses to measure; what was not measured is not on the page.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from bench.page_part import renew
from bench.serving.figures import DEADLINE_SECONDS, OURS, Alike, Figures, Ratio
from bench.serving.our_server import STATE
from bench.serving.plot import draw
from bench.serving.summary import joined
from cli.deployment import PROJECT
from core.capacity import Load, capacity, gpu, model, quantisation

PAGE = PROJECT / "docs" / "performance.md"
PLOT = "serving.svg"
BEGIN, END = "<!-- bench.serving writes from here -->", "<!-- to here: serving -->"
T4_MODEL, T4_QUANTISATION, T4_CONTEXT = "qwen2.5-7b-instruct", "awq", 4096
MIB = 1 << 20

HOW = (
    "Our server is started for each number in flight as a user would, by `--parallel` alone, and chooses its "
    "engine by its own rule. llama.cpp's server has as many slots, at most 10; OpenVINO GenAI is called "
    "in its "
    "own process, without HTTP. Each was asked by as many as are in flight before, so the shared prompt had "
    "been read (the warm-up). Memory is the highest resident set of a process and its children, the mapped "
    "file of weights included."
)
WHY_TEXTS_PART = (
    "Greedy answers to the same question, letter by letter. Where a batch is another one, its sums are "
    "made in "
    "another order, and of two tokens that are nearly equally likely the other may win; from there on texts "
    "differ."
)


def write(state: Path = STATE, page: Path = PAGE) -> None:
    """The plot goes beside the page. Raises FileNotFoundError where the comparison has not been measured."""
    parts = [
        json.loads(path.read_text(encoding="utf-8")) for path in sorted(state.glob("serving-compare*.json"))
    ]
    if not parts:
        raise FileNotFoundError("nothing to write: python -m bench.serving compare")
    told = joined(parts)
    found = [Figures(**each) for each in told["figures"]]
    page.with_name(PLOT).write_text(draw(found), encoding="utf-8")
    lines = [
        *_compared(told, found),
        *_stress(told, found),
        *_each(state, "storm", _left),
        *_each(state, "soak", _long),
    ]
    renew(page, BEGIN, END, lines)


def _each(state: Path, kind: str, lines: Callable[[Mapping[str, Any]], Iterator[str]]) -> Iterator[str]:
    """Of the rule's engine and of each that was named."""
    for path in sorted(state.glob(f"serving-{kind}*.json")):
        yield from lines(json.loads(path.read_text(encoding="utf-8")))


def _compared(told: Mapping[str, Any], found: Sequence[Figures]) -> Iterator[str]:
    states = {(each["who"], each["in_flight"]): each for each in told["states"]}
    yield "## The model server beside bare engines"
    yield ""
    yield (
        f"{told['day']}, {told['machine']}, `{told['command']}`: {told['model']}, {told['threads']} "
        "threads each, "
        f"greedy. Prompts of {told['prompt_tokens']} tokens (median), {told['shared_tokens']} of them a "
        "system "
        f"prompt that all share, answers of up to {told['answer_tokens']}. In each run the three in turn, "
        "repeat after repeat; transformers after them, one repeat."
    )
    yield ""
    yield HOW
    yield ""
    yield "![Tokens a second and seconds to the first token, by how many are in flight](serving.svg)"
    yield ""
    yield (
        "| in flight | who | engine | tok/s, all together | first token: median, p99, s | whole: median, "
        "p99, s "
        "| slowest / median | lost | memory, MiB | start, warm-up, s |"
    )
    yield f"|{'---|' * 10}"
    for each in sorted(found, key=lambda one: one.in_flight):
        yield _row(each, states.get((each.who, each.in_flight), {}))
    yield ""
    yield from _ratios([Ratio(**each) for each in told["ratios"]])
    yield ""
    yield from _alike([Alike(**each) for each in told["alike"]])
    for left in told["left_out"]:
        yield f"Left out: {left}.  "
    yield ""


def _row(each: Figures, state: Mapping[str, Any]) -> str:
    speed = f"{each.tokens_per_second[0]:.1f} ({_range(each.tokens_per_second)})"
    cells = [
        str(each.in_flight),
        each.who,
        str(state.get("engine", "")),
        speed if each.repeats > 1 else f"{each.tokens_per_second[0]:.1f}",
        f"{each.first_token_median:.2f}, {each.first_token_p99:.2f}",
        f"{each.whole_median:.1f}, {each.whole_p99:.1f}",
        f"{each.slowest:.2f}" if math.isfinite(each.slowest) else "–",
        f"{each.lost} of {each.asked}",
        f"{state['peak_bytes'] / MIB:,.0f}" if "peak_bytes" in state else "",
        f"{state['start_seconds']:.1f}, {state['warm_up_seconds']:.1f}" if state else "",
    ]
    return f"| {' | '.join(cells)} |"


def _ratios(beside: Sequence[Ratio]) -> Iterator[str]:
    yield (
        "Ours to the better of the two in the same repeat, median of the repeats (more is better for speed, "
        "less for times):"
    )
    yield ""
    yield (
        "| in flight | the faster one | speed (lowest..highest) | first token | its p99 | p99 of the whole |"
    )
    yield f"|{'---|' * 6}"
    for each in beside:
        yield (
            f"| {each.in_flight} | {each.better} | "
            + " | ".join(
                f"{ratio[0]:.2f} ({_range(ratio, 2)})"
                for ratio in (each.speed, each.first_token, each.first_token_p99, each.whole_p99)
            )
            + " |"
        )


def _alike(found: Sequence[Alike]) -> Iterator[str]:
    yield WHY_TEXTS_PART
    yield ""
    yield "| ours | beside | the same text | in common before they differ (median) |"
    yield f"|{'---|' * 4}"
    for each in found:
        yield f"| {each.who} | {each.other} | {each.same} of {each.answers} | {100 * each.until:.0f} % |"
    yield ""


def _stress(told: Mapping[str, Any], found: Sequence[Figures]) -> Iterator[str]:
    crowd = [
        each for each in found if each.in_flight == max(one.in_flight for one in found if one.who == OURS)
    ]
    if not crowd:
        return
    number = crowd[0].in_flight
    yield f"### {number} questions at once"
    yield ""
    for each in crowd:
        yield (
            f"{each.who}: {each.in_time:.0f} of {number} answers whole within {DEADLINE_SECONDS:.0f} s "
            "here (median of "
            f"{each.repeats}), the last after {each.whole_p99:.0f} s.  "
        )
    yield ""
    yield (
        f"For a T4 `core/capacity` predicts, computed and not measured ({T4_MODEL}, "
        f"{T4_QUANTISATION.upper()}, dialogues of "
        f"{T4_CONTEXT} tokens): "
        + "; ".join(_predicted(load) for load in (_of_this(told, number), Load(dialogues=number)))
        + "."
    )
    yield ""


def _of_this(told: Mapping[str, Any], number: int) -> Load:
    shared = told["shared_tokens"]
    own = told["prompt_tokens"] - shared
    return Load(dialogues=number, shared_tokens=shared, own_tokens=own, answer_tokens=told["answer_tokens"])


def _predicted(load: Load) -> str:
    of = capacity(
        model(T4_MODEL), quantisation(T4_QUANTISATION), gpu("t4"), context_tokens=T4_CONTEXT, load=load
    )
    assert of.expected is not None  # the table of docs/capacity.md has it
    return (
        f"{load.shared_tokens} shared and {load.own_tokens} own tokens with {load.answer_tokens} out, "
        f"{of.expected.in_time} of {load.dialogues} within {load.deadline_seconds:.0f} s, all within "
        f"{of.expected.seconds:.1f} s"
    )


def _left(told: Mapping[str, Any]) -> Iterator[str]:
    yield f"### {told['clients']} callers leave{_engine(told)}"
    yield ""
    yield (
        f"{told['day']}, `{told['command']}`, {told['model']}, {told['parallel']} places: how soon all "
        "places were free. Before, the server was brought to its full weight, from "
        f"{told['resident_bytes_before_filling'] / MIB:.0f} MiB: what it keeps of prompts is reserved at the "
        "start and weighs when it is first written, and OpenVINO keeps kernels for each size of a step "
        "([0049](decisions/0049-two-engines-for-a-cpu.md))."
    )
    yield ""
    yield (
        "| how they leave | times | median, s | slowest, s | memory afterwards, MiB | files | threads | "
        "tasks |"
    )
    yield f"|{'---|' * 8}"
    yield f"| before | | | | {_state(told['before'])} |"
    for each in told["storms"]:
        way = each["way"].replace("_", " ")
        waits = f"{each['free_median_seconds']:.2f} | {each['free_slowest_seconds']:.2f}"
        yield f"| {way} | {each['waves']} | {waits} | {_state(each)} |"
    yield f"| afterwards, whole answers again | | | | {_state(told['after'])} |"
    yield ""
    yield from _verdict(told)


def _long(told: Mapping[str, Any]) -> Iterator[str]:
    first, half, last = (each / MIB for each in told["resident_bytes"])
    requests = ", ".join(f"{count:.0f} {name}" for name, count in told["requests"].items() if count)
    rest = told["at_rest"]
    yield f"### {told['minutes']:.0f} minutes of everything{_engine(told)}"
    yield ""
    yield (
        f"{told['day']}, `{told['command']}`, {told['model']}, {told['callers']} callers, "
        f"{told['parallel']} places: {requests}. The server was brought to its full weight before. "
        f"Resident memory {first:.0f} MiB after the first seconds, {half:.0f} at half time, {last:.0f} at "
        "the end: the second "
        f"half grows by {told['resident_slope_bytes_an_hour'] / MIB:.1f} MiB an hour. Highest counts: "
        f"{told['files'][2]} open files, "
        f"{told['threads'][2]} threads, {told['tasks'][2]} tasks; at rest {rest['files']}, "
        f"{rest['threads']} and {rest['tasks']}."
    )
    yield ""
    yield from _verdict(told)


def _engine(told: Mapping[str, Any]) -> str:
    return f", {told['engine']}" if told.get("engine") else ""


def _verdict(told: Mapping[str, Any]) -> Iterator[str]:
    if told["faults"]:
        yield f"Not as promised: {'; '.join(told['faults'])}."
        yield ""


def _state(each: Mapping[str, float]) -> str:
    return " | ".join(
        [
            f"{each['resident_bytes'] / MIB:.0f}",
            *(f"{each[name]:.0f}" for name in ("files", "threads", "tasks")),
        ]
    )


def _range(values: Sequence[float], digits: int = 1) -> str:
    return f"{values[1]:.{digits}f}..{values[2]:.{digits}f}"
