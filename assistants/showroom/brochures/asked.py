"""Whether a message asks for a brochure, and whether by e-mail.

Knows the Russian of asking for a catalogue, a booklet, a PDF, a price list. Refuses to know which brochures
there are and which car is meant.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistants.showroom.language.naming import within
from core.russian import is_known, normalise, part_of_speech, words

_PAPERS = r"\b(?:брошюр|буклет|катало[гж]|лифлет|листовк|проспектик|рекламн\w+ проспект)\w*"
_FILES = r"\bpdf\w*"
# Typed in the wrong layout it is a car, «gla».
_CYRILLIC_PDF = re.compile(r"\bпдф(?=\b|к)", re.IGNORECASE)
# Of these there are others: prices may be told, a presentation is an event, and an avenue is no paper.
_LISTS = r"\bпрайс[- ]?лист\w*|(?<!на )\bпрезентаци\w*"
_LOOSE = r"\bпрайс\w*|\bпроспект(?:ы|ов|ик\w*)?\b"
_ABOUT = r"\b(?:описани|характеристик|комплектаци|информаци|материал|подробност|файл|спецификаци)\w*"
_TRANSFER = (
    r"\b(?:(?:с|при|вы|пере|под|от|за)?(?:кинь|киньте|кину|кинет|кидай|кидыва)\w*|скид(?:ывай|ать|айте)\w*"
    r"|(?:с|под|за|на)брос\w*|(?:при|вы|пере|от|по)?(?:шли|шлет|шлют|слать|сыла|сылк)\w*|(?:от|на)прав\w*)\b"
)
_SEND = re.compile(
    rf"{_TRANSFER}|\b(?:поделит\w*|скач\w*|загруз\w*|ссылк\w*|линк\w*|дай|дайте|дадите|дать|получить"
    r"|предостав\w*)\b"
)
_WANT = re.compile(
    r"\b(?:есть|имеется|имеются|найдется|можно|нужн\w*|нужен|хочу|хотел\w*|хотелось|интересует|интересен"
    r"|покаж\w*|посмотр\w*|глянуть|почитать|полистать|изучить|ознаком\w*|взять|забрать|где|существует)\b"
)
_MAIL = re.compile(
    r"\b(?:на|по)\s+(?:мою\s+|мой\s+|эту\s+|электронн\w+\s+)*(?:почт\w*|e-?mail\w*|и?мэ?е?йл\w*|емейл\w*|мыло)\b"
    r"|\bписьмом\b|[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
)
_NOT_ASKED = re.compile(
    r"\bне (?:надо|нужн\w*|нужен|присыл\w*|шлите|скидыва\w*|открыва\w*|загружа\w*|скачива\w*|пришл\w*)"
    r"|\bспасибо за\b|\b(?:сдела|напиш|состав|созда|придума|подготов|нарису|сверста)\w*|\bкогда\b"
)
_ON_PAPER = re.compile(r"\b(?:печатн|бумаг|бумаж|распечат|глянцев)\w*")
# «Есть ли GLC в вашем каталоге?», «каталог на сайте»: the stock, the site.
_ELSEWHERE = re.compile(
    r"\b(?:в|из|по)\s+(?:\w+\s+)?каталог(?:е|а|у|ах|ов)\b|\bналич\w*|\bсайт\w*|\bинтернет\w*|\bонлайн\b"
)
_OTHER_THINGS = re.compile(
    r"\b(?:запчаст|детал(?:ь|и|ей)|шин|резин|диск|аксессуар|сувенир|мерч|масл|сервис|обслужив|техобслуж|услуг"
    r"|работ|ремонт|кредит|лизинг|страхов|ваканс|договор|счет|чек)\w*|\bто\b"
)
_STRICT = re.compile(f"{_PAPERS}|{_FILES}")
_PAPER = re.compile(f"{_PAPERS}|{_FILES}|{_LISTS}")
_NAMED = re.compile(f"{_PAPERS}|{_FILES}|{_LISTS}|{_LOOSE}")
_ANY = re.compile(f"{_PAPERS}|{_FILES}|{_LISTS}|{_LOOSE}|{_ABOUT}")
_SENDS_ABOUT = re.compile(rf"(?=.*(?:{_TRANSFER}))(?=.*(?:{_ABOUT}))")
_MISSPELT = ("брошюр", "каталог", "буклет")
_BESIDE = 4
"""So many words may stand beside «каталог», with nothing said of sending: «каталог GLE 350 d»."""


@dataclass(frozen=True)
class Asked:
    """`wanted` is the message without the words of asking, `other_things` that it is about no car, `loosely`
    that what it asks for may be told as well («прайс», «информация»).
    """

    wanted: str
    by_mail: bool
    other_things: bool
    loosely: bool


def read_request(text: str) -> Asked | None:
    """None where no brochure is asked for."""
    spelling = _well_spelt(normalise(text))
    if any(sign.search(spelling) for sign in (_NOT_ASKED, _ON_PAPER, _ELSEWHERE)):
        return None
    sends, by_mail = bool(_SEND.search(spelling)), bool(_MAIL.search(spelling))
    wanted = spelling
    for sign in (_MAIL, _SEND, _WANT, _ANY):
        wanted = sign.sub(" ", wanted)
    papers = bool(_PAPER.search(spelling))
    bare = len(wanted.split()) <= _BESIDE
    asked = (
        (papers and (sends or by_mail or bare or bool(_WANT.search(spelling))))
        or (bool(_NAMED.search(spelling)) and (sends or by_mail))
        or bool(_SENDS_ABOUT.search(spelling))
        or (sends and by_mail and (_names_nothing(wanted) or bool(_ANY.search(spelling))))
    )
    if not asked:
        return None
    return Asked(
        wanted=" ".join(wanted.split()),
        by_mail=by_mail,
        other_things=bool(_OTHER_THINGS.search(spelling)),
        loosely=not _STRICT.search(spelling) and bool(_ANY.search(spelling)) and not by_mail,
    )


def _well_spelt(spelling: str) -> str:
    """«Катлог», «брошура»: one slip of the hand in a word that is none."""
    for word in words(spelling):
        if len(word) >= len("буклт") and not is_known(word):
            meant = next((name for name in _MISSPELT if _begins_like(word, name)), None)
            spelling = spelling.replace(word, meant) if meant else spelling
    return spelling


def _begins_like(word: str, name: str) -> bool:
    return any(within(word[:length], name, 1) for length in range(len(name) - 1, len(name) + 2))


def _names_nothing(wanted: str) -> bool:
    """«Пришлите мне на почту», «пришлите GLE на почту»: nothing else that could be sent."""
    return not any(is_known(word) and part_of_speech(word) == "NOUN" for word in words(wanted))


def with_pdf(text: str) -> str:
    """«Скиньте пдф» with its «pdf», before anybody reads a car into it."""
    latin = _CYRILLIC_PDF.sub("pdf", text)
    signs = (_SEND, _MAIL, re.compile(r"\bв пдф"))
    asks = latin != text and any(sign.search(normalise(text)) for sign in signs)
    return latin if asks else text


def speaks_of_brochures(text: str) -> bool:
    return bool(_STRICT.search(normalise(text)))
