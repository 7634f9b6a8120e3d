"""Brochures: the PDFs that an owner has uploaded, as one published list with the place of each.

Knows what an entry of the list says and where the site serves its file. Refuses to know how a file gets there
(`cli/brochures.py`) and who asks for it.
"""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from core.errors import DocumentDamaged
from core.facts import Document

BROCHURES_SCHEMA = "brochures/1"
FOLDER = "brochures/"
"""Of the site's bucket: what lies there is the owners', and no part of the page."""
ID_PATTERN = r"^[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?$"
LARGEST_BYTES = 25 * 1024 * 1024


def _one_line(text: str) -> str:
    if not text.strip() or not text.isprintable():
        raise ValueError("one line of readable text")
    return " ".join(text.split())


Line = Annotated[str, Field(max_length=100), AfterValidator(_one_line)]


class Brochure(BaseModel):
    """One PDF. `models` are the cars that it is about, in a visitor's words; none: the whole range."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str = Field(pattern=ID_PATTERN)
    title: Line
    models: tuple[Line, ...] = ()
    bytes: int = Field(ge=1, le=LARGEST_BYTES)
    sha256: str = Field(pattern=r"^[0-9a-f]{64}$")


class Brochures(BaseModel):
    """The list of one assistant, in the owner's order."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    brochures: tuple[Brochure, ...] = ()

    @classmethod
    def of(cls, document: Document) -> Self:
        """Raises DocumentDamaged when the data is no such list."""
        try:
            return cls.model_validate(document.json_value())
        except ValidationError as error:
            version = document.manifest.version
            raise DocumentDamaged(f"{version}: {error.error_count()} wrong fields") from error

    def named(self, brochure_id: str) -> Brochure | None:
        return next((each for each in self.brochures if each.id == brochure_id), None)

    def with_one(self, brochure: Brochure) -> Self:
        """In the place of the one of the same id, else at the end."""
        if self.named(brochure.id) is None:
            return self.model_copy(update={"brochures": (*self.brochures, brochure)})
        kept = tuple(brochure if each.id == brochure.id else each for each in self.brochures)
        return self.model_copy(update={"brochures": kept})

    def without(self, brochure_id: str) -> Self:
        kept = tuple(each for each in self.brochures if each.id != brochure_id)
        return self.model_copy(update={"brochures": kept})


def brochure_key(assistant: str, brochure_id: str) -> str:
    """Of the file in the site's bucket, which is its path on the site, too."""
    return f"{FOLDER}{assistant}/{brochure_id}.pdf"


def brochure_link(site_url: str, assistant: str, brochure_id: str) -> str:
    return f"{site_url}/{brochure_key(assistant, brochure_id)}"
