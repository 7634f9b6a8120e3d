"""Whether a text may pass a policy of forbidden topics (`core.policy` has its schema).

Inflections are expanded when the policy is compiled, so a message costs microseconds. Whole words only; case,
ё/е, look-alike letters, spaced and repeated letters, transliteration and keyboard slips are read through
(`core.disguise`). Refuses to know where a policy is kept and what is on topic (an assistant's flow).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from core.disguise import (
    LAYOUT_PUNCTUATION,
    LEET_SIGNS,
    collapse,
    hidden_in,
    readings,
    single_letter,
    skeleton,
    skeletons_of_latin,
)
from core.policy import Policy, Sample, read_policy
from core.russian import Token, inflections, is_known, normalise, words

_WORD = re.compile(r"[^\W_]+")
_CHUNK = re.compile(r"\S+")
_PLAIN = re.compile(r"[а-я]+")
_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]"
)
_LONGEST_JOIN = 6
_SCATTER_WINDOW = 120


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a text may pass; if not: the topic's id, the policy's phrase that hit, and what to reply."""

    allowed: bool
    topic: str | None = None
    matched: str | None = None
    reply: str | None = None


@dataclass(frozen=True, slots=True)
class _Phrase:
    topic: int
    text: str
    words: tuple[int, ...]
    gap: int
    exception: bool


@dataclass(frozen=True)
class CompiledPolicy:
    """Word indexes and phrases; made by `compile_policy` and read by `screen`."""

    policy: Policy
    exact: Mapping[str, frozenset[int]]
    collapsed: Mapping[str, frozenset[int]]
    bones: Mapping[str, frozenset[int]]
    starts: Mapping[int, tuple[_Phrase, ...]]


ALLOWED = Verdict(allowed=True)


@dataclass
class _Builder:
    """Collects every form of every word of the policy."""

    ids: dict[str, int] = field(default_factory=dict)
    exact: defaultdict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    collapsed: defaultdict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    bones: defaultdict[str, set[int]] = field(default_factory=lambda: defaultdict(set))

    def word(self, word: str) -> int:
        if word in self.ids:
            return self.ids[word]
        number = self.ids[word] = len(self.ids)
        for form in inflections(word):
            self.exact[form].add(number)
            self.collapsed[collapse(form)].add(number)
            if _PLAIN.fullmatch(form) and len(bone := skeleton(form)) >= 4:
                self.bones[bone].add(number)
        if word.isascii() and word.isalpha() and len(word) >= 3:
            for bone in skeletons_of_latin(word):
                self.bones[bone].add(number)
        return number


def compile_policy(data: Mapping[str, Any] | Policy) -> CompiledPolicy:
    """Checks a policy and expands it. Raises PolicyBroken that names the topic and the field."""
    policy = data if isinstance(data, Policy) else read_policy(data)
    builder, starts = _Builder(), defaultdict[int, list[_Phrase]](list)
    for number, topic in enumerate(policy.topics):
        if not topic.enabled:
            continue
        for phrases, exception in ((topic.phrases, False), (topic.exceptions, True)):
            for text in phrases:
                sequence = tuple(builder.word(word) for word in words(text))
                starts[sequence[0]].append(_Phrase(number, text, sequence, topic.gap, exception))
    return CompiledPolicy(
        policy=policy,
        exact={form: frozenset(ids) for form, ids in builder.exact.items()},
        collapsed={form: frozenset(ids) for form, ids in builder.collapsed.items()},
        bones={form: frozenset(ids) for form, ids in builder.bones.items()},
        starts={word: tuple(phrases) for word, phrases in starts.items()},
    )


def screen(text: str, policy: CompiledPolicy) -> Verdict:
    """The first topic, in the policy's order, that the text touches. Raises nothing for any `str`."""
    if not policy.starts:
        return ALLOWED
    hit = _first_hit(normalise(text), policy)
    if hit is None and _INVISIBLE.search(text):
        hit = _first_hit(normalise(_INVISIBLE.sub(" ", text)), policy)
    if hit is None:
        return ALLOWED
    topic = policy.policy.topics[hit.topic]
    return Verdict(allowed=False, topic=topic.id, matched=hit.text, reply=topic.reply)


_Edges = list[list[tuple[int, frozenset[int]]]]


def _first_hit(spelling: str, policy: CompiledPolicy) -> _Phrase | None:
    found = [Token(match.group(), *match.span()) for match in _WORD.finditer(spelling)]
    edges: _Edges = [[] for _ in found]
    somewhere = _read_words(found, edges, policy)
    somewhere |= _read_chunks(spelling, found, edges, policy)
    somewhere |= _read_joined(found, edges, policy)
    if not somewhere:
        return None
    hits: list[tuple[_Phrase, frozenset[int]]] = []
    undone: dict[int, set[int]] = defaultdict(set)
    for start, options in enumerate(edges):
        for end, ids in options:
            for word in ids:
                for phrase in policy.starts.get(word, ()):
                    for places in _follow(phrase, 1, end, range(start, end), edges):
                        if phrase.exception:
                            undone[phrase.topic].update(places)
                        else:
                            hits.append((phrase, frozenset(places)))
    standing = [phrase for phrase, places in hits if not places & undone[phrase.topic]]
    return min(standing, key=lambda phrase: phrase.topic) if standing else None


def _follow(
    phrase: _Phrase, at: int, position: int, places: Iterable[int], edges: _Edges
) -> Iterable[tuple[int, ...]]:
    """Token places of every way to read the rest of the phrase from `position` on."""
    if at == len(phrase.words):
        yield tuple(places)
        return
    for start in range(position, min(len(edges), position + phrase.gap + 1)):
        for end, ids in edges[start]:
            if phrase.words[at] in ids:
                yield from _follow(phrase, at + 1, end, (*places, *range(start, end)), edges)


def _ids(word: str, policy: CompiledPolicy) -> frozenset[int]:
    """Which words of the policy this spelling may stand for."""
    plain, doubled, bones = readings(word)
    found: frozenset[int] = frozenset()
    for options, index in ((plain, policy.exact), (doubled, policy.collapsed), (bones, policy.bones)):
        for option in options:
            if ids := index.get(option):
                found |= ids
    return found


def _read_words(found: list[Token], edges: _Edges, policy: CompiledPolicy) -> bool:
    somewhere = False
    for place, token in enumerate(found):
        ids = policy.exact.get(token.text)
        if ids is None and not (_PLAIN.fullmatch(token.text) and is_known(token.text)):
            ids = _ids(token.text, policy)
        if ids:
            edges[place].append((place + 1, ids))
            somewhere = True
    return somewhere


def _read_chunks(spelling: str, found: list[Token], edges: _Edges, policy: CompiledPolicy) -> bool:
    """Chunks between spaces whose signs may be letters («н@ркотик», «,jv,f») or scatter («бом-ба»)."""
    somewhere, first = False, 0
    for match in _CHUNK.finditer(spelling):
        chunk, start, end = match.group(), *match.span()
        while first < len(found) and found[first].end <= start:
            first += 1
        last = first
        while last < len(found) and found[last].start < end:
            last += 1
        if len(chunk) > 64 or (last - first == 1 and found[first].text == chunk) or last == first:
            continue
        forms = dict.fromkeys((chunk.strip(".,!?;:()«»\"'…-—"),))
        if not LAYOUT_PUNCTUATION.isdisjoint(chunk) and chunk.isascii():
            forms.update(dict.fromkeys((chunk, chunk.rstrip(".,!?;:"), chunk.lstrip("\"'([{<"))))
        if last - first > 1 or not LEET_SIGNS.isdisjoint(chunk):
            forms[_WORD_SIGNS.sub("", chunk)] = None
        ids = frozenset[int]().union(*(_ids(form, policy) for form in forms if len(form) > 2))
        if ids:
            edges[first].append((last, ids))
            somewhere = True
    return somewhere


_WORD_SIGNS = re.compile(r"[^\w@$!|*#€+]|_")


def _read_joined(found: list[Token], edges: _Edges, policy: CompiledPolicy) -> bool:
    """Words torn apart: «б о м б а», «нар ко тики»."""
    somewhere, place = False, 0
    while place < len(found):
        end = place
        while end < len(found) and len(found[end].text) == 1:
            end += 1
        if end - place >= 3:
            somewhere |= _read_scattered(found, place, end, edges, policy)
        place = max(end, place + 1)
    for start, token in enumerate(found):
        if len(token.text) > 8:
            continue
        text, strange = token.text, not is_known(token.text)
        for end in range(start + 1, min(len(found), start + _LONGEST_JOIN)):
            piece = found[end].text
            if len(piece) > 8 or len(text) + len(piece) > 32:
                break
            text, strange = text + piece, strange or not is_known(piece)
            if strange and len(text) >= 5 and (ids := policy.exact.get(text)):
                edges[start].append((end + 1, ids))
                somewhere = True
    return somewhere


def _read_scattered(found: list[Token], start: int, end: int, edges: _Edges, policy: CompiledPolicy) -> bool:
    somewhere = False
    for left in range(start, end, _SCATTER_WINDOW // 2):
        letters = "".join(
            single_letter(token.text) for token in found[left : min(end, left + _SCATTER_WINDOW)]
        )
        for begin, finish in hidden_in(letters, policy.exact):
            edges[left + begin].append((left + finish, policy.exact[letters[begin:finish]]))
            somewhere = True
    return somewhere


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
