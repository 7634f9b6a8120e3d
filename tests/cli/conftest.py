from __future__ import annotations

from collections.abc import Iterator

import pytest
from typer.testing import CliRunner

from cli.main import app
from tests.cli.fake_api import FakeApi, serve


@pytest.fixture
def api() -> Iterator[FakeApi]:
    fake = FakeApi()
    server = serve(fake)
    yield fake
    server.shutdown()
    server.server_close()


@pytest.fixture
def attendant(api):
    """Calls the command line against the fake API; the result has exit_code, stdout and stderr."""

    def call(*words: str, **options):
        return CliRunner().invoke(app, list(words), env={"ATTENDANT_URL": api.url}, **options)

    return call
