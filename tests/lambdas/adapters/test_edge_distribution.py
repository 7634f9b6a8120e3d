"""The distribution's configuration, checked by botocore's own model of CloudFront."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from typing import Any

import pytest
from botocore.stub import Stubber

from core.errors import StoreAway
from lambdas.adapters.edge_distribution import EdgeDistribution
from tests.fakes.aws import client

ID = "E1EXAMPLE"


def config(token: str | None) -> dict[str, Any]:
    headers = [{"HeaderName": "X-Origin-Token", "HeaderValue": token}] if token else []
    page = {
        "Id": "page",
        "DomainName": "site.s3.us-east-1.amazonaws.com",
        "CustomHeaders": {"Quantity": 0},
        "S3OriginConfig": {"OriginAccessIdentity": ""},
    }
    api = {
        "Id": "api",
        "DomainName": "a1.execute-api.eu-central-1.amazonaws.com",
        "CustomHeaders": {"Quantity": len(headers), "Items": headers},
        "CustomOriginConfig": {"HTTPPort": 80, "HTTPSPort": 443, "OriginProtocolPolicy": "https-only"},
    }
    return {
        "CallerReference": "once",
        "Origins": {"Quantity": 2, "Items": [page, api]},
        "DefaultCacheBehavior": {"TargetOriginId": "page", "ViewerProtocolPolicy": "redirect-to-https"},
        "Comment": "attendant prod",
        "Enabled": True,
        "WebACLId": "arn:aws:wafv2:us-east-1:123456789012:global/webacl/attendant-prod/1",
    }


class Stubbed:
    def __init__(self) -> None:
        real = client("cloudfront")
        self.stub = Stubber(real)
        self.edge = EdgeDistribution(real, ID)

    def says(self, token: str | None, status: str = "Deployed") -> None:
        distribution = {
            "Id": ID,
            "ARN": f"arn:aws:cloudfront::123456789012:distribution/{ID}",
            "Status": status,
            "LastModifiedTime": "2026-11-23T09:00:00Z",
            "InProgressInvalidationBatches": 0,
            "DomainName": "d111111abcdef8.cloudfront.net",
            "DistributionConfig": config(token),
        }
        self.stub.add_response(
            "get_distribution", {"Distribution": distribution, "ETag": "E2"}, expected_params={"Id": ID}
        )


@pytest.fixture
def stubbed(aws: None) -> Iterator[Stubbed]:
    made = Stubbed()
    with made.stub:
        yield made
        made.stub.assert_no_pending_responses()


def test_what_is_sent_and_whether_everywhere(stubbed: Stubbed) -> None:
    stubbed.says("a", status="InProgress")
    stubbed.says("b")

    first, second = stubbed.edge.sending(), stubbed.edge.sending()

    assert (first.token, first.everywhere) == ("a", False)
    assert (second.token, second.everywhere) == ("b", True)


def test_only_the_token_changes_and_only_on_what_was_read(stubbed: Stubbed) -> None:
    wanted = deepcopy(config("b"))
    stubbed.says("a")
    stubbed.stub.add_response(
        "update_distribution",
        {},
        expected_params={"Id": ID, "IfMatch": "E2", "DistributionConfig": wanted},
    )

    stubbed.edge.send("b")


def test_what_is_sent_already_is_not_sent_again(stubbed: Stubbed) -> None:
    stubbed.says("b")

    stubbed.edge.send("b")


def test_a_change_of_somebody_else_wins(stubbed: Stubbed) -> None:
    stubbed.says("a")
    stubbed.stub.add_client_error("update_distribution", "PreconditionFailed", http_status_code=412)

    with pytest.raises(StoreAway):
        stubbed.edge.send("b")


def test_a_distribution_without_the_header_is_told_so(stubbed: Stubbed) -> None:
    stubbed.says(None)

    with pytest.raises(StoreAway, match="no origin"):
        stubbed.edge.send("b")


def test_a_token_shows_itself_nowhere(stubbed: Stubbed) -> None:
    stubbed.says("sesame")

    assert "sesame" not in repr(stubbed.edge.sending())
