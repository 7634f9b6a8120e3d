"""The site on its bucket: what the build made, and nothing that is no longer there but owners' brochures."""

from __future__ import annotations

import mimetypes
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from cli.embedded_cloud.errors import NotInstalledError
from core.brochures import FOLDER as BROCHURES

BUILT = Path("web") / "dist"
INDEX = "index.html"
LAST_BUILT = "integrity.json"
TYPES = {".js": "text/javascript", ".mjs": "text/javascript", ".svg": "image/svg+xml", ".woff2": "font/woff2"}
TEXT = ("text/", "application/json", "image/svg")


def built_site(root: Path) -> Path:
    """The folder of what the build made. Raises NotInstalledError."""
    folder = root / BUILT
    if not (folder / LAST_BUILT).exists():
        raise NotInstalledError(f"The widget and the pages are not built ({folder}).", "Say `make web`.")
    return folder


def publish_site(s3: Any, bucket: str, folder: Path) -> tuple[str, ...]:
    """Puts every file of `folder` on `bucket`, deletes the page's others; gives back the names there are.

    A bucket knows no folders: a folder's index.html is there under the folder's own name, too (`/owner`).
    """
    files = {p.relative_to(folder).as_posix(): p for p in sorted(folder.rglob("*")) if _is_public(p, folder)}
    indexes = {name.removesuffix(INDEX): path for name, path in files.items() if name.endswith("/" + INDEX)}
    files |= indexes | {name.rstrip("/"): path for name, path in indexes.items()}

    def put(name: str) -> None:
        path = files[name]
        s3.put_object(Bucket=bucket, Key=name, Body=path.read_bytes(), ContentType=content_type(path.name))

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(put, files))
    for page in s3.get_paginator("list_objects_v2").paginate(Bucket=bucket):
        for entry in page.get("Contents", ()):
            if entry["Key"] not in files and not entry["Key"].startswith(BROCHURES):
                s3.delete_object(Bucket=bucket, Key=entry["Key"])
    return tuple(files)


def content_type(name: str) -> str:
    guessed = TYPES.get(Path(name).suffix) or mimetypes.guess_type(name)[0] or "application/octet-stream"
    return f"{guessed}; charset=utf-8" if guessed.startswith(TEXT) else guessed


def _is_public(path: Path, folder: Path) -> bool:
    return path.is_file() and not any(part.startswith(".") for part in path.relative_to(folder).parts)
