"""What one policy says otherwise than another, in words for the person who changed it.

Knows the fields of a topic, and two languages: engineers read English, owners Russian. Refuses to know where
policies are kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from core.policy import Policy, Topic

_NAMED = 5
"""So many phrases are written out; of more only the number is said."""


@dataclass(frozen=True, kw_only=True)
class Words:
    """Sentences with places for names and numbers."""

    new: str
    removed: str
    order: str
    on: str
    off: str
    turned: str
    gap: str
    changed: str
    phrases: str
    exceptions: str
    samples: str
    title: str
    reply: str


ENGLISH = Words(
    new="{name}: new topic, {count} phrases",
    removed="{name}: topic removed",
    order="the order of the topics",
    on="switched on",
    off="switched off",
    turned="{count} samples judged the other way round",
    gap="gap {before} -> {after}",
    changed="{field} changed",
    phrases="phrases",
    exceptions="exceptions",
    samples="samples",
    title="title",
    reply="reply",
)
RUSSIAN = Words(
    new="{name}: новая тема, фраз: {count}",
    removed="{name}: тема удалена",
    order="порядок тем",
    on="включена",
    off="выключена",
    turned="проверок с обратным ответом: {count}",
    gap="слов между словами фразы: {before} → {after}",
    changed="изменено: {field}",
    phrases="фразы",
    exceptions="исключения",
    samples="проверки",
    title="название",
    reply="ответ",
)


def differences(before: Policy | None, after: Policy, words: Words = ENGLISH) -> list[str]:
    """One line a difference, none when both say the same."""
    old = {topic.id: topic for topic in before.topics} if before else {}
    new = {topic.id: topic for topic in after.topics}
    told = [
        words.new.format(name=name, count=len(topic.phrases))
        for name, topic in new.items()
        if name not in old
    ]
    told += [words.removed.format(name=name) for name in old if name not in new]
    for name, topic in new.items():
        if name in old and (said := list(_of_topic(old[name], topic, words))):
            told.append(f"{name}: {', '.join(said)}")
    kept_before = [name for name in old if name in new]
    if kept_before != [name for name in new if name in old]:
        told.append(words.order)
    return told


def _of_topic(before: Topic, after: Topic, words: Words) -> Iterator[str]:
    if before.enabled != after.enabled:
        yield words.on if after.enabled else words.off
    yield from _lists(words.phrases, before.phrases, after.phrases)
    yield from _lists(words.exceptions, before.exceptions, after.exceptions)
    yield from _lists(
        words.samples,
        (sample.text for sample in before.samples),
        (sample.text for sample in after.samples),
    )
    verdicts = {sample.text: sample.allowed for sample in before.samples}
    if turned := sum(verdicts.get(sample.text, sample.allowed) != sample.allowed for sample in after.samples):
        yield words.turned.format(count=turned)
    if before.gap != after.gap:
        yield words.gap.format(before=before.gap, after=after.gap)
    if before.title != after.title:
        yield words.changed.format(field=words.title)
    if before.reply != after.reply:
        yield words.changed.format(field=words.reply)


def _lists(name: str, before: Iterable[str], after: Iterable[str]) -> Iterator[str]:
    old, new = dict.fromkeys(before), dict.fromkeys(after)
    for sign, texts in (
        ("+", [text for text in new if text not in old]),
        ("-", [text for text in old if text not in new]),
    ):
        if texts:
            named = f" ({', '.join(f'«{text}»' for text in texts)})" if len(texts) <= _NAMED else ""
            yield f"{sign}{len(texts)} {name}{named}"
