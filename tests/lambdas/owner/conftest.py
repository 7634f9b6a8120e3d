from __future__ import annotations

from typing import Any

import pytest

from tests.fakes.owner_platform import OwnerPlatform


@pytest.fixture
def platform(dynamodb: Any, s3: Any) -> OwnerPlatform:
    return OwnerPlatform(dynamodb, s3).sign_in()
