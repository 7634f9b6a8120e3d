"""Which policy is in force: the published one, the assistant's `topics.toml` while nothing is published.

A published policy that is damaged never replaces one that was whole: who has such a one keeps it, who has
none lets nothing pass. Whoever screens anything asks here, so visitors' words and the model's meet the same
policy. Refuses to know where documents are kept and how phrases are matched (`core.topics`).
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from dataclasses import dataclass

from core.errors import DocumentDamaged, DocumentMissing, ManifestError, PolicyBroken
from core.facts import Document
from core.spec import AssistantSpec
from core.topics import CompiledPolicy, compile_policy

SEED = "topics.toml"
SEED_VERSION = "seed"


@dataclass(frozen=True)
class InForce:
    version: str
    compiled: CompiledPolicy


class StandingPolicy:
    """That of one assistant, compiled once a version."""

    def __init__(self, spec: AssistantSpec) -> None:
        self._spec = spec
        self._held: InForce | None = None

    def now(self, current: Callable[[], Document]) -> InForce:
        """`current` reads what is published, raising DocumentMissing, DocumentDamaged.

        Raises DocumentDamaged, PolicyBroken; ManifestError when there is neither a policy nor a seed.
        """
        try:
            self._held = self._read(current)
        except (DocumentDamaged, PolicyBroken):
            if self._held is None:
                raise
        return self._held

    def _read(self, current: Callable[[], Document]) -> InForce:
        try:
            document = current()
        except DocumentMissing:
            document = None
        version = document.manifest.version if document is not None else SEED_VERSION
        if self._held is not None and self._held.version == version:
            return self._held
        return InForce(
            version, compile_policy(document.json_value() if document is not None else self._seed())
        )

    def _seed(self) -> dict[str, object]:
        path = self._spec.folder / SEED
        try:
            return tomllib.loads(path.read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
            raise ManifestError(f"{path} cannot be read") from error
