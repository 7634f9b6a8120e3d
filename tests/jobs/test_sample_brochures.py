"""Texts become whole PDFs, the same bytes each time, and each sample's lies beside its texts."""

from __future__ import annotations

import shutil
import tomllib
from pathlib import Path

from cli.brochures import whole_pdf
from core.spec import all_specs
from jobs.sample_brochures import write

SAMPLES = [spec for spec in all_specs() if (spec.folder / "sample" / "brochures.toml").exists()]


def test_the_same_texts_make_the_same_whole_files(tmp_path: Path) -> None:
    for spec in SAMPLES:
        shutil.copytree(spec.folder, tmp_path / spec.id)
        first = {path.name: whole_pdf(path) for path in write(spec.id, tmp_path)}
        assert {path.name: whole_pdf(path) for path in write(spec.id, tmp_path)} == first


def test_each_is_there_and_small() -> None:
    for spec in SAMPLES:
        text = (spec.folder / "sample" / "brochures.toml").read_text(encoding="utf-8")
        for entry in tomllib.loads(text)["brochures"]:
            assert len(whole_pdf(spec.folder / "sample" / f"{entry['id']}.pdf")) < 50_000
