"""Whether a question is the salon's business, and which passage may answer it.

Knows scores and thresholds, found on questions that the thresholds had not seen
(tests/assistants/showroom). The cosine alone cannot tell («борщ» is as near as a weak question about
service), so three signs are joined: how near the closest passage is, how much nearer than the closest
foreign question, and how much of the question's own words the passages know. Refuses to know how an answer
is phrased.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from assistants.showroom.language.phrases import CAR_WORDS, FILLER
from core.flow import Embedder
from core.knowledge import Found, Hit, Knowledge, Passage, SmallTalk
from core.russian import is_known, lemma, part_of_speech, words


class Route(StrEnum):
    """VERBATIM shows a FAQ answer as it stands, PASSAGE has it phrased, UNSURE shows it as a guess."""

    SMALL_TALK = "small_talk"
    VERBATIM = "verbatim"
    PASSAGE = "passage"
    UNSURE = "unsure"
    NO_FACT = "no_fact"
    OFF_TOPIC = "off_topic"


@dataclass(frozen=True)
class Decision:
    """`of_the_car` says that the best passage is about the car that the question names, whatever it asks."""

    route: Route
    hits: tuple[Hit, ...] = ()
    talk: SmallTalk | None = None
    strength: float = 0.0
    of_the_car: bool = False


# All of these compare centred cosines (core.knowledge).
VERBATIM_COSINE = 0.88
SMALL_TALK_COSINE = 0.5
SMALL_TALK_MARGIN = 0.05
SMALL_TALK_WORDS = 9
SURE = 0.15
ACCEPTED = 0.0
IN_DOMAIN = -0.05
FOREIGN = 0.6
LEXICAL_WEIGHT = 0.4
STRANGER_WEIGHT = 0.15


def decide(  # noqa: PLR0911 - the routes in their order, one return each
    question: str,
    knowledge: Knowledge,
    embedder: Embedder,
    about: Sequence[str] = (),
    classes: frozenset[str] = frozenset(),
) -> Decision:
    """Where a question that is not about stock goes. Raises what the embedder raises.

    `about` are the question's words beside the car that it names: a passage that speaks of none of them is
    a guess at most. `classes` are those that it names: a passage on others alone
    (`models`) is no answer.
    """
    verbatim = knowledge.verbatim(question)
    if verbatim is not None:
        return Decision(Route.VERBATIM, (Hit(verbatim, 2.0, 1.0, 1.0, 1.0),), strength=1.0)
    talk = _spoken(question, knowledge)
    if talk is not None:
        return Decision(Route.SMALL_TALK, talk=talk)
    found = knowledge.search(question, embedder, k=3, classes=classes)
    if not found.hits:
        return Decision(Route.OFF_TOPIC)
    best = found.hits[0]
    if _chats(question, found):
        return Decision(Route.SMALL_TALK, talk=found.small_talk_reply)
    if not any(is_known(word) or word in knowledge.lemmas for word in words(question)):
        return Decision(Route.OFF_TOPIC)
    strength = _strength(question, found, knowledge)
    if best.passage.kind == "faq" and best.question_dense >= VERBATIM_COSINE and strength >= SURE:
        return Decision(Route.VERBATIM, found.hits, strength=strength)
    route = _route(question, found, strength)
    if about and not speaks_of(best.passage, about):
        route = Route.UNSURE if route is Route.PASSAGE else route
    of_the_car = bool(about and classes & set(best.passage.models))
    return Decision(route, found.hits, strength=strength, of_the_car=of_the_car)


def speaks_of(passage: Passage, about: Sequence[str]) -> bool:
    """Whether any of the words stands in the passage or its questions."""
    said = {lemma(word) for word in words(" ".join((*passage.questions, passage.title, passage.text)))}
    return any(lemma(word) in said for word in about)


def _route(question: str, found: Found, strength: float) -> Route:
    if found.hits[0].dense >= found.foreign and strength >= ACCEPTED:
        return Route.PASSAGE if strength >= SURE else Route.UNSURE
    if found.foreign < FOREIGN and (_of_cars(question) or strength >= IN_DOMAIN):
        return Route.NO_FACT
    return Route.OFF_TOPIC


def _of_cars(question: str) -> bool:
    return any(lemma(word) in CAR_WORDS for word in words(question))


def _chats(question: str, found: Found) -> bool:
    """A short message that is nearer to small talk than to anything that is known or foreign."""
    other = max(found.hits[0].dense, found.foreign)
    return (
        1 <= len(words(question)) <= SMALL_TALK_WORDS
        and found.small_talk >= max(SMALL_TALK_COSINE, other + SMALL_TALK_MARGIN)
        and not _of_cars(question)
    )


def _strength(question: str, found: Found, knowledge: Knowledge) -> float:
    """How much nearer to what is known than to what is foreign, words that nobody here uses counting
    against.
    """
    best = found.hits[0]
    nouns = [
        lemma(word)
        for word in words(question)
        if part_of_speech(word) in ("NOUN", "LATN") and lemma(word) not in FILLER
    ]
    strangers = sum(noun not in knowledge.lemmas for noun in nouns) / len(nouns) if nouns else 0.0
    return best.dense - found.foreign + LEXICAL_WEIGHT * best.lexical - STRANGER_WEIGHT * strangers


def _spoken(question: str, knowledge: Knowledge) -> SmallTalk | None:
    """Small talk whose phrase is the whole question."""
    said = words(question)
    return next(
        (talk for talk in knowledge.source.small_talk for phrase in talk.phrases if words(phrase) == said),
        None,
    )
