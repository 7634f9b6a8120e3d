"""A deployed stack as the commands find it: its outputs, its address, AWS clients that reach it.

Knows where an embedded cloud keeps its outputs. Refuses to know how it was brought up
(`cli/embedded_cloud`). A deployment in an account is reached by `--outputs FILE` with the credentials of
the environment.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from cli.embedded_cloud.settings import EmbeddedCloudSettings
from cli.failures import CommandFailed

PROJECT = Path(__file__).resolve().parent.parent
HOMES = PROJECT / ".attendant"


@dataclass(frozen=True)
class Deployment:
    """`outputs` are the CloudFormation outputs of all stacks by name; `endpoint` is None in an account.

    `credentials` are those of a role that was taken, None for whoever calls.
    """

    outputs: dict[str, str]
    endpoint: str | None = None
    credentials: dict[str, str] | None = None
    _clients: dict[str, Any] = field(default_factory=dict, repr=False)

    def output(self, name: str) -> str:
        """Raises CommandFailed when the stack has none of that name."""
        try:
            return self.outputs[name]
        except KeyError as error:
            raise CommandFailed(f"the deployed stack has no output {name}", "attendant up") from error

    def client(self, service: str) -> Any:
        if service not in self._clients:
            import boto3  # noqa: PLC0415  half a second that most commands need not pay

            local = {
                "endpoint_url": self.endpoint,
                "region_name": "us-east-1",
                "aws_access_key_id": "test",
                "aws_secret_access_key": "test",
            }
            account = {"region_name": self.region}
            taken = self.credentials or {}
            self._clients[service] = boto3.client(service, **((local if self.endpoint else account) | taken))
        return self._clients[service]

    def assuming(self, role_arn: str, session_name: str) -> Deployment:
        """The same deployment, reached in that role. Raises botocore's ClientError."""
        answer = self.client("sts").assume_role(RoleArn=role_arn, RoleSessionName=session_name)
        given = answer["Credentials"]
        taken = {
            "aws_access_key_id": given["AccessKeyId"],
            "aws_secret_access_key": given["SecretAccessKey"],
            "aws_session_token": given["SessionToken"],
        }
        return Deployment(self.outputs, self.endpoint, taken)

    @property
    def region(self) -> str | None:
        """Where the stack stands, by the first ARN of its outputs; None leaves it to the environment."""
        arns = (value.split(":") for value in self.outputs.values() if value.startswith("arn:"))
        return next((parts[3] for parts in arns if len(parts) > 3 and parts[3]), None)

    def documents(self) -> Any:
        from lambdas.adapters.documents import Documents  # noqa: PLC0415  brings boto3 along

        return Documents(self.client("s3"), self.output("PublishedBucket"))


def title(assistant: str) -> str:
    """PascalCase of an id, as outputs are named after it."""
    return "".join(part.capitalize() for part in assistant.split("_"))


def flatten(outputs: dict[str, Any]) -> dict[str, str]:
    """`cdk deploy --outputs-file` groups by stack; names are unique over all stacks."""
    flat: dict[str, str] = {}
    for name, value in outputs.items():
        flat.update(value if isinstance(value, dict) else {name: value})
    return flat


def read_outputs(path: Path) -> dict[str, str]:
    try:
        return flatten(json.loads(path.read_text(encoding="utf-8")))
    except OSError as error:
        raise CommandFailed(f"nothing is deployed here yet: {path} cannot be read", "attendant up") from error
    except ValueError as error:
        raise CommandFailed(f"{path} is damaged", "attendant up  deploys again and writes it anew") from error


def home_folder(home: str) -> Path:
    """`local` is `.attendant/local`; anything with a slash is a path of its own."""
    return Path(home).expanduser().resolve() if "/" in home else HOMES / home


def find(home: str, outputs: Path | None = None) -> Deployment:
    """The embedded cloud of a home, or the account that an outputs file tells of. Raises CommandFailed."""
    if outputs is not None:
        return Deployment(read_outputs(outputs))
    settings = home_settings(home)
    return Deployment(read_outputs(home_folder(home) / "run" / "outputs.json"), settings.emulator_address)


def address(home: str) -> str:
    """Where the page and the API of an embedded cloud are. Raises CommandFailed before its first time."""
    settings = home_settings(home)
    if not settings.settings_file.exists():
        raise CommandFailed(
            f"nothing was brought up in {settings.home} yet", "attendant up, or --url ADDRESS"
        )
    return settings.address


def home_settings(home: str) -> EmbeddedCloudSettings:
    """The settings that the home was last brought up with, the usual ones before the first time."""
    folder = home_folder(home)
    try:
        return EmbeddedCloudSettings.from_json(EmbeddedCloudSettings(home=folder).settings_file.read_text())
    except (OSError, ValueError, TypeError):
        return EmbeddedCloudSettings(home=folder)
