"""What cdk-nag is told to overlook: little, in one place, and nothing that it would not find."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from infra import acknowledgements
from infra.nag_report import SOME_MODEL, SOME_SITE, findings
from infra.stage_context import pick_stage
from infra.stages import NATIVE_PYTHON, NEWEST_PYTHON

ROOT = Path(__file__).resolve().parents[2]
AT_MOST = 7


@dataclass
class Unheard:
    """Validations that write an acknowledgement down and overlook nothing."""

    written: list[tuple[str, str]] = field(default_factory=list)

    def of(self, construct: Any) -> Unheard:
        self.path = construct.node.path
        return self

    def acknowledge(self, acknowledgment: Any) -> None:
        self.written.append((self.path, acknowledgment.id))


def test_there_are_few_and_each_has_a_reason() -> None:
    assert len({known.reason for known in acknowledgements.ALL}) == len(acknowledgements.ALL) <= AT_MOST
    assert all(known.reason and known.findings for known in acknowledgements.ALL)


def test_they_are_made_in_one_place() -> None:
    makers = {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "app.py", *(ROOT / "infra").rglob("*.py"))
        if "Acknowledgment(" in path.read_text(encoding="utf-8")
    }
    assert makers == {"infra/acknowledgements.py"}


def test_each_is_still_needed(assistants, monkeypatch: pytest.MonkeyPatch) -> None:
    unheard = Unheard()
    monkeypatch.setattr(acknowledgements, "Validations", unheard)
    contexts = (
        {"stage": "prod", "endpoint": "external", "model_url": SOME_MODEL, **SOME_SITE},
        {"stage": "local"},
    )
    found = [f for context in contexts for f in findings(pick_stage(context.get), assistants)]
    for path, acknowledged in unheard.written:
        assert any(
            finding.construct.startswith(path)
            and acknowledged in (finding.rule, f"{finding.rule}[{finding.detail}]")
            for finding in found
        ), (path, acknowledged)
    known = {finding for each in acknowledgements.ALL for finding in each.findings}
    if NATIVE_PYTHON == NEWEST_PYTHON:
        known -= set(acknowledgements.LOCAL_INTERPRETER.findings)
    told = {name for _, name in unheard.written}
    assert {finding for finding in known if any(fits(finding, name) for name in told)} == known
    assert all(any(fits(finding, name) for finding in known) for name in told)


def fits(finding: str, name: str) -> bool:
    """Whether a name is that finding, with whatever its braces were filled with."""
    return re.fullmatch(re.sub(r"\\\{\w+\\\}", "[^/]+", re.escape(finding)), name) is not None
