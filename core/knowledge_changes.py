"""What a version of the knowledge or of the settings says otherwise than the one before, for its history.

In Russian: owners read it. Refuses to know where documents are kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from core.knowledge_source import KnowledgeSource, Passage

_NAMED = 5
"""So many titles are written out; of more only the number is said."""


def knowledge_changes(before: KnowledgeSource | None, after: KnowledgeSource) -> list[str]:
    """One line a difference, none when both say the same."""
    old = {passage.id: passage for passage in before.passages} if before else {}
    new = {passage.id: passage for passage in after.passages}
    told = [
        *_named("добавлено", (new[name] for name in new if name not in old)),
        *_named("удалено", (old[name] for name in old if name not in new)),
        *_named("изменено", (new[name] for name in new if name in old and new[name] != old[name])),
    ]
    if before is not None and before.small_talk != after.small_talk:
        told.append("изменены приветствия и прощания")
    if before is not None and before.foreign != after.foreign:
        told.append("изменены посторонние вопросы")
    return told


def settings_changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[str]:
    """The places that differ, with old and new where both are short."""
    return list(_places(before, after, ""))


def _places(before: Any, after: Any, place: str) -> Iterator[str]:
    if isinstance(before, Mapping) and isinstance(after, Mapping):
        for name in dict.fromkeys([*before, *after]):
            yield from _places(before.get(name), after.get(name), f"{place}.{name}".lstrip("."))
    elif before != after:
        short = max(len(str(before)), len(str(after))) <= 40
        yield f"{place}: {before} → {after}" if short else f"изменено: {place}"


def _named(what: str, passages: Iterable[Passage]) -> Iterator[str]:
    titles = [passage.title for passage in passages]
    if titles:
        named = f": {', '.join(f'«{title}»' for title in titles)}" if len(titles) <= _NAMED else ""
        yield f"{what} записей: {len(titles)}{named}"
