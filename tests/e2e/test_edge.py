"""Nothing is reached but through the edge: here the front door, on AWS CloudFront."""

from __future__ import annotations

import httpx
import pytest

from cli.deployment import Deployment
from tests.e2e.conftest import SALON


@pytest.fixture
def direct(deployment: Deployment):
    """The API at the gateway's own address, as the emulator has it."""
    base = f"{deployment.endpoint}/_aws/execute-api/{deployment.output('ApiId')}/$default"
    with httpx.Client(base_url=base, timeout=40) as client:
        yield client


CALLS = [("GET", "/v1/health"), ("POST", f"/v1/{SALON}/sessions"), ("OPTIONS", "/v1/health"), ("GET", "/any")]


@pytest.mark.parametrize(("method", "path"), CALLS)
def test_a_direct_call_is_refused(direct: httpx.Client, method: str, path: str) -> None:
    preflight = method == "OPTIONS"  # the emulator refuses those by itself, and otherwise
    assert direct.request(method, path).status_code == (403 if preflight else 401)
    assert direct.request(method, path, headers={"x-origin-token": "guessed"}).status_code == 403


def test_the_front_doors_call_passes_whatever_token_the_client_sends(http: httpx.Client) -> None:
    assert http.get("/v1/health").status_code == 200
    assert http.get("/v1/health", headers={"x-origin-token": "guessed"}).status_code == 200


def test_the_token_is_not_told_to_clients(http: httpx.Client) -> None:
    answer = http.get("/v1/health")
    assert "x-origin-token" not in answer.headers
    assert "x-origin-token" not in answer.text
