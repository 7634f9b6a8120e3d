"""`attendant brochure`: what is taken, where it lies, what the list says, and that the page spares it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import boto3
import pytest
from botocore.stub import ANY, Stubber
from moto import mock_aws
from typer.testing import CliRunner

from cli import brochures
from cli.brochures import BrochureShelf, seed_sample, slug, whole_pdf
from cli.deployment import Deployment
from cli.embedded_cloud.site import publish_site
from cli.failures import CommandFailed
from cli.main import app
from core.brochures import Brochures
from core.facts import DocumentKind
from core.spec import all_specs
from lambdas.adapters.documents import Documents
from lambdas.adapters.owners_audit import OwnersAudit, subject_of
from tests.fakes.aws import make_audit_table

SALON = next(spec for spec in all_specs() if (spec.folder / "sample" / "brochures.toml").exists())
PDF = b"%PDF-1.7\n%\xac\xdc\n" + b"x" * 2_000 + b"\nstartxref\n1984\n%%EOF\n"
ADDRESS = "http://127.0.0.1:8080"


@pytest.fixture
def deployment(monkeypatch: pytest.MonkeyPatch) -> Iterator[Deployment]:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "test")
    with mock_aws():
        s3 = boto3.client("s3", region_name="us-east-1")
        for bucket in ("site", "published"):
            s3.create_bucket(Bucket=bucket)
            s3.put_bucket_versioning(Bucket=bucket, VersioningConfiguration={"Status": "Enabled"})
        sts = boto3.client("sts", region_name="us-east-1")
        dynamodb = boto3.client("dynamodb", region_name="us-east-1")
        make_audit_table(dynamodb)
        outputs = {"SiteBucket": "site", "PublishedBucket": "published", "AuditTable": "audit"}
        yield Deployment(outputs, _clients={"s3": s3, "sts": sts, "dynamodb": dynamodb})


@pytest.fixture
def shelf(deployment: Deployment) -> BrochureShelf:
    return BrochureShelf(deployment, SALON.id, ADDRESS)


@pytest.fixture
def pdf(tmp_path: Path) -> Path:
    path = tmp_path / "GLE каталог 2026.pdf"
    path.write_bytes(PDF)
    return path


def on_the_site(deployment: Deployment) -> dict[str, Any]:
    listed = deployment.client("s3").list_objects_v2(Bucket="site").get("Contents", ())
    keys = [entry["Key"] for entry in listed]
    return {key: deployment.client("s3").get_object(Bucket="site", Key=key) for key in keys}


def test_a_brochure_is_on_the_site_and_in_the_list(
    deployment: Deployment, shelf: BrochureShelf, pdf: Path
) -> None:
    added = shelf.add(pdf, title="Каталог GLE", models=["GLE"], brochure_id=None)
    assert added.brochure.id == "gle-2026"
    assert added.link == f"{ADDRESS}/brochures/{SALON.id}/gle-2026.pdf"
    ((key, kept),) = on_the_site(deployment).items()
    assert key == f"brochures/{SALON.id}/gle-2026.pdf"
    assert kept["Body"].read() == PDF
    assert (kept["ContentType"], kept["ContentDisposition"]) == (
        "application/pdf",
        'attachment; filename="gle-2026.pdf"',
    )
    assert shelf.list() == [added]
    document = deployment.documents().current(SALON.id, DocumentKind.BROCHURES)
    assert Brochures.of(document).brochures == (added.brochure,)


def test_the_same_id_again_replaces_it_in_its_place(
    deployment: Deployment, shelf: BrochureShelf, pdf: Path
) -> None:
    shelf.add(pdf, title="Каталог GLE", models=["GLE"], brochure_id="gle")
    shelf.add(pdf, title="Весь модельный ряд", models=(), brochure_id="all")
    pdf.write_bytes(PDF.replace(b"xx", b"yy"))
    shelf.add(pdf, title="Каталог GLE 2027", models=["GLE"], brochure_id="gle")
    assert [each.brochure.title for each in shelf.list()] == ["Каталог GLE 2027", "Весь модельный ряд"]
    kept = on_the_site(deployment)[f"brochures/{SALON.id}/gle.pdf"]
    assert kept["Body"].read() == pdf.read_bytes()


def test_what_is_removed_is_neither_listed_nor_on_the_site(
    deployment: Deployment, shelf: BrochureShelf, pdf: Path
) -> None:
    shelf.add(pdf, title="Каталог GLE", models=["GLE"], brochure_id="gle")
    shelf.remove("gle")
    assert shelf.list() == []
    assert on_the_site(deployment) == {}
    with pytest.raises(CommandFailed, match="has no brochure gle"):
        shelf.remove("gle")
    audit = OwnersAudit(deployment.client("dynamodb"), "audit")
    told = audit.of(subject_of(SALON.id, DocumentKind.BROCHURES))
    assert [each.detail for each in told] == ["убрано: «Каталог GLE»", "положено: «Каталог GLE»"]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "does not begin"),
        (b"<!doctype html>", "does not begin"),
        (b"\n" + PDF, "does not begin"),
        (PDF[:1_500], "its end is missing"),
        (PDF + b"\0" * 2_000, "its end is missing"),
    ],
)
def test_what_is_no_whole_pdf_is_refused(tmp_path: Path, data: bytes, said: str) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(data)
    with pytest.raises(CommandFailed, match=said):
        whole_pdf(path)


def test_what_is_too_large_is_refused_unread(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, shelf: BrochureShelf, deployment: Deployment
) -> None:
    monkeypatch.setattr(brochures, "LARGEST_BYTES", 2_000)
    path = tmp_path / "a.pdf"
    path.write_bytes(PDF)
    with pytest.raises(CommandFailed, match="and a brochure may have"):
        shelf.add(path, title="А", models=(), brochure_id=None)
    assert on_the_site(deployment) == {}


@pytest.mark.parametrize(
    "wrong",
    [
        {"title": " "},
        {"title": "а" * 101},
        {"title": "Каталог\nGLE"},
        {"models": [""]},
        {"brochure_id": "../index"},
        {"brochure_id": "GLE"},
    ],
)
def test_a_wrong_entry_is_refused(shelf: BrochureShelf, pdf: Path, wrong: dict[str, Any]) -> None:
    with pytest.raises(CommandFailed):
        shelf.add(pdf, **({"title": "Каталог", "models": ["GLE"], "brochure_id": "gle"} | wrong))
    assert shelf.list() == []


def test_a_name_without_a_latin_letter_asks_for_an_id(shelf: BrochureShelf, tmp_path: Path) -> None:
    path = tmp_path / "каталог.pdf"
    path.write_bytes(PDF)
    with pytest.raises(CommandFailed) as failed:
        shelf.add(path, title="Каталог", models=(), brochure_id=None)
    assert "--id" in failed.value.way_out
    assert slug("GLE -- Price List_2026") == "gle-price-list-2026"


def test_an_unknown_assistant(deployment: Deployment) -> None:
    with pytest.raises(CommandFailed, match="no assistant nobody"):
        BrochureShelf(deployment, "nobody", ADDRESS)


def test_two_people_at_once_both_have_their_way(
    deployment: Deployment, shelf: BrochureShelf, pdf: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish, races = Documents.publish, iter([True])

    def late(documents: Documents, *args: Any, **also: Any) -> Any:
        if next(races, False):
            BrochureShelf(deployment, SALON.id, ADDRESS).add(pdf, title="Б", models=(), brochure_id="b")
        return publish(documents, *args, **also)

    monkeypatch.setattr(Documents, "publish", late)
    shelf.add(pdf, title="А", models=(), brochure_id="a")
    assert {each.brochure.id for each in shelf.list()} == {"a", "b"}


def test_publishing_the_page_spares_them(deployment: Deployment, shelf: BrochureShelf, pdf: Path) -> None:
    shelf.add(pdf, title="Каталог GLE", models=["GLE"], brochure_id="gle")
    s3 = deployment.client("s3")
    s3.put_object(Bucket="site", Key="gone.js", Body=b"")
    (pdf.parent / "web").mkdir()
    (pdf.parent / "web" / "index.html").write_text("<!doctype html>")
    publish_site(s3, "site", pdf.parent / "web")
    assert set(on_the_site(deployment)) == {"index.html", f"brochures/{SALON.id}/gle.pdf"}


def test_cloudfront_forgets_what_was_replaced(deployment: Deployment, pdf: Path) -> None:
    cloudfront = boto3.client("cloudfront", region_name="us-east-1")
    deployment._clients["cloudfront"] = cloudfront
    deployment.outputs["DistributionId"] = "E1EXAMPLE"
    path = f"/brochures/{SALON.id}/gle.pdf"
    batch = {"Paths": {"Quantity": 1, "Items": [path]}, "CallerReference": ANY}
    with Stubber(cloudfront) as stub:
        asked = {"DistributionId": "E1EXAMPLE", "InvalidationBatch": batch}
        stub.add_response("create_invalidation", {}, asked)
        shelf = BrochureShelf(deployment, SALON.id, "https://salon.example")
        added = shelf.add(pdf, title="Каталог GLE", models=["GLE"], brochure_id="gle")
        stub.assert_no_pending_responses()
    assert added.link == f"https://salon.example{path}"


def test_samples_are_seeded_until_the_owner_publishes(
    deployment: Deployment, shelf: BrochureShelf, pdf: Path
) -> None:
    def seed() -> bool:
        return seed_sample(deployment.client("s3"), "site", deployment.documents(), SALON)

    assert seed()
    assert not seed()
    assert len(shelf.list()) >= 2
    for listed in shelf.list():
        key = str(listed.link).removeprefix(f"{ADDRESS}/")
        data = deployment.client("s3").get_object(Bucket="site", Key=key)["Body"].read()
        assert len(data) == listed.brochure.bytes
    for listed in shelf.list():
        shelf.remove(listed.brochure.id)
    assert not seed()
    assert shelf.list() == []


def test_the_command_line(deployment: Deployment, pdf: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cli.deployment.find", lambda *_: deployment)
    run = CliRunner()
    asked = ["brochure", "add", SALON.id, str(pdf), "--title", "Каталог GLE", "--model", "GLE"]
    added = run.invoke(app, asked)
    assert (added.exit_code, added.stdout.split(":")[0]) == (0, "gle-2026"), added.output
    (line,) = run.invoke(app, ["brochure", "list", SALON.id, "--json"]).stdout.splitlines()
    assert json.loads(line)["models"] == ["GLE"]
    assert run.invoke(app, ["brochure", "remove", SALON.id, "gle-2026"]).exit_code == 0
    assert run.invoke(app, ["brochure", "list", SALON.id]).stdout == ""
    assert run.invoke(app, ["brochure", "remove", SALON.id, "gle-2026"]).exit_code == 2
