"""What can go wrong on the way to verified weights, each with the way out in its sentence.

Refuses to know how a sentence is shown: `fetch.py` prints it and ends with status 1, callers may catch it.
"""

from __future__ import annotations


class WeightsError(Exception):
    """Root. `str(error)` is one or two sentences for the person at the terminal."""


class UnknownModel(WeightsError):
    """The catalogue has no such id."""


class DownloadFailed(WeightsError):
    """The source could not be reached or does not carry the file."""


class WrongHash(WeightsError):
    """Bytes arrived, but not the ones that the catalogue names."""


class NoSpace(WeightsError):
    """The disk cannot take what is still missing."""


class WeightsMissing(WeightsError):
    """Nothing was fetched yet, or a file of the model is gone."""
