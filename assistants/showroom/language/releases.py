"""Criteria that a visitor takes back or leaves open: «цвет не важен», «бюджет любой», «не обязательно белая».

Knows how Russian says that something does not matter. Refuses to know what was wished for before.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from assistants.showroom.language.naming import Atom

_NAMES = ("classes", "models", "words", "brands", "absent")
_FIELDS = (
    (r"цвет\w*|окрас\w*", ("colors", "finishes")),
    (
        r"бюджет\w*|цен\w+|стоимост\w+|деньг\w+|сумм\w+|сколько (?:\w+ )?(?:стоит|стоят|стоить|обойд\w+)",
        ("price_from", "price_to"),
    ),
    (r"кузов\w*", ("bodies",)),
    (r"год\w*(?: выпуска)?|возраст\w*", ("year_from", "year_to")),
    (r"пробег\w*", ("mileage_from", "mileage_to", "condition")),
    (r"топлив\w+|двигател\w+|мотор\w*", ("fuels",)),
    (r"привод\w*", ("features",)),
    (r"модел\w+|класс\w*|марк\w+", _NAMES),
    (r"букв\w+|приставк\w+", ()),  # «350-е с любыми буквами»
)  # fmt: skip
_ONE = "|".join(words for words, _ in _FIELDS)
# Beside the word that leaves it open: «цвет тогда пусть будет любой».
_AMIDST = (
    r"(?:(?:уже|уж|мне|нам|тут|вообще|совсем|совершенно|абсолютно|в принципе|в общем|в целом|больше"
    r"|может быть|пусть|пускай|будет|тогда|теперь|да|же|можно|бер[уе]м?|возьм[уе]м?"
    r"|подо[ий]д[еу]т|подходит|сойдет|устроит|рассмотрим|рассмотрю|(?:для|у) (?:меня|нас)) )*"
)
_ANY = (
    rf"{_AMIDST}(?:не ?(?:(?:так|столь|особо|особенно|очень|сильно|уж|прям) )*"
    r"(?:важ|принципиал|критич|существен)\w+|без ?разницы|все ?равно|люб\w+"
    r"|(?:хоть )?как\w+ угодно|хоть как(?:ой|ая|ие|ое)|не имеет значения|значения не имеет|не играет роли"
    r"|роли не играет|не ограничен\w*|не ?интерес\w+|пофиг\w*|по барабану|не главн\w+|не волну\w+"
    r"|(?:тоже |также )?(?:допустим\w*|допуска\w+|не (?:пуга|страш|смуща)\w+|не (?:помеха|проблема|беда))"
    r"|не (?:заморачива|зацикл|парюсь|паримся|привередни|привязан|придирч)\w*|как\w+ (?:за)?хотите"
    r"|на (?:ваш\w?|твой|любой) (?:вкус|усмотрение|выбор)|не (?:смотр|учитыва)\w+|(?:побоку|опустим|опускаем)"
    r"|(?:сниму|снимаем|убираем|уберите|убери|отменяем|отменяется|забудьте|забудем)"
    r"(?=\W*(?:$|[.,;!?])|,? (?:и|но|а)\b))"
)
_OPEN = (
    r"(?:люб\w+(?: по)?|(?:не ?важно|все ?равно|без ?разницы),? (?:как\w+ |по )?|независимо от"
    r"|вне зависимости от|без (?:учета|ограничени\w+|привязки|лимит\w*|рамок|потолка)(?: по| в| к)?"
    r"|забудь(?:те)? (?:про|о)"
    r"|какого угодно"
    r"|(?:сними(?:те)?|снимаем|убер(?:и|ите|ем)|убираем|отмен\w+|сброс\w+|забудем|выкидыва\w+)"
    r"(?: (?:ограничени|услови|фильтр|требовани|критери)\w*)?(?: (?:по|на|про|о|об))?"
    r"|(?:если )?не (?:смотр\w+|гляд\w+|обраща\w+ внимани[яе]|учитыв\w+|привязыва\w+)(?: (?:на|к))?"
    r"|(?:закр[оы]\w+ глаза|плевать|наплевать|забей(?:те)?|невзирая|несмотря) на"
    r"|(?:бог|шут|пес|фиг|черт|ладно) с (?:ним|ней|ними),? с(?: эт\w+)?)"
)
# «Если на цвет не смотреть», «к году не привязываться».
_WITHOUT_IT = re.compile(
    rf"\b(?:на|к) (?P<kinds>(?:{_ONE})(?:,? (?:и|или) (?:{_ONE}))*) "
    r"(?:(?:мы|я|вообще|больше|уже|можно|особо|пока|сейчас|не будем|не буду|если) )*"
    r"(?:не (?:смотр|гляд|обраща|привяз)\w+|закр\w+ глаза|плевать|наплевать|забить|внимания не обраща\w+)"
    r"(?: внимани[яе])?"
)
# «Цвет и год не важны», but «2022 года и цвет любой» leaves one of them open.
_BEFORE_IT = re.compile(
    rf"\b(?P<kinds>(?:{_ONE})|(?<!\d )(?<!го )(?<!й )(?:{_ONE})(?:,? (?:и|или|ни) (?:{_ONE}))+"
    rf"|(?:(?<=^)|(?<=[.!?] ))(?:{_ONE})(?:,? (?:(?:и|или|ни) )?(?:{_ONE}))+)\b[ ,—–-]*{_ANY}"
)
_NO_VALUE = r"(?=\W*(?:$|[,.;:!?—)]|\b(?:и|или|но|а|до|от)\b))"  # «любой цвет и кузов седан»
_BEHIND_IT = re.compile(rf"\b{_OPEN} ?(?P<kinds>(?:{_ONE})(?:,? (?:и|или) (?:{_ONE}){_NO_VALUE})*)\b")
_LOOSE = re.compile(
    r"\b(?:(?:не ?обязател\w+|не только|не ?принципиально)[, ]+|(?:не ?важно|без разницы|все равно) +)"
    r"(?:чтобы? )?(?:был\w? )?"
)
# «Сколько стоит, неважно, белый»: what does not matter is the price.
_AT_ANY_PRICE = re.compile(
    r"\b(?:бюджет\w*|цен\w+|стоимост\w+|сколько (?:\w+ )?(?:стоит|стоят|стоить|обойд\w+))[ ,—–-]*"
    r"(?:не ?важно|не ?принципиально|без ?разницы|все ?равно)"
)
_BEHIND = re.compile(
    r"\s*[,—–-]?\s*(?:мне |нам )?(?:не ?важно|не ?принципиально|без ?разницы|все ?равно"
    r"|не ?обязател\w+(?=\W*(?:$|[.,;!?])))\b(?![, ]+(?:[всина]{1,2} )?"
    r"(?:как|котор|скольк|где|когда|чей|кузов|цвет|год|пробег|цен|модел|марк|класс))"
)
_JOINED = re.compile(r"\s*(?:,|/|,?\s*\b(?:и|или|ли)\b)\s*")


# «Из других внедорожников»: not the car that was spoken of.
OTHERS = re.compile(
    r"\b(?:друг(?:их|ие|ой|ого|ую|ая)|остальн\w+|ин(?:ых|ые)) "
    r"(?!цвет|окрас|расцв|колер|кузов|топлив|двигат|мотор|год|цен|пробег"
    r"|пока[жз]|вывед|вывод|переч|назов|назыв|дава|можно|есть)(?=\w{4,})"
)


def released(spelling: str) -> tuple[tuple[str, ...], list[tuple[int, int]]]:
    """Which criteria do not matter, and the pieces of the text that say so: «пробег не важен, год тоже»."""
    fields: dict[str, None] = {}
    spans: list[tuple[int, int]] = []
    for match in (
        found for sign in (_BEFORE_IT, _BEHIND_IT, _WITHOUT_IT) for found in sign.finditer(spelling)
    ):
        for words, names in _FIELDS:
            if re.search(rf"\b(?:{words})\b", match["kinds"]):
                fields.update(dict.fromkeys(names))
        spans.append(match.span())
    for words, names in _FIELDS if fields else ():
        for match in re.finditer(rf"\b(?:{words}) (?:тоже|также)\b", spelling):
            fields.update(dict.fromkeys(names))
            spans.append(match.span())
    if OTHERS.search(spelling) and not re.search(r"\bиз них\b", spelling):
        fields.update(dict.fromkeys(_NAMES))
    return tuple(fields), spans


def left_open(row: Sequence[Atom], named: Sequence[tuple[int, int]], spelling: str) -> frozenset[int]:
    """Where the things start that are named and left open: «не обязательно белая», «белая — всё равно». Of
    «купе или лифтбек, без разницы» either will do, and no other.
    """
    places: list[tuple[int, int]] = []
    spelling = _AT_ANY_PRICE.sub(lambda match: " " * len(match.group()), spelling)
    loose = {match.end() for match in _LOOSE.finditer(spelling)}
    for start, end in sorted(named):
        before = places[-1] if places else None
        joined = before is not None and _JOINED.fullmatch(spelling[row[before[1] - 1].end : row[start].start])
        if row[start].start in loose or joined:
            places.append((start, end))
    found = {start for start, _ in places}
    rows: list[list[int]] = []
    described = _described(row, named, spelling)
    for start, end in sorted(named, reverse=True):
        behind = rows[-1][-1] if rows else None
        if behind is not None and (
            behind in described or _JOINED.fullmatch(spelling[row[end - 1].end : row[behind].start])
        ):
            rows[-1].append(start)
        elif _BEHIND.match(spelling, row[end - 1].end):
            rows.append([start])
    return frozenset(found | {starts[0] for starts in rows if len(starts) == 1})


def _described(row: Sequence[Atom], named: Sequence[tuple[int, int]], spelling: str) -> frozenset[int]:
    """Where the things start that belong to the last of several: «амг» of «купе или лифтбек амг»."""
    between = [
        (second[0], spelling[row[first[1] - 1].end : row[second[0]].start])
        for first, second in pairwise(sorted(named))
    ]
    return frozenset(
        start
        for (_, before), (start, beside) in pairwise(between)
        if not beside.strip() and _JOINED.fullmatch(before)
    )
