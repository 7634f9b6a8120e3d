"""How near answers come to the marks: BLEU as the dealership defines it, sacrebleu's BLEU, chrF.

The dealership's BLEU, per answer c with mark r (K. Papineni et al., "BLEU: a Method for Automatic Evaluation
of Machine Translation", ACL 2002, section 2.3, with two changes that the dealership asks for):

    BLEU(c) = BP * exp(sum over n = 1..4 of (1/4) * log p_n)
    p_n     = clipped matches of n-grams / n-grams of c
    BP      = 1 if |c| > L, else exp(1 - L / |c|)

1. L is the mean length of the training marks (the dev split's), one number for all answers, not |r|.
2. The figure is the mean of the sentences' scores, not the score of the pooled counts.

A short answer often shares no 4-gram with its mark, and a geometric mean with a zero in it is zero. So the
k-th order without a match gets p_n = 1 / (2^k * n-grams of c), k = 1, 2, ...: smoothing 3 of B. Chen, C.
Cherry, "A Systematic Comparison of Smoothing Techniques for Sentence-Level BLEU", WMT 2014, which is
sacrebleu's "exp". An answer that is shorter than n words has no n-gram; orders that it cannot have are left
out, as sacrebleu's effective order does. Without a single word in common the score is 0.

The unit is 0 to 100, here, in the report and in a threshold; the 0 to 1 of the formula is a hundredth of it.
Words are split by sacrebleu's "intl" tokenizer (every punctuation mark of Unicode is a token), in small
letters. sacrebleu (M. Post, WMT 2018) pools the counts of all answers with each mark's own length; chrF (M.
Popović, WMT 2015) compares letters, which is kinder to Russian endings. Neither says whether an answer is
true.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from statistics import fmean

from sacrebleu.metrics.bleu import BLEU
from sacrebleu.metrics.chrf import CHRF
from sacrebleu.tokenizers.tokenizer_intl import TokenizerV14International

ORDERS = 4
TOKENIZER = "intl"


@dataclass(frozen=True)
class TextScores:
    """0 to 100 each. `mean_mark_words` is L; the signatures say how sacrebleu counted."""

    bleu: float
    sacrebleu: float
    chrf: float
    answers: int
    mean_mark_words: float
    sacrebleu_signature: str
    chrf_signature: str


@lru_cache(maxsize=1)
def _tokenizer() -> TokenizerV14International:
    return TokenizerV14International()  # type: ignore[no-untyped-call]


def words(text: str) -> list[str]:
    split: str = _tokenizer()(text.lower())
    return split.split()


def mean_words(marks: Sequence[str]) -> float:
    """L: the mean length of the marks that say something."""
    lengths = [len(words(mark)) for mark in marks if mark.strip()]
    return fmean(lengths) if lengths else 0.0


def sentence_bleu(answer: str, mark: str, mean_mark_words: float) -> float:
    """The dealership's BLEU of one answer, 0 to 100."""
    said, right = words(answer), words(mark)
    logs = []
    missed = 0
    for order in range(1, ORDERS + 1):
        grams = _grams(said, order)
        total = sum(grams.values())
        if total == 0:
            break
        matches = sum((grams & _grams(right, order)).values())
        if matches == 0:
            if order == 1:
                return 0.0
            missed += 1
            logs.append(-math.log(2**missed * total))
        else:
            logs.append(math.log(matches / total))
    if not logs:
        return 0.0
    return 100 * _brevity(len(said), mean_mark_words) * math.exp(math.fsum(logs) / len(logs))


def sentence_chrf(answer: str, mark: str) -> float:
    """The chrF of one answer, 0 to 100."""
    return float(CHRF(lowercase=True).sentence_score(answer, [mark]).score)


def scored(pairs: Sequence[tuple[str, str]], mean_mark_words: float) -> TextScores | None:
    """Over answers with their marks; None without a pair."""
    if not pairs:
        return None
    answers = [answer for answer, _ in pairs]
    marks = [[mark for _, mark in pairs]]
    bleu, chrf = BLEU(tokenize=TOKENIZER, lowercase=True), CHRF(lowercase=True)
    return TextScores(
        bleu=fmean(sentence_bleu(answer, mark, mean_mark_words) for answer, mark in pairs),
        sacrebleu=bleu.corpus_score(answers, marks).score,
        chrf=chrf.corpus_score(answers, marks).score,
        answers=len(pairs),
        mean_mark_words=mean_mark_words,
        sacrebleu_signature=str(bleu.get_signature()),
        chrf_signature=str(chrf.get_signature()),
    )


def _grams(tokens: Sequence[str], order: int) -> Counter[tuple[str, ...]]:
    return Counter(tuple(tokens[at : at + order]) for at in range(len(tokens) - order + 1))


def _brevity(length: int, mean_mark_words: float) -> float:
    return 1.0 if length > mean_mark_words else math.exp(1 - mean_mark_words / length)
