"""How commands find what is deployed."""

from __future__ import annotations

from pathlib import Path

import pytest

from cli.deployment import Deployment, read_outputs
from cli.failures import CommandFailed


def test_the_region_is_where_the_stack_stands() -> None:
    outputs = {"ApiId": "abc", "OperationsTopicArn": "arn:aws:sns:eu-central-1:123456789012:operations"}
    assert Deployment(outputs).region == "eu-central-1"
    assert Deployment({"ApiId": "abc", "BucketArn": "arn:aws:s3:::published"}).region is None


def test_an_outputs_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(CommandFailed, match=r"outputs\.json"):
        read_outputs(tmp_path / "outputs.json")


def test_a_model_of_somebody_else_is_named(attendant) -> None:
    nameless = attendant("up", "--model-url", "http://127.0.0.1:1")
    assert (nameless.exit_code, "--model NAME" in nameless.stderr) == (2, True)

    ours = attendant("up", "--model-slots", "4")
    assert (ours.exit_code, "--model-url" in ours.stderr) == (2, True)
