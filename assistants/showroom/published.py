"""What one salon has published, as it stands at the moment of a question.

Compiles each document once a version. Refuses to know questions and answers.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from assistants.showroom.costs.cost_desk import CostDesk
from assistants.showroom.desk.stock_desk import StockDesk
from assistants.showroom.language.lexicon import Lexicon
from assistants.showroom.language.spelling import Spelling
from assistants.showroom.trust import doubts
from core.brochures import Brochures
from core.dialogue import Versions
from core.errors import DocumentDamaged, DocumentMissing
from core.facts import Document, DocumentKind, Snapshot
from core.flow import FlowResources
from core.knowledge import Knowledge
from core.spec import Capability, OwnerSettings, Texts
from core.standing_policy import StandingPolicy
from core.topics import CompiledPolicy

_DEFAULT_MAX_AGE = timedelta(hours=24)


@dataclass(frozen=True)
class Desk:
    """Everything of one moment. `test_drives` is whether the salon takes bookings."""

    settings: OwnerSettings
    policy: CompiledPolicy
    knowledge: Knowledge | None
    snapshot: Snapshot | None
    stock: StockDesk
    costs: CostDesk
    spelling: Spelling
    versions: Versions
    test_drives: bool

    @property
    def texts(self) -> Texts:
        return self.settings.texts


class Published:
    """Serves one flow."""

    def __init__(self, resources: FlowResources) -> None:
        self._spec = resources.spec
        self._documents = resources.documents
        self._standing = StandingPolicy(resources.spec)
        self._compiled: dict[str, tuple[tuple[str, ...], Any]] = {}

    def now(self) -> Desk:
        """A damaged snapshot counts as none.

        Raises DocumentDamaged, PolicyBroken, ManifestError, StoreAway.
        """
        settings_document = self._read(DocumentKind.SETTINGS)
        settings = self._spec.owner
        if settings_document is not None:
            settings = OwnerSettings.model_validate(settings_document.json_value())
        policy = self._standing.now(lambda: self._documents.current(DocumentKind.POLICY))
        knowledge_document = self._read(DocumentKind.KNOWLEDGE)
        knowledge = self._once(
            DocumentKind.KNOWLEDGE,
            knowledge_document,
            lambda doc: Knowledge.of(doc, lambda passage: not doubts(passage, policy.compiled)),
            policy.version,
        )
        snapshot_document = self._read(DocumentKind.SNAPSHOT)
        snapshot = self._once(DocumentKind.SNAPSHOT, snapshot_document, Snapshot.of)
        vocabulary = knowledge.source.vocabulary if knowledge is not None else {}
        key = (_key(snapshot_document), _key(knowledge_document))
        lexicon = self._cached("lexicon", key, lambda: Lexicon(vocabulary, snapshot))
        spelling = self._cached("spelling", key, lambda: Spelling(lexicon, knowledge))
        inventory = self._spec.inventory
        max_age = inventory.max_age if inventory is not None else _DEFAULT_MAX_AGE
        stock = StockDesk(snapshot, lexicon, knowledge, max_age)
        return Desk(
            settings=settings,
            policy=policy.compiled,
            knowledge=knowledge,
            snapshot=snapshot,
            stock=stock,
            costs=CostDesk(stock, settings.credit),
            spelling=spelling,
            versions=Versions(
                policy=policy.version,
                snapshot=snapshot_document.manifest.version if snapshot_document else None,
                knowledge=knowledge_document.manifest.version if knowledge_document else None,
            ),
            test_drives=Capability.TEST_DRIVES in self._spec.capabilities,
        )

    def brochures(self) -> Brochures | None:
        """None where the owner has listed none, or the list is damaged."""
        try:
            document = self._read(DocumentKind.BROCHURES)
            listed: Brochures | None = self._once(DocumentKind.BROCHURES, document, Brochures.of)
        except DocumentDamaged:
            return None
        return listed

    def _read(self, kind: DocumentKind) -> Document | None:
        try:
            return self._documents.current(kind)
        except DocumentMissing:
            return None
        except DocumentDamaged:
            if kind is DocumentKind.SNAPSHOT:
                return None
            raise

    def _once(
        self, kind: DocumentKind, document: Document | None, make: Callable[[Document], Any], *key: str
    ) -> Any:
        """`key`: what it is made of beside the document."""
        if document is None:
            return None
        return self._cached(kind.value, (_key(document), *key), lambda: make(document))

    def _cached(self, name: str, key: tuple[str, ...], make: Callable[[], Any]) -> Any:
        held = self._compiled.get(name)
        if held is None or held[0] != key:
            held = (key, make())
            self._compiled[name] = held
        return held[1]


def _key(document: Document | None) -> str:
    return document.manifest.model_dump_json() if document is not None else ""
