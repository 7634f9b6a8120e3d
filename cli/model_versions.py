"""`attendant model upload | versions | deploy | rollback`: versions of the model on a stage's own endpoint.

Knows the bucket of models and the parameters of the endpoint's stack. Refuses to start, watch or stop copies:
CloudFormation starts the new version beside the old, watches the critical alarm and goes back by itself. So
these commands need the credentials of whoever may deploy.
"""

from __future__ import annotations

import hashlib
import json
import re
import time
from base64 import b64encode
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from cli.deployment import Deployment
from cli.endpoint import caller
from cli.failures import CommandFailed
from core.model_version import (
    NO_VERSION,
    VERSION_PATTERN,
    VersionFile,
    VersionManifest,
    file_key,
    manifest_key,
)

WATCH_MINUTES = 10
LOOK_SECONDS = 5.0
MISSING = {"404", "NoSuchKey", "NotFound"}
DONE = {"UPDATE_COMPLETE"}
BACK = {"UPDATE_ROLLBACK_COMPLETE", "UPDATE_ROLLBACK_FAILED", "UPDATE_FAILED"}
Say = Callable[[str], None]


@dataclass(frozen=True)
class Live:
    """What the endpoint's stack says of itself. `busy` is the state of a stack that cannot be changed now,
    `candidate` the version that is tried, None where none can be.
    """

    version: str
    previous: str
    candidate: str | None
    parameters: tuple[str, ...]
    busy: str | None


@dataclass(frozen=True)
class ModelVersions:
    """Raises CommandFailed on a stage whose model somebody else runs."""

    deployment: Deployment
    pause: Callable[[float], None] = time.sleep

    @property
    def owned(self) -> bool:
        """Whether the stage has a model of its own."""
        return "EndpointStack" in self.deployment.outputs

    @property
    def bucket(self) -> str:
        return self._own("ModelsBucket")

    @property
    def model(self) -> str:
        return self._own("ModelName")

    def upload(
        self, version: str, folder: Path, *, base_model: str, evaluation: Path | None
    ) -> VersionManifest:
        """Every file of `folder`, and the manifest last. Raises CommandFailed when the version is there."""
        if not re.fullmatch(VERSION_PATTERN, version):
            raise CommandFailed(f"{version!r} cannot be a version", "call it like attendant/2", exit_code=2)
        s3, written = self.deployment.client("s3"), []
        paths = [path for path in sorted(folder.glob("*")) if path.is_file() and _is_weights(path)]
        if not paths:
            raise CommandFailed(f"{folder} holds no weights", "name the folder that holds the model's files")
        if self._exists(manifest_key(version, self.model)):
            raise CommandFailed(
                f"version {version} is there already", "a version is never overwritten: take another name"
            )
        for path in paths:
            digest = _sha256(path)
            with path.open("rb") as data:
                s3.put_object(
                    Bucket=self.bucket,
                    Key=file_key(version, self.model, path.name),
                    Body=data,
                    ChecksumAlgorithm="SHA256",
                    ChecksumSHA256=b64encode(digest).decode(),
                )
            written.append(VersionFile(name=path.name, bytes=path.stat().st_size, sha256=digest.hex()))
        manifest = self._manifest_of(version, written, base_model=base_model, evaluation=evaluation)
        s3.put_object(
            Bucket=self.bucket,
            Key=manifest_key(version, self.model),
            Body=manifest.model_dump_json(indent=1).encode(),
            ContentType="application/json",
            IfNoneMatch="*",
        )
        return manifest

    def all(self) -> Iterator[VersionManifest]:
        pages = self.deployment.client("s3").get_paginator("list_objects_v2").paginate(Bucket=self.bucket)
        ending = f"/{manifest_key('', self.model).lstrip('/')}"
        for page in pages:
            for found in page.get("Contents", ()):
                if found["Key"].endswith(ending):
                    yield self.read(found["Key"].removesuffix(ending))[0]

    def read(self, version: str) -> tuple[VersionManifest, str]:
        """The manifest and its sha256. Raises CommandFailed."""
        from botocore.exceptions import ClientError  # noqa: PLC0415  comes with the first client

        key = manifest_key(version, self.model)
        try:
            data = self.deployment.client("s3").get_object(Bucket=self.bucket, Key=key)["Body"].read()
        except ClientError as error:
            if error.response["Error"]["Code"] not in MISSING:
                raise
            raise CommandFailed(f"there is no version {version}", "attendant model versions") from error
        try:
            manifest = VersionManifest.model_validate_json(data)
        except ValidationError as error:
            raise CommandFailed(f"{key} is damaged ({error.error_count()} wrong fields)") from error
        if (manifest.version, manifest.model) != (version, self.model):
            raise CommandFailed(f"{key} is of {manifest.version}, {manifest.model}")
        return manifest, hashlib.sha256(data).hexdigest()

    def live(self) -> Live:
        (stack,) = self._cloudformation.describe_stacks(StackName=self._stack)["Stacks"]
        given = {p["ParameterKey"]: p["ParameterValue"] for p in stack.get("Parameters", ())}
        state = stack["StackStatus"]
        return Live(
            version=given["ModelVersion"],
            previous=given["PreviousModelVersion"],
            candidate=given.get("CandidateVersion"),
            parameters=tuple(given),
            busy=None if state.endswith("_COMPLETE") else state,
        )

    def deploy(self, version: str, say: Say) -> None:
        """Returns when the version is live and no alarm has rung for ten minutes.

        Raises CommandFailed when it may not begin, and when CloudFormation went back.
        """
        live, digest = self.checked(version)
        if live.candidate not in (None, NO_VERSION):
            raise CommandFailed(
                f"{live.candidate} is being tried where the next version has to start",
                "attendant model try --stop",
            )
        changed = {"ModelVersion": version, "ManifestSha256": digest, "PreviousModelVersion": live.version}
        self.roll_out(changed, what=f"deploy {version}", before=live.version, after=version, say=say)
        say(f"version {version} is live")

    def checked(self, version: str) -> tuple[Live, str]:
        """What is live, and the hash of the manifest of a version that may be put beside it or in its place.

        Raises CommandFailed: the version is not whole, is live, or this is no moment for it.
        """
        manifest, digest = self.read(version)
        self._check_files(manifest)
        live = self.live()
        if live.version == version:
            raise CommandFailed(f"version {version} is live already", "attendant model versions")
        self._check_closed()
        return live, digest

    def roll_out(
        self,
        changed: Mapping[str, str],
        *,
        what: str,
        before: str,
        after: str,
        say: Say,
        guarded: bool = True,
    ) -> None:
        """Gives the stack other parameters and follows it to its end; `guarded` by the critical alarm.

        Raises CommandFailed when the stack is busy, and when CloudFormation went back.
        """
        live, began = self.live(), datetime.now(UTC)
        if live.busy:
            raise CommandFailed(
                f"the endpoint's stack is busy ({live.busy})", "try again when it is complete"
            )
        trigger = {"Arn": self._own("CriticalAlarmArn"), "Type": "AWS::CloudWatch::CompositeAlarm"}
        self._cloudformation.update_stack(
            StackName=self._stack,
            UsePreviousTemplate=True,
            Capabilities=["CAPABILITY_IAM", "CAPABILITY_NAMED_IAM"],
            Parameters=[
                {"ParameterKey": name, "ParameterValue": changed[name]}
                if name in changed
                else {"ParameterKey": name, "UsePreviousValue": True}
                for name in live.parameters
            ],
            RollbackConfiguration={
                "RollbackTriggers": [trigger] if guarded else [],
                "MonitoringTimeInMinutes": WATCH_MINUTES if guarded else 0,
            },
        )
        self.record(what, before, after)
        watched = f"; then {WATCH_MINUTES} minutes under the critical alarm" if guarded else ""
        say(f"{before} -> {after}{watched}")
        self._follow(began, say)

    def rollback(self, say: Say) -> None:
        """To the version that was live before. Raises CommandFailed."""
        previous = self.live().previous
        if previous == NO_VERSION:
            raise CommandFailed("no version was live before this one", "attendant model versions")
        self.deploy(previous, say)

    @property
    def _cloudformation(self) -> Any:
        return self.deployment.client("cloudformation")

    @property
    def _stack(self) -> str:
        return self._own("EndpointStack")

    def _own(self, output: str) -> str:
        if output not in self.deployment.outputs:
            raise CommandFailed("this stage has no model of its own: somebody else runs it", exit_code=2)
        return self.deployment.outputs[output]

    def _exists(self, key: str) -> bool:
        return self._head(key) is not None

    def _head(self, key: str) -> dict[str, Any] | None:
        from botocore.exceptions import ClientError  # noqa: PLC0415  comes with the first client

        try:
            found: dict[str, Any] = self.deployment.client("s3").head_object(
                Bucket=self.bucket, Key=key, ChecksumMode="ENABLED"
            )
        except ClientError as error:
            if error.response["Error"]["Code"] not in MISSING:
                raise
            return None
        return found

    def _check_files(self, manifest: VersionManifest) -> None:
        for file in manifest.files:
            key = file_key(manifest.version, manifest.model, file.name)
            found = self._head(key)
            if found is None:
                raise CommandFailed(f"{key} is missing: the version is not whole")
            expected = b64encode(bytes.fromhex(file.sha256)).decode()
            if (found["ContentLength"], found.get("ChecksumSHA256")) != (file.bytes, expected):
                raise CommandFailed(f"{key} is not the file that the manifest names")

    def _check_closed(self) -> None:
        """A version is judged by the alarms of an endpoint that answers: not while it is shut down."""
        item = (
            self.deployment.client("dynamodb")
            .get_item(TableName=self._own("ControlTable"), Key={"key": {"S": "breaker"}})
            .get("Item", {})
        )
        state = item.get("state", {"S": "closed"})["S"]
        if state != "closed":
            raise CommandFailed(f"the breaker is {state}", "attendant endpoint restart, then say it again")

    def record(self, what: str, before: str, after: str) -> None:
        item = {"subject": "model", "at": datetime.now(UTC).isoformat(), "actor": caller(self.deployment)}
        item |= {"what": what, "from": before, "to": after}
        self.deployment.client("dynamodb").put_item(
            TableName=self.deployment.output("AuditTable"),
            Item={name: {"S": value} for name, value in item.items()},
            ConditionExpression="attribute_not_exists(subject)",
        )

    def _follow(self, began: datetime, say: Say) -> None:
        """Says each change of a resource once. Raises CommandFailed when it went back."""
        told: set[str] = set()
        while True:
            (stack,) = self._cloudformation.describe_stacks(StackName=self._stack)["Stacks"]
            events = self._cloudformation.describe_stack_events(StackName=self._stack)["StackEvents"]
            for event in reversed(events):
                if event["Timestamp"] >= began and event["EventId"] not in told:
                    told.add(event["EventId"])
                    reason = event.get("ResourceStatusReason", "")
                    say(f"{event['LogicalResourceId']} {event['ResourceStatus']} {reason}".rstrip())
            if stack["StackStatus"] in DONE:
                return
            if stack["StackStatus"] in BACK:
                raise CommandFailed(
                    f"CloudFormation went back: {stack.get('StackStatusReason', stack['StackStatus'])}",
                    "attendant model versions says what is live; the events above say why",
                )
            self.pause(LOOK_SECONDS)

    def _manifest_of(
        self, version: str, files: list[VersionFile], *, base_model: str, evaluation: Path | None
    ) -> VersionManifest:
        try:
            return VersionManifest(
                version=version,
                model=self.model,
                base_model=base_model,
                files=tuple(files),
                evaluation=json.loads(evaluation.read_text(encoding="utf-8")) if evaluation else None,
                author=caller(self.deployment),
                created_at=datetime.now(UTC),
            )
        except (OSError, ValueError) as error:
            raise CommandFailed(f"the manifest cannot be written: {error}", exit_code=2) from error


def _is_weights(path: Path) -> bool:
    return not path.name.startswith(".") and path.name != "manifest.json"


def _sha256(path: Path) -> bytes:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").digest()
