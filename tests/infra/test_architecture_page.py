"""The page of the architecture names what exists: every stack and every function, and no other."""

from __future__ import annotations

import re
from pathlib import Path

from tests.infra.conftest import Deployment

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")


def test_every_stack_is_drawn(prod: Deployment) -> None:
    drawn = set(re.findall(r"┌─ ([a-z]+)[▼ ]?", PAGE)) | set(re.findall(r"  ┌─ ([a-z]+)", PAGE))
    assert drawn == set(prod.templates)


def test_every_function_has_its_line() -> None:
    functions = {path.parent.name for path in (ROOT / "lambdas").glob("*/handler.py")}
    assert set(re.findall(r"^\| `(\w+)`", PAGE, flags=re.MULTILINE)) == functions
