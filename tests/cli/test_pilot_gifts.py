"""`attendant pilot gifts`: a file of codes goes in, each is redeemed once, what became of it is told."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from moto import mock_aws
from typer.testing import CliRunner

from cli import deployment as deployments
from cli import pilot_gifts
from cli.deployment import Deployment
from cli.main import app
from lambdas.adapters.dialogue_table import DialogueTable
from lambdas.adapters.dialogues import Dialogues
from tests.fakes.aws import ENVIRONMENT, client, make_tables
from tests.fakes.dialogue_data import session

OUTPUTS = {"DialoguesTable": "dialogues", "ControlTable": "control"}


@pytest.fixture
def deployed(monkeypatch: pytest.MonkeyPatch) -> Iterator[Deployment]:
    for name, value in ENVIRONMENT.items():
        monkeypatch.setenv(name, value)
    with mock_aws():
        dynamodb = client("dynamodb")
        make_tables(dynamodb)
        found = Deployment(OUTPUTS, _clients={"dynamodb": dynamodb})
        monkeypatch.setattr(deployments, "find", lambda *_: found)
        yield found


def say(*words: str) -> Any:
    return CliRunner().invoke(app, ["pilot", "gifts", *words])


def give(deployed: Deployment, session_id: str, campaign: str = "autumn") -> str | None:
    visitor = session(session_id, campaign=campaign)
    Dialogues(DialogueTable(deployed.client("dynamodb"), "dialogues")).open(visitor)
    return pilot_gifts.gifts_of(deployed).give(visitor)


@pytest.fixture
def codes(tmp_path: Path) -> Path:
    path = tmp_path / "codes.txt"
    path.write_text("\ufeffgift-01\n\n GIFT-02 \nGIFT-03\n", encoding="utf-8")
    return path


def test_a_code_from_the_file_to_the_desk(deployed: Deployment, codes: Path) -> None:
    assert say("add", "autumn", str(codes)).output == "autumn: 3 codes added\n"
    assert say("add", "autumn", str(codes)).output == "autumn: 0 codes added, 3 were known\n"
    assert give(deployed, "S1") == "GIFT-01"
    assert give(deployed, "S2") == "GIFT-02"
    assert say("redeem", " gift-01").output == "GIFT-01 is redeemed\n"
    assert say("list").output == "autumn: 2 given out, 1 redeemed, 1 left\n"
    again = say("redeem", "GIFT-01")
    assert again.exit_code == 1
    assert "GIFT-01 of autumn was redeemed on 20" in again.stderr
    early = say("redeem", "GIFT-03")
    assert early.exit_code == 1
    assert "was not given out" in early.stderr


def test_every_code_is_listed(deployed: Deployment, codes: Path) -> None:
    say("add", "autumn", str(codes))
    give(deployed, "S1")
    first, *rest = say("list", "--codes").output.splitlines()
    assert first.startswith("GIFT-01 of autumn was given out on 20")
    assert rest == ["GIFT-02 of autumn was not given out", "GIFT-03 of autumn was not given out"]
    told = [json.loads(line) for line in say("list", "--codes", "--json").output.splitlines()]
    assert [each["given_at"] is None for each in told] == [False, True, True]
    (stand,) = (json.loads(line) for line in say("list", "--json").output.splitlines())
    assert stand == {"campaign": "autumn", "codes": 3, "given": 1, "redeemed": 0}


@pytest.mark.parametrize(
    ("campaign", "text", "sentence"),
    [
        ("a b", b"GIFT-01", "'a b' is no campaign"),
        ("autumn", b"GIFT-01\nno code!\n", "line 2: this is no code"),
        ("autumn", b"\n \n", "holds no code"),
        ("autumn", b"\xff\xfe", "is no text in UTF-8"),
    ],
)
def test_a_wrong_file_puts_nothing_in(
    deployed: Deployment, tmp_path: Path, campaign: str, text: bytes, sentence: str
) -> None:
    path = tmp_path / "codes.txt"
    path.write_bytes(text)
    answer = say("add", campaign, str(path))
    assert answer.exit_code == 2
    assert sentence in answer.stderr.replace("\n", " ")
    assert list(pilot_gifts.gifts_of(deployed).all()) == []


@pytest.mark.parametrize("code", ["GIFT-99", "не код", "x"])
def test_an_unknown_code(deployed: Deployment, code: str) -> None:
    answer = say("redeem", code)
    assert answer.exit_code == 1
    assert "there is no code" in answer.stderr
