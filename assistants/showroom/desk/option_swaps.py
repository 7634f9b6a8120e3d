"""Which of the options that a question names are not wanted any more: «с панорамой вместо фаркопа», «фаркоп
замените на люк», «не проекция, а Burmester», «без фаркопа».

Knows the words that put something out or in another's place. Refuses to know options: it is given the words
of each.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence

from assistants.showroom.language.naming import Atom
from core.russian import is_service, part_of_speech

_PUTS_OUT = re.compile(
    r"вместо|взамен|заместо|минус|без|не|отмен\w+|откаж\w+|отказ\w+|выкин\w+|исключ\w+"
    r"|замен\w+|(?:по)?меня(?:й|ть|ем|ю|йте)|сменить|сменим|(?:убер|убра|убир)\w+"
)
_IS_OUT = re.compile(
    r"отмен\w+|выкин\w+|исключ\w+|отпада\w+|лишн\w+|(?:убер|убра|убир)\w+|минус$"
    r"|(?:замен\w+|(?:по)?меня(?:й|ть|ем|ю|йте)|сменить|сменим) на"
    r"|не (?:над|нуж|хоч|хот|бер|буд|интерес)\w+"
)
_AMIDST = frozenset(
    {
        "с", "со", "от", "опцию", "опции", "пакет", "пакета", "мне", "нам", "тогда", "уже", "лучше", "вот",
        "эту",
    }
)  # fmt: skip


def put_out(row: Sequence[Atom], called: Mapping[str, Collection[str]]) -> tuple[str, ...]:
    """The names of those that go; `called` are the words of the question that name each."""
    return tuple(name for name, said in called.items() if said and _goes(row, {*said}))


def _goes(row: Sequence[Atom], said: set[str]) -> bool:
    """Whether a word before the first of these words, or behind the last, says so."""
    places = [place for place, atom in enumerate(row) if atom.text in said]
    at = places[0] - 1
    while at >= 0 and (row[at].text in _AMIDST or part_of_speech(row[at].text) == "ADJF"):
        at -= 1
    if at >= 0 and _PUTS_OUT.fullmatch(row[at].text):
        return True
    behind = [atom.text for atom in row[places[-1] + 1 : places[-1] + 5]]
    while behind and (behind[0] in _AMIDST - {"с", "со"}) and not is_service(behind[0]):
        behind.pop(0)
    return bool(_IS_OUT.match(" ".join(behind)))
