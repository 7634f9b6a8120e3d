"""Lines name the code that told them, numbers the assistant whose they are."""

from __future__ import annotations

import io
import json

import pytest
from aws_lambda_powertools import Logger

from core.measures import Measure, Of
from lambdas.adapters.telemetry import PowertoolsTelemetry, dimension_sets, names, session_name


def test_a_line_names_the_place_that_told_it() -> None:
    lines = io.StringIO()
    telemetry = PowertoolsTelemetry(Logger(service="places", stream=lines), namespace="n")
    telemetry.tell("one")
    telemetry.alarm("two", ValueError("secret"))
    for line in map(json.loads, lines.getvalue().splitlines()):
        assert line["location"].startswith("test_a_line_names_the_place_that_told_it:")
        assert "secret" not in json.dumps(line)


def test_numbers_go_to_the_log_of_the_function(capsys: pytest.CaptureFixture[str]) -> None:
    PowertoolsTelemetry(Logger(service="numbers"), namespace="n").measure(Measure.COPIES_READY, 2)
    (line,) = capsys.readouterr().out.splitlines()
    assert json.loads(line)["CopiesReady"] == 2


@pytest.mark.parametrize("measure", [m for m in Measure if m.of is not Of.ALL])
def test_a_number_of_each_assistant_needs_one(measure: Measure) -> None:
    with pytest.raises(ValueError, match=measure.value):
        list(dimension_sets(measure, None))


def test_a_session_and_its_turns_are_named_alike_everywhere() -> None:
    assert names("s1", "m1")["session"] == names("s1", "m2")["session"] == session_name("s1")
    assert len({names("s1", "m1")["turn"], names("s1", "m2")["turn"], names("s2", "m1")["turn"]}) == 3
