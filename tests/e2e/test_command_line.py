"""The commands that a person would try first, against the running stack."""

from __future__ import annotations

import json

from tests.e2e.conftest import SALON, SECOND_SALON


def test_status(attendant):
    told = attendant.json("status")
    assert set(told["running"]) >= {"supervisor", "emulator", "model", "front-door"}
    assert told["health"]["state"] == "ok"


def test_ask(attendant):
    told = attendant.json("ask", SALON, "Есть ли C 180?")
    assert set(told) >= {"answer", "sources", "facts", "state", "elapsed_ms"}
    assert "C 180" in told["answer"]


def test_ask_a_file(attendant, tmp_path):
    file = tmp_path / "questions.txt"
    file.write_bytes("Есть ли C 180?\n\nКак сварить борщ?\n".encode() + b"\xff\n")
    done = attendant("ask", SALON, "--file", str(file), "--json")
    told = [json.loads(line) for line in done.stdout.splitlines()]
    assert [each["question"] for each in told[:2]] == ["Есть ли C 180?", "Как сварить борщ?"]
    assert told[2]["state"] == "unreadable"


def test_up_twice_is_a_sentence(attendant):
    done = attendant("up", "--port", "8480", "--emulator-port", "4880", "--model-port", "8490", check=False)
    assert done.returncode == 1
    assert "running already" in done.stderr
    assert "Traceback" not in done.stderr


def test_logs_hold_no_question(attendant):
    attendant("ask", SALON, "Есть ли особаяметка в наличии?")
    lines = attendant("logs", "--since", "5m").stdout
    assert "turn_ended" in lines
    assert "особаяметка" not in lines


def test_doctor_and_retention(attendant):
    attendant("doctor")
    assert attendant("retention", SECOND_SALON).stdout.startswith("P")
