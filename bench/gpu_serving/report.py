"""The figures as JSON and as a page; a dry run is called one in the title, above each table and in the JSON.

Refuses to know how anything was measured. What was not measured is a dash, never a number.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

from bench.gpu_serving.agreement import Agreement
from bench.gpu_serving.work import Pace

DRY = (
    "DRY RUN on a processor with a toy model: it shows that the bench runs, no figure says anything of a GPU."
)
TARGETS = {"alone": 0.70, "in flight": 0.40}
"""Of the roofline, as the issue wants it."""


@dataclass(frozen=True, kw_only=True)
class Row:
    """One way. `roofline` is tok/s of decoding at this number in flight; idle shares are of its whole run."""

    way: str
    in_flight: int
    pace: Pace
    roofline: float | None = None
    idle_by_kernels: float | None = None
    idle_by_nvml: float | None = None

    @property
    def share(self) -> float | None:
        """Of the roofline."""
        decoding = self.pace.decode_tokens_per_second
        return decoding / self.roofline if decoding and self.roofline else None


@dataclass(frozen=True, kw_only=True)
class Results:
    """One run. `failed` are the ways that broke off, by the name of what they raised."""

    is_dry: bool
    machine: str
    model: str
    command: str
    versions: Mapping[str, str]
    rows: Sequence[Row]
    agreement: Mapping[str, Agreement] = field(default_factory=dict)
    failed: Mapping[str, str] = field(default_factory=dict)
    peak_memory_bytes: int | None = None


def as_json(results: Results) -> str:
    document = asdict(results)
    for row, written in zip(results.rows, document["rows"], strict=True):
        written["tokens_per_second"] = row.pace.tokens_per_second
        written["share_of_roofline"] = row.share
    if results.is_dry:
        document = {"dry_run": DRY, **document}
    return json.dumps(document, indent=1, ensure_ascii=False) + "\n"


def as_page(results: Results) -> str:
    title = "# Serving on a GPU" + (": DRY RUN" if results.is_dry else "")
    versions = ", ".join(f"{name} {version}" for name, version in results.versions.items())
    lines = [title, "", f"{results.machine}; {results.model}, random weights; {versions}.", ""]
    lines += [f"`{results.command}`", ""]
    lines += [*_warning(results), *_paces(results.rows), ""]
    if results.agreement:
        lines += [*_warning(results), *_agreements(results.agreement), ""]
    lines += [f"**{way} broke off with {error}.**" for way, error in results.failed.items()]
    if results.peak_memory_bytes is not None:
        lines.append(f"Peak of the GPU's memory: {results.peak_memory_bytes / 2**30:.1f} GiB.")
    return "\n".join(lines).rstrip("\n") + "\n"


def write(results: Results, folder: Path) -> list[Path]:
    folder.mkdir(parents=True, exist_ok=True)
    name = "gpu-serving" + ("-dry-run" if results.is_dry else "")
    data, page = folder / f"{name}.json", folder / f"{name}.md"
    data.write_text(as_json(results), encoding="utf-8")
    page.write_text(as_page(results), encoding="utf-8")
    return [data, page]


def missed(results: Results) -> list[str]:
    """The targets that no way of the engine has reached, and those that nothing was measured for."""
    told = []
    for name, target in TARGETS.items():
        shares = [
            row.share
            for row in results.rows
            if row.share is not None and (row.in_flight == 1) == (name == "alone")
        ]
        if not shares:
            told.append(f"{name}: not measured")
        elif max(shares) < target:
            told.append(f"{name}: {max(shares):.0%} of the roofline, {target:.0%} are wanted")
    return told


def _warning(results: Results) -> list[str]:
    return [f"**{DRY}**", ""] if results.is_dry else []


def _paces(rows: Sequence[Row]) -> list[str]:
    head = (
        "| way | in flight | answers | tok/s, whole run | tok/s, decoding | roofline | of it "
        "| first token, s | GPU idle, between kernels | GPU idle, NVML |"
    )
    return [head, "|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|"] + [
        f"| {row.way} | {row.in_flight} | {row.pace.answers} | {row.pace.tokens_per_second:,.1f} "
        f"| {_number(row.pace.decode_tokens_per_second)} | {_number(row.roofline)} | {_share(row.share)} "
        f"| {_seconds(row.pace.first_token_seconds)} | {_share(row.idle_by_kernels)} "
        f"| {_share(row.idle_by_nvml)} |"
        for row in rows
    ]


def _agreements(agreements: Mapping[str, Agreement]) -> list[str]:
    head = "| greedy, beside `generate` | the same answers | text before they part |"
    return [head, "|---|---:|---:|"] + [
        f"| {name} | {one.same} of {one.answers} | {one.text_share:.1%} |" for name, one in agreements.items()
    ]


def _number(value: float | None) -> str:
    return "-" if value is None else f"{value:,.1f}"


def _seconds(value: float | None) -> str:
    return "-" if value is None else f"{value:.3f}"


def _share(value: float | None) -> str:
    return "-" if value is None else f"{value:.0%}"
