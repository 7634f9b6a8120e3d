"""The work that every way gets: the same prompts and the same lengths of answers. Refuses to know engines."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean, median

SEED = 20_261_122


@dataclass(frozen=True)
class Question:
    """Token ids, and how many tokens its answer has: never fewer, nothing ends it before."""

    prompt: tuple[int, ...]
    answer_tokens: int


def questions(
    *, count: int, shared_tokens: int, own_tokens: int, answer_tokens: int, vocabulary: int
) -> list[Question]:
    """Prompts with one beginning; lengths of answers from a half to one and a half of `answer_tokens`."""
    dice = random.Random(SEED)
    shared = tuple(dice.randrange(1, vocabulary) for _ in range(shared_tokens))
    return [
        Question(
            prompt=(*shared, *(dice.randrange(1, vocabulary) for _ in range(own_tokens))),
            answer_tokens=dice.randint(answer_tokens // 2, answer_tokens * 3 // 2),
        )
        for _ in range(count)
    ]


@dataclass(frozen=True)
class Heard:
    """When each token of one answer came, in seconds of one clock; `asked` is when the question went out."""

    asked: float
    tokens: tuple[float, ...]


@dataclass(frozen=True)
class Pace:
    """`decode_tokens_per_second` counts the time in which every answer was under way; None without such."""

    answers: int
    tokens: int
    seconds: float
    first_token_seconds: float | None
    decode_tokens_per_second: float | None

    @property
    def tokens_per_second(self) -> float:
        return self.tokens / self.seconds


def pace(heard: Sequence[Heard]) -> Pace:
    """Of answers that were asked for together."""
    begin, end = min(one.asked for one in heard), max(one.tokens[-1] for one in heard)
    all_run, one_ends = max(one.tokens[0] for one in heard), min(one.tokens[-1] for one in heard)
    within = sum(1 for one in heard for token in one.tokens if all_run < token <= one_ends)
    return Pace(
        answers=len(heard),
        tokens=sum(len(one.tokens) for one in heard),
        seconds=end - begin,
        first_token_seconds=median(one.tokens[0] - one.asked for one in heard),
        decode_tokens_per_second=within / (one_ends - all_run) if one_ends > all_run else None,
    )


def one_by_one(heard: Sequence[Heard]) -> Pace:
    """Of answers that were asked for one after the other: decoding is what follows each first token."""
    decoding = sum(one.tokens[-1] - one.tokens[0] for one in heard)
    follow = sum(len(one.tokens) - 1 for one in heard)
    return Pace(
        answers=len(heard),
        tokens=sum(len(one.tokens) for one in heard),
        seconds=sum(one.tokens[-1] - one.asked for one in heard),
        first_token_seconds=median(one.tokens[0] - one.asked for one in heard),
        decode_tokens_per_second=follow / decoding if decoding > 0 else None,
    )


def static_batches(work: Sequence[Question], size: int) -> list[Sequence[Question]]:
    """In the order in which they came; each batch takes as long as its longest answer."""
    return [work[start : start + size] for start in range(0, len(work), size)]


def context_tokens(work: Sequence[Question]) -> float:
    """Of one dialogue, on average while it is answered."""
    return fmean(len(one.prompt) + one.answer_tokens / 2 for one in work)
