"""What the assistant's owner has published, as the judge needs it: passages, fixed sentences, the prompt.

Reads the documents that the assistant was asked with. Refuses to know what was answered.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from core.facts import Document, DocumentKind
from core.policy import read_policy
from core.spec import ASSISTANTS_FOLDER, AssistantSpec, OwnerSettings
from core.topics import CompiledPolicy, compile_policy

PROMPT_FILE = "prompt.md"


@dataclass(frozen=True)
class Published:
    spec: AssistantSpec
    documents: Mapping[DocumentKind, Document]

    @cached_property
    def passages(self) -> dict[str, str]:
        """The text of each passage by its id."""
        return {each["id"]: each["text"] for each in self._knowledge.get("passages", ())}

    @cached_property
    def fixed(self) -> tuple[str, ...]:
        """What the assistant says word for word: the owner's texts, replies to small talk and to topics."""
        settings = OwnerSettings.model_validate(self._json(DocumentKind.SETTINGS) or self.spec.owner)
        talk = (each["reply"] for each in self._knowledge.get("small_talk", ()))
        replies = (topic.reply for topic in read_policy(self._json(DocumentKind.POLICY) or {}).topics)
        return tuple(dict.fromkeys((*settings.texts.model_dump().values(), *talk, *replies)))

    @cached_property
    def policy(self) -> CompiledPolicy | None:
        data = self._json(DocumentKind.POLICY)
        return compile_policy(data) if data else None

    @cached_property
    def prompt(self) -> str:
        """Every prompt that may have been used: the assistant's own, or that of the flow's folder."""
        return "\n".join(self._prompts())

    def _prompts(self) -> Iterator[str]:
        flow = ASSISTANTS_FOLDER.parent.joinpath(*self.spec.flow.split(".")).parent
        for folder in dict.fromkeys((self.spec.folder, flow)):
            if (folder / PROMPT_FILE).exists():
                yield (folder / PROMPT_FILE).read_text(encoding="utf-8")

    @cached_property
    def _knowledge(self) -> dict[str, Any]:
        return self._json(DocumentKind.KNOWLEDGE) or {}

    def _json(self, kind: DocumentKind) -> Any:
        document = self.documents.get(kind)
        return document.json_value() if document is not None else None
