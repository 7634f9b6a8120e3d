"""The entry point: settings from options and environment, a taken port, readiness and SIGTERM."""

from __future__ import annotations

import json
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from inference_container.__main__ import main, read_settings


def test_options_win_over_the_environment() -> None:
    environ = {"INFERENCE_PORT": "8080", "INFERENCE_ENGINE": "scripted", "INFERENCE_CONTEXT": "1024"}
    settings = read_settings(["serve", "--port", "4711"], environ)
    assert (settings.port, settings.engine, settings.context_tokens) == (4711, "scripted", 1024)


@pytest.mark.parametrize(
    "argv", [["--port", "x"], ["--engine", "magic"], ["--parallel", "0"], ["--nonsense"]]
)
def test_wrong_options_end_with_usage(argv: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        read_settings(argv, {})
    assert stopped.value.code == 2
    assert "usage" in capsys.readouterr().err


def test_missing_weights_and_a_taken_port_are_sentences(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    assert main(["--models-dir", str(tmp_path), "--port", "0"]) == 1
    assert "inference_container.fetch" in caplog.text
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        assert main(["--engine", "scripted", "--port", str(taken.getsockname()[1])]) == 1
    assert "choose another --port" in caplog.text


@pytest.fixture
def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def script(tmp_path: Path) -> Path:
    path = tmp_path / "script.json"
    path.write_text(json.dumps({"answer": "раз два три четыре", "token_seconds": 0.2}))
    return path


@pytest.fixture
def server(free_port: int, script: Path) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    command = [sys.executable, "-m", "inference_container", "--engine", "scripted", "--model", "tiny"]
    process = subprocess.Popen([*command, "--port", str(free_port), "--script", str(script)])
    url = f"http://127.0.0.1:{free_port}"
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        try:
            if httpx.get(url + "/ping").status_code == 200:
                break
        except httpx.TransportError:
            time.sleep(0.1)
    yield url, process
    process.kill()
    process.wait()


def test_sigterm_lets_the_running_answer_finish(
    server: tuple[str, subprocess.Popen[bytes]], script: Path
) -> None:
    url, process = server
    answers: list[httpx.Response] = []
    body = {"messages": [{"role": "user", "content": "?"}]}
    asking = threading.Thread(
        target=lambda: answers.append(httpx.post(url + "/v1/chat/completions", json=body, timeout=20))
    )
    asking.start()
    time.sleep(0.3)
    process.send_signal(signal.SIGTERM)
    asking.join()
    assert process.wait(timeout=20) == 0
    assert answers[0].json()["choices"][0]["message"]["content"] == "раз два три четыре"


def test_the_script_may_change_while_the_server_runs(
    server: tuple[str, subprocess.Popen[bytes]], script: Path
) -> None:
    url, _ = server
    script.write_text(json.dumps({"failure": "before_first"}))
    body = {"messages": [{"role": "user", "content": "?"}]}
    assert httpx.post(url + "/v1/chat/completions", json=body).status_code == 503
    script.write_text(json.dumps({}))
    answer = httpx.post(url + "/v1/chat/completions", json=body).json()
    assert answer["choices"][0]["message"]["content"] == "?"
