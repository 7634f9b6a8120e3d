"""The APIs' published documents, and the types made of them, say what the code says. Else: `make openapi`."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from lambdas.api import openapi as visitors
from lambdas.owner import openapi as owners
from tests.web.conftest import NODE, ROOT

DOCUMENTS = {"openapi.json": visitors.document, "openapi-owner.json": owners.document}


@pytest.mark.parametrize("name", DOCUMENTS)
def test_the_document_is_current(name: str) -> None:
    assert (ROOT / "docs" / name).read_text(encoding="utf-8") == DOCUMENTS[name](), "say `make openapi`"


@pytest.mark.parametrize("name", ["visitor.d.ts", "owner.d.ts"])
def test_the_types_are_made_of_it(name: str, tmp_path: Path) -> None:
    subprocess.run([NODE, ROOT / "web" / "types.mjs", "--out", tmp_path], cwd=ROOT, check=True)
    kept, made = ROOT / "web" / "src" / "api" / name, tmp_path / name
    assert kept.read_text(encoding="utf-8") == made.read_text(encoding="utf-8"), "say `make openapi`"
