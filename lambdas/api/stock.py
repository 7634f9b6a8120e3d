"""Which cars the salon has, for a form that names one.

Knows VINs and models of the published snapshot. Refuses to know words: a car is named as the stock names it.
"""

from __future__ import annotations

from core.errors import DocumentDamaged, DocumentMissing
from core.facts import DocumentKind, Snapshot
from lambdas.adapters.owner_settings import CurrentDocuments


class Stock:
    def __init__(self, documents: CurrentDocuments) -> None:
        self._documents = documents
        self._read: dict[str, tuple[str, dict[str, str]]] = {}

    def car(self, assistant: str, named: str) -> str | None:
        """The car as operators know it, "<model>" or "<model>, VIN <vin>"; None where there is none such."""
        return self._names(assistant).get(_plain(named))

    def _names(self, assistant: str) -> dict[str, str]:
        try:
            document = self._documents.current(assistant, DocumentKind.SNAPSHOT)
            version, names = self._read.get(assistant, ("", {}))
            if version != document.manifest.version:
                names = {}
                for car in Snapshot.of(document).cars:
                    names[_plain(car.model)] = car.model
                    names[_plain(car.vin)] = f"{car.model}, VIN {car.vin}"
                self._read[assistant] = (document.manifest.version, names)
        except (DocumentMissing, DocumentDamaged):
            return {}
        return names


def _plain(name: str) -> str:
    return " ".join(name.casefold().split())
