"""Denials that take no car away: «в одну машину уже не помещаемся», «если не сейчас, то когда».

Knows by grammar of whom a denied verb speaks and how far it reaches, also in dictated text without commas,
and the sayings that have a denial in them. Refuses to know cars: it is given where names of the stock stand.
What may deny one of them is left to be asked about.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistants.showroom.language import phrases
from assistants.showroom.language.requests import pieces_of, seeks_before
from assistants.showroom.language.spans import Span
from core.russian import grammemes, is_known, lemma, part_of_speech

_WORD = re.compile(r"[\w+]+")
_SAYINGS = re.compile(
    r"\bесли не (?:сейчас|теперь|сегодня|я|мы)\W+то (?:когда|кто)\b|\bни пуха ни пера\b|\b(?:больше )?ни-ни\b"
    r"|\bне до (?:жиру|шуток|смеха|хорошего)\b|\b(?:живем )?(?:один )?раз(?: живем)?\W+не два\b"
    r"|\bчем черт не шутит\b"
    r"|\bне кот наплакал\b|\bне в деньгах счастье\b|\bне откладыва\w+ же\b|\bни дать ни взять\b"
    r"|\bни (?:свет ни заря|рыба ни мясо|слуху ни духу|туда ни сюда)\b|\bне все коту масленица\b"
)
# Who denies one of these may deny a car with it, or says that it was not driven.
_OF_CARS = re.compile(
    r"хот|хоч|люб|нрав|предл|пока[жз]|рассм|смотр|интерес|бер[уе]|брать|взя|возьм|покуп|куп|терп|вынош|вынос|перевар|над[оа]"
    r"|нуж|под[хо]|устр|год|пойд|катит|призна|уважа|принима|воспри|доверя|жела|ищ|иска|подума|дума|стои|быва|бы[лт]"
    r"|буд|мо[гж]|име|прода|е[зх]|кат|бег|вод|экспл|участв|поверн|менял|бит|крас|дам|да[ею]|тян|потян|превы|выход|выйд|счит|включ|учит"
)
_ABOVE = frozenset({"больше", "дороже", "выше", "свыше"})
_LOOSE = ("ADVB", "PRCL", "NPRO", "CONJ", "PRED", "INTJ")


def idle_denials(spelling: str, things: Sequence[Span]) -> list[Span]:
    """The pieces of the text to be left out and told, each with its denial."""
    found = [match.span() for match in _SAYINGS.finditer(spelling)]
    for piece in pieces_of(spelling, things):
        row = list(_WORD.finditer(spelling, *piece))
        inside = [span for span in things if piece[0] <= span[0] < piece[1]]
        for place, word in enumerate(row[:-1]):
            if word[0] == "не" and _is_idle(spelling, row, place, inside):
                found.append((row[_begins(row, place, inside)].start(), row[place + 1].end()))
    return sorted(found)


def _is_idle(spelling: str, row: Sequence[re.Match[str]], place: int, things: Sequence[Span]) -> bool:
    verb = row[place + 1][0]
    tags = grammemes(verb)
    if (
        part_of_speech(verb) not in ("VERB", "GRND")
        or not is_known(verb)
        or "impr" in tags
        or _OF_CARS.match(lemma(verb))
    ):
        return False
    if _bounds(row, place):
        return False
    if _OF_CARS.match(verb) or any(start > row[place].start() for start, _ in things):
        return False  # «не воспринимаю я белые»
    before = [span for span in things if not seeks_before(spelling, span)]
    if not before:
        return True
    own = row[:place][-3:]
    nearest = max(end for _, end in before)
    nouns = [word for word in own if word.start() >= nearest and part_of_speech(word[0]) == "NOUN"]
    reflexive = verb.endswith(("ся", "сь")) and "1per" in tags
    return bool(nouns) or reflexive


def _bounds(row: Sequence[re.Match[str]], place: int) -> bool:
    """«Больше мы никак не наскребли» bounds a sum: left out without its comparative it would turn round."""
    at = place
    while at and part_of_speech(row[at - 1][0]) in _LOOSE:
        at -= 1
        if row[at][0] in _ABOVE:
            return True
    return bool(at) and row[at - 1][0] in _ABOVE


def _begins(row: Sequence[re.Match[str]], place: int, things: Sequence[Span]) -> int:
    """Where it begins: with its adverbs, and with «в машину» or «за модой» before it."""
    held = max((end for start, end in things if start < row[place].start()), default=0)
    at = place
    while at and row[at - 1].start() >= held and part_of_speech(row[at - 1][0]) in _LOOSE:
        at -= 1
    start = at
    while start and row[start - 1].start() >= held and part_of_speech(row[start - 1][0]) in ("NOUN", "ADJF"):
        start -= 1
    led = start and start < at and part_of_speech(row[start - 1][0]) == "PREP"
    if led and lemma(row[start][0]) not in phrases.YEAR:
        return start - 1
    return at
