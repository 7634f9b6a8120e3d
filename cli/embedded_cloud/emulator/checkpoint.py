"""The state on the disk once a minute, not only at a clean stop: a crash loses a minute at most.

Nothing is saved while a stack is being changed, so that what is on the disk can always be started from.
"""

from __future__ import annotations

import time

from ministack import app
from ministack.core import persistence
from ministack.services import cloudformation

from cli.embedded_cloud.emulator.seams import seam
from cli.embedded_cloud.emulator.sweeper import Sweep, scoped_items

EVERY_SECONDS = 60.0


def install() -> Sweep:
    """The sweep that saves."""
    services = seam(app, "_build_persistence_save_dict")
    save_all = seam(persistence, "save_all", "services")
    saved = time.monotonic()

    def save_state() -> None:
        nonlocal saved
        if time.monotonic() - saved < EVERY_SECONDS or _is_changing():
            return
        save_all(services())
        saved = time.monotonic()

    return save_state


def _is_changing() -> bool:
    stacks = [stack for *_scope, stack in scoped_items(cloudformation._stacks)]  # noqa: SLF001 - the store
    return any(str(stack.get("StackStatus", "")).endswith("_IN_PROGRESS") for stack in stacks)
