"""Whether a text asks for cars that can be bought, whatever story stands around: «есть у вас такие».

Knows how Russian asks for a car, and when something else is asked beside it. Refuses to know cars: it is
given where names of the stock stand, and the words that nobody understood.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from assistants.showroom.language import phrases
from assistants.showroom.language.demands import is_demanded
from assistants.showroom.language.owners import is_owner
from assistants.showroom.language.second_reading import clauses
from assistants.showroom.language.spans import Span
from assistants.showroom.language.tellings import asks, pieces
from assistants.showroom.language.word_roles import words_in
from core.russian import lemma, part_of_speech, words

_SUCH = r"(?:так(?:ой|ая|ое|ие|ую)|подобн\w+|похож\w+|что(?:-?нибудь|-то)?|как(?:ой|ая|ое|ие)|как\w+-нибудь)"
_OF_THE_SALON = r"(?:(?:у вас|сейчас|в наличии|там|ли|вообще|из|ещё|еще|же) )*"
_IS = "есть|имеется|имеются|найдется|найдутся|продаете|продается|продаются|остались|остался|осталась"
# «Есть у вас такие», «какие есть», «что есть», «продаёте такие».
_IS_THERE = re.compile(
    rf"\b(?:{_IS}) {_OF_THE_SALON}{_SUCH}\b"
    rf"|\b{_SUCH} {_OF_THE_SALON}(?:{_IS})\b"
)
_HAVE = re.compile(rf"\b(?:{_IS}|в наличии)\b")
_IS_ALONE = re.compile(rf"(?:{_IS}|в наличии)[\s?!.]*")
_ASKS_WHICH = re.compile(r"\W*(?:что|как(?:ой|ая|ое|ие|их))\b")
_SEEKS = re.compile(
    r"\b(?:ищ(?:у|ем)|присматрива(?:ю|ем)|подыскива(?:ю|ем)|рассматрива(?:ю|ем)|хоч(?:у|ется)|хотим|хотел(?:а|и|ось)?"
    r"|нуж(?:ен|на|но|ны)|интересу(?:ет|ют))\b(?! ли\b)"
)
_OF_A_DEED = re.compile(r"хо|нужно")
# «Почём», «по какой цене»: what is sold is asked of so, and nothing else.
_PRICED = re.compile(r"\bпочем\b|\bпо какой (?:\w+ )?цене\b")
_IT = re.compile(r"\b(?:он|она|оно|они|его|ее|их)\b")
# What is asked of a car, and not for one.
_OF_CARS = re.compile(
    r"\b(?:как|чем|зачем|почему|отчего|когда|где|куда|откуда|сколько|насколько|кто|стоит ли|можно|нельзя"
    r"|бывает|смысл|лучше|правда|совет)\b|\bли\b"
)
# «Мне 58, мне уже можно»: what the visitor may do he asks nobody.
_PERMITTED = re.compile(r"\b(?:мне|нам|себе) (?:(?:уже|теперь|тоже|все|и) )*можно\b(?=[^?.!]*(?:[.!]|$))")
_STANDS = re.compile(r"\b(?:стоит|стоят|стоял\w*|есть|быва\w+|остал\w+)\b")
_LED = 3
_CLOSED = re.compile(r"[.!?…]\W*$")
# «Хочу прокатиться на GLC»: what is tried is not bought yet.
_TRIED = {
    "прокатиться", "покататься", "проехать", "проехаться", "порулить", "протестировать", "потестить",
    "опробовать", "попробовать", "испытать",
}  # fmt: skip
_TOPICAL = ("NOUN", "LATN", "INFN")


def asks_for_cars(spelling: str, things: Sequence[Span], strange: Collection[str]) -> bool:
    """`things` are the names of the stock in the text, `strange` the words of it that nobody understood:
    where one of them stands in what is asked, that is what is asked about.
    """
    demands = [*_demands(spelling, things, strange)]
    asked = bool(demands)
    for piece in _asking(spelling, things):
        if any(start <= piece[0] < end for start, end in demands):
            continue
        text = spelling[slice(*piece)]
        topics = _topics(text, strange)
        if (topics or not _names(piece, things)) and _asks_of_cars(spelling, piece):
            if demands and is_told(spelling, piece):
                continue
            return False
        if topics and ("?" in text or (_is_served(topics) and not is_told(spelling, piece))):
            return False
        is_there = not topics and _IS_THERE.search(text) is not None
        named = _names(piece, things) and (_has(text, topics) or _seeks(spelling, piece, things))
        priced = not topics and _asks_a_price(spelling, piece, named=_names(piece, things))
        asked = asked or is_there or named or priced
    return asked


def _topics(text: str, strange: Collection[str]) -> list[str]:
    return [word for word in words(text) if word in strange and part_of_speech(word) in _TOPICAL]


def _demands(spelling: str, things: Sequence[Span], strange: Collection[str]) -> Iterator[Span]:
    """The pieces of one sentence, joined, that demand cars and in which nothing else is spoken of."""
    every = [*pieces_of(spelling, things)]
    for first, (start, _) in enumerate(every):
        for last in range(first, len(every)):
            end = every[last][1]
            text = spelling[start:end]
            if _topics(text, strange):
                break
            inside = [(at - start, to - start) for at, to in things if start <= at < end]
            opens = start == 0 or _CLOSED.search(spelling, 0, start) is not None
            closes = end == len(spelling) or _CLOSED.search(text) is not None
            if is_demanded(text, inside, strange, opens=opens, closes=closes):
                yield start, end
            if closes:
                break


def is_told(spelling: str, piece: Span) -> bool:
    """Whether the sentence around a piece states something and asks for nothing: «ремонт нынче дорогой»,
    «у меня прицеп».
    """
    text = spelling[slice(*piece)]
    row = words_in(spelling, piece, ())
    if any(word.tells for word in row):
        return True
    start = max(spelling.rfind(mark, 0, piece[0]) for mark in ".!?…") + 1
    sentence = re.compile(r"[^.!?…]*(?P<mark>[.!…]?)").match(spelling, start)
    said = words(sentence[0]) if sentence is not None and sentence["mark"] else []
    judged = any(
        part_of_speech(word) == "NOUN" and part_of_speech(other) in ("ADJF", "ADVB", "PRED")
        for at, word in enumerate(said)
        for other in said[at + 1 :]
    )
    owned = bool(said) and any(is_owner(row, place) for place in range(len(row)))
    stated = _STANDS.sub(" ", text) if owned else text  # «у племянника зарядка возле дома стоит»
    return (judged or owned) and not asks(stated)


def _asks_of_cars(spelling: str, piece: Span) -> bool:
    permitted = {match.end() for match in _PERMITTED.finditer(spelling)}
    return any(match.end() not in permitted for match in _OF_CARS.finditer(spelling, *piece))


def _is_served(topics: Sequence[str]) -> bool:
    """«В кредит», «с тест-драйвом»; «в багажник не входит» is a story, though it has such a word."""
    return any(lemma(word) in phrases.SERVICES for word in topics)


def pieces_of(spelling: str, things: Sequence[Span]) -> Iterator[Span]:
    """Each clause cut where a request or a telling opens."""
    for clause in clauses(spelling):
        yield from pieces(spelling, clause, things)


def _asking(spelling: str, things: Sequence[Span]) -> Iterator[Span]:
    """The pieces, with «есть» joined to the word that asks: «какие седаны есть»; alone to what it asks of."""
    held: Span | None = None
    for start, end in pieces_of(spelling, things):
        if held is not None and held[1] == start and _goes_on(spelling, held, (start, end)):
            held = held[0], end
            continue
        if held is not None:
            yield held
        held = start, end
    if held is not None:
        yield held


def _goes_on(spelling: str, held: Span, piece: Span) -> bool:
    if _IS_ALONE.fullmatch(spelling, *piece):
        return True
    return bool(_ASKS_WHICH.match(spelling[slice(*held)]) and _HAVE.match(spelling, piece[0]))


def _names(piece: Span, things: Sequence[Span]) -> bool:
    return any(piece[0] <= start < piece[1] for start, _ in things)


def _asks_a_price(spelling: str, piece: Span, *, named: bool) -> bool:
    """«GLS у вас почём», and «по какой цене она» of the one that was named before; the preposition may
    stand in the piece before.
    """
    asked = any(piece[0] < match.end() <= piece[1] for match in _PRICED.finditer(spelling))
    return asked and (named or _IT.search(spelling, *piece) is not None)


def _has(text: str, topics: Sequence[str]) -> bool:
    return not topics and _HAVE.search(text) is not None


def seeks_before(spelling: str, thing: Span) -> bool:
    """Whether what seeks a car leads to this one: «ищем минивэн»."""
    return any(
        match.end() <= thing[0] and _between_is_free(spelling[match.end() : thing[0]], _LED)
        for match in _SEEKS.finditer(spelling, 0, thing[0])
    )


def _seeks(spelling: str, piece: Span, things: Sequence[Span]) -> bool:
    """«Ищем минивэн», «гелик ищем»: the thing stands right beside the word that seeks it, which may open the
    next piece.
    """
    inside = [thing for thing in things if piece[0] <= thing[0] < piece[1]]
    behind = any(
        end <= match.start() <= piece[1]
        and _between_is_free(spelling[end : match.start()], 1)
        and not _is_to_be_done(spelling, match)
        for match in _SEEKS.finditer(spelling, piece[0])
        for _, end in inside
    )
    return behind or any(seeks_before(spelling[: piece[1]], thing) for thing in inside)


def _is_to_be_done(spelling: str, match: re.Match[str]) -> bool:
    """«Ешку хочу помыть»: not the car is wanted, but what is done to it."""
    if not _OF_A_DEED.match(match[0]):
        return False
    rest = words(re.split(r"[.!?;,]", spelling[match.end() :], maxsplit=1)[0])
    deeds = (word for word in rest if part_of_speech(word) == "INFN")
    return any(lemma(word) not in phrases.BUY_WORDS for word in deeds)


def _between_is_free(between: str, room: int) -> bool:
    said = words(between)
    apart = re.search(r"[.!?;,]", between)
    topical = any(part_of_speech(word) == "NOUN" or lemma(word) in _TRIED for word in said)
    return len(said) < room and not apart and not topical
