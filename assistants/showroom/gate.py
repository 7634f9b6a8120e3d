"""Whether a question is the salon's business, and which passage may answer it.

Knows scores and thresholds, found on questions that the thresholds had not seen (tests/assistants/showroom). The
cosine alone cannot tell («борщ» is as near as a weak question about service), so three signs are joined: how near
the closest passage is, how much nearer than the closest foreign question, and how much of the question's own words
the passages know. Refuses to know how an answer is phrased.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from core.flow import Embedder
from core.knowledge import Found, Hit, Knowledge, SmallTalk
from core.russian import content_lemmas, words


class Route(StrEnum):
    SMALL_TALK = "small_talk"
    VERBATIM = "verbatim"
    PASSAGE = "passage"
    NO_FACT = "no_fact"
    OFF_TOPIC = "off_topic"


@dataclass(frozen=True)
class Decision:
    route: Route
    hits: tuple[Hit, ...] = ()
    talk: SmallTalk | None = None
    found: Found | None = None


VERBATIM_COSINE = 0.965
SMALL_TALK_COSINE = 0.93
SMALL_TALK_WORDS = 6
PASSAGE_COSINE = 0.845
PASSAGE_MARGIN = 0.0
DOMAIN_MARGIN = -0.01


def decide(question: str, knowledge: Knowledge, embedder: Embedder) -> Decision:
    verbatim = knowledge.verbatim(question)
    if verbatim is not None:
        return Decision(Route.VERBATIM, (Hit(verbatim, 2.0, 1.0, 1.0, 1.0),))
    talk = _spoken(question, knowledge)
    if talk is not None:
        return Decision(Route.SMALL_TALK, talk=talk)
    found = knowledge.search(question, embedder, k=3)
    if not found.hits:
        return Decision(Route.OFF_TOPIC, found=found)
    best = found.hits[0]
    short = len(words(question)) <= SMALL_TALK_WORDS
    if short and found.small_talk >= SMALL_TALK_COSINE and found.small_talk > best.dense + 0.02:
        return Decision(Route.SMALL_TALK, talk=found.small_talk_reply, found=found)
    if best.passage.kind == "faq" and best.question_dense >= VERBATIM_COSINE:
        return Decision(Route.VERBATIM, found.hits, found=found)
    strength = best.dense - found.foreign + 0.15 * best.lexical
    if best.dense >= PASSAGE_COSINE and strength >= PASSAGE_MARGIN:
        return Decision(Route.PASSAGE, found.hits, found=found)
    if _speaks_of_domain(question, knowledge) and found.margin >= DOMAIN_MARGIN:
        return Decision(Route.NO_FACT, found.hits, found=found)
    return Decision(Route.OFF_TOPIC, found.hits, found=found)


def _spoken(question: str, knowledge: Knowledge) -> SmallTalk | None:
    """Small talk whose phrase is the whole question."""
    said = words(question)
    return next(
        (talk for talk in knowledge.source.small_talk for phrase in talk.phrases if words(phrase) == said), None
    )


def _speaks_of_domain(question: str, knowledge: Knowledge) -> bool:
    asked = content_lemmas(question)
    known = sum(word in knowledge.lemmas for word in asked)
    return bool(asked) and known / len(asked) >= 0.5
