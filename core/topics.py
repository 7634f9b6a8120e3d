"""Whether a text may pass a policy of forbidden topics (`core.policy` has its schema).

Inflections are expanded when the policy is compiled, so a message costs microseconds. Whole words only; a
word is found however its letters are written (`core.lookalikes`, `core.readings`), and what is found is
believed or not by `core.belief`. Refuses to know where a policy is kept and what is on topic (an assistant's
flow).
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from core.belief import Belief
from core.effort import Effort, Exhausted
from core.glass import Reading
from core.keyboard import typed_in_russian
from core.lookalikes import fold
from core.message import Message, inside_word
from core.policy import Policy, Sample, read_policy
from core.russian import is_known, words
from core.word_index import WordIndex

_UNIT = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")
_REST = re.compile(r"(?:[-'’][^\W_]+)+")
_FIRST_LONE = 3
_ENOUGH = 6
"""So many letters of weak readings make a phrase: «EST LI BOG»; a reading that is not weak is enough."""
_LOOKING_ON = 5
"""Steps that it takes to see what follows a word."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a text may pass; if not: the topic's id, the policy's phrase that hit, and what to reply."""

    allowed: bool
    topic: str | None = None
    matched: str | None = None
    reply: str | None = None


ALLOWED = Verdict(allowed=True)
UNREADABLE = Verdict(allowed=False, topic="unreadable")
"""A text that may be read in more ways than can be tried: no honest one is, and a disguise may be in it."""


@dataclass(frozen=True, slots=True)
class _Phrase:
    topic: int
    text: str


@dataclass(slots=True)
class _Step:
    """Phrases that begin with the same words, by what comes next."""

    next: dict[int, _Step] = field(default_factory=dict)
    phrases: list[_Phrase] = field(default_factory=list)


@dataclass(frozen=True)
class CompiledPolicy:
    """Made by `compile_policy` and read by `screen`. Phrases and exceptions stand by the gap they allow;
    `later` are the words that stand behind the first of one.
    """

    policy: Policy
    belief: Belief
    phrases: Mapping[int, _Step]
    exceptions: Mapping[int, _Step]
    later: frozenset[int]


def compile_policy(data: Mapping[str, Any] | Policy) -> CompiledPolicy:
    """Checks a policy and expands it. Raises PolicyBroken that names the topic and the field."""
    policy = data if isinstance(data, Policy) else read_policy(data)
    index = WordIndex()
    phrases: defaultdict[int, _Step] = defaultdict(_Step)
    exceptions: defaultdict[int, _Step] = defaultdict(_Step)
    for number, topic in enumerate(policy.topics):
        if topic.enabled:
            for text in topic.phrases:
                _put(phrases[topic.gap], index, _Phrase(number, text))
            for text in topic.exceptions:
                _put(exceptions[topic.gap], index, _Phrase(number, text))
    roots = (*phrases.values(), *exceptions.values())
    later = frozenset(word for root in roots for step in root.next.values() for word in _words(step))
    return CompiledPolicy(policy, Belief(index), phrases, exceptions, later)


def _words(step: _Step) -> Iterator[int]:
    for word, following in step.next.items():
        yield word
        yield from _words(following)


def _put(root: _Step, index: WordIndex, phrase: _Phrase) -> None:
    step = root
    for word in words(phrase.text):
        step = step.next.setdefault(index.add(word, _mistyped(word)), _Step())
    step.phrases.append(phrase)


def _mistyped(word: str) -> str:
    """An English word as the Russian layout writes it: «ызщеу»."""
    if not word.isascii() or not word.isalpha() or len(word) <= 2:
        return ""
    typed = typed_in_russian(word)
    return "" if is_known(typed) else typed


def screen(text: str, policy: CompiledPolicy) -> Verdict:
    """The first topic, in the policy's order, that the text touches. Raises nothing for any `str`."""
    if not policy.phrases:
        return ALLOWED
    folded = fold(text)
    effort = Effort(len(text))
    try:
        message = Message(folded, text)
        found = policy.belief.readings(message, effort)
        phrase = _first_hit(_Row(folded, message, found, effort, policy.later), policy) if found else None
    except Exhausted:
        return UNREADABLE
    if phrase is None:
        return ALLOWED
    topic = policy.policy.topics[phrase.topic]
    return Verdict(allowed=False, topic=topic.id, matched=phrase.text, reply=topic.reply)


class _Row:
    """Readings of a message in their order, and how many words stand between two of them."""

    def __init__(
        self,
        folded: str,
        message: Message,
        found: Mapping[int, list[Reading]],
        effort: Effort,
        later: frozenset[int],
    ) -> None:
        self.found, self.effort, self._message = found, effort, message
        self.starts = sorted(found)
        self._words = frozenset[int]().union(
            *(reading.words for readings in found.values() for reading in readings)
        )
        self._later = self._words & later
        self._folded = folded

    def may_go_on(self, step: _Step) -> bool:
        """Whether a word that comes next is anywhere: a phrase is only where all of its words are."""
        return not step.next.keys().isdisjoint(self._later)

    def is_weak(self, reading: Reading) -> bool:
        return reading.weak or (reading.acronym != "" and self._message.is_acronym(reading.acronym))

    def beginnings(self, root: _Step) -> frozenset[int]:
        """The words by which phrases begin that may be here."""
        here = root.next.keys() & self._words
        return frozenset(word for word in here if root.next[word].phrases or self.may_go_on(root.next[word]))

    def after(self, end: int, gap: int) -> Sequence[int]:
        """Where readings begin that no more than `gap` words part from `end`."""
        self.effort.spend(_LOOKING_ON)
        if self.inside_word(end):
            return (end,) if end in self.found else ()  # «купитьбомбу»
        first = bisect_left(self.starts, end)
        return self.starts[first : bisect_right(self.starts, self._farthest(end, gap))]

    def inside_word(self, end: int) -> bool:
        return inside_word(self._folded, end)

    def _farthest(self, end: int, gap: int) -> int:
        """Where the word begins that is one too many; «какой-нибудь» is one, and so are some lone letters."""
        lone = _FIRST_LONE if _is_lone(self._folded, end - 1) else 0
        rest = _REST.match(self._folded, end)
        for found in _UNIT.finditer(self._folded, rest.end() if rest else end):
            lone = lone + 1 if found.end() - found.start() == 1 else 0
            if lone <= _FIRST_LONE or lone % 4 == 0:
                gap -= 1
            if gap < 0:
                return found.start()
        return len(self._folded)


def _is_lone(folded: str, place: int) -> bool:
    return not folded[place - 1 : place].isalnum() and not folded[place + 1 : place + 2].isalnum()


_Spans = tuple[tuple[int, int], ...]


def _first_hit(row: _Row, policy: CompiledPolicy) -> _Phrase | None:
    hits = sorted(_hits(row, policy.phrases), key=lambda hit: hit[0].topic)
    if not hits:
        return None
    excused: defaultdict[int, list[tuple[int, int]]] = defaultdict(list)
    for phrase, spans in _hits(row, policy.exceptions):
        excused[phrase.topic].extend(spans)
    for phrase, spans in hits:
        undone = excused.get(phrase.topic, ())
        if not any(start < end_ and start_ < end for start, end in spans for start_, end_ in undone):
            return phrase
    return None


def _hits(row: _Row, roots: Mapping[int, _Step]) -> Iterator[tuple[_Phrase, _Spans]]:
    for gap, root in roots.items():
        if not (begins := row.beginnings(root)):
            continue
        for start in row.starts:
            begun = any(not begins.isdisjoint(reading.words) for reading in row.found[start])
            if begun and not row.inside_word(start):
                seen: set[tuple[int, int]] = set()
                yield from _follow(row, gap, root, start, (), 0, seen)


def _follow(  # noqa: PLR0917 - its own recursion is the only caller but one
    row: _Row, gap: int, step: _Step, start: int, spans: _Spans, weight: int, seen: set[tuple[int, int]]
) -> Iterator[tuple[_Phrase, _Spans]]:
    for reading in row.found[start]:
        end = start + reading.length
        row.effort.spend(len(reading.words))
        for word in sorted(reading.words):  # of two phrases that say the same the first is told
            following = step.next.get(word)
            if following is None or (id(following), end) in seen:
                continue
            seen.add((id(following), end))
            told = (*spans, (start, end))
            heavier = weight + (reading.length if row.is_weak(reading) else _ENOUGH)
            if following.phrases and heavier >= _ENOUGH and not row.inside_word(end):
                yield from ((phrase, told) for phrase in following.phrases)
            if row.may_go_on(following):
                for place in row.after(end, gap):
                    yield from _follow(row, gap, following, place, told, heavier, seen)


def check_samples(policy: Policy | CompiledPolicy) -> list[tuple[str, Sample, Verdict]]:
    """The samples that the policy itself gets wrong: (topic id, sample, verdict)."""
    compiled = policy if isinstance(policy, CompiledPolicy) else compile_policy(policy)
    verdicts = (
        (topic.id, sample, screen(sample.text, compiled))
        for topic in compiled.policy.topics
        if topic.enabled
        for sample in topic.samples
    )
    return [entry for entry in verdicts if entry[2].allowed != entry[1].allowed]
