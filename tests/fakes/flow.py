"""A flow that does what the test says."""

from __future__ import annotations

from collections.abc import Callable

from core.dialogue import Reply
from core.flow import Question
from tests.fakes.dialogue_data import reply

Answer = Callable[[Question, Callable[[str], None]], Reply]


class FakeFlow:
    def __init__(self) -> None:
        self.questions: list[Question] = []
        self.do: Answer = lambda _question, _publish: reply()

    def answer(self, question: Question, publish: Callable[[str], None]) -> Reply:
        self.questions.append(question)
        return self.do(question, publish)
