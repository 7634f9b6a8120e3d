"""`attendant policy edit|history|rollback|show` against a bucket in memory."""

from __future__ import annotations

import json
from pathlib import Path

import boto3
import pytest
from moto import mock_aws
from typer.testing import CliRunner

from cli import deployment as deployments
from cli.deployment import Deployment
from cli.main import app
from core.facts import DocumentKind
from lambdas.adapters.owners_audit import OwnersAudit, subject_of
from tests.fakes.aws import make_audit_table

KEY = "showroom/policy.json"


def policy(*phrases: str, sample: str = "", allowed: bool = False) -> str:
    samples = f"samples = [{{ text = '{sample}', allowed = {str(allowed).lower()} }}]" if sample else ""
    return f"[[topics]]\nid = 'bombs'\nphrases = {json.dumps(phrases)}\nreply = 'Нет.'\n{samples}"


@pytest.fixture
def s3(monkeypatch):
    with mock_aws():
        made = Deployment({"PublishedBucket": "published", "AuditTable": "audit"}, endpoint="memory")
        made._clients["dynamodb"] = dynamodb = boto3.client("dynamodb", region_name="us-east-1")
        make_audit_table(dynamodb)
        made._clients["s3"] = client = boto3.client("s3", region_name="us-east-1")
        client.create_bucket(Bucket="published")
        client.put_bucket_versioning(Bucket="published", VersioningConfiguration={"Status": "Enabled"})
        monkeypatch.setattr(deployments, "find", lambda *_: made)
        monkeypatch.setattr("getpass.getuser", lambda: "anna")
        yield client


@pytest.fixture
def attendant(s3, tmp_path):
    def say(*words: str, text: str | None = None, **environment: str):
        if text is not None:
            (tmp_path / "topics.toml").write_text(text, "utf-8")
            words = (*words, "--file", str(tmp_path / "topics.toml"))
        return CliRunner().invoke(app, ["policy", *words], env=environment)

    return say


def editor(folder: Path, script: str) -> str:
    path = folder / "editor"
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)
    return str(path)


def body(s3) -> bytes:
    return s3.get_object(Bucket="published", Key=KEY)["Body"].read()


def test_what_changed_and_who_did_it(attendant) -> None:
    first = attendant("edit", "showroom", text=policy("бомба"))
    assert first.exit_code == 0, first.output
    assert "bombs: new topic, 1 phrases" in first.stdout
    assert "by anna" in first.stdout
    second = attendant("edit", "showroom", text=policy("бомба", "мина"))
    assert "bombs: +1 phrases («мина»)" in second.stdout
    told = attendant("history", "showroom").stdout
    assert told.index("«мина»") < told.index("new topic")
    assert told.count("anna") == 2


def test_the_owners_page_is_told_of_it(attendant, s3) -> None:
    attendant("edit", "showroom", text=policy("бомба"))
    attendant("edit", "showroom", text=policy("бомба", "мина"))
    attendant("edit", "showroom", text=policy("бомба", "мина"))
    attendant("rollback", "showroom")
    audit = OwnersAudit(boto3.client("dynamodb", region_name="us-east-1"), "audit")
    told = audit.of(subject_of("showroom", DocumentKind.POLICY))[::-1]
    assert [(each.actor, each.action) for each in told] == [
        ("anna", "publish"),
        ("anna", "publish"),
        ("anna", "rollback"),
    ]
    assert [each.before for each in told] == ["", told[0].after, told[1].after]
    assert "+1 фразы («мина»)" in told[1].detail
    assert "-1 фразы («мина»)" in told[2].detail


def test_the_same_again_is_nothing(attendant, s3) -> None:
    attendant("edit", "showroom", text=policy("бомба"))
    before = body(s3)
    assert "nothing to change" in attendant("edit", "showroom", text=policy("бомба")).stdout
    assert body(s3) == before


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[[topics]", "is not TOML"),
        (policy(), "phrases"),
        (policy("бомба", sample="Есть бомба?", allowed=True), "«Есть бомба?» is forbidden by bombs"),
        (policy("бомба", sample="Есть мина?"), "«Есть мина?» is allowed"),
    ],
)
def test_what_is_broken_never_replaces_what_is_good(attendant, s3, text: str, said: str) -> None:
    attendant("edit", "showroom", text=policy("бомба"))
    before = body(s3)
    refused = attendant("edit", "showroom", text=text)
    assert refused.exit_code != 0
    assert said in refused.stderr
    assert "Traceback" not in refused.output
    assert body(s3) == before


def test_back_to_the_version_before_and_to_a_named_one(attendant) -> None:
    attendant("edit", "showroom", text=policy("бомба"))
    attendant("edit", "showroom", text=policy("мина"))
    assert "+1 phrases («бомба»)" in attendant("rollback", "showroom").stdout
    assert "бомба" in attendant("show", "showroom").stdout
    versions = [
        line.split()[0] for line in attendant("history", "showroom").stdout.splitlines() if "UTC" in line
    ]
    assert len(versions) == 3
    assert "+1 phrases («мина»)" in attendant("rollback", "showroom", "--version", versions[1]).stdout
    assert attendant("rollback", "showroom", "--version", "no").exit_code == 2


def test_what_is_shown_can_be_published_as_it_is(attendant, tmp_path) -> None:
    attendant("edit", "showroom", text=policy("бом\"ба' \\n", "мина", sample="мина"))
    shown = attendant("show", "showroom").stdout
    assert "nothing to change" in attendant("edit", "showroom", text=shown).stdout


def test_an_editor_changes_it(attendant, tmp_path) -> None:
    attendant("edit", "showroom", text=policy("бомба"))
    told = attendant("edit", "showroom", EDITOR=editor(tmp_path, 'sed -i "s/бомба/граната/" "$1"'))
    assert "«граната»" in told.stdout, told.output
    gone = attendant("edit", "showroom", EDITOR=editor(tmp_path, "exit 3"))
    assert gone.exit_code == 1
    assert "nothing was published" in gone.stderr
    assert attendant("edit", "showroom", EDITOR="/nowhere/vi").exit_code == 2


@pytest.mark.parametrize("damage", [lambda _: b"garbage", lambda body: body.replace(b"reply", b"repli")])
def test_a_damaged_policy_is_repaired_by_going_back(attendant, s3, damage) -> None:
    attendant("edit", "showroom", text=policy("бомба"))
    s3.put_object(Bucket="published", Key=KEY, Body=damage(body(s3)))
    damaged = attendant("show", "showroom")
    assert damaged.exit_code == 1
    assert "policy rollback" in damaged.stderr
    assert attendant("rollback", "showroom").exit_code == 0
    assert "бомба" in attendant("show", "showroom").stdout


def test_the_published_policy_judges_a_text(attendant) -> None:
    attendant("edit", "showroom", text=policy("бомба"))
    assert "FORBID bombs" in attendant("check", "Есть бомбы?", "--assistant", "showroom").stdout
    assert "ok" in attendant("check", "Есть мины?", "--assistant", "showroom").stdout


def test_an_assistant_without_a_policy(attendant) -> None:
    for words in (("history", "nobody"), ("show", "nobody"), ("rollback", "nobody")):
        told = attendant(*words)
        assert told.exit_code in (1, 2)
        assert "Traceback" not in told.output
