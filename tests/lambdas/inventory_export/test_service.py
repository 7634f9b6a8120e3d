"""The function as a whole: result, metrics, log; no secret anywhere."""

from __future__ import annotations

import json
from types import SimpleNamespace

import boto3
import pytest
from moto import mock_aws
from pydantic import ValidationError

from core.errors import ExportRefused, ManifestError
from core.facts import DocumentKind
from core.measures import Measure
from core.spec import Inventory
from lambdas.adapters.source_secret import SourceSecrets
from lambdas.inventory_export.service import InventoryExport
from lambdas.inventory_export.settings import Settings
from lambdas.inventory_export.source import Timeouts
from tests.fakes.telemetry import FakeTelemetry
from tests.lambdas.inventory_export.conftest import NOW, a_car


class Urls:
    def __init__(self, url: str) -> None:
        self.value = url

    def url(self, assistant: str) -> str:
        return self.value


@pytest.fixture
def telemetry() -> FakeTelemetry:
    return FakeTelemetry()


@pytest.fixture
def service(documents, telemetry):
    def make(url: str) -> InventoryExport:
        return InventoryExport(
            specs={
                "salon": SimpleNamespace(id="salon", inventory=Inventory()),
                "poet": SimpleNamespace(id="poet", inventory=None),
            },
            sources=Urls(url),
            documents=documents,
            telemetry=telemetry,
            timeouts=Timeouts(connect_seconds=1),
            now=lambda: NOW,
        )

    return make


def test_a_published_export_is_fresh_and_not_refused(service, make_source, telemetry):
    result = service(f"sqlite:///{make_source([a_car(1), a_car(2)])}").run({"assistant": "salon"})
    assert (result["state"], result["rows"]) == ("published", 2)
    assert telemetry.measured == [
        (Measure.EXPORT_REFUSED, 0, "salon"),
        (Measure.SNAPSHOT_AGE_SECONDS, 0, "salon"),
    ]
    ((event, fields),) = telemetry.lines
    assert (event, fields["rows"], fields["version"]) == ("export_published", 2, result["version"])


def test_a_refusal_is_a_result_and_counts_for_the_alarm(service, make_source, telemetry, documents):
    service(f"sqlite:///{make_source([a_car(1)])}").run({"assistant": "salon"})
    before = dict(documents.manifests)
    telemetry.measured.clear()
    result = service(f"sqlite:///{make_source([])}").run({"assistant": "salon"})
    assert (result["state"], result["reason"]) == ("refused", "empty")
    assert result["kept_version"] == before["salon", DocumentKind.SNAPSHOT].version
    assert documents.manifests == before
    assert telemetry.measured == [
        (Measure.EXPORT_REFUSED, 1, "salon"),
        (Measure.SNAPSHOT_AGE_SECONDS, 0, "salon"),
    ]
    event, fields = telemetry.lines[-1]
    assert (event, fields["reason"]) == ("export_refused", "empty")


def test_a_first_export_that_is_refused_has_no_age(service, make_source, telemetry):
    """An alarm waits for it: silence is an old stock."""
    service(f"sqlite:///{make_source([])}").run({"assistant": "salon"})
    assert telemetry.measured == [(Measure.EXPORT_REFUSED, 1, "salon")]


def test_no_secret_gets_out(service, telemetry):
    result = service("postgres://reader:geheim@127.0.0.1:9/stock").run({"assistant": "salon"})
    assert result["reason"] == "unreadable"
    assert "geheim" not in json.dumps(result) + repr(telemetry.lines)


def test_losing_the_race_once_is_tried_again_and_for_ever_is_refused(service, make_source, documents):
    export = service(f"sqlite:///{make_source([a_car(1)])}")
    export.run({"assistant": "salon"})

    def rival() -> None:
        theirs = documents.manifests["salon", DocumentKind.SNAPSHOT]
        changed = theirs.model_copy(update={"version": theirs.version + "+"})
        documents.manifests["salon", DocumentKind.SNAPSHOT] = changed

    def rival_once() -> None:
        rival()
        documents.before_publish = lambda: None

    documents.before_publish = rival_once
    assert export.run({"assistant": "salon"})["state"] == "published"
    documents.before_publish = rival
    assert export.run({"assistant": "salon"})["reason"] == "conflict"


@pytest.mark.parametrize("event", [{}, {"assistant": "salon", "accept_shrinc": True}, {"assistant": 1}])
def test_another_event_is_an_error(service, event):
    with pytest.raises(ValidationError):
        service("sqlite:///x").run(event)


@pytest.mark.parametrize("assistant", ["poet", "nobody"])
def test_an_assistant_without_stock_is_an_error(service, assistant):
    with pytest.raises(ManifestError):
        service("sqlite:///x").run({"assistant": assistant})


@pytest.mark.parametrize("text", ["sqlite:////a.db", ' {"url": "sqlite:////a.db"} '])
def test_the_url_is_the_secret_or_stands_in_it(text):
    with mock_aws():
        client = boto3.client("secretsmanager", region_name="us-east-1")
        arn = client.create_secret(Name="source", SecretString=text)["ARN"]
        assert SourceSecrets(client, {"salon": arn}).url("salon") == "sqlite:////a.db"


@pytest.mark.parametrize("text", ['{"address": "geheim"}', "{geheim", "[1]{"])
def test_a_damaged_secret_is_unreadable_and_untold(text):
    with mock_aws():
        client = boto3.client("secretsmanager", region_name="us-east-1")
        arn = client.create_secret(Name="source", SecretString=text)["ARN"]
        secrets = SourceSecrets(client, {"salon": arn, "other": arn + "x"})
        for assistant in ("salon", "other", "third"):
            if text.startswith("[") and assistant == "salon":
                continue  # it is taken for a URL, and the export refuses it as one
            with pytest.raises(ExportRefused) as caught:
                secrets.url(assistant)
            assert "geheim" not in str(caught.value)


def test_settings_come_from_the_environment():
    told = {
        "PUBLISHED_BUCKET": "b",
        "SOURCE_SECRETS": '{"salon": "arn"}',
        "POWERTOOLS_METRICS_NAMESPACE": "n",
        "POWERTOOLS_SERVICE_NAME": "s",
    }
    assert Settings.from_environment(told).source_secrets == {"salon": "arn"}
    for name in told:
        with pytest.raises(ValidationError, match=name):
            Settings.from_environment({each: value for each, value in told.items() if each != name})
