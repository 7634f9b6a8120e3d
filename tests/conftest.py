"""Which tests go to the same worker, and which begin: two workers are to end together.

What shares something expensive (a deployed stack, synthesised templates, a loaded model, a browser) shares a
worker, too; else a file does. What takes long begins, the deployed stack first of all; what needs compiled
knowledge ends, since the deployed stack compiles it meanwhile. The scheduler is named here because
`--dist loadgroup` of xdist 3.8.0 writes its groups where pytest 9.2 no longer looks for them.
"""

from __future__ import annotations

import time
from functools import cache
from typing import Any

import botocore.session
import pytest
from hypothesis import HealthCheck, settings
from xdist.scheduler import LoadScopeScheduling

TOGETHER = ("e2e", "infra", "cli/embedded_cloud", "web", "inference_container")
LONG = (*TOGETHER, "tests/cli/test_cost.py")
NEED_KNOWLEDGE = "tests/assistants/"
BEGAN = time.monotonic()
ended: dict[str, float] = {}

# A function has one session for its life, tests have hundreds; each would read the descriptions of AWS anew.
botocore.session.create_loader = cache(botocore.session.create_loader)

# How often each property is tried; what is slow takes a part of it. Machines are shared, so how long an
# example took says nothing about the code.
EXAMPLES = {"day": 100, "night": 600}
for profile, examples in EXAMPLES.items():
    settings.register_profile(
        profile, max_examples=examples, deadline=None, suppress_health_check=[HealthCheck.too_slow]
    )
settings.load_profile("day")


class ByRoom(LoadScopeScheduling):
    def _split_scope(self, nodeid: str) -> str:
        return room(nodeid)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> ByRoom:
    return ByRoom(config, log)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: place(room(item.nodeid)))


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any, error: object) -> None:
    ended[node.gateway.id] = time.monotonic() - BEGAN


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    for worker, seconds in ended.items():
        terminalreporter.write_line(f"worker {worker} ended after {seconds:.0f} s")


def place(group: str) -> int:
    if group in LONG:
        return LONG.index(group)
    return len(LONG) + group.startswith(NEED_KNOWLEDGE)


def room(nodeid: str) -> str:
    file = nodeid.partition("::")[0]
    inside = file.removeprefix("tests/")
    return next((group for group in TOGETHER if inside.startswith(f"{group}/")), file)
