"""Values that come near another one: «бордовый» of «красный», «кроссовер» of «внедорожник».

Knows which entries a vocabulary makes of its own for them, and which of them the stock keeps apart. Refuses
to know words of a question and rows.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from assistants.showroom.language.naming import Atom, PhraseIndex, Term, atoms

_Entry = Mapping[str, Any]
# Stems of how a colour is finished; they stand in the colour's value.
FINISHES = ("металлик", "перламутр", "матов")


def with_shades(entries: list[dict[str, Any]], values: frozenset[str]) -> Iterator[tuple[_Entry, str]]:
    """Every entry and those of its `shades` (id: what is shown), each with the id of the entry that it comes
    near to.

    A shade is never taken for the entry itself: «бордовый» is no red car where there is none. What the entry
    has `apart` is a kind of its own only where `values`, those of the stock, hold both: «кроссовер».
    """
    for entry in entries:
        own = [*entry.get("values", ()), *entry.get("names", ())]
        apart = entry.get("apart", ())
        kinds = [row for row in apart if _are_apart(own, row, values)]
        one = [name for row in apart if row not in kinds for name in row]
        head = str(entry.get("id") or entry["shown"])
        yield {**entry, "names": [*entry.get("names", ()), *one]}, head
        for row in (*entry.get("shades", ()), *kinds):
            yield {"id": row[0], "shown": row[0], "names": row}, head


def says(names: PhraseIndex, row: Sequence[Atom]) -> dict[tuple[int, int], frozenset[str]]:
    """All that a value says, the names inside longer ones, too: from where to where -> the ids."""
    found: dict[tuple[int, int], set[str]] = {}
    for start in range(len(row)):
        for end, distance, term in names.find_at(row, start):
            if distance == 0:
                found.setdefault((start, end), set()).add(term.id)
    return {place: frozenset(ids) for place, ids in found.items()}


def says_more(row: Sequence[Atom], said: Collection[tuple[int, int]]) -> bool:
    """«Белый бриллиант»: words beside those that are known, which are no finish."""
    rest = [row[at].text for at in range(len(row)) if not any(start <= at < end for start, end in said)]
    return any(not word.startswith(FINISHES) for word in rest)


def _are_apart(own: list[str], row: list[str], values: frozenset[str]) -> bool:
    """Whether the stock has values of either name."""
    named = [_names_of(own), _names_of(row)]
    held = [[bool(names.find(atoms(value))) for names in named] for value in values]
    return any(main and not other for main, other in held) and any(other and not main for main, other in held)


def _names_of(names: list[str]) -> PhraseIndex:
    index = PhraseIndex()
    for name in names:
        index.add(name, Term("", "", ""))
    return index
