"""What the runs of `compare` say: figures of each, ratios to the better of the two, and what was promised.

Knows no server and no time. The better of the two is another one for each number in flight, and for each
figure: ours is held against the best that either of them did.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from statistics import median

from bench.serving.asking import Answer
from bench.serving.compare import Run

OURS = "ours"
PEERS = ("llama.cpp", "OpenVINO GenAI")
DEADLINE_SECONDS = 10.0
LEAST_SPEED = 0.95
MOST_TIME = 1.05
"""No worse, with what two runs of the same thing differ by."""
SLOWEST = 3.0
CROWD = 50


Spread = tuple[float, float, float]
"""Median, lowest, highest."""


@dataclass(frozen=True, kw_only=True)
class Figures:
    """Of one candidate at one number in flight, over its repeats. Times are of all answers together."""

    who: str
    in_flight: int
    repeats: int
    asked: int
    lost: int
    tokens_per_second: Spread
    first_token_median: float
    first_token_p99: float
    whole_median: float
    whole_p99: float
    slowest: float
    in_time: float


@dataclass(frozen=True, kw_only=True)
class Ratio:
    """Ours to the better of the two in the same repeat: median, lowest, highest. Speed: more is better.

    Side by side because the machine is another one from minute to minute: what it does to a whole repeat
    says nothing of anybody.
    """

    in_flight: int
    better: str
    speed: Spread
    first_token: Spread
    first_token_p99: Spread
    whole_p99: Spread


@dataclass(frozen=True, kw_only=True)
class Alike:
    """Of `answers` to the same questions so many are the `same`; `until` is the part before they differ."""

    who: str
    other: str
    in_flight: int
    answers: int
    same: int
    until: float


def figures(runs: Sequence[Run]) -> Iterator[Figures]:
    for who in dict.fromkeys(run.who for run in runs):
        for in_flight in sorted({run.in_flight for run in runs if run.who == who}):
            yield _figures([run for run in runs if (run.who, run.in_flight) == (who, in_flight)])


def _figures(runs: Sequence[Run]) -> Figures:
    answers = [each for run in runs for each in run.answers]
    firsts, wholes = _of(answers, _first), _of(answers, _seconds)
    return Figures(
        who=runs[0].who,
        in_flight=runs[0].in_flight,
        repeats=len(runs),
        asked=len(answers),
        lost=sum(bool(each.error) for each in answers),
        tokens_per_second=spread([speed(run) for run in runs]),
        first_token_median=median(firsts),
        first_token_p99=p99(firsts),
        whole_median=median(wholes),
        whole_p99=p99(wholes),
        slowest=max(slowest(run) for run in runs),
        in_time=median(
            sum(not a.error and a.seconds <= DEADLINE_SECONDS for a in run.answers) for run in runs
        ),
    )


def ratios(runs: Sequence[Run], found: Sequence[Figures]) -> Iterator[Ratio]:
    """For each number in flight at which ours and at least one of the two have figures."""
    of = {(each.who, each.in_flight): each for each in found}
    for in_flight in sorted({run.in_flight for run in runs}):
        ours = of.get((OURS, in_flight))
        peers = [of[peer, in_flight] for peer in PEERS if (peer, in_flight) in of]
        if not ours or not peers:
            continue
        here = [run for run in runs if run.in_flight == in_flight]
        yield Ratio(
            in_flight=in_flight,
            better=max(peers, key=lambda peer: peer.tokens_per_second[0]).who,
            speed=spread(list(_beside(here, speed, max))),
            first_token=spread(list(_beside(here, lambda run: median(_of(run.answers, _first)), min))),
            first_token_p99=spread(list(_beside(here, lambda run: p99(_of(run.answers, _first)), min))),
            whole_p99=spread(list(_beside(here, lambda run: p99(_of(run.answers, _seconds)), min))),
        )


def _beside(
    runs: Sequence[Run], value: Callable[[Run], float], best: Callable[[Sequence[float]], float]
) -> Iterator[float]:
    """Ours to the best of the others, repeat by repeat."""
    for repeat in sorted({run.repeat for run in runs}):
        of = {run.who: value(run) for run in runs if run.repeat == repeat}
        theirs = [of[peer] for peer in PEERS if peer in of]
        if OURS in of and theirs:
            yield of[OURS] / best(theirs)


def alike(runs: Sequence[Run]) -> Iterator[Alike]:
    """Ours beside each of the others in the same crowd, and in a crowd beside each of them alone."""
    texts = {
        (run.who, run.in_flight, answer.key): answer.text
        for run in runs
        for answer in run.answers
        if not answer.error
    }
    for in_flight in sorted({run.in_flight for run in runs}):
        ours = {key[2]: text for key, text in texts.items() if key[:2] == (OURS, in_flight)}
        for other in PEERS:
            for beside in sorted({in_flight, 1}):
                pairs = [
                    (text, texts[other, beside, key])
                    for key, text in ours.items()
                    if (other, beside, key) in texts
                ]
                if pairs:
                    yield _alike(f"{OURS} at {in_flight}", f"{other} at {beside}", in_flight, pairs)


def _alike(who: str, other: str, in_flight: int, pairs: Sequence[tuple[str, str]]) -> Alike:
    shares = [_common(*pair) / max(1, *map(len, pair)) for pair in pairs]
    same = sum(one == another for one, another in pairs)
    return Alike(
        who=who, other=other, in_flight=in_flight, answers=len(pairs), same=same, until=median(shares)
    )


def broken(found: Sequence[Figures], beside: Sequence[Ratio]) -> list[str]:
    """The promises of ours that these figures do not keep, a sentence each."""
    told = []
    for each in found:
        if each.who == OURS and each.lost:
            told.append(f"at {each.in_flight} in flight {each.lost} of {each.asked} answers were lost")
        if each.who == OURS and each.in_flight >= CROWD and each.slowest > SLOWEST:
            told.append(
                f"at {each.in_flight} in flight the slowest waited {each.slowest:.2f} times the median"
            )
    for ratio in beside:
        at = f"at {ratio.in_flight} in flight"
        if ratio.speed[0] < LEAST_SPEED:
            told.append(f"{at} {ratio.speed[0]:.2f} of the speed of {ratio.better}")
        for name, (times, *_) in (
            ("first token", ratio.first_token),
            ("p99 of the first token", ratio.first_token_p99),
            ("p99 of the whole", ratio.whole_p99),
        ):
            if times > MOST_TIME:
                told.append(f"{at} the {name} takes {times:.2f} times as long as with the better of the two")
    return told


def speed(run: Run) -> float:
    """Tokens of whole answers a second."""
    return sum(each.completion_tokens for each in run.answers if not each.error) / run.seconds


def slowest(run: Run) -> float:
    """The longest wait of the repeat to the median one; infinite where somebody was lost."""
    if any(each.error for each in run.answers):
        return math.inf
    seconds = [each.seconds for each in run.answers]
    return max(seconds) / median(seconds)


def spread(values: Sequence[float]) -> Spread:
    return median(values), min(values), max(values)


def p99(values: Sequence[float]) -> float:
    """The value that 99 of 100 do not exceed: of fewer than 100 the highest."""
    return sorted(values)[math.ceil(0.99 * len(values)) - 1]


def _common(one: str, another: str) -> int:
    """How many characters they begin with in common."""
    return next(
        (place for place, (a, b) in enumerate(zip(one, another, strict=False)) if a != b),
        min(len(one), len(another)),
    )


def _of(answers: Sequence[Answer], value: Callable[[Answer], float]) -> list[float]:
    """Of those that are whole."""
    return [value(each) for each in answers if not each.error] or [math.nan]


def _first(answer: Answer) -> float:
    return answer.first_token_seconds


def _seconds(answer: Answer) -> float:
    return answer.seconds
