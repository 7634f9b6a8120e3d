"""Lets the model phrase one passage, and shows nothing of it that the passage does not hold.

Sentence by sentence: the guard compares numbers, names and negations, the screen looks for forbidden
topics, a measure of order for what the passage's words never said together. A sentence that fails sends the
question back once; after that the passage speaks for itself. Where the phrase says less than the passage,
the passage's own sentences complete it.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from core.errors import ModelUnavailable
from core.guard import (
    Evidence,
    SentenceStream,
    changes_subject,
    claims_consent,
    closeness,
    lost_negations,
    sentences,
    strange_signs,
    strangers,
    sums_of_another,
    uncovered,
)
from core.knowledge import Passage
from core.model import ChatMessage, ChatRequest, ModelClient
from core.russian import content_lemmas
from core.spec import Generation
from core.topics import CompiledPolicy, screen

# At least this share of a sentence must be told in the order in which the passage tells it.
CLOSENESS = 0.75
# At least this share of the passage's words must come back in the answer.
COVERAGE = 0.55
# At least this share of the passage's first sentence must be in the first one shown: the rest leans on it.
OPENING = 0.3
# Asked once more only while the visitor still waits within the contract.
_RETRY_WITHIN_SECONDS = 2.5
_RETRY_SECONDS = 4.0
_LEAST_SECONDS = 2.0
_CLOSING_SECONDS = 1.0


@dataclass(frozen=True)
class Phrased:
    """What is shown; `by_model` says whether any sentence is the model's, `reason` why not all are.

    `rejected` counts the generations that the guard stopped, `model` is who generated, if anybody said so.
    """

    text: str
    by_model: bool
    reason: str | None = None
    tokens: int = 0
    rejected: int = 0
    model: str | None = None


# «Ответ:», «Полный ответ:» before what was asked for.
_LABEL = re.compile(r"^\s*[А-Яа-яё ]{0,20}(?:ответ|справк)[а-я]*\s*:\s*", re.IGNORECASE)


class _Rejected(Exception):
    """A sentence of the model's did not pass."""


@dataclass(frozen=True)
class Phraser:
    model: ModelClient
    prompt: str
    generation: Generation
    policy: CompiledPolicy
    visitor: str | None = None
    naming: Callable[[str], frozenset[str]] | None = None

    def phrase(
        self, question: str, passages: tuple[Passage, ...], seconds: float, publish: Callable[[str], None]
    ) -> Phrased:
        """Raises NoModelSlot. A model that is down, too slow or wrong twice leaves the passage as it stands,
        and so does a visitor who has no `seconds` left to wait.
        """
        plain = "\n".join(passage.text for passage in passages)
        if seconds < _LEAST_SECONDS:
            return Phrased(plain, by_model=False, reason="waited_enough")
        evidence = Evidence.of([passage.text for passage in passages], self.naming)
        tokens, rejected, reason = 0, 0, None
        started = time.monotonic()
        for attempt in range(2):
            spent = time.monotonic() - started
            if attempt and (spent > _RETRY_WITHIN_SECONDS or seconds - spent < _RETRY_SECONDS):
                break
            run = _Run(self, question, plain, evidence, publish)
            try:
                told = run.finish(seconds - spent, strict=attempt > 0)
                return replace(told, tokens=tokens + told.tokens, rejected=rejected)
            except _Rejected:
                tokens, rejected, reason = tokens + run.tokens, rejected + 1, "guarded"
                if run.approved:
                    return replace(run.completed(tokens), rejected=rejected)
            except ModelUnavailable:
                if run.approved:
                    told = run.completed(tokens + run.tokens, reason="model_unavailable")
                    return replace(told, rejected=rejected)
                reason = "model_unavailable"
                break
        return Phrased(plain, by_model=False, reason=reason, tokens=tokens, rejected=rejected)

    def request(self, question: str, plain: str, seconds: float, *, strict: bool) -> ChatRequest:
        remark = " Отвечай дословно по справке." if strict else ""
        return ChatRequest(
            messages=(
                ChatMessage(role="system", content=self.prompt),
                ChatMessage(role="user", content=f"Справка: {plain}\nВопрос: {question[:300]}{remark}"),
            ),
            max_tokens=self.generation.max_tokens,
            temperature=self.generation.temperature,
            timeout_seconds=max(_CLOSING_SECONDS, seconds - _CLOSING_SECONDS),
            user=self.visitor,
        )


class _Run:
    """One generation: sentences approved so far."""

    def __init__(
        self, phraser: Phraser, question: str, plain: str, evidence: Evidence, publish: Callable[[str], None]
    ) -> None:
        self._phraser, self._question, self._plain = phraser, question, plain
        self._evidence, self._publish = evidence, publish
        self._opening = next(iter(sentences(plain)), plain)
        self.approved, self.tokens = "", 0
        self.model: str | None = None
        self._said: list[str] = []

    def finish(self, seconds: float, *, strict: bool) -> Phrased:
        for sentence in self._sentences(seconds, strict=strict):
            if not sentence.strip():
                continue
            grown = f"{self.approved}{sentence}".lstrip()
            self._check(sentence, grown)
            self._said.append(sentence)
            self.approved = grown
            if len(self.approved) >= 30:
                self._publish(self.approved.rstrip())
        return self.completed(self.tokens)

    def _sentences(self, seconds: float, *, strict: bool) -> Iterator[str]:
        stream = SentenceStream()
        deltas = self._phraser.model.stream(
            self._phraser.request(self._question, self._plain, seconds, strict=strict)
        )
        try:
            for delta in deltas:
                self.model = delta.model or self.model
                self.tokens += delta.prompt_tokens + delta.completion_tokens
                for sentence in stream.feed(delta.text):
                    yield _LABEL.sub("", sentence)
            if rest := stream.rest():
                yield _LABEL.sub("", rest)
        finally:
            close = getattr(deltas, "close", None)
            if close is not None:
                close()

    def _check(self, sentence: str, grown: str) -> None:
        """`grown` is what would be shown with it."""
        if strange_signs(sentence, self._evidence) or sums_of_another(sentence, self._evidence):
            raise _Rejected
        if uncovered(sentence, self._evidence) or lost_negations(sentence, self._evidence):
            raise _Rejected
        if strangers(sentence, self._evidence) or changes_subject(sentence, self._evidence):
            raise _Rejected
        consent = claims_consent(sentence)
        if consent and consent != claims_consent(self._plain):
            raise _Rejected
        if closeness(sentence, self._evidence) < CLOSENESS:
            raise _Rejected
        if not self.approved and _share(self._opening, _lemmas(sentence)) < OPENING:
            raise _Rejected
        if not screen(grown, self._phraser.policy).allowed:
            raise _Rejected
        if sentence.rstrip()[-1:] not in ".!?…»)":
            raise _Rejected  # cut off by the limit of tokens

    def completed(self, tokens: int, reason: str | None = None) -> Phrased:
        """The passage as the model shortened it, sentence by sentence.

        A sentence of the passage of which too little was said, or nothing although it was asked about, stands
        as it is written. Where too little of the whole was said, all do.
        """
        if not self.approved:
            return Phrased(self._plain, by_model=False, reason=reason or "guarded", tokens=tokens)
        own = sentences(self._plain)
        told: dict[int, list[str]] = {}
        for sentence in self._said:
            told.setdefault(_nearest(sentence, own), []).append(sentence.strip())
        said, asked = _lemmas(self.approved), _lemmas(self._question)
        short = _share(self._plain, said) < COVERAGE
        parts = []
        for place, sentence in enumerate(own):
            phrase = " ".join(told.get(place, ()))
            if _share(sentence, _lemmas(phrase)) >= COVERAGE:
                parts.append(phrase)
            elif phrase or short or asked & _lemmas(sentence):
                parts.append(sentence.strip())
        text = " ".join(parts)
        if not screen(text, self._phraser.policy).allowed:  # what both of them say together
            text, reason = self._plain, "guarded"
        by_model = text != self._plain
        return Phrased(text, by_model=by_model, reason=reason, tokens=tokens, model=self.model)


def _nearest(sentence: str, own: Sequence[str]) -> int:
    """Which of the passage's sentences is told."""
    words = _lemmas(sentence)
    return max(range(len(own)), key=lambda place: len(words & _lemmas(own[place])))


def _lemmas(text: str) -> set[str]:
    return set(content_lemmas(text))


def _share(text: str, said: set[str]) -> float:
    own = _lemmas(text)
    return len(own & said) / len(own) if own else 1.0


def read_prompt(folder: Path) -> str:
    """The salon's own prompt.md, or the showroom's."""
    own = folder / "prompt.md"
    path = own if own.exists() else Path(__file__).parent / "prompt.md"
    return path.read_text(encoding="utf-8").strip()
