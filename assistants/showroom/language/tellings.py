"""What is told of cars that nobody asks for: «сосед на чёрном ездит», «дизель у меня тарахтит, надоел».

Cuts a text into pieces of one predicate each, also where no comma does, and knows which of them tell. Refuses
to know what a word does by itself (`word_roles.py`), how one says who has a car (`owners.py`), and cars: it
is given where names of the stock stand.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from assistants.showroom.language.asides import is_owned
from assistants.showroom.language.earmarked import is_earmarked
from assistants.showroom.language.of_all import is_of_all
from assistants.showroom.language.owners import behind_owner, is_apposed, is_owner, somebody_has
from assistants.showroom.language.phrases import GOES_BACK, UNWANTED
from assistants.showroom.language.second_reading import clauses
from assistants.showroom.language.spans import Span, blanked
from assistants.showroom.language.word_roles import Word, words_in
from core.russian import lemma

# «Так хочу такой же», «как у него»: what was told of is what is asked for.
_ALIKE = re.compile(
    r"\bтак(?:ой|ая|ое|ие|ую|ого|их|им|ом)\b|\bто же\b|\bтакже\b|\bтоже\b|\bкак у\b"
    r"|\bпохож\w*|\bвзамен\b|\bвместо\b|\bвроде\b|\bтипа\b|\b(?:об|по)?меня(?:ю|ем)\b.*\bна\b"
)
# «Есть такие?» asks for what was named last: for what was told of, where that is it.
_IS = r"(?:есть|име(?:ется|ются)|найд(?:ется|утся)|прода(?:ете|ется|ются)|остал(?:ось|ись|ся|ась)|бывают)"
_BETWEEN = r"(?: (?:ли|у вас|сейчас|в наличии|в продаже|там|еще))*"
_SUCH = r"так(?:ой|ая|ое|ие|ую)"
_THERE_ARE_SUCH = re.compile(rf"\b{_IS}{_BETWEEN} {_SUCH}\b(?! же)|\b{_SUCH}{_BETWEEN} {_IS}\b")
_HANGS_ON = re.compile(
    r"\W*(?:и |а |но )?(?:(?:с|со|у|в|на|для|из|от) )?(?:котор|чтоб|чей\b|чья\b|лишь бы|пусть|пускай)"
)
# «Я насчёт дизеля», «звоню по белому GLC».
_TOPICS = frozenset({"насчет", "про", "о", "об", "по", "поводу", "касательно"})
# What it opens goes on to the end of the clause: «чтобы белый был».
_SUBORDINATE = re.compile(r"(?:чтоб\w*|котор\w+|если|пусть|пускай|лишь|бы|где)$")
# «Белые не годятся» tells what is not wanted.
_REFUSES = re.compile(rf"\bне {UNWANTED}")
# «GLA маленькая»: what is wrong with it, and nothing asked.
_FAULT = re.compile(
    r"(?:мал(?:а|ы|о)?|велик[аои]?|маленьк\w+|крошечн\w+|мелк\w+|тесн\w+|узк\w+|громоздк\w+|огромн\w+|скучн\w+"
    r"|\w+оват[аыо]?)"
)
_OF_NO_WEIGHT = frozenset(
    {"нет", "ну", "ой", "да", "а", "но", "и", "все", "же", "таки", "слишком", "очень", "уж", "уже", "для",
     "то", "пожалуй", "наверное", "нам", "мне", "нас", "меня", "какая", "какой", "это", "совсем", "чуть"}
)  # fmt: skip
_FAR = 4


def tellings(spelling: str, things: Sequence[Span]) -> list[Span]:
    """The pieces of the text that tell of a car and ask for none, each with what goes on to tell behind it;
    `things` are the names of the stock in the text.
    """
    such = _THERE_ARE_SUCH.search(spelling)
    if _ALIKE.search(spelling if such is None else blanked(spelling, such.span())):
        return []
    told = _told(spelling, things)
    named = [start for start, _ in things if such is not None and start < such.start()]
    return [] if named and any(start <= max(named) < end for start, end in told) else told


def _told(spelling: str, things: Sequence[Span]) -> list[Span]:
    told: list[Span] = []
    owned = False
    for clause in clauses(spelling):
        ends = -1
        if owned and is_apposed(words_in(spelling, clause, things), spelling[slice(*clause)]):
            told.append(clause)
            continue
        for span in pieces(spelling, clause, things):
            row = words_in(spelling, span, things)
            goes_on = span[0] == ends and not any(word.thing or word.text.isdigit() for word in row)
            tells_here = _tells(row, spelling[slice(*span)]) and (goes_on or any(word.thing for word in row))
            if tells_here:
                told.append(span)
                ends = span[1]
            mine = any(word.thing and is_owned(spelling, word.start) for word in row)
            owned = tells_here and (mine or somebody_has(row))
    return told


def _tells(row: Sequence[Word], text: str) -> bool:
    """Whether a piece has a predicate that asks for nothing and wishes nothing, or says who has the car."""
    loose = [word for place, word in enumerate(row) if not (word.thing or _is_no_more(row, place))]
    if _HANGS_ON.match(text) or "?" in text or any(word.asks_or_compares for word in loose):
        return False
    if GOES_BACK.search(text) or is_of_all(text):  # «вернусь к EQE», «сменим тему»
        return False
    if any(word.thing and before.text in _TOPICS for before, word in pairwise(row)):
        return False
    owned = somebody_has(row)
    if is_earmarked(row, text) or (_REFUSES.search(text) and not owned):
        return False
    loose = [word for word in loose if not (owned and word.text == "есть")]
    verbs = [word for word in loose if word.is_verb]
    others = [word for word in loose if not word.is_verb]
    if any(word.is_asked_for or word.wishes for word in others):
        return False
    return all(word.tells for word in verbs) if verbs else owned or _finds_fault(others)


def _finds_fault(loose: Sequence[Word]) -> bool:
    said = [word.text for word in loose if word.text not in _OF_NO_WEIGHT]
    return bool(said) and all(map(_FAULT.fullmatch, said))


def _is_no_more(row: Sequence[Word], place: int) -> bool:
    """«Больше не езжу», «больше ни-ни» compare nothing."""
    behind = row[place + 1 : place + 2]
    return row[place].text == "больше" and bool(behind) and behind[0].text in ("не", "ни")


def pieces(spelling: str, clause: Span, things: Sequence[Span]) -> Iterator[Span]:
    """A clause cut before each word that opens a request or a telling."""
    row = words_in(spelling, clause, things)
    cuts: list[int] = []
    begun = 0
    for place in range(1, len(row)):
        if place <= begun:
            continue
        at = _opens(row, begun, place)
        if at is not None and at > begun:
            cuts.append(at)
            begun = at
    edges = [clause[0], *(row[place].start for place in cuts), clause[1]]
    yield from pairwise(edges)


def _opens(row: Sequence[Word], begun: int, place: int) -> int | None:
    """Where the piece begins that the word at `place` opens; None where it opens none."""
    word, piece = row[place], row[begun:place]
    if word.thing:
        told = any(each.thing for each in piece) and any(each.tells for each in piece)
        return (
            place if told and not piece[-1].thing and piece[-1].part != "PREP" and not _led(piece) else None
        )
    if word.opens_a_request:
        return None if word.text == "есть" and _has(row, begun, place) else place
    if any(_SUBORDINATE.match(each.text) for each in piece):
        return None
    return _opens_a_telling(row, begun, place)


def _opens_a_telling(row: Sequence[Word], begun: int, place: int) -> int | None:
    word, piece = row[place], row[begun:place]
    asked = any(each.asks for each in piece)
    if not (asked or any(each.is_verb for each in piece)):
        return None
    if is_owner(row, place):
        return _with_thing(row, begun, place) if _lacks_subject(row, place) else place
    if word.is_nominative_person and piece[-1].part not in ("PREP", "ADJF") and _verb_behind(row, place):
        return _with_thing(row, begun, place, led=True)
    was = lemma(word.text) == "быть" and not (place + 1 < len(row) and row[place + 1].thing)
    told = any(each.is_nominative_person or each.tells for each in piece)
    return _with_thing(row, begun, place) if word.tells and asked and not (told or was) else None


def asks(text: str) -> bool:
    """Whether a piece of a text has a word that asks for something."""
    return any(word.asks for word in words_in(text, (0, len(text)), ()))


def _has(row: Sequence[Word], begun: int, place: int) -> bool:
    """Whether «есть» says that somebody has a car, and opens no request: «у соседа есть белый»."""
    owner = next((at for at in range(begun, place) if is_owner(row, at)), None)
    if owner is None or any(each.text == "есть" for each in row[owner:place]):
        return False
    return place + 1 == len(row) or not any(each.thing for each in row[owner:place])


def _lacks_subject(row: Sequence[Word], owner: int) -> bool:
    """«… у меня тарахтит»: what it is said of stands before."""
    for word in row[behind_owner(row, owner) :]:
        if word.is_verb or word.text == "есть":
            return True
        if word.thing or word.part == "NOUN":
            return False
    return False


def _led(piece: Sequence[Word]) -> bool:
    """«Ездит на новом чёрном»: the words before belong to the thing."""
    return piece[-1].part in ("ADJF", "ADVB", "PRCL", "CONJ")


def _verb_behind(row: Sequence[Word], place: int) -> bool:
    return any(each.is_verb for each in row[place + 1 : place + 2 + _FAR])


def _with_thing(row: Sequence[Word], begun: int, place: int, *, led: bool = False) -> int:
    """With the adverbs and the one thing right before: «на белом езжу», «дизель у меня тарахтит»; where it
    must be `led` by a preposition, no other.
    """
    at, things = place, 0
    while at - 1 > begun:
        word = row[at - 1]
        if word.thing and not things and not (word.text.isascii() or word.text.startswith("класс")):
            things += 1
        elif not (word.part in ("ADVB", "PRCL") or (word.part == "PREP" and things)):
            break
        at -= 1
    if led and not any(word.part == "PREP" for word in row[at:place]):
        return place
    return at
