"""`attendant capacity`, as a person runs it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from cli.main import app


def told(*words: str):
    return CliRunner().invoke(app, ["capacity", *words], env={"COLUMNS": "120"})


def test_the_table_says_what_fits_and_that_nothing_was_measured():
    out = told("--gpu", "t4", "--model", "qwen2.5-7b-instruct", "--context", "2048").output
    assert "dialogues that fit, 750 tokens shared" in out
    assert "not measured" in out
    assert "Not on" not in out


def test_all_compares_the_gpus_and_says_where_it_does_not_fit():
    out = told("--gpu", "all", "--quantisation", "bf16").output
    for name in ("t4", "a10g", "l4", "h100", "h200"):
        assert f" {name}" in out
    assert "Not on t4: NVIDIA T4, 16 GB has compute capability 7.5 and bf16 needs 8.0." in out


def test_adapters_take_their_memory_from_the_dialogues():
    plain, adapted = (json.loads(told("--json", *words).output) for words in ((), ("--adapters", "3")))
    assert adapted["adapters_bytes"] > plain["adapters_bytes"] == 0
    assert plain["kv_bytes"] - adapted["kv_bytes"] == adapted["adapters_bytes"]
    assert "3 adapters of rank 16" in told("--adapters", "3").output
    assert "adapters of rank" not in told().output


def test_json_is_one_object_a_gpu_with_units_in_the_names():
    found = [json.loads(line) for line in told("--gpu", "all", "--json").output.splitlines()]
    assert [of["gpu"] for of in found] == ["t4", "a10g", "l4", "h100", "h200"]
    assert {of["measured"] for of in found} == {False}
    assert found[0]["kv_bytes_per_token"] == 57_344
    assert found[0]["weights_bytes"] == 5_570_253_934
    assert found[0]["slots"] == min(found[0]["dialogues_that_fit"], found[0]["dialogues_in_time"])
    assert found[0]["sources"]["gpu"]


def test_what_cannot_be_served_is_null_free_and_says_why():
    of = json.loads(told("--quantisation", "fp16", "--json").output)
    assert (of["slots"], of["burst_expected"], of["burst_at_the_roofline"]) == (0, {}, {})
    assert "GiB" in of["obstacle"]


def test_the_page_says_what_is_computed():
    page = (Path(__file__).parents[2] / "docs/capacity.md").read_text()
    told_there = [[cell.strip(" *") for cell in line.split("|")[2:-1]] for line in page.splitlines()]
    for row in told("--gpu", "all").output.splitlines()[2:]:
        cells = row.split()[-5:-1]
        if len(cells) == 4 and cells[0][0].isdigit():
            assert cells in told_there, row


@pytest.mark.parametrize(
    ("option", "name", "known"),
    [
        ("--gpu", "v100", "a10g"),
        ("--model", "gpt-5", "llama-3.1-8b-instruct"),
        ("--quantisation", "int3", "awq"),
    ],
)
def test_an_unknown_name_is_told_with_the_known_ones(option, name, known):
    done = told(option, name)
    assert done.exit_code == 2
    assert name in done.output
    assert known in done.output
    assert "Traceback" not in done.output
