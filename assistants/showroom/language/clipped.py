"""Names as advertisements and friends clip them: «чёрн.», «корич», «крас/бел», «бенз», «внедор», «универ».

Knows which colour's, body's or fuel's name a clipped word can only begin. Refuses to guess between two: a
word that may be either stays as it is, and so does one of Russian that a preposition leads to («в универ»).
"""

from __future__ import annotations

import re

from assistants.showroom.language.dictated import edited
from assistants.showroom.language.lexicon import Lexicon
from assistants.showroom.language.naming import atoms
from core.russian import is_known, normalise

_WORD = re.compile(r"(?<![а-яё])[а-яё]{3,}(?![а-яё])", re.IGNORECASE)
_ENDING = 2
# Of a word without a full stop fewer letters say too little, but where they are the whole stem («син»).
_TELLING = 4
# A full stop before a small letter, a sign or nothing clips a word; before a capital it ends a sentence.
_CLIPS = re.compile(r"\.(?=\s*(?:[а-яёa-zA-Z\d,/?!)]|$))")
_WHOLE = re.compile(r"\.(?=\s*$)")


# Of bodies and fuels that friends call so though the dictionary has the word for another thing.
_ALSO_CALLED = frozenset({"универ", "электр"})
_LED = re.compile(
    r"(?:\b(?:в|во|на|из|для|после|до|за|к|по|про|около|возле|мо[йя]\w*|сво[йя]\w*|наш\w*|перв\w+)|-)\s?$"
)


class ClippedNames:
    """`lexicon` has the colours, bodies and fuels with their names."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._index, self._makes = lexicon.names["color"], lexicon.names["brand"]
        self._names = _of_one_word(lexicon, "color")
        self._kinds = {**_of_one_word(lexicon, "body"), **_of_one_word(lexicon, "fuel")}
        self._whole = [lexicon.names[kind].names_alone for kind in ("color", "body", "fuel")]
        self._plain = {
            normalise(shown)
            for (kind, name), shown in lexicon.shown.items()
            if kind == "color" and lexicon.near.get((kind, name), name) == name
        }

    def written(self, text: str) -> str:
        """The text with clipped names in full."""
        return self._with_kinds(self._with_colours(text))

    def _with_kinds(self, text: str) -> str:
        edits, row = [], atoms(text)
        makes = {row[at].start for each in self._makes.find(row) for at in range(each.start + 1, each.end)}
        for match in _WORD.finditer(text):
            word = normalise(match.group())
            if match.start() in makes:  # «мерседес-бенз»
                continue
            strange = not is_known(word) and not any(is_whole(word) for is_whole in self._whole)
            called = word in _ALSO_CALLED and not _LED.search(normalise(text[: match.start()]))
            if len(word) < _TELLING or not (strange or called):
                continue
            names = [name for name in self._kinds if name.startswith(word) and name[:-_ENDING] >= word]
            if len(set().union(*(self._kinds[name] for name in names))) == 1:
                clip = _CLIPS.match(text, match.end())
                edits.append((match.start(), clip.end() if clip else match.end(), min(names, key=len)))
        return edited(text, edits)

    def _with_colours(self, text: str) -> str:
        edits = []
        for match in _WORD.finditer(text):
            word, clip = normalise(match.group()), _CLIPS.match(text, match.end())
            joined = (
                "/" in text[max(0, match.start() - 1) : match.start()] + text[match.end() : match.end() + 1]
            )
            known = is_known(word) or self._index.knows(word)
            if known and _WHOLE.match(text, match.end()):
                clip = None
            if known and clip is None and not joined:
                continue
            full = self._in_full(word, telling=clip is not None or joined)
            if full is not None:
                edits.append((match.start(), clip.end() if clip is not None else match.end(), full))
        return edited(text, edits)

    def _in_full(self, word: str, *, telling: bool) -> str | None:
        begun = [name for name in self._names if name.startswith(word) and name != word]
        if len(word) < _TELLING:
            begun = [name for name in begun if name in self._plain]  # «руб.» is no «рубиновый»
        stems = [name for name in begun if name[:-_ENDING] == word]
        names = stems or (begun if telling or len(word) >= _TELLING else [])
        colours = set[str]().union(*(self._names[name] for name in names))
        return names[0] if len(colours) == 1 else None


def _of_one_word(lexicon: Lexicon, kind: str) -> dict[str, set[str]]:
    names: dict[str, set[str]] = {}
    for row, terms in lexicon.names[kind].names():
        if len(row) == 1:
            names.setdefault(row[0], set()).update(term.id for term in terms)
    return names
