"""`attendant brochure add|list|remove`: the PDFs that an assistant hands out.

A file is looked at before it is taken, lies on the site before the list names it, and is named no longer
before it goes. Knows PDF's first and last bytes. Refuses to know how a visitor asks for one.
"""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from cli import audit
from cli.deployment import Deployment
from cli.endpoint import caller
from cli.failures import CommandFailed
from cli.publishing import show_at_the_edge
from cli.seed import AUTHOR
from core.brochures import (
    BROCHURES_SCHEMA,
    ID_PATTERN,
    LARGEST_BYTES,
    Brochure,
    Brochures,
    brochure_key,
    brochure_link,
)
from core.errors import DocumentMissing, PublicationConflict
from core.facts import DocumentKind, Manifest
from core.spec import AssistantSpec, all_specs
from lambdas.adapters.documents import RECHECK_SECONDS_OTHERWISE, Documents

LIVE = f"visitors get it within {RECHECK_SECONDS_OTHERWISE:.0f} s"
HEADER = re.compile(rb"%PDF-[12]\.\d")
TRAILER = re.compile(rb"startxref\s+\d+\s+%%EOF")
TRAILER_WITHIN = 1024  # of the end, as ISO 32000 has it of readers
ATTEMPTS = 4


@dataclass(frozen=True)
class Listed:
    """One brochure with its link; None where the deployment has no address of its own."""

    brochure: Brochure
    link: str | None


class BrochureShelf:
    """The brochures of one assistant on one deployment. Every method raises CommandFailed."""

    def __init__(self, deployment: Deployment, assistant: str, site_url: str | None) -> None:
        known = [spec.id for spec in all_specs()]
        if assistant not in known:
            raise CommandFailed(
                f"there is no assistant {assistant}", f"it is one of {', '.join(known)}", exit_code=2
            )
        self._deployment = deployment
        self._assistant = assistant
        self._site_url = site_url

    def add(self, file: Path, *, title: str, models: Sequence[str], brochure_id: str | None) -> Listed:
        """Puts the file on the site and into the list; a brochure of the same id is replaced."""
        data = whole_pdf(file)
        brochure = _described(brochure_id or slug(file.stem), title, models, data)
        put_pdf(
            self._deployment.client("s3"),
            self._deployment.output("SiteBucket"),
            self._assistant,
            brochure,
            data,
        )
        self._change(lambda listed: listed.with_one(brochure))
        show_at_the_edge(self._deployment, [brochure_key(self._assistant, brochure.id)])
        return self._listed(brochure)

    def list(self) -> list[Listed]:
        return [self._listed(each) for each in self._current()[0].brochures]

    def remove(self, brochure_id: str) -> None:
        if self._current()[0].named(brochure_id) is None:
            raise CommandFailed(
                f"{self._assistant} has no brochure {brochure_id}",
                f"attendant brochure list {self._assistant}",
                exit_code=2,
            )
        self._change(lambda listed: listed.without(brochure_id))
        key = brochure_key(self._assistant, brochure_id)
        self._deployment.client("s3").delete_object(Bucket=self._deployment.output("SiteBucket"), Key=key)
        show_at_the_edge(self._deployment, [key])

    def _listed(self, brochure: Brochure) -> Listed:
        link = brochure_link(self._site_url, self._assistant, brochure.id) if self._site_url else None
        return Listed(brochure, link)

    def _current(self) -> tuple[Brochures, Manifest | None]:
        try:
            document = self._deployment.documents().current(self._assistant, DocumentKind.BROCHURES)
        except DocumentMissing:
            return Brochures(), None
        return Brochures.of(document), document.manifest

    def _change(self, change: Callable[[Brochures], Brochures]) -> None:
        """A change of one entry is made again where somebody else has changed another meanwhile."""
        for _ in range(ATTEMPTS):
            before, manifest = self._current()
            after = change(before)
            if after == before:
                return
            try:
                published = self._deployment.documents().publish(
                    self._assistant,
                    DocumentKind.BROCHURES,
                    after.model_dump_json().encode(),
                    rows=len(after.brochures),
                    schema=BROCHURES_SCHEMA,
                    author=caller(self._deployment),
                    expected=manifest,
                )
            except PublicationConflict:
                continue
            told, kind = _changes(before, after), DocumentKind.BROCHURES
            audit.tell(self._deployment, self._assistant, kind, published, action="publish", changes=told)
            return
        raise CommandFailed(
            "others go on changing the list; it does not have this change",
            f"attendant brochure list {self._assistant}, then say it again",
        )


def _changes(before: Brochures, after: Brochures) -> list[str]:
    removed = [each for each in before.brochures if after.named(each.id) is None]
    put = [each for each in after.brochures if before.named(each.id) != each]
    return [f"убрано: «{each.title}»" for each in removed] + [f"положено: «{each.title}»" for each in put]


def whole_pdf(file: Path) -> bytes:
    """The bytes of a file that is a whole PDF. Raises CommandFailed."""
    size = file.stat().st_size
    if size > LARGEST_BYTES:
        raise CommandFailed(
            f"{file} has {size / 2**20:.1f} MB, and a brochure may have {LARGEST_BYTES // 2**20}",
            "export it again with smaller pictures",
            exit_code=2,
        )
    data = file.read_bytes()
    if not HEADER.match(data):
        raise CommandFailed(f"{file} is no PDF: it does not begin as one", "export it as PDF", exit_code=2)
    if not TRAILER.search(data[-TRAILER_WITHIN:]):
        raise CommandFailed(
            f"{file} is no whole PDF: its end is missing", "copy or export it again", exit_code=2
        )
    return data


def slug(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")[:40].strip("-")


def _described(brochure_id: str, title: str, models: Sequence[str], data: bytes) -> Brochure:
    if not re.fullmatch(ID_PATTERN, brochure_id):
        raise CommandFailed(
            f"{brochure_id!r} cannot be a part of a link",
            "name it by --id: small Latin letters, digits, hyphens; 40 at most",
            exit_code=2,
        )
    try:
        return Brochure(
            id=brochure_id,
            title=title,
            models=tuple(models),
            bytes=len(data),
            sha256=hashlib.sha256(data).hexdigest(),
        )
    except ValidationError as error:
        fields = ", ".join(sorted({str(wrong["loc"][0]) for wrong in error.errors()}))
        raise CommandFailed(
            f"wrong: {fields}", "a title and a model are one line of 100 characters at most", exit_code=2
        ) from error


def put_pdf(s3: Any, bucket: str, assistant: str, brochure: Brochure, data: bytes) -> None:
    """As a download: the site's content policy is one for pages, and a reader inside the browser obeys it."""
    s3.put_object(
        Bucket=bucket,
        Key=brochure_key(assistant, brochure.id),
        Body=data,
        ContentType="application/pdf",
        ContentDisposition=f'attachment; filename="{brochure.id}.pdf"',
    )


def seed_sample(s3: Any, bucket: str, documents: Documents, spec: AssistantSpec) -> bool:
    """Publishes `sample/brochures.toml` of the assistant's folder where only seeding has published so far."""
    sample = spec.folder / "sample"
    if not (sample / "brochures.toml").exists():
        return False
    entries = tomllib.loads((sample / "brochures.toml").read_text(encoding="utf-8"))["brochures"]
    files = {entry["id"]: whole_pdf(sample / f"{entry['id']}.pdf") for entry in entries}
    listed = Brochures(
        brochures=tuple(
            _described(entry["id"], entry["title"], entry["models"], files[entry["id"]]) for entry in entries
        )
    )
    data = listed.model_dump_json().encode()

    def files_first() -> bytes:
        for brochure in listed.brochures:
            put_pdf(s3, bucket, spec.id, brochure, files[brochure.id])
        return data

    return (
        documents.seed(
            spec.id,
            DocumentKind.BROCHURES,
            files_first,
            rows=len(files),
            schema=BROCHURES_SCHEMA,
            author=AUTHOR,
            source=hashlib.sha256(data).hexdigest(),
        )
        is not None
    )
