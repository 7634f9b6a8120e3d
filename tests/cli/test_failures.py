"""What goes wrong below a command is a sentence, a way out and an exit code, never a traceback."""

from __future__ import annotations

import errno

import pytest
import typer
from botocore.exceptions import EndpointConnectionError
from typer.testing import CliRunner

from cli.failures import AttendantGroup, CommandFailed
from cli.main import app as attendant
from core.errors import StoreAway


def told(error: Exception) -> tuple[int, str]:
    app = typer.Typer(cls=AttendantGroup)

    @app.command()
    def fail() -> None:
        raise error

    app.command("other")(lambda: None)  # one command alone would be no group
    result = CliRunner().invoke(app, ["fail"])
    return result.exit_code, result.output


@pytest.mark.parametrize(
    ("error", "word"),
    [
        (CommandFailed("no such thing", "try another", exit_code=2), "try another"),
        (OSError(errno.ENOSPC, "No space left on device", "/data/x"), "/data/x"),
        (OSError(errno.EROFS, "Read-only file system", "/data/x"), "must not be written"),
        (PermissionError(errno.EACCES, "Permission denied", "/data/x"), "give yourself the right"),
        (OSError(errno.EIO, "Input/output error"), "Input/output error"),
        (StoreAway("EndpointConnectionError"), "attendant status"),
        (EndpointConnectionError(endpoint_url="http://127.0.0.1:4566/"), "attendant status"),
    ],
    ids=lambda each: type(each).__name__ if isinstance(each, Exception) else "",
)
def test_expected_trouble_is_told_in_words(error: Exception, word: str) -> None:
    code, output = told(error)

    assert code == getattr(error, "exit_code", 1)
    assert output.startswith("attendant: ")
    assert word in output
    assert len(output.splitlines()) <= 2


def test_a_mistake_of_ours_is_not_hidden() -> None:
    app = typer.Typer(cls=AttendantGroup)
    app.command("other")(lambda: None)

    @app.command()
    def fail() -> None:
        raise KeyError("ours")

    assert isinstance(CliRunner().invoke(app, ["fail"]).exception, KeyError)


@pytest.mark.parametrize("port", ["0", "-1", "65536", "x"])
def test_a_port_that_is_none_is_told(port: str) -> None:
    result = CliRunner().invoke(attendant, ["up", "--port", port])

    assert result.exit_code == 2
    assert "--port" in result.output


def test_another_stack_on_the_usual_port_is_not_ours(tmp_path, monkeypatch) -> None:
    monkeypatch.setattr("cli.stack.talking_to", lambda *_, **__: pytest.fail("asked a stranger"))
    home = f"{tmp_path}/home"

    status = CliRunner().invoke(attendant, ["status", "--home", home])
    ask = CliRunner().invoke(attendant, ["ask", "showroom", "Есть ли C 180?", "--home", home])

    assert (status.exit_code, ask.exit_code) == (1, 1)
    assert "attendant up" in status.output
    assert "attendant up" in ask.output
