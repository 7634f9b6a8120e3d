"""What the words of a message may be read as, and which of these readings are to be believed.

A word that the dictionary knows is read as it stands, and so is one that is spelled in Latin letters as
everybody does. Anything else is evidence of a disguise or of ordinary life (a model's name, a slip,
initials), and this module tells the two apart: letters of one alphabet are read by their look or by their
sound, never by turns; a short word in foreign letters alone convicts nobody; words torn apart are joined
only where the pieces are none. Refuses to know phrases and topics.
"""

from __future__ import annotations

import re

from core.disguise import spelled_in_russian
from core.effort import Effort
from core.glass import DULL, NOTHING, Glass, Kept, Look, Reading, is_russian, russian_glass, settled
from core.lookalikes import INVISIBLE, SIGNS
from core.message import Alphabet, Message
from core.met import Met
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
_FRACTION = re.compile(r"\d[.,]\d")
_STAMMER = re.compile(r"(.)\1")
_LINE_END = re.compile(r"-[ ]*\n\s*")
_LETTER_SIGNS = "@$!|"
_MARKS = "".join(sorted({*SIGNS, *BLOTS} - {*_LETTER_SIGNS}))
_SHORT = 2
"""A disguised word of so many letters counts only beside another word of its phrase."""
_FEW = 4
_ACRONYM = 3
_SPELLED = 5
"""A shorter word in Latin letters is spelled too freely to be one of the dictionary alone."""
_TORN_RUSSIAN, _TORN_LATIN = 5, 6
_SURELY_SCATTERED = 6
_LOOKING, _WEIGHING = 1, 5
"""Steps that it takes to look at one place, and to weigh one stretch of text."""
_MOST_KEPT = 50_000
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
        self._met = Met()
        self._kept: dict[tuple[str, bool | None], tuple[frozenset[int], bool]] = {}

    def readings(self, message: Message, effort: Effort) -> dict[int, list[Reading]]:
        """The readings of a message by where they begin. Raises Exhausted."""
        if len(self._kept) > _MOST_KEPT:
            self._kept.clear()
        look = Look(message, effort)
        effort.spend(len(message.folded))
        self._met.read(look, self._look_at_piece)
        for place in message.signs():  # with what follows they are kept like words
            self._look(look, place, message.folded[place : place + _FEW])
        self._look_at_glued(look)
        return look.found

    def _look_at_piece(self, look: Look, start: int, piece: str) -> int:
        """Where it was certain what begins in a piece without spaces, whatever is around it."""
        russian, sure, farthest = self._russian.kept, look.message.is_russian, start - 1
        for met in _WORD.finditer(look.message.folded, start, start + len(piece)):
            word = met[0]
            kept = russian.get(word)
            if kept is DULL:
                continue
            begin, end = met.span()
            lost = None if kept is None else settled(kept, look, begin, end, sure=sure)
            if lost is None:
                lost = (
                    self._look(look, begin, word) if "a" <= word[0] <= "z" else self._lost(look, begin, word)
                )
            farthest = max(farthest, lost)
        return max(farthest, self._look_at_glued(look))

    def _look_at_glued(self, look: Look) -> int:
        """The same for words right behind others: «купитьбомбу»."""
        farthest = -1
        for place in look.glued:
            if place not in look.found:
                farthest = max(farthest, self._look(look, place, ""))
        look.glued.clear()
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
        begins = word or _WORD.match(look.message.folded, start)[0]  # type: ignore[index]  # words are glued
        end = start + len(begins)
        kept = glass.kept.get(begins)
        look.in_row = look.in_row or len(word) == 1  # letters alone are read as their row is
        if kept is DULL:
            return end - 1
        if word and kept is not None and (lost := settled(kept, look, start, end, sure=True)) is not None:
            return lost
        asked = glass.asked(look, start, begins)
        if not asked.readers:
            return start + asked.seen
        if asked.ends is not None:
            for length, typed in asked.ends:
                self._note(look, start, start + length, typed=typed)
            return start + asked.seen
        left: list[State] = []
        ends: _Ends = []
        farthest = max(self._walk(reader, look, start, end, left, ends) for reader in asked.readers)
        lost = start + max(asked.seen, farthest)
        asked.keep(look.message, start, farthest, ends)
        if not word or kept is not None or len(asked.readers) < len(glass.readers):
            return lost
        spoke = any(length <= len(word) for length, _ in ends)
        known = spoke and _RUSSIAN.fullmatch(word) is not None and is_known(word)
        if known or not spoke:
            itself = self._read(word, look.effort) if known else NOTHING
            glass.keep(word, Kept(itself, tuple(left)) if left or itself[0] else DULL)
        return lost

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
                short = self._as_acronym(message.folded[start:end])
                look.found.setdefault(start, []).append(Reading(end - start, words, weak, short))
        elif not typed and message.may_be_glued(end):
            words = self._glued(message.folded[start:end], effort)
            if words:
                look.found.setdefault(start, []).append(Reading(end - start, words))
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
        return kept if self._stands(look, start, end) else NOTHING

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
            return frozenset() if all(map(_spelled_out, pieces)) else self._coherent(shown, effort)
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
        return self._looks.words(shown, effort) | self._sounding(shown, effort)

    def _sounding(self, shown: str, effort: Effort) -> frozenset[int]:
        """«Chernie» is «чёрные», as everybody spells it, and not what it is where scholars write «ch» for
        «х».
        """
        found = self._sounds.words(shown, effort)
        word = shown.rstrip(_MARKS + "!")
        if not found or len(word) < _SPELLED or not _LATIN_WORD.fullmatch(word):
            return found
        known = _spelled_out(word)
        effort.spend(len(known) + 1)
        return frozenset[int]().union(*map(self._index.exactly, known)) & found if known else found

    def _stands(self, look: Look, start: int, end: int) -> bool:
        """Whether what is around it lets the stretch be a word of its own."""
        look.rests = look.rests or look.message.has_invisible
        span = look.message.folded[start:end].replace(INVISIBLE, "")
        whole = look.message.visible_word(start, end)
        if whole is not None and whole != span:
            return not (is_known(whole) or len(self._index.exactly(whole)) > 0)
        if span.isdecimal() and len(span) > 1:
            look.rests = True
            return not look.message.is_in_a_sum(start)
        if _SPACE.search(span) and _SCATTERED.fullmatch(span):
            look.rests = True
            if _FRACTION.match(look.message.folded, max(0, start - 2)):
                return False  # «3,6 л, я подожду»
            row, inside = look.message.row(start, end), len(_LETTER.findall(span))
            return len(row) == inside or inside >= _SURELY_SCATTERED or not is_known(row)
        return True

    def _as_acronym(self, span: str) -> str:
        """«vin», «led»: weak where the message has it in capitals among small letters."""
        short = len(span) <= _ACRONYM and span.isascii() and span.isalpha()
        return span if short and not self._index.exactly(span) else ""


def _is_a_short_name(shown: str) -> bool:
    """«(EQC», «#EQA», «*ML»: a bracket or a mark before a model's name is none of its letters."""
    name = shown.strip(_MARKS)
    return name != shown and len(name) <= _ACRONYM and name.isascii() and name.isalpha()


def _spelled_out(latin: str) -> list[str]:
    """The words of the dictionary that Latin letters spell; a «w» is two letters, and tells of none."""
    return [] if "w" in latin else [word for word in spelled_in_russian(latin) if is_known(word)]
