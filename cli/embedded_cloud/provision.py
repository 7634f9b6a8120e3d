"""From empty stacks to a dealership: sources, secrets, documents, the page, an export, warm functions.

Knows the stacks' outputs by name. Refuses to deploy and to start anything.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from secrets import token_urlsafe
from typing import Any

import boto3
from botocore.config import Config

from cli.brochures import seed_sample
from cli.embedded_cloud.emulator_process import REGION
from cli.embedded_cloud.local_owner import LocalOwner, local_owner
from cli.embedded_cloud.settings import EmbeddedCloudSettings
from cli.embedded_cloud.site import built_site, publish_site
from cli.former_documents import adopt
from cli.owners import OwnerAccounts
from cli.seed import KnowledgeCompiler, sample_database, seed_documents, source_url
from core.spec import AssistantSpec, Capability
from lambdas.adapters.documents import Documents

TOKEN_BYTES = 48


@dataclass(frozen=True)
class ExportOutcome:
    """What the inventory export said. `rows` is how many were published, `problem` why none were."""

    assistant: str
    rows: int
    problem: str | None


def client(settings: EmbeddedCloudSettings, service: str) -> Any:
    """A boto3 client of the emulator, whatever the environment says about AWS."""
    return boto3.client(
        service,
        region_name=REGION,
        endpoint_url=settings.emulator_address,
        aws_access_key_id="test",
        aws_secret_access_key="test",  # noqa: S106 - the emulator takes any
        config=Config(read_timeout=300, retries={"max_attempts": 2}, max_pool_connections=32),
    )


def origin_token(secrets: Any, name: str) -> str:
    """The token by which the API knows the front door, made on the first day.

    `secrets` is a client of Secrets Manager. On AWS the edge owns the secret.
    """
    try:
        kept = secrets.get_secret_value(SecretId=name)["SecretString"]
    except secrets.exceptions.ResourceNotFoundException:
        kept = json.dumps({"token": token_urlsafe(TOKEN_BYTES)})
        secrets.create_secret(Name=name, SecretString=kept)
    return str(json.loads(kept)["token"])


def verify_sender(sesv2: Any, sender: str) -> None:
    """As whoever owns the mailbox does on AWS, by a click in a letter."""
    try:
        sesv2.create_email_identity(EmailIdentity=sender)
    except sesv2.exceptions.AlreadyExistsException:
        return


class Provision:
    """`outputs` are those of all stacks, `assistants` those that are deployed."""

    def __init__(
        self,
        settings: EmbeddedCloudSettings,
        outputs: dict[str, str],
        assistants: tuple[AssistantSpec, ...],
        compiler: KnowledgeCompiler,
        clients: Callable[[EmbeddedCloudSettings, str], Any] = client,
    ) -> None:
        self._settings = settings
        self._outputs = outputs
        self._assistants = assistants
        self._compiler = compiler
        self._clients = clients

    def _client(self, service: str) -> Any:
        return self._clients(self._settings, service)

    def seed(self) -> int:
        """Documents that are missing, and every source's secret; gives back how many were published."""
        s3, bucket = self._client("s3"), self._outputs["PublishedBucket"]
        documents = Documents(s3, bucket)
        secrets = self._client("secretsmanager")
        published = 0
        for spec in self._assistants:
            adopt(s3, bucket, documents, spec.id)
            published += len(seed_documents(spec, documents, self._compiler))
            published += seed_sample(s3, self._outputs["SiteBucket"], documents, spec)
            if Capability.INVENTORY in spec.capabilities:
                sample = sample_database(spec, self._settings.sources)
                url = source_url(spec, self._settings.source, sample)
                if url is not None:
                    secret = self._outputs[f"SourceSecret{spec.title}"]
                    secrets.put_secret_value(SecretId=secret, SecretString=json.dumps({"url": url}))
        verify_sender(self._client("sesv2"), self._outputs["VerifiedSender"])
        return published

    def owner(self) -> LocalOwner:
        """Who signs in to the owner's page here."""
        accounts = OwnerAccounts(self._client("cognito-idp"), self._outputs["OwnerPool"])
        return local_owner(accounts, self._settings.owner_file)

    def publish_site(self) -> int:
        """Gives back how many files the page has."""
        files = publish_site(self._client("s3"), self._outputs["SiteBucket"], built_site(self._settings.root))
        return len(files)

    def export(self) -> list[ExportOutcome]:
        """Runs the inventory export of every assistant that has one, through its function."""
        having = [spec.id for spec in self._assistants if Capability.INVENTORY in spec.capabilities]
        with ThreadPoolExecutor(max(1, len(having))) as pool:
            return list(pool.map(self._export, having))

    def _export(self, assistant: str) -> ExportOutcome:
        answer = self._invoke(self._outputs["InventoryExportFunction"], {"assistant": assistant})
        if answer.get("state") == "published":
            return ExportOutcome(assistant, int(answer.get("rows", 0)), None)
        problem = " ".join(str(answer[k]) for k in ("reason", "detail", "errorMessage") if answer.get(k))
        return ExportOutcome(assistant, 0, problem or json.dumps(answer))

    def warm(self) -> list[str]:
        """Calls the functions side by side, so that the first questions meet running ones.

        Gives back what went wrong, one line a function: a function that does not start is news.
        """
        answering = [self._outputs[f"AnswerFunction{spec.title}"] for spec in self._assistants]
        each = max(1, self._settings.warm_functions // 2)
        calls: list[tuple[str, dict[str, Any]]] = [
            *[(self._outputs["ApiFunction"], _health_request())] * self._settings.warm_functions,
            *[(name, {"Records": []}) for name in answering for _ in range(each)],
        ]
        with ThreadPoolExecutor(len(calls)) as pool:
            answers = list(pool.map(lambda call: (call[0], self._invoke(*call)), calls))
        return sorted(
            {f"{name}: {answer['errorMessage']}" for name, answer in answers if "errorMessage" in answer}
        )

    def _invoke(self, function: str, event: dict[str, Any]) -> dict[str, Any]:
        answer = self._client("lambda").invoke(FunctionName=function, Payload=json.dumps(event).encode())
        value = json.load(answer["Payload"])
        return value if isinstance(value, dict) else {"value": value}


def _health_request() -> dict[str, Any]:
    """GET /v1/health as an HTTP API would hand it over."""
    http = {
        "method": "GET",
        "path": "/v1/health",
        "protocol": "HTTP/1.1",
        "sourceIp": "127.0.0.1",
        "userAgent": "up",
    }
    return {
        "version": "2.0",
        "routeKey": "$default",
        "rawPath": "/v1/health",
        "rawQueryString": "",
        "headers": {"host": "localhost"},
        "requestContext": {
            "http": http,
            "stage": "$default",
            "requestId": "warm",
            "timeEpoch": 0,
            "domainName": "localhost",
        },
        "isBase64Encoded": False,
    }
