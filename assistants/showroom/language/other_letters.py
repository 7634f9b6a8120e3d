"""Russian in other letters: of two alphabets («Cколько»), of the other layout («rjgt»), by sound («skolko»).

Knows when most of a text becomes Russian so, and leaves Latin names alone. Refuses to know which words there
are and which name is near to one: it asks `salon_words.py` and `slips.py`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import islice

from assistants.showroom.language.dictated import edited
from assistants.showroom.language.naming import atoms
from assistants.showroom.language.salon_words import LONGEST_WORD, READINGS, RUSSIAN, SalonWords
from assistants.showroom.language.slips import Slips
from core.disguise import spelled_in_russian
from core.keyboard import typed_in_russian
from core.russian import is_known, normalise, readings_of

_WORD = re.compile(r"[^\W\d_]+")
_WITH, _BEHIND = frozenset("sc"), re.compile(r"\s+([a-z'`]{3,})", re.IGNORECASE)
_LATIN, _CYRILLIC = re.compile("[a-z]", re.IGNORECASE), re.compile("[а-яё]", re.IGNORECASE)
_SOUNDED = re.compile(r"[a-z]+(?:['`][a-z]+)*'?", re.IGNORECASE)
_TYPED = re.compile(r"[a-z\[\]{};:'\",.<>`~]+", re.IGNORECASE)
_SIGNS = ".,;:'\""
_NUMBER_BEFORE = re.compile(r"(?<!\d)\d{2,3}\s?$")
_NAME_AFTER = re.compile(r"\s?\d{2,3}\b|[\s-][ck]las")

_LOOK_CYRILLIC = str.maketrans("abcehkmoptxyABCEHKMOPTXY", "авсенкмортхуАВСЕНКМОРТХУ")
_LOOK_LATIN = str.maketrans("авсенкмортхуАВСЕНКМОРТХУ", "abcehkmoptxyABCEHKMOPTXY")
_UNDONE_IN = 32


class OtherLetters:
    def __init__(self, salon: SalonWords, slips: Slips) -> None:
        self._salon, self._slips = salon, slips

    def in_one_script(self, text: str) -> str:
        """Each word of two alphabets in the one in which it is a word."""
        return _WORD.sub(lambda match: self._folded(match.group()), text)

    def _folded(self, word: str) -> str:
        if len(word) > LONGEST_WORD or not (_LATIN.search(word) and _CYRILLIC.search(word)):
            return word
        russian, latin = word.translate(_LOOK_CYRILLIC), word.translate(_LOOK_LATIN)
        if not _LATIN.search(russian) and self._salon.is_word(normalise(russian)):
            return russian
        return latin if latin.isascii() and self._salon.names_it(latin.lower()) else word

    def in_russian(self, text: str) -> str:
        """Where most words are Latin, no names, and the other layout or the sound makes Russian of them."""
        latin = [word.lower() for word in _SOUNDED.findall(text)]
        if not latin or len(latin) > _UNDONE_IN:
            return text
        row = atoms(text)
        kept = {
            row[place].text
            for index in self._salon.lexicon.names.values()
            for mention in index.find(row)
            for place in range(mention.start, mention.end)
            if len(row[place].text) > 1
        }
        stock, usual = self._salon.stock_atoms, self._salon.usual
        kept |= {word for word in latin if len(word) > 1 and (word in stock or word in usual)}
        strange = [word for word in latin if len(word) > 1 and word not in kept]
        if len(strange) <= sum(1 for match in _WORD.finditer(text) if _CYRILLIC.search(match.group())):
            return edited(text, self._mistyped(text, kept))
        layout = self._undone(text, _TYPED, self._by_layout, kept)
        sound = self._undone(text, _SOUNDED, self._by_sound, kept)
        share, edits = max(layout, sound, key=lambda made: made[0])
        return edited(text, edits) if share > 2 / 3 else text

    def _mistyped(self, text: str, kept: set[str]) -> Iterator[tuple[int, int, str]]:
        """Latin words side by side in a Russian question, all of which the other layout makes Russian."""
        run: list[tuple[int, int, str]] = []
        telling = False
        for match in _TYPED.finditer(text):
            chunk, bare = match.group(), match.group().strip(_SIGNS).lower()
            if not any(sign.isalpha() for sign in bare):
                continue
            if run and text[run[-1][1] : match.start()].strip():
                yield from run if telling else ()
                run, telling = [], False
            word = self._by_layout(chunk) if bare not in kept and len(chunk) <= LONGEST_WORD else None
            if word is None:
                yield from run if telling else ()
                run, telling = [], False
                continue
            run.append((*match.span(), word))
            plain = word.strip(_SIGNS)
            telling |= len(plain) > 3 or (len(plain) > 2 and self._salon.names_it(plain))
        yield from run if telling else ()

    def _undone(
        self, text: str, pattern: re.Pattern[str], read: Callable[[str], str | None], kept: set[str]
    ) -> tuple[float, list[tuple[int, int, str]]]:
        """The share of words of two letters or more that become readable, and what is to be changed.

        English has words that sound like some Russian one, so a word that nobody asks about here counts half.
        """
        edits, asked, made, told = [], 0, 0.0, False
        for match in pattern.finditer(text):
            chunk, bare = match.group(), match.group().strip(_SIGNS).lower()
            if not bare or bare in kept or len(chunk) > LONGEST_WORD:
                continue
            if len(bare) == 1 and _is_lone_sign(match, text):
                if bare in _WITH and read == self._by_sound and self._is_governed(text, match.end()):
                    edits.append((*match.span(), "с"))
                continue
            word = read(chunk)
            asked += len(bare) > 1
            if word is not None:
                edits.append((*match.span(), word))
                usual = self._is_asked(word) or (read == self._by_layout and len(word) > 3)
                made += (1.0 if usual else 0.5) if len(bare) > 1 else 0.0
                told |= len(bare) > 2
        return made / max(1, asked) if told else 0.0, edits

    def _is_asked(self, word: str) -> bool:
        return word in self._salon.usual or self._salon.names_it(word)

    def _is_governed(self, text: str, end: int) -> bool:
        """«GLB 250 s panoramoi»: whether a word behind stands in the case that «с» asks for."""
        behind = _BEHIND.match(text, end)
        word = self._by_sound(behind[1]) if behind is not None else None
        return word is not None and any("ablt" in reading.grammemes for reading in readings_of(word))

    def _by_layout(self, chunk: str) -> str | None:
        for body in dict.fromkeys((chunk, chunk.rstrip(_SIGNS), chunk.strip(_SIGNS))):
            word = typed_in_russian(body)
            if body and RUSSIAN.fullmatch(word) and self._salon.is_word(word):
                return chunk.replace(body, word, 1)
        return None

    def _by_sound(self, chunk: str) -> str | None:
        word = chunk.lower()
        heard = self._salon.used_by_sound(word)
        options = [*islice(spelled_in_russian(word), READINGS)]
        known = heard or next((spelled for spelled in options if is_known(spelled)), None)
        return known or next(
            filter(None, map(self._slips.nearest, (each for each in options if len(each) > 5))), None
        )


def _is_lone_sign(match: re.Match[str], text: str) -> bool:
    """«350 d», «c 180», «в классе G»: a letter that belongs to a name."""
    return bool(
        _NUMBER_BEFORE.search(text, 0, match.start())
        or _NAME_AFTER.match(text, match.end())
        or (match.group().isupper() and not text.isupper() and text[: match.start()].strip())
    )
