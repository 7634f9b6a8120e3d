"""`attendant model versions | deploy | rollback`: which version of the model a stage's own endpoint runs.

Knows the parameters of the endpoint's stack. Refuses to know files (`version_store.py`), and to start, watch
or stop copies: CloudFormation starts the new version beside the old, watches the critical alarm and goes back
by itself. So these commands need the credentials of whoever may deploy.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from cli.deployment import Deployment
from cli.endpoint import caller
from cli.failures import CommandFailed
from cli.version_store import VersionStore, owned_output
from core.model_version import NO_VERSION

WATCH_MINUTES = 10
LOOK_SECONDS = 5.0
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
    def store(self) -> VersionStore:
        return VersionStore(self.deployment)

    @property
    def owned(self) -> bool:
        """Whether the stage has a model of its own."""
        return "EndpointStack" in self.deployment.outputs

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
        manifest, digest = self.store.read(version)
        self.store.check(manifest)
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
        trigger = {
            "Arn": owned_output(self.deployment, "CriticalAlarmArn"),
            "Type": "AWS::CloudWatch::CompositeAlarm",
        }
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
        return owned_output(self.deployment, "EndpointStack")

    def _check_closed(self) -> None:
        """A version is judged by the alarms of an endpoint that answers: not while it is shut down."""
        item = (
            self.deployment.client("dynamodb")
            .get_item(TableName=owned_output(self.deployment, "ControlTable"), Key={"key": {"S": "breaker"}})
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
