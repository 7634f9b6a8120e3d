"""The small network that tells how foreign a question is, and how it is trained.

One layer of `HIDDEN` rectified sums of an embedding's coordinates, and a sum of these: log odds. Trained by
Adam on batches that are drawn by the questions' weights; coordinates and sums are left out by chance, and
large coefficients cost. The seed is fixed, so that the same questions give the same network. Refuses to know
questions and files.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from core.vectors import packed, unpacked

Matrix = npt.NDArray[np.float64]

HIDDEN, STEPS, BATCH, RATE = 64, 2000, 512, 0.004
DROPPED, DECAY = 0.3, 0.002
# What a byte of `core.vectors` holds at most.
_HIGHEST = 0.25


@dataclass(frozen=True)
class Network:
    """A row of `hidden`, a bias and a height for each sum."""

    hidden: Matrix
    biases: Matrix
    heights: Matrix
    constant: float

    def told(self, values: Matrix) -> Matrix:
        """The log odds of each row of `values`."""
        raised = np.maximum(values @ self.hidden.T + self.biases, 0)
        return np.asarray(raised @ self.heights + self.constant)


def trained(values: Matrix, truth: Matrix, weights: Matrix) -> Network:
    """Of rows of `values` whose `truth` is 0 or 1; as it will be once it is written in bytes."""
    drawn = np.random.default_rng(0)
    mean, scale = values.mean(0), values.std(0) + 1e-9
    inputs = ((values - mean) / scale).astype(np.float32)
    width = inputs.shape[1]
    begun = [
        drawn.normal(0, width**-0.5, (width, HIDDEN)), np.zeros(HIDDEN),
        drawn.normal(0, HIDDEN**-0.5, HIDDEN), np.zeros(1),
    ]  # fmt: skip
    table = [part.astype(np.float32) for part in begun]
    firsts, seconds = ([np.zeros_like(part) for part in table] for _ in range(2))
    for step in range(1, STEPS + 1):
        chosen = drawn.choice(len(inputs), BATCH, p=weights / weights.sum())
        slopes = _slopes(table, inputs[chosen], truth[chosen], drawn)
        rate = RATE * (1 - step / STEPS)
        for at, slope in enumerate(slopes):
            firsts[at] = 0.9 * firsts[at] + 0.1 * slope
            seconds[at] = 0.99 * seconds[at] + 0.01 * slope**2
            step_size = rate / (1 - 0.9**step) / (np.sqrt(seconds[at] / (1 - 0.99**step)) + 1e-8)
            table[at] = (table[at] - step_size * firsts[at]).astype(np.float32)
    return _in_bytes([part.astype(np.float64) for part in table], mean, scale)


def _slopes(
    table: list[npt.NDArray[np.float32]],
    inputs: npt.NDArray[np.float32],
    truth: Matrix,
    drawn: np.random.Generator,
) -> list[npt.NDArray[np.float32]]:
    hidden, biases, heights, constant = table

    def kept(shape: tuple[int, ...]) -> npt.NDArray[np.float32]:
        return ((drawn.random(shape) > DROPPED) / (1 - DROPPED)).astype(np.float32)

    seen = inputs * kept(inputs.shape)
    sums = seen @ hidden + biases
    left = kept(sums.shape) * (sums > 0)
    told = (sums * left) @ heights + constant
    wrong = ((1 / (1 + np.exp(-told)) - truth) / len(truth)).astype(np.float32)
    back = np.outer(wrong, heights) * left
    return [
        seen.T @ back + DECAY * hidden, back.sum(0),
        (sums * left).T @ wrong + DECAY * heights, wrong.sum(keepdims=True),
    ]  # fmt: skip


def _in_bytes(table: list[Matrix], mean: Matrix, scale: Matrix) -> Network:
    """A sum that is raised by a factor counts so much less. The biases make up for what the bytes lose at the
    mean, where most of an embedding lies.
    """
    hidden, biases, heights, constant = table
    rows = (hidden / scale[:, None]).T
    factors = _HIGHEST / np.abs(rows).max(1)
    rounded = np.array(unpacked(packed((rows * factors[:, None]).tolist())))
    return Network(rounded, biases * factors - rounded @ mean, heights / factors, float(constant[0]))


__all__ = ["HIDDEN", "Network", "trained"]
