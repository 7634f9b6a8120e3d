"""Words that ask for something else than a list of cars: a rank, a sum, a share, what is alike.

A question with such a word is answered by whoever reckons it or not at all: a list of the cars it names
would be taken for the answer. Refuses to reckon.
"""

from __future__ import annotations

import re

_SOME = r"(?:\w+ )?(?:\d[\w.,]*|тысяч\w*|пол\w+|миллион\w*|лям\w*|год\w*)"
_OPERATORS = re.compile(
    r"\bследующ\w+ (?:по|после|за)\b[^,.?!]*|\bпредпоследн\w+"
    r"|\b(?:втор|трет|четверт|пят)\w+ (?:сам\w+|по (?:цен|стоим|дешев|дорог|пробег|год)\w*)"
    r"|\bближе (?:всего|всех|к)\b|\bближайш\w+ (?:по|к)\b"
    r"|\bво сколько раз\w?|\bв (?:два|три|\d) раза|\bвдвое|\bвтрое|\bпроцент\w*|\bкак(?:ая|ую) дол[яю]\b"
    r"|\bбольшинств\w+|\bмедиан\w+|\bчаще всего|\bреже всего"
    r"|\bодинаков\w+|\bодного и того же\b"
    r"|\bт(?:ого|ому|ом|ой|ем) же (?:самом\w )?(?:год|цен|цвет|пробег|кузов)\w*"
    r"|\bна ?сколько\b|(?<!без )\bразниц\w+(?! нет)"
    r"|\b(?:общ|суммарн)\w+ (?:стоимост|цен|сумм)\w*|\bв сумме\b|\bсуммарно\b"
    rf"|\bна {_SOME} (?:\w+ )?(?:дешевле|дороже|новее|старше)\b|\b(?:дешевле|дороже|новее|старше) на {_SOME}"
)


def unreckoned(spelling: str) -> tuple[str, ...]:
    """The words of a question that nobody answers by a list of cars."""
    return tuple(match.group().strip() for match in _OPERATORS.finditer(spelling))
