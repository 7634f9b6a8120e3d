"""What a verdict costs, in calls: time is not the same on every machine."""

from __future__ import annotations

import sys

from core.topics import CompiledPolicy, screen


def calls(text: str, policy: CompiledPolicy) -> int:
    """Python's own calls among them."""
    made = 0

    def count(_frame: object, event: str, _of: object) -> None:
        nonlocal made
        made += event in {"call", "c_call"}

    sys.setprofile(count)
    try:
        screen(text, policy)
    finally:
        sys.setprofile(None)
    return made
