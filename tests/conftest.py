"""Which tests go to the same worker, and which begin: two workers are to end together.

What shares something expensive (a deployed stack, synthesised templates, a loaded model, a browser) shares a
worker, too; else a file does. The deployed stack takes the longest, so it comes first. The scheduler is named
here because `--dist loadgroup` of xdist 3.8.0 writes its groups where pytest 9.2 no longer looks for them.
"""

from __future__ import annotations

from functools import cache

import botocore.session
import pytest
from hypothesis import HealthCheck, settings
from xdist.scheduler import LoadScopeScheduling

TOGETHER = ("e2e", "infra", "inference_container", "web", "cli/embedded_cloud")

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
    items.sort(key=lambda item: room(item.nodeid) != "e2e")


def room(nodeid: str) -> str:
    file = nodeid.partition("::")[0]
    inside = file.removeprefix("tests/")
    return next((group for group in TOGETHER if inside.startswith(f"{group}/")), file)
