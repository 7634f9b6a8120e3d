"""The car that somebody had, wanted again: «у нас был GLE, хотим снова его же, только дизельный».

Knows by which words one's own car is asked for again and puts its name there, so that it is asked for by
name. Refuses to know what is told of that car (`tellings.py`), and what is merely like it: «такой же
большой», «того же цвета».
"""

from __future__ import annotations

import re

from assistants.showroom.language.designations import read_designations
from assistants.showroom.language.lexicon import Lexicon
from assistants.showroom.language.mentions import is_stray
from assistants.showroom.language.naming import atoms
from core.quantities import quantities
from core.russian import normalise, part_of_speech

_SAME = re.compile(
    r"\b(?:(?:опять|снова|вновь|именно|точно|ровно|просто|еще раз)\s+)*"
    r"(?:(?:его|ее|их|такой|такую|такое|такие|такого|такая|тот|ту|то) же(?: само\w+| сам\w\w)?"
    r"|(?<=нова )(?:его|ее)|(?<=пять )(?:его|ее)|(?<=менно )(?:его|ее))\b"
)
# Whose it was, from the beginning of its sentence on.
_HAD = re.compile(
    r"\b(?:у (?!вас\b)\w+|был[аио]?|раньше|прежде|до этого|(?:отъ|про|по)?езд(?:ил\w*|им|ят?)|езжу"
    r"|откатал\w*|катал\w*"
    r"|катаюсь|мо[йяюе]|наш[аеу]?|владе\w+|продал\w*|держал\w*|(?:об|по)?меня(?:ю|ем|ть|л\w*))\b[^.!?]*$"
)
_WANTS = re.compile(
    r"\b(?:хо(?:чу|тим|чется|тел\w*)|взять|возьм\w+|купить|куп[лю]\w*|ищ(?:у|ем)|нуж(?:ен|на|но|ны)|надо"
    r"|присматрива\w+|рассматрива\w+|подбер\w+|подыщ\w+|покаж\w+|интересу\w+|реши\w+|думаю|планиру\w+|на)\b"
)
_REFUSES = re.compile(r"\b(?:не|ни|кроме|без|прода\w+|сда(?:ть|м|ю|ем|ли)|отда(?:ть|м|ю|ем|ли))\b")
# «Такой же большой», «такой же седан»: of which car that is said is open.
_LIKENED = ("ADJF", "ADJS", "NOUN", "PRTF", "NUMR", "NUMB")
_A_CAR = re.compile(r"\W*(?:машин|авто|модел|класс|тачк|мерс)\w*")
_BEHIND = re.compile(r"\s+(\w+)")


def with_name_again(question: str, lexicon: Lexicon) -> str:
    """The question with the name of one's own car where «его же» stands for it; else the question."""
    spelling = normalise(question)
    match = _SAME.search(spelling)
    if match is None or len(spelling) != len(question) or not _is_wanted(spelling, match, lexicon):
        return question
    row = atoms(spelling)
    named = {(name.start, name.end) for name in read_designations(row, list(quantities(spelling)), lexicon)}
    taken = {place for start, end in named for place in range(start, end)}
    named |= {
        (each.start, each.end) for each in lexicon.names["class"].find(row)
        if each.start not in taken and not is_stray(row, each)
    }  # fmt: skip
    spans = {(row[start].start, row[end - 1].end) for start, end in named}
    before = sorted(span for span in spans if span[1] <= match.start())
    names = {spelling[start:end] for start, end in before}
    if len(names) != 1 or not _HAD.search(spelling, 0, before[0][0]):
        return question
    return f"{question[: match.start()]}{question[slice(*before[0])]}{question[match.end() :]}"


def _is_wanted(spelling: str, match: re.Match[str], lexicon: Lexicon) -> bool:
    """Whether the words that point back are asked for by themselves, in their clause."""
    opening = max(spelling.rfind(sign, 0, match.start()) for sign in ".!?,;")
    clause = spelling[opening + 1 : match.start()]
    if not _WANTS.search(clause) or _REFUSES.search(clause) or "?" in spelling[: match.start()]:
        return False
    behind = _BEHIND.match(spelling, match.end())
    if behind is None or _A_CAR.match(behind[1]):
        return True
    coloured = any(mention.start == 0 for mention in lexicon.names["color"].find(atoms(behind[1])))
    return coloured or part_of_speech(behind[1]) not in _LIKENED
