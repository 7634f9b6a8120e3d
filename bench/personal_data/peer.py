"""Presidio as somebody would set it up for Russian with what PyPI has.

spaCy's blank Russian as the tokeniser, natasha (slovnet for people, yargy's grammar for addresses) as
recognisers, Presidio's own for phones, e-mail and cards, and SNILS and INN as pattern recognisers with their
check digits. natasha asks for pymorphy2, which Python 3.11 has left behind: it gets pymorphy3.
"""

# ruff: noqa: E402  what natasha imports must stand in its place first

from __future__ import annotations

import sys
from typing import Any

import pymorphy3

sys.modules["pymorphy2"] = pymorphy3

import spacy
from natasha import AddrExtractor, Doc, MorphVocab, NewsEmbedding, NewsNERTagger, Segmenter
from presidio_analyzer import (
    AnalyzerEngine,
    EntityRecognizer,
    Pattern,
    PatternRecognizer,
    RecognizerRegistry,
    RecognizerResult,
)
from presidio_analyzer.nlp_engine import SpacyNlpEngine
from presidio_analyzer.predefined_recognizers import (
    CreditCardRecognizer,
    EmailRecognizer,
    PhoneRecognizer,
)

from core.personal_data.numbers import is_inn, is_snils

KINDS = {"PERSON": "имя", "ADDRESS": "адрес"}
GAP = 3
STREETS_AND_HOUSES = frozenset(
    (
        "улица", "проспект", "проезд", "переулок", "бульвар", "площадь", "набережная", "шоссе", "аллея",
        "тупик", "линия", "квартал", "дом", "корпус", "строение", "квартира", "офис",
    )
)  # fmt: skip


class BlankRussian(SpacyNlpEngine):  # type: ignore[misc]
    """Tokens alone."""

    def __init__(self) -> None:
        super().__init__(models=[{"lang_code": "ru", "model_name": "blank"}])

    def load(self) -> None:
        self.nlp = {"ru": spacy.blank("ru")}

    def is_loaded(self) -> bool:
        return self.nlp is not None


class Natasha(EntityRecognizer):  # type: ignore[misc]
    def __init__(self) -> None:
        super().__init__(supported_entities=["PERSON", "ADDRESS"], supported_language="ru")

    def load(self) -> None:
        self._segmenter = Segmenter()
        self._tagger = NewsNERTagger(NewsEmbedding())
        self._addresses = AddrExtractor(MorphVocab())

    def analyze(self, text: str, entities: list[str], nlp_artifacts: Any = None) -> list[Any]:
        del entities, nlp_artifacts
        doc = Doc(text)
        doc.segment(self._segmenter)
        doc.tag_ner(self._tagger)
        people = [RecognizerResult("PERSON", s.start, s.stop, 0.85) for s in doc.spans if s.type == "PER"]
        return people + [RecognizerResult("ADDRESS", *span, 0.85) for span in self._whole_addresses(text)]

    def _whole_addresses(self, text: str) -> list[tuple[int, int]]:
        """Neighbouring parts as one address; a town by itself is none, here as in ours."""
        whole: list[tuple[int, int, set[str | None]]] = []
        for part in sorted(self._addresses(text), key=lambda each: each.start):
            if whole and part.start - whole[-1][1] <= GAP:
                start, _, types = whole[-1]
                whole[-1] = (start, part.stop, types | {part.fact.type})
            else:
                whole.append((part.start, part.stop, {part.fact.type}))
        return [(start, stop) for start, stop, types in whole if types & STREETS_AND_HOUSES]


class Checked(PatternRecognizer):  # type: ignore[misc]
    """A number that its check digits prove."""

    def __init__(self, entity: str, pattern: str, holds: Any) -> None:
        self._holds = holds
        patterns = [Pattern(entity, pattern, 0.5)]
        super().__init__(supported_entity=entity, patterns=patterns, supported_language="ru")

    def validate_result(self, pattern_text: str) -> bool:
        return bool(self._holds("".join(char for char in pattern_text if char.isdecimal())))


class Peer:
    def __init__(self) -> None:
        registry = RecognizerRegistry(supported_languages=["ru"])
        for recogniser in (
            Natasha(),
            EmailRecognizer(supported_language="ru"),
            PhoneRecognizer(supported_language="ru", supported_regions=["RU"]),
            CreditCardRecognizer(supported_language="ru"),
            Checked("SNILS", r"\b\d{3}[- ]?\d{3}[- ]?\d{3}[- ]?\d{2}\b", is_snils),
            Checked("INN", r"\b(?:\d{10}|\d{12})\b", is_inn),
        ):
            registry.add_recognizer(recogniser)
        self._engine = AnalyzerEngine(
            registry=registry, nlp_engine=BlankRussian(), supported_languages=["ru"]
        )

    def found(self, text: str) -> list[tuple[str, int, int]]:
        results = self._engine.analyze(text, language="ru")
        return [(KINDS.get(each.entity_type, each.entity_type), each.start, each.end) for each in results]
