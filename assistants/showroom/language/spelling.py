"""The readable form of a question, whatever the keyboard did to it.

Knows words of two alphabets («Cколько»), the other keyboard layout («rjgt»), transliteration («skolko»),
letters and numbers said aloud (`dictated.py`) and names with a slip of the hand («гелендвагин»). Refuses to
know what a question means, and leaves every word that Russian or the salon's names have as it stands.
Raises nothing for any `str`; a long message is looked up in part, so that it costs what a short one does.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from functools import cached_property
from itertools import islice

from assistants.showroom.language.clipped import ClippedColours
from assistants.showroom.language.clipped_ends import with_ends
from assistants.showroom.language.closing_letters import closing_letter
from assistants.showroom.language.dictated import Dictated, edited
from assistants.showroom.language.indices import numbers_known
from assistants.showroom.language.lexicon import Lexicon
from assistants.showroom.language.naming import atoms, spellings, within
from assistants.showroom.language.phrases import COLLOQUIAL, FILLER, MISSPELLED
from assistants.showroom.language.sounding import Sounding, as_taught
from core.disguise import skeleton, skeletons_of_latin, spelled_in_russian
from core.keyboard import typed_in_latin, typed_in_russian
from core.knowledge import Knowledge
from core.russian import inflections, is_known, normalise, part_of_speech, words

_WORD = re.compile(r"[^\W\d_]+")
_LATIN, _CYRILLIC = re.compile("[a-z]", re.IGNORECASE), re.compile("[а-яё]", re.IGNORECASE)
_RUSSIAN = re.compile("[а-яё]+")
_SOUNDED = re.compile(r"[a-z]+(?:['`][a-z]+)*'?", re.IGNORECASE)
_TYPED = re.compile(r"[a-z\[\]{};:'\",.<>`~]+", re.IGNORECASE)
_SIGNS = ".,;:'\""
_NUMBER_BEFORE = re.compile(r"\b\d{2,3}\s?$")
_NAME_AFTER = re.compile(r"\s?\d{2,3}\b|[\s-][ck]las")

_LOOK_CYRILLIC = str.maketrans("abcehkmoptxyABCEHKMOPTXY", "авсенкмортхуАВСЕНКМОРТХУ")
_LOOK_LATIN = str.maketrans("авсенкмортхуАВСЕНКМОРТХУ", "abcehkmoptxyABCEHKMOPTXY")

_LONGEST_WORD, _LOOKED_UP, _UNDONE_IN, _READINGS = 24, 16, 32, 24
_FUZZY, _TWO_SLIPS, _EDGE = 6, 9, 3

# Words of these kinds are ordinary ones, with ordinary neighbours: «двухцветный» is no «двухдверный».
_PLAIN_KINDS = frozenset({"body", "color", "fuel", "feature", "word"})


class Spelling:
    """The spellings of one salon: made once for a vocabulary, a stock and a knowledge document."""

    def __init__(self, lexicon: Lexicon, knowledge: Knowledge | None) -> None:
        self._lexicon, self._knowledge = lexicon, knowledge

    def readable(self, text: str) -> str:
        """The question as a Russian keyboard would have written it; itself where nothing is amiss."""
        for step in (
            self._in_one_script, self._dictated.written, self._in_russian, _in_full,
            with_ends, self._clipped_colours.written, self._with_names,
        ):  # fmt: skip
            text = step(text)
        return text

    def _in_one_script(self, text: str) -> str:
        return _WORD.sub(lambda match: self._folded(match.group()), text)

    def _folded(self, word: str) -> str:
        if len(word) > _LONGEST_WORD or not (_LATIN.search(word) and _CYRILLIC.search(word)):
            return word
        russian, latin = word.translate(_LOOK_CYRILLIC), word.translate(_LOOK_LATIN)
        if not _LATIN.search(russian) and self._is_word(normalise(russian)):
            return russian
        return latin if latin.isascii() and self._names_it(latin.lower()) else word

    def _in_russian(self, text: str) -> str:
        """Where most words are Latin, no names, and the other layout or the sound makes Russian of them."""
        latin = [word.lower() for word in _SOUNDED.findall(text)]
        if not latin or len(latin) > _UNDONE_IN:
            return text
        row = atoms(text)
        kept = {
            row[place].text
            for index in self._lexicon.names.values()
            for mention in index.find(row)
            for place in range(mention.start, mention.end)
            if len(row[place].text) > 1
        }
        kept |= {word for word in latin if len(word) > 1 and word in self._stock_atoms | self._usual}
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
            word = self._by_layout(chunk) if bare not in kept and len(chunk) <= _LONGEST_WORD else None
            if word is None:
                yield from run if telling else ()
                run, telling = [], False
                continue
            run.append((*match.span(), word))
            plain = word.strip(_SIGNS)
            telling |= len(plain) > 3 or (len(plain) > 2 and self._names_it(plain))
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
            if (
                not bare
                or bare in kept
                or len(chunk) > _LONGEST_WORD
                or (len(bare) == 1 and _is_lone_sign(match, text))
            ):
                continue
            word = read(chunk)
            asked += len(bare) > 1
            if word is not None:
                edits.append((*match.span(), word))
                usual = word in self._usual or (read == self._by_layout and len(word) > 3)
                made += (1.0 if usual else 0.5) if len(bare) > 1 else 0.0
                told |= len(bare) > 2
        return made / max(1, asked) if told else 0.0, edits

    def _by_layout(self, chunk: str) -> str | None:
        for body in dict.fromkeys((chunk, chunk.rstrip(_SIGNS), chunk.strip(_SIGNS))):
            word = typed_in_russian(body)
            if body and _RUSSIAN.fullmatch(word) and self._is_word(word):
                return chunk.replace(body, word, 1)
        return None

    def _by_sound(self, chunk: str) -> str | None:
        word = chunk.lower()
        bones = islice(skeletons_of_latin(word), _READINGS)
        heard = next((self._heard[bone] for bone in bones if bone in self._heard), None)
        options = [*islice(spelled_in_russian(word), _READINGS)]
        known = heard or next((spelled for spelled in options if is_known(spelled)), None)
        return known or next(
            filter(None, map(self._nearest, (each for each in options if len(each) > 5))), None
        )

    def _with_names(self, text: str) -> str:
        """Names with a slip of the hand, in the other layout, or Russian names in Latin letters."""
        edits, before, end, looked_up = [], "", 0, 0
        for match in _WORD.finditer(text):
            word = normalise(match.group())
            if 2 < len(word) <= _LONGEST_WORD and not is_known(word) and looked_up < _LOOKED_UP:
                looked_up += 1
                name = self._name_of(word, before if match.start() - end <= 1 else "")
                if name is not None and name != word:
                    edits.append((*match.span(), name))
                    if typed_in_latin(word) == name.lower():
                        edits += closing_letter(text, match.end())
            before, end = word, match.end()
        return edited(text, edits)

    def _name_of(self, word: str, before: str) -> str | None:
        seconds = self._seconds.get(before, frozenset())
        if word in seconds:
            return None
        spelled = as_taught(word)
        if spelled != word and self._names_it(spelled):
            return spelled
        second = next((name for name in sorted(seconds) if within(word, name, 1)), None)
        if second is not None or self._names_it(word):
            return second
        latin = word if word.isascii() else typed_in_latin(word)
        if latin != word and latin in self._short_names:
            return latin.upper()
        bones = islice(skeletons_of_latin(latin), _READINGS) if len(latin) > 3 and latin.isalpha() else ()
        name = next((self._name_bones[bone] for bone in bones if bone in self._name_bones), None)
        name = name or self._sounding.written(spelled)
        return name or (self._nearest(word) if len(word) >= _FUZZY else None)

    def _nearest(self, word: str) -> str | None:
        """The name that differs by a slip, or two in a long one; None where different things are as near."""
        near = {*self._by_edge.get("<" + word[:_EDGE], ()), *self._by_edge.get(">" + word[-_EDGE:], ())}
        for slips in (1, 2) if len(word) >= _TWO_SLIPS else (1,):
            if slips > 1:
                near = {name for name in near if not _PLAIN_KINDS & {kind for kind, _ in self._forms[name]}}
            names = [name for name in near if within(word, name, slips) and not _undoes(word, name)]
            if names:
                same = frozenset.intersection(*(frozenset(self._forms[name]) for name in names))
                return min(names, key=lambda name: (len(name), name)) if same else None
        return None

    def _is_word(self, word: str) -> bool:
        return is_known(word) or self._names_it(word) or word in self._usual

    def _names_it(self, word: str) -> bool:
        return word in self._stock_atoms or any(index.knows(word) for index in self._lexicon.names.values())

    @cached_property
    def _stock_atoms(self) -> frozenset[str]:
        return frozenset(atom for row in self._lexicon.models.values() for atom in row if atom.isalpha())

    @cached_property
    def _short_names(self) -> frozenset[str]:
        """Latin names that letters may spell, and their Cyrillic look-alikes."""
        names = {atom for atom in self._stock_atoms if 1 < len(atom) <= 5}
        for index in self._lexicon.names.values():
            names |= {row[0] for row, _ in index.names() if len(row) == 1 and 2 < len(row[0]) <= 5}
        for index in (self._lexicon.names["class"], self._lexicon.names["hint"]):
            names |= {
                atom for row, _ in index.names() for atom in row if atom.isalpha() and len(atom) in (2, 3)
            }
        return frozenset(form for name in names if name.isascii() for form in spellings(name))

    @cached_property
    def _dictated(self) -> Dictated:
        return Dictated(self._short_names, numbers_known(self._lexicon))

    @cached_property
    def _clipped_colours(self) -> ClippedColours:
        return ClippedColours(self._lexicon)

    @cached_property
    def _sounding(self) -> Sounding:
        plain = (row for kind in _PLAIN_KINDS - {"word"} for row, _ in self._lexicon.names[kind].names())
        spelled = (form for row in plain if len(row) == 1 for form in spellings(row[0]))
        used = [*self._used(), *spelled, *(form for word in MISSPELLED for form in inflections(word))]
        designating = [names for kind, names in self._lexicon.names.items() if kind not in _PLAIN_KINDS]
        return Sounding(
            (
                word for word in used
                if _RUSSIAN.fullmatch(word) and not any(names.knows(word) for names in designating)
            ),
            COLLOQUIAL,
        )  # fmt: skip

    @cached_property
    def _forms(self) -> dict[str, set[tuple[str, str]]]:
        """Every spelling of every longer atom of a name -> what it names."""
        forms: dict[str, set[tuple[str, str]]] = defaultdict(set)
        for index in self._lexicon.names.values():
            for row, terms in index.names():
                for form in (form for atom in row for form in spellings(atom) if len(form) >= _FUZZY):
                    forms[form].update((term.kind, term.id) for term in terms)
        for atom in self._stock_atoms:
            if len(atom) >= _FUZZY:
                forms[atom].add(("model", atom))
        for word in MISSPELLED:
            for form in (form for form in inflections(word) if len(form) >= _FUZZY):
                forms[form].add(("word", word))
        return forms

    @cached_property
    def _by_edge(self) -> dict[str, list[str]]:
        """Spellings by their first and by their last letters: a slip leaves one of the two whole."""
        edges: dict[str, list[str]] = defaultdict(list)
        for form in self._forms:
            edges["<" + form[:_EDGE]].append(form)
            edges[">" + form[-_EDGE:]].append(form)
        return edges

    @cached_property
    def _seconds(self) -> dict[str, frozenset[str]]:
        """First words of names of two («G-Wagen») -> their long second words."""
        seconds: dict[str, set[str]] = defaultdict(set)
        for index in self._lexicon.names.values():
            for row, _ in index.names():
                if len(row) == 2 and len(row[0]) < 4 and len(row[1]) > 4:
                    for first in spellings(row[0]):
                        seconds[first] |= spellings(row[1])
        return {first: frozenset(names) for first, names in seconds.items()}

    @cached_property
    def _name_bones(self) -> dict[str, str]:
        """Bones of Russian names of one word."""
        return {
            skeleton(row[0]): row[0]
            for index in self._lexicon.names.values()
            for row, _ in index.names()
            if len(row) == 1 and len(row[0]) > 3 and _RUSSIAN.fullmatch(row[0])
        }

    @cached_property
    def _usual(self) -> frozenset[str]:
        return frozenset(self._used())

    @cached_property
    def _heard(self) -> dict[str, str]:
        """Bones of the words that are used here -> the word, what visitors ask before the rest."""
        return {skeleton(word): word for word in reversed([*self._used()]) if _RUSSIAN.fullmatch(word)}

    def _used(self) -> Iterator[str]:
        source = self._knowledge.source if self._knowledge is not None else None
        asked = [question for passage in source.passages for question in passage.questions] if source else []
        said = [phrase for talk in source.small_talk for phrase in talk.phrases] if source else []
        yield from ("есть", "сколько", "стоит", "цена", "какие")
        yield from (word for text in (*asked, *said) for word in words(text))
        yield from sorted(FILLER)
        yield from self._name_bones.values()


def _undoes(word: str, name: str) -> bool:
    """«Некатанный» is no slip of «накатанный»: what is not so is denied."""
    denies = word.startswith("не") and not name.startswith("не")
    return denies and part_of_speech(word) in ("ADJF", "ADJS", "PRTF", "PRTS")


def _in_full(text: str) -> str:
    """«скока» and «щас» as the dictionary has them."""
    return _WORD.sub(lambda match: COLLOQUIAL.get(normalise(match.group()), match.group()), text)


def _is_lone_sign(match: re.Match[str], text: str) -> bool:
    """«350 d», «c 180», «в классе G»: a letter that belongs to a name."""
    return bool(
        _NUMBER_BEFORE.search(text, 0, match.start())
        or _NAME_AFTER.match(text, match.end())
        or (match.group().isupper() and text[: match.start()].strip())
    )
