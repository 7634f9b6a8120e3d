"""`attendant policy check`: a verdict for each line, and a clear sentence for a broken policy."""

from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

from cli.main import app

POLICY = """
[[topics]]
id = "weapons"
phrases = ["купить бомбу"]
reply = "Об этом я не говорю."
samples = [{ text = "Где купить бомбу?", allowed = false }]
"""


@pytest.fixture
def check(tmp_path):
    def run(policy: str | bytes, messages: bytes | None, *words: str):
        (tmp_path / "topics.toml").write_bytes(policy if isinstance(policy, bytes) else policy.encode())
        (tmp_path / "messages.txt").write_bytes(messages or b"")
        file = [] if messages is None else ["--file", str(tmp_path / "messages.txt")]
        return CliRunner().invoke(
            app, ["policy", "check", "--policy", str(tmp_path / "topics.toml"), *file, *words]
        )

    return run


def test_one_verdict_a_line(check):
    result = check(POLICY, "Есть ли C 180?\n\nКупите бомбы\r\n".encode() + b"\xff\n", "--json")
    assert result.exit_code == 0
    verdicts = [json.loads(line) for line in result.stdout.splitlines()]
    assert [verdict["allowed"] for verdict in verdicts] == [True, True, False, True]
    assert (verdicts[2]["topic"], verdicts[2]["matched"]) == ("weapons", "купить бомбу")
    assert (verdicts[0]["topic"], verdicts[0]["matched"]) == (None, None)
    assert "error" in verdicts[3]


def test_the_same_for_people(check):
    result = check(POLICY, "купил бомбу".encode())
    assert "weapons" in result.stdout


def test_the_samples_of_the_policy(check):
    assert check(POLICY, None).exit_code == 0
    wrong = check(POLICY.replace("allowed = false", "allowed = true"), None)
    assert wrong.exit_code == 1
    assert "weapons" in wrong.stdout


@pytest.mark.parametrize(
    "policy", ["[[topics]", "[[topics]]\nid = 1", b"\xff", "[[topics]]\nid='a'\nphrases=[]\nreply='x'"]
)
def test_a_broken_policy_is_a_sentence(check, policy):
    result = check(policy, b"x")
    assert result.exit_code == 2
    assert "topics.toml" in result.stderr
    assert "Traceback" not in result.output


def test_missing_files(tmp_path):
    words = ["policy", "check", "--policy", str(tmp_path / "no.toml"), "--file", str(tmp_path / "no.txt")]
    result = CliRunner().invoke(app, words)
    assert result.exit_code == 2
    assert "cannot be read" in result.stderr
