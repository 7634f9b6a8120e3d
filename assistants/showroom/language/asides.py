"""What a visitor says by the way: who he is, what he drives now, what he takes back.

Knows how Russian sets the question apart from the story around it. Refuses to know cars.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from itertools import pairwise

from assistants.showroom.language import phrases
from assistants.showroom.language.naming import Atom
from core.russian import lemma, part_of_speech, words

_EDGE = re.compile(r"[.!?…]+(?=\s|$)|[()\n]|\s[—–-]\s|:\s")
_REQUEST = re.compile(
    r"расскаж|подскаж|\bскажи|объясн|поясн|интересу|узнать|запиш|посовету|\bможно\b|\bнуж|\bнадо\b|помог|сдела"
    r"|пришл|отправ|перезвон|посчит|забронир"
)
_ASKED_FOR = (
    phrases.STOCK_WORDS
    | phrases.PRICE_WORDS
    | phrases.BUY_WORDS
    | phrases.HAVE_WORDS
    | phrases.COUNT_WORDS
    | phrases.WHICH_WORDS
)
# «… есть? или 220 д», «… Только не белая»: what goes on is no story.
_GOES_ON = re.compile(
    r"\W*(?:или|либо|и|а|но|только|лишь|кроме|не|без|желательно|лучше|чтобы?|можно|ну|и?ли хотя|хотя) "
)
# «Пересаживаюсь с Камри», «с Камри пересаживаюсь на мерс».
_LEAVES = r"(?:пересе\w+|пересаж\w+|слез\w+|пере(?:хожу|ходим|йти|шел|шли))"
_OWNED = re.compile(
    r"(?:(?:\bезжу|\bезди\w+|\bката(?:юсь|емся)|\bпередвига(?:юсь|емся))(?: \w+){0,2} на"
    rf"|\b{_LEAVES} со?|\bвместо(?! (?:него|нее|них|этого|этой)\b)|\bна (?:замену|смену)|\b(?:рас)?продал\w*"
    r"|\b(?:об|по)?(?:меня(?:ю|ем|ть|ли|л|ла)|сменил[аи]?)(?! на\b)"
    r"|\b(?:избав\w+|отдел(?:ал|ыва)\w+) от|\b(?:расста|проща|распроща|простил)\w+ со?"
    r"|(?<!то )(?<!нибудь )(?<!вам )\b"  # «кто-то сдал GLA?»
    r"(?:сда(?:м|ю|ем|дим|ть|л[аи]?)|отда(?:м|ю|ем|дим|л[аи]?)|прода(?:м|ю|ем|дим)|сбыва(?:ю|ем)"
    r"|передал[аи]?|переда(?:ю|ем))\b"
    r"|\b(?:всю жизнь|\w+ лет|(?:два|три|четыре|полтора) года|сейчас|раньше|до этого|до сих пор)"
    r"(?: мы| я)? на)"
    r"(?: сво\w+| мо\w+| стар\w+| нынешн\w+| \w+(?:ого|его|ой|ому|ему|ей))?\s+$"
)
# «Сейчас старенький опель универсал.», but not «Сейчас GLC есть?»
_NOW = re.compile(
    r"(?:^|[.!?…,]\s+)(?:сейчас|пока что|пока|(?:раньше |прежде |до этого )?был[аои]?)(?: у (?:нас|меня))?"
    r"(?: \w+(?:ый|ий|ая|яя|енький|енькая))?\s+$"
)
_PREDICATES = ("VERB", "INFN", "PRED", "COMP")
_TO_THE_END = re.compile(r"[^.!?…]*(?:[.!…]|$)(?!\?)")
# «Сейчас цешка, 2012-го, хочу E-класс»: what is wanted stands against what there is now.
_WANTS = re.compile(
    r"(?P<now>[^.!?…]*?)(?:"
    r"(?:[,—–-]\s*|\s(?=(?:а|но)\b))(?:(?:а|но|и|теперь|вот)\s+)*"
    r"(?:хо(?:чу|тим|чется|тел\w+)|ищ(?:у|ем)|нуж(?:ен|на|но|ны)|присматрива\w+|мечта\w+|интересу\w+)\b"
    r"|\s(?:но |а |и )?(?:теперь )?(?:хо(?:чу|тим|чется|тел\w+)|дума\w+|планиру\w+|реши\w+)(?: бы)?"
    r" (?:теперь|наконец\w*|уже|пересе\w+|пересаж\w+|перейти|сменить|поменять|заменить)\b)"
)
_FROM = re.compile(
    r"(?:^|[.!?…,;]\s+|\b(?:я|мы|хо\w+|дума\w+|решил\w*|и|но|а) )со? (?:сво\w+ |наш\w+ |мо\w+ |стар\w+ )?$"
)
_AND_LEAVES = re.compile(rf"(?:[\w-]+ ){{1,3}}?(?:(?:хо|дума|решил|планир)\w+ )?{_LEAVES}\b")
# «Камри продаём»; «GLC продали?» asks of the stock.
_AND_SELLS = re.compile(
    r"(?:[\w-]+ ){1,3}?(?:(?:свою|свой|уже|сейчас|мы|я|мою|нашу) )*"
    r"(?:(?:рас)?прода(?:ю|ем|дим|м)|сда(?:ю|ем|дим|м)|отда(?:ю|ем|дим|м)|меня(?:ю|ем))\b"
)
_NAME = r"[\w-]+(?:[ -](?!(?:до|от|за|со?|и|или|на|в|не)\b)\w+)?\W*$"
_OWNED_NAME = re.compile(_OWNED.pattern.removesuffix("$") + _NAME)
_NOW_NAME = re.compile(_NOW.pattern.removesuffix("$") + _NAME)
_ANOTHER = (
    r"(?:к вам|у вас|на|нов(?:ую|ый)|друг(?:ую|ой)|ваш[уи]?|что-нибудь|машин[уы]|автомобил[ьи]|мерс\w*"
    r"|мерседес\w*)"
)
_AND_TAKES = rf",? и (?:пересесть|пересаживаться|сесть|перейти|взять|купить|выбрать)(?: {_ANOTHER}){{1,3}}"
# «У меня Камри 2018, хочу её отдать»: the salon is to take a car, and none is asked for.
_GIVES_AWAY = re.compile(
    r"[^?]*\b(?:у (?:меня|нас)|мо[юяией]\w?|наш\w?)\b[^?]*"
    r"\b(?:хочу|хотим|хотел\w*|хотелось|думаю|планирую|собираюсь|решил\w?)"
    r"(?: бы)?(?: \w+){0,3} (?:отдать|сдать|продать|пристроить)\b(?: (?!и\b|а\b)\w+){0,2}"
    rf"(?:{_AND_TAKES})?\W*"
)
_TAKEN_BACK = re.compile(
    r"^(?P<first>.*?)[\s,.…—–-]+(?:ладно|точнее|вернее|хотя нет|нет[, ]+лучше|то есть нет"
    r"|(?:ой[, ]+)?(?:я )?имел\w? в виду|(?:ой|тьфу|упс)(?:[, ]+не(?:т|(?=\s*[,.;—–-])))?"
    r"|(?:стоп|погодите?|минутку)[, ]+нет)"
    r"[,\s]+"
    r"(?:просто\s+|давайте\s+|лучше\s+)?(?P<rest>\S.*)$"
)
_OWN_CAR = re.compile(
    r"^[^.!?]*\b(?:оценил\w*|сдаю|сдам|прода[юл]\w*|мо[яюй]\w*|сво[юй]\w* (?:машин|авто)\w*"
    r"|у меня (?:сейчас|был\w*|стар\w+))\b[^.!?]*[.!?]+\s+"
    r"(?P<rest>(?:покаж|подбер|посовет|предлож|найд|подыщ|ищу|хочу|нуж|что|как(?:ие|ой|ая)|есть)\w*\b.*)$"
)
# «Не, лучше белый», «не-не, белый», «не то, белый нужен»; not «не белый, а чёрный».
_REFUSED = re.compile(
    r"^\s*не(?:а|т)?(?:[\s,-]+не(?:а|т)?\b)*(?: (?:то|годится|пойдет|пойдёт|катит))?\s*[,.!;—–]\s*(?=\S)",
    re.IGNORECASE,
)
# «Серые не предлагайте, кроме них что?»: the same is refused twice.
_REFUSED_TWICE = re.compile(
    rf"(\bне {phrases.UNWANTED}\w*[\s,.;—–-]+)"
    r"(?:(?:а|и|но) )?(?:кроме|помимо) (?:них|этих)\b\s*",
    re.IGNORECASE,
)
_NOT_ASKED = re.compile(r"^.*\bне спрашива\w+[\s,.;—–-]+(?:но|а)?\s*(?P<rest>\S.*)$")


def without_asides(row: Sequence[Atom], left: Sequence[int], spelling: str) -> list[int]:
    """The places of words that were not understood and matter: those of the story around a plain question,
    or in brackets, do not.
    """
    edges = [0, *(match.end() for match in _EDGE.finditer(spelling)), len(spelling)]
    pieces = list(pairwise(edges))
    left = [place for place in left if not _in_brackets(row[place], spelling)]
    asking = [piece for piece in pieces if _asks(spelling[slice(*piece)])]
    matter = [*asking, *(piece for piece in pieces if _GOES_ON.match(spelling[slice(*piece)]))]
    if not asking or any(start <= row[place].start < end for place in left for start, end in matter):
        return left
    asked = {lemma(word) for start, end in asking for word in words(spelling[start:end])}
    return [] if asked & _ASKED_FOR else left


def _asks(piece: str) -> bool:
    return "?" in piece or bool(_REQUEST.search(piece))


def _in_brackets(atom: Atom, spelling: str) -> bool:
    opened, closed = spelling.rfind("(", 0, atom.start), spelling.find(")", atom.end)
    return opened >= 0 and closed >= 0 and ")" not in spelling[opened : atom.start]


def with_refusal(text: str) -> str:
    """«Нет, лучше белый» for «не, лучше белый»: the answer before is refused, and nothing else denied. What
    is refused a second time by a pronoun is refused once.
    """
    return _REFUSED_TWICE.sub(r"\1", _REFUSED.sub("нет, ", text))


def is_owned(spelling: str, start: int, cars: Collection[int] = ()) -> bool:
    """Whether the car that is named from `start` on is the visitor's own: «езжу на Камри»; `cars` are where
    cars are named.
    """
    if _OWNED.search(spelling[:start]):
        return True
    if _AND_SELLS.match(spelling, start):
        return True
    if _FROM.search(spelling[:start]) and _AND_LEAVES.match(spelling, start):
        return True
    if not _NOW.search(spelling[:start]):
        return False
    wants = _WANTS.match(spelling, start)
    if wants is not None and any(wants.end() <= other for other in cars):
        return not any(part_of_speech(word) in _PREDICATES for word in words(wants["now"]))
    rest = _TO_THE_END.match(spelling, start)
    return rest is not None and not any(part_of_speech(word) in _PREDICATES for word in words(rest.group()))


def is_of_the_owned(spelling: str, start: int) -> bool:
    """Whether what stands from `start` on is said of the visitor's own car: the year of «меняю GLA 2019»."""
    before = spelling[:start]
    return bool(_OWNED_NAME.search(before) or (_NOW_NAME.search(before) and _WANTS.match(spelling, start)))


def gives_away(spelling: str) -> bool:
    """Whether all that is said is that the visitor's own car is to be taken from him."""
    return _GIVES_AWAY.fullmatch(spelling) is not None


def without_own_car(spelling: str) -> str:
    """The request alone behind a sentence on the visitor's own car: «Октавию оценили в полтора миллиона.
    Покажите седаны до 4,5 млн».
    """
    match = _OWN_CAR.match(spelling)
    return match["rest"] if match is not None else spelling


def taken_back(spelling: str) -> tuple[str, str]:
    """What was said first (or nothing), and what the question is after all."""
    if match := _NOT_ASKED.match(spelling):
        return "", match["rest"]
    if match := _TAKEN_BACK.match(spelling):
        return match["first"], match["rest"]
    return "", spelling
