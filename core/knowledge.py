"""What an assistant knows, compiled, and how a question finds it.

`compile_knowledge` makes one document of a folder (`core.knowledge_source`), with embeddings;
`Knowledge.search` is hybrid: embeddings of question and text, joined with BM25 over dictionary forms.
Refuses to know where the document is kept and what an answer looks like.
"""

from __future__ import annotations

import base64
import json
import math
from array import array
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from operator import mul
from typing import Any, Self

from core.errors import DocumentDamaged
from core.facts import Document
from core.flow import Embedder
from core.knowledge_source import KnowledgeSource, Passage, SmallTalk, read_folder
from core.russian import content_lemmas, stem, words

KNOWLEDGE_SCHEMA = "knowledge/1"
_BM25_K1, _BM25_B = 1.2, 0.6
# Found on held-out paraphrases, see tests/assistants/showroom/test_retrieval.py.
# A passage on the very classes that are compared goes before what is near in words alone.
_EXACT_GAIN = 0.1
_LEXICAL_WEIGHT = 0.8
DIMENSION = 384
# A coordinate of a unit vector of that many dimensions seldom passes a quarter.
_BYTE_SCALE = 127 * 4


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
        "question_vectors": _packed(vectors),
        "text_vectors": _packed(texts),
        "foreign_vectors": _packed([embedder.embed_query(question) for question in source.foreign]),
        "small_talk_vectors": _packed(
            [embedder.embed_query(phrase) for talk in source.small_talk for phrase in talk.phrases]
        ),
    }
    return json.dumps(document, ensure_ascii=False).encode()


def _packed(vectors: Sequence[Sequence[float]]) -> str:
    signed = array("b", (max(-127, min(127, round(x * _BYTE_SCALE))) for vector in vectors for x in vector))
    return base64.b64encode(signed.tobytes()).decode()


def _unpacked(text: str) -> list[list[float]]:
    signed = array("b", base64.b64decode(text))
    return [[x / _BYTE_SCALE for x in signed[at : at + DIMENSION]] for at in range(0, len(signed), DIMENSION)]


@dataclass(frozen=True, slots=True)
class Hit:
    """One passage that may answer. `score` orders hits. `dense` is the centred cosine of the passage's
    closest question or text (0 is what any two questions share, 1 the same), `question_dense` that of its
    questions alone; `lexical` the share (0..1) of the question's weight that the passage's words carry.
    """

    passage: Passage
    score: float
    dense: float
    lexical: float
    question_dense: float


@dataclass(frozen=True, slots=True)
class Found:
    """What a question found: hits, best first; how near it is to the closest foreign question and small
    talk.
    """

    hits: tuple[Hit, ...]
    foreign: float
    small_talk: float
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
        questions, foreign = _unpacked(data["question_vectors"]), _unpacked(data["foreign_vectors"])
        texts = _unpacked(data["text_vectors"])
        owners = [int(owner) for owner in data["question_owners"]]
        if len(owners) != len(questions) or len(texts) != len(source.passages):
            raise ValueError("vectors and passages do not match")
        told = [at for at, passage in enumerate(source.passages) if admits is None or admits(passage)]
        place = {at: number for number, at in enumerate(told)}
        self.source = source.model_copy(update={"passages": tuple(source.passages[at] for at in told)})
        texts = [texts[at] for at in told]
        questions = [vector for owner, vector in zip(owners, questions, strict=True) if owner in place]
        self._owners = [place[owner] for owner in owners if owner in place]
        self._mean = _mean([*questions, *foreign])
        self._questions = [_centred(vector, self._mean) for vector in questions]
        self._foreign = [_centred(vector, self._mean) for vector in foreign]
        self._small_talk = [_centred(vector, self._mean) for vector in _unpacked(data["small_talk_vectors"])]
        text_mean = _mean(texts)
        self._texts = [_centred(vector, text_mean) for vector in texts]
        self._talk_owners = [talk for talk in self.source.small_talk for _ in talk.phrases]
        self._bags = [
            Counter(_stems(" ".join((*passage.questions, passage.title, passage.text))))
            for passage in self.source.passages
        ]

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
    def _idf(self) -> dict[str, float]:
        seen = Counter(stem for bag in self._bags for stem in bag)
        total = len(self._bags)
        return {stem: math.log(1 + (total - count + 0.5) / (count + 0.5)) for stem, count in seen.items()}

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
        """The `k` best passages for a question, and of those that are about classes (`models`) only such as
        are about as many of the `classes` as any is, and about no others where there are such. Raises what
        the embedder raises.
        """
        covered = max((len(classes & set(passage.models)) for passage in self.source.passages), default=0)
        exact = len(classes) > 1 and any(classes == set(passage.models) for passage in self.source.passages)
        asked_text = _plain(question) or question
        vector = _centred([float(x) for x in embedder.embed_query(asked_text)], self._mean)
        asked = [-1.0] * len(self._bags)
        for owner, known in zip(self._owners, self._questions, strict=True):
            asked[owner] = max(asked[owner], sum(map(mul, vector, known)))
        lexical = self._bm25(_stems(question))
        hits = []
        for number, passage in enumerate(self.source.passages):
            models = set(passage.models)
            if models and (len(classes & models) < covered or (exact and models != classes)):
                continue
            dense = max(asked[number], sum(map(mul, vector, self._texts[number])))
            score = dense + _LEXICAL_WEIGHT * lexical[number] + (_EXACT_GAIN if exact and models else 0.0)
            hits.append(Hit(passage, score, dense, lexical[number], asked[number]))
        hits.sort(key=lambda hit: -hit.score)
        if asked_text != question:  # of small talk the politeness is the very matter
            vector = _centred([float(x) for x in embedder.embed_query(question)], self._mean)
        talk = [sum(map(mul, vector, known)) for known in self._small_talk]
        nearest = max(range(len(talk)), key=talk.__getitem__, default=None)
        return Found(
            hits=tuple(hits[:k]),
            foreign=max((sum(map(mul, vector, known)) for known in self._foreign), default=0.0),
            small_talk=talk[nearest] if nearest is not None else 0.0,
            small_talk_reply=self._talk_owners[nearest] if nearest is not None else None,
        )

    def _bm25(self, query: Iterable[str]) -> list[float]:
        """BM25 as a share of the best that the query could reach, words that nobody knows weighing as
        rare.
        """
        unknown = math.log(1 + 2 * len(self._bags))
        asked = set(query)
        ceiling = sum(self._idf.get(stem, unknown) for stem in asked) * (_BM25_K1 + 1) or 1.0
        mean = sum(sum(bag.values()) for bag in self._bags) / max(1, len(self._bags)) or 1.0
        scores = []
        for bag in self._bags:
            length = 1 - _BM25_B + _BM25_B * sum(bag.values()) / mean
            gain = sum(
                self._idf[stem] * bag[stem] * (_BM25_K1 + 1) / (bag[stem] + _BM25_K1 * length)
                for stem in asked
                if stem in bag
            )
            scores.append(gain / ceiling)
        return scores


def _stems(text: str) -> list[str]:
    return [stem(word) for word in content_lemmas(text) if word not in _ASKING]


def _mean(vectors: Sequence[Sequence[float]]) -> list[float]:
    return (
        [math.fsum(column) / len(vectors) for column in zip(*vectors, strict=True)]
        if vectors
        else [0.0] * DIMENSION
    )


def _centred(vector: Sequence[float], mean: Sequence[float]) -> list[float]:
    moved = [x - y for x, y in zip(vector, mean, strict=True)]
    length = math.hypot(*moved) or 1.0
    return [x / length for x in moved]


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
