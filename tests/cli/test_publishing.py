"""Publishing puts the page on its bucket, and has CloudFront show it where there is one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import boto3
import pytest
from botocore.stub import ANY, Stubber
from moto import mock_aws

from cli import publishing
from cli.deployment import Deployment
from cli.embedded_cloud.errors import NotInstalledError
from cli.embedded_cloud.site import publish_site

BUCKET = "site"


@pytest.fixture
def s3(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "test")
    with mock_aws():
        client = boto3.client("s3", region_name="us-east-1")
        client.create_bucket(Bucket=BUCKET)
        yield client


def test_the_bucket_holds_what_the_folder_holds(s3: Any, tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text("<!doctype html>")
    (tmp_path / ".hidden").touch()
    s3.put_object(Bucket=BUCKET, Key="gone.js", Body=b"")

    assert publish_site(s3, BUCKET, tmp_path) == ("index.html",)

    assert [entry["Key"] for entry in s3.list_objects_v2(Bucket=BUCKET)["Contents"]] == ["index.html"]
    kept = s3.get_object(Bucket=BUCKET, Key="index.html")
    assert kept["ContentType"] == "text/html; charset=utf-8"


def test_a_folder_is_found_by_its_own_name(s3: Any, tmp_path: Path) -> None:
    (tmp_path / "owner").mkdir()
    (tmp_path / "owner" / "index.html").write_text("<!doctype html>")

    publish_site(s3, BUCKET, tmp_path)

    for name in ("owner", "owner/", "owner/index.html"):
        assert s3.get_object(Bucket=BUCKET, Key=name)["ContentType"] == "text/html; charset=utf-8"


FILES = ("index.html", "integrity.json", "owner/index.html", "widget.js")
NAMES = (*FILES, "owner/", "owner")


@pytest.fixture
def without_documents(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A project without assistants whose site is built; gives back the site's folder."""
    site = tmp_path / "web" / "dist"
    for name in FILES:
        (site / name).parent.mkdir(parents=True, exist_ok=True)
        (site / name).write_text(name)
    monkeypatch.setattr(publishing, "PROJECT", tmp_path)
    monkeypatch.setattr(publishing, "all_specs", tuple)
    return site


def test_cloudfront_forgets_exactly_the_published_files(s3: Any, without_documents: Path) -> None:
    cloudfront = boto3.client("cloudfront", region_name="us-east-1")
    outputs = {"SiteBucket": BUCKET, "PublishedBucket": BUCKET, "DistributionId": "E1EXAMPLE"}
    deployment = Deployment(outputs, _clients={"s3": s3, "cloudfront": cloudfront})
    paths = ["/", *(f"/{name}" for name in NAMES)]
    batch = {"Paths": {"Quantity": len(paths), "Items": paths}, "CallerReference": ANY}
    with Stubber(cloudfront) as stub:
        stub.add_response(
            "create_invalidation", {}, {"DistributionId": "E1EXAMPLE", "InvalidationBatch": batch}
        )
        published = publishing.publish(deployment)
        stub.assert_no_pending_responses()

    assert published.files == len(NAMES)


def test_without_an_edge_nothing_is_to_be_forgotten(s3: Any, without_documents: Path) -> None:
    deployment = Deployment({"SiteBucket": BUCKET, "PublishedBucket": BUCKET}, _clients={"s3": s3})

    assert publishing.publish(deployment).files > 0
    assert "cloudfront" not in deployment._clients


def test_a_site_that_was_not_built_is_said_before_anything_is_published(
    s3: Any, without_documents: Path
) -> None:
    (without_documents / "integrity.json").unlink()
    deployment = Deployment({"SiteBucket": BUCKET, "PublishedBucket": BUCKET}, _clients={"s3": s3})
    with pytest.raises(NotInstalledError) as caught:
        publishing.publish(deployment)
    assert "make web" in caught.value.way_out
    assert "Contents" not in s3.list_objects_v2(Bucket=BUCKET)
