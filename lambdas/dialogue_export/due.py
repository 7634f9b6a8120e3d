"""Which days are written again in a run, and in which order.

Nothing is remembered between runs: when the file of `sessions` was written tells how old a day is. Today and
yesterday are due in every run; a day from which a dialogue was erased since; a day without a file, or with
one of a day's age, so that whatever changed late (a rating, a request worked on, an expiry, a new rule of
masking) is in the files a day later at most. Refuses to know how a day is written.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta

from lambdas.adapters.erasures import Erasure

WRITTEN_AGAIN_AFTER = timedelta(hours=23)
LONGEST_RUN = timedelta(minutes=20)
"""A run that began to read before an erasure may have written after it: its file does not count as clean."""


def due_days(
    written: Mapping[date, datetime],
    erasures: Iterable[Erasure],
    *,
    now: datetime,
    retention: timedelta,
    everything: bool = False,
) -> Iterator[date]:
    """Most urgent first, each once. `now` and the days are of UTC, `erasures` of this assistant alone."""
    today = now.date()
    unclean = [
        each.opened_on
        for each in erasures
        if each.opened_on in written and written[each.opened_on] < each.noted_at + LONGEST_RUN
    ]
    window = [today - timedelta(days=back) for back in range(retention.days + 2)]
    missing = [day for day in window if day not in written]
    stale = sorted(
        (moment, day) for day, moment in written.items() if everything or now - moment > WRITTEN_AGAIN_AFTER
    )
    yield from dict.fromkeys((*unclean, *window[:2], *missing, *(day for _, day in stale)))
