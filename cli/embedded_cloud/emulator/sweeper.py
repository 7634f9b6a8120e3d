"""The clock of the extension: one daemon thread that runs every sweep every few seconds.

Knows when. Refuses to know what a sweep does; one that fails is logged with its name and runs again.
"""

from __future__ import annotations

import logging
import os
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from ministack.core.responses import request_scope

logger = logging.getLogger("attendant.emulator")

Sweep = Callable[[], None]


def sweep_seconds() -> float:
    """Seconds between two sweeps: ATTENDANT_EMULATOR_SWEEP_SECONDS, 5 unless it says otherwise."""
    return float(os.environ.get("ATTENDANT_EMULATOR_SWEEP_SECONDS", "5"))


def start(sweeps: list[Sweep]) -> None:
    """Runs the sweeps for the life of the process."""

    def forever() -> None:
        while True:
            time.sleep(sweep_seconds())
            for sweep in sweeps:
                try:
                    sweep()
                except Exception:
                    logger.exception("sweep %s failed", sweep.__name__)

    threading.Thread(target=forever, daemon=True, name="attendant-sweeper").start()


@contextmanager
def in_scope(account: str, region: str) -> Iterator[None]:
    """Acts for one account and region, as a request of theirs would."""
    with request_scope(account, region):
        yield


def scoped_items(scoped: Any) -> Iterator[tuple[str, str, Any, Any]]:
    """(account, region, key, value) of a store of the emulator, safe against changes meanwhile."""
    for (account, region, key), value in list(scoped._data.items()):  # noqa: SLF001 - no public way over accounts
        yield account, region, key, value
