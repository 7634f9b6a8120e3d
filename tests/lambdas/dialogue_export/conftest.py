from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.fakes.analytics import FakeAnalytics


@pytest.fixture
def analytics(dynamodb: Any, tmp_path: Path) -> FakeAnalytics:
    return FakeAnalytics(dynamodb, tmp_path / "kept")
