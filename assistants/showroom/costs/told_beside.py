"""What is told beside a question on a price: «лодку таскать, гелик с фаркопом», «жена без неё не хочет».

Knows by commas and by grammar which words stand apart from the car and its options. Refuses to know both: it
is given where they are named.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from assistants.showroom.language.naming import Atom
from assistants.showroom.language.phrases import PRICE_WORDS, SERVICES
from assistants.showroom.language.second_reading import clauses
from core.russian import grammemes, is_known, lemma, part_of_speech, words

_SENTENCE = re.compile(r"[^.!?…]+[.!?…]*")


def told_beside(text: str, row: Sequence[Atom], named: Collection[int]) -> frozenset[str]:
    """The words of clauses, and of stories without a comma, that name none of the places."""
    apart = [
        word
        for start, end in clauses(text)
        if not any(start <= row[place].start < end for place in named)
        for word in words(text[start:end])
    ]
    said = (*apart, *_behind_a_person(row, named), *_told_before(text, row, named))
    return frozenset(word for word in said if lemma(word) not in SERVICES)


def _told_before(text: str, row: Sequence[Atom], named: Collection[int]) -> list[str]:
    """The sentences that ask nothing, where one asks of what is named: «Дочке на выпускной присмотрели B 200.
    Какая цена вместе с крышей?»
    """
    each = list(_SENTENCE.finditer(text))
    asked = [match for match in each if "?" in match.group()]
    if not any(match.start() <= row[place].start < match.end() for match in asked for place in named):
        return []
    return [word for match in each if match not in asked for word in words(match.group())]


def _behind_a_person(row: Sequence[Atom], named: Collection[int]) -> list[str]:
    """From who does something behind the last thing named: «с панорамной крышей жена без неё не хочет»."""
    last = max(named, default=len(row))
    for place in range(last + 1, len(row)):
        if _is_a_person(row[place].text) and any(_is_done(atom.text) for atom in row[place + 1 :]):
            return [atom.text for atom in row[place:]]
    return []


def _is_a_person(word: str) -> bool:
    tags = grammemes(word)
    return word in ("я", "мы", "он", "она", "они") or (is_known(word) and {"anim", "nomn"} <= tags)


def _is_done(word: str) -> bool:
    return part_of_speech(word) == "VERB" and lemma(word) not in PRICE_WORDS
