"""Words that change which cars are asked for, wherever they stand: each must have been held by a reading.

Knows the closed lists of such words, which of their uses change nothing («не подскажете»), and how far a
number that was read reaches over the words that lead to it. Refuses to guess what a word means that nobody
held: the visitor is asked.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from assistants.showroom.language.spans import Span

_DENIAL = re.compile(r"\b(?:не|ни|без|кроме|помимо|исключая|окромя|нельзя|вместо|взамен)\b")
COMPARATIVE = (
    r"(?:по)?(?:дешевле|дороже|больше|меньше|выше|ниже|старше|младше|моложе|новее|свежее|старее|раньше|ранее"
    r"|позже|позднее|более|менее|доступнее)"
)
# What leads to a number, and what may close it: «но не дороже чем за», «и не старше».
_LEADS = re.compile(
    rf"(?:\b(?:не|но|и|а|или|чтобы?|только|точно|лучше|уже|{COMPARATIVE}|чем|до|от|с|со|по|за|в|на|под|около|где|то|максимум"
    r"|минимум|пределах|районе|порядка|примерно|ценой|цен\w+|стоимост\w+|бюджет\w*|пробег\w*|год\w*|выпуск\w*|возраст\w*"
    r"|начиная|это|там|него|нее|них|у|стоит|стоил\w*|был\w?|мне|нам)\b[\s,:—–-]*)+$"
)
_CLOSES = re.compile(
    rf"(?:-?\w{{1,3}}\b)?[\s,]*(?:(?:год\w*|г|выпуска|рубл\w*|руб|р|км|километр\w*|пробег\w*|лет|млн|тыс)\b[\s.,]*)*"
    rf"(?:(?:и|или|либо|но|да)\s+)?(?:не\s+)?(?:{COMPARATIVE}|максимум|минимум)\b"
)
_REFUSES_SUM = re.compile(
    r"[^.,;!?]{0,40}?\bне (?:потян|предлаг|над|нуж|хоч|хот|готов|дам|осил|рассматр|бер|пока[жз])\w*"
)
# What beginnings of words behind «не» deny no property of a car: the visitor is polite, or speaks of himself.
_OF_THE_VISITOR = (
    "только|обязател|принципиал|важн|критичн|суть|особо|особенно|мог|може|смож|подскаж|скаж|найд|нашел|нашл"
    "|зна|понял|поним|помн|увер|против|прочь|хуже|спеш|тороп|остал|завал|затрудн|плохо|разбира|определ|реши"
    "|выбра|виде|виж|забуд|забы|жалко|терпится|страшно|проблема|вопрос|сказа|появ|поступ|будет|прода|уш"
    "|забронир|обман|обиж|дад|дава|покаже|посовет|предложите|назове|подбере|посмотр|ошиб|путаю|иначе|сложно|трудно|интересно"
    "|нравится|понравил|устро|подошл|подош|ответил|спрашива|ожида|успе|имеет|играет|волну|имеется|бывает|водит"
    "|стоит|густо|много|мало|далеко|очень|слишком|сильно|совсем|менее|дорог|дешев"
)
_HARMLESS = re.compile(
    rf"не (?:{_OF_THE_VISITOR})\w*|не (?:так|то чтобы)\b|не (?:над|нужн)о\W*$"
    r"|не интересу\w+ (?:год|цвет|цен|пробег)"
    r"|ни од\w+(?: \w+)? не (?:нрав|понрав|подход|подош|устра|устро)\w*"
    r"|чтоб\w* (?:\w+ ){0,3}?не (?:ездить|заезжать|стоять)\b"
    r"|или не\W*$|не сочт\w+ за (?:труд|наглость|дерзость)|не откаж\w+ в любезности"
    r"|ни (?:разу|о чем|при чем|за что|в коем)|(?:какой|как) бы ни|во что бы то ни"
    r"|без (?:разниц|понят|проблем|ограничен|обид|спешк|лишн|вопрос|сомнен|изысков|наворот)"
    r"|без \W*(?:примерн|приблизит|прикид|округл|увертк)\w*|не (?:для себя|себе)\b"
    r"|кроме (?:того|шуток|как)\b|помимо (?:того|этого|прочего)|вместо (?:него|нее|этого)"
)
# «Другой цвет не предложите?» asks for what none of the criteria holds.
_OFFERS = re.compile(r"не (?:предложите|посовет|подбере|покаже|найд)")
_OF_OTHERS = re.compile(
    r"\b(?:друг|ин)(?:ой|ого|ом|ие|их|ую|ая)\b (?:цвет|окрас|кузов|мотор|двигател|топлив)"
)
# Beside a number that bounds: «2024 года, старые не надо», «пять миллионов есть, что взять не дороже?».
_REPEATS = re.compile(
    r"\b(?:стар|дорог|дешев)\w+ не (?:над|нуж|предлаг|интерес)\w*"
    r"|\bне (?:дороже|больше|выше|старше)\W*(?=[,.;!?]|$)"
    r"|\bни (?:на )?(?:копе(?:йк|еч)\w*|рубл\w*|грош\w*|тысяч\w*|километр\w*)"
    r"(?: (?:\w+ )?(?:больше|выше|сверху|свыше|дороже|дальше|лишн\w+|меньше|ниже)| ?(?=\W*[,.;!?]|$))"
    r"(?: не \w+)?"
)


# A sum that is put upon another one: «добавлю миллион» is no price.
_RAISES = re.compile(r"\b(?:добав|накин|прибав|подкин|долож)\w+(?= (?:еще |ещё )?(?:\d|пол|миллион|тысяч))")


def raises(spelling: str) -> list[str]:
    """What is said to be put upon a sum that nobody knows."""
    return [match.group() for match in _RAISES.finditer(spelling)]


def denies(phrase: str) -> bool:
    """Whether a denial stands in a piece of a question."""
    return bool(_DENIAL.search(phrase))


def unread_denials(
    spelling: str, held: Iterable[Span], numbers: Sequence[Span], said_back: Sequence[str]
) -> list[str]:
    """Denials that deny nothing that was understood: «не в этом кузове», «вместо чёрного GLC».

    `held` are the pieces of the text that were read whole, `numbers` those that set a bound, `said_back` what
    the visitor is told that nobody understood.
    """
    spans = [*held, *(_reach(spelling, number) for number in numbers)]
    others = _OF_OTHERS.search(spelling) is not None
    harmless = [match for match in _HARMLESS.finditer(spelling) if not (others and _OFFERS.match(match[0]))]
    spans += [match.span() for match in harmless]
    spans += [match.span() for match in _REPEATS.finditer(spelling) if any(end for _, end in numbers)]
    told = [(at, at + len(phrase)) for phrase in said_back for at in _places(spelling, phrase)]
    found = []
    for match in _DENIAL.finditer(spelling):
        if any(start <= match.start() < end for start, end in (*spans, *told)):
            continue
        behind = re.match(r"[^,.;!?]*", spelling[match.end() :])
        said = behind.group().split()[:2] if behind is not None else []
        found.append(" ".join((match.group(), *said)))
    return found


def _reach(spelling: str, number: Span) -> Span:
    """The number with the words that lead to it and that close it."""
    start, end = number
    if lead := _LEADS.search(spelling[:start]):
        start = lead.start()
    closing = _CLOSES.match(spelling, end) or _REFUSES_SUM.match(spelling, end)
    return start, closing.end() if closing is not None else end


def _places(spelling: str, phrase: str) -> list[int]:
    return [match.start() for match in re.finditer(re.escape(phrase), spelling)]
