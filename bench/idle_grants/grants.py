"""The grants of a deployed stack, one action on one resource each, and how one is taken away and given back.

Knows IAM's API and policy documents. Refuses to know what a grant is for.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase
from typing import Any

STACKS = "attendant-"
FUNCTIONS = "lambda.amazonaws.com"


@dataclass(frozen=True, order=True)
class Grant:
    """`policy` is the ARN of a managed policy, or the name of an inline one of the role."""

    role: str
    policy: str
    action: str
    resource: str

    @property
    def shared(self) -> tuple[str, str, str]:
        """The same for every role that has it by the same managed policy."""
        role = "" if self.policy.startswith("arn:") else self.role
        return (role + self.policy, self.action, self.resource)

    def covers(self, action: str, resource: str) -> bool:
        return fnmatchcase(action.lower(), self.action.lower()) and fnmatchcase(resource, self.resource)

    def __str__(self) -> str:
        return f"{self.role}: {self.action} on {self.resource}"


class Policies:
    """All policies of the project's roles as they were found, and the ways to change and to restore them."""

    def __init__(self, iam: Any) -> None:
        self._iam = iam
        self._inline: dict[tuple[str, str], dict[str, Any]] = {}
        self._managed: dict[str, dict[str, Any]] = {}
        self._attached: dict[str, list[str]] = defaultdict(list)
        self._for_functions: set[str] = set()
        for page in iam.get_paginator("list_roles").paginate():
            for role in page["Roles"]:
                if role["RoleName"].startswith(STACKS):
                    self._read(role["RoleName"])
                    if FUNCTIONS in json.dumps(role["AssumeRolePolicyDocument"]):
                        self._for_functions.add(role["RoleName"])

    def grants(self) -> Iterator[Grant]:
        for (role, name), document in self._inline.items():
            yield from _grants(role, name, document)
        for role, arns in self._attached.items():
            for arn in arns:
                yield from _grants(role, arn, self._managed[arn])

    def is_for_aws(self, grant: Grant) -> bool:
        """Whether AWS alone uses it: of a role that no function has, or to poll a queue for its mapping."""
        polled = replace(grant, action="sqs:ReceiveMessage")
        polling = grant.action == "sqs:GetQueueAttributes" and polled in set(self.grants())
        return polling or grant.role not in self._for_functions

    def take_away(self, grants: Iterable[Grant]) -> None:
        """At most one a role. A managed policy is replaced for its role by what is left of it."""
        for grant in grants:
            if grant.policy in self._managed:
                self._iam.detach_role_policy(RoleName=grant.role, PolicyArn=grant.policy)
                self._put(grant.role, "what-is-left", _without(self._managed[grant.policy], grant))
            else:
                self._put(grant.role, grant.policy, _without(self._inline[grant.role, grant.policy], grant))

    def give_back(self, grants: Iterable[Grant]) -> None:
        for grant in grants:
            if grant.policy in self._managed:
                self._iam.delete_role_policy(RoleName=grant.role, PolicyName="what-is-left")
                self._iam.attach_role_policy(RoleName=grant.role, PolicyArn=grant.policy)
            else:
                self._put(grant.role, grant.policy, self._inline[grant.role, grant.policy])

    def _put(self, role: str, name: str, document: dict[str, Any]) -> None:
        self._iam.put_role_policy(RoleName=role, PolicyName=name, PolicyDocument=json.dumps(document))

    def _read(self, role: str) -> None:
        for name in self._iam.list_role_policies(RoleName=role)["PolicyNames"]:
            found = self._iam.get_role_policy(RoleName=role, PolicyName=name)
            self._inline[role, name] = _document(found["PolicyDocument"])
        for attached in self._iam.list_attached_role_policies(RoleName=role)["AttachedPolicies"]:
            arn = attached["PolicyArn"]
            self._attached[role].append(arn)
            if arn not in self._managed:
                version = self._iam.get_policy(PolicyArn=arn)["Policy"]["DefaultVersionId"]
                found = self._iam.get_policy_version(PolicyArn=arn, VersionId=version)
                self._managed[arn] = _document(found["PolicyVersion"]["Document"])


def rounds(grants: Iterable[Grant]) -> Iterator[list[Grant]]:
    """Batches with one grant of each role, so that a refusal names the grant that was taken."""
    by_role: dict[str, list[Grant]] = defaultdict(list)
    for grant in sorted(grants):
        by_role[grant.role].append(grant)
    while any(by_role.values()):
        yield [waiting.pop() for waiting in by_role.values() if waiting]


def _document(found: Any) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(found) if isinstance(found, str) else found
    return document


def _list(value: Any) -> list[str]:
    return [value] if isinstance(value, str) else list(value)


def _grants(role: str, policy: str, document: dict[str, Any]) -> Iterator[Grant]:
    for statement in document["Statement"]:
        if statement["Effect"] == "Allow":
            for action in _list(statement["Action"]):
                for resource in _list(statement["Resource"]):
                    yield Grant(role, policy, action, resource)


def _without(document: dict[str, Any], grant: Grant) -> dict[str, Any]:
    """The same policy but for one action on one resource. One that is left empty denies what it allowed."""
    kept: list[dict[str, Any]] = []
    for statement in document["Statement"]:
        actions, resources = _list(statement["Action"]), _list(statement["Resource"])
        if statement["Effect"] != "Allow" or grant.action not in actions or grant.resource not in resources:
            kept.append(statement)
            continue
        others = [action for action in actions if action != grant.action]
        elsewhere = [resource for resource in resources if resource != grant.resource]
        kept += [{**statement, "Action": others}] if others else []
        kept += [{**statement, "Action": grant.action, "Resource": elsewhere}] if elsewhere else []
    nothing = {"Effect": "Deny", "Action": grant.action, "Resource": grant.resource}
    return {**document, "Statement": kept or [nothing]}
