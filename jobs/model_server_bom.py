"""`make sbom`: what the model server's image installs from the package index, as pinned requirements.

pip resolves the image's own requirements for the image's Python and C library, without installing anything,
and reports every package of the result with its hash; `cyclonedx-py` makes a bill of materials of that list.
What Debian brings is the base image's, which the Dockerfile names by digest: a scanner of the built image
lists it. Refuses to know CycloneDX.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
IMAGE = ROOT / "inference_container"
PYTHON = "3.11"
GLIBC_MINOR = 36  # of Debian 12
PLATFORMS = ["manylinux2014_x86_64", *(f"manylinux_2_{minor}_x86_64" for minor in range(17, GLIBC_MINOR + 1))]


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m jobs.model_server_bom", description=__doc__)
    parser.add_argument("--requirements", default="requirements.txt", help="as the image's build argument")
    parser.add_argument("--constraints", default="constraints.txt", help="as the image's build argument")
    arguments = parser.parse_args(argv)
    constraints = next(
        folder / arguments.constraints
        for folder in (IMAGE, ROOT)
        if (folder / arguments.constraints).exists()
    )
    for line in pinned(_report(IMAGE / arguments.requirements, constraints)):
        sys.stdout.write(line + "\n")
    return 0


def pinned(report: Mapping[str, Any]) -> Iterator[str]:
    """One requirement a package of pip's report, by name. Raises KeyError where one has no hash."""
    for package in sorted(report["install"], key=lambda each: each["metadata"]["name"].lower()):
        about, digest = package["metadata"], package["download_info"]["archive_info"]["hashes"]["sha256"]
        yield f"{about['name']}=={about['version']} --hash=sha256:{digest}"


def _report(requirements: Path, constraints: Path) -> dict[str, Any]:
    """Raises CalledProcessError; pip has said why on stderr."""
    command = [
        *(sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--dry-run"),
        *("--ignore-installed", "--only-binary", ":all:", "--python-version", PYTHON, "--target", "nowhere"),
        *(word for platform in PLATFORMS for word in ("--platform", platform)),
        *("--report", "-", "-c", str(constraints), "-r", str(requirements)),
    ]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE)  # noqa: S603  our own words
    report: dict[str, Any] = json.loads(done.stdout)
    return report


if __name__ == "__main__":
    sys.exit(main())
