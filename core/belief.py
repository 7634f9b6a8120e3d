"""What the words of a message may be read as, and which of these readings are to be believed.

A word that the dictionary knows is read as it stands. Anything else is evidence of a disguise or of
ordinary life (a model's name, a slip, initials), and this module tells the two apart: letters of one alphabet
are read by their look or by their sound, never by turns; a short word in foreign letters alone convicts
nobody; words torn apart are joined only where the pieces are none. Refuses to know phrases and topics.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from core.lookalikes import INVISIBLE
from core.message import Message
from core.readings import ANY, LAYOUT, LOOKS, SOUNDS
from core.russian import is_known
from core.word_index import BLOTS, MOST_GUESSED, Reader, WordIndex

_WORD = re.compile(r"[^\W_]+")
_LATIN = re.compile("[a-z]")
_CYRILLIC = re.compile("[а-я]")
_RUSSIAN = re.compile("[а-я]+")
_LATIN_WORD = re.compile("[a-z]+")
_FOREIGN = re.compile(r"[^\W\d_а-яa-z]")
_SPACE = re.compile(r"\s")
_STOPPED = re.compile(r"\w{2,}[.,:;!?…/]\w{2,}")
_SCATTERED = re.compile(r"\w(?:[\W_]+\w)+")
_LINE_END = re.compile(r"-[ ]*\n\s*")
_LETTER_SIGNS = "@$!|"
_SHORT = 2
"""A disguised word of so many letters counts only beside another word of its phrase."""
_FEW = 4
_ACRONYM = 3
_TORN_RUSSIAN, _TORN_LATIN = 5, 6
_SURELY_SCATTERED = 6
_LONGEST_WORD = 24
_FARTHEST = 400
_MOST_KEPT = 50_000


@dataclass(frozen=True, slots=True)
class Reading:
    """Words of the policy that a stretch of the message, up to `end`, may be."""

    end: int
    words: frozenset[int]
    weak: bool = False


class Belief:
    def __init__(self, index: WordIndex) -> None:
        self._index = index
        self._any = Reader(index, ANY, guesses=True, mixes=True)
        self._looks = Reader(index, LOOKS, guesses=True)
        self._sounds = Reader(index, SOUNDS, guesses=True)
        self._layout = Reader(index, LAYOUT, guesses=False)
        self._dull: dict[Reader, set[str]] = {self._any: set(), self._layout: set()}
        self._kept: dict[tuple[str, bool], tuple[frozenset[int], bool]] = {}

    def readings(self, folded: str, written: str) -> dict[int, list[Reading]]:
        """By where they begin in `folded`; `written` is the message before folding."""
        if len(self._kept) > _MOST_KEPT:
            self._kept.clear()
        message = Message(folded, written)
        found: dict[int, list[Reading]] = {}
        glued: list[int] = []
        self._walk_all(self._any, message, found, glued)
        for start in glued:  # grows while it is walked: «купитьбомбу»
            self._walk(self._any, message, start, found, glued)
        if _LATIN.search(folded):
            self._walk_all(self._layout, message, found, None)
        return found

    def _walk_all(
        self, reader: Reader, message: Message, found: dict[int, list[Reading]], glued: list[int] | None
    ) -> None:
        dull = self._dull[reader]
        for place, word in message.words:
            if word not in dull and self._walk(reader, message, place, found, glued) < place + len(word):
                if len(dull) > _MOST_KEPT:
                    dull.clear()
                dull.add(word)
        for place in message.signs:
            self._walk(reader, message, place, found, glued)

    def _walk(
        self,
        reader: Reader,
        message: Message,
        start: int,
        found: dict[int, list[Reading]],
        glued: list[int] | None,
    ) -> int:
        """Where the walk ended; far away when something was seen on it."""
        folded, state, seen = message.folded, reader.start, False
        end = start
        for char in folded[start : start + _FARTHEST]:
            following = state[char]
            if following is None:
                break
            state = following
            end += 1
            if not state.words:
                continue
            seen = True
            if not message.inside_word(end):
                words, weak = self._weighed(message, start, end, typed=glued is None)
                if words:
                    found.setdefault(start, []).append(Reading(end, words, weak))
            elif (
                glued is not None
                and message.may_be_glued(end)
                and (words := self._coherent(folded[start:end]))
            ):
                found.setdefault(start, []).append(Reading(end, words))
                glued.append(end)
        return start + _FARTHEST if seen else end

    def _weighed(self, message: Message, start: int, end: int, *, typed: bool) -> tuple[frozenset[int], bool]:
        span = message.folded[start:end]
        kept = self._kept.get((span, typed))
        if kept is None:
            kept = self._kept[span, typed] = self._typed(span) if typed else self._read(span)
        if not kept[0] or (_RUSSIAN.fullmatch(span) and not message.has_invisible):
            return kept
        if not self._stands(message, start, end):
            return _NOTHING
        return kept[0], kept[1] or self._is_acronym(message, span)

    def _read(self, span: str) -> tuple[frozenset[int], bool]:
        """The words that a stretch of text may be, wherever it stands, and whether that is a weak reading."""
        shown = _LINE_END.sub("-", span.replace(INVISIBLE, ""))
        exact = self._index.exactly(shown)
        if exact:
            return exact, False
        if _RUSSIAN.fullmatch(shown):
            known = is_known(shown) and len(set(shown)) > 1  # «вв» is an abbreviation, and a stammered «в»
            return _NOTHING if known else (self._coherent(shown), len(shown) <= _SHORT)
        pieces = _WORD.findall(shown)
        if _SPACE.search(shown):
            return self._torn(shown, pieces), len("".join(pieces)) <= _SHORT
        if _STOPPED.fullmatch(shown) and all(map(is_known, pieces)):
            return _NOTHING  # «…слышен вой,на скорости»
        alphabetic = sum(map(str.isalpha, shown))
        size = sum(map(str.isdigit, shown)) + sum(map(shown.count, _LETTER_SIGNS)) + alphabetic
        if size > _FEW and not alphabetic:
            return _NOTHING
        weak = size <= _SHORT or (size <= _FEW and alphabetic * 2 < size)  # «c180» is no word
        return self._coherent(shown), weak

    def _typed(self, span: str) -> tuple[frozenset[int], bool]:
        """The same for keys of the other layout."""
        pieces = _WORD.findall(span)
        letters = "".join(pieces)
        if not letters.isascii() or not letters.isalpha():
            return _NOTHING
        if _SPACE.search(span) and len(letters) < _TORN_LATIN and len(letters) > len(pieces):
            return _NOTHING
        return self._layout.words(span), len(span) <= _SHORT

    def _torn(self, shown: str, pieces: list[str]) -> frozenset[int]:
        """«н а р к о т и к», «нар коти ки»: pieces of one alphabet, of which not every one is a word."""
        joined = "".join(pieces)
        if all(len(piece) == 1 for piece in pieces):
            digits = sum(map(str.isdigit, pieces))
            return self._coherent(shown) if digits * 2 <= len(pieces) else frozenset()
        if _RUSSIAN.fullmatch(joined):
            torn = len(joined) >= _TORN_RUSSIAN and not all(map(is_known, pieces))
            return self._index.exactly(joined) if torn else frozenset()
        if _LATIN_WORD.fullmatch(joined) and len(joined) >= _TORN_LATIN:
            return self._coherent(shown)
        return frozenset()

    def _coherent(self, shown: str) -> frozenset[int]:
        """Letters of one alphabet are read by their look or by their sound; of two, as they come."""
        if sum(map(shown.count, BLOTS)) > MOST_GUESSED:
            shown = "".join(char for char in shown if char not in BLOTS)
        alphabets = (_LATIN, _CYRILLIC, _FOREIGN)
        if sum(1 for alphabet in alphabets if alphabet.search(shown)) > 1:
            return self._any.words(shown)
        return self._looks.words(shown) | self._sounds.words(shown)

    def _stands(self, message: Message, start: int, end: int) -> bool:
        """Whether what is around it lets the stretch be a word of its own."""
        span = message.folded[start:end].replace(INVISIBLE, "")
        whole = message.visible_word(start, end)
        if whole is not None:
            return not (is_known(whole) or len(self._index.exactly(whole)) > 0)
        if _SPACE.search(span) and _SCATTERED.fullmatch(span):
            return self._parted(message, start, end)
        return True

    def _is_acronym(self, message: Message, span: str) -> bool:
        """«VIN», «LED»: three capitals among small letters."""
        short = len(span) <= _ACRONYM and span.isascii() and span.isalpha()
        return short and not self._index.exactly(span) and message.is_acronym(span)

    def _parted(self, message: Message, start: int, end: int) -> bool:
        """Whether a row of lone letters may be parted into words so that this is one of them."""
        before, after = message.lone_letters(start, end)
        inside = "".join(_WORD.findall(message.folded[start:end]))
        if (not before and not after) or len(inside) >= _SURELY_SCATTERED:
            return True
        if is_known(before + inside + after):
            return False
        return self._is_words(before) and self._is_words(after)

    def _is_words(self, letters: str) -> bool:
        reached = {0}
        for end in range(1, len(letters) + 1):
            if any(
                begin in reached and (is_known(letters[begin:end]) or self._index.exactly(letters[begin:end]))
                for begin in range(max(0, end - _LONGEST_WORD), end)
            ):
                reached.add(end)
        return len(letters) in reached


_NOTHING: tuple[frozenset[int], bool] = (frozenset(), False)
