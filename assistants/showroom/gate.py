"""Whether a question is the salon's business, and which passage may answer it.

Two judgements, each a logistic function of a few signs (`signs`, `certainty_signs`) with the coefficients of
`gate.toml`, which `python -m bench.gate` fits on labelled questions: to which of three worlds a message
belongs (the salon's, a foreign one, small talk), and how likely the best passage answers it. One sign of the
first is read in the question's embedding alone (`foreignness`, a small network), so that it needs no example
near by. Knows the order of judgement. Refuses to know how an answer is phrased.
"""

from __future__ import annotations

import math
import tomllib
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from operator import mul
from pathlib import Path

from core.flow import Embedder
from core.knowledge import Found, Hit, Knowledge, SmallTalk
from core.russian import is_known, words
from core.vectors import unpacked


class Route(StrEnum):
    """VERBATIM shows a FAQ answer as it stands, PASSAGE has it phrased, UNSURE shows the best as guesses."""

    SMALL_TALK = "small_talk"
    VERBATIM = "verbatim"
    PASSAGE = "passage"
    UNSURE = "unsure"
    NO_FACT = "no_fact"
    OFF_TOPIC = "off_topic"


@dataclass(frozen=True)
class Decision:
    """`hits` are those to be shown, the best first. `of_the_car` says that it is about the car that the
    question names, whatever it asks. `certainty` (0..1) is how likely the best one answers, or how likely the
    message is foreign or small talk.
    """

    route: Route
    hits: tuple[Hit, ...] = ()
    talk: SmallTalk | None = None
    certainty: float = 0.0
    of_the_car: bool = False


WORLDS = ("salon", "foreign", "small_talk")
VERBATIM_COSINE = 0.88
# How likely a passage must be to answer: to be told as the answer, and to be shown as a guess.
SURE, GUESS = 0.65, 0.35
# A guess whose successor scores nearly as well is shown with it.
THIN_MARGIN = 0.3
# A phrase instead of an answer is worse than a guess: what may well be a question is none. Of words that
# nobody knows a message is small talk beyond doubt alone, a question where they are spelled nearly like known
# ones.
ASKING, CHATTING_STRANGELY, SPELLED = 0.4, 0.9, 0.3
# An answer to what is foreign is worse than the stub for a question of the salon's that is told oddly: chosen
# on topics left out of the fit (docs/decisions/0047). What names one of the salon's classes is seldom
# foreign, and never small talk.
FOREIGN, FOREIGN_WITH_A_CLASS = 0.4, 0.9
_LEAST = 1e-6


def decide(
    question: str,
    knowledge: Knowledge,
    embedder: Embedder,
    beside_the_car: str | None = None,
    classes: frozenset[str] = frozenset(),
) -> Decision:
    """Where a question that is not about stock goes. Raises what the embedder raises.

    `beside_the_car` is the question without the car that it names, `classes` are those that it names: a
    passage on others alone is a guess at most.
    """
    verbatim = knowledge.verbatim(question)
    if verbatim is not None:
        return Decision(Route.VERBATIM, (Hit(verbatim, 2.0, 1.0, 1.0, 1.0, 1.0, 1.0),), certainty=1.0)
    talk = _spoken(question, knowledge)
    if talk is not None:
        return Decision(Route.SMALL_TALK, talk=talk)
    found = knowledge.search(question, embedder, k=3, classes=classes)
    if not found.hits:
        return Decision(Route.OFF_TOPIC)
    asked = question if beside_the_car is None else beside_the_car
    answers = certainty(asked, found, knowledge)
    likely = belongs(found, answers)
    judged = world(likely, bool(classes))
    known = any(is_known(word) or word in knowledge.lemmas for word in words(question))
    chats = judged == "small_talk" and (known or likely["small_talk"] >= CHATTING_STRANGELY)
    if chats and words(question):
        return Decision(Route.SMALL_TALK, talk=found.small_talk_reply, certainty=likely["small_talk"])
    if judged == "foreign" or not (known or found.letters >= SPELLED):
        return Decision(Route.OFF_TOPIC, certainty=likely["foreign"])
    sure = likely["salon"] * answers
    best = found.hits[0]
    route = _route(best, sure)
    if route is Route.NO_FACT and beside_the_car is None and classes & set(best.passage.models):
        route = Route.UNSURE  # «Расскажи про ешку»: nothing but the car is asked about
    of_the_car = beside_the_car is not None and bool(classes & set(best.passage.models))
    return Decision(route, _shown(found, route), certainty=sure, of_the_car=of_the_car)


def _route(best: Hit, sure: float) -> Route:
    if sure < GUESS:
        return Route.NO_FACT
    if sure < SURE or best.elsewhere:
        return Route.UNSURE
    exact = best.passage.kind == "faq" and best.nearest >= VERBATIM_COSINE
    return Route.VERBATIM if exact else Route.PASSAGE


def _shown(found: Found, route: Route) -> tuple[Hit, ...]:
    best, *others = found.hits
    if route is Route.UNSURE and others and best.score - others[0].score < THIN_MARGIN:
        return (best, others[0])
    return (best,)


def foreignness(vector: Sequence[float]) -> float:
    """How a question is told to be no salon's, whatever this one knows: log odds, of its embedding."""
    network = _coefficients().foreignness
    told = network.constant
    for row, bias, height in zip(network.hidden, network.biases, network.heights, strict=True):
        told += height * max(0.0, bias + sum(map(mul, row, vector)))
    return told


def signs(found: Found, answers: float, foreign_by_itself: float) -> tuple[float, ...]:
    """What says to which world a message belongs, in the order of the coefficients. `answers` are log odds,
    those that the best passage does.
    """
    best = found.hits[0]
    return (
        best.around, best.text, best.letters, found.letters,
        found.foreign, found.foreign_around, found.foreign_letters, found.talk_around, answers,
        foreign_by_itself,
    )  # fmt: skip


def belongs(found: Found, answers: float) -> dict[str, float]:
    """How likely the message belongs to each of WORLDS; `answers` is how likely the best passage does."""
    seen = signs(found, log_odds(answers), foreignness(found.vector))
    told = {world: _sum(_coefficients().worlds[world], seen) for world in WORLDS}
    highest = max(told.values())
    raised = {world: math.exp(value - highest) for world, value in told.items()}
    return {world: value / sum(raised.values()) for world, value in raised.items()}


def world(likely: Mapping[str, float], names_a_class: bool) -> str:
    """The one of WORLDS that a message is treated as."""
    if likely["small_talk"] > likely["foreign"] and likely["salon"] < ASKING and not names_a_class:
        return "small_talk"
    foreign = likely["foreign"] >= (FOREIGN_WITH_A_CLASS if names_a_class else FOREIGN)
    return "foreign" if foreign else "salon"


def certainty_signs(beside_the_car: str, found: Found, knowledge: Knowledge) -> tuple[float, ...]:
    """What says whether the best passage answers: a car's name alone makes every passage on it near, so words
    count without it.
    """
    best, *others = found.hits
    by_stems, by_letters = knowledge.shares(beside_the_car, best.passage)
    margin = best.score - others[0].score if others else best.score
    return (best.score, by_stems, by_letters, margin, math.log(1 + len(words(beside_the_car))))


def certainty(beside_the_car: str, found: Found, knowledge: Knowledge) -> float:
    """How likely the best passage answers, 0 to 1."""
    told = certainty_signs(beside_the_car, found, knowledge)
    return 1 / (1 + math.exp(-_sum(_coefficients().answers, told)))


def log_odds(likely: float) -> float:
    return math.log(max(likely, _LEAST) / max(1 - likely, _LEAST))


@dataclass(frozen=True)
class _Network:
    """Each row of `hidden` is a sum of an embedding's coordinates, which counts as far as it is above 0."""

    hidden: list[list[float]]
    biases: list[float]
    heights: list[float]
    constant: float


@dataclass(frozen=True)
class _Coefficients:
    worlds: dict[str, list[float]]
    answers: list[float]
    foreignness: _Network


@cache
def _coefficients() -> _Coefficients:
    path = Path(__file__).parent / "gate.toml"
    told = tomllib.loads(path.read_text(encoding="utf-8"))
    network = told.pop("foreignness")
    return _Coefficients(**told, foreignness=_Network(**{**network, "hidden": unpacked(network["hidden"])}))


def _sum(coefficients: Sequence[float], values: Sequence[float]) -> float:
    """The last coefficient is the constant."""
    return math.fsum(map(mul, coefficients, (*values, 1.0)))


def _spoken(question: str, knowledge: Knowledge) -> SmallTalk | None:
    """Small talk whose phrase is the whole message, be it words or the pictures of one («👍👍»)."""
    said = words(question) or sorted(_pictures(question))
    return next(
        (
            talk
            for talk in knowledge.source.small_talk
            for phrase in talk.phrases
            if said and said == (words(phrase) or sorted(_pictures(phrase)))
        ),
        None,
    )


def _pictures(text: str) -> set[str]:
    return {sign for sign in text if unicodedata.category(sign) == "So"}
