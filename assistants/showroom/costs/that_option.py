"""Whether a question means the option that was told last: «с этим пакетом», «итого с машиной?».

Knows the words that point at it. Refuses to know which cars it is for.
"""

from __future__ import annotations

import re

from assistants.showroom.language.reading import Reading
from core.russian import lemma, lemmas, words

_THAT_OPTION = re.compile(
    r"\b(?:эт(?:ой|им|а|у)|так(?:ой|им)|той|тем) (?:опци|пакет|доп)\w*|\bс н(?:ей|им)\b"
)
_WITH_THE_CAR = re.compile(
    r"\bс (?:самой |самим |этой |этим )?(?:машин\w+|автомобил\w+|авто|тачк\w+)\b"
    r"|\b(?:итого|вместе|всего)\b(?: \w+){0,3} (?:выйдет|выходит|будет|получ\w+|обойд\w+)"
    r"|^\W*(?:(?:а|и|ну)\W+)*(?:итого|вместе|в сумме)(?: сколько)?\W*$"
)
_WITH_THIS = re.compile(r"\bсо? (?:эт(?:им|ой|ими)|так(?:им|ой|ими)|т(?:ем|ой)) (\w+)")


def means_that_option(spelling: str, reading: Reading, option: str | None) -> bool:
    """`option` is the one that was told last."""
    if option is None:
        return False
    said = {form for match in _WITH_THIS.finditer(spelling) for form in lemmas(match[1])}
    if said & {lemma(word) for word in words(option)}:  # «с этим рядом» behind «Третий ряд сидений»
        return True
    together = _WITH_THE_CAR.search(spelling) and not reading.residue
    return bool(_THAT_OPTION.search(spelling) or (together and not reading.wish.narrows))
