"""`attendant model try`: a version beside the live one, for a share of the visitors.

Knows the order: the candidate stands before anybody is sent to it, and nobody is sent to it any more before
it goes. Refuses to know how a share becomes visitors (`lambdas/adapters/variants`) and how the stack is
changed (`cli/model_versions`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from cli.failures import CommandFailed
from cli.model_versions import ModelVersions, Say
from core.model_version import NO_VERSION
from lambdas.adapters.conditions import write_if
from lambdas.adapters.items import Item, from_wire, to_wire
from lambdas.adapters.variants import VARIANTS

SETTLING_SECONDS = 35.0
"""Two until every function has read the item again, and as long as the longest turn."""


@dataclass(frozen=True)
class ModelTrial:
    """On a server that somebody else runs a version is the name of another model there."""

    versions: ModelVersions

    def begin(self, version: str, percent: int, say: Say) -> None:
        """Puts the candidate there, or only changes the share of one that is. Raises CommandFailed."""
        target = version
        if self.versions.owned:
            target = self._component()
            self._put_there(version, say)
            self._check_answers(target)
        self._share({"candidate": version, "percent": percent, "target": target})
        say(f"{percent} % of the visitors ask {version}")

    def stop(self, say: Say) -> None:
        """Also while the breaker is open. Raises CommandFailed."""
        item = self._item()
        candidate = self.versions.live().candidate if self.versions.owned else None
        stands = candidate not in (None, NO_VERSION)
        if not stands and not item.get("percent"):
            raise CommandFailed("no version is tried", "attendant model try VERSION --percent N")
        if item.get("percent"):
            self._share({**item, "percent": 0})
            say("every visitor asks the live version")
        if stands:
            self.versions.pause(SETTLING_SECONDS)
            gone = {"CandidateVersion": NO_VERSION, "CandidateManifestSha256": ""}
            self.versions.roll_out(
                gone, what="stop trying", before=str(candidate), after=NO_VERSION, guarded=False, say=say
            )
            say(f"{candidate} is not tried any more")

    def _put_there(self, version: str, say: Say) -> None:
        candidate = self.versions.live().candidate
        if candidate == version:
            return
        if candidate != NO_VERSION:
            raise CommandFailed(f"{candidate} is being tried", "attendant model try --stop")
        _, digest = self.versions.checked(version)
        self.versions.roll_out(
            {"CandidateVersion": version, "CandidateManifestSha256": digest},
            what=f"try {version}",
            before=NO_VERSION,
            after=version,
            say=say,
        )

    def _component(self) -> str:
        outputs = self.versions.deployment.outputs
        if "CandidateComponent" not in outputs:
            raise CommandFailed(
                "machines of EC2 run one version behind one address: no visitor could be kept with another",
                "attendant model deploy rolls a version out; two at once need the endpoint sagemaker",
                exit_code=2,
            )
        return outputs["CandidateComponent"]

    def _check_answers(self, component: str) -> None:
        described = self.versions.deployment.client("sagemaker").describe_inference_component(
            InferenceComponentName=component
        )
        if not described.get("RuntimeConfig", {}).get("CurrentCopyCount"):
            raise CommandFailed(
                "the candidate has no copy yet: the breaker's function raises it within a minute, it needs "
                "some to start",
                "say it again then; nobody is sent to it before",
            )

    def _item(self) -> Item:
        answer = self._dynamodb.get_item(
            TableName=self._table, Key=to_wire({"key": VARIANTS}), ConsistentRead=True
        )
        return from_wire(answer.get("Item", {}))

    def _share(self, wanted: Item) -> None:
        before = self._item()
        condition: dict[str, Any] = {"ConditionExpression": "attribute_not_exists(candidate)"}
        if before:
            condition = {
                "ConditionExpression": "candidate = :candidate AND #percent = :percent",
                "ExpressionAttributeNames": {"#percent": "percent"},
                "ExpressionAttributeValues": to_wire(
                    {":candidate": before["candidate"], ":percent": before["percent"]}
                ),
            }
        item = to_wire({**wanted, "key": VARIANTS})
        if write_if(self._dynamodb.put_item, TableName=self._table, Item=item, **condition) is None:
            raise CommandFailed("somebody else changed the share this very moment", "say it again")
        told = f"{before.get('candidate', NO_VERSION)} {before.get('percent', 0)} %"
        self.versions.record("share", told, f"{wanted['candidate']} {wanted['percent']} %")

    @property
    def _dynamodb(self) -> Any:
        return self.versions.deployment.client("dynamodb")

    @property
    def _table(self) -> str:
        return self.versions.deployment.output("ControlTable")
