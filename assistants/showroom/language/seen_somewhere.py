"""Where a visitor has seen the car that he asks about: «видел у вас на сайте», «ваше объявление».

Knows the Russian of having seen an offer and having lost it. Refuses to know which car it was: that is what
is asked. A site or an advertisement that is asked about itself («есть ли у вас сайт?») is not one of these.
"""

from __future__ import annotations

import re

from assistants.showroom.language.spans import Span

_SAW = (
    r"(?:у?вид\w+|замети\w+|наш(?:ел|ла|ли)|попал\w+|наткнул\w+|смотрел\w*|углядел\w*|приметил\w*"
    r"|присмотрел\w*)"
)
_WHOSE = r"(?:ваш\w+|вашего|ваше|на|в|с|со|по|это\w*|одно|какое-то|ваша)"
_PLACE = (
    r"(?:сайт\w*|объявлени\w+|реклам\w+|авито|интернет\w*|инет\w*|соцсет\w+|телеграм\w*|каталог\w*"
    r"|выдач\w+)"
)
_THERE = rf"\b(?:{_WHOSE} )*{_PLACE}\b"
_LOST = r"(?:потерял\w*|забыл\w*|закрыл\w*|не (?:сохранил|запомнил|записал|помню)\w*)"
_WHAT = r"(?:ссылк\w+|номер|объявлени\w+|адрес|вкладк\w+|страниц\w+|названи\w+|какую|какой|какая|какое)"
_SEEN = (
    re.compile(rf"\b(?P<saw>{_SAW})(?: (?!не\b)\w+){{0,4}}? (?P<place>{_THERE})"),
    re.compile(rf"(?P<place>{_THERE}) (?:\w+ ){{0,2}}?(?P<saw>{_SAW})\b"),
    re.compile(r"^(?P<saw>)\W*(?P<place>(?:по )?(?:вашему |ваше )?объявлени\w+)(?=\W)"),
)
_GONE = re.compile(rf"\b{_WHAT} (?:(?:я|уже) )?{_LOST}|\b{_LOST} (?:\w+ )?{_WHAT}\b")


def seen_somewhere(spelling: str) -> list[Span]:
    """The pieces of the text that say so; what stands between the verb and the place is not among them."""
    seen = [
        match.span(part) for sign in _SEEN for match in sign.finditer(spelling) for part in ("saw", "place")
    ]
    return [*seen, *(match.span() for match in _GONE.finditer(spelling))]
