"""What stands beside a question and asks for nothing: «муж не одобрит», «на ларгусе уже несерьёзно».

Knows by grammar which clauses set no criterion. It is for a question that could not be answered with
them: what is left out of it so is told. Refuses to know the stock: it is given where its names stand.
"""

from __future__ import annotations

import re

from assistants.showroom.language import phrases
from assistants.showroom.language.tellings import asks
from assistants.showroom.language.unheld_things import OF_THE_STOCK, is_strange
from core.quantities import quantities
from core.russian import grammemes, lemma, part_of_speech, words

# What restricts, joins on or points, whatever stands behind it.
_SETS = frozenset(
    {"чтобы", "чтоб", "только", "лишь", "кроме", "без", "или", "либо", "если", "главное", "желательно",
     "обязательно", "строго", "исключительно", "также", "плюс", "минус"}
)  # fmt: skip
_POINTS = frozenset({"такой", "этот", "тот", "другой", "иной", "который", "остальной", "весь", "любой"})
# Who denies one of these denies what he names with it.
_OFFERED = frozenset(
    {"хотеть", "хотеться", "любить", "нравиться", "предлагать", "предложить", "показывать", "показать",
     "рассматривать", "рассмотреть", "интересовать", "брать", "взять", "покупать", "купить", "терпеть",
     "выносить", "нужно", "надо", "нужный", "подходить", "подойти", "устраивать", "устроить", "годиться"}
)  # fmt: skip
_DENIES = frozenset({"не", "ни", "нет"})
_OWN = frozenset({"мой", "наш", "свой"})
_LOOSE = ("CONJ", "PRCL", "ADVB", "INTJ")
_HAD = re.compile(r"\b(?:на|с|со|из|от|после|до|потом|раньше|сейчас|пока|было?|была|были)\b")
_A_SUM = 100
# «Таких у таксистов полно»: of what there is many elsewhere nothing is asked.
_MANY_ELSEWHERE = re.compile(
    r"\W*(?:и |а )?(?:таки(?:х|е)|этих|их) (?:\w+ ){0,4}?(?:полно|навалом|пруд пруди|завались|хватает"
    r"|куча|тьма|как грязи|через одного)\W*|\W*(?:полно|навалом|пруд пруди) (?:таких|их)(?: \w+){0,3}\W*"
)
_OF_NO_USE = re.compile(rf"\b{phrases.OF_NO_USE}\b")
_OF_ITS_PAST = phrases.NEW | phrases.USED | phrases.FRESH | phrases.OLD | phrases.MILEAGE | phrases.YEAR
_WHOSE = frozenset({"ему", "ей", "им", "мне", "нам", "машине"})


def is_by_the_way(clause: str, *, names_a_criterion: bool, names_a_stranger: bool) -> bool:
    """Whether a clause may be left out, and told: it asks, points, compares and bounds nothing.

    `names_a_criterion`: a word of the stock stands in it; `names_a_stranger`: a car that nobody sells here.
    """
    said = words(clause)
    if not said or names_a_criterion or "?" in clause or _SETS & {*said} or _bounds(clause, names_a_stranger):
        return False
    if _MANY_ELSEWHERE.fullmatch(clause):
        return True
    if _OF_NO_USE.search(clause):  # «большая машина ни к чему»; «новая ни к чему» would be a criterion
        return not any(lemma(word) in _OF_ITS_PAST for word in said)
    if any(part_of_speech(word) == "COMP" or lemma(word) in _POINTS for word in said):
        return False
    if _DENIES & {*said}:
        return all(_denies_no_car(said, at) for at, word in enumerate(said) if word in _DENIES)
    return not asks(clause) and _only_tells(clause, said, names_a_stranger=names_a_stranger)


def _only_tells(clause: str, said: list[str], *, names_a_stranger: bool) -> bool:
    """It has a predicate or an age, or joins on alone; a stranger in it is one that was had before."""
    if names_a_stranger:
        return _HAD.search(clause) is not None
    parts = [part_of_speech(word) for word in said]
    aged = any(number.unit == "year" for number in quantities(clause)) and bool(_WHOSE & {*said})
    against = _is_against(said)
    return "LATN" not in parts and (
        aged or against or "VERB" in parts or all(part in _LOOSE for part in parts)
    )


def _is_against(said: list[str]) -> bool:
    """«Мама против проводов»: somebody is, and of no car."""
    if "против" not in said[1:-1]:
        return False
    at = said.index("против")
    return "anim" in grammemes(said[at - 1]) and all(map(is_strange, said[at + 1 :]))


def _bounds(clause: str, names_a_stranger: bool) -> bool:
    """Whether a number may be one of a car that is wanted."""
    return any(
        number.scaled
        or number.unit in ("rub", "km", "percent")
        or (number.value >= _A_SUM and not names_a_stranger)
        for number in quantities(clause)
    )


def _denies_no_car(said: list[str], at: int) -> bool:
    """«Не смейтесь», «не мой уровень», «кредит не хочу»; not «высокие машины не люблю», «не такой»."""
    if said[at] == "ни" and "не" in said[at + 1 :]:
        return True  # «ни разу не подвела» is one denial
    denied, others = (said[at + 1 :] or [""])[0], [*said[:at], *said[at + 2 :]]
    nouns = [word for word in others if part_of_speech(word) == "NOUN"]
    if lemma(denied) in _OWN:
        return bool(nouns) and all(map(is_strange, nouns))
    limited = any(part_of_speech(word) in ("ADJF", "PRTF") or lemma(word) in OF_THE_STOCK for word in others)
    if limited or part_of_speech(denied) not in ("VERB", "INFN"):
        return False
    of_no_car = bool(nouns) and all(lemma(word) in phrases.SERVICES or is_strange(word) for word in nouns)
    return of_no_car or lemma(denied) not in _OFFERED
