"""A published policy that is damaged never replaces one that was whole, whoever screens by it."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from core.errors import DocumentDamaged, PolicyBroken
from core.facts import Document, DocumentKind
from core.spec import all_specs
from core.standing_policy import SEED_VERSION, StandingPolicy
from core.topics import screen
from lambdas.adapters.screening import Screening
from tests.fakes.documents import FakeDocuments

SPEC = next(iter(all_specs()))
POLICY = json.dumps(
    {"topics": [{"id": "a", "phrases": ["борщ"], "reply": "Нет."}]}, ensure_ascii=False
).encode()
Judge = Callable[[str], tuple[bool, str]]


def by_the_door(documents: FakeDocuments) -> Judge:
    screening = Screening(documents)

    def judge(text: str) -> tuple[bool, str]:
        screened = screening.of(SPEC, text)
        return screened.verdict.allowed, screened.policy_version

    return judge


def by_the_flow(documents: FakeDocuments) -> Judge:
    standing = StandingPolicy(SPEC)

    def judge(text: str) -> tuple[bool, str]:
        policy = standing.now(lambda: documents.current(SPEC.id, DocumentKind.POLICY))
        return screen(text, policy.compiled).allowed, policy.version

    return judge


@pytest.mark.parametrize("judging", [by_the_door, by_the_flow])
def test_whoever_has_a_whole_policy_keeps_it_and_whoever_has_none_lets_nothing_pass(
    judging: Callable[[FakeDocuments], Judge],
) -> None:
    documents = FakeDocuments()
    documents.put(SPEC.id, DocumentKind.POLICY, POLICY, "v1")
    warm = judging(documents)
    assert warm("Рецепт борща") == (False, "v1")
    for broken in (b"{}", b"[]", b'{"topics": [{"id": "a", "phrases": [], "reply": ""}]}'):
        documents.put(SPEC.id, DocumentKind.POLICY, broken, "v2")
        assert warm("Рецепт борща") == (False, "v1")
        with pytest.raises(PolicyBroken):
            judging(documents)("Рецепт борща")
    whole = documents.current(SPEC.id, DocumentKind.POLICY)
    damaged = Document(manifest=whole.manifest.model_copy(update={"version": "v3"}), data=b"{")
    documents.kept[SPEC.id, DocumentKind.POLICY] = damaged
    assert warm("Рецепт борща") == (False, "v1")
    with pytest.raises(DocumentDamaged):
        judging(documents)("Рецепт борща")
    documents.put(SPEC.id, DocumentKind.POLICY, POLICY.replace("борщ".encode(), "щи".encode()), "v4")
    assert warm("Рецепт борща") == (True, "v4")


def test_until_one_is_published_the_folders_own_counts() -> None:
    allowed, version = by_the_flow(FakeDocuments())("Сколько стоит машина?")
    assert (allowed, version) == (True, SEED_VERSION)
