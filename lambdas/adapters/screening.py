"""What may not be talked about, judged before anything is spent on it.

Knows that the published policy counts and that the assistant's `topics.toml` is the seed for when nothing is
published yet. Refuses to know how phrases are matched: that is `core.topics`.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass

from core.errors import DocumentDamaged, DocumentMissing, ManifestError, PolicyBroken
from core.facts import DocumentKind
from core.spec import AssistantSpec
from core.topics import CompiledPolicy, Verdict, compile_policy, screen
from lambdas.adapters.owner_settings import CurrentDocuments

SEED = "topics.toml"
SEED_VERSION = "seed"


@dataclass(frozen=True)
class Screened:
    verdict: Verdict
    policy_version: str


class Screening:
    def __init__(self, documents: CurrentDocuments) -> None:
        self._documents = documents
        self._compiled: dict[str, tuple[str, CompiledPolicy]] = {}

    def of(self, spec: AssistantSpec, text: str) -> Screened:
        """Raises DocumentDamaged, PolicyBroken; ManifestError when there is neither a policy nor a seed.

        A published policy that is damaged never replaces one that was whole: who has such a one keeps it,
        who has none lets nothing pass.
        """
        try:
            version, policy = self._policy(spec)
        except (DocumentDamaged, PolicyBroken):
            if spec.id not in self._compiled:
                raise
            version, policy = self._compiled[spec.id]
        return Screened(screen(text, policy), version)

    def _policy(self, spec: AssistantSpec) -> tuple[str, CompiledPolicy]:
        try:
            document = self._documents.current(spec.id, DocumentKind.POLICY)
        except DocumentMissing:
            document = None
        version = document.manifest.version if document else SEED_VERSION
        kept = self._compiled.get(spec.id)
        if kept is None or kept[0] != version:
            kept = (version, compile_policy(document.json_value() if document else _seed(spec)))
            self._compiled[spec.id] = kept
        return kept


def _seed(spec: AssistantSpec) -> dict[str, object]:
    path = spec.folder / SEED
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ManifestError(f"{path} cannot be read") from error
