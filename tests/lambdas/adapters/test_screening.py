"""A published policy that is damaged never replaces one that was whole."""

from __future__ import annotations

import json

import pytest

from core.errors import DocumentDamaged, PolicyBroken
from core.facts import Document, DocumentKind
from core.spec import all_specs
from lambdas.adapters.screening import Screening
from tests.fakes.documents import FakeDocuments

SPEC = next(iter(all_specs()))
POLICY = json.dumps({"topics": [{"id": "a", "phrases": ["борщ"], "reply": "Нет."}]}).encode()


def test_whoever_has_a_whole_policy_keeps_it_and_whoever_has_none_lets_nothing_pass() -> None:
    documents = FakeDocuments()
    documents.put(SPEC.id, DocumentKind.POLICY, POLICY, "v1")
    warm = Screening(documents)
    assert not warm.of(SPEC, "Рецепт борща").verdict.allowed
    for broken in (b"{}", b"[]"):
        documents.put(SPEC.id, DocumentKind.POLICY, broken, "v2")
        kept = warm.of(SPEC, "Рецепт борща")
        assert (kept.verdict.allowed, kept.policy_version) == (False, "v1")
        with pytest.raises(PolicyBroken):
            Screening(documents).of(SPEC, "Рецепт борща")
    whole = documents.current(SPEC.id, DocumentKind.POLICY)
    damaged = Document(manifest=whole.manifest.model_copy(update={"version": "v3"}), data=b"{")
    documents.kept[SPEC.id, DocumentKind.POLICY] = damaged
    assert not warm.of(SPEC, "Рецепт борща").verdict.allowed
    with pytest.raises(DocumentDamaged):
        Screening(documents).of(SPEC, "Рецепт борща")
