"""The brochures of a sample salon as PDFs, made of the texts beside them.

    python -m jobs.sample_brochures showroom

Writes `assistants/<id>/sample/<brochure>.pdf` for each entry of `brochures.toml` there; the same texts give
the same bytes. Knows a page of paper. Refuses to publish (`cli/brochures.py`).
"""

from __future__ import annotations

import argparse
import textwrap
import tomllib
from collections.abc import Sequence
from pathlib import Path

import matplotlib as mpl
from matplotlib.figure import Figure

from core.spec import ASSISTANTS_FOLDER, read_spec

A4_INCHES = (8.27, 11.69)
LINE_CHARACTERS = 64
TOP, LINE = 0.84, 0.026
TRUETYPE = 42  # text that can be searched and copied


def page(salon: str, title: str, paragraphs: Sequence[str]) -> Figure:
    figure = Figure(figsize=A4_INCHES)
    figure.text(0.1, 0.93, salon, fontsize=11, color="#55606e")
    figure.text(0.1, 0.89, title, fontsize=20, weight="bold")
    height = TOP
    for paragraph in paragraphs:
        lines = textwrap.wrap(paragraph, LINE_CHARACTERS)
        figure.text(0.1, height, "\n".join(lines), fontsize=13, va="top", linespacing=1.5)
        height -= LINE * (len(lines) + 1)
    return figure


def write(assistant: str, folder: Path = ASSISTANTS_FOLDER) -> list[Path]:
    spec = read_spec(folder / assistant)
    sample = spec.folder / "sample"
    entries = tomllib.loads((sample / "brochures.toml").read_text(encoding="utf-8"))["brochures"]
    mpl.rcParams["pdf.fonttype"] = TRUETYPE
    written = []
    for entry in entries:
        path = sample / f"{entry['id']}.pdf"
        metadata = {"Title": entry["title"], "Author": spec.name, "CreationDate": None}
        page(spec.name, entry["title"], entry["text"]).savefig(path, format="pdf", metadata=metadata)
        written.append(path)
    return written


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("assistant")
    for made in write(parser.parse_args().assistant):
        print(made)  # noqa: T201 - a command
