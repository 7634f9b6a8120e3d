"""A question that takes nothing from the dialogue: «какая самая дешёвая во всём салоне?», «отвлекусь: …».

Knows how Russian says that all cars are meant, that the subject is changed, and that one goes back to what
was spoken of before. Refuses to know what was spoken of.
"""

from __future__ import annotations

import re

from assistants.showroom.language import phrases
from assistants.showroom.language.wish import NAMES, Wish

_OF_THESE = r"(?! (?:их|эт|тех|них))"
_SALON = r"(?:салон|автосалон|склад|налич|ассортимент|сток|парк|площадк)\w*"
# «А что вообще есть из электро?»: of all that there are.
_AT_ALL = re.compile(
    r"\bвообще (?:\w+ )?(?:есть|име)|\bесть вообще\b"
    rf"|\bиз всех\b{_OF_THESE}|\bсреди всех\b{_OF_THESE}|\bвообще всех?{_OF_THESE} (?=[a-zа-я])"
    r"|\bвообще (?:хоть )?(?:как\w+|что)[- ](?:нибудь|либо|то)\b|\bхоть как\w+[- ]нибудь (?:машин|авто)"
    r"|\bвообще (?:у вас )?(?:сам\w+|наиболее) \w+|\bсам\w+ вообще\b"
    rf"|\b(?:во|по|из|на) (?:всем|всему|всего|всей|вашем|вашего) (?:ваш\w+ )?{_SALON}"
    rf"|\b(?:в|по|из) {_SALON} (?:вообще|в целом|целиком)|\b(?:вообще|в целом) (?:по|в) {_SALON}"
)
# «Отвлекусь: …», «другой вопрос: …», «давайте сначала: …».
_TO_ANOTHER = (
    r"(?:немного |чуть |на (?:секунду|минуту) )?отвл(?:екусь|ечемся|ечься|екаюсь)",
    r"(?:(?:совсем|совершенно) )?(?:друг(?:ой|ое)|отдельный|посторонний) вопрос\w*",
    r"вопрос (?:не по теме|в сторону|о другом|про другое)|не по теме|(?:совсем |совершенно )?о другом",
    r"(?:сменим|поменяем|сменю) тему",
    r"(?:забудем|забудьте) (?:все|про все|обо всем|предыдущ\w+|прежн\w+|старое)",
    r"(?:начнем|начну) (?:сначала|заново|с нуля|с чистого листа)",
    r"(?:сначала|заново|с нуля|с чистого листа)(?= *[:—–,.-])",
    r"сбр[ао]с\w+ (?:все |фильтр|услови|критери)\w*",
)
_ANOTHER_MATTER = re.compile(
    r"^\W*(?:(?:так|ладно|хорошо|кстати|а|и|но|ну|да|еще|тогда|теперь|спасибо|понятно|извините|простите"
    rf"|давайте|давай)\W+)*(?:{'|'.join(_TO_ANOTHER)})"
)


def is_of_all(spelling: str) -> bool:
    """Whether all cars are asked about, whatever was said before; «из них» are not all."""
    if phrases.WITHIN.search(spelling):
        return False
    return bool(_AT_ALL.search(spelling) or _ANOTHER_MATTER.match(spelling))


def starts_over(wish: Wish, spelling: str) -> bool:
    """«Вернёмся ко всем новым CLS»: what was said since does not hold."""
    match = phrases.GOES_BACK.search(spelling)
    whole = match is not None and (match["all"] or wish.without(*NAMES, "order", "limit").narrows)
    kind = any(
        getattr(wish, name) and wish.without(*NAMES, name, "order", "limit").narrows
        for name in ("bodies", "fuels")
    )
    return bool(whole) and (wish.names_a_car or kind)
