from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.fakes.stubbed_aws import StubbedAws


@pytest.fixture
def stubbed(monkeypatch: pytest.MonkeyPatch) -> Iterator[StubbedAws]:
    made = StubbedAws()
    monkeypatch.setattr("lambdas.adapters.capacity.aws_client", made.client)
    yield made
    made.assert_all_called()
