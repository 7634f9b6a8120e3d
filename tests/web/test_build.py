"""What the build makes: the same bytes each time, small, one file, and its hash where pages need it."""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
import re
import subprocess
from pathlib import Path

from tests.web.conftest import NODE, ROOT

LARGEST_GZIPPED_BYTES = 40_000


def files(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def test_building_twice_gives_the_same_bytes(dist: Path, tmp_path: Path) -> None:
    again = tmp_path / "elsewhere"
    subprocess.run([NODE, ROOT / "web" / "build.mjs", "--out", again], cwd=tmp_path, check=True)
    assert files(again) == files(dist)


def test_the_widget_is_one_small_file(dist: Path) -> None:
    script = (dist / "widget.js").read_bytes()
    assert len(gzip.compress(script, mtime=0)) < LARGEST_GZIPPED_BYTES
    assert b"import(" not in script
    assert b"sourceMappingURL" not in script


def test_pages_carry_the_hash_of_the_script_that_they_load(dist: Path) -> None:
    told = json.loads((dist / "integrity.json").read_text())
    for name, integrity in told.items():
        digest = hashlib.sha384((dist / name).read_bytes()).digest()
        assert integrity == f"sha384-{base64.b64encode(digest).decode()}"
    pages = {page: (dist / page).read_text(encoding="utf-8") for page in ("index.html", "all.html")}
    for page in pages.values():
        (script,) = re.findall(r"<script[^>]*>", page)
        assert f'integrity="{told["widget.js"]}"' in script
    assert f'integrity="{told["owner/owner.js"]}"' in (dist / "owner/index.html").read_text(encoding="utf-8")


def test_the_lock_file_names_no_registry() -> None:
    packages = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    assert not [name for name, entry in packages.items() if "resolved" in entry]
    assert all("integrity" in entry for name, entry in packages.items() if name)
