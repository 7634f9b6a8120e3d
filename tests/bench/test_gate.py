"""The gate's fit: what is of one topic is left out together, and what is shipped fits what the gate reads."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from assistants.showroom import gate
from bench import gate as bench
from bench.gate import ITSELF, PEOPLE, Example, Judge, Matrix
from bench.gate_network import HIDDEN, Network
from bench.gate_questions import HELD_OUT, SALON, STRANGERS, Asked, everyday, labelled, questions_in
from core.russian import words
from core.vectors import DIMENSION

SIGNS, CERTAINTY_SIGNS = 10, 5


def _example(topic: str, world: str = "foreign", of: str = PEOPLE, weight: float = 1.0) -> Example:
    return Example(Asked(topic, world, topic), of, weight, (), False, (), None, ())


def test_no_fit_has_seen_the_topic_that_it_is_asked_of() -> None:
    topics = [f"topic {number % 7}" for number in range(70)]
    values = np.arange(70.0)[:, None]
    fits: list[frozenset[float]] = []

    def fit(seen: Matrix, rows: Sequence[Example]) -> Judge:
        assert len(seen) == len(rows)
        fits.append(frozenset(seen[:, 0]))
        return bench.linear(np.array([[0.0], [len(fits) - 1.0]]))  # the constant says which fit told it

    told = bench.left_out(values, [_example(topic) for topic in topics], fit)[:, 0]
    for topic in set(topics):
        within = [at for at, each in enumerate(topics) if each == topic]
        (number,) = {told[at] for at in within}
        assert not fits[int(number)] & set(values[within, 0])


def test_foreignness_is_of_directions_and_small_talk_counts_for_neither() -> None:
    drawn = np.random.default_rng(0)
    rows = [_example(str(number), world) for number, world in enumerate(gate.WORLDS * 40)]
    place = {"foreign": (0.2, 0.0), "salon": (-0.2, 0.0), "small_talk": (0.0, 0.9)}
    vectors = drawn.normal(0, 0.01, (len(rows), DIMENSION))
    vectors[:, :2] += [place[row.asked.world] for row in rows]
    network = bench.fit_foreignness(vectors, rows)
    told: dict[str, list[float]] = {world: [] for world in gate.WORLDS}
    for row, odds in zip(rows, network.told(vectors), strict=True):
        told[row.asked.world].append(odds)
    assert min(told["foreign"]) > 1.0
    assert max(told["salon"]) < -1.0
    again = bench.fit_foreignness(vectors, rows)
    assert again.told(vectors) == pytest.approx(network.told(vectors))


def test_the_gate_tells_what_the_network_was_trained_to_tell() -> None:
    """As it is written, packed in bytes, and without numpy."""
    shipped = gate._coefficients().foreignness
    network = Network(
        np.array(shipped.hidden), np.array(shipped.biases), np.array(shipped.heights), shipped.constant
    )
    vectors = np.random.default_rng(1).normal(0, DIMENSION**-0.5, (5, DIMENSION))
    told = [gate.foreignness(vector.tolist()) for vector in vectors]
    assert told == pytest.approx(network.told(vectors).tolist())


def test_what_weighs_more_is_what_people_asked() -> None:
    told = [bench._weight(of, "salon") for of in (PEOPLE, SALON, bench.OTHERS[0])]
    assert told == sorted(told, reverse=True)
    assert bench._weight(ITSELF, "salon") < 1.0


def test_the_coefficients_are_those_of_the_signs() -> None:
    """Another sign, or another embedder, means fitting again."""
    shipped = gate._coefficients()
    network = shipped.foreignness
    assert {len(row) for row in network.hidden} == {DIMENSION}
    assert len(network.hidden) == len(network.biases) == len(network.heights) == HIDDEN
    assert {world: len(row) for world, row in shipped.worlds.items()} == dict.fromkeys(gate.WORLDS, SIGNS + 1)
    assert len(shipped.answers) == CERTAINTY_SIGNS + 1


def test_no_question_of_everyday_life_is_there_twice_or_one_of_the_labelled() -> None:
    """Else a fit would have seen what it is asked."""
    asked = [tuple(words(each.text)) for each in everyday()]
    assert len(set(asked)) == len(asked)
    assert not {said for each in labelled() if (said := tuple(words(each.text)))} & set(asked)


def test_nothing_that_is_held_out_is_fitted_on() -> None:
    asked = {tuple(words(each.text)) for each in (*everyday(), *labelled())}
    held_out = [tuple(words(each.text)) for folder in (HELD_OUT, STRANGERS) for each in questions_in(folder)]
    assert len(set(held_out)) == len(held_out)
    assert not asked & set(held_out)


def test_every_question_of_everyday_life_has_a_topic_and_a_world() -> None:
    assert {each.world for each in everyday()} == set(gate.WORLDS)
    assert all(each.topic.startswith(f"{each.world}: ") for each in everyday())
