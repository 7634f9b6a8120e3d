"""The dealership's BLEU against values computed by hand, and against sacrebleu where both mean the same."""

from __future__ import annotations

import math

import pytest
from sacrebleu.metrics import BLEU

from jobs.evaluation.text_scores import mean_words, scored, sentence_bleu, sentence_chrf, words

MARK = "в наличии два белых седана"
PAIRS = [
    ("В наличии два чёрных седана.", "В наличии два белых седана."),
    ("Салон работает с 9:00 до 21:00 по будням.", "По будням салон работает с 9:00 до 21:00."),
    ("Да, есть.", "Да, такой автомобиль есть в наличии."),
    ("Тест-драйв бесплатный.", "Тест-драйв бесплатный."),
]


def test_by_hand() -> None:
    """p1 = 4/5, p2 = 2/4, p3 = 1/3, p4 = 0/2, smoothed to 1/(2*2); five words where L is four: BP = 1."""
    by_hand = 100 * (4 / 5 * 2 / 4 * 1 / 3 * 1 / 4) ** 0.25
    assert sentence_bleu("в наличии два чёрных седана", MARK, 4) == pytest.approx(by_hand)


def test_brevity_is_against_the_mean_length_of_the_training_marks() -> None:
    whole = sentence_bleu(MARK, MARK, 5)
    assert whole == pytest.approx(100)
    assert sentence_bleu(MARK, MARK, 10) == pytest.approx(100 * math.exp(1 - 10 / 5))
    assert sentence_bleu(MARK, MARK, 4) == pytest.approx(100)


def test_nothing_in_common_is_zero_and_an_empty_answer_too() -> None:
    assert sentence_bleu("совсем другое", MARK, 5) == 0
    assert sentence_bleu("", MARK, 5) == 0


@pytest.mark.parametrize(("answer", "mark"), PAIRS)
def test_with_the_marks_own_length_it_is_sacrebleus_sentence_score(answer: str, mark: str) -> None:
    theirs = BLEU(tokenize="intl", lowercase=True, effective_order=True, smooth_method="exp")
    length = float(len(words(mark)))
    assert sentence_bleu(answer, mark, length) == pytest.approx(theirs.sentence_score(answer, [mark]).score)


def test_the_figure_is_the_mean_of_sentences() -> None:
    length = mean_words([mark for _, mark in PAIRS])
    scores = scored(PAIRS, length)
    assert scores is not None
    assert scores.bleu == pytest.approx(sum(sentence_bleu(a, m, length) for a, m in PAIRS) / len(PAIRS))
    assert scores.sacrebleu != pytest.approx(scores.bleu)
    assert scores.sacrebleu_signature.startswith("nrefs:1|case:lc")
    assert "tok:intl" in scores.sacrebleu_signature


def test_mean_length_leaves_empty_marks_out() -> None:
    assert mean_words(["два слова", "", "ещё два слова!"]) == pytest.approx((2 + 4) / 2)


def test_chrf_is_kind_to_endings() -> None:
    near, far = "белая машина", "зелёный мотоцикл"
    assert sentence_chrf(near, "белой машины") > 30 > sentence_chrf(far, "белой машины")


def test_no_pairs_no_scores() -> None:
    assert scored([], 5.0) is None
