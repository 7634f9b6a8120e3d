"""Which tests go to the same worker, and which begin: two workers are to end together.

What shares something expensive (a deployed stack, synthesised templates, a loaded model, a browser) shares a
worker, too. The deployed stack takes the longest, so it comes first.
"""

from __future__ import annotations

from pathlib import Path

import pytest

TESTS = Path(__file__).parent
TOGETHER = ("e2e", "infra", "inference_container", "web", "cli/embedded_cloud")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        group = room(item.path)
        if group is not None:
            item.add_marker(pytest.mark.xdist_group(group))
    items.sort(key=lambda item: room(item.path) != "e2e")


def room(path: Path) -> str | None:
    inside = path.relative_to(TESTS).as_posix()
    return next((group for group in TOGETHER if inside.startswith(f"{group}/")), None)
