"""The schema of golden questions, and what is said of a broken file."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.errors import ManifestError
from core.golden import Expectation, read_golden
from core.spec import AssistantSpec, Capability, all_specs

QUESTION = '[[questions]]\nid = "faq"\ntext = "Как?"\nexpects = "sources"\nneeds_model = true\n'


@pytest.mark.parametrize("spec", tuple(all_specs()), ids=lambda spec: spec.id)
def test_every_assistant_proves_a_fact_the_model_and_a_refusal(spec: AssistantSpec) -> None:
    questions = read_golden(spec.folder)
    assert {Expectation.SOURCES, Expectation.REFUSED} <= {question.expects for question in questions}
    stocked = Capability.INVENTORY in spec.capabilities
    assert stocked is any(question.expects is Expectation.FACTS for question in questions)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "questions"),
        ("questions = []", "at least 1 item"),
        (QUESTION.replace("needs_model = true", ""), "no question needs the model"),
        (QUESTION * 2, "ids used twice: faq"),
        (QUESTION.replace("sources", "refused"), "never reaches the model"),
        (QUESTION.replace("sources", "wisdom"), "expects"),
        (QUESTION + 'answer = "Так."', "answer"),
        ("[[questions", "golden.toml"),
    ],
)
def test_a_broken_file_is_named_with_what_is_wrong(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "golden.toml").write_text(text, encoding="utf-8")
    with pytest.raises(ManifestError, match=said) as raised:
        read_golden(tmp_path)
    assert str(tmp_path) in str(raised.value)


def test_a_missing_file_says_what_it_is_for(tmp_path: Path) -> None:
    with pytest.raises(ManifestError, match="without golden questions the endpoint cannot be tried"):
        read_golden(tmp_path)
