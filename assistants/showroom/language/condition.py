"""Whether the car is to be new or driven: «без пробега», «б/у не предлагать», «которая каталась».

Knows the Russian of a car's past. Refuses to know how far it has been driven (`bounds.py`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistants.showroom.language import phrases
from assistants.showroom.language.decided import behind_a_choice
from assistants.showroom.language.driving import said_to_drive
from assistants.showroom.language.wish import Condition
from core.russian import lemma, words

_BRAND_NEW = r"(?<!почти )(?<!самый )(?<!самые )(?<!самую )(?<!самая )\b(?:нов(?!ее|ей|ост)\w+|нулев\w+)"
_WHOSE = (
    r"(?: (?:мне|нам|мы|я|вообще|точно|уж|уже|пока|бы|просто|машин\w+|авто\w*|тачк\w+|брать|взять|купить"
    r"|покупать))*"
)
_NOT_WANTED = (
    r"не (?:предлага|предлож|над|нуж|интерес|рассматрива|хоч|хот|подход|показыва|покаж|бер|смотр|люб|нрав"
    r"|потян|осил|вытян|тян|смо[гж]|мо[гж][уе]|дад|дают|хват|счита|учитыва|бра[лт]"
    r"|позвол|по карман|по зуб|по средств|вариант)\w*"
)
_SETS_ASIDE = (
    r"(?:не|ни|кроме|без|исключая|помимо|окромя|не считая|за исключением|за вычетом|только не)"
    r" (?!обязательно|только|принципиально|важно|критично)"
    r"(?:(?!(?!интерес)\w+(?:мся|юсь|усь)\b)\w+ )?"  # «за модой не гонимся, обкатанная устроит»
)
_NO_NEW = re.compile(rf"\b{_SETS_ASIDE}(?:нов(?!ее|ей)\w+|нулев\w+|с нуля)|\bненулев\w+")
# «Пробег до 3 тысяч, но не ноль», «пробег больше нуля».
_DRIVEN_AT_ALL = re.compile(
    r"\bпробег\w*\b.*?\b(?P<said>не ?(?:равен |с )?(?:ноль|нуля|нулю|нолик|0)|(?:больше|выше) (?:нуля|0))"
    r"(?![\d\s]*(?:км|тыс|\d))"
)
# «Катаная», «обкатанный»: the -нн- of a verb and the -н- of an adjective are seldom told apart.
_BEEN_DRIVEN = r"(?:объ?|по|на|у)?(?:кат|езж)(?:ан|ен)н?(?:ый|ая|ое|ые|ую|ой|ого|ом|ых|ыми?|еньк\w+)\b"
_HAS_DRIVEN = (
    r"\b(?:по|на)?(?:езди|ката|бега)вш\w+"
    rf"|(?<!сам\w\w )(?<!сам\w\w\w )(?<!наиболее )(?<!наименее )\b{_BEEN_DRIVEN}"
)
_UNTOUCHED = (
    rf"\bне ?(?:{_BEEN_DRIVEN}|(?:пользован|юзан)\w+|быв?ш\w+ в (?:употреблении|эксплуатации))"
    r"|(?<!не )\bс нуля\b(?! (?:до|км|километр))|\bбез (?:\w+ )?(?:пробега|наката|километража)\b"
)
_SMALL = r"(?:(?:не ?большим|маленьким|малым|скромным|родным|реальным|честным) )?"
_DRIVEN_BY_OTHERS = rf"(?:с {_SMALL}пробегом|б\s*/?\s*у\b|бу\b|бэушн\w*|подержан\w*|юзан\w*|{_HAS_DRIVEN})"
# What is nearly new is not new.
_SECOND_HAND = re.compile(rf"\bб\s*/?\s*у\b|\bбэ?ушн\w+|\bпочти (?:как |что )?нов(?!ее|ей)\w+|{_HAS_DRIVEN}")
_NO_USED = re.compile(
    rf"\bне ?езди(?:вш|л)\w*|\bнеезжен\w+|{_UNTOUCHED}|\b{_SETS_ASIDE}{_DRIVEN_BY_OTHERS}"
    rf"|\b{_DRIVEN_BY_OTHERS}{_WHOSE} (?:{_NOT_WANTED}|боюсь|опасаюсь|страшно|не доверя\w+|отпада\w+)"
)
# «Она новая или каталась?»
NEW_OR_DRIVEN = re.compile(
    rf"\bнов(?!ее|ей)\w+\b[^.!?]*\b(?:или|либо)\b|{_DRIVEN_BY_OTHERS} (?:или|либо) (?:нов|без пробега)"
)
_DRIVEN = re.compile(rf"\b(?<!самым )с {_SMALL}(?:пробегом|накатом)\b")
# «Новые не предлагать», «новый мы не потянем», «новая дорого», but «новые не дороже 5 млн», «новые дорогие
# машины» and «2023 года и новее, не дизель».
_NEW_NOT_WANTED = re.compile(
    rf"{_BRAND_NEW}{_WHOSE},? (?:{_NOT_WANTED}|отпада\w+|исключ\w+|мимо\b|кусает\w+)"
    rf"|{_BRAND_NEW}{_WHOSE}(?:,? (?:слишком |очень )?дорого(?:вато)?| (?:слишком |очень )?дорог(?:ие|ая|ой))"
    r"(?=\s*(?:[,.;!—–]|$))"
    rf"|\bна {_BRAND_NEW}{_WHOSE} (?:денег|средств|бюджета|не хват\w+|не накоп\w+|не заработ\w+)"
    r"(?: (?:нет|нету|мало|не хват\w+|не накоп\w+|жал\w+))?"
)
_REACH = 40
_WILL_DO = r"(?:подой?[дт]\w*|подход\w+|с?год[ия]т\w*|можно|рассм\w+|сойд\w+|устро\w+|устраив\w+|интересу\w+)"
_SETS_APART = re.compile(r"[,.;!?]|\b(?:но|а|и|да|только|лишь|причем|однако)\b")
# «Новый или с пробегом», «не обязательно новый»: either will do.
_EITHER = re.compile(
    rf"\bнов(?!ее|ей)\w+\b[^.!?]*\bили\b[^.!?]*{_DRIVEN_BY_OTHERS}"
    r"|"
    rf"\bнов(?!ее|ей)\w+(?: \w+)?,? (?:или|либо|и) (?!сколько)(?:\w+ )?{_DRIVEN_BY_OTHERS}"
    rf"|{_DRIVEN_BY_OTHERS}(?: \w+)?,? (?:или|либо|и) (?!сколько)(?:\w+ )?(?:нов(?!ее|ей)\w+|без пробега)"
    rf"|(?:\bнов(?!ее|ей)\w+|\bбез пробега|{_DRIVEN_BY_OTHERS}) (?:тоже|также) (?:\w+ )?{_WILL_DO}"
    rf"|\b{_WILL_DO} (?:и|тоже) (?:нов(?!ее|ей)\w+|без пробега|{_DRIVEN_BY_OTHERS})"
    r"|\bс пробегом(?: или| либо| и|,? можно|,? хоть) без\b"
    r"|\bбез пробега(?: или| либо| и|,? можно|,? хоть) с\b"
    r"|\bне ?(?:обязательно|принципиально|только) (?:чтоб\w* )?(?:был\w? )?"
    r"(?:нов(?!ее|ей)\w+|с пробегом|без пробега)"
)
# «Не обязательно новая. Какая из подержанных дешевле?»: of those alone it is asked.
_AMONG_USED = re.compile(
    rf"\b(?:из|среди) (?:всех |тех,? (?:что|котор\w+) )?{_DRIVEN_BY_OTHERS}(?! (?:или|либо|и) (?:нов|без))"
)
# «В новом кузове», «нового поколения»: not the car is new.
_OF_ITS_OWN = re.compile(
    r"кузов|поколен|дизайн|верси|рестайл|интерьер|салон|год|платформ|мотор|двигател|стил|жизн"
)


def condition_of(
    said: list[str], forms: list[str], spelling: str, mileages: Sequence[int] = ()
) -> Condition | None:
    """`mileages` are where bounds of the mileage stand: «с пробегом до 30 тысяч» may be new, too. Of «новые
    или подержанные? Беру новую» what is said last holds.
    """
    edge = behind_a_choice(spelling)
    if edge is not None:
        behind = words(spelling[edge:])
        later = [start - edge for start in mileages]
        decided = _condition([lemma(form) for form in behind], behind, spelling[edge:], later)
        if decided is not None:
            return decided
    return _condition(said, forms, spelling, mileages)


def _condition(said: list[str], forms: list[str], spelling: str, mileages: Sequence[int]) -> Condition | None:
    among = _AMONG_USED.search(spelling) and not NEW_OR_DRIVEN.search(spelling)
    driven_said = {driven for _, driven in said_to_drive(spelling)}
    either = _EITHER.search(spelling) or (True in driven_said and set(said) & phrases.NEW)
    if either and not among:
        return None  # «новая или каталась?»
    if _NO_USED.search(spelling) or driven_said == {False}:
        return Condition.NEW
    if (
        driven_said
        or among
        or _NO_NEW.search(spelling)
        or _DRIVEN_AT_ALL.search(spelling)
        or _NEW_NOT_WANTED.search(spelling)
    ):
        return Condition.USED
    driven = (match.end() for match in _DRIVEN.finditer(spelling))
    alone = any(not any(_leads_to(spelling, end, start) for start in mileages) for end in driven)
    if alone or set(said) & phrases.USED or _SECOND_HAND.search(spelling):
        return Condition.USED
    for place, word in enumerate(said):
        new = word in phrases.NEW and not forms[place].endswith("ее") and not _is_most(said, forms, place)
        if new and not (forms[place + 1 :] and _OF_ITS_OWN.match(forms[place + 1])):
            return Condition.NEW
    return None


def left_to_either(spelling: str) -> tuple[str, ...]:
    """The field that is open from now on where either will do: «можно и с пробегом»."""
    return ("condition",) if _EITHER.search(spelling) and not _AMONG_USED.search(spelling) else ()


def condition_spans(spelling: str) -> list[tuple[int, int]]:
    """Where it is said whether the car is to be new."""
    signs = (_SECOND_HAND, _EITHER, _NO_USED, _NO_NEW, _NEW_NOT_WANTED, _DRIVEN_AT_ALL)
    spans = [match.span() for sign in signs for match in sign.finditer(spelling)]
    return [*spans, *(span for span, _ in said_to_drive(spelling))]


def driven_at_all(spelling: str) -> tuple[int, int] | None:
    """Where it is said that a mileage must not be nought."""
    match = _DRIVEN_AT_ALL.search(spelling)
    return match.span("said") if match is not None else None


def _leads_to(spelling: str, end: int, start: int) -> bool:
    """«С пробегом до 30 тысяч», but «с пробегом, но до 30 тысяч» says two things."""
    return 0 <= start - end <= _REACH and not _SETS_APART.search(spelling, end, start)


def _is_most(said: list[str], forms: list[str], place: int) -> bool:
    """«самая новая», «у самого нового», but not «самая дешёвая новая»."""
    most = [
        word in phrases.MOST or bool(phrases.MOST_FORM.fullmatch(forms[at])) for at, word in enumerate(said)
    ]
    if any(most[max(0, place - 1) : place]):
        return True
    between = {*said[max(0, place - 1) : place]} & (phrases.CHEAP | phrases.DEAR)
    return any(most[max(0, place - 2) : place - 1]) and not between
