"""The readable form of a question, whatever the keyboard did to it.

Knows the order in which it is made: other letters (`other_letters.py`), words stuck together (`stuck.py`),
what was said aloud (`dictated.py`), words cut short, names with a slip of the hand (`slips.py`). Refuses to
know what a question means, and leaves every word that Russian or the salon's names have as it stands.
Raises nothing for any `str`.
"""

from __future__ import annotations

import re
from functools import cached_property

from assistants.showroom.language.clipped import ClippedNames
from assistants.showroom.language.clipped_ends import with_ends
from assistants.showroom.language.dictated import Dictated
from assistants.showroom.language.indices import numbers_known
from assistants.showroom.language.lexicon import Lexicon
from assistants.showroom.language.models_of_makes import with_models_of_makes
from assistants.showroom.language.naming import atoms
from assistants.showroom.language.number_slips import with_number_words
from assistants.showroom.language.other_letters import OtherLetters
from assistants.showroom.language.phrases import COLLOQUIAL
from assistants.showroom.language.restatements import without_restatements
from assistants.showroom.language.salon_words import SalonWords
from assistants.showroom.language.slips import Slips
from assistants.showroom.language.stuck import Stuck
from assistants.showroom.language.vins import number_spans
from core.knowledge import Knowledge
from core.russian import may_be_genitive, normalise

_WORD = re.compile(r"[^\W\d_]+")
_OPENING_A = re.compile(r"\W*a(?=\s)", re.IGNORECASE)
# «P.S.» names no S-class, and so does the letter behind an English apostrophe.
_NO_NAME = re.compile(r"\b(?:p\s?\.\s?)+s\b\.?|(?<=[a-z])['’]s\b", re.IGNORECASE)
# «В-класс» in capitals may look like B; a small «в» sounds like V alone («в-классы», but «в классе»).
_V_CLASS = re.compile(r"\bв(?=[- ]?класс\b|-класс)")
_BY_EAR = re.compile(r"\bбес(\s+([а-яё]+))", re.IGNORECASE)
# «180й» is the 180-й, and no «180 й».
_ENDED_NUMBER = re.compile(r"(?<!\d)(\d{3})(ая|ый|ых|ую|ой|ого|ому|го|му|й|я|ю)(?!\w)", re.IGNORECASE)
# «EQS 450 плюс есть?» is the 450+; what is added stands behind «плюс».
_PLUS = re.compile(
    r"(\beq[a-z] ?\d{3}) плюс"
    r"(?=\W*(?:$|[,;?!.]|есть|у вас|в наличии|сколько|почем|цена|како[йе]|имеется|бел|ч[её]рн|сер))",
    re.IGNORECASE,
)


class Spelling:
    """The spellings of one salon: made once for a vocabulary, a stock and a knowledge document."""

    def __init__(self, lexicon: Lexicon, knowledge: Knowledge | None) -> None:
        self._lexicon, self._salon = lexicon, SalonWords(lexicon, knowledge)
        self._slips = Slips(self._salon)
        self._letters, self._stuck = OtherLetters(self._salon, self._slips), Stuck(self._salon)

    def readable(self, text: str) -> str:
        """The question as a Russian keyboard would have written it; itself where nothing is amiss. The number
        of a car is no word.
        """
        pieces, at = [], 0
        for start, end in number_spans(text):
            pieces += [self._readable(text[at:start]), text[start:end]]
            at = end
        return "".join((*pieces, self._readable(text[at:])))

    def _readable(self, text: str) -> str:
        for step in (
            _as_it_sounds, self._letters.in_one_script, self._stuck.apart, self._with_models,
            with_number_words, self._dictated.written,
            self._letters.in_russian, self._opened, _with_plus, _in_full, with_ends, self._clipped.written,
            self._slips.mended, without_restatements,
        ):  # fmt: skip
            text = step(text)
        return text

    def _opened(self, text: str) -> str:
        """«A GLS?», «a c 180 est'?»: before another class no A-class is named, but «а» is written."""
        match = _OPENING_A.match(text)
        behind = atoms(text[match.end() :]) if match is not None else []
        named = any(each.start == 0 for each in self._lexicon.names["class"].find(behind))
        return f"{text[: match.end() - 1]}а{text[match.end() :]}" if match is not None and named else text

    def _with_models(self, text: str) -> str:
        return with_models_of_makes(text, self._lexicon)

    @cached_property
    def _dictated(self) -> Dictated:
        return Dictated(self._salon.short_names, numbers_known(self._lexicon))

    @cached_property
    def _clipped(self) -> ClippedNames:
        return ClippedNames(self._lexicon)


def _as_it_sounds(text: str) -> str:
    return _ENDED_NUMBER.sub(r"\1-\2", _V_CLASS.sub("V", _NO_NAME.sub("", text)))


def _with_plus(text: str) -> str:
    return _PLUS.sub(r"\1+", text)


def _in_full(text: str) -> str:
    """«скока», «щас» and «бес пробега» as the dictionary has them."""
    text = _BY_EAR.sub(
        lambda match: f"без{match[1]}" if may_be_genitive(normalise(match[2])) else match[0], text
    )
    return _WORD.sub(lambda match: COLLOQUIAL.get(normalise(match.group()), match.group()), text)
