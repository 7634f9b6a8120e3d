from __future__ import annotations

import pytest

from tests.fakes.platform import FakePlatform, Visitor


@pytest.fixture
def platform() -> FakePlatform:
    return FakePlatform()


@pytest.fixture
def visitor(platform: FakePlatform) -> Visitor:
    return platform.open()
