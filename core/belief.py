"""What the words of a message may be read as, and which of these readings are to be believed.

A word that the dictionary knows is read as it stands. Anything else is evidence of a disguise or of
ordinary life (a model's name, a slip, initials), and this module tells the two apart: letters of one alphabet
are read by their look or by their sound, never by turns; a short word in foreign letters alone convicts
nobody; words torn apart are joined only where the pieces are none. Refuses to know phrases and topics.
"""

from __future__ import annotations

import re

from core.effort import Effort
from core.glass import DULL, NOTHING, Glass, Kept, Look, Reading, is_russian, is_settled, russian_glass
from core.lookalikes import INVISIBLE, SIGNS
from core.message import Alphabet, Message
from core.outlines import Outlines
from core.readings import ANY, LAYOUT, LOOKS, SOUNDS
from core.russian import is_known
from core.scout import Scout
from core.word_index import BLOTS, FARTHEST, MOST_GUESSED, Reader, State, WordIndex

_WORD = re.compile(r"[^\W_]+")
_LETTER = re.compile(r"[^\W_]")
_LATIN = re.compile("[a-z]")
_CYRILLIC = re.compile("[а-я]")
_RUSSIAN = re.compile("[а-я]+")
_KEYS = re.compile("[a-zа-я]+")
_LATIN_WORD = re.compile("[a-z]+")
_FOREIGN = re.compile(r"[^\W\d_а-яa-z]")
_SPACE = re.compile(r"\s")
_STOPPED = re.compile(r"\w{2,}[.,:;!?…/]\w{2,}")
_SCATTERED = re.compile(r"[^\W_](?:[\W_]+[^\W_])+")
_STAMMER = re.compile(r"(.)\1")
_LINE_END = re.compile(r"-[ ]*\n\s*")
_LETTER_SIGNS = "@$!|"
_MARKS = "".join(sorted({*SIGNS, *BLOTS} - {*_LETTER_SIGNS}))
_SHORT = 2
"""A disguised word of so many letters counts only beside another word of its phrase."""
_FEW = 4
_ACRONYM = 3
_TORN_RUSSIAN, _TORN_LATIN = 5, 6
_SURELY_SCATTERED = 6
_LOOKING, _WEIGHING = 1, 5
"""Steps that it takes to look at one place, and to weigh one stretch of text."""
_MOST_KEPT = 50_000
_NEVER = 1_000_000_000
_Ends = list[tuple[int, bool]]


class Belief:
    def __init__(self, index: WordIndex) -> None:
        self._index = index
        self._any = Reader(index.root, ANY, guesses=True, mixes=True)
        self._looks = Reader(index.root, LOOKS, guesses=True)
        self._sounds = Reader(index.root, SOUNDS, guesses=True)
        self._layout = Reader(index.root, LAYOUT, guesses=False)
        outlines = Outlines(index.stems())
        layout = Scout(outlines.whole, LAYOUT), (self._layout,)
        self._russian = russian_glass(index, outlines)
        self._latin = Glass(
            (Scout(outlines.whole, LOOKS), (self._looks,)),
            (Scout(outlines.whole, SOUNDS), (self._sounds,)),
            layout,
        )
        self._glasses = {
            Alphabet.NONE: self._russian,
            Alphabet.RUSSIAN: self._russian,
            Alphabet.LATIN: self._latin,
            Alphabet.MIXED: Glass((Scout(outlines.whole, ANY, mixes=True), (self._any,)), layout),
        }
        self._dull: set[str] = set()
        self._kept: dict[tuple[str, bool | None], tuple[frozenset[int], bool]] = {}

    def readings(self, folded: str, written: str, effort: Effort) -> dict[int, list[Reading]]:
        """By where they begin in `folded`; `written` is the message before folding. Raises Exhausted."""
        if len(self._kept) > _MOST_KEPT:
            self._kept.clear()
        look = Look(Message(folded, written), effort)
        effort.spend(len(folded))
        place, pieces, dull = 0, look.message.folded.split(" "), self._dull
        if len(dull) > _MOST_KEPT:
            dull.clear()
        for piece, following in zip(pieces, (*pieces[1:], ""), strict=True):
            if piece not in dull and (pair := f"{piece} {following}") not in dull:
                lost = self._look_at_piece(look, place, piece)
                if lost < place + len(piece):
                    dull.add(piece)
                elif lost < place + len(pair):
                    dull.add(pair)
            place += len(piece) + 1
        for place in look.message.signs():  # with what follows they are kept like words
            self._look(look, place, look.message.folded[place : place + _FEW])
        for place in look.glued:
            self._look(look, place, "")
        return look.found

    def _look_at_piece(self, look: Look, start: int, piece: str) -> int:
        """Where it was certain that nothing begins in a piece without spaces, whatever is around it."""
        russian, sure, farthest = self._russian.kept, look.message.is_russian, start - 1
        for met in _WORD.finditer(look.message.folded, start, start + len(piece)):
            word = met[0]
            kept = russian.get(word)
            if kept is DULL:
                continue
            begin, end = met.span()
            lost = _NEVER
            if kept is None or not is_settled(kept, look, begin, end, sure=sure):
                lost = (
                    self._look(look, begin, word) if "a" <= word[0] <= "z" else self._lost(look, begin, word)
                )
            farthest = max(farthest, lost)
        return farthest

    def _lost(self, look: Look, start: int, word: str) -> int:
        """Where what begins like Russian is lost to all words of the policy, whatever it goes on in."""
        russian, folded, farthest = self._russian, look.message.folded, start
        for scout, _ in russian.pairs:
            found = scout.read(folded, start, look.effort)
            if found.through or found.inside or not is_russian(folded, found.seen):
                return self._look(look, start, word)
            farthest = max(farthest, found.seen)
        if farthest < start + len(word):
            russian.keep(word, DULL)
        return farthest

    def _look(self, look: Look, start: int, word: str) -> int:
        """The same for any word; one of the policy's is noted."""
        look.effort.spend(_LOOKING)
        glass = self._glasses[look.message.alphabet(start)]
        end = start + len(word)
        begins = word or _WORD.match(look.message.folded, start)[0]  # type: ignore[index]  # words are glued
        kept = glass.kept.get(begins)
        if kept is DULL:
            return end - 1 if len(word) > 1 else _NEVER
        if word and kept is not None and is_settled(kept, look, start, end, sure=True):
            return _NEVER
        asked = glass.asked(look, start, begins)
        if not asked.readers:
            return start + asked.seen if len(word) > 1 else _NEVER  # letters alone are read as their row is
        if asked.ends is not None:
            for length, typed in asked.ends:
                self._note(look, start, start + length, typed=typed)
            return _NEVER if asked.ends or len(word) <= 1 else start + asked.seen
        left: list[State] = []
        ends: _Ends = []
        farthest = max(self._walk(reader, look, start, end, left, ends) for reader in asked.readers)
        asked.keep(look.message, start, farthest, ends)
        if not word or kept is not None or len(asked.readers) < len(glass.readers):
            return _NEVER
        spoke = any(length <= len(word) for length, _ in ends)
        known = spoke and _RUSSIAN.fullmatch(word) is not None and is_known(word)
        if known or not spoke:
            alone = self._read(word, look.effort) if known else NOTHING
            glass.keep(word, Kept(alone, tuple(left)) if left or alone[0] else DULL)
        return _NEVER

    def _walk(  # noqa: PLR0917 - two of them are what it fills
        self, reader: Reader, look: Look, start: int, word_end: int, left: list[State], ends: _Ends
    ) -> int:
        """How far it was read; `left` are states behind the word, `ends` where words may end."""
        effort, typed, state, end = look.effort, reader is self._layout, reader.start, start
        for char in look.message.folded[start : start + FARTHEST]:
            try:
                following = state[char]
            except KeyError:
                following = reader.after(state, char, effort)
            if following is None:
                break
            state = following
            end += 1
            if end == word_end:
                left.append(state)
            if state.words:
                ends.append((end - start, typed))
                self._note(look, start, end, typed=typed)
        effort.spend(end - start + 1)
        return end - start + 1

    def _note(self, look: Look, start: int, end: int, *, typed: bool) -> None:
        """Keeps what a stretch may be read as."""
        message, effort = look.message, look.effort
        effort.spend(_WEIGHING + end - start)
        if not message.inside_word(end):
            words, weak = self._weighed(look, start, end, typed=typed)
            if words:
                look.found.setdefault(start, []).append(Reading(end, words, weak))
        elif not typed and message.may_be_glued(end):
            words = self._glued(message.folded[start:end], effort)
            if words:
                look.found.setdefault(start, []).append(Reading(end, words))
                if end not in look.glued:
                    look.glued.append(end)

    def _glued(self, span: str, effort: Effort) -> frozenset[int]:
        kept = self._kept.get((span, None))
        if kept is None:
            kept = self._kept[span, None] = self._coherent(span, effort), False
        return kept[0]

    def _weighed(self, look: Look, start: int, end: int, *, typed: bool) -> tuple[frozenset[int], bool]:
        message = look.message
        span = message.folded[start:end]
        kept = self._kept.get((span, typed))
        if kept is None:
            kept = self._typed(span, look.effort) if typed else self._read(span, look.effort)
            self._kept[span, typed] = kept
        if not kept[0] or (_RUSSIAN.fullmatch(span) and not message.has_invisible):
            return kept
        if not self._stands(look, start, end):
            return NOTHING
        return kept[0], kept[1] or self._is_acronym(message, span)

    def _read(self, span: str, effort: Effort) -> tuple[frozenset[int], bool]:
        """The words that a stretch of text may be, wherever it stands, and whether that is a weak reading."""
        shown = _LINE_END.sub("-", span.replace(INVISIBLE, ""))
        exact = self._index.exactly(shown)
        if exact:  # «prompt» may stand in a policy beside «промпт», and «1» for a letter all the same
            return (exact if _RUSSIAN.fullmatch(shown) else exact | self._coherent(shown, effort)), False
        if _RUSSIAN.fullmatch(shown):
            return self._unknown(shown, effort)
        pieces = _WORD.findall(shown)
        if _SPACE.search(shown):
            return self._torn(shown, pieces, effort), len("".join(pieces)) <= _SHORT
        if _STOPPED.fullmatch(shown) and all(map(is_known, pieces)):
            return NOTHING  # «…слышен вой,на скорости»
        alphabetic = sum(map(str.isalpha, shown))
        size = sum(char.isdigit() or char in _LETTER_SIGNS or char in BLOTS for char in shown) + alphabetic
        if size > _FEW and not alphabetic:
            return NOTHING
        weak = size <= _SHORT or (size <= _FEW and alphabetic * 2 < size)  # «c180» is no word
        return self._coherent(shown, effort), weak or _is_a_short_name(shown)

    def _unknown(self, word: str, effort: Effort) -> tuple[frozenset[int], bool]:
        known = is_known(word) and len(set(word)) > 1  # «вв» is an abbreviation, and a stammered «в»
        if known and not _STAMMER.search(word):
            return NOTHING
        return self._coherent(word, effort), known or len(word) <= _SHORT  # «нее» may be «не»

    def _typed(self, span: str, effort: Effort) -> tuple[frozenset[int], bool]:
        """The same for keys of the other layout."""
        pieces = _WORD.findall(span)
        letters = "".join(pieces)
        if not _KEYS.fullmatch(letters) or _RUSSIAN.fullmatch(letters):
            return NOTHING
        torn = _SPACE.search(span) is not None and len(letters) > len(pieces)
        if torn and (len(letters) < _TORN_LATIN or not letters.isascii()):
            return NOTHING
        return self._layout.words(span, effort), len(span) <= _SHORT

    def _torn(self, shown: str, pieces: list[str], effort: Effort) -> frozenset[int]:
        """«н а р к о т и к», «нар коти ки»: pieces of one alphabet, of which not every one is a word."""
        joined = "".join(pieces)
        if all(len(piece) == 1 for piece in pieces):
            digits = sum(map(str.isdigit, pieces))
            return self._coherent(shown, effort) if digits * 2 <= len(pieces) else frozenset()
        if _RUSSIAN.fullmatch(joined):
            torn = len(joined) >= _TORN_RUSSIAN and not all(map(is_known, pieces))
            return self._index.exactly(joined) if torn else frozenset()
        if _LATIN_WORD.fullmatch(joined) and len(joined) >= _TORN_LATIN:
            return self._coherent(shown, effort)
        return frozenset()

    def _coherent(self, shown: str, effort: Effort) -> frozenset[int]:
        """Letters of one alphabet are read by their look or by their sound; of two, as they come."""
        plain = "".join(char for char in shown if char not in BLOTS)
        found = self._in_its_alphabet(plain, effort) if plain != shown else frozenset()
        if len(shown) - len(plain) <= min(MOST_GUESSED, len(plain)):
            found |= self._in_its_alphabet(shown, effort)
        return found

    def _in_its_alphabet(self, shown: str, effort: Effort) -> frozenset[int]:
        alphabets = (_LATIN, _CYRILLIC, _FOREIGN)
        if sum(1 for alphabet in alphabets if alphabet.search(shown)) > 1:
            return self._any.words(shown, effort)
        return self._looks.words(shown, effort) | self._sounds.words(shown, effort)

    def _stands(self, look: Look, start: int, end: int) -> bool:
        """Whether what is around it lets the stretch be a word of its own."""
        span = look.message.folded[start:end].replace(INVISIBLE, "")
        whole = look.message.visible_word(start, end)
        if whole is not None and whole != span:
            return not (is_known(whole) or len(self._index.exactly(whole)) > 0)
        if _SPACE.search(span) and _SCATTERED.fullmatch(span):
            row, inside = look.message.row(start, end), len(_LETTER.findall(span))
            return len(row) == inside or inside >= _SURELY_SCATTERED or not is_known(row)
        return True

    def _is_acronym(self, message: Message, span: str) -> bool:
        """«VIN», «LED»: three capitals among small letters."""
        short = len(span) <= _ACRONYM and span.isascii() and span.isalpha()
        return short and message.is_acronym(span) and not self._index.exactly(span)


def _is_a_short_name(shown: str) -> bool:
    """«(EQC», «#EQA», «*ML»: a bracket or a mark before a model's name is none of its letters."""
    name = shown.strip(_MARKS)
    return name != shown and len(name) <= _ACRONYM and name.isascii() and name.isalpha()
