"""The probe's way of one question: every answer tells which question it answers and which one came before.

    fact M        the opening alone                     model M     the opening, then what the model says of M
    aside M       refused as off topic                  fragile M   the same, but without a model it fails
    запретная тема M   never comes here                 deadly M    the same, but it insists on the model

The opening is written from the session's memory, so an answer that got lost, came twice or overtook another
shows in the next one. Runs as any assistant does, out of `assistants/probe`: it may import `core` alone.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator

from core.dialogue import Reply, Source, TurnState, Versions
from core.errors import ModelUnavailable, NoModelSlot
from core.facts import DocumentKind
from core.flow import Flow, FlowResources, Question
from core.model import ChatMessage, ChatRequest

FIRST = "nothing"
WITHOUT_MODEL = "The model is away."
DEADLY = "DROP DEAD"
SOURCE = Source(kind="faq", id="probe", title="Проба")


def build(resources: FlowResources) -> Flow:
    return ProbeFlow(resources)


def opening(mark: str, before: str) -> str:
    return f"{mark} after {before}."


class ProbeFlow:
    def __init__(self, resources: FlowResources) -> None:
        self._spec, self._model, self._documents = resources.spec, resources.model, resources.documents

    def answer(self, question: Question, publish: Callable[[str], None]) -> Reply:
        kind, _, mark = question.text.partition(" ")
        if kind == "aside":
            text = self._spec.owner.texts.off_topic
            return Reply(state=TurnState.REFUSED, text=text, reason="off_topic", memory=question.memory)
        text = opening(mark, _before(question))
        reply = Reply(state=TurnState.ANSWERED, text=text, memory={"last": mark})
        if kind == "fact":
            return reply
        publish(text)
        try:
            said = self._told(question, text, publish)
        except ModelUnavailable as error:
            if kind == "fragile":
                raise
            if kind == "deadly":
                raise NoModelSlot from error
            return reply.model_copy(update={"text": f"{text} {WITHOUT_MODEL}", "reason": "model_unavailable"})
        knowledge = self._documents.current(DocumentKind.KNOWLEDGE).manifest.version
        versions = Versions(model=self._model.name, knowledge=knowledge)
        return reply.model_copy(update={"text": said, "versions": versions, "sources": (SOURCE,)})

    def _told(self, question: Question, text: str, publish: Callable[[str], None]) -> str:
        said = ""
        for piece in self._pieces(question):
            said += piece
            if DEADLY in said:  # an answer that this worker does not survive
                os.kill(os.getpid(), signal.SIGKILL)
            publish(f"{text} {said.strip()}".strip())
        return f"{text} {said.strip()}".strip()

    def _pieces(self, question: Question) -> Iterator[str]:
        patience = self._spec.generation.patience_seconds
        request = ChatRequest(
            messages=(ChatMessage(role="user", content=question.text),),
            max_tokens=self._spec.generation.max_tokens,
            timeout_seconds=max(0.1, min(patience, question.seconds_left)),
        )
        for delta in self._model.stream(request):
            if delta.text:
                yield delta.text


def _before(question: Question) -> str:
    """The mark of the last answer, as memory and transcript both have it."""
    last = str(question.memory.get("last", FIRST))
    told = question.recent[-1].question.rpartition(" ")[2] if question.recent else FIRST
    return last if last == told else f"{last} or {told}"
