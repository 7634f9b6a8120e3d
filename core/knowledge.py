"""What an assistant knows, compiled, and how a question finds it.

`compile_knowledge` makes one document of a folder (`core.knowledge_source`), with embeddings;
`Knowledge.search` is hybrid: embeddings of questions and text, joined with BM25 over stems and over groups of
letters.
Refuses to know where the document is kept and what an answer looks like.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from heapq import nlargest
from statistics import fmean
from typing import Any, Self

from core.bm25 import Bm25, letters
from core.errors import DocumentDamaged
from core.facts import Document
from core.flow import Embedder
from core.knowledge_source import KnowledgeSource, Passage, SmallTalk, read_folder
from core.russian import content_lemmas, stem, words
from core.vectors import centred, cosines, mean_of, packed, unpacked

KNOWLEDGE_SCHEMA = "knowledge/1"
# How much each sign counts beside the closest question's cosine: near the weights of a softmax over passages
# that was fitted on labelled questions (docs/decisions/0034), rounded, since recall hardly depends on them.
_AROUND, _TEXT, _LEXICAL, _LETTERS = 0.5, 0.4, 0.8, 0.8
# Taken off a passage that is about other classes than those that are named, or about fewer of them.
_OTHER_CLASS, _FEWER_CLASSES = 0.1, 0.15
_AROUND_COUNT, _FOREIGN_COUNT = 3, 10


def compile_knowledge(source: KnowledgeSource, embedder: Embedder) -> bytes:
    """The published document: UTF-8 JSON, vectors as base64 int8 (508 is 1.0)."""
    owners: list[int] = []
    vectors: list[Sequence[float]] = []
    for number, passage in enumerate(source.passages):
        for question in passage.questions or (passage.title,):
            owners.append(number)
            vectors.append(embedder.embed_query(question))
    texts = embedder.embed_passages([f"{passage.title} {passage.text}" for passage in source.passages])
    document = {
        "schema": KNOWLEDGE_SCHEMA,
        **source.model_dump(mode="json"),
        "question_owners": owners,
        "question_vectors": packed(vectors),
        "text_vectors": packed(texts),
        "foreign_vectors": packed([embedder.embed_query(question) for question in source.foreign]),
        "small_talk_vectors": packed(
            [embedder.embed_query(phrase) for talk in source.small_talk for phrase in talk.phrases]
        ),
    }
    return json.dumps(document, ensure_ascii=False).encode()


@dataclass(frozen=True, slots=True)
class Hit:
    """One passage that may answer. `score` orders hits.

    Cosines are centred (0 is what any two questions share, 1 the same): `nearest` of its closest question,
    `around` the mean of its three closest, `text` of what it says. `lexical` and `letters` are the shares
    (0..1) of the question's words and of its groups of letters that the passage has. `elsewhere` says that
    it is about other classes than those that were named.
    """

    passage: Passage
    score: float
    nearest: float
    around: float
    text: float
    lexical: float
    letters: float
    elsewhere: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """What a question found: hits, best first; how near it is to foreign questions (the closest, the mean of
    the ten closest) and to small talk (the mean of the three closest); which share of its groups of letters
    one known question has, and one foreign question. `vector` is the question's own, without politeness.
    """

    hits: tuple[Hit, ...]
    vector: Sequence[float]
    letters: float
    foreign: float
    foreign_around: float
    foreign_letters: float
    talk_around: float
    small_talk_reply: SmallTalk | None


class Knowledge:
    """The published document, ready to be searched. One instance serves any number of questions.

    Embeddings of this family crowd into a narrow cone, where «borscht» is nearly as close as a paraphrase.
    So the mean of all questions is taken off every vector before cosines are compared.
    """

    def __init__(
        self, data: dict[str, Any], version: str, admits: Callable[[Passage], bool] | None = None
    ) -> None:
        self.version = version
        source = KnowledgeSource.model_validate(
            {name: data[name] for name in KnowledgeSource.model_fields if name in data}
        )
        questions, foreign = unpacked(data["question_vectors"]), unpacked(data["foreign_vectors"])
        texts = unpacked(data["text_vectors"])
        owners = [int(owner) for owner in data["question_owners"]]
        if len(owners) != len(questions) or len(texts) != len(source.passages):
            raise ValueError("vectors and passages do not match")
        told = [at for at, passage in enumerate(source.passages) if admits is None or admits(passage)]
        place = {at: number for number, at in enumerate(told)}
        self.source = source.model_copy(update={"passages": tuple(source.passages[at] for at in told)})
        texts = [texts[at] for at in told]
        questions = [vector for owner, vector in zip(owners, questions, strict=True) if owner in place]
        self._owners = [place[owner] for owner in owners if owner in place]
        self._mean = mean_of([*questions, *foreign])
        self._questions = [centred(vector, self._mean) for vector in questions]
        self._foreign = [centred(vector, self._mean) for vector in foreign]
        self._small_talk = [centred(vector, self._mean) for vector in unpacked(data["small_talk_vectors"])]
        text_mean = mean_of(texts)
        self._texts = [centred(vector, text_mean) for vector in texts]
        self._talk_owners = [talk for talk in self.source.small_talk for _ in talk.phrases]
        texts_of = [" ".join((*each.questions, each.title, each.text)) for each in self.source.passages]
        self._by_stems = Bm25(map(_stems, texts_of))
        self._by_letters = Bm25(map(letters, texts_of))
        asked = [question for each in self.source.passages for question in each.questions or (each.title,)]
        said = [phrase for talk in self.source.small_talk for phrase in talk.phrases]
        self._one_question = Bm25(map(letters, (*asked, *self.source.foreign, *said)))

    @classmethod
    def of(cls, document: Document, admits: Callable[[Passage], bool] | None = None) -> Self:
        """Without the passages that are not admitted. Raises DocumentDamaged when the data is no knowledge
        document.
        """
        data = document.json_value()
        version = document.manifest.version
        if not isinstance(data, dict) or data.get("schema") != KNOWLEDGE_SCHEMA:
            raise DocumentDamaged(f"{version}: not {KNOWLEDGE_SCHEMA}")
        try:
            return cls(data, version, admits)
        except (KeyError, ValueError, TypeError) as error:
            raise DocumentDamaged(f"{version}: {type(error).__name__}") from error

    @cached_property
    def lemmas(self) -> frozenset[str]:
        """Every dictionary form that the passages and their questions use."""
        return frozenset(
            word
            for passage in self.source.passages
            for word in content_lemmas(" ".join((*passage.questions, passage.title, passage.text)))
        )

    @cached_property
    def question_lemmas(self) -> frozenset[str]:
        """The dictionary forms of what FAQ questions ask about."""
        return frozenset(
            word
            for passage in self.source.passages
            for text in passage.questions
            for word in content_lemmas(text)
        )

    @cached_property
    def _verbatim(self) -> dict[tuple[str, ...], Passage]:
        return {
            _spelling(question): passage
            for passage in reversed(self.source.passages)
            for question in passage.questions
        }

    def verbatim(self, question: str) -> Passage | None:
        """The FAQ entry that has this very question, up to case, punctuation and politeness."""
        return self._verbatim.get(_spelling(question))

    def search(
        self, question: str, embedder: Embedder, k: int = 3, classes: frozenset[str] = frozenset()
    ) -> Found:
        """The `k` best passages for a question; such as are about the `classes` that it names (`models`) go
        before those that are about others. Raises what the embedder raises.
        """
        asked_text = _plain(question) or question
        embedded = embedder.embed_query(asked_text)
        vector = self._placed(embedded)
        asked: list[list[float]] = [[] for _ in self.source.passages]
        for owner, cosine in zip(self._owners, cosines(vector, self._questions), strict=True):
            asked[owner].append(cosine)
        foreign = nlargest(_FOREIGN_COUNT, cosines(vector, self._foreign))
        texts = cosines(vector, self._texts)
        if asked_text != question:  # of small talk the politeness is the very matter
            vector = self._placed(embedder.embed_query(question))
        talk = cosines(vector, self._small_talk)
        one = self._one_question.scores(letters(question))
        own, strange = len(self._questions), len(self._questions) + len(self._foreign)
        return Found(
            hits=tuple(self._hits(question, asked, texts, classes)[:k]),
            vector=embedded,
            letters=max(one[:own], default=0.0),
            foreign=foreign[0] if foreign else 0.0,
            foreign_around=fmean(foreign) if foreign else 0.0,
            foreign_letters=max(one[own:strange], default=0.0),
            talk_around=fmean(nlargest(_AROUND_COUNT, talk)) if talk else 0.0,
            small_talk_reply=self._talk_owners[talk.index(max(talk))] if talk else None,
        )

    def _hits(
        self,
        question: str,
        asked: Sequence[Sequence[float]],
        texts: Sequence[float],
        classes: frozenset[str],
    ) -> list[Hit]:
        by_stems = self._by_stems.scores(_stems(question))
        by_letters = self._by_letters.scores(letters(question))
        covered = max((len(classes & set(passage.models)) for passage in self.source.passages), default=0)
        hits = []
        for number, passage in enumerate(self.source.passages):
            near = nlargest(_AROUND_COUNT, asked[number])
            around, shared = fmean(near), len(classes & set(passage.models))
            elsewhere = bool(classes and passage.models and not shared)
            score = near[0] + _AROUND * around + _TEXT * texts[number]
            score += _LEXICAL * by_stems[number] + _LETTERS * by_letters[number]
            score -= _OTHER_CLASS * elsewhere + _FEWER_CLASSES * (0 < shared < covered)
            hits.append(
                Hit(
                    passage, score, near[0], around, texts[number], by_stems[number], by_letters[number],
                    elsewhere,
                )
            )  # fmt: skip
        return sorted(hits, key=lambda hit: -hit.score)

    def shares(self, text: str, passage: Passage) -> tuple[float, float]:
        """Which shares of a text's words, and of its groups of letters, a passage has."""
        number = self.source.passages.index(passage)
        by_stems, by_letters = self._by_stems.scores(_stems(text)), self._by_letters.scores(letters(text))
        return by_stems[number], by_letters[number]

    def _placed(self, vector: Sequence[float]) -> tuple[float, ...]:
        return centred([float(x) for x in vector], self._mean)


def _stems(text: str) -> list[str]:
    return [stem(word) for word in content_lemmas(text) if word not in _ASKING]


def _set(text: str) -> frozenset[str]:
    return frozenset(text.split())


_POLITE = _set(
    "здравствуйте привет добрый день вечер утро пожалуйста подскажите скажите скажи подскажи извините "
    "будьте добры"
)
_SMALL_WORDS = _set("а ну и ли же у вас вы ваш ваша ваши вашем вашего вашей сейчас в")
# What people do when they ask says nothing of what they ask about.
_ASKING = _set(
    "подсказать сказать рассказать уточнить узнать знать хотеть хотеться мочь пожалуйста здравствуйте"
)


def _spelling(question: str) -> tuple[str, ...]:
    return tuple(word for word in words(question) if word not in _POLITE and word not in _SMALL_WORDS)


def _plain(question: str) -> str:
    """The question without its politeness, which would pull it towards other polite questions."""
    return " ".join(part for part in question.split() if not set(words(part)) & _POLITE)


__all__ = [
    "Found", "Hit", "Knowledge", "KnowledgeSource", "Passage", "SmallTalk", "compile_knowledge",
    "read_folder",
]  # fmt: skip
