"""What one policy says otherwise than another, in words for the person who changed it.

Knows the fields of a topic. Refuses to know where policies are kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from core.policy import Policy, Topic

_NAMED = 5
"""So many phrases are written out; of more only the number is said."""


def differences(before: Policy | None, after: Policy) -> list[str]:
    """One line a difference, none when both say the same."""
    old = {topic.id: topic for topic in before.topics} if before else {}
    new = {topic.id: topic for topic in after.topics}
    told = [f"{name}: new topic, {len(new[name].phrases)} phrases" for name in new if name not in old]
    told += [f"{name}: topic removed" for name in old if name not in new]
    for name, topic in new.items():
        if name in old and (said := list(_of_topic(old[name], topic))):
            told.append(f"{name}: {', '.join(said)}")
    kept_before = [name for name in old if name in new]
    if kept_before != [name for name in new if name in old]:
        told.append("the order of the topics")
    return told


def _of_topic(before: Topic, after: Topic) -> Iterator[str]:
    if before.enabled != after.enabled:
        yield "switched on" if after.enabled else "switched off"
    yield from _lists("phrases", before.phrases, after.phrases)
    yield from _lists("exceptions", before.exceptions, after.exceptions)
    yield from _lists(
        "samples", (sample.text for sample in before.samples), (sample.text for sample in after.samples)
    )
    verdicts = {sample.text: sample.allowed for sample in before.samples}
    if turned := sum(verdicts.get(sample.text, sample.allowed) != sample.allowed for sample in after.samples):
        yield f"{turned} samples judged the other way round"
    if before.gap != after.gap:
        yield f"gap {before.gap} -> {after.gap}"
    yield from (f"{field} changed" for field in ("title", "reply") if _differ(before, after, field))


def _differ(before: Topic, after: Topic, field: str) -> bool:
    return bool(getattr(before, field) != getattr(after, field))


def _lists(name: str, before: Iterable[str], after: Iterable[str]) -> Iterator[str]:
    old, new = dict.fromkeys(before), dict.fromkeys(after)
    for sign, texts in (
        ("+", [text for text in new if text not in old]),
        ("-", [text for text in old if text not in new]),
    ):
        if texts:
            named = f" ({', '.join(f'«{text}»' for text in texts)})" if len(texts) <= _NAMED else ""
            yield f"{sign}{len(texts)} {name}{named}"
