"""Words stuck together: «глсдизельный», «glcdizel», «полныйпривод», «бмвх5», «3самых».

Knows that a word which is none falls apart into words of the salon, all of it, one of them a name. Refuses to
know slips: a piece with a letter too many is no piece, and what falls apart in two ways stays as it stands. A
long message is looked up in part.
"""

from __future__ import annotations

import re
from itertools import islice

from assistants.showroom.language.dictated import edited
from assistants.showroom.language.naming import atoms
from assistants.showroom.language.salon_words import LONGEST_WORD, READINGS, SalonWords
from core.disguise import spelled_in_russian
from core.number_words import spelled
from core.russian import is_known, lemma, normalise

_WORD = re.compile(r"[^\W\d_]+")
_COUNTED = re.compile(r"(?<![\w.,])\d{1,2}(?=([а-яё]{4,})\b)", re.IGNORECASE)
# Parts of compounds: «электропаркетник» and «велопарковка» are words of their own.
_COMBINING = re.compile(
    "электро|вело|пневм[оа]|авто|мото|турбо|фото|видео|аудио|спорт|гидро|термо|микро|мини|супер|аэро|кино"
    "|полно|задне|передне|одно|двух|трех"
)
_LEAST, _NAME, _USUAL = 4, 3, 4
_MOST_PIECES, _LONGEST_PIECE = 5, 16
_LOOKED_UP = 16
_BEFORE_DIGITS = frozenset({"до", "от", "за"})


class Stuck:
    def __init__(self, salon: SalonWords) -> None:
        self._salon = salon

    def apart(self, text: str) -> str:
        """The text with such words in their pieces; itself where there are none."""
        counted = (match for match in _COUNTED.finditer(text) if self._is_counted(match[0], match[1]))
        text = edited(text, [(match.end(), match.end(), " ") for match in counted])
        edits, looked_up = [], 0
        for match in _WORD.finditer(text):
            word = normalise(match.group())
            if not _LEAST <= len(word) <= LONGEST_WORD * 2 or len(word) != len(match.group()):
                continue
            if looked_up >= _LOOKED_UP or self._is_whole(word):
                continue
            looked_up += 1
            digits = text[match.end() : match.end() + 1].isdigit()
            pieces = self._pieces(word, opens=match.start() == 0, digits=digits)
            if pieces:
                edits.append((*match.span(), " ".join(pieces)))
        return edited(text, edits)

    def _is_counted(self, number: str, behind: str) -> bool:
        """«3самых», and no «4матик», which is a name."""
        word, row = normalise(behind), atoms(number + behind)
        named = (each.find_at(row, 0) for each in self._salon.lexicon.names.values())
        if any(end > 1 for found in named for end, _, _ in found):
            return False
        return self._salon.names_it(word) or (is_known(word) and lemma(word) in self._salon.usual)

    def _is_whole(self, word: str) -> bool:
        return self._salon.is_word(word) or (word.isascii() and self._salon.used_by_sound(word) is not None)

    def _pieces(self, word: str, *, opens: bool, digits: bool) -> tuple[str, ...]:
        """The fewest pieces that a word falls into; none where it does not, or does in two ways."""
        rows: list[list[tuple[str, ...]]] = [[] for _ in range(len(word) + 1)]
        rows[0] = [()]
        for end in range(1, len(word) + 1):
            for start in range(max(0, end - _LONGEST_PIECE), end):
                piece = word[start:end]
                letter = (len(piece) == 1 and (
                    (opens and start == 0 and piece == "а") or (digits and end == len(word) and start > 0)
                )) or (digits and end == len(word) and piece in _BEFORE_DIGITS)  # fmt: skip
                if rows[start] and (letter or self._is_piece(piece, opens=start == 0)):
                    rows[end] += [(*row, piece) for row in rows[start] if len(row) < _MOST_PIECES]
            rows[end] = sorted(rows[end], key=len)[:READINGS]
        found = [row for row in rows[-1] if len(row) > 1 and any(map(self._is_name, row))]
        fewest = [row for row in found if len(row) == len(found[0])]
        return fewest[0] if len(fewest) == 1 else ()

    def _is_name(self, piece: str) -> bool:
        return piece in self._salon.short_names or any(map(self._salon.names_it, self._read(piece)))

    def _is_piece(self, piece: str, *, opens: bool) -> bool:
        if len(piece) < _NAME or _COMBINING.fullmatch(piece):
            return False
        if piece in self._salon.short_names or piece in spelled():
            return True
        if len(piece) < _USUAL:
            return False
        read = self._read(piece)
        if any(each in self._salon.usual and (len(each) > _USUAL or is_known(each)) for each in read):
            return True
        if len(piece) > _USUAL:
            return any(map(self._salon.names_it, read))
        names = self._salon.lexicon.names
        kinds = names if opens else ("body", "color", "fuel")  # «открывашки» are no A-classes
        return any(names[kind].names_alone(each) for kind in kinds for each in read)

    def _read(self, piece: str) -> tuple[str, ...]:
        """A piece, and what Latin letters spell."""
        if not piece.isascii() or len(piece) < _USUAL:
            return (piece,)
        return (piece, *islice(spelled_in_russian(piece), READINGS))
