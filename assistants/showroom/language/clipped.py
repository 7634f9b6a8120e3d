"""Names of colours as advertisements clip them: «чёрн.», «корич», «крас/бел».

Knows which colour's name a clipped word can only begin. Refuses to guess between two colours: a word that
may be either stays as it is.
"""

from __future__ import annotations

import re

from assistants.showroom.language.dictated import edited
from assistants.showroom.language.lexicon import Lexicon
from core.russian import is_known, normalise

_WORD = re.compile(r"(?<![а-яё])[а-яё]{3,}(?![а-яё])", re.IGNORECASE)
_ENDING = 2
# Of a word without a full stop fewer letters say too little, but where they are the whole stem («син»).
_TELLING = 4
# A full stop before a small letter, a sign or nothing clips a word; before a capital it ends a sentence.
_CLIPS = re.compile(r"\.(?=\s*(?:[а-яёa-zA-Z\d,/?!)]|$))")
_WHOLE = re.compile(r"\.(?=\s*$)")


class ClippedColours:
    """`lexicon` has the colours with their names."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._index = lexicon.names["color"]
        self._names: dict[str, set[str]] = {}
        for row, terms in self._index.names():
            self._names.setdefault(row[-1], set()).update(term.id for term in terms)
        self._plain = {normalise(shown) for (kind, _), shown in lexicon.shown.items() if kind == "color"}

    def written(self, text: str) -> str:
        """The text with clipped colours in full."""
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
