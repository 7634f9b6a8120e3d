"""`attendant ask`: what is printed, what the JSON holds, what the exit code means."""

from __future__ import annotations

import json
import time

import pytest


def lines(result) -> list[dict]:
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_an_answer_as_json(attendant, api):
    api.answers["Есть ли C 180?"] = "Да, есть."
    result = attendant("ask", "salon", "Есть ли C 180?", "--json")
    assert result.exit_code == 0
    (told,) = lines(result)
    assert {"answer", "sources", "facts", "state", "elapsed_ms"} <= set(told)
    assert (told["answer"], told["state"]) == ("Да, есть.", "answered")
    assert told["sources"][0]["kind"] == "stock"
    assert "Да" in result.stdout


def test_an_answer_that_grows_is_put_together(attendant, api):
    api.answers["Расскажите"] = "Одно предложение. Другое предложение. Третье, с числом 5 990 000 ₽."
    api.seconds = 0.8
    assert lines(attendant("ask", "salon", "Расскажите", "--json"))[0]["answer"] == api.answers["Расскажите"]
    assert api.answers["Расскажите"] in attendant("ask", "salon", "Расскажите").stdout


def test_what_is_said_beside_an_answer_is_told_too(attendant, api):
    assert "notice" not in lines(attendant("ask", "salon", "Есть?", "--json"))[0]
    api.resting = True
    (told,) = lines(attendant("ask", "salon", "Есть?", "--json"))
    assert (told["state"], told["notice"], told["offers"]) == ("answered", "Отдыхаю.", ["callback"])
    printed = attendant("ask", "salon", "Есть?").stdout
    assert "Отдыхаю." in printed
    assert "offered: callback" in printed


def test_a_file_has_a_session_for_each_question_and_bad_lines_do_not_stop_it(attendant, api, tmp_path):
    file = tmp_path / "questions.txt"
    file.write_bytes("\ufeffПервый\r\n\n  \n".encode() + b"\xff\xfe bad\n" + "Третий".encode())
    result = attendant("ask", "salon", "--file", str(file), "--json")
    assert result.exit_code == 0
    first, bad, third = lines(result)
    assert (first["question"], third["question"]) == ("Первый", "Третий")
    assert (bad["state"], bad["error"]["code"]) == ("unreadable", "bad_line")
    assert "line 4" in bad["error"]["message"]
    assert {"question", "answer", "sources", "facts", "state", "elapsed_ms"} <= set(bad)
    assert len({turn.question for turn in api.turns.values()}) == 2
    assert len(api.sessions) >= 2


def test_a_file_written_by_windows(attendant, api, tmp_path):
    file = tmp_path / "questions.txt"
    file.write_bytes("Первый\r\nВторой".encode("utf-16"))
    result = attendant("ask", "salon", "--file", str(file), "--json")
    assert [told["question"] for told in lines(result)] == ["Первый", "Второй"]


def test_what_the_api_refuses_is_an_answer_too(attendant, api):
    api.moods = ["invalid"]
    result = attendant("ask", "salon", "длинно", "--json")
    assert result.exit_code == 0
    (told,) = lines(result)
    assert (told["state"], told["error"]["code"]) == ("rejected", "invalid_input")
    assert "text: длинно" in told["error"]["message"]


def test_a_broken_line_is_tried_again_under_the_same_id(attendant, api):
    api.moods = ["broken", "broken", "fine"]
    assert attendant("ask", "salon", "Есть?", "--json").exit_code == 0
    assert len(api.turns) == 1


def test_an_api_that_stays_broken_is_exit_code_one(attendant, api):
    api.moods = ["broken"] * 9
    result = attendant("ask", "salon", "Есть?", "--json")
    assert result.exit_code == 1
    assert lines(result)[0]["state"] == "unreachable"
    assert "Traceback" not in result.output


def test_no_stack_is_one_sentence_and_the_way_out(attendant):
    began = time.monotonic()
    result = attendant("ask", "salon", "Есть?", "--url", "http://127.0.0.1:9")
    assert result.exit_code == 1
    assert "does not answer" in result.stderr
    assert "attendant up" in result.stderr
    assert time.monotonic() - began < 10


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("nobody", "Есть?"), "there are: salon"),
        (("salon", "Есть?", "--file", "x"), "either a question or --file"),
        (("salon", "--file", "/nowhere/x"), "cannot be read"),
        (("salon", "\udcff"), "not valid UTF-8"),
    ],
)
def test_wrong_calls_are_exit_code_two(attendant, words, sentence):
    result = attendant("ask", *words)
    assert result.exit_code == 2
    assert sentence in result.stderr


def test_a_dialogue_on_the_standard_input_is_one_session(attendant, api):
    result = attendant("ask", "salon", "--json", input="Первый\n\nВторой\n")
    assert [told["state"] for told in lines(result)] == ["answered", "answered"]
    assert len(api.sessions) == 1


def test_an_answer_that_never_ends_is_given_up(attendant, api):
    api.forgetful = True
    result = attendant("ask", "salon", "Есть?", "--json", "--timeout", "0.5")
    assert result.exit_code == 1
    assert "still being made" in lines(result)[0]["error"]["message"]
