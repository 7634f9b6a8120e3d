"""Unit vectors as a published document holds them, one byte a coordinate, and how they are compared.

Embeddings of the family that is used crowd into a narrow cone, so a mean is taken off before cosines mean
anything. Refuses to know texts and embedders.
"""

from __future__ import annotations

import base64
import math
from array import array
from collections.abc import Iterable, Sequence

DIMENSION = 384
# A coordinate of a unit vector of that many dimensions seldom passes a quarter.
_BYTE_SCALE = 127 * 4


def packed(vectors: Sequence[Sequence[float]]) -> str:
    """Base64 of int8, in which 508 is 1.0."""
    signed = array("b", (max(-127, min(127, round(x * _BYTE_SCALE))) for vector in vectors for x in vector))
    return base64.b64encode(signed.tobytes()).decode()


def unpacked(text: str) -> list[list[float]]:
    signed = array("b", base64.b64decode(text))
    return [[x / _BYTE_SCALE for x in signed[at : at + DIMENSION]] for at in range(0, len(signed), DIMENSION)]


def mean_of(vectors: Sequence[Sequence[float]]) -> list[float]:
    return (
        [math.fsum(column) / len(vectors) for column in zip(*vectors, strict=True)]
        if vectors
        else [0.0] * DIMENSION
    )


def centred(vector: Sequence[float], mean: Sequence[float]) -> tuple[float, ...]:
    """The unit vector that is left of `vector` without the mean."""
    moved = [x - y for x, y in zip(vector, mean, strict=True)]
    length = math.hypot(*moved) or 1.0
    return tuple([x / length for x in moved])


def cosines(vector: tuple[float, ...], known: Iterable[tuple[float, ...]]) -> list[float]:
    """Of one unit vector with others: by the law of cosines 1 - d²/2, as `math.dist` is one call in C (a
    quarter of the time that a sum of products takes).
    """
    return [1.0 - math.dist(vector, other) ** 2 / 2.0 for other in known]
