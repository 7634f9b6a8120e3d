"""The ledger must notice what a careless server does, and the command must say so."""

from __future__ import annotations

import json

import pytest

from cli.durations import rate_of, seconds_of
from cli.failures import CommandFailed
from cli.load_ledger import Entry, judge, spread
from cli.loadtest import mixed, own_host_only, steady


@pytest.fixture
def load(attendant, tmp_path):
    file = tmp_path / "questions.txt"
    file.write_text("Первый\nВторой\nТретий\n", encoding="utf-8")

    def run(*words: str):
        result = attendant("loadtest", "salon", "--file", str(file), "--json", *words)
        return result, json.loads(result.stdout or "{}")

    return run


def test_a_burst_is_run_cold_and_warm(load, api, monkeypatch):
    monkeypatch.setattr("cli.load_command.PAUSE_BETWEEN_BURSTS_SECONDS", 0)
    result, report = load("--burst", "12")
    assert result.exit_code == 0, result.output
    assert (report["cold"]["ok"], report["warm"]["ok"]) == (True, True)
    assert report["warm"]["questions"] == 12
    assert report["warm"]["states"] == {"answered": 12}
    assert len(api.turns) == 24


def test_a_steady_load_with_late_answers(load, api):
    api.seconds = 0.5
    result, report = load("--rate", "10/s", "--duration", "1s")
    assert result.exit_code == 0, result.output
    steady_load = report["steady"]
    assert steady_load["questions"] == 10
    assert steady_load["first_was"] == {"notice": 10}
    assert steady_load["answer_seconds"]["p50"] >= 0.5


def test_an_answer_that_changes_is_twice(load, api):
    api.flickering = True
    result, report = load("--burst", "3", "--cold")
    assert result.exit_code == 1
    assert len(report["cold"]["twice"]) == 3


def test_what_is_refused_for_good_is_lost(load, api):
    api.moods = ["invalid"]
    result, report = load("--burst", "3", "--cold")
    assert result.exit_code == 1
    assert len(report["cold"]["lost"]) == 1
    assert report["cold"]["trouble"] == {"HTTP 422": 1}


def test_shed_load_and_server_errors_are_counted_and_sent_again(load, api):
    api.moods = ["full", "broken"]
    result, report = load("--burst", "3", "--cold")
    assert result.exit_code == 0
    assert report["cold"]["shed"] == 1
    assert report["cold"]["trouble"] == {"HTTP 500": 1}
    assert report["cold"]["states"] == {"answered": 3}


def test_exactly_one_load_is_named(load):
    assert load()[0].exit_code == 2
    assert load("--burst", "3", "--rate", "1/s")[0].exit_code == 2


@pytest.mark.parametrize("url", ["http://192.0.2.1:8080", "http://nowhere.invalid", "nonsense"])
def test_only_this_machine_is_loaded(url):
    with pytest.raises(CommandFailed):
        own_host_only(url, i_own_this_host=False)


def test_ones_own_host_may_be_loaded():
    own_host_only("http://127.0.0.1:8080", i_own_this_host=False)
    own_host_only("http://192.0.2.1", i_own_this_host=True)


def test_the_promise_is_ten_seconds_for_each():
    late = Entry("a", "?", first_seconds=10.01, first_was="notice", ends=[("answered", "1")])
    quick = Entry("b", "?", first_seconds=9.99, first_was="notice", ends=[("failed", "1")])
    assert not judge([late, quick])["ok"]
    assert judge([late, quick])["within_10_seconds"] == 0.5
    assert judge([quick])["ok"]
    assert not judge([])["ok"]


def test_spread():
    assert spread([None]) == {"p50": None, "p95": None, "max": None}
    assert spread([3, 1, 2, None]) == {"p50": 2, "p95": 3, "max": 3}


@pytest.mark.parametrize(("text", "seconds"), [("90", 90), ("30s", 30), ("5m", 300), ("1h", 3600)])
def test_durations(text, seconds):
    assert seconds_of(text) == seconds


def test_rates():
    assert rate_of("2/s") == 2
    assert rate_of("10/min") == pytest.approx(1 / 6)
    assert len(steady(rate_of("10/min"), 300)) == 50
    for wrong in ("", "0/s", "x/min", "1/fortnight"):
        with pytest.raises(CommandFailed):
            rate_of(wrong)
    with pytest.raises(CommandFailed):
        seconds_of("soon")


def test_questions_come_from_all_over_the_list() -> None:
    assert mixed(["stock 1", "stock 2", "faq 1", "faq 2"], 2) == ["stock 1", "faq 1"]
    assert mixed(["a", "b"], 5) == ["a", "b", "a", "b", "a"]
