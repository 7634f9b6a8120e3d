"""Words for the list that a dialogue began with: «из всего первого списка», «из показанных сначала».

Knows how Russian goes back behind a narrowing. Refuses to know which list that was.
"""

from __future__ import annotations

import re

from assistants.showroom.language.phrases import CAR_WORDS, GOES_BACK
from core.russian import lemma, may_be_genitive, normalise, part_of_speech

_LED = r"(?:\b(?:из|среди|в|во|по|от|с|со|к|ко|про|на)\s+)?"
_AMONG = r"\b(?:из|среди)\s+"
_ALL = r"\b(?:вс(?:его|ех|ему|ем|ю|ей|е)|весь|вся)\s+"
_LIST = r"(?:спис(?:ок|к\w+)|переч(?:ень|н\w+)|набор\w*|выборк\w+|подборк\w+)"
_FIRST = r"\b(?:перв|первоначальн|изначальн|исходн|начальн|полн|общ|прежн)\w+\s+"
_SHOWN = r"(?:показанн|перечисленн|названн|предложенн|представленн|озвученн|упомянут)\w+"
_AT_FIRST = r"(?:сначала|вначале|в (?:самом )?начале|первыми|изначально|поначалу|до этого|раньше)"
_WERE = r",? (?:что|котор\w+) (?:(?:вы|мне) )*(?:был\w?|показ\w+|назва\w+|называл\w+|перечисл\w+|предл\w+)"
_BACK = rf"(?:{GOES_BACK.pattern.removesuffix('(?P<all> всем)?')}\s+)?"
_WHOLE = re.compile(
    rf"{_BACK}{_LED}(?:{_ALL})?(?:сам\w+\s+)?(?:эт\w+\s+)?{_FIRST}{_LIST}"
    rf"|{_BACK}{_LED}{_ALL}(?:эт\w+\s+|ваш\w+\s+)?{_LIST}"
    rf"|{_AMONG}(?:вообще\s+)?{_ALL}(?:эт\w+\s+)?{_SHOWN}(?:\s+{_AT_FIRST})?"
    rf"|{_AMONG}{_AT_FIRST}\s+{_SHOWN}|{_AMONG}{_SHOWN}\s+{_AT_FIRST}"
    rf"|{_AMONG}{_ALL}(?:эт(?:их|ого)\b|т(?:ех|ого)\b)(?:{_WERE}(?:\s+{_AT_FIRST})?)?"
    rf"|{_AMONG}вс(?:его|ех){_WERE}(?:\s+{_AT_FIRST})?"
    rf"|{_AMONG}т(?:ого|ех){_WERE}\s+{_AT_FIRST}"
)


_BARE = re.compile(
    r"\W*(?:(?:а|и|ну|так|тогда|теперь|давайте?|покаж\w+|повтор\w+|выв\w+|назов\w+|пожалуйста|мне|нам|еще раз"
    r"|снова|опять|из них|все|что там|было|был)\b\W*)+"
)


def among_the_first(question: str) -> str | None:
    """The question as one of «из них», where it goes back to the first list; else None."""
    spelling = normalise(question)
    match = _WHOLE.search(spelling)
    if match is None:
        return None
    behind = re.match(r" (\w+)", spelling[match.end() :])
    of_something = behind is not None and part_of_speech(behind[1]) == "NOUN" and may_be_genitive(behind[1])
    if behind is not None and of_something and lemma(behind[1]) not in CAR_WORDS:
        return None  # «полный список опций»
    return f"{spelling[: match.start()]}из них{spelling[match.end() :]}"


def asks_nothing_more(question: str) -> bool:
    """«Вернёмся к первому списку», «покажите снова весь список»: the list itself is wanted."""
    return bool(_BARE.fullmatch(question))
