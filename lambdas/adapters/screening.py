"""What may not be talked about, judged before anything is spent on it.

Knows the documents of every assistant. Refuses to know which policy is in force (`core.standing_policy`) and
how phrases are matched (`core.topics`).
"""

from __future__ import annotations

from dataclasses import dataclass

from core.facts import DocumentKind
from core.spec import AssistantSpec
from core.standing_policy import InForce, StandingPolicy
from core.topics import Verdict, screen
from lambdas.adapters.owner_settings import CurrentDocuments


@dataclass(frozen=True)
class Screened:
    verdict: Verdict
    policy_version: str


class Screening:
    def __init__(self, documents: CurrentDocuments) -> None:
        self._documents = documents
        self._standing: dict[str, StandingPolicy] = {}

    def policy(self, spec: AssistantSpec) -> InForce:
        """Raises what `StandingPolicy.now` raises."""
        standing = self._standing.setdefault(spec.id, StandingPolicy(spec))
        return standing.now(lambda: self._documents.current(spec.id, DocumentKind.POLICY))

    def of(self, spec: AssistantSpec, text: str) -> Screened:
        """Raises what `policy` raises."""
        policy = self.policy(spec)
        return Screened(screen(text, policy.compiled), policy.version)
