"""Which version of the model a GPU endpoint runs: parameters of its stack, so that a version is rolled out by
CloudFormation, which starts the new beside the old, watches the alarms and goes back by itself.

Knows the parameters, and those of a candidate that is tried beside it. Refuses to know what a version holds
(`core.model_version`) and who chooses one (`attendant model deploy`, `try`). `cdk deploy` keeps the values
that were given last, so a later deploy of anything else does not bring an old version back.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TypeVar

from aws_cdk import CfnCondition, CfnOutput, CfnParameter, Fn, Stack

from core.model_version import NO_VERSION, VERSION_PATTERN
from infra.model_endpoints import GpuEndpoint

Settings = TypeVar("Settings", bound=GpuEndpoint)


def with_candidate(stack: Stack, settings: Settings) -> tuple[Settings, CfnCondition]:
    """The same settings with the weights of a version that is tried beside the live one; whether one is."""
    version = CfnParameter(
        stack,
        "CandidateVersion",
        description="The version that is tried beside the live one",
        default=NO_VERSION,
        allowed_pattern=VERSION_PATTERN,
    )
    manifest = CfnParameter(
        stack,
        "CandidateManifestSha256",
        description="Hash of its manifest",
        default="",
        allowed_pattern="^([0-9a-f]{64})?$",
    )
    tried = CfnCondition(
        stack,
        "CandidateTried",
        expression=Fn.condition_not(Fn.condition_equals(version.value_as_string, NO_VERSION)),
    )
    weights, digest = f"{version.value_as_string}/", manifest.value_as_string
    return replace(settings, weights=weights, manifest_sha256=digest), tried


def with_version(stack: Stack, settings: Settings) -> Settings:
    """The same settings, with the weights of the version that the stack's parameters name."""
    version = CfnParameter(
        stack,
        "ModelVersion",
        description="Prefix of the version in the bucket of models",
        default=settings.weights.removesuffix("/"),
        allowed_pattern=VERSION_PATTERN,
    )
    previous = CfnParameter(
        stack,
        "PreviousModelVersion",
        description="The version that was live before; a rollback goes there",
        default=NO_VERSION,
    )
    manifest = CfnParameter(
        stack,
        "ManifestSha256",
        description="Hash of the version's manifest; empty: the catalogue's own weights",
        default="",
        allowed_pattern="^([0-9a-f]{64})?$",
    )
    CfnOutput(stack, "EndpointStack", value=stack.stack_name)
    CfnOutput(stack, "VersionBefore", value=previous.value_as_string)
    return replace(settings, weights=f"{version.value_as_string}/", manifest_sha256=manifest.value_as_string)
